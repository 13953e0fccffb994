"""Lay numbers along an axis: round ones at even steps, and as many as have room."""

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal

from press.page.figures.canvas import Canvas
from press.page.figures.theme import NOTE, Slot

STEPS = (1, 2, 5, 10)  # between the numbers of a scale, times a power of ten
APART = 6.0  # pixels between two of them


def step(low: float, high: float, most: int) -> Decimal:
    """Return the least round step by which at most *most* lead from *low* to *high*."""
    span = Decimal(str(high - low)) / most
    power = math.floor(math.log10(span))
    return next(size for each in STEPS if (size := Decimal(each).scaleb(power)) >= span)


def rounds(low: float, high: float, most: int) -> Iterator[Decimal]:
    """Yield the round numbers from *low* to *high*."""
    by = step(low, high, most)
    number = math.ceil(Decimal(str(low)) / by) * by
    while number <= Decimal(str(high)):
        yield number.normalize() if by < 1 else number
        number += by


def write(canvas: Canvas, slot: Slot, y: float, numbers: Iterable[tuple[float, str]]) -> None:
    """Write *numbers*, each at its place on the scale, below *y* with a tick, the first ones first where room lacks."""
    taken: dict[float, str] = {}
    for value, shown in numbers:
        half = slot.ruler.width(shown, size=NOTE) / 2
        at = min(max(canvas.px(value), half), slot.width - half)
        ends = ((there, slot.ruler.width(words, size=NOTE) / 2) for there, words in taken.items())
        inside = -1 <= canvas.px(value) <= slot.width + 1
        if inside and all(abs(at - there) >= half + other + APART for there, other in ends):
            taken[at] = shown
            canvas.post(value, (y, y + 3), slot.colours.rule)
    for at, shown in sorted(taken.items()):
        canvas.text(shown, canvas.value(at), y + 13, slot.colours.soft, size=NOTE, align="center")
