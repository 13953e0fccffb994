"""Read maps: GeoJSON or TopoJSON with its source, date and view of borders, or say where it is wrong."""

import json
import re
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from press.content import reader
from press.content.model.maps import RULE, Atlas
from press.content.pictures import content_of
from press.content.scalar import Items, Keys, Scalar
from press.problems import Place, Problem

MOST_BYTES = 500_000
MOST_POINTS = 8_000  # two drawings of them are about a hundred kilobytes of a page
SIMPLER = "simplify its lines, as with mapshaper.org, or cut it with ./inv new map"
ENDINGS = (".json", ".geojson", ".topojson")
NOTHING = re.compile(rb"([:\[,]\s*)null(?=\s*[,}\]])")
POINT = re.compile(rb"\[\s*-?\d")


def read(path: Path, shown: str) -> tuple[Atlas | None, tuple[Problem, ...]]:
    """Return the map in *path*, or None and what is wrong with the file, which messages call *shown*."""
    if path.suffix not in ENDINGS:
        wrong = f"'{path.name}' is no map: its name ends in {', '.join(ENDINGS)}"
        return None, (Problem(Place(shown), wrong, RULE),)
    large = f"it is larger than {MOST_BYTES // 1000} kB; {SIMPLER}"
    data, wrong = content_of(path, MOST_BYTES, large)
    return (None, (Problem(Place(shown), wrong, RULE),)) if wrong else _atlas(data, shown)


@lru_cache(maxsize=16)  # a preview reads a series again and again
def _atlas(data: bytes, shown: str) -> tuple[Atlas | None, tuple[Problem, ...]]:
    """Return the map in *data*, or None and what is wrong with it."""
    if (points := len(POINT.findall(data))) > MOST_POINTS:
        wrong = f"it has {points:,} points, and {MOST_POINTS:,} are allowed; {SIMPLER}"
        return None, (Problem(Place(shown), wrong, RULE),)
    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}; export the map again"
        return None, (Problem(Place(shown, error.lineno, error.colno), message, RULE),)
    except (UnicodeDecodeError, RecursionError):
        pass  # which the reader explains
    tree, problems = reader.read_bytes(NOTHING.sub(rb'\1""  ', data), shown)
    if tree is None:
        return None, problems
    try:
        tree = _unfolded(tree) if tree.get("type") == "Topology" else tree  # type: ignore[call-overload]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        message = "this topology is broken, or has more than one object; export the areas alone"
        return None, (Problem(tree.place, message, RULE),)
    atlas, problems = reader.validate(Atlas, tree)
    problems = (*problems, *(_twice(atlas) if atlas else ()))
    return (None if problems else atlas), problems


def _twice(atlas: Atlas) -> list[Problem]:
    """Return a problem for each area whose name, or whose shape, another has."""
    seen: dict[object, Scalar] = {}
    problems = []
    for feature in atlas.features:
        name = feature.properties.name
        for what in (str(name), feature.geometry.coordinates):
            first = seen.setdefault(what, name)
            if first is not name:
                message = f"'{name}' is '{first}' of line {first.place.line} again; take one out"
                problems.append(Problem(name.place, message, RULE))
                break
    return problems


def _unfolded(tree: Any) -> Keys:  # noqa: ANN401 - as typed: whatever lacks is an error of Python's
    """Return a topology as features, whose points all are where their geometry is typed."""
    moves = tree.get("transform")
    arcs = [_line(arc, moves) for arc in tree["arcs"]]
    [objects] = tree["objects"].values()
    features = [
        Keys(
            {
                **shape,
                Scalar("type"): Scalar("Feature"),
                Scalar("geometry"): _geometry(shape, arcs),
            },
            shape.place,
        )
        for shape in (objects.get("geometries", [objects]))
    ]
    kept = {
        key: value for key, value in tree.items() if key not in {"arcs", "transform", "objects"}
    }
    kept[tree.key("type")] = Scalar("FeatureCollection", tree["type"].place)
    return Keys({**kept, Scalar("features", tree.place): Items(features, tree.place)}, tree.place)


def _line(arc: list[Any], moves: Any) -> list[tuple[float, float]]:  # noqa: ANN401 - likewise
    """Return the points of an arc, each typed as the way from the one before where there are *moves*."""
    points = [(float(x), float(y)) for x, y, *_ in arc]
    if not moves:
        return points
    (wide, high), (west, south) = (map(float, moves[name]) for name in ("scale", "translate"))
    ways = accumulate(points, lambda one, way: (one[0] + way[0], one[1] + way[1]))
    return [(round(x * wide + west, 6), round(y * high + south, 6)) for x, y in ways]


def _geometry(shape: Any, arcs: list[list[tuple[float, float]]]) -> Keys:  # noqa: ANN401 - likewise
    def rings(typed: Any) -> Any:  # noqa: ANN401 - rings, or lists of them
        if not isinstance(typed[0], Scalar):
            return [rings(inner) for inner in typed]
        points: list[tuple[float, float]] = []
        for number in map(int, typed):
            line = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += line[1:] if points else line
        return points

    known = {"type": shape["type"], "coordinates": rings(shape["arcs"])}
    return Keys({Scalar(key, shape.place): value for key, value in known.items()}, shape.place)
