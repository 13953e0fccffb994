"""Every text that an author typed: its Markdown, what it refers to, and the numbers that no claim stands behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.checks.content.numbers import numbers, spoken_in, twice
from press.checks.phrases import lines, masked, paragraphs
from press.content import text
from press.content.library import ALL, Draft, Fault
from press.content.model import Ask, markup
from press.edition import language, resolve
from press.problems import Place, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from press.content.model import Series
    from press.content.scalar import Scalar

MARKUP = re.compile(r"\{[^{}]*\}|\[\^[^\]]*\]|\*\*|[{}]|\[\^")
# Years and volumes are part of the citation of a source, grants have numbers, and an erratum quotes the number that was
# wrong, which no claim stands behind.
OFFICIAL = frozenset({"citation", "funder", "disclaimer", "logo", "erratum"})


@dataclass(frozen=True)
class Typed:
    """A text with whose it is, what may stand in it, and where it came from."""

    owner: str
    name: str  # of the field
    scalar: Scalar
    own: frozenset[str] = frozenset()  # names such as `{by}`
    claim: str = ""  # the claim whose own text it is


@dataclass(frozen=True)
class TypedMarkdown(Typed):
    """A text in Markdown."""

    scalar: text.Markdown


def texts(draft: Draft) -> Iterator[TypedMarkdown]:
    """Yield every text in Markdown of the draft."""
    for key, claim in draft.claims.items():
        yield from _typed(claim, ALL, key)
    for key, block in draft.blocks.items():
        yield from _typed(block, f"block:{key}")
    for name, brief in draft.briefs.items():
        yield from _typed(brief, f"brief:{name}")
    for source in draft.sources.values():
        yield from _typed(source, ALL)


def _typed(model: BaseModel, owner: str, claim: str = "") -> Iterator[TypedMarkdown]:
    for name, scalar in markup(model):
        own = {"release", "latest"} | (
            {"by"} if isinstance(model, Ask) and name == "text" else set()
        )
        yield TypedMarkdown(owner, name, scalar, frozenset(own), claim)


def plain(draft: Draft) -> Iterator[Typed]:
    """Yield every text without markup that is printed or handed out as data."""
    for key, claim in draft.claims.items():
        for value in claim.values.values():
            yield Typed(ALL, "unit", value.unit, claim=key)
    for name, brief in draft.briefs.items():
        for what in ("label", "summary", "question"):
            if (scalar := getattr(brief, what)) is not None:
                yield Typed(f"brief:{name}", what, scalar)
    for source in draft.sources.values():
        yield Typed(ALL, "citation", source.citation)
        yield Typed(ALL, "kind", source.kind)
    if draft.series:
        yield from (Typed(ALL, what, line) for what, line in _of_series(draft.series))


def _of_series(series: Series) -> Iterator[tuple[str, Scalar]]:
    """Yield what a series says of itself, by the name of what it is."""
    lines = {what: getattr(series, what) for what in ("name", "publisher", "funder", "disclaimer")}
    yield from ((what, line) for what, line in lines.items() if line is not None)
    yield from (("logo", logo.name) for logo in series.logos)
    if series.supersedes:
        yield "erratum", series.supersedes.erratum


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with any text of the draft."""
    for typed in texts(draft):
        faults = typed.scalar.faults
        found = [Problem(typed.scalar.at(fault.at), fault.message, fault.rule) for fault in faults]
        found += [] if faults else [*_references(draft, typed), *_numbers(draft, typed)]
        yield from (Fault(problem, typed.owner) for problem in found)
    yield from _unused(draft)
    yield from _undated(draft)
    yield from _plain(draft)


def _unknown(draft: Draft, name: str, own: Iterable[str]) -> str:
    """Return what is wrong with `{name}`, where it is none of a text's *own* values."""
    if claim := draft.claims.get(name):
        values = ", ".join(f"{{{name}.{value}}}" for value in claim.values)
        return f"'{name}' is a claim; print a value of it: {values or 'it has none'}"
    return f"nothing here is called '{{{name}}}'{did_you_mean(name, own)}"


def _references(draft: Draft, typed: TypedMarkdown) -> Iterator[Problem]:
    parts = typed.scalar.parts
    if typed.name == "title" and not any(
        char.isalpha() for line in lines(parts) for char in line.text
    ):
        yield Problem(typed.scalar.place, "this title has no words; say what was found", "citation")
        return
    for part in text.walk(parts):
        place = typed.scalar.at(part.at)
        if isinstance(part, text.Own) and part.name not in typed.own:
            yield Problem(place, _unknown(draft, part.name, typed.own), "value")
        elif isinstance(part, text.Value | text.Cite):
            yield from _claim(draft, typed, part, place)
    for paragraph in paragraphs(parts):
        first = next((part for part in text.walk(paragraph.children) if not _holds(part)), None)
        if isinstance(first, text.Cite):
            message = "a citation stands behind what it supports; put it at the end of the sentence"
            yield Problem(typed.scalar.at(first.at), message, "citation")


