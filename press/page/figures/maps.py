"""Draw a map: areas of a file, those that are marked in tones, as a Vega-Lite specification.

Vega projects and draws the areas. Where words, dots and hatching go is worked out here, in pixels, with the same
projection: Albers' conic, which keeps areas equal, about the middle of what is shown.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from press.content.model.maps import Atlas, Feature, Point, unwrapped
from press.edition.edition import Figure, Map
from press.page.figures.theme import BOLD, NOTE, PLAIN, SCHEMA, WIDE, Slot

HIGHEST = {True: 0.5, False: 0.85}  # of a wide map and of a narrow one: its height, of its width
MARGIN = 0.03  # of the frame, around what has to be seen
NARROWEST = 0.05  # of a cone: one that is nearly a cylinder has no apex to measure from
SPECK = 12.0  # square pixels: a smaller area gets a dot
HALF = 6.0  # pixels: half the height of words
STEP = 3.0  # pixels from one line to the next that is tried for words
HATCH = 5.0  # pixels between the lines that mark what is disputed
AROUND = (8.0, 14.0, 22.0, 32.0, 44.0, 58.0, 74.0, 92.0)  # pixels from a place to words beside it
# By the number of classes: the fill of each, and the pixels between lines on it, 0 for none; each is darker than the
# one before, in grey too.
TONES = {
    1: (("pale", 0),),
    2: (("pale", 0), ("accent", 0)),
    3: (("pale", 0), ("pale", 3), ("accent", 0)),
    4: (("paper", 4), ("pale", 0), ("pale", 3), ("accent", 0)),
    5: (("paper", 4), ("pale", 0), ("pale", 4), ("pale", 2), ("accent", 0)),
}
Ring = list[Point]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass
class View:
    """A projection, with the frame in pixels."""

    middle: Point
    parallels: tuple[float, float]
    width: float
    height: float = 0.0
    scale: float = 1.0
    move: Point = (0.0, 0.0)

    def pixels(self, place: Point) -> Point:
        """Return where a *place* is (Snyder, Map Projections, 1987, page 100)."""
        first, second = (math.sin(math.radians(parallel)) for parallel in self.parallels)
        cone = (first + second) / 2
        turned = (place[0] - self.middle[0] + 180) % 360 - 180

        def radius(latitude: float) -> float:
            inside = 1 + first * second - 2 * cone * math.sin(math.radians(latitude))
            return math.sqrt(max(0.0, inside)) / cone

        angle, far = cone * math.radians(turned), radius(place[1])
        up = radius(self.middle[1]) - far * math.cos(angle)
        return (
            self.move[0] + self.scale * far * math.sin(angle),
            self.move[1] - self.scale * up,
        )

    def spec(self) -> dict[str, Any]:
        """Return the same projection in Vega's words."""
        return {
            "type": "conicEqualArea",
            "parallels": list(self.parallels),
            "rotate": [-self.middle[0], 0, 0],
            "center": [0, self.middle[1]],
            "scale": self.scale,
            "translate": list(self.move),
            "clipExtent": [[0, 0], [self.width, self.height]],
            "precision": 0,
        }


def view_of(areas: Iterable[Feature], width: float, *, wide: bool) -> View:
    """Return the view in which *areas* fill the frame; the middle is opposite of where they are not."""
    places = [place for area in areas for rings in area.geometry.polygons for place in rings[0]]
    around = sorted({x % 360 for x, _ in places})
    gaps = [after - before for before, after in pairwise([*around, around[0] + 360])]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    south, north = (edge(y for _, y in places) for edge in (min, max))
    low, high = south + (north - south) / 6, north - (north - south) / 6
    while abs(math.sin(math.radians(low)) + math.sin(math.radians(high))) < 2 * NARROWEST:
        high += 1
    middle = (around[widest] + gaps[widest] / 2 + 180, (south + north) / 2)
    view = View(middle, (low, high), width)
    spots = [view.pixels(place) for place in places]
    (left, right), (top, bottom) = (
        (min(along), max(along)) for along in zip(*spots, strict=True)
    )
    most = width * HIGHEST[wide]
    view.scale = (1 - 2 * MARGIN) * min(width / (right - left or 1), most / (bottom - top or 1))
    view.height = round(min(most, (bottom - top) * view.scale / (1 - 2 * MARGIN)), 1)
    view.move = (
        width / 2 - view.scale * (left + right) / 2,
        view.height / 2 - view.scale * (top + bottom) / 2,
    )
    return view


