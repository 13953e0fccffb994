"""Draw the forms of figure that are bars, lines and dots on one scale, as Vega-Lite specifications."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from press.content.languages import LANGUAGES
from press.content.quantity import DOWNWARD, UPWARD
from press.edition import language
from press.edition.edition import Datum, Figure, plain_text
from press.page.colours import Palette
from press.page.figures import axes
from press.page.figures.canvas import Canvas
from press.page.figures.theme import BOLD, LABEL, LINE, NOTE, NUMBER, PLAIN, SERIF, WIDE, Slot

GAP = 1.5  # pixels between two parts
LEAST = 14.0  # how high a square of a hundred is
THICKEST, FARTHEST = 36.0, 28.0  # pixels of a bar on page 1, and between two
THICKER = 0.6  # of the room that is left goes into bars
OPEN = 18.0  # pixels of the dashed lines behind an open edge
BEHIND = OPEN + 5  # from such an edge to the words after it
YEARS = 8  # steps of an axis of years
MOST_OF_ROOM = 0.42  # of the width, for the labels before bars


def parts(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw one bar in parts, in two colours by turns, each with its label below."""
    colours = slot.colours
    high = min(max(58.0, slot.room / 2), 100.0) if slot.large else 30.0
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
    """Draw a hundred squares, those of the share filled; its number stands above unless the title says it."""
    [datum] = figure.data
    per = 20 if slot.width >= WIDE else 10
    canvas, colours, y = Canvas(slot.width, 0, per), slot.colours, 0.0
    if datum.shown.casefold() not in plain_text(figure.title).casefold():
        y = 24.0
        canvas.text(datum.shown, 0, 21, colours.accent, size=NUMBER, weight=BOLD, family=SERIF)
    top = axes.label(canvas, slot, y, plain_text(datum.label), weight=BOLD) + 7
    rows = 100 // per
    high = max(LEAST, min((slot.room - top - LINE) / rows, slot.width / per))
    known = 0.0 if datum.bound in DOWNWARD else round(datum.low, 1) or datum.low
    most = 100.0 if datum.bound in UPWARD else max(known, round(datum.high, 1))
    for start, end, colour in ((0.0, known, colours.accent), (most, 100.0, colours.pale)):
        for ends, row, number in _squares(start, end, per):
            canvas.bar(ends, top + row * high, number * high, colour)
    ground = colours.tint if slot.large else colours.paper
    for column in range(1, per):
        canvas.post(column, (top, top + rows * high), ground, GAP)
    for row in range(1, rows):
        canvas.line((0, per), top + row * high, ground, GAP)
    words = LANGUAGES[slot.language].unstated
    for (left, right), row, number in _squares(known, most, per):
        y = top + row * high
        canvas.bar((left, right), y, number * high, colours.paper)
        canvas.dashes((left, right), (y, y + number * high), colours.accent)
        if number > 1 and slot.ruler.width(words) + 16 <= canvas.px(right - left):
            y += number * high / 2 + 4
            canvas.text(words, left + canvas.value(8), y, colours.ink)
    below = top + rows * high + LINE
    canvas.bar((0, canvas.value(8)), below - 7.5, 8, colours.accent)
    one = language.number(Decimal(1), slot.language, percent=True)
    canvas.text(f"= {one}", canvas.value(12), below, colours.soft, size=NOTE)
    return canvas.spec()


def _squares(start: float, end: float, per: int) -> Iterator[tuple[tuple[float, float], int, int]]:
    """Yield the squares from *start* to *end*: from where to where in a row, in which, and in how many rows."""
    while start < end:
        row, at = int(start // per), start % per
        number = 1 if at else max(1, int((end - start) // per))
        stop = min(end - row * per, per) if number == 1 else per
        yield (at, stop), row, number
        start = (row + number) * per if stop == per else end


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
    colours, marked = slot.colours, any(datum.role for datum in figure.data)
    longest = max(slot.ruler.width(label, weight=BOLD if marked else PLAIN) for label in labels)
    left = min(longest, slot.width * MOST_OF_ROOM) + 10 if beside else 0.0
    size = slot.size
    widest = max(slot.ruler.width(datum.shown, size=size, weight=BOLD) for datum in figure.data)
    room = slot.width - left - widest - 14
    full = max(datum.high for datum in figure.data)

    def draw(thick: float, gap: float) -> Canvas:
        canvas = Canvas(slot.width, -left / room * full, (slot.width - left) / room * full)
        y, start, group = 0.0, 0.0, ""
        for datum, label in zip(figure.data, labels, strict=True):
            if datum.series and group != (group := plain_text(datum.label)):
                y = start = axes.label(canvas, slot, y + 2, group, weight=BOLD) + 6
            weight = BOLD if datum.role else PLAIN
            lines = slot.ruler.lines(label, left - 10 if beside else slot.width, weight=weight)
            tall = max(thick, len(lines) * LINE) if beside else thick
            top = y + (tall - thick) / 2 if beside else y + len(lines) * LINE + 3
            first = y + (tall - len(lines) * LINE if beside else 0) / 2 + LABEL * 0.95
            for number, line in enumerate(lines):
                canvas.text(line, canvas.low, first + number * LINE, colours.ink, weight=weight)
            colour = colours.grey if marked and not datum.role else colours.accent
            end = filled(canvas, datum, (top, thick), colour)
            after = canvas.value(canvas.px(end) + (BEHIND if datum.bound in UPWARD else 6))
            base = top + thick / 2 + round(size * 0.35)
            canvas.text(datum.shown, after, base, colours.ink, size=size, weight=BOLD)
            canvas.post(0, (start if beside else top, top + thick), colours.ink)
            y = max(top + thick, y + tall) + (3 if datum.series else gap)
        return canvas

    thick = 14.0 if figure.form == "grouped" else 20.0 if beside else 16.0
    return spread(draw, slot, thick, 8.0 if beside else 9.0)


def spread(
    draw: Callable[[float, float], Canvas], slot: Slot, thick: float, gap: float
) -> dict[str, Any]:
    """Return what is drawn with bars so *thick* and so far apart, or more where page 1 has room for it."""
    canvas = draw(thick, gap)
    if slot.room > canvas.height:
        each = draw(thick + THICKER, gap + 1 - THICKER).height - canvas.height
        more = (slot.room - canvas.height) / each
        canvas = draw(
            min(thick + THICKER * more, THICKEST), min(gap + (1 - THICKER) * more, FARTHEST)
        )
    return canvas.spec()


def filled(
    canvas: Canvas, datum: Datum, rows: tuple[float, float], colour: str, whole: float = 0.0
) -> float:
    """Fill a bar as far as the value is certain; where it may end is an empty dashed field. Return its end.

    *rows* are its top and how high it is. Such a field ends with the *whole*, where there is one, and is open else.
    """
    top, high = rows
    sure, end = (0.0 if datum.bound in DOWNWARD else datum.low), datum.high
    canvas.bar((0, sure), top, high, colour)
    upward = datum.bound in UPWARD
    most = (whole or canvas.value(canvas.px(end) + OPEN)) if upward else end
    if sure < most:
        canvas.dashes((sure, most), (top, top + high), colour, closed=bool(whole) or not upward)
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
