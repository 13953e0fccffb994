"""Check every text that an author typed: its Markdown, what it refers to, and numbers that no claim supports."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from press.checks.content import own_dates, rates
from press.checks.content.numbers import numbers, spoken_in
from press.checks.phrases import lines, markup, mask
from press.content.library import ALL, Draft, Fault, fault
from press.content.model import Source
from press.content.model.blocks import AskBlock
from press.content.model.identity import Voices
from press.content.model.sources import marks
from press.content.scalar import Scalar
from press.content.text import parts as text
from press.content.text.markdown import Markdown
from press.content.text.parts import paragraphs
from press.edition import language, resolve
from press.problems import Problem, did_you_mean, nothing_called

MARKUP = re.compile(r"\{[^{}]*\}|\[\^[^\]]*\]|\*\*|[{}]|\[\^|\[[^\][]+\]\([a-z]+:[^)\s]*\)")
NAMED = re.compile(  # a reference or link, or what may be meant as `{claim.value}` or `[^claim]` and is not written so
    r"(?P<good>\{[\w.]+(?::\w+)?\}|\[\^[\w, ^-]{0,100}\]|\[[^\][]{1,300}\]\([^)\s]*\))"
    r"|(?:(?<!\\)(?P<open>[\[{(]\^?)|(?<![\w/\\.^-]))(?P<ref>[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*"
    r"(?:\.[a-z][a-z0-9_]*(?::[a-z]+)?)?)(?P<close>[])}]?)(?![\w/])"
)
# Years and volumes are part of the citation of a source, grants have numbers, and an erratum quotes the number that was
# wrong; who speaks may be called so.
OFFICIAL = frozenset(
    {
        "citation",
        "title",
        "mark",
        "funder",
        "disclaimer",
        "logo",
        "erratum",
        "number",
        "authors",
        "interests",
    }
)
ET_AL = re.compile(r"([^\W\d_][\w’'-]*),? et al\b\.?")
_NAME = r"[^\W\d_a-z][^\W\d_A-Z][\w’'-]*"
PAIR = re.compile(rf"\((?:see |cf\. )?({_NAME}) (?:and|&) ({_NAME})\)")  # '(Smith and Jones)'
OF_VOICES = ("number", "authors_withheld", "interests")  # fields of brief and series
OWN = frozenset({"release", "latest"})  # names such as `{latest}` that any text may print


@dataclass(frozen=True)
class Typed:
    """A text with its owner, its field and what it may print."""

    owner: str
    name: str  # of the field
    scalar: Scalar
    own: frozenset[str] = OWN
    claim: str = ""  # the claim whose own text it is


def texts(draft: Draft) -> Iterator[Typed]:
    """Yield every text that is printed or handed out as data."""
    for key, claim in draft.claims.items():
        yield from _of(claim, ALL, claim=key)
        units = (each for value in claim.values.values() for each in (value.unit, value.unit_one))
        yield from (Typed(ALL, "unit", unit, claim=key) for unit in units if unit)
    for key, block in draft.blocks.items():
        yield from _of(block, f"block:{key}")
    for name, brief in draft.briefs.items():
        heads = ("label", "subject", "summary", "question")
        yield from _of(brief, f"brief:{name}", *heads, *OF_VOICES)
        yield from _names_of(brief, f"brief:{name}")
    for source in draft.sources.values():
        yield from _of(source, ALL, "citation", "described", "title", "unstated", "mark")
    if series := draft.series:
        yield from _of(series, ALL, "name", "publisher", "funder", "disclaimer", *OF_VOICES)
        yield from _names_of(series, ALL)
        yield from (Typed(ALL, "logo", logo.name) for logo in series.signs)
        if series.supersedes:
            yield from _of(series.supersedes, ALL, "erratum")


def _names_of(model: Voices, owner: str) -> Iterator[Typed]:
    """Yield who speaks; numbers in names are free."""
    yield from (Typed(owner, "authors", name) for name in (*model.authors, *model.reviewers))


def _of(model: BaseModel, owner: str, *plain: str, claim: str = "") -> Iterator[Typed]:
    """Yield the texts of *model* in Markdown, and those of its fields that are *plain*."""
    for name, markdown in markup(model):
        own = OWN | ({"by"} if isinstance(model, AskBlock) and name == "text" else set())
        yield Typed(owner, name, markdown, own, claim)
    for name in plain:
        if (scalar := getattr(model, name)) is not None:
            yield Typed(owner, name, scalar)


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with any text."""
    shared = _free(draft)
    left = {  # how often each exception of a block still holds
        f"block:{key}": Counter({str(free.text): free.times for free in block.free})
        for key, block in draft.blocks.items()
    }
    for typed in texts(draft):
        found = _plain(draft, typed, shared)
        if isinstance(typed.scalar, Markdown):
            found = _markdown(draft, typed, typed.scalar, shared, left.get(typed.owner, Counter()))
        yield from (Fault(problem, typed.owner) for problem in found)
    yield from _exceptions(draft, left)
    yield from _pairs(draft)