class Shape:
    """An area in pixels."""

    def __init__(self, area: Feature, view: View) -> None:
        self.view, self.area = view, area
        outlines = [ring for rings in area.geometry.polygons for ring in rings]
        self.rings = [[*map(view.pixels, ring)] for ring in outlines]
        self.size = max(abs(surface(ring)) for ring in self.rings)

    def spans(self, y: float) -> list[tuple[float, float]]:
        """Return from where to where a level line crosses it within the frame."""
        return [
            (max(start, 0.0), min(end, self.view.width))
            for start, end in crossings(self.rings, y)
            if end > 0 and start < self.view.width
        ]

    def room(self) -> tuple[float, Point]:
        """Return how long a line of words may be in it, and the middle of the place for them."""
        steps = int(self.view.height / STEP)
        at = [self.spans(step * STEP) for step in range(steps + 1)]
        off = int(HALF / STEP)
        best = (0.0, self.middle())
        for step in range(off, steps + 1 - off):
            for lines in product(at[step - off], at[step], at[step + off]):
                left, right = max(x for x, _ in lines), min(x for _, x in lines)
                best = max(best, (right - left, ((left + right) / 2, step * STEP)))
        return best

    def middle(self) -> Point:
        """Return the middle of its largest part."""
        ring = max(self.rings, key=lambda ring: abs(surface(ring)))
        x, y = (sum(along) / len(ring) for along in zip(*ring, strict=True))
        return min(max(x, 2.0), self.view.width - 2), min(max(y, 2.0), self.view.height - 2)

    def hatching(self) -> Iterator[tuple[float, float, float, float]]:
        """Yield slanting lines over it, each from a point to another."""
        root, wide, high = math.sqrt(2), self.view.width, self.view.height
        turned = [[((x + y) / root, (x - y) / root) for x, y in ring] for ring in self.rings]
        for number in range(-int(high / HATCH), int(wide / HATCH)):
            v = number * HATCH
            for start, end in crossings(turned, v):
                low, up = max(start, abs(v)), min(end, wide * root - v, high * root + v)
                if low < up:
                    yield (low + v) / root, (low - v) / root, (up + v) / root, (up - v) / root


def surface(ring: Ring) -> float:
    """Return the surface within *ring*, below zero where it runs with the clock (y up)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def crossings(rings: list[Ring], y: float) -> list[tuple[float, float]]:
    """Return from where to where the line at *y* is within *rings*."""
    at = sorted(
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for ring in rings
        for a, b in pairwise(ring)
        if (a[1] < y) != (b[1] < y)
    )
    return [*zip(at[::2], at[1::2], strict=False)]


def chart(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw the areas that *figure* marks, with their names, and the others in outline."""
    drawn, atlas, colours = figure.map, slot.atlas, slot.colours
    assert drawn and atlas  # noqa: S101 - of this form
    view = view_of([atlas.areas[name] for name in drawn.frame], slot.width, wide=slot.width >= WIDE)
    shapes = {name: Shape(area, view) for name, area in atlas.areas.items()}
    tones = {name: TONES[drawn.classes][number] for name, number, _ in drawn.marked}
    layers: list[dict[str, Any]] = []
    for tone in dict.fromkeys(tones.values()):
        own = [name for name in tones if tones[name] == tone]
        layers.append(_geo([_polygon(atlas.areas[name]) for name in own], {"fill": getattr(colours, tone[0])}))
        lines = [
            (x, y * 1.0, x2, y * 1.0)
            for name in own
            for y in range(tone[1], int(view.height), tone[1] or 1)
            for x, x2 in (shapes[name].spans(y) if tone[1] else ())
        ]
        layers.append(_rules(lines, colours.accent))
    lines = [line for name in atlas.disputed for line in shapes[name].hatching()]
    layers.append(_rules(lines, colours.soft, 0.7))
    inner, outer = _borders(atlas, set(tones))
    layers.append(_geo([inner], {"stroke": colours.paper, "strokeWidth": 0.9}))
    layers.append(_geo([outer], {"stroke": colours.soft, "strokeWidth": 0.5}))
    layers += _words(drawn, atlas, shapes, slot)
    return {
        "$schema": SCHEMA,
        "width": slot.width,
        "height": view.height,
        "padding": 0,
        "projection": view.spec(),
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }


def _polygon(area: Feature) -> dict[str, Any]:
    """Return *area* as Vega wants it: outlines run with the clock, holes against it."""
    turned = [
        [ring if (surface(unwrapped(ring)) < 0) != bool(hole) else ring[::-1] for hole, ring in enumerate(rings)]
        for rings in area.geometry.polygons
    ]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": turned}}


def _borders(atlas: Atlas, marked: set[str]) -> Iterator[dict[str, Any]]:
    """Yield the lines around what is *marked*, then all others, each once; none where the file only ends."""
    places = [p for area in atlas.features for rings in area.geometry.polygons for ring in rings for p in ring]
    ends = [{-180.0, 180.0} | {edge(x for x, _ in places) for edge in (min, max)}, {edge(y for _, y in places) for edge in (min, max)}]
    seen: set[frozenset[Point]] = set()
    for own in (True, False):
        lines: list[Ring] = []
        for name, area in atlas.areas.items():
            for ring in (ring for rings in area.geometry.polygons for ring in rings if (name in marked) == own):
                last = None
                for side in pairwise(ring):
                    cut = any(side[0][at] in ends[at] and side[1][at] in ends[at] for at in (0, 1))
                    if cut or frozenset(side) in seen:
                        continue
                    seen.add(frozenset(side))
                    if last != side[0]:
                        lines.append([side[0]])
                    lines[-1].append(side[1])
                    last = side[1]
        yield {"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": lines}}


