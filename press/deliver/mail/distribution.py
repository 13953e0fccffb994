"""Who gets what: a request, a release and a list in, a copy for each reader and what is wrong with the list out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from press.deliver.mail import ledger, reader_list, settings
from press.deliver.mail.mailing import Copy, Reader, RefusedError, UsageError
from press.deliver.mail.message import message_id
from press.ground import paths
from press.problems import Place, Problem
from press.release import shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.content.model import Mail
    from press.deliver.mail.ledger import Entry
    from press.deliver.mail.mailing import Edition, Request
    from press.release.shelf import Release

OPEN = {"queued", "deferred"}  # what another run goes on with
RECEIVED = {"sent", "sending", "unknown"}  # who has, or may have, a copy
Entries = dict[tuple[str, str, str], "Entry"]


class Planned(NamedTuple):
    """All copies that were asked for, those of them that this run sends, and what is wrong with the list."""

    copies: tuple[Copy, ...]
    chosen: tuple[Copy, ...]
    problems: tuple[Problem, ...]


def planned(
    request: Request, release: Release, editions: Mapping[str, Edition], mail: Mail | None
) -> Planned:
    """Return who gets what, with what the ledger knows of each."""
    known = ledger.entries(request.releases, release.id)
    listed = _readers(request, release, known)
    first = settings.first_language(request.content)
    first = first if first in editions else min(editions)
    domain = mail.sender.address.partition("@")[2] if mail else "localhost"
    copies = []
    problems = [*listed.problems, *_drafts(request, release, editions)]
    for reader in listed.readers:
        edition = editions.get(reader.language or first) or editions[first]
        if request.lang and edition.language != request.lang:
            continue
        if reader.language and edition.language != reader.language:
            problems.append(_fallback(request, release, reader, edition))
        whose = (request.audience, request.purpose)
        name = message_id(release.id, *whose, reader.key, domain)
        copies.append(with_state(Copy(*whose, reader, edition, name), known))
    chosen = [copy for copy in copies if wanted(copy, request)]
    return Planned(tuple(copies), tuple(chosen[: request.limit or None]), tuple(problems))


def wanted(copy: Copy, request: Request) -> bool:
    """Say whether this run sends *copy*: never what was sent, failed for good, or may have arrived."""
    if copy.state == "unknown":
        return request.resend_unknown
    return copy.state in OPEN or (copy.state == "" and not request.resume)


def with_state(copy: Copy, known: Entries) -> Copy:
    """Return *copy* with what the ledger knows of it; who was sent the release as a correction has it, too."""
    entry = known.get(copy.key)
    corrected = known.get((copy.audience, copy.reader.key, "correction"))
    if corrected and corrected.state in RECEIVED:
        entry = corrected
    if entry is None:
        return copy
    if entry.state == "sending":  # another run was cut off, and no run has looked since
        return replace(copy, state="unknown", answer=ledger.CUT_OFF, time=entry.moment)
    return replace(copy, state=entry.state, answer=entry.answer, time=entry.moment)


def _readers(request: Request, release: Release, known: Entries) -> reader_list.Listed:
    """Return whom the request means: those of a list, of the ledger, or of the release that is corrected.

    Raises:
        UsageError: nobody says who.
    """
    if request.correction:
        return _left(request, tuple(_corrected(request, release)))
    if request.to:
        return reader_list.listed(request.to, request.suppress)
    if request.resume or request.resend_unknown:
        ours = (request.audience, request.purpose)
        found = [
            _again(entry) for entry in known.values() if (entry.audience, entry.purpose) == ours
        ]
        return _left(request, tuple(found))
    raise UsageError("say who gets it: --to readers.csv")


def _corrected(request: Request, release: Release) -> Iterator[Reader]:
    """Yield those who have, or may have, received a release that this one corrects, directly or through others.

    Raises:
        RefusedError: it corrects none, says not what was wrong, not for this audience, or nobody has received one.
        OutputError: one of the releases that it corrects is not there any more.
    """
    old, erratum = release.facts.get("supersedes"), release.facts.get("erratum")
    if not old or not isinstance(old, str):
        raise RefusedError(
            f"release {release.id} corrects no other; --correction needs one that does"
        )
    if not erratum or not isinstance(erratum, str):
        raise RefusedError(f"the manifest of {release.id} has no erratum: what was corrected?")
    if request.audience not in (release.facts.get("corrected") or ()):
        raise RefusedError(
            f"what {release.id} corrects is not for '{request.audience}', says its manifest"
        )
    before = shelf.superseded(request.releases, release.id)
    known = [one for each in before for one in ledger.entries(request.releases, each).values()]
    if not known:
        path = paths.shown(ledger.path_of(request.releases, old))
        raise RefusedError(f"{path} names nobody, so nobody is known to have received {old}")
    seen = set()
    for entry in known:
        ours = entry.audience == request.audience and entry.state in RECEIVED
        if ours and entry.reader not in seen:  # as a brief, and as a correction
            seen.add(entry.reader)
            yield _again(entry)


def _again(entry: Entry) -> Reader:
    return Reader(entry.line, entry.address, entry.reader, entry.name, entry.wanted)


def _left(request: Request, found: tuple[Reader, ...]) -> reader_list.Listed:
    """Return the readers but those who are suppressed."""
    leave = reader_list.addresses(request.suppress) if request.suppress else {}
    problems = tuple(
        Problem(
            leave[one.key].place,
            f"'{one.address}' gets nothing: suppressed",
            "suppressed",
            "warning",
        )
        for one in found
        if one.key in leave
    )
    return reader_list.Listed(tuple(one for one in found if one.key not in leave), problems)


def _drafts(
    request: Request, release: Release, editions: Mapping[str, Edition]
) -> Iterator[Problem]:
    """Yield each edition that is not meant to be handed out yet: a mistake, unless the user takes it on herself."""
    for edition in editions.values():
        if edition.said["status"] == "draft":
            place = Place(paths.shown(release.folder / edition.file.path))
            message = "this edition is a draft, and says so on every page"
            if request.draft:
                yield Problem(place, message, "draft", "warning")
            else:
                yield Problem(place, f"{message}; --draft sends it all the same", "draft")


def _fallback(request: Request, release: Release, reader: Reader, edition: Edition) -> Problem:
    place = Place(paths.shown(request.to), reader.row) if request.to else Place(release.id)
    message = (
        f"'{reader.address}' reads '{reader.language}', which release {release.id} does not have; "
        f"gets '{edition.language}'"
    )
    return Problem(place, message, "language", "warning")
