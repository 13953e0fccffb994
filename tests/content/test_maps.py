"""Maps: GeoJSON and TopoJSON are read alike, and each fault of a file is told with its place and a way out."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from press.content import maps

if TYPE_CHECKING:
    from pathlib import Path

    from press.content.model.maps import Atlas

SQUARE = [[0, 0], [0, 4], [4, 4], [4, 0], [0, 0]]
HOLE = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
STATED = '"source": "a survey", "date": "2024-03", "borders": "as the town draws them"'
RING, CORE = (
    f'{{"type": "Feature", "properties": {said}, "geometry": {{"type": "{kind}", "coordinates": {at}}}}}'
    for said, kind, at in (
        ('{"name": "Ring", "pop": null}', "Polygon", [SQUARE, HOLE]),
        ('{"name": "Core", "disputed": true}', "MultiPolygon", [[HOLE]]),
    )
)
GOOD = f'{{"type": "FeatureCollection", {STATED},\n"features": [\n{RING},\n{CORE}\n]}}\n'
# What is replaced in it, and what is said of it.
FAULTS = {
    "no JSON": (STATED, STATED[1:], "a.json:1:31: error: this is not JSON: expecting property name"),
    "no source": ('"source": "a survey", ', "", "a.json:1:1: error: missing key 'source' [schema]"),
    "a slip": ('"source"', '"sorce"', "a.json:1:31: error: unknown key 'sorce'; did you mean 'source'? [schema]"),
    "no date": ('"2024-03"', '"soon"', "a.json:1:61: error: expected a year, a month or"),
    "half a signature": (STATED, f'{STATED}, "checked": {{"by": "A"}}', "who signs says when"),
    "no areas": (GOOD[GOOD.index("[\n") : -2], "[]", "a.json:2:13: error: expected at least 1 entry, found 0 [schema]"),
    "no name": ('"name": "Ring", ', "", "a.json:3:21: error: missing key 'name'; each area has a name of its own"),
    "a line": (
        '"type": "Polygon"',
        '"type": "LineString"',
        "a.json:3:87: error: unknown type 'LineString'; expected one of MultiPolygon, Polygon [schema]",
    ),
    "metres": (
        "[4, 4]",
        "[445277, 4865942]",
        "a.json:3:131: error: 445277, 4.86594e+06 is no longitude and latitude in degrees; save",
    ),
    "a box of one": (STATED, f'{STATED}, "bbox": [1]', "error: expected at least 4 entries, found 1"),
    "nothing inside": (
        "[0, 4], [4, 4], [4, 0]",
        "[1, 1], [2, 2], [3, 3]",
        "a.json:3:114: error: this ring encloses nothing; draw it anew",
    ),
    "words": ("[4, 4]", '["4", "north"]', "a.json:3:131: error: expected two numbers, longitude and latitude [map]"),
    "open": ("[4, 0], [0, 0]]", "[4, 0]]", "a.json:3:114: error: this ring is not closed: its last point"),
    "crossed": ("[0, 4], [4, 4]", "[4, 4], [0, 4]", "a.json:3:114: error: this ring crosses itself near 0, 4"),
    "name twice": ('"Core"', '"Ring"', "a.json:4:44: error: 'Ring' is 'Ring' of line 3 again; take one out [map]"),
    "shape twice": (
        f'"MultiPolygon", "coordinates": {[[HOLE]]}',
        f'"Polygon", "coordinates": {[SQUARE, HOLE]}',
        "a.json:4:44: error: 'Core' is 'Ring' of line 3 again; take one out [map]",
    ),
    "too many points": ("[4, 4],", "[4, 4]," * 8_000, "a.json:1:1: error: it has 8,014 points, and 8,000"),
    "too large": ("a survey", "a" * 500_000, "a.json:1:1: error: it is larger than 500 kB; simplify its lines"),
    "Latin 1": ("a survey", "\udce4", "[encoding]"),
}  # fmt: skip


def read(folder: Path, text: str, name: str = "a.json") -> tuple[Atlas | None, list[str]]:
    """Return the map in a file with this *text*, and what is said of it."""
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    atlas, problems = maps.read(path, name)
    return atlas, [*map(str, problems)]


def test_a_map_is_read_with_what_it_states(tmp_path: Path) -> None:
    """What programs add to an area, null too, is not read."""
    atlas, problems = read(tmp_path, GOOD)
    assert not problems
    assert atlas
    assert (atlas.source, atlas.date, atlas.borders) == (
        "a survey",
        "2024-03",
        "as the town draws them",
    )
    assert (*atlas.areas,) == ("Ring", "Core")
    assert atlas.disputed == ("Core",)
    assert atlas.checked.by is None
    assert atlas.areas["Ring"].geometry.polygons[0][1] == tuple(
        (float(x), float(y)) for x, y in HOLE
    )


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    """Nothing is drawn of a file that has one."""
    old, new, told = FAULTS[name]
    assert old in GOOD
    atlas, problems = read(tmp_path, GOOD.replace(old, new, 1))
    assert not atlas
    assert [line for line in problems if told in line], problems


def topology(*, quantized: bool, **more: Any) -> str:  # noqa: ANN401 - JSON
    """Return two neighbours that share a border, as TopoJSON."""
    arcs = [[[2, 0], [2, 4]], [[2, 4], [0, 4], [0, 0], [2, 0]], [[2, 0], [4, 0], [4, 4], [2, 4]]]
    moves = {}
    if quantized:  # each point is typed as the way from the one before, in halves of a degree
        moves = {"transform": {"scale": [0.5, 0.5], "translate": [0, 0]}}
        arcs = [
            [[2 * (b[0] - a[0]), 2 * (b[1] - a[1])] for a, b in pairwise([[0, 0], *arc])]
            for arc in arcs
        ]
    areas = [
        {"type": "Polygon", "properties": {"name": "West"}, "arcs": [[0, 1]]},
        {"type": "MultiPolygon", "properties": {"name": "East"}, "arcs": [[[2, ~0]]]},
    ]
    stated = json.loads(f"{{{STATED}}}")
    objects = {"towns": {"type": "GeometryCollection", "geometries": areas}}
    whole = {"type": "Topology", **stated, **moves, "arcs": arcs, "objects": objects, **more}
    return json.dumps(whole)


@pytest.mark.parametrize("quantized", [True, False])
def test_a_topology_is_read_as_its_areas(tmp_path: Path, *, quantized: bool) -> None:
    """A border that two areas share is the same line in both."""
    atlas, problems = read(tmp_path, topology(quantized=quantized), "a.topojson")
    assert not problems
    assert atlas
    west, east = (atlas.areas[name].geometry.polygons[0][0] for name in ("West", "East"))
    rings = [[*map(list, ring)] for ring in (west, east)]
    assert rings == [
        [[2, 0], [2, 4], [0, 4], [0, 0], [2, 0]],
        [[2, 0], [4, 0], [4, 4], [2, 4], [2, 0]],
    ]


def test_a_broken_topology_is_told(tmp_path: Path) -> None:
    """An arc that is not there, and two layers of areas."""
    broken: tuple[dict[str, Any], ...] = {"arcs": []}, {"objects": {"a": {}, "b": {}}}
    for more in broken:
        _, [problem] = read(tmp_path, topology(quantized=True, **more))
        assert "this topology is broken, or has more than one object" in problem


def test_a_fault_in_a_topology_is_told_at_its_area(tmp_path: Path) -> None:
    """Its arcs are shared, so that a fault of theirs has no line of its own: metres, and an arc that does not close."""
    for old, new, fault in (
        ("[0, 4]", "[445277, 4865942]", "is no longitude and latitude in degrees"),
        ("[[2, 4], [0, 4], [0, 0], [2, 0]]", "[[2, 4], [0, 4], [0, 0]]", "this ring is not closed"),
    ):
        text = topology(quantized=False)
        assert old in text
        atlas, problems = read(tmp_path, text.replace(old, new), "a.topojson")
        assert not atlas
        assert any(fault in line for line in problems), problems


def test_a_ring_that_takes_too_long_to_check_is_refused(tmp_path: Path) -> None:
    """Each of its sides lies beside all others: half a minute's work for a file of 100 kB."""
    zigzag = [[100 if at % 2 else 0.0001 * at, at * 0.005] for at in range(1, 5000)]
    text = GOOD.replace(str(SQUARE), json.dumps([[0, 0], *zigzag, [-1, 40], [0, 0]]))
    atlas, [problem, *_] = read(tmp_path, text)
    assert not atlas
    assert "this ring goes back and forth too often: simplify its lines [map]" in problem


def test_a_ring_may_cross_the_180th_meridian(tmp_path: Path) -> None:
    """It goes the short way round, and crosses itself nowhere."""
    text = GOOD.replace(str(SQUARE), "[[178, 0], [178, 4], [-178, 4], [-178, 0], [178, 0]]")
    assert text != GOOD
    atlas, problems = read(tmp_path, text)
    assert atlas, problems


def test_another_kind_of_file_is_no_map(tmp_path: Path) -> None:
    """A shapefile would have to be turned into one."""
    assert read(tmp_path, GOOD, "a.shp")[1] == [
        "a.shp:1:1: error: 'a.shp' is no map: its name ends in .json, .geojson, .topojson [map]"
    ]
