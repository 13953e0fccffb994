"""Rectangles and transforms, in CSS px from the sheet's top left corner: where a box stands, how far it sticks out."""

from __future__ import annotations

import math
from typing import NamedTuple

MM = 25.4 / 96  # per CSS px
POINTS = 72 / 96  # per CSS px
TOLERANCE = 0.5  # CSS px
FAR = 1e9


class Rect(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def beyond(self, outer: Rect) -> tuple[float, float]:
        """Return how far this one leaves *outer* sideways and in height; 0 where it does not."""
        sideways = max(outer.left - self.left, self.right - outer.right)
        in_height = max(outer.top - self.top, self.bottom - outer.bottom)
        return (
            sideways if sideways > TOLERANCE else 0.0,
            in_height if in_height > TOLERANCE else 0.0,
        )

    def sides(self) -> Rect:
        """Return a rectangle as wide as this one, of any height."""
        return Rect(self.left, -FAR, self.right, FAR)

    def higher(self, more: float) -> Rect:
        """Return a rectangle as wide as this one, and higher by *more* above and below."""
        return Rect(self.left, self.top - more, self.right, self.bottom + more)


class Matrix(NamedTuple):
    """An affine transform, in the order of CSS's `matrix()`."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @property
    def scale(self) -> float:
        """How much larger it makes things."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))

    def then(self, outer: Matrix) -> Matrix:
        """Return the transform that does this one first."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            *outer.point(self.e, self.f),
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def rect(self, rect: Rect) -> Rect:
        """Return the upright rectangle around where *rect* goes."""
        if self == SAME:
            return rect
        corners = [
            self.point(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)
        ]
        across, down = zip(*corners, strict=True)
        return Rect(min(across), min(down), max(across), max(down))


SAME = Matrix()
