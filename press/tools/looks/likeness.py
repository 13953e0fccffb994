"""Compare two PNGs; return the cells that differ.

Each picture is blurred and becomes a raster of cells; of two cells the colours are compared as CIE 1976
colour differences (ISO/CIE 11664-4). A cell is also like one of the same picture half a pixel off, which is
one pixel of what was drawn: machines round lines and edges of letters to different ones. Measured on our
pages, what they do otherwise makes a difference of 3, of dark pages 4; a missing letter of body type makes
13, a line that is 1 mm lower 7.
"""

import math
from dataclasses import dataclass
from functools import reduce
from itertools import chain, product, starmap
from typing import cast

from PIL import Image, ImageChops

from press.tools.looks import images

# From 5 on one sees two colours, and not one that varies (Mokrzycki and Tatol, Colour difference ΔE, 2011).
TOLERANCE = 5.0

Place = tuple[int, int]  # column and row of a cell


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
        DamagedError: one of them is not a PNG, or damaged.
    """
    old, moved = next(images.rasters(approved)), images.rasters(now)
    first = next(moved)
    size = max(old.width, first.width), max(old.height, first.height)
    differing = _unequal(old, first, size)
    for new in chain([first], moved):
        differing = [place for place in differing if not _alike(old, new, place)]
        if not differing:
            break
    return Likeness(tuple(differing), *size)


def _unequal(old: Image.Image, new: Image.Image, size: Place) -> list[Place]:
    """Return the cells that are not the very same in both: mostly few, so that few have to be measured."""
    wide, high = min(old.width, new.width), min(old.height, new.height)
    pairs = zip(*(raster.crop((0, 0, wide, high)).split() for raster in (old, new)), strict=True)
    cells = reduce(ImageChops.lighter, starmap(ImageChops.difference, pairs)).tobytes()
    return [
        (column, row)
        for row, column in product(range(size[1]), range(size[0]))
        if column >= wide or row >= high or cells[row * wide + column]
    ]


def _alike(old: Image.Image, new: Image.Image, place: Place) -> bool:
    """Return True if both have that cell, and its colours look the same."""
    column, row = place
    if column >= min(old.width, new.width) or row >= min(old.height, new.height):
        return False
    return math.dist(_lab(old, place), _lab(new, place)) <= TOLERANCE


def _lab(raster: Image.Image, place: Place) -> tuple[float, ...]:
    """Return a colour in the units of CIELAB; Pillow has its lightness in 255 steps."""
    lightness, red, yellow = cast("tuple[float, float, float]", raster.getpixel(place))
    return lightness * 100 / 255, red, yellow