def _holds(part: text.Inline) -> bool:
    return isinstance(part, text.Strong | text.Emphasis | text.Link)


def _claim(
    draft: Draft, typed: Typed, part: text.Value | text.Cite, place: Place
) -> Iterator[Problem]:
    name, known = str(part.claim), draft.names("claim")
    if name not in known and "unread:claim" in draft.broken:
        return  # it may be in the file that could not be read, which is reported
    if name not in known:
        yield Problem(place, f"no claim is called '{name}'{did_you_mean(name, known)}", "reference")
    elif typed.claim and (name != typed.claim or isinstance(part, text.Cite)):
        yield Problem(
            place, "a claim's own text can show its own values only, and cite nothing", "reference"
        )
    elif isinstance(part, text.Value) and name in draft.claims:
        yield from _value(draft, part, place)


def _value(draft: Draft, part: text.Value, place: Place) -> Iterator[Problem]:
    claim = draft.claims[part.claim]
    if part.name not in claim.values:
        hint = did_you_mean(part.name, claim.values)
        if not claim.values:
            hint = f"; claim '{part.claim}' has no values: cite it as [^{part.claim}]"
        yield Problem(place, f"claim '{part.claim}' has no value '{part.name}'{hint}", "reference")
        return
    for spoken in (one for one in spoken_in(draft) if one in draft.terms):
        if not resolve.shown(draft, spoken, (part.claim, part.name), part.form):
            missing = "year" if part.form == "year" else "word"
            hint = (
                "say so in words, or leave the year out"
                if missing == "year"
                else "print it in digits"
            )
            yield Problem(
                place, f"there is no {missing} for '{part.claim}.{part.name}'; {hint}", "value"
            )


def _numbers(draft: Draft, typed: TypedMarkdown) -> Iterator[Problem]:
    allowed = free(draft, typed.owner)
    for line in lines(typed.scalar.parts):
        for start, number in numbers(draft, masked(line.text, allowed)):
            yield Problem(typed.scalar.at(line.at[start]), behind(number, typed), "number")
        for start, message in twice(line.text):
            yield Problem(typed.scalar.at(line.at[start]), message, "value")


def behind(number: str, typed: Typed) -> str:
    """Return the message for a number typed by hand, with the ways out that there are in its place."""
    way_out = "print a claim's value with {claim.value}"
    if not isinstance(typed.scalar, text.Markdown):
        way_out = "say it without the number"
    elif typed.owner.startswith("block:"):
        way_out += ", or declare it under 'free' with the reason"
    return f"no claim stands behind '{number}'; {way_out}"


def free(draft: Draft, owner: str) -> tuple[str, ...]:
    """Return the texts in which a number is free: official names, the release's date, and what the block declares."""
    names = [str(name.name) for terms in draft.terms.values() for name in terms.official_names]
    dates = []
    if draft.series:
        day = draft.series.release
        dates = [day.isoformat(), *(language.month(day, spoken) for spoken in spoken_in(draft))]
    block = draft.blocks.get(owner.removeprefix("block:")) if owner.startswith("block:") else None
    return (*names, *dates, *(str(one.text) for one in (block.free if block else ())))


def _undated(draft: Draft) -> Iterator[Fault]:
    """Yield what is asked for by a date that no reader sees."""
    for key, block in draft.blocks.items():
        if isinstance(block, Ask) and "{by}" not in block.text:
            message = "this date is not printed; write {by} where it stands in the text"
            yield Fault(Problem(block.by.place, message, "value"), f"block:{key}")


def _unused(draft: Draft) -> Iterator[Fault]:
    """Yield exceptions that nothing needs: they would free a number that comes later."""
    for key, block in draft.blocks.items():
        shown = "\n".join(line.text for _, scalar in markup(block) for line in lines(scalar.parts))
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


def _plain(draft: Draft) -> Iterator[Fault]:
    """Yield numbers and markup in the few plain texts that are printed."""
    allowed = free(draft, "")
    for typed in plain(draft):
        line, at = str(typed.scalar), typed.scalar.at
        for match in MARKUP.finditer(line):
            message = f"no markup is read here; take '{match[0]}' out"
            yield Fault(Problem(at(match.start()), message, "markdown"), typed.owner)
        for offset, number in numbers(draft, masked(line, allowed)):
            if typed.name not in OFFICIAL:
                yield Fault(Problem(at(offset), behind(number, typed), "number"), typed.owner)
