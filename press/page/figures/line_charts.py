"""Draw values over years: one series marked, the others grey, each named behind the end of its line."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from statistics import median_low
from typing import Any

from press.edition import language
from press.edition.edition import Datum, Figure, plain_text
from press.page.figures import axes
from press.page.figures.canvas import Canvas
from press.page.figures.theme import BOLD, LABEL, LINE, NOTE, PLAIN, Slot

HIGH = 165.0  # pixels between the ends of the scale, if the names have room beside it
STEPS = 5  # of the scale at most
NAMES = 0.34  # of the width, for the names
FOOT = 18.0  # pixels for the years below the scale
LONGER = 1.5  # times the usual step between two years: a year is missing
FAR = 0.6  # of the width: a note behind it is written before its line
POINT, SMALL, HOLE = 44.0, 18.0, 14.0  # sizes of points: marked, others, the hole in 'about'
APART = 1.5  # pixels above and below a name
AWAY = 7.0  # pixels between the end of a line and its name, from which on a pointer joins them


@dataclass
class _Series:
    """A line: its values by years, and its name, whose middle is *at* a height in pixels."""

    data: list[Datum]
    lines: list[str]
    at: float = 0.0

    @property
    def half(self) -> float:
        """Half the height of its name and what is left free around it, in pixels."""
        return len(self.lines) * LINE / 2 + APART


def chart(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw a scale, what happened in a year, the lines, and their names."""
    points = [datum for datum in figure.data if datum.role != "note"]
    notes = sorted((each for each in figure.data if each.role == "note"), key=_year)
    last = max(map(_year, figure.data))
    every = [
        _series(sorted(group, key=_year), slot, last)
        for _, group in groupby(points, lambda each: each.label)
    ]
    every.sort(key=lambda series: series.data[0].role)  # the marked one lies on the others
    scale = _scale(points, Decimal(figure.start or 0), slot)
    before = max(slot.ruler.width(shown, size=NOTE) for shown in scale.values()) + 14
    behind = max(slot.ruler.width(line, weight=BOLD) for each in every for line in each.lines) + 11
    first = min(map(_year, figure.data))
    year = (last - first) / (slot.width - before - behind)  # in a pixel
    canvas = Canvas(slot.width, first - before * year, last + behind * year)
    told = [*_told(notes, canvas, slot)]
    head = LINE * sum(len(lines) for _, lines, _ in told) + 8
    high = max(HIGH, sum(2 * series.half for series in every))
    a_pixel = (max(scale) - min(scale)) / high
    canvas.height = head + high + FOOT
    canvas.rising = min(scale) - FOOT * a_pixel, max(scale) + head * a_pixel
    _grid(canvas, scale, points, slot)
    _notes(canvas, told, slot)
    for series in every:
        _line(canvas, series, slot)
    _names(canvas, every, (head - 4, head + high + 2), slot)
    return canvas.spec()


def _year(datum: Datum) -> int:
    return int(datum.high) if datum.unit == "year" else datum.last


def _series(data: list[Datum], slot: Slot, last: int) -> _Series:
    """Return a line with its name and last value, and the year of that where it ends before the others."""
    end = data[-1]
    words = f"{plain_text(end.label)} {end.shown}"
    words += "" if end.last == last else f" ({end.dating})"
    weight = BOLD if end.role else PLAIN
    return _Series(data, slot.ruler.lines(words, slot.width * NAMES, weight=weight))


def _scale(points: Sequence[Datum], start: Decimal, slot: Slot) -> dict[float, str]:
    """Return the numbers of the scale as they are printed: its start, and round ones that end above all values."""
    most = max(datum.high for datum in points)
    low = start or Decimal(str(min(0.0, *(datum.low for datum in points))))
    most = most if most > low else float(low) + 1
    by = axes.step(float(low), most, STEPS)
    low = low if start else math.floor(low / by) * by
    top = math.ceil(Decimal(str(most)) / by) * by
    every = [low, *axes.rounds(float(low), float(top), STEPS)]
    near = by / 2  # to the start: two numbers would lie over each other
    percent = points[0].unit == "percent"
    return {
        float(number): language.number(number, slot.language, percent=percent)
        for number in every
        if number == low or number - low > near
    }


