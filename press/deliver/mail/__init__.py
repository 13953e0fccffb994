"""Send a release to a list of readers, or show who gets what; forget readers who ask for it."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from press.build.build_request import refuse_own
from press.content.model import Mail
from press.deliver.mail import exports, ledger, settings
from press.deliver.mail.addresses import parse_address
from press.deliver.mail.distribution import distribution, is_due, with_state
from press.deliver.mail.dkim_signing import load_signer
from press.deliver.mail.mailing import SendRequest, SendResult
from press.deliver.mail.message import MessageMaker
from press.deliver.mail.sending import DAY, Patience, Progress, SendRun, exit_status, send_all
from press.ground import lock, paths, places
from press.ground.disk import remove
from press.page.compose import Composer
from press.problems import (
    ConfigurationError,
    ContentRefusedError,
    Place,
    PressError,
    Problem,
    UsageError,
    errors,
    visible,
)
from press.release import obstacles, shelf
from press.release.shelf import Release

__all__ = ["Patience", "SendRequest", "SendResult", "forget", "send"]


def send(request: SendRequest, progress: Progress, patience: Patience | None = None) -> SendResult:
    """Show who gets what, write it into files, or send it, as the request says.

    Raises:
        PressError: nothing could be done, and no reader got a message.
    """
    _check_options(request)
    if not request.really:
        return _preview(request)
    with lock.hold(request.folders.releases / ".press", "send"):
        return _send(request, progress, patience or Patience())


def _check_options(request: SendRequest) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: they do not.
    """
    if not request.audience:
        raise UsageError("say whose brief: --audience health")
    if request.limit < 0:
        raise UsageError("--limit is a whole number from 1, or 0: no limit")
    if request.really and (request.out or request.csv):
        raise UsageError("--really sends, --out and --csv write files; remove one of them")
    if request.readers is not None and not request.really:
        raise UsageError("--readers goes with --really; without it, nothing is sent")
    if request.correction and request.to:
        raise UsageError("--correction goes to those who received the old release; remove --to")
    if not request.correction and not request.to:
        raise UsageError("say who gets it: --to readers.csv")


def _prepare(request: SendRequest, mail: Mail | None) -> tuple[Release, SendResult]:
    """Return the release and who gets what; every file and address was checked."""
    release, by = shelf.chosen(request.folders.releases, request.release)
    way_out = f"send that one, and --correction to those who have received {release.id}"
    # whether an edition is a draft is asked of each that is sent
    obstacles.may_go_out(release, by, allowed={"draft", "stale"}, ways_out={"superseded": way_out})
    return release, distribution(request, release, mail)


def _settled(request: SendRequest) -> tuple[Mail, Release, SendResult]:
    """Return the settings, the release and who gets what.

    Raises:
        ContentRefusedError, ConfigurationError: the settings or the list have mistakes; those of both are named.
    """
    try:
        mail = settings.mail(request.folders.content)
    except (ContentRefusedError, ConfigurationError) as refused:
        where = Place(paths.shown(request.folders.content / settings.FILE))
        missing = Problem(where, f"this file is missing; {settings.UNWRITTEN}", "file")
        problems = getattr(refused, "problems", (missing,))
        try:
            listed = _prepare(request, None)[1].problems
        except ContentRefusedError as also:
            listed = also.problems
        except PressError as also:
            raise type(also)(f"{also}\n{refused}") from None
        if errors(listed):
            raise ContentRefusedError((*problems, *listed)) from None
        raise
    return mail, *_prepare(request, mail)


def _preview(request: SendRequest) -> SendResult:
    """Return who would get what, and write it into files if the request says so."""
    content = request.folders.content
    for option, path in (("out", request.out), ("csv", request.csv)):
        if path:
            refuse_own(path, request.folders, option)
    lists = map(places.real, filter(None, (request.to, request.suppress)))
    if request.csv and places.real(request.csv) in lists:
        raise UsageError("--csv would write over a list of readers; name another file")
    # a list for a mail merge needs no settings
    needed = request.out or not request.csv or (content / settings.FILE).exists()
    mail, release, plan = _settled(request) if needed else (None, *_prepare(request, None))
    if errors(plan.problems):
        return replace(plan, status=ContentRefusedError.status)
    composer = Composer(request.folders.template_folders)
    if request.out and mail:
        maker = MessageMaker(composer, release, mail, load_signer(mail, content))
        exports.write_messages(request.out, plan.chosen, maker)
    if request.csv:
        exports.write_merge_list(request.csv, release, plan.chosen, composer)
    written = tuple(paths.shown(path) for path in (request.out, request.csv) if path)
    return replace(plan, written=written)


