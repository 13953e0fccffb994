"""The task: a request in; who gets what, or what has become of each message, out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from press.deliver.mail import (
    credentials,
    dkim_signing,
    exports,
    ledger,
    message,
    sending,
    settings,
)
from press.deliver.mail import distribution as planning
from press.deliver.mail import released_editions as releasing
from press.deliver.mail.mailing import Outcome, UsageError
from press.deliver.mail.sending import DAY, Patience, Post, Run
from press.ground import lock, paths
from press.page.compose import Composer
from press.problems import FAILED, OK, TRY_AGAIN, ContentRefusedError, errors

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from press.content.model import Mail
    from press.deliver.mail.distribution import Planned
    from press.deliver.mail.mailing import Copy, Edition, Request, Stop
    from press.deliver.mail.sending import Progress
    from press.release.shelf import Release


def send(request: Request, progress: Progress, patience: Patience | None = None) -> Outcome:
    """Show who gets what, write it into files, or send it, as the request says.

    Raises:
        PressError: nothing could be done; nobody was written to.
    """
    _fit(request)
    if not request.really:
        return _shown(request)
    with lock.hold(request.releases / ".press", "send"):
        return _sent(request, progress, patience or Patience())


def _fit(request: Request) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: they do not.
    """
    if not request.audience:
        raise UsageError("say whose brief: --audience health")
    if request.limit < 0:
        raise UsageError("--limit is a whole number from 1, or 0: no limit")
    if request.really and (request.out or request.csv):
        raise UsageError("--really sends, --out and --csv write files; take one of them out")
    if request.readers is not None and not request.really:
        raise UsageError("--readers goes with --really; without it, nothing is sent")
    if request.correction and request.to:
        raise UsageError("--correction goes to those who received the old release; take --to out")


def _prepared(request: Request) -> tuple[Mail | None, Release, Planned]:
    """Return what all ways of sending need, every file and address looked at."""
    mail = settings.mail(request.content)
    if request.csv is None or request.out or request.really:
        settings.needed(mail, request.content)
    release = releasing.chosen(request)
    editions = releasing.editions(release, request, mail)
    return mail, release, planning.planned(request, release, editions, mail)


def _shown(request: Request) -> Outcome:
    """Say who would get what, and write it into files where they are asked for."""
    mail, release, plan = _prepared(request)
    outcome = _outcome(request, release, plan)
    if errors(plan.problems):
        return replace(outcome, status=ContentRefusedError.status)
    return replace(outcome, written=tuple(_written(request, mail, release, plan)))


def _written(request: Request, mail: Mail | None, release: Release, plan: Planned) -> Iterable[str]:
    """Write the files that are asked for; yield their names."""
    composer = Composer(request.folders.templates)
    erratum = _erratum(request, release)
    if request.out and mail:
        maker = message.Maker(
            composer, release, mail, dkim_signing.signer(mail, request.content), erratum
        )
        now = Patience().now()
        exports.messages(request.out, plan.chosen, lambda copy: maker.made(copy, now))
        yield paths.shown(request.out)
    if request.csv:

        def subject(edition: Edition) -> str:
            return message.subject(composer, message.letter(edition, None, mail, erratum))

        exports.merge_list(request.csv, release, plan.chosen, subject)
        yield paths.shown(request.csv)


def _erratum(request: Request, release: Release) -> str | None:
    return str(release.facts["erratum"]) if request.correction else None


def _sent(request: Request, progress: Progress, patience: Patience) -> Outcome:
    """Send what the user has confirmed, with the lock held."""
    mail, release, plan = _prepared(request)
    mail = settings.needed(mail, request.content)
    if errors(plan.problems):
        raise ContentRefusedError(plan.problems)
    _confirm(request, plan)
    server = settings.server(mail, request.content)
    signer = dkim_signing.signer(mail, request.content)
    credentials.secret(server)  # before anything is written: is there one?
    maker = message.Maker(
        Composer(request.folders.templates), release, mail, signer, _erratum(request, release)
    )
    now = patience.now()
    for copy in plan.chosen:  # what cannot be made is refused before the first is sent
        maker.head(copy, now)
    went = ledger.handed(request.releases, now - DAY)
    post = Post(server, request.content, mail.sender.address, patience)
    with ledger.ledger(request.releases, release.id) as book:
        book.recover()
        open_ones = [copy for copy in plan.copies if planning.wanted(copy, request)]
        book.queue(open_ones, now)
        run = Run(post, book, maker, mail.limits, mail.waits, patience, went)
        path = request.releases / f"{release.id}.send-report.csv"
        try:
            stop = sending.send(run, plan.chosen, progress)
        finally:
            known = book.entries()
            exports.report(path, list(known.values()))
    return _ended(_outcome(request, release, plan), known, stop, path)


def _confirm(request: Request, plan: Planned) -> None:
    """Hold the number that the user has confirmed against what there is.

    Raises:
        UsageError: it is another.
    """
    number = len(plan.chosen)
    if request.readers is None:
        raise UsageError(
            f"--really needs the number of readers as well: --readers {number}, if that is what you mean"
        )
    if request.readers not in {
        number,
        len(plan.copies),
    }:  # a run that goes on has the list's number
        raise UsageError(
            f"--readers says {request.readers}, but {number} would be sent to; look at the list again"
        )


def _outcome(request: Request, release: Release, plan: Planned) -> Outcome:
    return Outcome(
        OK,
        plan.problems,
        release.id,
        request.audience,
        request.purpose,
        plan.copies,
        len(plan.chosen),
        really=request.really,
    )


def _ended(outcome: Outcome, known: planning.Entries, stop: Stop | None, report: Path) -> Outcome:
    """Return what has become of each copy, and the status that tells it."""
    found = tuple(planning.with_state(copy, known) for copy in outcome.copies)
    return replace(
        outcome,
        status=stop.status if stop else status(found),
        copies=found,
        message=stop.message if stop else "",
        written=(paths.shown(report),),
    )


def status(found: Iterable[Copy]) -> int:
    """Return the exit status: again for those who wait, failed for those who got none or may have none."""
    states = {copy.state for copy in found}
    if "deferred" in states:
        return TRY_AGAIN
    return FAILED if states & {"failed", "unknown"} else OK
