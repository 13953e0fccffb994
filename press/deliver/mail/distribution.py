"""Decide who gets what: a copy for each reader, and what is wrong with the list."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from press.content.model import Mail, Series
from press.deliver.mail import ledger, reader_list, released_editions, settings
from press.deliver.mail.ledger import Entries
from press.deliver.mail.mailing import Copy, Reader, ReleasedEdition, SendRequest, SendResult
from press.deliver.mail.message import message_id
from press.deliver.mail.reader_list import ReaderList
from press.ground import paths
from press.problems import Place, Problem, RefusedError
from press.release import shelf
from press.release.shelf import Release

OPEN = {"queued", "deferred"}  # what another run continues with
RECEIVED = {"sent", "sending", "unknown"}  # readers who have, or may have, a copy


def distribution(request: SendRequest, release: Release, mail: Mail | None) -> SendResult:
    """Return who gets what, with the state of each copy in the ledger."""
    editions = released_editions.editions(release, request, mail)
    known = ledger.entries(request.folders.releases, release.id)
    to = request.to
    whole = reader_list.read(to, request.ignore) if to else _earlier_readers(request, release)
    listed = whole.without(request.suppress) if request.suppress else whole
    series = settings.read(Series, request.folders.content / paths.SERIES)
    usual = editions.get(series.languages[0]) or editions[min(editions)]
    domain = mail.sender.address.partition("@")[2] if mail else "localhost"
    drafts = _drafts(request, release, editions)
    copies, problems = [], [*listed.problems, *_missing_readers(request, known, whole), *drafts]
    for reader in listed.readers:
        edition = editions.get(reader.language, usual)
        if request.lang and edition.language != request.lang:
            continue
        if reader.language and edition.language != reader.language:
            place = Place(paths.shown(request.to), reader.row) if request.to else Place(release.id)
            message = (
                f"'{reader.address}' reads '{reader.language}', which release {release.id} does not have; "
                f"gets '{edition.language}'"
            )
            problems.append(Problem(place, message, "language", "warning"))
        name = message_id(release.id, request.audience, request.purpose, reader.key, domain)
        copy = Copy(request.audience, request.purpose, reader, edition, name)
        copies.append(with_state(copy, known))
    due = [copy for copy in copies if is_due(copy, request)]
    chosen = tuple(due[: request.limit or None])
    return SendResult(request, release.id, tuple(copies), chosen, tuple(problems))


def is_due(copy: Copy, request: SendRequest) -> bool:
    """Return True if this run sends *copy*: never what was sent, failed for good, or may have arrived."""
    if copy.state == "unknown":
        return request.resend_unknown
    return copy.state in OPEN or (copy.state == "" and not request.resume)


def with_state(copy: Copy, known: Entries) -> Copy:
    """Return *copy* with its state in the ledger; a reader who got the release as a correction has it, too."""
    entry = known.get(copy.key)
    corrected = known.get((copy.audience, copy.reader.key, "correction"))
    if corrected and corrected.state in RECEIVED:
        entry = corrected
    if entry is None:
        return copy
    if entry.state == "sending":  # another run was cut off, and no run has looked since
        entry = entry._replace(state="unknown", answer=ledger.CUT_OFF)
    return replace(copy, state=entry.state, answer=entry.answer, time=entry.moment)


def _missing_readers(request: SendRequest, known: Entries, listed: ReaderList) -> Iterator[Problem]:
    """Yield each reader whom an earlier run left, and who has been taken out of the list since."""
    left = (OPEN if request.resume else set()) | ({"unknown"} if request.resend_unknown else set())
    keys = {reader.key for reader in listed.readers}
    for entry in known.values():
        ours = (entry.audience, entry.purpose) == (request.audience, request.purpose)
        if request.to and ours and entry.state in left and entry.reader not in keys:
            message = (
                f"'{entry.address}' was {entry.state}, and gets nothing: the list no longer has it"
            )
            yield Problem(Place(paths.shown(request.to)), message, "suppressed")


def _earlier_readers(request: SendRequest, release: Release) -> ReaderList:
    """Return those who have, or may have, received a release that this one corrects, directly or through others.

    Raises:
        RefusedError: it corrects none, or not for this audience, does not say what was wrong, or has no readers.
        OutputError: one of the releases that it corrects is missing.
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
    releases = request.folders.releases
    before = shelf.superseded(releases, release.id)
    entries = [entry for name in before for entry in ledger.entries(releases, name).values()]
    if not entries:
        path = paths.shown(ledger.path_of(releases, old))
        raise RefusedError(f"{path} names no readers, so it is not known who received {old}")
    readers: dict[str, Reader] = {}  # one may have a brief and a correction of it
    for entry in entries:
        if entry.audience == request.audience and entry.state in RECEIVED:
            reader = Reader(entry.line, entry.address, entry.reader, entry.name, entry.wanted)
            readers.setdefault(reader.key, reader)
    return ReaderList(tuple(readers.values()))


def _drafts(
    request: SendRequest, release: Release, editions: Mapping[str, ReleasedEdition]
) -> Iterator[Problem]:
    """Yield each edition that is a draft: an error, unless the user sends drafts too."""
    for edition in editions.values():
        if edition.words["status"] == "draft":
            place = Place(paths.shown(release.folder / edition.file.path))
            way_out = "" if request.draft else "; --draft sends it all the same"
            message = f"this edition is a draft, and says so on every page{way_out}"
            yield Problem(place, message, "draft", "warning" if request.draft else "error")
