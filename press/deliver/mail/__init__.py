"""Send a release to a list of readers: show who gets what, write it into files, or send it and keep a ledger."""

from collections.abc import Iterable
from dataclasses import replace

from press.content.model import Mail
from press.deliver.mail import exports, ledger, message, settings
from press.deliver.mail.credentials import load_secret
from press.deliver.mail.distribution import distribution, is_due, with_state
from press.deliver.mail.dkim_signing import load_signer
from press.deliver.mail.forgetting import expire, forget
from press.deliver.mail.mailing import Copy, SendRequest, SendResult
from press.deliver.mail.released_editions import editions
from press.deliver.mail.sending import DAY, Mailer, Patience, Progress, SendRun, send_all
from press.ground import lock, paths
from press.page.compose import Composer
from press.problems import FAILED, OK, TRY_AGAIN, ContentRefusedError, UsageError, errors
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


def _prepare(request: SendRequest) -> tuple[Mail | None, Release, SendResult]:
    """Return what all ways of sending need; every file and address was checked."""
    mail = settings.mail(request.folders.content)
    if request.csv is None or request.out or request.really:
        settings.needed(mail, request.folders.content)
    release, by = shelf.chosen(request.folders.releases, request.release)
    way_out = f"send that one, and --correction to those who have received {release.id}"
    # whether an edition is a draft is asked of each that is sent
    obstacles.may_go_out(release, by, allowed={"draft", "stale"}, ways_out={"superseded": way_out})
    plan = distribution(request, release, editions(release, request, mail), mail)
    return mail, release, plan


def _preview(request: SendRequest) -> SendResult:
    """Return who would get what, and write it into files if the request says so."""
    mail, release, plan = _prepare(request)
    if errors(plan.problems):
        return replace(plan, status=ContentRefusedError.status)
    return replace(plan, written=tuple(_write_files(request, mail, release, plan)))


def _write_files(
    request: SendRequest, mail: Mail | None, release: Release, plan: SendResult
) -> Iterable[str]:
    """Write the files that the request asks for; yield their names."""
    if request.out and mail:
        maker, now = _maker(request, mail, release), Patience().now()
        exports.write_messages(request.out, plan.chosen, lambda copy: maker.make(copy, now))
        yield paths.shown(request.out)
    if request.csv:
        composer = Composer(request.folders.templates)
        exports.write_merge_list(
            request.csv,
            release,
            plan.chosen,
            lambda edition: message.subject(composer, message.letter(edition, None, mail)),
        )
        yield paths.shown(request.csv)


def _maker(request: SendRequest, mail: Mail, release: Release) -> message.MessageMaker:
    signer = load_signer(mail, request.folders.content)
    return message.MessageMaker(Composer(request.folders.templates), release, mail, signer)


def _send(request: SendRequest, progress: Progress, patience: Patience) -> SendResult:
    """Send what the user has confirmed, while the lock is held."""
    loaded, release, plan = _prepare(request)
    content, releases = request.folders.content, request.folders.releases
    mail = settings.needed(loaded, content)
    if errors(plan.problems):
        raise ContentRefusedError(plan.problems)
    _confirm(request, plan)
    server, maker = settings.server(mail, content), _maker(request, mail, release)
    load_secret(server)  # fails now, before anything is written
    now = patience.now()
    removed: tuple[str, ...] = ()
    if mail.keep_days:
        before = shelf.superseded(releases, release.id) if request.correction else ()
        kept = {release.id, *before}
        removed = tuple(expire(releases, now - mail.keep_days * DAY, kept))
    for copy in plan.chosen:  # what cannot be made is refused before the first is sent
        maker.head(copy, now)
    handed = ledger.handed(releases, now - DAY)
    mailer = Mailer(server, content, mail.sender.address, patience)
    with ledger.open_ledger(releases, release.id) as book:
        book.recover()
        book.queue([copy for copy in plan.copies if is_due(copy, request)], now)
        run = SendRun(mailer, book, maker, handed)
        path = exports.report_path(releases, release.id)
        try:
            stop = send_all(run, plan.chosen, progress)
        finally:
            known = book.entries()
            exports.write_report(path, known)
    copies = tuple(with_state(copy, known) for copy in plan.copies)
    return replace(
        plan,
        copies=copies,
        status=stop.status if stop else status(copies),
        message=str(stop or ""),
        written=(paths.shown(path),),
        removed=removed,
    )


def _confirm(request: SendRequest, plan: SendResult) -> None:
    """Compare the number that the user has confirmed with the number of readers.

    Raises:
        UsageError: they differ.
    """
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


def status(copies: Iterable[Copy]) -> int:
    """Return the exit status: "try again" if any copy was deferred, "failed" if any failed or may be lost."""
    states = {copy.state for copy in copies}
    if "deferred" in states:
        return TRY_AGAIN
    return FAILED if states & {"failed", "unknown"} else OK
