"""Every text that an author typed: its Markdown, what it refers to, and the numbers that no claim stands behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from press import language, quantity, resolve, text
from press.checks.voice import matches
from press.library import ALL, Fault, Library
from press.model import Ask, Claim, markup
from press.problems import Place, Problem, did_you_mean
from press.quantity import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from press.scalar import Scalar

MARKUP = re.compile(r"\{[^{}]*\}|\[\^[^\]]*\]|\*\*|[{}]|\[\^")
CITATION = "citation"  # of a source: years and volumes are part of it
GAP = re.compile(r"[\s\u2010-\u2012-]+|(?P<char>.)")  # white space and hyphens, or one character
DIGITS = re.compile(r"[^\s\0]*\d[^\s\0]*")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.ASCII)
WORD = re.compile(r"[^\W\d_]+")
SIGNS = ("%", " %", " percent", " per cent")


@dataclass(frozen=True)
class Typed:
    """A text with whose it is, what may stand in it, and where it came from."""

    owner: str
    name: str  # of the field
    scalar: Scalar
    markup: str  # 'blocks' or 'line'; '' for plain text
    own: frozenset[str] = frozenset()  # names such as `{by}`
    claim: str = ""  # the claim whose own text it is


def texts(library: Library) -> Iterator[Typed]:
    """Yield every text in Markdown of the library."""
    for key, claim in library.claims.items():
        yield from _typed(claim, ALL, key)
    for key, block in library.blocks.items():
        yield from _typed(block, f"block:{key}")
    for name, brief in library.briefs.items():
        yield from _typed(brief, f"brief:{name}")
    for source in library.sources.values():
        yield from _typed(source, ALL)


def _typed(model: BaseModel, owner: str, claim: str = "") -> Iterator[Typed]:
    for name, scalar, kind in markup(model):
        own = {"release", "latest"} | (
            {"by"} if isinstance(model, Ask) and name == "text" else set()
        )
        yield Typed(owner, name, scalar, kind, frozenset(own), claim)


def plain(library: Library) -> Iterator[Typed]:
    """Yield every text without markup that is printed or handed out as data."""
    for key, claim in library.claims.items():
        for value in claim.values.values():
            yield Typed(ALL, "unit", value.unit, "", claim=key)
    for name, brief in library.briefs.items():
        for what, scalar in (("label", brief.label), ("summary", brief.summary)):
            if scalar is not None:
                yield Typed(f"brief:{name}", what, scalar, "")
    for source in library.sources.values():
        yield Typed(ALL, CITATION, source.citation, "")
        yield Typed(ALL, "kind", source.kind, "")
    if library.series:
        yield Typed(ALL, "name", library.series.name, "")
        yield Typed(ALL, "publisher", library.series.publisher, "")


def check(library: Library) -> Iterator[Fault]:
    """Yield what is wrong with any text of the library."""
    for typed in texts(library):
        parts, faults = text.parse(str(typed.scalar), blocks=typed.markup == "blocks")
        found = [Problem(typed.scalar.at(fault.at), fault.message, fault.rule) for fault in faults]
        found += (
            []
            if faults
            else [*_references(library, typed, parts), *_numbers(library, typed, parts)]
        )
        yield from (Fault(problem, typed.owner) for problem in found)
    yield from _unused(library)
    yield from _plain(library)


def _references(library: Library, typed: Typed, parts: tuple[text.Part, ...]) -> Iterator[Problem]:
    if typed.name == "title" and not any(
        char.isalpha() for one in paragraphs(parts) for char in flat(one.children).text
    ):
        yield Problem(typed.scalar.place, "this title has no words; say what was found", "citation")
        return
    for part in text.walk(parts):
        place = typed.scalar.at(part.at)
        if isinstance(part, text.Own) and part.name not in typed.own:
            hint = did_you_mean(part.name, typed.own)
            yield Problem(place, f"nothing here is called '{{{part.name}}}'{hint}", "value")
        elif isinstance(part, text.Value | text.Cite):
            yield from _claim(library, typed, part, place)
    for paragraph in paragraphs(parts):
        first = next((part for part in text.walk(paragraph.children) if not _holds(part)), None)
        if isinstance(first, text.Cite):
            message = "a citation stands behind what it supports; put it at the end of the sentence"
            yield Problem(typed.scalar.at(first.at), message, "citation")


def _holds(part: text.Inline) -> bool:
    return isinstance(part, text.Strong | text.Emphasis | text.Link)


def _claim(
    library: Library, typed: Typed, part: text.Value | text.Cite, place: Place
) -> Iterator[Problem]:
    name, known = str(part.claim), library.names("claim")
    if name not in known and "unread:claim" in library.broken:
        return  # it may be in the file that could not be read, which is reported
    if name not in known:
        yield Problem(place, f"no claim is called '{name}'{did_you_mean(name, known)}", "reference")
    elif typed.claim and (name != typed.claim or isinstance(part, text.Cite)):
        yield Problem(
            place, "a claim's own text can show its own values only, and cite nothing", "reference"
        )
    elif isinstance(part, text.Value) and name in library.claims:
        yield from _value(library, part, place)


def _value(library: Library, part: text.Value, place: Place) -> Iterator[Problem]:
    claim: Claim = library.claims[part.claim]  # type: ignore[index]
    if part.name not in claim.values:
        hint = (
            did_you_mean(part.name, claim.values)
            or f"; claim '{part.claim}' has no values: cite it as [^{part.claim}]"
        )
        yield Problem(place, f"claim '{part.claim}' has no value '{part.name}'{hint}", "reference")
        return
    for spoken in (one for one in _spoken(library) if one in library.terms):
        if not resolve.shown(library, spoken, (part.claim, part.name), part.form):
            missing = "year" if part.form == "year" else "word"
            hint = (
                "say so in words, or leave the year out"
                if missing == "year"
                else "print it in digits"
            )
            yield Problem(
                place, f"there is no {missing} for '{part.claim}.{part.name}'; {hint}", "value"
            )


@dataclass(frozen=True)
class Flat:
    """The visible characters of one paragraph, each with its offset; a NUL stands for a value."""

    text: str
    at: tuple[int, ...]


def flat(children: Iterable[text.Inline]) -> Flat:
    """Return the characters of *children*, so that neither bold nor a link can hide a number."""
    chars: list[tuple[str, int]] = []
    for part in text.walk(tuple(children)):
        if isinstance(part, text.Words):
            chars += [(char, part.at + offset) for offset, char in enumerate(part.text)]
        elif isinstance(part, text.Value | text.Own):
            chars.append(("\0", part.at))
    return Flat("".join(char for char, _ in chars), tuple(at for _, at in chars))


def paragraphs(parts: Iterable[text.Part]) -> Iterator[text.Paragraph]:
    """Yield every paragraph, those of lists too."""
    for part in parts:
        if isinstance(part, text.Bullets):
            for item in part.items:
                yield from paragraphs(item)
        else:
            yield part


def _numbers(library: Library, typed: Typed, parts: tuple[text.Part, ...]) -> Iterator[Problem]:
    allowed = free(library, typed.owner)
    for paragraph in paragraphs(parts):
        line = flat(paragraph.children)
        for start, number in numbers(library, masked(line.text, allowed)):
            yield Problem(typed.scalar.at(line.at[start]), behind(number, typed), "number")
        for start, message in twice(line.text):
            yield Problem(typed.scalar.at(line.at[start]), message, "value")


def behind(number: str, typed: Typed) -> str:
    """Return the message for a number typed by hand, with the ways out that there are in its place."""
    way_out = "print a claim's value with {claim.value}"
    if not typed.markup:
        way_out = "say it without the number"
    elif typed.owner.startswith("block:"):
        way_out += ", or declare it under 'free' with the reason"
    return f"no claim stands behind '{number}'; {way_out}"


def free(library: Library, owner: str) -> tuple[str, ...]:
    """Return the texts in which a number is free: official names, the release's date, and what the block declares."""
    names = [str(name.name) for terms in library.terms.values() for name in terms.official_names]
    series = library.series
    dates = [language.month(series.release, "en"), series.release.isoformat()] if series else []
    block = library.blocks.get(owner.removeprefix("block:")) if owner.startswith("block:") else None  # type: ignore[call-overload]
    return (*names, *dates, *(str(one.text) for one in (block.free if block else ())))


