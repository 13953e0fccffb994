"""Characters that no face of ours can draw, or that a reader takes for others, found where they were typed."""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

from press.checks.content.numbers import WORD
from press.checks.content.texts import plain, texts
from press.checks.phrases import lines
from press.content import text
from press.content.library import Draft, Fault
from press.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.checks.content.texts import Typed

SPACES = frozenset("\n\t ")
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")  # the words with which Unicode's names of letters begin


def check(draft: Draft, known: frozenset[int]) -> Iterator[Fault]:
    """Yield each character of a text that is not *known*, so would print as an empty box, or looks like another."""
    for typed in chain(texts(draft), plain(draft)):
        for offset, char in enumerate(str(typed.scalar)):
            if message := _wrong(char, known):
                yield Fault(Problem(typed.scalar.at(offset), message, "glyph"), typed.owner)
        yield from (Fault(problem, typed.owner) for problem in _mixed(typed))


def _wrong(char: str, known: frozenset[int]) -> str:
    name = unicodedata.name(char, "a character without a name").lower()
    code = f"U+{ord(char):04X}, {name}"
    if unicodedata.category(char).startswith("M"):
        return f"a mark is combined with a letter here ({code}); type the composed letter"
    if ord(char) not in known and char not in SPACES:
        return f"no font here can draw '{char}' ({code})"
    return ""


def _mixed(typed: Typed) -> Iterator[Problem]:
    """Yield the words of two alphabets: such a letter only looks right, and hides a word from every check."""
    for line, at in _lines(typed):
        for match in WORD.finditer(line):
            scripts = [_script(char) for char in match[0]]
            kinds = list(dict.fromkeys(filter(None, scripts)))
            if len(kinds) > 1:
                offset = at[match.start() + scripts.index(kinds[1])]
                message = (
                    f"'{match[0]}' mixes {kinds[0]} and {kinds[1]} letters; type it in one alphabet"
                )
                yield Problem(typed.scalar.at(offset), message, "character")


def _lines(typed: Typed) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the visible characters of each paragraph with their offsets, so that no markup parts a word."""
    if not isinstance(typed.scalar, text.Markdown):
        yield str(typed.scalar), tuple(range(len(typed.scalar)))
        return
    yield from lines(typed.scalar.parts)


def _script(char: str) -> str:
    first = unicodedata.name(char, "").partition(" ")[0]
    return first.capitalize() if first in SCRIPTS else ""
