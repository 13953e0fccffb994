"""Draw a map: areas of a file, those that are marked in tones, as a Vega-Lite specification.

Vega projects and draws the areas. Where words, dots and hatching go is worked out here, in pixels, with the same
projection: Albers' conic, which keeps areas equal, about the middle of what is shown.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, NamedTuple

from press.content.model.maps import Atlas, Feature, Point, unwrapped
from press.edition.edition import Figure, Map
from press.page.colours import Palette
from press.page.figures.theme import BOLD, NOTE, PLAIN, SCHEMA, WIDE, Slot
from press.problems import ConfigurationError

HIGHEST = {True: 0.5, False: 0.85}  # of a wide map and of a narrow one: its height, of its width
MARGIN = 0.03  # of the frame, around what has to be seen
NARROWEST = 0.05  # of a cone: one that is nearly a cylinder has no apex to measure from
SPECK = 12.0  # square pixels: a smaller area gets a dot
HALF = 6.0  # pixels: half the height of words
STEP = 3.0  # pixels from one line to the next that is tried for words
HATCH = 5.0  # pixels between the lines that mark what is disputed
OVERHANG = 0.55  # of words: so much of a line of them has to be in their area
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
    (left, right), (top, bottom) = ((min(along), max(along)) for along in zip(*spots, strict=True))
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
    """Draw the areas that *figure* marks, with their names, and the others in outline.

    Raises:
        ConfigurationError: it is no map.
    """
    if not (figure.map and slot.atlas):
        raise ConfigurationError(f"figure '{figure.id}' has no map")
    areas = slot.atlas.areas
    view = view_of([areas[name] for name in figure.map.frame], slot.width, wide=slot.width >= WIDE)
    shapes = {name: Shape(area, view) for name, area in areas.items()}
    dots = [shapes[name].middle() for name, _, _ in figure.map.marked if shapes[name].size < SPECK]
    labels = _labels(figure.map, shapes, slot, [_box(dot, 8.0, slot.width) for dot in dots])
    layers = [
        *_grounds(figure.map, slot.atlas, shapes, slot.colours),
        *_lettering(labels, dots, slot.colours),
    ]
    return {
        "$schema": SCHEMA,
        "width": slot.width,
        "height": view.height,
        "padding": 0,
        "projection": view.spec(),
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }


def _grounds(
    drawn: Map, atlas: Atlas, shapes: Mapping[str, Shape], colours: Palette
) -> Iterator[dict[str, Any]]:
    """Yield the marked areas in their tones, the lines over those that are disputed, and the borders of the others."""
    tones = {name: TONES[drawn.classes][number] for name, number, _ in drawn.marked}
    for tone in dict.fromkeys(tones.values()):
        own, (fill, gap) = [name for name in tones if tones[name] == tone], tone
        look = {"fill": getattr(colours, fill), "stroke": colours.paper, "strokeWidth": 0.7}
        yield _geo([_polygon(atlas.areas[name]) for name in own], look)
        levels = range(gap, int(shapes[own[0]].view.height), gap) if gap else ()
        spans = ((y, span) for name in own for y in levels for span in shapes[name].spans(y))
        yield _rules([(start, y, end, y) for y, (start, end) in spans], colours.accent)
    lines = [line for name in atlas.disputed for line in shapes[name].hatching()]
    yield _rules(lines, colours.soft, 0.7)
    yield _geo([_borders(atlas, set(tones))], {"stroke": colours.rule, "strokeWidth": 0.7})


def _polygon(area: Feature) -> dict[str, Any]:
    """Return *area* as Vega wants it: outlines run with the clock, holes against it."""
    turned = [
        [
            ring if (surface(unwrapped(ring)) < 0) != bool(hole) else ring[::-1]
            for hole, ring in enumerate(rings)
        ]
        for rings in area.geometry.polygons
    ]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": turned}}


def _borders(atlas: Atlas, marked: set[str]) -> dict[str, Any]:
    """Return the lines around what is not *marked*, each once; none where the map was cut."""
    west, south, east, north = (atlas.bbox or (0.0,) * 4)[:4]
    ends = ({-180.0, 180.0, west, east}, {south, north})
    marks = {name: name in marked for name in atlas.areas}
    seen: set[frozenset[Point]] = set()
    lines: list[Ring] = []
    for name in sorted(
        marks, key=lambda name: not marks[name]
    ):  # those of marked areas are known then
        rings = [ring for rings in atlas.areas[name].geometry.polygons for ring in rings]
        for start, end in (side for ring in rings for side in pairwise(ring)):
            cut = any(start[at] == end[at] and start[at] in ends[at] for at in (0, 1))
            if cut or frozenset((start, end)) in seen:
                continue
            seen.add(frozenset((start, end)))
            if marks[name]:
                continue
            if not lines or lines[-1][-1] != start:
                lines.append([start])
            lines[-1].append(end)
    return {"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": lines}}


class Label(NamedTuple):
    """Words on a map."""

    words: str
    weight: int
    ink: str
    box: Box
    ground: str  # a colour behind them, or ''
    leader: Box | None  # from the middle of their area to them, where they are beside it


def _labels(drawn: Map, shapes: Mapping[str, Shape], slot: Slot, taken: list[Box]) -> list[Label]:
    """Return the words of a map: inside of an area where they have room, else where nothing is *taken*."""
    colours, tones = slot.colours, TONES[drawn.classes]
    look = {name: (words, BOLD, *tones[number]) for name, number, words in drawn.marked}
    disputed = [name for name, shape in shapes.items() if shape.area.properties.disputed]
    for name in (*disputed, *drawn.named):
        look.setdefault(name, (name, PLAIN, "paper", 1 if name in disputed else 0))
    spots = {name: shapes[name].room() for name in look}
    labels = []
    for name in sorted(spots, key=spots.__getitem__, reverse=True):
        (room, at), (words, weight, fill, lines) = spots[name], look[name]
        dark = fill == "accent"
        wide = slot.ruler.width(words, size=NOTE, weight=weight) + 4
        box, leader, back = (
            _box(at, wide, slot.width),
            None,
            fill if dark else "paper" if lines else "",
        )
        if room < wide * (1 if dark else OVERHANG) or any(_overlap(box, each) for each in taken):
            box, back = (
                _beside(at, wide, taken, shapes[name].view, [shapes[each] for each in look]),
                "paper",
            )
            leader = (*at, min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3]))
        taken.append(box)
        ink = "paper" if back == "accent" else "ink"
        labels.append(
            Label(
                words, weight, getattr(colours, ink), box, back and getattr(colours, back), leader
            )
        )
    return labels


def _lettering(
    labels: list[Label], dots: list[Point], colours: Palette
) -> Iterator[dict[str, Any]]:
    """Yield leaders, dots for areas that are too small to be seen, grounds and words."""
    yield _rules([label.leader for label in labels if label.leader], colours.ink, 0.7)
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 30, "color": colours.accent}
    yield _at([{"x": x, "y": y} for x, y in dots], dot)
    for label in labels:
        sides = dict(zip(("x", "y", "x2", "y2"), label.box, strict=True))
        yield _at([sides] if label.ground else [], {"type": "rect", "color": label.ground})
        x, y = (label.box[0] + label.box[2]) / 2, (label.box[1] + label.box[3]) / 2 + NOTE * 0.35
        mark = {"type": "text", "baseline": "alphabetic", "fontSize": NOTE}
        look = {"fontWeight": label.weight, "color": label.ink}
        yield _at([{"x": x, "y": y, "words": label.words}], mark | look)


def _box(at: Point, wide: float, most: float) -> Box:
    """Return the box of words about a place, within the *most* pixels from left to right."""
    left = min(max(at[0] - wide / 2, 0.0), most - wide)
    return left, at[1] - HALF, left + wide, at[1] + HALF


def _beside(at: Point, wide: float, taken: list[Box], view: View, marked: list[Shape]) -> Box:
    """Return the nearest free box for words about a place, on none of what is *marked* if there is one."""
    free: list[tuple[bool, float, Box]] = []
    for far, turn in product(AROUND, range(16)):
        x = at[0] + math.cos(turn * math.pi / 8) * (far + wide / 2)
        y = at[1] + math.sin(turn * math.pi / 8) * (far + HALF)
        box = x - wide / 2, y - HALF, x + wide / 2, y + HALF
        fits = box[0] >= 0 and box[1] >= 0 and box[2] <= view.width and box[3] <= view.height
        if fits and not any(_overlap(box, other) for other in taken):
            spans = (span for shape in marked for span in shape.spans(y))
            over = any(start < box[2] and end > box[0] for start, end in spans)
            free.append((over, far, box))
    return min(free)[2] if free else _box(at, wide, view.width)


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _geo(features: list[dict[str, Any]], look: dict[str, Any]) -> dict[str, Any]:
    mark = {
        "type": "geoshape",
        "clip": False,
        "fill": None,
        "stroke": None,
        "strokeJoin": "round",
        **look,
    }
    return {"data": {"values": features}, "mark": mark}


def _rules(
    lines: list[tuple[float, float, float, float]], colour: str, thick: float = 1.0
) -> dict[str, Any]:
    rows = [
        dict(zip(("x", "y", "x2", "y2"), (round(end, 1) for end in line), strict=True))
        for line in lines
    ]
    return _at(rows, {"type": "rule", "color": colour, "strokeWidth": thick})


def _at(rows: list[dict[str, Any]], mark: dict[str, Any]) -> dict[str, Any]:
    """Return a layer of marks at places in pixels."""
    place = {"type": "quantitative", "scale": None, "axis": None}
    encoding: dict[str, Any] = {axis: {"field": axis, **place} for axis in ("x", "y")}
    encoding |= {name: {"field": name} for name in ("x2", "y2") if rows and name in rows[0]}
    if rows and "words" in rows[0]:
        encoding["text"] = {"field": "words", "type": "nominal"}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}
