"""What a build would make anew: content, store and digests of the last build in, editions and reasons out."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Protocol

from press.build import editions, prints, workshop
from press.build import library_check as sound
from press.build.build_result import Planned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.build.library_check import Wanted
    from press.build.workshop import Means, Tools, Work
    from press.content.library import Library
    from press.problems import Problem

TOOLS = {
    "code": "the code of Press changed",
    "templates": "a template or style changed",
    "fonts": "a font changed",
    "libraries": "a library of this machine changed",
}


class Before(Protocol):
    """What is known of the last build."""

    tools: dict[str, str]
    parts: dict[str, dict[str, str]]


def planned(
    wanted: Wanted, means: Means, before: Before
) -> tuple[tuple[Planned, ...], tuple[Problem, ...]]:
    """Return each edition that is not in the store with what changed since the last build, and all problems.

    Raises:
        ContentRefusedError: nothing could be built.
    """
    library, faults, faulty = sound.sound(means.folders)
    started = (
        editions.started(library, name, means)
        for name in sound.names(library, faulty)
        if wanted.has(name)
    )
    printed = "pdf" in wanted.formats
    made = tuple(
        _planned(work, means.tools, before)
        for work in started
        if not known(library, work, means, printed=printed)
    )
    told = (fault.problem for fault in faults if sound.concerns(library, fault, wanted))
    return made, tuple(sorted(set(told)))


def _planned(work: Work, tools: Tools, before: Before) -> Planned:
    now, edition = asdict(tools), work.edition
    changed = (
        said for name, said in TOOLS.items() if before.tools.get(name, now[name]) != now[name]
    )
    was = before.parts.get(f"{edition.language}/{edition.brief}")
    reasons = (*changed, *differing(workshop.parts(work), was)) or ("it is not in the store",)
    return Planned(edition.language, edition.brief, reasons)


def known(library: Library, work: Work, means: Means, *, printed: bool) -> bool:
    """Say whether the page of *work*, and its print if it is to be *printed*, are in the store."""
    page = means.kept.get(work.page_key)
    if page is None:
        return False
    work.page = page.decode()
    if not printed:
        return True
    return means.kept.get(prints.print_key(library, work, means.tools)) is not None


def differing(now: Mapping[str, str], was: Mapping[str, str] | None) -> tuple[str, ...]:
    """Return the names of what is new, gone or changed."""
    if was is None:
        return ("it was never built",)
    changes = (
        (name, "is new" if name not in was else "is gone" if name not in now else "changed")
        for name in sorted({*now, *was})
    )
    return tuple(f"{name} {what}" for name, what in changes if now.get(name) != was.get(name))
