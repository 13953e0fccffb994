"""Explain a claim: what it says and rests on, what qualifies it, and which briefs print it where."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from press import checks
from press.content import reader, version
from press.content.library import Draft
from press.content.text.parts import Own, Placeholder, plain
from press.edition import resolve
from press.ground.paths import Folders
from press.ingest.resting import printing
from press.problems import ContentRefusedError, Problem, UsageError, did_you_mean, errors


def claim(folders: Folders, name: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return what is known of the claim called *name*, and mistakes in it or in what could not be read.

    Raises:
        UsageError: there is no such claim.
        ContentRefusedError: it may be in a file that could not be read.
    """
    draft = version.read(folders)
    unread = errors(fault.problem for fault in draft.faults)
    if name not in draft.names("claim"):
        if "unread:claim" in draft.broken:
            raise ContentRefusedError(unread)
        raise UsageError(f"no claim is called '{name}'{did_you_mean(name, draft.names('claim'))}")
    place = draft.places[f"claim:{name}"]
    known: dict[str, Any] = {"id": name, "place": str(place), "topic": draft.topic(name)}
    if found := draft.claims.get(name):
        known |= found.model_dump(exclude_unset=True)
        known["claim"] = plain(found.claim.parts, partial(_value, draft))
        for key, value in known.get("values", {}).items():
            value |= {"year": found.year_of(key) or "not stated"}
            printed = _value(draft, Placeholder(name, key, "", 0))
            known["values"][key] = {"printed": printed, **value}
        if source := draft.sources.get(found.source):
            passage = source.passages.get(found.locator)
            known["citation"] = source.citation
            known["passage"] = passage.model_dump(exclude_unset=True) if passage else "none"
    else:  # as it is typed
        data, _ = reader.read(folders.content / "claims" / place.path.rpartition("/")[2], "")
        known["typed"] = data[name] if data else "cannot be read"  # type: ignore[index] # by its text
    known["qualifies"] = [key for key, each in draft.claims.items() if name in each.qualified_by]
    known["printed"] = list(_printed(draft, name))
    problems = (fault.problem for fault in checks.of_library(draft, folders.fonts))
    return known, (*unread, *(each for each in problems if _within(draft, name, each)))


def _within(draft: Draft, name: str, problem: Problem) -> bool:
    """Return whether *problem* is in the lines of the claim called *name*."""
    starts = (each for each in draft.places.values() if each.path == problem.place.path)
    start = max((each for each in starts if each <= problem.place), default=None)
    return start == draft.places[f"claim:{name}"]


def _value(draft: Draft, part: Placeholder | Own) -> str:
    spoken = str(draft.series.languages[0]) if draft.series else "en"
    if isinstance(part, Own) or not draft.value(f"{part.claim}.{part.name}"):
        return f"{{{part}}}"
    return resolve.shown(draft, spoken, (part.claim, part.name), part.form) or f"{{{part}}}"


def _printed(draft: Draft, name: str) -> Iterator[dict[str, Any]]:
    """Yield each place that prints the claim called *name*: brief, section and block; '' in a block of no brief."""
    for brief, section, block, depth, only_for, places in printing(draft, name):
        row = {"brief": brief, "section": section, "block": block, "depth": depth}
        yield row | {"only_for": [*only_for], "place": str(places[0]), "times": len(places)}
