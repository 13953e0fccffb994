"""Check that each value stands where its claim has it: no part above its whole, no rise to less, none for another."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from press.checks.phrases import STEM, mentions
from press.checks.prose import Sentence
from press.content.languages import Habits
from press.content.library import Draft, Fault
from press.content.model.blocks import Showing
from press.content.model.claims import Value

VALUE, YEAR = "\0", "\1"  # one character for each
_PRINTED = re.compile(r"\{\w+\.\w+")  # how a value is typed
_LEAST = 4  # letters of a name that may be a word of the text


class Spot(NamedTuple):
    """A value of a sentence, or the year of one."""

    at: int  # in the sentence as it is printed
    claim: str
    name: str
    value: Value

    def __str__(self) -> str:
        """Return it as it is typed."""
        return f"'{self.claim}.{self.name}'"


def check(draft: Draft, sentence: Sentence, habits: Habits) -> Iterator[Fault]:
    """Yield values of *sentence* that cannot stand where they do."""
    line, spots = _line(draft, sentence)
    for message, spot in (
        *_parts(line, spots, habits),
        *_changes(line, spots, habits),
        *_years(draft, line, spots, habits),
        *_for_another(draft, sentence, line, spots),
        *_minorities(line, spots, habits),
    ):
        yield sentence.breach(message, "swapped", spot.at)


def _line(draft: Draft, sentence: Sentence) -> tuple[str, dict[int, Spot]]:
    """Return a sentence with one sign for each value, and by its offset which value that is."""
    line, spots = "", dict[int, Spot]()
    values, before, typed = iter(sentence.values), -1, str(sentence.scalar)
    for offset, (char, at) in enumerate(zip(sentence.text, sentence.at, strict=True)):
        if not _PRINTED.match(typed, at):
            line += char
        elif at != before:
            claim, name, form = next(values)
            value = draft.value(f"{claim}.{name}")
            if value and not value.date and value.unit != "year":
                spots[len(line)] = Spot(offset, claim, name, value)
            line += YEAR if form == "year" else VALUE
        before = at
    return line, spots


def _found(patterns: tuple[str, ...], line: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from re.finditer(pattern, line, re.IGNORECASE)


def _parts(line: str, spots: dict[int, Spot], habits: Habits) -> Iterator[tuple[str, Spot]]:
    """Yield parts that are more than their whole, or the whole itself."""
    for match in _found(habits.parts, line):
        part, whole = (spots.get(match.start(name)) for name in ("part", "whole"))
        if part and whole and (_above(part.value, whole.value) or part[1:] == whole[1:]):
            yield f"{part} is no part of {whole}; print the value that is", part


def _changes(line: str, spots: dict[int, Spot], habits: Habits) -> Iterator[tuple[str, Spot]]:
    """Yield where a rise leads to less, or a fall to more."""
    up, down = (mentions(line, words.split()) for words in (habits.opposites or [("", "")])[0])
    for match in _found(habits.changes, line):
        start, end = (spots.get(match.start(name)) for name in ("start", "end"))
        if start and end and up != down:
            low, high = (start, end) if up else (end, start)
            if _above(low.value, high.value):
                yield f"{start} is {'more' if up else 'less'} than {end}; exchange them", start


def _minorities(line: str, spots: dict[int, Spot], habits: Habits) -> Iterator[tuple[str, Spot]]:
    """Yield shares under a half that are told as the greater part."""
    for match in _found(habits.majorities, line):
        spot = spots.get(match.start("value"))
        if spot is None or not spot.value.of:
            continue
        half = 50 if spot.value.unit == "percent" else Fraction(1, 2)
        if spot.value.quantity.high < half:
            yield f"{spot} is under a half, and '{match['most']}' is more: take that out", spot


def _above(one: Value, other: Value) -> bool:
    """Return whether a value is surely more than another of its unit."""
    return one.unit == other.unit and one.quantity.low > other.quantity.high


def _years(
    draft: Draft, line: str, spots: dict[int, Spot], habits: Habits
) -> Iterator[tuple[str, Spot]]:
    """Yield values beside a year that is another one's."""
    for match in _found(habits.dated, line):
        spot, year = (spots.get(match.start(name)) for name in ("value", "year"))
        if spot and year:
            own, said = (draft.claims[each.claim].year_of(each.name) for each in (spot, year))
            if own and own != said:
                yield f"{spot} is of {own}, and stands here beside {said}", spot


def _for_another(
    draft: Draft, sentence: Sentence, line: str, spots: dict[int, Spot]
) -> Iterator[tuple[str, Spot]]:
    """Yield values beside words that name another one of their claim, and not them: a word may be meant otherwise."""
    printed = {f"{claim}.{name}" for claim, name, _ in sentence.values} | _below(draft, sentence)
    for offset, spot in spots.items():
        unit, every = str(spot.value.unit), draft.claims[spot.claim].values.items()
        alike = (str(name) for name, other in every if other.unit == unit)
        others = [name for name in alike if f"{spot.claim}.{name}" not in printed]
        theirs = f"{unit} {spot.claim.replace('_', ' ')}"  # of all values of the claim
        said = [name for name in others if _said(line, name) and not _said(theirs, name)]
        if line[offset] == VALUE and said and not _said(line, spot.name):
            what = f"{spot} stands here with a word of the name of '{spot.claim}.{said[0]}'"
            yield f"{what}: print that if it is meant; if '{spot.name}' is, rename the two", spot


def _below(draft: Draft, sentence: Sentence) -> set[str]:
    """Return the values of a figure of which *sentence* is the subtitle: it names what is shown."""
    block = draft.blocks.get(sentence.owner.removeprefix("block:"))
    if sentence.name != "subtitle" or not isinstance(block, Showing):
        return set()
    return {str(datum.value) for datum in block.data if datum.value}


def _said(line: str, name: str) -> bool:
    """Return whether the words of a line have one that gave a value its *name*."""
    words = [word for word in name.split("_") if len(word) >= _LEAST]
    return mentions(line, (f"{word[:STEM]}*" for word in words))
