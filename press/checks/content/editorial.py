"""The rules of EDITORIAL for the text of a brief: each with its severity, and the exceptions that blocks declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.checks.content import lengths, overlap, voice, wording
from press.checks.prose import read
from press.content.library import Draft, Fault
from press.problems import Problem, Severity
from press.rulebook import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.checks.prose import Finding, Reading
    from press.content.model import Limits

UNFINISHED = (
    "sections",
    "messages",
    "options",
)  # a draft, which says that it is one, may lack them


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what the text of the briefs breaks, in every language that they are made in."""
    if draft.limits is None or draft.series is None:
        return
    for language in draft.series.languages:
        if language in draft.terms:
            readings = [read(draft, name, language) for name in draft.briefs]
            for finding in dict.fromkeys(found(draft, draft.limits, readings, language)):
                yield from _fault(draft, finding)


def found(
    draft: Draft, limits: Limits, readings: list[Reading], language: str
) -> Iterator[Finding]:
    """Yield every finding in *readings*, those that are set aside as well."""
    for reading in readings:
        yield from lengths.check(draft, reading, limits.of(reading.name, language))
        yield from voice.check(draft, reading)
        yield from wording.check(draft, reading)
    yield from overlap.check(readings, limits.of("", language))


def _fault(draft: Draft, finding: Finding) -> Iterator[Fault]:
    block = draft.blocks.get(finding.owner.removeprefix("block:"))
    if block and any(one.rule == finding.rule for one in block.allow):
        return
    unfinished = finding.rule in UNFINISHED and _draft(draft, finding)
    severity: Severity = "warning" if unfinished or rules()[finding.rule].warning else "error"
    yield Fault(Problem(finding.place, finding.message, finding.rule, severity), finding.owner)


def _draft(draft: Draft, finding: Finding) -> bool:
    return draft.briefs[finding.owner.removeprefix("brief:")].status == "draft"
