"""Read and check the content, and find the briefs that its mistakes take down."""

from collections.abc import Iterator
from typing import NamedTuple

from press import checks
from press.build.build_request import Request
from press.build.stages import Name
from press.content import library as content
from press.content.library import ALL, UNREAD, Draft, Fault, Library, load
from press.content.model import Brief
from press.ground.paths import Folders, shown
from press.problems import ContentRefusedError, errors


class CheckedLibrary(NamedTuple):
    """A library whose editions can be made, but for the faulty briefs."""

    library: Library
    faults: tuple[Fault, ...]
    faulty: frozenset[str]  # briefs that cannot be made


def check_library(folders: Folders) -> CheckedLibrary:
    """Read and check the content.

    Raises:
        ContentRefusedError: there is a mistake in what all briefs share, or no brief is sound.
    """
    draft = load(folders.content, shown(folders.content))
    faults = (*draft.faults, *checks.of_library(draft, folders.fonts))
    owners = [owners_of(draft, fault.owner) for fault in faults if errors([fault.problem])]
    faulty = frozenset[str]().union(*owners)
    if not all(owners) or draft.names("brief") <= faulty:
        raise ContentRefusedError(fault.problem for fault in faults)
    return CheckedLibrary(content.sound(draft), faults, faulty)


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
    """Return True if all blocks of *brief* were found."""
    return library.names("block") >= {name for _, ids in brief.sections for name in ids}


def every_name(library: Library) -> Iterator[Name]:
    """Yield language and brief of every edition there should be."""
    for language in library.series.languages:
        yield from ((language, brief) for brief in sorted(library.names("brief")))


def concerns(library: Library, fault: Fault, request: Request) -> bool:
    """Return True if *fault* concerns a brief that is asked for, or no brief in particular."""
    owners = owners_of(library, fault.owner)
    return not owners or not request.audiences or not owners.isdisjoint(request.audiences)
