"""Publish a release: bring the site at a target up to it, and return what was done."""

from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from press.deliver.publish import target as targets
from press.deliver.publish.publish_plan import FileStep, PublishPlan, SiteComparison, look
from press.deliver.publish.site_files import site_files
from press.deliver.publish.storage import WAITS, NetworkError, Storage
from press.deliver.publish.target import PublishTarget
from press.deliver.publish.target_lease import Lease, local_lock
from press.deliver.publish.update import Progress, update
from press.ground.paths import Folders
from press.problems import FAILED, OK, PressError, RefusedError, UsageError, visible
from press.release import obstacles, shelf
from press.release.shelf import File, Release


@dataclass(frozen=True)
class PublishRequest:
    """What the user asked for."""

    target: str
    folders: Folders
    release: str = ""  # '' for the latest
    superseded: bool = False  # publish also what a later release corrects
    draft: bool = False  # publish drafts
    stale: bool = False  # publish a release that lacks the briefs that had mistakes
    keep_last: bool = False  # and keep what the target has of these
    known_hosts: Path | None = None
    verify: bool = False  # read back every file there, and what is sent before it goes live
    full: bool = False  # send every file
    dry: bool = False
    waits: Sequence[float] = WAITS  # seconds between attempts


@dataclass(frozen=True)
class PublishResult:
    """What a publish did, or would do."""

    status: int
    target: str
    release: str
    dry: bool
    steps: tuple[FileStep, ...]
    stale: Mapping[str, str]  # what is kept though it is out of date, and of which release


def publish(request: PublishRequest, progress: Progress) -> PublishResult:
    """Bring the site at a target up to a release, or return what that would take.

    Raises:
        PressError: it could not be done; the message says in what state the target is.
    """
    target = targets.parse(request.target, request.known_hosts)
    targets.refuse_own(target, request.folders)
    release = _release(request)
    files = site_files(release)
    with closing(open_storage(target, request.waits)) as storage:
        plan = _plan(storage, release, files, request)
        if not request.dry and not plan.done:
            with local_lock(request.folders.work, str(target)) as maker:
                lease = Lease(storage, maker, plan.slug)
                plan = _updated(storage, lease, plan, request, progress)
    status = FAILED if plan.paths("leave") else OK
    return PublishResult(status, str(target), release.id, request.dry, plan.steps, plan.stale)


def _release(request: PublishRequest) -> Release:
    """Return the release that was asked for, which may go out."""
    if request.superseded and not request.release:
        raise UsageError("--superseded goes with --release, which names the release that you mean")
    if request.stale and request.keep_last:
        raise UsageError(
            "--stale takes the briefs that had mistakes down, --keep-last keeps their last edition; remove one of them"
        )
    release, by = shelf.chosen(request.folders.releases, request.release)
    ways_out: dict[obstacles.Reason, str] = {
        "superseded": f"publish that one, or confirm with --release {release.id} --superseded",
        "draft": "--draft publishes them all the same",
        "stale": "publishing it would remove these from the site; --keep-last keeps their last edition there, "
        "marked as out of date, --stale takes them down",
    }
    allowed = [reason for reason in ways_out if getattr(request, reason)]
    allowed += ["stale"] if request.keep_last else []
    obstacles.may_go_out(release, by, allowed=allowed, ways_out=ways_out)
    return release


def open_storage(target: PublishTarget, waits: Sequence[float]) -> Storage:
    """Return the storage that *target* names, with *waits* between attempts; a server is first asked later.

    Raises:
        OutputError: it is not a folder, or its disk is not there.
    """
    match target.kind:
        case "sftp":
            from press.deliver.publish.sftp_storage import SftpStorage  # noqa: PLC0415 - heavy

            return SftpStorage(target, waits)
        case "s3":
            from press.deliver.publish.s3_storage import S3Storage  # noqa: PLC0415 - heavy

            return S3Storage(target, waits)
        case "folder":
            from press.deliver.publish.local_storage import LocalStorage  # noqa: PLC0415 - heavy

            return LocalStorage(target.path, waits)
        case kind:
            assert_never(kind)


def _plan(
    storage: Storage, release: Release, files: dict[str, File], request: PublishRequest
) -> PublishPlan:
    """Return what has to be done at a target.

    Raises:
        RefusedError: the site there belongs to another series, or is newer than *release*.
        OutputError: files that Press did not publish are in the way.
    """
    state = look(storage, files)
    comparison = SiteComparison(storage, state, request.verify, request.full)
    plan, published = comparison.plan(release, files, keep_last=request.keep_last), state.published
    if published.slug not in {"", plan.slug}:
        raise RefusedError(
            f"the target holds the site of '{visible(published.slug)}', not of '{plan.slug}'; choose another target"
        )
    newer = shelf.ID.fullmatch(published.release) and shelf.order(published.release) > shelf.order(
        release.id
    )
    if newer and not request.release:
        raise RefusedError(
            f"the target holds {published.release}, which is newer than {release.id}, the latest release here; to go "
            f"back to it: --release {release.id}"
        )
    return plan


def _updated(
    storage: Storage, lease: Lease, before: PublishPlan, request: PublishRequest, progress: Progress
) -> PublishPlan:
    """Take the target, look at it again, update it and let go of it; return what was done."""
    try:
        lease.take()
        files = {path: before.files[path] for path in before.files.keys() - before.stale.keys()}
        plan = _plan(storage, before.release, files, request)
        update(storage, lease, plan, progress, verify=request.verify)
    except BaseException as error:
        if not isinstance(error, NetworkError):  # over a broken network, letting go would fail too
            with suppress(PressError, OSError):
                lease.leave()
        if isinstance(error, PressError):
            raise type(error)(f"{error}; {lease.state}") from error
        raise
    return plan
