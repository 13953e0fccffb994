"""Maps of other countries: projected as Vega does, marked in tones, named within the frame, disputed areas hatched."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from press.content import maps
from press.content.model import maps as model
from press.edition.edition import Figure, Map
from press.page import figures
from press.page.colours import contrast, palette
from press.page.figures import map_labels, map_view, theme
from press.page.figures import maps as drawing
from press.page.vega import workers
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

    from press.content.model.maps import Atlas

COLOURS = palette("#1d4077")
STATED = {
    "type": "FeatureCollection",
    "source": "a survey",
    "date": "2024",
    "borders": "as the town sees them",
}


def atlas(folder: Path, areas: dict[str, list[list[list[float]]]], disputed: str = "") -> Atlas:
    """Return a map of areas, each an outline and the holes in it."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "disputed": name == disputed},
            "geometry": {"type": "Polygon", "coordinates": rings},
        }
        for name, rings in areas.items()
    ]
    path = folder / "a.json"
    path.write_text(json.dumps({**STATED, "features": features}), "utf-8")
    read, problems = maps.read(path, "a.json")
    assert read, problems
    return read


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """Return a closed ring."""
    return [[west, south], [west, north], [east, north], [east, south], [west, south]]


def commission(
    given: Atlas, marked: dict[str, tuple[int, str]], classes: int = 1, width: int = theme.WIDE
) -> figures.Commission:
    """Return what asks for the drawing of a map."""
    areas = tuple((name, number, words) for name, (number, words) in marked.items())
    spec = Map("a.json", "", "s", "2024", "b", "", areas, classes, (), tuple(marked))
    figure = Figure("f", "map", (), (), (), "told", (), map=spec)
    slot = theme.Slot(
        width,
        large=False,
        colours=COLOURS,
        language="en",
        until=2026.9,
        released="",
        ruler=theme.Ruler(HERE.fonts),
        atlas=given,
    )
    written = {**drawing.chart(figure, slot), "config": theme.config(COLOURS)}
    return figures.Commission(
        "f", width == theme.NARROW, json.dumps(written), "told", COLOURS.accent
    )


def drawn(
    given: Atlas, marked: dict[str, tuple[int, str]], classes: int = 1, width: int = theme.WIDE
) -> tuple[dict[str, Any], str]:
    """Return the specification and the finished drawing of a map; no fault is found in it when it is read back."""
    asked = commission(given, marked, classes, width)
    [made] = figures.draw([asked], 1, HERE.fonts)
    assert not made.fault
    return json.loads(asked.spec), made.svg


