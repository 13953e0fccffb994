"""Which briefs may be made: a content folder in; the library, its faults and the briefs that they take down, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from press import checks
from press.content import library as content
from press.content.library import ALL, UNREAD, Draft, Fault, Library, load
from press.ground.paths import shown
from press.problems import ContentRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from press.content.model import Brief
    from press.ground.paths import Folders

Name = tuple[str, str]  # language, brief


@dataclass(frozen=True)
class Wanted:
    """Which editions and formats are asked for; None is all."""

    audiences: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    formats: frozenset[str] = frozenset({"html", "pdf"})

    def has(self, name: Name) -> bool:
        """Say whether the edition called *name* is asked for."""
        language, brief = name
        spoken = self.languages is None or language in self.languages
        return spoken and (self.audiences is None or brief in self.audiences)


def sound(folders: Folders) -> tuple[Library, list[Fault], set[str]]:
    """Read and check the library; return it with its faults and the briefs that they take down.

    Raises:
        ContentRefusedError: there is a mistake in what all briefs share, or no brief is sound.
    """
    draft = load(folders.content, shown(folders.content))
    faults = [*draft.faults, *checks.of_library(draft, folders.fonts)]
    faulty: set[str] = set()
    shared = False
    for fault in faults:
        if fault.problem.severity == "error":
            owners = owners_of(draft, fault.owner)
            faulty |= owners
            shared = shared or not owners
    if shared or draft.names("brief") <= faulty:
        raise ContentRefusedError(fault.problem for fault in faults)
    return content.sound(draft), faults, faulty


def owners_of(library: Draft, owner: str) -> set[str]:
    """Return the briefs that a fault takes down; none: it is in what all share, or in what no brief uses yet."""
    what, _, name = owner.partition(":")
    if owner == ALL:
        return set()
    if what == "brief":
        return {name}
    if owner == UNREAD:
        return {brief for brief, given in library.briefs.items() if not complete(library, given)}
    return {
        brief for brief, given in library.briefs.items() for _, ids in given.sections if name in ids
    }


def complete(library: Draft, brief: Brief) -> bool:
    """Say whether all blocks of *brief* were found."""
    return library.names("block") >= {name for _, ids in brief.sections for name in ids}


def every_name(library: Library) -> Iterator[Name]:
    """Yield language and brief of every edition there should be."""
    for language in library.series.languages:
        yield from ((language, brief) for brief in sorted(library.names("brief")))


def names(library: Library, faulty: Iterable[str]) -> Iterator[Name]:
    """Yield language and brief of every edition that can be made."""
    yield from (name for name in every_name(library) if name[1] not in faulty)


def concerns(library: Library, fault: Fault, wanted: Wanted) -> bool:
    """Say whether *fault* has to do with a brief that is asked for, or with no brief in particular."""
    owners = owners_of(library, fault.owner)
    return not owners or wanted.audiences is None or bool(owners & wanted.audiences)
