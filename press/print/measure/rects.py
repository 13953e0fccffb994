"""Calculate with rectangles and transforms, in CSS px from the top left corner of the sheet."""

import math
from typing import NamedTuple

MM = 25.4 / 96  # per CSS px
POINTS = 72 / 96  # per CSS px
TOLERANCE = 0.5  # CSS px
FAR = 1e9  # CSS px, more than any page is high


class Rect(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def beyond(self, outer: "Rect") -> tuple[float, float]:
        """Return how far this rectangle leaves *outer*, sideways and in height; 0 where it does not."""
        sideways = max(outer.left - self.left, self.right - outer.right)
        in_height = max(outer.top - self.top, self.bottom - outer.bottom)
        return sideways * (sideways > TOLERANCE), in_height * (in_height > TOLERANCE)

    def higher(self, more: float) -> "Rect":
        """Return a rectangle as wide as this one, and higher by *more* at the top and at the bottom."""
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
        """How much it enlarges."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))

    def then(self, outer: "Matrix") -> "Matrix":
        """Return the transform that applies this one, then *outer*."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            *outer.point(self.e, self.f),
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point, transformed."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def rect(self, rect: Rect) -> Rect:
        """Return the upright rectangle around *rect*, transformed."""
        if self == SAME:
            return rect
        corners = [
            self.point(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)
        ]
        across, down = zip(*corners, strict=True)
        return Rect(min(across), min(down), max(across), max(down))


SAME = Matrix()