def _free(draft: Draft) -> list[str]:
    """Return the texts in which a number is free everywhere: official names, marks of sources, the release."""
    names = [
        str(name.name) for code in spoken_in(draft) for name in draft.words(code).official_names
    ]
    for name, mark in marks(draft.sources).items():
        source = draft.sources[name]
        names += [
            each for each in (mark, str(source.mark), source.made_mark) if _dated(each, source)
        ]
    if draft.series:
        day = draft.series.release
        names += [day.isoformat(), *(language.month(day, spoken) for spoken in spoken_in(draft))]
    return names


def _dated(mark: str, source: Source) -> bool:
    """Return whether *mark* is a name with the year of its source, as 'Green 2018b', and no other number."""
    year = source.issued[:4] if source.issued else "(?!)"
    return bool(re.fullmatch(rf"\D*[^\W\d_]\D*{year}[a-z]*", mark))


def _markdown(
    draft: Draft, typed: Typed, markdown: Markdown, free: Iterable[str], own: Counter[str]
) -> Iterator[Problem]:
    unread = {found.span(): (message, rule) for found, message, rule in slips(draft, markdown)}
    for (start, _), (message, rule) in unread.items():
        yield Problem(markdown.at(start), message, rule)
    for each in markdown.faults:
        if not any(start <= each.at < end for start, end in unread):
            yield Problem(markdown.at(each.at), each.message, each.rule)
    if markdown.faults or unread:
        return
    yield from _references(draft, typed, markdown)
    yield from _typed_citations(draft, markdown)
    ours = set(own_dates.places(draft, typed.owner, typed.name, markdown))
    for line in lines(markdown.parts):
        known = mask(line.text, [*free, *rates.in_figure(draft, typed.owner, typed.name)])
        for start, number in numbers(draft, mask(known, tuple(own), own)):
            if line.at[start] in ours:
                continue
            way_out = _of_number(draft, typed, markdown, number, own)
            message = f"no claim supports '{number}'; {way_out}"
            yield Problem(markdown.at(line.at[start]), message, "number")


def _of_number(
    draft: Draft, typed: Typed, markdown: Markdown, number: str, own: Container[str]
) -> str:
    """Return the way out for a *number* that no claim supports."""
    if ref := rates.with_unit(draft, markdown, number):
        return f"it is in the unit of a value: print both with {{{ref}:unit}}"
    way_out = "print a claim's value with {claim.value}"
    if number in own:
        return f"{way_out}, or say how many 'times' it is free"
    free = ", or declare it under 'free' with the reason"
    return way_out + (free if typed.owner.startswith("block:") else "")


