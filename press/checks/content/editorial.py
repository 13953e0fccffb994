"""Check the text of the briefs by the rules of EDITORIAL, less the exceptions that blocks declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.checks.content import lengths, overlap, voice, wording
from press.checks.prose import Breach, Reading, read
from press.content.library import Draft, Fault, fault
from press.rulebook import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content.model import Brief, Limits
    from press.problems import Severity

UNFINISHED = (
    "sections",
    "messages",
    "options",
)  # a draft, which says that it is one, may lack them


def check(draft: Draft) -> Iterator[Fault]:
    """Yield the rules that a brief breaks, in every language that it is made in."""
    if draft.limits is None or draft.series is None:
        return
    whole = [name for name, brief in draft.briefs.items() if _complete(draft, brief)]
    for language in draft.series.languages:
        if language in draft.terms:
            readings = [read(draft, name, language) for name in whole]
            for breach in dict.fromkeys(_breaches(draft, draft.limits, readings, language)):
                yield from _fault(draft, breach)


def _complete(draft: Draft, brief: Brief) -> bool:
    """Return True if all blocks of *brief* could be read: what the others break would be guessed."""
    return draft.blocks.keys() >= {key for _, ids in brief.sections for key in ids}


def _breaches(
    draft: Draft, limits: Limits, readings: list[Reading], language: str
) -> Iterator[Breach]:
    for reading in readings:
        yield from lengths.check(draft, reading, limits.of(reading.name, language))
        yield from voice.check(draft, reading)
        yield from wording.check(draft.terms[language], reading)
    yield from overlap.check(readings, limits.of("", language))


def _fault(draft: Draft, breach: Breach) -> Iterator[Fault]:
    owner, place, message, rule = breach
    block = draft.blocks.get(owner.removeprefix("block:"))
    if block and any(allow.rule == rule for allow in block.allow):
        return
    unfinished = rule in UNFINISHED and draft.briefs[owner.removeprefix("brief:")].status == "draft"
    severity: Severity = "warning" if unfinished or rules()[rule].warning else "error"
    yield fault(place, message, rule, owner, severity)
