"""Whether two pictures look alike: two PNGs in, the cells in which they differ out.

Each picture is blurred and becomes a raster of cells; of two cells the colours are compared as CIE 1976
colour differences (ISO/CIE 11664-4). A cell is also like one of the same picture half a pixel off, which is
one pixel of what was drawn: machines round lines and edges of letters to different ones. Measured on our
pages, what they do otherwise makes a difference of 3, of dark pages 4; a missing letter of body type makes
13, a line that stands 1 mm lower 7.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import mul

from press.content import pictures

# From 5 on one sees two colours, and not one that varies (Mokrzycki and Tatol, Colour difference ΔE, 2011).
TOLERANCE = 5.0

Colour = tuple[int, int, int]
Place = tuple[int, int]  # column and row of a cell
# From sRGB (IEC 61966-2-1) to XYZ, each row divided by the white point D65.
XYZ = (
    (0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883),
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two pictures compare."""

    marks: tuple[Place, ...]  # that differ
    columns: int
    rows: int

    @property
    def share(self) -> float:
        """Return the part of the larger picture that differs."""
        return len(self.marks) / (self.columns * self.rows)

    def __str__(self) -> str:
        part = "less than 0.1" if self.share < 0.001 else f"{self.share * 100:.1f}"  # noqa: PLR2004 - as it says
        down = _span([row for _, row in self.marks], self.rows)
        across = _span([column for column, _ in self.marks], self.columns)
        return f"{part}% looks different, {down} of the way down and {across} across"


def _span(places: list[int], cells: int) -> str:
    return f"{min(places) * 100 // cells} to {-(-(max(places) + 1) * 100 // cells)}%"


def likeness(approved: bytes, now: bytes) -> Likeness:
    """Compare two PNGs; what one of them lacks, because it is smaller, differs.

    Raises:
        DamagedError: one of them is no PNG.
    """
    one, moved = next(pictures.cells(approved)), pictures.cells(now)
    unmoved = next(moved)
    sizes = _size(one), _size(unmoved)
    columns, rows = map(min, zip(*sizes, strict=True))
    left = [(column, row) for row in range(rows) for column in range(columns)]
    for other in chain([unmoved], moved):
        left = [place for place in left if not _alike(_colour(one, place), _colour(other, place))]
        if not left:
            break
    width, height = map(max, zip(*sizes, strict=True))
    beyond = [
        (column, row)
        for row in range(height)
        for column in range(width)
        if column >= columns or row >= rows
    ]
    return Likeness(tuple(left + beyond), width, height)


def _size(cells: pictures.Cells) -> tuple[int, int]:
    return cells.columns, len(cells.colours) // cells.columns


def _colour(cells: pictures.Cells, place: Place) -> Colour:
    return cells.colours[place[1] * cells.columns + place[0]]


def _alike(one: Colour, other: Colour) -> bool:
    return one == other or math.dist(_lab(one), _lab(other)) <= TOLERANCE


@cache
def _lab(colour: Colour) -> tuple[float, float, float]:
    """Return an sRGB colour in CIELAB."""
    linear = [_linear(channel / 255) for channel in colour]
    x, y, z = (_root(sum(map(mul, row, linear))) for row in XYZ)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


def _root(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
