"""Make `press/page/figures/states.json` again: run as `.venv/bin/python -m press.tools.map_of_states FOLDER`.

FOLDER is the unpacked npm package world-atlas 2.0.2 (`npm pack world-atlas@2.0.2`, then `tar xzf`). Its
countries are those of Natural Earth, 1:50 million, which is in the public domain; the package is under the
ISC licence, by Michael Bostock. What lies outside of BOX is cut away, and lines are made simpler: two
states keep the same border, since they share it as one line.
"""

import json
import sys
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

BOX = (20.0, 24.0, 112.0, 66.0)  # west, south, east, north
SPECK = 0.04  # square degrees: what is smaller is left out
FINE = 0.12  # degrees: what is less far off a line is left out
TARGET = Path(__file__).parents[1] / "page" / "figures" / "states.json"
MEMBERS = {  # data of this map: the states that it names, and the place of the name
    "Azerbaijan": (48.3, 40.4),
    "Kazakhstan": (67.0, 48.0),
    "Kyrgyzstan": (75.0, 41.3),
    "Russia": (46.5, 50.3),
    "Tajikistan": (71.2, 38.3),
    "Turkmenistan": (59.0, 39.0),
    "Uzbekistan": (64.1, 41.3),
}
NEIGHBOURS = (
    "Afghanistan", "Armenia", "Belarus", "China", "Estonia", "Finland", "Georgia", "India", "Iran", "Iraq",
    "Latvia", "Lithuania", "Moldova", "Mongolia", "Pakistan", "Syria", "Turkey", "Ukraine", "Nepal", "Romania",
)  # fmt: skip

Point = tuple[float, float]


def simpler(line: list[Point], fine: float = FINE) -> list[Point]:
    """Return *line* without the points that are hardly off it (Douglas and Peucker, 1973)."""
    if len(line) < 3:  # noqa: PLR2004 - two points are a line already
        return line
    (x, y), (x2, y2) = line[0], line[-1]
    long = ((x2 - x) ** 2 + (y2 - y) ** 2) ** 0.5

    def off(point: Point) -> float:
        if not long:
            return float(((point[0] - x) ** 2 + (point[1] - y) ** 2) ** 0.5)
        return float(abs((x2 - x) * (y - point[1]) - (x - point[0]) * (y2 - y)) / long)

    far, at = max((off(point), place) for place, point in enumerate(line[1:-1], 1))
    if far <= fine:
        return [line[0], line[-1]]
    return simpler(line[: at + 1], fine)[:-1] + simpler(line[at:], fine)


def lines(atlas: dict[str, Any]) -> list[list[Point]]:
    """Return the lines that the states share, in degrees."""
    (kx, ky), (dx, dy) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    places = (zip(*map(accumulate, zip(*arc, strict=True)), strict=True) for arc in atlas["arcs"])
    return [simpler([(x * kx + dx, y * ky + dy) for x, y in line]) for line in places]


def ring(shared: list[list[Point]], arcs: list[int]) -> list[Point]:
    """Return one outline, put together of shared lines; a negative number means the line backwards."""
    points: list[Point] = []
    for arc in arcs:
        line = shared[arc] if arc >= 0 else shared[~arc][::-1]
        points += line[1:] if points else line
    return points


def cut(outline: list[Point]) -> list[Point]:
    """Return *outline* within BOX (Sutherland and Hodgman, 1974)."""
    west, south, east, north = BOX
    for axis, edge, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        kept: list[Point] = []
        for start, end in pairwise([*outline, outline[0]] if outline else []):
            inside, stays = (sign * (point[axis] - edge) >= 0 for point in (start, end))
            if inside != stays:
                share = (edge - start[axis]) / (end[axis] - start[axis])
                x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
                kept.append((x, y))
            if stays:
                kept.append(end)
        outline = kept
    return outline


def area(outline: list[Point]) -> float:
    """Return the area within *outline*, in square degrees, below zero where it runs against the clock."""
    closed = [*outline, outline[0]]
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(closed)) / 2


def shape(shared: list[list[Point]], state: dict[str, Any]) -> list[list[list[Point]]]:
    """Return the outlines of *state*, the outer ones with the clock as Vega wants them; no specks."""
    groups = [state["arcs"]] if state["type"] == "Polygon" else state["arcs"]
    shapes = []
    for group in groups:
        outlines = [cut(ring(shared, arcs)) for arcs in group]
        if not outlines[0] or abs(area(outlines[0])) < SPECK:
            continue
        kept = [
            (hole, line) for hole, line in enumerate(outlines) if line and abs(area(line)) > SPECK
        ]
        turned = [line if (area(line) > 0) != bool(hole) else line[::-1] for hole, line in kept]
        rounded = [[(round(x, 2), round(y, 2)) for x, y in line] for line in turned]
        shapes.append([[*outline, outline[0]] for outline in rounded])
    return shapes


def crimea(outline: list[Point]) -> bool:
    """Return True if *outline* is Crimea, which the atlas shows with the state that holds it."""
    west, south = (min(point[axis] for point in outline) for axis in (0, 1))
    east = max(point[0] for point in outline)
    return west > 32 and east < 37 and 44 < south < 46  # noqa: PLR2004 - degrees


def main() -> None:
    """Write the file; Crimea is part of Ukraine (General Assembly of the UN, resolution 68/262)."""
    atlas = json.loads((Path(sys.argv[1]) / "countries-50m.json").read_text("utf-8"))
    states = {one["properties"]["name"]: one for one in atlas["objects"]["countries"]["geometries"]}
    shared = lines(atlas)
    shapes = {name: shape(shared, states[name]) for name in sorted({*MEMBERS, *NEIGHBOURS})}
    [held] = [one for one in shapes["Russia"] if crimea(one[0])]
    shapes["Russia"].remove(held)
    shapes["Ukraine"].append(held)
    made = {
        "origin": "Natural Earth 1:50m (public domain), by way of the npm package world-atlas 2.0.2 (ISC licence)",
        "made by": "press/tools/map_of_states.py",
        "names": {name: MEMBERS[name] for name in sorted(MEMBERS)},
        "shapes": shapes,
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
