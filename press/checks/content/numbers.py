"""Find numbers that an author typed, in digits and in words, and where they are in a line of text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from press.checks.phrases import matches
from press.content.languages import LANGUAGES, Habits
from press.content.library import Draft

GAP = re.compile(r"[\s\u2010-\u2012-]+|(?P<char>.)")  # white space and hyphens, or one character
DIGITS = re.compile(r"[^\s\0]*\d[^\s\0]*")
ROMAN = re.compile(  # of two letters or more
    r"(?<!\w)(?=[MDCLXVI]{2})M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!\w)"
)
WORD = re.compile(r"[^\W\d_]+")


def numbers(draft: Draft, line: str) -> Iterator[tuple[int, str]]:
    """Yield each number in *line*, in digits, words or Roman letters, with its offset, in order.

    Terms that could not be read stop everything; till then an official name could be taken for a number.
    """
    if any(draft.unread("term", code) for code in spoken_in(draft)):
        return
    known = _patterns(tuple(habits_in(draft)))
    found: dict[int, str] = {}
    for start, number in (
        *_digits(line, known.ordinal),
        *_words(line, known.together),
        *_phrases(line, known.multiples),
        *((each.start(), " ".join(each[0].split())) for each in known.amounts.finditer(line)),
        *_roman(draft, line),
    ):
        found[start] = max(found.get(start, ""), number, key=len)
    end = 0
    for start, number in sorted(found.items()):
        if start >= end:  # else it is a part of the one before
            yield start, number
            end = start + len(number)


def spoken_in(draft: Draft) -> tuple[str, ...]:
    """Return the languages whose words are looked for."""
    return draft.series.languages if draft.series else tuple(LANGUAGES)


def habits_in(draft: Draft) -> list[Habits]:
    """Return what these languages do their own way."""
    return [LANGUAGES[code] for code in spoken_in(draft) if code in LANGUAGES]


class _Patterns(NamedTuple):
    """What finds numbers in some languages."""

    ordinal: re.Pattern[str]  # that is no number: '2nd'
    together: re.Pattern[str]  # a word, or several that are run together: 'fortyeight', 'sixtyish'
    amounts: re.Pattern[str]  # words that are a number together
    multiples: tuple[str, ...]


@lru_cache(maxsize=16)
def _patterns(spoken: tuple[Habits, ...]) -> _Patterns:
    ordinals = "|".join(re.escape(ending) for habits in spoken for ending in habits.ordinals)
    amounts = "|".join(words for habits in spoken for words in habits.amounts)
    words = [word for habits in spoken for word, amount in habits.numbers.items() if amount > 1]
    words += [word for habits in spoken for word in habits.fractions]
    each = sorted((re.escape(word.casefold()) for word in words), key=len, reverse=True)
    endings = " ".join(habits.endings for habits in spoken).split()
    return _Patterns(
        re.compile(rf"\d+(?:{ordinals or '(?!)'})", re.ASCII),
        re.compile(f"(?:{'|'.join(each) or '(?!)'})+(?:{'|'.join(endings)})?"),
        re.compile(rf"(?<!\w)(?:{amounts or '(?!)'})(?!\w)", re.IGNORECASE),
        tuple(phrase for habits in spoken for phrase in habits.multiples),
    )


def _roman(draft: Draft, line: str) -> Iterator[tuple[int, str]]:
    for match in ROMAN.finditer(line):
        if not any(match[0] in draft.words(code).acronyms for code in spoken_in(draft)):
            yield match.start(), match[0]


def _digits(line: str, ordinal: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for match in DIGITS.finditer(line):
        token = match[0].strip(".,;:!?()[]“”‘’\"'")
        if not ordinal.fullmatch(token):
            yield match.start() + match[0].find(token), token
    for offset, char in enumerate(line) if not line.isascii() else ():
        if char.isnumeric() and not char.isdecimal() and not char.isalpha():
            yield offset, char  # such as '½' or '②'


def _words(line: str, together: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for match in WORD.finditer(line):
        if together.fullmatch(match[0].casefold()) or (
            not match[0].isalpha() and match[0].isnumeric()
        ):
            yield match.start(), match[0]


def _phrases(line: str, phrases: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield each of *phrases*, whatever is between its words."""
    parts = list(GAP.finditer(line))
    spaced = "".join(part["char"] or " " for part in parts)
    for start, phrase in matches(spaced, phrases):
        last = parts[start + len(phrase) - 1]
        typed = line[parts[start].start() : last.end()]
        yield parts[start].start(), " ".join(typed.split())
