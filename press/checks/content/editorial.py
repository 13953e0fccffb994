"""Check the text of the briefs by the rules of EDITORIAL, less the exceptions that blocks declare."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from press.checks.content import (
    alternatives,
    depths,
    faithful,
    frames,
    lengths,
    qualifiers,
    tellings,
    uncited,
    wording,
)
from press.checks.prose import Reading, read
from press.content.library import Draft, Fault
from press.content.model import Limits
from press.problems import counted, in_draft


def check(draft: Draft) -> Iterator[Fault]:
    """Yield the rules that a brief breaks, in every language that it is made in."""
    if draft.limits is None or draft.series is None:
        return
    # where a block could not be read, what the others break would be guessed
    whole = [
        name
        for name, brief in draft.briefs.items()
        if draft.blocks.keys() >= {key for _, ids in brief.sections for key in ids}
    ]
    for language in draft.series.languages:
        if not draft.unread("term", language):
            readings = [
                uncited.with_claims(draft, read(draft, name, language), {}) for name in whole
            ]
            breaches = dict.fromkeys(_breaches(draft, draft.limits, readings, language))
            short, longer = depths.short_form(draft), depths.longer_claims(draft)
            only = frozenset(f"block:{key}" for key in longer)  # other texts are judged above
            readings = [
                replace(uncited.with_claims(short, read(short, name, language), longer), only=only)
                for name in whole
            ]
            for each in _breaches(short, draft.limits, readings, language):
                if each not in breaches and depths.of_short_form(draft, each):
                    message = f"in the short form, {each.problem.message}"
                    breaches[replace(each, problem=replace(each.problem, message=message))] = None
            for breach in breaches:
                yield from _fault(draft, breach)


def _breaches(
    draft: Draft, limits: Limits, readings: Sequence[Reading], language: str
) -> Iterator[Fault]:
    for reading in readings:
        own = limits.of(reading.name, language)
        yield from lengths.check(draft, reading, own)
        yield from alternatives.check(draft, reading, own)
        yield from tellings.check(draft, reading, own)
        yield from wording.check(draft, reading)
        yield from qualifiers.check(draft, reading)
        yield from faithful.check(draft, reading)
        yield from frames.check(draft, reading)
    yield from _shared(readings, limits.of("", language))


def _fault(draft: Draft, breach: Fault) -> Iterator[Fault]:
    """Yield *breach*, unless its block sets the rule aside."""
    owner, rule = breach.owner, breach.problem.rule
    block = draft.blocks.get(owner.removeprefix("block:"))
    if block and any(allow.rule == rule for allow in block.allow):
        return
    briefs = draft.owners(owner)
    drafts = briefs and all(draft.briefs[name].status == "draft" for name in briefs)
    yield Fault(in_draft(breach.problem), owner) if drafts else breach


def _shared(readings: Iterable[Reading], limits: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield main messages that two briefs share, and key messages that cite the same claims."""
    most = limits.get("shared_percent")
    for first, second in combinations(readings, 2):
        if _main(first) and _main(first) == _main(second):
            message = f"its main message is that of brief '{first.name}'"
            yield second.breach(message, "shared")
        both = _cited(first), _cited(second)
        fewer, shared = min(map(len, both)), len(set.intersection(*both))
        if most is not None and fewer and shared * 100 >= most * fewer:
            what = f"{shared} of {counted(fewer, 'claim')} under its key messages stand under those"
            yield second.breach(f"{what} of brief '{first.name}' too", "shared")


def _main(reading: Reading) -> str:
    return " ".join(sentence.text for sentence in reading.of("main")).casefold()


def _cited(reading: Reading) -> set[str]:
    return {claim for sentence in reading.of("messages") for claim in sentence.claims}