def _send(request: SendRequest, progress: Progress, patience: Patience) -> SendResult:
    """Send what the user has confirmed, while the lock is held."""
    content, releases = request.folders.content, request.folders.releases
    mail, release, plan = _settled(request)
    _confirm(request, plan)
    if mail.server is None:
        path = paths.shown(content / settings.FILE)
        raise ConfigurationError(f"{path} names no server to send through")
    settings.load_secret(mail.server)  # fails now, before anything is written
    composer, now = Composer(request.folders.template_folders), patience.now()
    maker = MessageMaker(composer, release, mail, load_signer(mail, content))
    for copy in plan.chosen:  # what cannot be made is refused before the first is sent
        maker.head(copy, now)
    # a correction is sent to readers in the ledgers of other releases
    kept = {release.id, *(shelf.superseded(releases, release.id) if request.correction else ())}
    removed = _expire(releases, now - mail.keep_days * DAY, kept) if mail.keep_days else ()
    plan = replace(plan, removed=tuple(removed))
    handovers = ledger.handovers(releases, now - DAY)
    with ledger.open_ledger(releases, release.id) as book:
        book.recover()
        book.queue([copy for copy in plan.copies if is_due(copy, request)], now)
        try:
            run = SendRun(mail.server, content, patience, book, maker, handovers)
            stop = send_all(run, plan.chosen, progress)
        finally:
            report = exports.write_report(book)
        known = book.entries()
    copies = tuple(with_state(copy, known) for copy in plan.copies)
    status = stop.status if stop else exit_status(copies)
    written, why = (paths.shown(report),), str(stop or "")
    return replace(plan, copies=copies, status=status, message=why, written=written)


def _confirm(request: SendRequest, plan: SendResult) -> None:
    """Compare the number that the user has confirmed with the number of readers.

    Raises:
        ContentRefusedError: the list has mistakes.
        UsageError: the numbers differ.
    """
    if errors(plan.problems):
        raise ContentRefusedError(plan.problems)
    number = len(plan.chosen)
    if request.readers is None:
        raise UsageError(
            f"--really needs the number of readers as well: --readers {number}, if that is what you mean"
        )
    # after a run that ended early, the same command has the number of the whole list
    if request.readers not in {number, len(plan.copies)}:
        raise UsageError(
            f"--readers says {request.readers}, but {number} would be sent to; look at the list again"
        )


def forget(releases: Path, address: str) -> tuple[str, ...]:
    """Take the reader with this *address* out of all ledgers and their reports; return the ledgers that had it.

    Raises:
        UsageError: none has it.
        OutputError: a ledger or report could not be written.
    """
    try:
        key = parse_address(address)[1]
    except ValueError:  # an earlier version may have taken it
        key = address.casefold()
    found = []
    with lock.hold(releases / ".press", "send"):
        for release in ledger.releases_known(releases):
            with ledger.open_ledger(releases, release) as book:
                if book.forget(key):
                    exports.write_report(book)
                    found.append(paths.shown(book.path))
    if not found:
        raise UsageError(f"--forget: no ledger has '{visible(address)}'")
    return tuple(found)


def _expire(releases: Path, before: float, kept: Collection[str]) -> Iterator[str]:
    """Remove the ledgers and reports that changed last *before* a time; yield their names.

    Those of the releases *kept* are needed by this run: without them, readers would get a second copy.
    """
    reported = releases.glob(f"*{exports.REPORT_SUFFIX}")
    names = {path.name.removesuffix(exports.REPORT_SUFFIX) for path in reported}
    for release in sorted({*ledger.releases_known(releases), *names}.difference(kept)):
        book, report = ledger.path_of(releases, release), exports.report_path(releases, release)
        entries = ledger.entries(releases, release).values()
        # a report that has lost its ledger is as old as its file
        changed = 0.0 if book.exists() else report.stat().st_mtime
        if max((entry.time for entry in entries), default=changed) < before:
            for path in filter(Path.exists, (book, report)):
                remove(path)
                yield paths.shown(path)
