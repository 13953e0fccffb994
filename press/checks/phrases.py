"""Find the texts of a model, the visible characters of each paragraph as one line, and phrases in a line."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, Self

from pydantic import BaseModel

from press.content.text import parts as text
from press.content.text.markdown import Markdown

STEM = 5  # letters that two forms of a word have in common


class PlainLine(NamedTuple):
    """The visible characters of one paragraph or sentence, each with its offset."""

    text: str
    at: tuple[int, ...]

    def without(self, places: Container[int]) -> Self:
        """Return the line without what was typed at *places*."""
        left = [(char, at) for char, at in zip(*self, strict=True) if at not in places]
        return self._replace(text="".join(char for char, _ in left), at=tuple(at for _, at in left))


def markup(value: object, name: str = "") -> Iterator[tuple[str, Markdown]]:
    """Yield every text in Markdown in *value*, a model or a part of one, with the *name* of its field."""
    if isinstance(value, Markdown):
        yield name, value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from markup(getattr(value, field), field)
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from markup(item, name)


def line_of(
    children: Iterable[text.Inline], shown: Callable[[text.Placeholder | text.Own], str]
) -> PlainLine:
    """Return the characters of *children*, so that neither bold nor a link can hide a number.

    *shown* returns what is in the place of a value.
    """
    words: list[str] = []
    at: list[int] = []
    for part in text.walk(tuple(children)):
        if isinstance(part, text.Words):
            words.append(part.text)
            at += range(part.at, part.at + len(part.text))
        elif isinstance(part, text.Placeholder | text.Own):
            words.append(shown(part))
            at += [part.at] * len(words[-1])
    return PlainLine("".join(words), tuple(at))


def lines(parts: Iterable[text.Part]) -> Iterator[PlainLine]:
    """Yield the characters of every paragraph; a NUL is in the place of a value."""
    for paragraph in text.paragraphs(parts):
        yield line_of(paragraph.children, lambda _: "\0")


def mask(line: str, allowed: Iterable[str], left: Counter[str] | None = None) -> str:
    """Return *line* with each of the *allowed* phrases blanked out, whole words only; offsets stay.

    Each is blanked out as often as *left* says, which becomes less by it.
    """
    return _masked(line, tuple(allowed)) if left is None else _blanked(line, allowed, left)


@lru_cache(maxsize=4096)
def _masked(line: str, allowed: tuple[str, ...]) -> str:
    return _blanked(line, allowed, None)


def _blanked(line: str, allowed: Iterable[str], left: Counter[str] | None) -> str:
    def blank(match: re.Match[str]) -> str:
        if left is not None and left[match[0]] <= 0:
            return match[0]
        if left is not None:
            left[match[0]] -= 1
        return "\0" * len(match[0])

    names = tuple(
        sorted({name for name in allowed if name in line}, key=lambda each: (-len(each), each))
    )
    return _any_of(names).sub(blank, line) if names else line


@lru_cache(maxsize=256)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds *names*, the first that fits, as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def mentions(line: str, phrases: Iterable[str]) -> bool:
    """Return whether any of *phrases* is in *line*."""
    return next(matches(line, phrases), None) is not None


def may_be_in(line: str, phrase: str) -> bool:
    """Return False where *phrase* is not in *line*, in any case; a pattern for each of many would take long."""
    return _folded(phrase.removesuffix("*")) in _folded(line)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Return *text* in one case, as patterns that ignore case see it: they take 'ı' and 'İ' for 'i'."""
    return text.casefold().replace("i\N{COMBINING DOT ABOVE}", "i").replace("ı", "i")


def matches(line: str, phrases: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield each of *phrases* in *line*, whole words in any case, with its offset."""
    pattern, begins = _pattern(tuple(map(str, phrases)))
    folded = _folded(line)
    if any(begin in folded for begin in begins):  # a pattern of many takes long to find none
        yield from ((match.start(), match[0]) for match in pattern.finditer(line))


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return what finds *phrases*, and what a line with one has in any case; a '*' stands for any ending."""
    words = [
        re.escape(phrase.removesuffix("*")) + (r"\w*" if phrase.endswith("*") else "")
        for phrase in sorted(phrases, key=len, reverse=True)
    ]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
    return pattern, tuple(_folded(phrase.removesuffix("*")) for phrase in phrases)
