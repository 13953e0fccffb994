"""The rules of EDITORIAL for the text of a brief: each with its severity, and the exceptions that blocks declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from press.checks.content import lengths, overlap, voice, wording
from press.checks.prose import read
from press.content.library import Fault, Library
from press.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.checks.finding import Finding
    from press.checks.prose import Reading

RULES: dict[str, Literal["error", "warning"]] = {
    "sections": "error",
    "words": "error",
    "sentence": "error",
    "mean-sentence": "warning",
    "paragraph": "warning",
    "list": "error",
    "message": "error",
    "messages": "error",
    "claims": "warning",
    "grade": "warning",
    "figure-title": "error",
    "options": "error",
    "attribution": "error",
    "judgement": "error",
    "benefit": "error",
    "certainty": "error",
    "year": "error",
    "gone": "error",
    "tied": "error",
    "word": "error",
    "acronym": "error",
    "shared": "warning",
}


UNFINISHED = (
    "sections",
    "messages",
    "options",
)  # a draft may lack them: it says on every page that it is one


def check(library: Library) -> Iterator[Fault]:
    """Yield what the text of the briefs breaks, in every language that they are made in."""
    for language in library.series.languages if library.series else ():
        if language in library.terms and library.limits:
            readings = [read(library, name, language) for name in library.briefs]
            for finding in dict.fromkeys(found(library, readings, language)):
                yield from _fault(library, finding)


def found(library: Library, readings: list[Reading], language: str) -> Iterator[Finding]:
    """Yield every finding in *readings*, those that are set aside as well."""
    assert library.limits is not None  # noqa: S101 - the caller has looked
    for reading in readings:
        yield from lengths.check(library, reading, library.limits.of(reading.name, language))
        yield from voice.check(library, reading)
        yield from wording.check(library, reading)
    yield from overlap.check(readings, library.limits.of("", language))


def _fault(library: Library, finding: Finding) -> Iterator[Fault]:
    block = library.blocks.get(finding.owner.removeprefix("block:"))  # type: ignore[call-overload]
    if block and any(one.rule == finding.rule for one in block.allow):
        return
    severity = RULES[finding.rule]
    if finding.rule in UNFINISHED and _draft(library, finding):
        severity = "warning"
    yield Fault(Problem(finding.place, finding.message, finding.rule, severity), finding.owner)


def _draft(library: Library, finding: Finding) -> bool:
    return library.briefs[finding.owner.removeprefix("brief:")].status == "draft"