def _grid(canvas: Canvas, scale: dict[float, str], points: Sequence[Datum], slot: Slot) -> None:
    """Draw a line for each number of *scale*, and below them the years of the values."""
    years = [datum.last for datum in points]
    first, last = min(years), max(years)
    ends = canvas.value(canvas.px(first) - 6), last
    for number, shown in scale.items():
        y, at = canvas.level(number), canvas.value(canvas.px(first) - 10)
        canvas.line(ends, y, slot.colours.rule if number else slot.colours.soft)
        canvas.text(shown, at, y + 3.5, slot.colours.soft, size=NOTE, align="right")
    order = sorted(set(years) - {first, last}, key=lambda year: (year % 10 > 0, year % 5 > 0, year))
    numbers = [(year, str(year)) for year in (last, first, *order)]
    axes.write(canvas, slot, canvas.level(min(scale)), numbers)


def _told(
    notes: Sequence[Datum], canvas: Canvas, slot: Slot
) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the year of each note, its words, and whether they stand before its line; those above come first."""
    far = [note for note in notes if canvas.px(_year(note)) > FAR * slot.width]
    edge = min((canvas.px(_year(note)) for note in far), default=float(slot.width))
    for note in [*reversed(far), *(each for each in notes if each not in far)]:
        at, year = canvas.px(_year(note)), note.shown if note.unit == "year" else note.dating
        room = at - 5 if note in far else edge - at - 8
        yield _year(note), slot.ruler.lines(f"{year}: {plain_text(note.label)}", room), note in far


def _notes(canvas: Canvas, told: Sequence[tuple[int, list[str], bool]], slot: Slot) -> None:
    y, foot = 0.0, canvas.height - FOOT
    for year, lines, far in told:
        canvas.post(year, (y + 2, foot), slot.colours.grey)
        at, align = canvas.value(canvas.px(year) + (-5 if far else 5)), "right" if far else "left"
        for line in lines:
            canvas.text(line, at, y + LABEL, slot.colours.ink, align=align)
            y += LINE


def _runs(data: Sequence[Datum]) -> Iterator[list[Datum]]:
    """Yield the values that a line joins: it breaks where a year is missing."""
    usual = median_low(after.last - before.last for before, after in pairwise(data))
    run = [data[0]]
    for before, after in pairwise(data):
        if after.last - before.last > LONGER * usual:
            yield run
            run = []
        run.append(after)
    yield run


def _line(canvas: Canvas, series: _Series, slot: Slot) -> None:
    """Draw a line with its points: all of the marked one, of others where they begin and end."""
    marked = bool(series.data[0].role)
    colour = slot.colours.accent if marked else slot.colours.grey
    for run in _runs(series.data):
        if len(run) > 1:
            points = [(datum.last, canvas.level(datum.high)) for datum in run]
            canvas.path(points, colour, 2.6 if marked else 1.6)
        for datum in run:
            if marked or datum in {run[0], run[-1]} or datum.bound == "about":
                y = canvas.level(datum.high)
                canvas.dot(datum.last, y, colour, POINT if marked else SMALL)
                if datum.bound == "about":
                    canvas.dot(datum.last, y, slot.colours.paper, HOLE if marked else SMALL / 3)


def _names(canvas: Canvas, every: Sequence[_Series], room: tuple[float, float], slot: Slot) -> None:
    """Write the names beside the ends of their lines, in *room* from top to bottom, none over another."""
    colours, (above, below) = slot.colours, room
    ordered = sorted(every, key=lambda series: -series.data[-1].high)
    for series in ordered:
        series.at = max(canvas.level(series.data[-1].high), above + series.half)
        above = series.at + series.half
    for series in reversed(ordered):
        series.at = min(series.at, below - series.half)
        below = series.at - series.half
    right = max(canvas.px(datum.last) for series in every for datum in series.data)
    for series in ordered:
        end, marked = series.data[-1], bool(series.data[0].role)
        level, left = canvas.level(end.high), canvas.px(end.last)
        if abs(level - series.at) > AWAY or left < right:
            ends = (canvas.value(left + 4), level), (canvas.value(right + 9), series.at)
            canvas.path(ends, colours.rule, 1.0)
        for number, line in enumerate(series.lines):
            base = series.at - series.half + APART + LABEL * 0.95 + number * LINE
            colour, weight = (colours.accent, BOLD) if marked else (colours.ink, PLAIN)
            canvas.text(line, canvas.value(right + 11), base, colour, weight=weight)
