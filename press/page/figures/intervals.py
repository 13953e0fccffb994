"""Draw values with their intervals, and the line of no effect; ratios lie on a log scale (a forest plot)."""

import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from press.content.languages import LANGUAGES
from press.edition import language
from press.edition.edition import Figure, plain_text
from press.page.figures import axes
from press.page.figures.canvas import Canvas
from press.page.figures.theme import LABEL, Slot

MARGIN = 0.06  # of the scale, beyond the widest interval
HIGH = 9.0  # pixels that the line of no effect reaches above and below an interval
END = 3.5  # likewise the ends of an interval
MOST = 5  # numbers of a scale


def chart(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw each label with its value in words, and below it the value in its interval."""
    ends = [end for datum in figure.data for end in datum.interval]
    none = float(figure.no_effect or 0)
    place: Callable[[float], float] = math.log if none else float
    low, high = place(min(*ends, none)), place(max(*ends, none))
    room = (high - low) * MARGIN or 1.0
    canvas, y = Canvas(slot.width, low - room, high + room), 0.0
    for datum in figure.data:
        y = axes.label(canvas, slot, y, plain_text(datum.label), datum.shown)
        y += LABEL * 0.4 + HIGH + 2
        canvas.post(place(none), (y - HIGH, y + HIGH), slot.colours.soft)
        first, last = map(place, datum.interval)
        canvas.line((first, last), y, slot.colours.accent, 2.0)
        for end in (first, last):
            canvas.post(end, (y - END, y + END), slot.colours.accent)
        canvas.dot(place(datum.low), y, slot.colours.accent)
        y += HIGH + 4
    _scale(canvas, slot, place, y, none)
    return canvas.spec()


def _scale(
    canvas: Canvas, slot: Slot, place: Callable[[float], float], y: float, none: float
) -> None:
    """Draw the scale at *y*, with round numbers as far as they have room, and what no effect is."""
    canvas.line((canvas.low, canvas.high), y, slot.colours.rule)
    every = sorted(_round(canvas, place), key=lambda each: each != Decimal(int(none)))
    shown = (language.number(number, slot.language).replace("-", "−") for number in every)
    axes.write(canvas, slot, y, zip((place(float(number)) for number in every), shown, strict=True))
    axes.name(canvas, slot, place(none), y + 26, LANGUAGES[slot.language].no_effect)


def _round(canvas: Canvas, place: Callable[[float], float]) -> Iterator[Decimal]:
    """Yield the round numbers that the scale has room for: 0.5, 1, 2 for ratios, else at even steps."""
    if place is math.log:
        first, last = (math.floor(end / math.log(10)) for end in (canvas.low, canvas.high))
        every = [
            Decimal(step).scaleb(power)
            for power in range(first, last + 1)
            for step in axes.STEPS[:3]
        ]
        yield from (each for each in every if canvas.low <= math.log(each) <= canvas.high)
        return
    yield from axes.rounds(canvas.low, canvas.high, MOST)
