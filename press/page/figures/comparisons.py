"""Draw values of then and now, and values against their targets."""

from operator import attrgetter
from typing import Any

from press.content.languages import LANGUAGES
from press.edition import language
from press.edition.edition import Datum, Figure, plain_text
from press.page.figures import axes
from press.page.figures.bar_charts import BEHIND, filled, whole
from press.page.figures.canvas import Canvas
from press.page.figures.theme import BOLD, LINE, NOTE, PLAIN, Slot

LEAST = 0.5  # of the width, for the scale: with less, values stand above their dots
ASIDE = 10.0  # pixels from the middle of a dot to the words beside it
STEPS = 5  # of a scale at most
THICK = 16.0  # pixels of a bar
OVER = 4.0  # pixels that the line of a target reaches above and below it
ZERO = 7.0  # likewise the line of zero, above and below the dots of then and now
HIGHEST = attrgetter("high")
WHOLE = 100.0  # percent


def then_now(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw each row as two dots on one scale, that of then in grey, with the year and the value of each."""
    pairs = [*zip(figure.data[::2], figure.data[1::2], strict=True)]
    wide = [max(_wide(sorted(pair, key=HIGHEST)[side], slot) for pair in pairs) for side in (0, 1)]
    beside = slot.width - sum(wide) - 2 * ASIDE >= LEAST * slot.width
    left, right = (side + ASIDE for side in wide) if beside else (5.0, 5.0)
    low, full = min(0.0, *map(HIGHEST, figure.data)), max(0.0, *map(HIGHEST, figure.data))
    pixel = (full - low) / (slot.width - left - right)
    colours, y = slot.colours, 0.0
    canvas = Canvas(slot.width, low - left * pixel, full + right * pixel)
    for then, now in pairs:
        y = axes.label(canvas, slot, y, plain_text(then.label)) + (0 if beside else LINE)
        middle = y + 12
        if not beside:  # else words stand there
            canvas.line((low, full), middle, colours.rule)
        if low < 0 < full:
            canvas.post(0, (middle - ZERO, middle + ZERO), colours.soft)
        canvas.line((then.high, now.high), middle, colours.accent, 2.5)
        pair = sorted((then, now), key=HIGHEST) if beside else (then, now)
        for datum, after in zip(pair, (False, True), strict=True):
            ink, dot, weight = colours.ink, colours.grey, PLAIN
            if datum is now:
                ink, dot, weight = colours.accent, colours.accent, BOLD
            canvas.dot(datum.high, middle, dot, 80)
            at, base = (slot.width if after else 0.0), y
            if beside:
                at, base = canvas.px(datum.high) + (ASIDE if after else -ASIDE), middle + 4
            align = "left" if after is beside else "right"
            canvas.text(_words(datum), canvas.value(at), base, ink, weight=weight, align=align)
        y = middle + 13
    numbers = [*axes.rounds(low, full, STEPS)]
    percent = figure.data[0].unit == "percent"
    shown = (language.number(each, slot.language, percent=percent) for each in numbers)
    canvas.line((low, full), y - 1, colours.soft)
    axes.write(canvas, slot, y - 1, zip(map(float, numbers), shown, strict=True))
    return canvas.spec()


def _words(datum: Datum) -> str:
    return f"{datum.dating}: {datum.shown}"


def _wide(datum: Datum, slot: Slot) -> float:
    return slot.ruler.width(_words(datum), weight=BOLD)


def target(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw a bar for each value, and across it the line of its target; what several share is named once."""
    percent = figure.data[0].unit == "percent"
    full = max(WHOLE if percent else 0.0, *map(HIGHEST, figure.data))
    canvas = Canvas(slot.width, 0.0, full * slot.width / (slot.width - BEHIND))
    pairs, y = [*zip(figure.data[::2], figure.data[1::2], strict=True)], 0.0
    thick = 1.5 * THICK if slot.large else THICK
    named = [_goal(goal, slot) for _, goal in pairs]
    for (datum, goal), words, after in zip(pairs, named, [*named[1:], ""], strict=True):
        y = axes.label(canvas, slot, y, plain_text(datum.label), datum.shown) + OVER + 4
        if percent:  # how much the whole would be
            whole(canvas, y, thick, slot.colours)
        filled(canvas, datum, y, thick, slot.colours.accent)
        for colour, wide in ((slot.colours.paper, 5.0), (slot.colours.ink, 2.5)):
            canvas.post(goal.high, (y - OVER, y + thick + OVER), colour, wide)
        y += thick + OVER
        if words != after:
            y += NOTE
            axes.name(canvas, slot, goal.high, y, words)
        y += 5
    return canvas.spec()


def _goal(goal: Datum, slot: Slot) -> str:
    dating = f" ({goal.dating})" if goal.dating else ""
    return LANGUAGES[slot.language].target.format(value=f"{goal.shown}{dating}")