def texts(svg: str) -> list[str]:
    """Return the words of a drawing."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


PLACES = {  # where a country lies: an outline, west and south first
    "far north, as Norway": (5.0, 58.0, 31.0, 71.0),
    "on the antimeridian, as Fiji": (177.0, -19.0, -178.0, -16.0),
    "wide and on the antimeridian, as Russia": (20.0, 45.0, -170.0, 77.0),
    "south, as Lesotho": (27.0, -31.0, 29.5, -28.5),
    "on both sides of the equator, as Gabon": (8.0, -4.0, 14.0, 4.0),
    "on the meridian of Greenwich": (-5.0, 50.0, 2.0, 55.0),
}


def place(folder: Path, where: str) -> Atlas:
    """Return a map of one country."""
    west, south, east, north = PLACES[where]
    long = (east - west) % 360
    rim = [west + long * step / 20 for step in range(21)]
    ring = [[(x + 180) % 360 - 180, south] for x in rim] + [
        [(x + 180) % 360 - 180, north] for x in rim[::-1]
    ]
    return atlas(folder, {"Here": [[*ring, ring[0]]]})


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Atlas, str]]:
    """Return each map with what Vega makes of it, in which no fault is found when it is read back."""
    atlases = [place(tmp_path_factory.mktemp("placed"), where) for where in PLACES]
    asked = [commission(each, {"Here": (0, "Here")}) for each in atlases]
    made = workers.draw([one.spec for one in asked], 1, HERE.fonts)
    for one, each in zip(asked, made, strict=True):
        assert figures.finish(one, each, HERE.fonts)
    return {
        where: (each, sketch.svg) for where, each, sketch in zip(PLACES, atlases, made, strict=True)
    }


@pytest.mark.parametrize("where", PLACES)
def test_words_stand_where_vega_draws_their_area(
    placed: dict[str, tuple[Atlas, str]], where: str
) -> None:
    """Our projection is Vega's: the area fills the frame, and its name is in it."""
    given, svg = placed[where]
    filled = rf'd="([^"]+)"[^>]*fill="{COLOURS.pale}"|fill="{COLOURS.pale}"[^>]*d="([^"]+)"'
    [shape] = re.findall(filled, svg)
    numbers = [*map(float, re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", "".join(shape)))]
    view = map_view.view_of([given.areas["Here"]], theme.WIDE, wide=True)
    ours = [view.pixels((x, y)) for x, y in given.areas["Here"].geometry.polygons[0][0]]
    for axis in (0, 1):
        mine = [point[axis] for point in ours]
        assert min(numbers[axis::2]) == pytest.approx(min(mine), abs=0.5)
        assert max(numbers[axis::2]) == pytest.approx(max(mine), abs=0.5)
    assert min(x for x, _ in ours) >= 0
    assert max(x for x, _ in ours) <= theme.WIDE
    assert max(y for _, y in ours) <= view.height


def test_equal_areas_stay_equal() -> None:
    """A degree by a degree has half the surface at 60 degrees of latitude, on paper too."""
    view = map_view.View((10.0, 50.0), (40.0, 60.0), 400, scale=1000)

    def surface(south: float) -> float:
        return abs(
            model.surface([view.pixels((x, y)) for x, y in square(10, south, 11, south + 1)])
        )

    assert surface(59.5) / surface(-0.5) == pytest.approx(0.5, rel=0.01)


LESOTHO = {
    "South Africa": [square(16, -35, 33, -22), square(27, -31, 29.5, -28.5)[::-1]],
    "Lesotho": [square(27, -31, 29.5, -28.5)],
    "Eswatini": [square(31, -27.5, 32.2, -25.8)],
}


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_an_enclave_is_seen_and_named_outside(tmp_path: Path, width: int) -> None:
    """A name with its value has no room in it, and a line leads from it to the words."""
    given = atlas(tmp_path, LESOTHO)
    marked = {
        "South Africa": (0, "South Africa 18.3%"),
        "Lesotho": (1, "Lesotho 23.6%"),
        "Eswatini": (2, "Eswatini 27.3%"),
    }
    spec, svg = drawn(given, marked, 3, width)
    assert sorted(texts(svg)) == sorted(words for _, words in marked.values())
    leaders = [
        layer
        for layer in spec["layer"]
        if layer["mark"] == {"type": "rule", "color": COLOURS.ink, "strokeWidth": 0.7}
    ]
    assert len(leaders[0]["data"]["values"]) == 2


def test_a_state_too_small_to_see_has_a_dot(tmp_path: Path) -> None:
    """The dot stands for it, and its name is beside it."""
    given = atlas(
        tmp_path, {"Large": [square(0, 40, 20, 55)], "Tiny": [square(25, 45, 25.1, 45.1)]}
    )
    spec, svg = drawn(given, {"Large": (0, "Large"), "Tiny": (0, "Tiny")})
    [dots] = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert len(dots["data"]["values"]) == 1
    assert "Tiny" in texts(svg)


def test_a_disputed_area_is_hatched_and_named(tmp_path: Path) -> None:
    """Nobody has to ask for it; the lines stay within it."""
    given = atlas(
        tmp_path, {"South": [square(32, 34, 34, 35)], "North": [square(32, 35, 34, 35.5)]}, "North"
    )
    spec, svg = drawn(given, {"South": (0, "South")})
    assert {*texts(svg)} == {"North", "South"}
    [hatching] = [layer for layer in spec["layer"] if layer["mark"].get("color") == COLOURS.soft]
    view = map_view.view_of([given.areas["South"]], theme.WIDE, wide=True)
    border = view.pixels((33, 35))[1]
    assert len(hatching["data"]["values"]) >= 1 or border <= 0
    assert all(max(row["y"], row["y2"]) <= border + 1.5 for row in hatching["data"]["values"])


def labels(given: Atlas, marked: dict[str, tuple[int, str]]) -> dict[str, map_labels.Label]:
    """Return the labels of a wide map in two classes."""
    areas = tuple((name, number, words) for name, (number, words) in marked.items())
    spec = Map("a.json", "", "s", "2024", "b", "", areas, 2, (), tuple(marked))
    view = map_view.view_of([given.areas[name] for name in marked], theme.WIDE, wide=True)
    shapes = {name: map_view.Shape(area, view) for name, area in given.areas.items()}
    ruler = theme.Ruler(HERE.fonts)
    slot = theme.Slot(theme.WIDE, False, COLOURS, "en", 2026.9, "", ruler, given)  # noqa: FBT003
    placed = map_labels.labels_of(spec, shapes, slot, [])
    return {label.words: label for label in placed}


def test_words_reach_over_no_dark_area(tmp_path: Path) -> None:
    """Dark words on the accent of a neighbour could not be read: these stand beside their area."""
    long = "Here where words are long 7%"
    areas = {"Here": [square(0, 40, 9, 50)], "Dark": [square(9, 40, 30, 50)]}
    given = atlas(tmp_path, areas)
    assert labels(given, {"Here": (0, long), "Dark": (1, "Dark")})[long].leader
    assert not labels(given, {"Here": (0, long), "Dark": (0, "Dark")})[long].leader


def test_words_at_the_foot_stay_in_the_drawing(tmp_path: Path) -> None:
    """A comma reaches below its line, and would leave the drawing."""
    given = atlas(tmp_path, {"Wide": [square(0, 40, 30, 55)], "Low": [square(29.6, 40, 30, 40.3)]})
    placed = labels(given, {"Wide": (1, "Wide"), "Low": (0, "Low, low")})
    high = map_view.view_of(given.areas.values(), theme.WIDE, wide=True).height
    assert all(label.box[3] <= high - map_labels.EDGE for label in placed.values())


@pytest.mark.parametrize("classes", [2, 3, 4, 5])
def test_classes_are_told_apart_without_colour(classes: int) -> None:
    """On paper and on a dark screen each is farther from the ground than the one before, or has lines that it lacks."""
    for scheme in (dataclasses.asdict(COLOURS), COLOURS.night()):
        looks = map_labels.TONES[classes]
        assert len({*looks}) == classes
        steps = [contrast(scheme[fill], scheme["paper"]) for fill, _ in looks]
        for (one, first), (other, second) in itertools.pairwise(zip(steps, looks, strict=True)):
            assert other > one + 0.3 or first[1] != second[1]
            assert other >= one


def test_borders_are_drawn_once_and_not_where_the_map_was_cut(tmp_path: Path) -> None:
    """A line along the edge of the file, or along the 180th meridian, would look like a border."""
    given = atlas(
        tmp_path,
        {
            "One": [square(170, 0, 180, 5)],
            "Two": [square(-180, 0, -170, 5)],
            "Three": [square(-170, 0, -160, 5)],
        },
    )
    given = given.model_copy(update={"bbox": (170.0, -5.0, -160.0, 5.0)})
    lines = drawing._borders(given, set())["geometry"]["coordinates"]
    sides = [pair for line in lines for pair in itertools.pairwise(line)]
    assert len({frozenset(pair) for pair in sides}) == len(sides)
    assert ((-170.0, 0.0), (-170.0, 5.0)) in [
        tuple(sorted(pair, key=lambda point: point[1])) for pair in sides
    ]
    assert not [
        pair
        for pair in sides
        if all(abs(x) == 180 for x, _ in pair) or all(y == 5 for _, y in pair)
    ]