def masked(line: str, allowed: Iterable[str]) -> str:
    """Return *line* with what is free blanked out, whole words only; offsets stay."""
    for name in sorted(allowed, key=len, reverse=True):
        line = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda match: "\0" * len(match[0]), line)
    return line


def numbers(library: Library, line: str) -> Iterator[tuple[int, str]]:
    """Yield each number in *line*, in digits, words or Roman letters, with its offset, in order.

    What is a number in words, the terms of a language say: where they are not known, nothing is.
    """
    terms = [library.terms[one] for one in _spoken(library) if one in library.terms]
    if not terms:
        return
    phrases = [phrase for one in terms for phrase in one.multiples]
    words = [word for one in terms for table in (one.numbers, one.fractions) for word in table]
    names = {str(name) for one in terms for name in one.acronyms}
    found: dict[int, str] = {}
    for start, number in (
        *_digits(line),
        *_words(line, tuple(map(str, words))),
        *_phrases(line, phrases),
        *((start, roman) for start, roman in quantity.romans(line) if roman not in names),
    ):
        found[start] = max(found.get(start, ""), number, key=len)
    yield from sorted(found.items())


def _spoken(library: Library) -> tuple[str, ...]:
    return library.series.languages if library.series else tuple(library.terms)


def _digits(line: str) -> Iterator[tuple[int, str]]:
    for match in DIGITS.finditer(line):
        token = match[0].strip(".,;:!?()[]“”‘’\"'")
        if not ORDINAL.fullmatch(token):
            yield match.start() + match[0].find(token), token
    for offset, char in enumerate(line):
        if char.isnumeric() and not char.isdecimal() and not char.isalpha():
            yield offset, char  # such as '½' or '②'


