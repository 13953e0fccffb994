"""Lay numbers along an axis: round ones at even steps, and as many as have room."""

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal

from press.page.figures.canvas import Canvas
from press.page.figures.theme import BOLD, LINE, NOTE, PLAIN, Slot

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
    taken: dict[float, tuple[float, str]] = {}  # by where the middle of each is, in pixels
    for value, shown in numbers:
        at, half = _middle(canvas, slot, value, shown)
        inside = -1 <= canvas.px(value) <= slot.width + 1
        if inside and all(
            abs(at - there) >= half + other / 2 + APART for there, (other, _) in taken.items()
        ):
            taken[at] = 2 * half, shown
            canvas.post(value, (y, y + 3), slot.colours.rule)
    for at, (_, shown) in sorted(taken.items()):
        name(canvas, slot, canvas.value(at), y + 13, shown)


def name(canvas: Canvas, slot: Slot, value: float, y: float, words: str) -> None:
    """Write small *words* under *value*, inside the drawing."""
    at, _ = _middle(canvas, slot, value, words)
    colour = slot.colours.soft
    canvas.text(words, canvas.value(at), y, colour, size=NOTE, align="center")


def _middle(canvas: Canvas, slot: Slot, value: float, words: str) -> tuple[float, float]:
    """Return where the middle of *words* under *value* has to be, in pixels, and half their width."""
    half = slot.ruler.width(words, size=NOTE) / 2
    return min(max(canvas.px(value), half), slot.width - half), half


def label(  # noqa: PLR0913 - what a label needs
    canvas: Canvas, slot: Slot, y: float, words: str, shown: str = "", *, weight: int = PLAIN
) -> float:
    """Write the *words* of a row below *y*, and behind them or below what is *shown*; return the last base line."""
    for line in (lines := slot.ruler.lines(words, slot.width, weight=weight)):
        y += LINE
        canvas.text(line, canvas.low, y, slot.colours.ink, weight=weight)
    wide = slot.ruler.width(lines[-1]) + slot.ruler.width(shown, weight=BOLD)
    beside = wide + 10 <= slot.width
    y += LINE if shown and not beside else 0
    at, align = (canvas.high, "right") if beside else (canvas.low, "left")
    if shown:
        canvas.text(shown, at, y, slot.colours.ink, weight=BOLD, align=align)
    return y
