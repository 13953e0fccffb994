"""Draw the forms of figure that are bars, lines and dots on one scale, as Vega-Lite specifications."""

from decimal import Decimal
from typing import Any

from press.content.quantity import DOWNWARD, UPWARD
from press.edition import language
from press.edition.edition import Datum, Figure, plain_text
from press.page.colours import Palette
from press.page.figures import axes
from press.page.figures.canvas import Canvas
from press.page.figures.theme import BOLD, LABEL, LINE, NOTE, NUMBER, PLAIN, SERIF, WIDE, Slot

GAP = 1.5  # pixels between two parts
STRIPES = ((2.5, 2.0), (2.0, 3.0), (1.2, 4.0))  # of an open edge: width, and the gap before each
BEHIND = sum(map(sum, STRIPES)) + 5  # pixels from such an edge to the words after it
INSIDE = 6.0  # from the edge of a bar to the words in it
YEARS = 8  # steps of an axis of years
MOST_OF_ROOM = 0.42  # of the width, for the labels before bars


def parts(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw one bar in parts, in two colours by turns, each with its label below."""
    colours, high = slot.colours, 58.0 if slot.large else 30.0
    size = NUMBER if slot.large else 16.5
    canvas, start = Canvas(slot.width, 0, 100), 0.0
    edges = []
    for number, datum in enumerate(figure.data):
        end = 100.0 if datum is figure.data[-1] else start + datum.share
        gap = canvas.value(GAP) if number else 0.0
        dark = bool(number % 2)
        canvas.bar((start + gap, end), 0, high, colours.accent if dark else colours.pale)
        wide = slot.ruler.width(datum.shown, size=size, weight=BOLD) + 4
        if fits := wide <= canvas.px(end - start - gap):
            words = colours.paper if dark else colours.ink
            base = high / 2 + size * 0.35
            middle = (start + gap + end) / 2
            canvas.text(datum.shown, middle, base, words, size=size, weight=BOLD, align="center")
        label = plain_text(datum.label)
        edges.append((start + gap, end, label if fits else f"{label}, {datum.shown}"))
        start = end
    _labels(canvas, edges, high, slot)
    return canvas.spec()


def _labels(
    canvas: Canvas, edges: list[tuple[float, float, str]], below: float, slot: Slot
) -> None:
    """Write the labels of the parts in one line if they fit, else each in lines of its own with a pointer."""
    room = canvas.width
    *before, last = edges
    ends = [*(canvas.px(start) for start, _, _ in before[1:]), room - slot.ruler.width(last[2])]
    if all(
        canvas.px(start) + slot.ruler.width(label) + 8 <= end
        for (start, _, label), end in zip(before, ends, strict=True)
    ):
        for start, _, label in before:
            canvas.text(label, start, below + LINE, slot.colours.ink)
        canvas.text(last[2], 100, below + LINE, slot.colours.ink, align="right")
        return
    y = below + 2
    texts = []  # words, pixels from the left, base line, end there
    for start, end, label in edges:
        left = canvas.px(start)
        lines = slot.ruler.lines(label, max(room - left - 5, canvas.px(end) - 5))
        right = max(map(slot.ruler.width, lines)) + left + 5 > room
        canvas.post(end if right else start, (below, y + LINE), slot.colours.soft)
        for line in lines:
            y += LINE
            texts.append((line, canvas.px(end) - 5 if right else left + 5, y, right))
        y += 2
    for line, at, base, right in texts:  # over the pointers that cross them
        first = at - slot.ruler.width(line) if right else at
        back = (canvas.value(first - 2), canvas.value(first + slot.ruler.width(line) + 2))
        canvas.bar(back, base - LABEL, LABEL + 3, slot.colours.paper)
        align = "right" if right else "left"
        canvas.text(line, canvas.value(at), base, slot.colours.ink, align=align)


def whole(canvas: Canvas, top: float, high: float, colours: Palette) -> None:
    """Draw 100 percent as an empty field with an outline, which is seen on the panel of page 1 too."""
    canvas.bar((0, 100), top, high, colours.tint)
    for y in (top, top + high):
        canvas.line((0, 100), y, colours.rule)
    for x in (0, 100):
        canvas.post(x, (top, top + high), colours.rule)


def share(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw a bar of the whole with the share filled, its number above, its label inside if it fits."""
    [datum] = figure.data
    colours, canvas, words = slot.colours, Canvas(slot.width, 0, 100), plain_text(datum.label)
    top, high = 32.0, 54.0 if slot.large else 34.0
    canvas.text(datum.shown, 0, 21, colours.accent, size=NUMBER, weight=BOLD, family=SERIF)
    whole(canvas, top, high, colours)
    end = filled(canvas, datum, top, high, colours.accent)
    # words on stripes cannot be read
    sure = 0.0 if datum.bound in DOWNWARD else min(end, datum.low)
    lines = slot.ruler.lines(words, canvas.px(sure) - 2 * INSIDE)
    fits = len(lines) * LINE <= high - 4 and all(
        slot.ruler.width(line) + 2 * INSIDE <= canvas.px(sure) for line in lines
    )
    y = top + (high - len(lines) * LINE) / 2 + LABEL * 0.95
    for number, line in enumerate(lines if fits else ()):
        canvas.text(line, canvas.value(INSIDE), y + number * LINE, colours.paper)
    scale = top + high + 12
    for value, align in ((0, "left"), (100, "right")):
        shown = language.number(Decimal(value), slot.language, percent=True)
        canvas.text(shown, value, scale, colours.soft, size=NOTE, align=align)
    for number, line in enumerate(() if fits else slot.ruler.lines(words, slot.width), 1):
        canvas.text(line, 0, scale + 2 + number * LINE, colours.ink)
    return canvas.spec()


def bars(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw a bar for each value, from zero, its label before it where there is room, else above."""
    labels = [plain_text(datum.label) for datum in figure.data]
    return _bars(figure, labels, slot, beside=slot.width >= WIDE)


def grouped(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw bars in groups, each group below its own label."""
    labels = [plain_text(datum.series) for datum in figure.data]
    return _bars(figure, labels, slot, beside=True)


def _bars(figure: Figure, labels: list[str], slot: Slot, *, beside: bool) -> dict[str, Any]:
    """Draw a bar for each value with its label *beside* it or above; where some are marked, the others are grey."""
    colours, group, marked = slot.colours, "", any(datum.role for datum in figure.data)
    longest = max(slot.ruler.width(label, weight=BOLD if marked else PLAIN) for label in labels)
    left = min(longest, slot.width * MOST_OF_ROOM) + 10 if beside else 0.0
    widest = max(slot.ruler.width(datum.shown, weight=BOLD) for datum in figure.data)
    room = slot.width - left - widest - 14
    full = max(datum.high for datum in figure.data)
    canvas = Canvas(slot.width, -left / room * full, (slot.width - left) / room * full)
    thick = 14.0 if figure.form == "grouped" else 20.0 if beside else 16.0
    y = start = 0.0
    for datum, label in zip(figure.data, labels, strict=True):
        if datum.series and group != (group := plain_text(datum.label)):
            y = start = axes.label(canvas, slot, y + 2, group, weight=BOLD) + 6
        weight = BOLD if datum.role else PLAIN
        lines = slot.ruler.lines(label, left - 10 if beside else slot.width, weight=weight)
        tall = max(thick, len(lines) * LINE) if beside else thick
        top = y + (tall - thick) / 2 if beside else y + len(lines) * LINE + 3
        first = y + (tall - len(lines) * LINE) / 2 + LABEL * 0.95 if beside else y + LABEL * 0.95
        for number, line in enumerate(lines):
            canvas.text(line, canvas.low, first + number * LINE, colours.ink, weight=weight)
        colour = colours.grey if marked and not datum.role else colours.accent
        end = filled(canvas, datum, top, thick, colour)
        after = canvas.value(canvas.px(end) + (BEHIND if datum.bound in UPWARD else 6))
        canvas.text(datum.shown, after, top + thick / 2 + 4, colours.ink, weight=BOLD)
        canvas.post(0, (start if beside else top, top + thick), colours.ink)
        y = max(top + thick, y + tall) + (3 if datum.series else 8 if beside else 9)
    return canvas.spec()


def filled(canvas: Canvas, datum: Datum, top: float, high: float, colour: str) -> float:
    """Fill a bar as far as the value is certain, with stripes for what may lie beyond; return its end."""
    sure, end = (0.0 if datum.bound in DOWNWARD else datum.low), datum.high
    canvas.bar((0, sure), top, high, colour)
    if sure < end:  # a range, or all below a bound
        for edge in (top, top + high):
            canvas.line((sure, end), edge, colour)
        at = canvas.px(sure)
        while (at := at + 4) < canvas.px(end) - 1.5:
            canvas.bar((canvas.value(at - 1), canvas.value(at)), top, high, colour)
        canvas.post(end, (top, top + high), colour)
    at = canvas.px(end)
    for thick, gap in STRIPES if datum.bound in UPWARD else ():
        at += gap
        canvas.bar((canvas.value(at), canvas.value(at + thick)), top, high, colour)
        at += thick
    return end


def timeline(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw a line from the date of each value to the release: as long as the value is old."""
    data = sorted(figure.data, key=lambda datum: (datum.first, datum.last))
    colours, first = slot.colours, data[0].first
    inset = 4 * (slot.until - first) / slot.width  # the first dot is not cut in half
    canvas, y = Canvas(slot.width, first - inset, slot.until + inset / 4), 0.0
    for datum in data:
        at = canvas.px(datum.first) - 3
        year = slot.ruler.width(f"{datum.dating} ", weight=BOLD)
        words = plain_text(datum.label)
        room = canvas.px(slot.until) - 5 - year  # words end before the line of the release
        lines = slot.ruler.lines(words, room)
        start = max(0.0, min(at, room - max(map(slot.ruler.width, lines))))
        base = y + LABEL
        canvas.text(datum.dating, canvas.value(start), base, colours.ink, weight=BOLD)
        for number, line in enumerate(lines):
            canvas.text(line, canvas.value(start + year), base + number * LINE, colours.ink)
        y = base + (len(lines) - 1) * LINE + 8
        canvas.line((datum.first, slot.until), y, colours.rule, 1.5)
        if datum.last > datum.first:
            canvas.line((datum.first, datum.last), y, colours.accent, 4.0)
        for dot in {datum.first, datum.last}:
            canvas.dot(dot, y, colours.accent)
        y += 7
    canvas.post(slot.until, (0, y), colours.soft)
    canvas.line((first, slot.until), y, colours.soft)
    years = {year: str(year) for year in (first, *map(int, axes.rounds(first, slot.until, YEARS)))}
    axes.write(canvas, slot, y, [(slot.until, slot.released), *years.items()])
    return canvas.spec()