def _typed_citations(draft: Draft, markdown: Markdown) -> Iterator[Problem]:
    """Yield authors that are named as in a citation, and are those of no source."""
    for line in lines(markdown.parts):
        for found in ET_AL.finditer(line.text):
            known = " ".join(name for each in draft.sources.values() for name in each.names)
            if not re.search(rf"\b{re.escape(found[1])}\b", known):
                message = f"no source is by '{found[0]}'; cite a claim with [^claim]"
                yield Problem(markdown.at(line.at[found.start()]), message, "citation")


def _pairs(draft: Draft) -> Iterator[Fault]:
    """Yield two names in brackets, as in a citation, that nothing else in the series has; streets may stand so."""
    every = tuple(texts(draft))
    said = [str(typed.scalar) for typed in every]
    said += [name for source in draft.sources.values() for name in source.names]
    values = (value for claim in draft.claims.values() for value in claim.values.values())
    said += [str(name) for value in values for name in value.counted or ()]
    named = Counter(re.findall(_NAME, "\n".join(said)))
    marked = ((typed, typed.scalar) for typed in every if isinstance(typed.scalar, Markdown))
    for typed, markdown in marked:
        for line in lines(markdown.parts):
            for found in PAIR.finditer(line.text):
                if all(named[name] == 1 for name in found.groups()):
                    message = f"'{found[0]}' cites nothing, and nothing else names them"
                    way_out = "cite a claim with [^claim], or take the brackets out"
                    at = markdown.at(line.at[found.start()])
                    yield fault(at, f"{message}; {way_out}", "citation", typed.owner)


def slips(draft: Draft, markdown: Markdown) -> Iterator[tuple[re.Match[str], str, str]]:
    """Yield the names of claims whose brackets are missing or are others, each with a message and the rule."""
    for found in NAMED.finditer(markdown):
        if found["good"]:
            continue
        claim, _, value = found["ref"].replace("-", "_").partition(".")
        in_brackets = found["open"] not in {None, "("} or found["close"] in {"]", "}"}
        if f"claim:{claim}" in draft.places and (in_brackets or "_" in found["ref"]):
            meant = f"{{{claim}.{value}}}" if value else f"[^{claim}]"
            message = f"'{found[0]}' names a claim; did you mean '{meant}'?"
            if found["open"] == "{" and not value:
                message = _unknown(draft, claim, ())
            yield found, message, "value" if value or found["open"] == "{" else "citation"
        elif (found["open"], found["close"], value) == ("[", "]", ""):
            hint = did_you_mean(claim, draft.names("claim"), most=0)
            meant = hint.replace(" '", " '[^").replace("'?", "]'?")
            if meant:
                yield found, f"'{found[0]}' cites nothing{meant}", "citation"


def _plain(draft: Draft, typed: Typed, free: Iterable[str]) -> Iterator[Problem]:
    line, at = str(typed.scalar), typed.scalar.at
    for match in MARKUP.finditer(line):
        message = f"no markup is read here; take '{match[0]}' out"
        yield Problem(at(match.start()), message, "markdown")
    per = rates.in_unit(draft, typed.claim, line) if typed.name == "unit" else ()
    for offset, number in numbers(draft, mask(line, [*free, *per])):
        if typed.name not in OFFICIAL:
            way_out = "say it without the number"
            if typed.name == "unit":
                way_out = "the passage of a claim has the number that its unit is 'per'"
            message = f"no claim supports '{number}'; {way_out}"
            yield Problem(at(offset), message, "number")


