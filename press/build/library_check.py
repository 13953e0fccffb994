"""Read and check the content, and find the briefs that its mistakes take down."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from press import checks
from press.build.build_request import Request
from press.build.known_content import KnownContent, content_files, known_content
from press.build.stages import Means, Name
from press.content import library as content
from press.content.library import Draft, Fault, Library
from press.content.version import read
from press.ground.paths import Folders
from press.page.vega.pixels import painted
from press.problems import ContentRefusedError, errors


class Checked(NamedTuple):
    """Content that was read and checked."""

    library: Library
    faults: tuple[Fault, ...]
    faulty: frozenset[str]  # the briefs that cannot be made
    known: KnownContent | None = None  # what is kept of it


def check_library(folders: Folders, least: int = 1, means: Means | None = None) -> Checked:
    """Read and check the content; return it with its mistakes, and the briefs that cannot be made.

    With *means*, what has not changed since it was checked is not checked again.

    Raises:
        ContentRefusedError: there is a mistake in what all briefs share, or fewer than *least* briefs are sound.
    """
    before = content_files(means) if means else {}
    draft = read(folders)
    return check_draft(draft, folders, least, known_content(means, before) if means else None)


def check_draft(
    draft: Draft, folders: Folders, least: int = 1, known: KnownContent | None = None
) -> Checked:
    """Check content that was read; the rest is as of `check_library`."""
    found = known.faults(draft) if known else checks.of_library(draft, folders.fonts)
    faults = (*draft.faults, *found)
    owners = [draft.owners(fault.owner) for fault in faults if errors([fault.problem])]
    faulty = frozenset[str]().union(*owners)
    if not all(owners) or len(draft.names("brief") - faulty) < least:
        raise ContentRefusedError(fault.problem for fault in faults)
    return Checked(to_library(draft), faults, faulty, known)


def to_library(draft: Draft) -> Library:
    """Return what was read as a library, its pictures ready for pages.

    Raises:
        ContentRefusedError: the series or its limits could not be read.
    """
    pictures = {
        name: painted(picture) if picture.painted else picture
        for name, picture in draft.images.items()
    }
    return content.sound(replace(draft, images=pictures))


def every_name(library: Library) -> Iterator[Name]:
    """Yield language and brief of every edition there should be."""
    for language in library.series.languages:
        yield from ((language, brief) for brief in library.ordered())


def concerns(library: Library, fault: Fault, request: Request) -> bool:
    """Return True if *fault* concerns a brief that is asked for, or no brief in particular."""
    owners = library.owners(fault.owner)
    return not owners or not request.audiences or not owners.isdisjoint(request.audiences)
