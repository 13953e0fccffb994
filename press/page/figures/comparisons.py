"""Draw values of then and now, and values against their targets."""

from operator import attrgetter
from typing import Any, TypeAlias

from press.content.languages import LANGUAGES
from press.content.quantity import UPWARD
from press.edition import language
from press.edition.edition import Datum, Figure, plain_text
from press.page.figures import axes
from press.page.figures.bar_charts import BEHIND, filled, spread, whole
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
Pairs: TypeAlias = list[tuple[Datum, Datum]]  # of values and targets
MOST_OF_COLUMN = 0.36  # of the width, for values behind bars; longer ones stand above


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
    """Draw a bar for each value, and across it the line of its target; one that all share crosses them once."""
    pairs = [*zip(figure.data[::2], figure.data[1::2], strict=True)]
    percent = figure.data[0].unit == "percent"
    wide = max(slot.ruler.width(each.shown, size=slot.size, weight=BOLD) for each, _ in pairs) + 8
    column = wide if wide <= MOST_OF_COLUMN * slot.width else 0.0  # of the values, behind the bars
    upward = any(datum.bound in UPWARD for datum, _ in pairs)
    room = slot.width - column - (BEHIND if upward and not percent else 0.0)
    full = max(WHOLE if percent else 0.0, *map(HIGHEST, figure.data)) * slot.width / room

    def draw(thick: float, gap: float) -> Canvas:
        canvas = Canvas(slot.width, 0.0, full)
        _against(canvas, slot, pairs, (thick, gap), beside=bool(column))
        return canvas

    return spread(draw, slot, THICK, 5.0)


def _against(
    canvas: Canvas, slot: Slot, pairs: Pairs, size: tuple[float, float], *, beside: bool
) -> None:
    """Draw bars of a *size*: so thick and so far apart, with their values *beside* them or above."""
    (thick, gap), colours, y = size, slot.colours, 0.0
    named = [_goal(goal, slot) for _, goal in pairs]
    if once := len({*named}) == 1:
        axes.name(canvas, slot, pairs[0][1].high, NOTE, named[0])
        y = NOTE + OVER
    for (datum, goal), words, after in zip(pairs, named, [*named[1:], ""], strict=True):
        label, shown = plain_text(datum.label), "" if beside else datum.shown
        above, y = y, axes.label(canvas, slot, y + gap, label, shown) + OVER + 4
        if once:  # the line goes on between the bars, but not through words
            taken = shown or slot.ruler.width(label) + 4 > canvas.px(goal.high)
            canvas.post(goal.high, (above, above + gap if taken else y), colours.soft)
        if beside:
            base = y + thick / 2 + round(slot.size * 0.35)
            look: dict[str, Any] = {"size": slot.size, "weight": BOLD, "align": "right"}
            canvas.text(datum.shown, canvas.high, base, colours.ink, **look)
        if percent := datum.unit == "percent":  # how much the whole would be
            whole(canvas, y, thick, colours)
        filled(canvas, datum, (y, thick), colours.accent, WHOLE * percent)
        for colour, wide in ((colours.paper, 5.0), (colours.ink, 2.5)):
            canvas.post(goal.high, (y - OVER, y + thick + OVER), colour, wide)
        y += thick + OVER
        if not once and words != after:
            y += NOTE
            axes.name(canvas, slot, goal.high, y, words)


def _goal(goal: Datum, slot: Slot) -> str:
    dating = f" ({goal.dating})" if goal.dating else ""
    return LANGUAGES[slot.language].target.format(value=f"{goal.shown}{dating}")