def _references(draft: Draft, typed: Typed, markdown: Markdown) -> Iterator[Problem]:
    letters = "".join(line.text for line in lines(markdown.parts))
    if typed.name == "title" and not any(map(str.isalpha, letters)):
        yield Problem(markdown.place, "this title has no words; say what was found", "citation")
        return
    if typed.name in {"label", "subtitle"} and not re.search(r"[^\W_]|\0", letters):
        message = f"this {typed.name} has no words; say what the value is of"
        yield Problem(markdown.place, message, "figure")
        return
    for part in text.walk(markdown.parts):
        wrong = None
        if isinstance(part, text.Own) and part.name not in typed.own:
            wrong = _unknown(draft, part.name, typed.own), "value"
        elif isinstance(part, text.Placeholder | text.Cite):
            wrong = _claim(draft, typed, part)
        if wrong:
            yield Problem(markdown.at(part.at), *wrong)
    for paragraph in paragraphs(markdown.parts):
        leaves = (part for part in text.walk(paragraph.children) if not hasattr(part, "children"))
        first = next(leaves, None)
        if isinstance(first, text.Cite):
            message = "a citation follows what it supports; put it at the end of the sentence"
            yield Problem(markdown.at(first.at), message, "citation")


def _unknown(draft: Draft, name: str, own: Iterable[str]) -> str:
    """Return what is wrong with `{name}`, which is not one of a text's *own* values."""
    if claim := draft.claims.get(name):
        values = ", ".join(f"{{{name}.{value}}}" for value in claim.values)
        values = (
            f"print a value of it: {values}"
            if values
            else f"it has none to print: cite it as [^{name}]"
        )
        return f"'{name}' is a claim; {values}"
    return f"nothing here is called '{{{name}}}'{did_you_mean(name, own)}"


def _claim(
    draft: Draft, typed: Typed, part: text.Placeholder | text.Cite
) -> tuple[str, str] | None:
    """Return what is wrong with a reference to a claim, and the rule."""
    name, claim = str(part.claim), draft.claims.get(part.claim)
    known = draft.claims if claim else draft.names("claim")  # of which some may be unread
    if name not in known and "unread:claim" in draft.broken:
        return None  # it may be in the file that could not be read, which is reported
    if name not in known:
        return nothing_called("claim", name, known), "reference"
    if typed.claim and (name != typed.claim or isinstance(part, text.Cite)):
        message = "a claim's own text can show its own values only, and cite nothing"
        return message, "reference"
    if claim is None or isinstance(part, text.Cite):
        return None
    if part.name not in claim.values:
        hint = did_you_mean(part.name, claim.values)
        if not claim.values:
            hint = f"; claim '{name}' has no values: cite it as [^{name}]"
        return f"claim '{name}' has no value '{part.name}'{hint}", "reference"
    return _unprintable(draft, part)


def _unprintable(draft: Draft, part: text.Placeholder) -> tuple[str, str] | None:
    """Return why a value has no such form in some language."""
    for spoken in spoken_in(draft):
        if not resolve.shown(draft, spoken, (part.claim, part.name), part.form):
            missing, way_out = "word", "print it in digits"
            if part.form == "year":
                missing, way_out = "year", "say so in words, or leave the year out"
            if part.form == "unit":
                missing, way_out = "unit of one", "write 'unit_one' in the claim, such as 'site'"
            return f"there is no {missing} for '{part.claim}.{part.name}'; {way_out}", "value"
    return None


def prints_month(parts: Iterable[text.Part | text.Inline]) -> bool:
    """Return whether *parts* of an ask print its month."""
    return any(isinstance(part, text.Own) and part.name == "by" for part in text.walk(parts))


def _exceptions(draft: Draft, left: Mapping[str, Counter[str]]) -> Iterator[Fault]:
    """Yield dates that are not printed, and exceptions not needed: they would free a number that comes later."""
    for key, block in draft.blocks.items():
        if isinstance(block, AskBlock) and not prints_month(block.text.parts):
            message = "this date is not printed; write {by} in the text"
            yield fault(block.by.place, message, "value", f"block:{key}")
        for free in () if any(each.faults for _, each in markup(block)) else block.free:
            number = free.times - left[f"block:{key}"][free.text]
            if number < free.times:
                what = f"'{free.text}' is not in this block; take the exception out"
                if number:
                    what = f"'{free.text}' is not {free.times} times in this block; write {number}"
                yield fault(free.text.place, what, "number", f"block:{key}")