def _words(line: str, words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    together = _together(words)
    for match in WORD.finditer(line):
        if together.fullmatch(match[0].casefold()) or (
            not match[0].isalpha() and match[0].isnumeric()
        ):
            yield match.start(), match[0]


@lru_cache(maxsize=16)
def _together(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what any of *words* matches, and several that are run together, such as 'fortyeight'."""
    each = sorted((re.escape(word.casefold()) for word in words), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(each) or '(?!)'})+")


def _phrases(line: str, phrases: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield each of *phrases*, however its words are set apart."""
    parts = list(GAP.finditer(line))
    spaced = "".join(part["char"] or " " for part in parts)
    for start, phrase in matches(spaced, phrases):
        last = parts[start + len(phrase) - 1]
        typed = line[parts[start].start() : last.end()]
        yield parts[start].start(), " ".join(typed.split())


def twice(line: str) -> Iterator[tuple[int, str]]:
    """Yield where words repeat what a value prints by itself."""
    for offset, char in enumerate(line):
        if char != "\0":
            continue
        before = line[:offset].rstrip().casefold()
        for bound in BOUNDS:
            if before.endswith(bound):
                yield (
                    len(before) - len(bound),
                    f"a value prints its bound by itself; take '{bound}' out",
                )
        if line[offset + 1 :].casefold().startswith(SIGNS):
            yield offset, "a value prints its percent sign by itself; take the one behind it out"


def _unused(library: Library) -> Iterator[Fault]:
    """Yield exceptions that nothing needs: they would free a number that comes later."""
    for key, block in library.blocks.items():
        shown = "\n".join(
            flat(p.children).text
            for _, scalar, kind in markup(block)
            for p in paragraphs(text.parse(str(scalar), blocks=kind == "blocks")[0])
        )
        for one in block.free:
            if str(one.text) not in shown:
                yield Fault(
                    Problem(
                        one.text.place,
                        f"'{one.text}' is not in this block; take the exception out",
                        "number",
                    ),
                    f"block:{key}",
                )


def _plain(library: Library) -> Iterator[Fault]:
    """Yield numbers and markup in the few plain texts that are printed."""
    allowed = free(library, "")
    for typed in plain(library):
        line, at = str(typed.scalar), typed.scalar.at
        for match in MARKUP.finditer(line):
            message = f"no markup is read here; take '{match[0]}' out"
            yield Fault(Problem(at(match.start()), message, "markdown"), typed.owner)
        for offset, number in numbers(library, masked(line, allowed)):
            if typed.name != CITATION:
                yield Fault(Problem(at(offset), behind(number, typed), "number"), typed.owner)
