"""Project areas of a map: degrees to pixels, in a view that fills the frame, and where an area has room for words.

Vega's projection is worked out here too: Albers' conic, which keeps areas equal, about the middle of what is shown.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from press.content.model.maps import Feature, Point, surface

HIGHEST = {True: 0.5, False: 0.85}  # of a wide map and of a narrow one: its height, of its width
MARGIN = 0.03  # of the frame, around what has to be seen
NARROWEST = 0.05  # of a cone: one that is nearly a cylinder has no apex to measure from
HALF = 6.0  # pixels: half the height of words
STEP = 3.0  # pixels from one line to the next that is tried for words
HATCH = 5.0  # pixels between the lines that mark what is disputed
Ring = list[Point]


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
        return (self.move[0] + self.scale * far * math.sin(angle), self.move[1] - self.scale * up)

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


def crossings(rings: list[Ring], y: float) -> list[tuple[float, float]]:
    """Return from where to where the line at *y* is within *rings*."""
    at = sorted(
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for ring in rings
        for a, b in pairwise(ring)
        if (a[1] < y) != (b[1] < y)
    )
    return [*zip(at[::2], at[1::2], strict=False)]