def _words(drawn: Map, atlas: Atlas, shapes: dict[str, Shape], slot: Slot) -> Iterator[dict[str, Any]]:
    """Yield leaders, dots and words: inside of an area where they have room, else beside it."""
    colours, tones = slot.colours, TONES[drawn.classes]
    look = {name: (words, BOLD, tones[number]) for name, number, words in drawn.marked}
    others = [name for name in (*atlas.disputed, *drawn.named) if name not in look]
    look |= {name: (name, PLAIN, ("paper", HATCH if name in atlas.disputed else 0)) for name in others}
    spots = sorted(((*shapes[name].room(), name) for name in look), reverse=True)
    dots = [at for _, at, name in spots if shapes[name].size < SPECK]
    taken: list[Box] = [(x - 4, y - 4, x + 4, y + 4) for x, y in dots]
    plates, leaders, written = [], [], []
    for room, at, name in spots:
        words, weight, (fill, lines) = look[name]
        wide = slot.ruler.width(words, size=NOTE, weight=weight) + 4
        inside = room >= wide
        box = _box(at, wide) if inside else _beside(at, wide, taken, shapes, look, slot)
        taken.append(box)
        if lines or not inside:
            plates.append(box)
        if not inside:
            near = (min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3]))
            leaders.append((*at, *near))
        ink = colours.paper if inside and fill == "accent" else colours.ink
        written.append((words, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2 + NOTE * 0.35, weight, ink))
    yield _rules(leaders, colours.ink, 0.7)
    yield _at([{"x": x, "y": y} for x, y in dots], {"type": "point", "filled": True, "opacity": 1, "size": 30, "color": colours.accent})
    sides = [dict(zip(("x", "y", "x2", "y2"), plate, strict=True)) for plate in plates]
    yield _at(sides, {"type": "rect", "color": colours.paper})
    for words, x, y, weight, ink in written:
        mark = {"type": "text", "baseline": "alphabetic", "fontSize": NOTE, "fontWeight": weight, "color": ink}
        yield _at([{"x": x, "y": y, "words": words}], mark)


def _box(at: Point, wide: float) -> Box:
    return at[0] - wide / 2, at[1] - HALF, at[0] + wide / 2, at[1] + HALF


def _beside(at: Point, wide: float, taken: list[Box], shapes: dict[str, Shape], marked: Iterable[str], slot: Slot) -> Box:
    """Return the nearest free place for words about a place, on none of what is *marked* if there is one."""
    height = next(iter(shapes.values())).view.height
    free: list[tuple[bool, float, Box]] = []
    for far, turn in product(AROUND, range(16)):
        along, down = math.cos(turn * math.pi / 8), math.sin(turn * math.pi / 8)
        box = _box((at[0] + along * (far + wide / 2), at[1] + down * (far + HALF)), wide)
        fits = box[0] >= 0 and box[1] >= 0 and box[2] <= slot.width and box[3] <= height
        if fits and not any(_overlap(box, other) for other in taken):
            middle = (box[1] + box[3]) / 2
            over = any(
                start < box[2] and end > box[0] for name in marked for start, end in shapes[name].spans(middle)
            )
            free.append((over, far, box))
    return min(free)[2] if free else _box(at, wide)


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _geo(features: list[dict[str, Any]], look: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "geoshape", "clip": False, "fill": None, "stroke": None, "strokeJoin": "round", **look}
    return {"data": {"values": features}, "mark": mark}


def _rules(lines: list[tuple[float, float, float, float]], colour: str, thick: float = 1.0) -> dict[str, Any]:
    rows = [dict(zip(("x", "y", "x2", "y2"), (round(end, 1) for end in line), strict=True)) for line in lines]
    return _at(rows, {"type": "rule", "color": colour, "strokeWidth": thick})


def _at(rows: list[dict[str, Any]], mark: dict[str, Any]) -> dict[str, Any]:
    """Return a layer of marks at places in pixels."""
    place = {"type": "quantitative", "scale": None, "axis": None}
    encoding: dict[str, Any] = {axis: {"field": axis, **place} for axis in ("x", "y")}
    encoding |= {name: {"field": name} for name in ("x2", "y2") if rows and name in rows[0]}
    if rows and "words" in rows[0]:
        encoding["text"] = {"field": "words", "type": "nominal"}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}
