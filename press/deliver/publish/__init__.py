"""Publish a release: a frozen folder and a TARGET in, the site there and a report of what was done out."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.deliver.publish import choice, places, target_lease
from press.deliver.publish import target as targets
from press.deliver.publish.errors import NetworkError, RefusedError
from press.deliver.publish.publish_plan import Plan, Step, Way, look, planned
from press.deliver.publish.site_files import site
from press.deliver.publish.storage import WAITS
from press.deliver.publish.update import change
from press.ground import paths
from press.problems import FAILED, OK, PressError, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from press.deliver.publish.site_files import Item
    from press.deliver.publish.storage import Place
    from press.release.shelf import Release

    Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    target: str
    releases: Path = paths.RELEASES
    work: Path = paths.WORK  # where this installation keeps its locks
    release: str = ""  # '' for the latest
    superseded: bool = False  # publish also what a later release corrects
    draft: bool = False  # publish drafts
    stale: bool = False  # publish a release that lacks briefs, since these had mistakes
    known_hosts: Path | None = None
    verify: bool = False  # read back all that lies there, and what is sent before it goes live
    full: bool = False  # send all
    dry: bool = False
    waits: Sequence[float] = WAITS  # seconds between attempts


@dataclass(frozen=True)
class Report:
    """What a publish did, or would do."""

    status: int
    target: str
    release: str
    dry: bool
    steps: tuple[Step, ...]


def publish(request: Request, progress: Progress) -> Report:
    """Bring the site at a target up to a release, or say what that would take.

    Raises:
        PressError: it could not be done; the message says in what state the target is.
    """
    target = targets.parsed(request.target, request.known_hosts)
    targets.refuse_own(target)
    release = choice.chosen(
        request.releases,
        request.release,
        superseded=request.superseded,
        draft=request.draft,
        stale=request.stale,
    )
    items = site(release)
    place = places.opened(target, request.waits)
    try:
        plan = _plan(place, release, items, request)
        if not request.dry and not plan.done:
            with target_lease.alone(request.work, str(target)) as maker:
                plan = _changed(place, maker, plan, request, progress)
    finally:
        place.close()
    status = FAILED if plan.paths("leave") else OK
    return Report(status, str(target), release.id, request.dry, plan.steps)


def _plan(place: Place, release: Release, items: tuple[Item, ...], request: Request) -> Plan:
    """Return what has to be done at a target.

    Raises:
        RefusedError: the site there is another series', or newer than what is to be published.
        OutputError: what Press did not publish lies in the way of the site.
    """
    there = look(place, items)
    steps = planned(place, items, there, Way(request.verify, request.full))
    plan, published = Plan(release, items, there, steps), there.published
    if published.slug not in {"", plan.slug}:
        raise RefusedError(
            f"the target holds the site of '{visible(published.slug)}', not of '{plan.slug}'; choose another target"
        )
    if choice.later(published.release, release.id) and not request.release:
        raise RefusedError(
            f"the target holds {published.release}, which is newer than {release.id}, the latest release here; to go "
            f"back to it: --release {release.id}"
        )
    return plan


def _changed(place: Place, maker: str, before: Plan, request: Request, progress: Progress) -> Plan:
    """Take the target, look at it again, change it and let go of it; return what was done."""
    lease = target_lease.Lease(place, maker, before.slug)
    try:
        lease.take()
        plan = _plan(place, before.release, before.items, request)
        change(place, lease, plan, progress, verify=request.verify)
    except BaseException as error:
        if not isinstance(error, NetworkError):  # it could not even be told
            with suppress(PressError, OSError):
                lease.leave()
        if isinstance(error, PressError):
            raise type(error)(f"{error}; {lease.state}") from error
        raise
    return plan
