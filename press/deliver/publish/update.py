"""Change a target as planned: everything is sent first, then goes live file by file, each whole; removals come last.

Files with new names go live first: from then on each name that an old or a new page links to is there. A run that
breaks before anything goes live has changed nothing that a visitor sees; one that breaks later leaves files of both
releases, each whole and each link with a file behind it, and the next run completes it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from press.deliver.publish import target_notes
from press.deliver.publish.publish_plan import look
from press.deliver.publish.site_files import ACCOUNT, LAST
from press.deliver.publish.storage import Kind
from press.deliver.publish.target_notes import PUBLISHED, Published, Seen
from press.ground import signals
from press.problems import BusyError, OutputError
from press.release.shelf import File

if TYPE_CHECKING:
    from collections.abc import Callable

    from press.deliver.publish.publish_plan import Plan
    from press.deliver.publish.site_files import Item
    from press.deliver.publish.storage import Entry, Place
    from press.deliver.publish.target_lease import Lease

    Progress = Callable[[int, int, str], None]


def change(place: Place, lease: Lease, plan: Plan, progress: Progress, *, verify: bool) -> None:
    """Make the site at a target that of the plan's release; *verify*: read back what is sent before it goes live.

    Raises:
        PressError: something could not be done; `lease.state` says how far it got.
    """
    staged = _staged(lease, plan, progress)
    if verify:
        _prove(place, staged, plan.wanted)
    lease.touch(_touched(plan))
    _switch(place, lease, staged, plan)
    after = _proved(place, plan)
    _remove(place, lease, plan)
    lease.put(PUBLISHED, target_notes.written(_published(plan, after)))
    lease.end()


def order(plan: Plan) -> list[Item]:
    """Return the files to send, in the order in which they go live."""
    new, wanted = set(plan.paths("send")), plan.wanted
    items = [wanted[path] for path in plan.paths("send", "replace")]
    return sorted(items, key=lambda item: (turn(item, new=item.path in new), item.path))


def turn(item: Item, *, new: bool) -> int:
    """Return when a file goes live: *new* names first, then what replaces something; assets, pages; the index last."""
    if item.rank in {ACCOUNT, LAST}:
        return item.rank + 2
    return item.rank + (0 if new else 2)


def _staged(lease: Lease, plan: Plan, progress: Progress) -> dict[str, str]:
    """Send the files under names of their own, and return these names by path, in the order of `order`."""
    items, done = order(plan), 0
    total = sum(item.size for item in items)
    staged = {}
    for item in items:

        def told(more: int, name: str = item.path) -> None:
            nonlocal done
            signals.check()
            done += more
            progress(min(done, total), total, name)  # more than all, where something was sent again

        data = plan.release.read(File(item.path, item.sha256, item.size, item.type))
        lease.live()
        staged[item.path] = lease.stage(data, Kind(item.type, item.cache), told)
    return staged


def _prove(place: Place, staged: dict[str, str], wanted: dict[str, Item]) -> None:
    """Read back what was sent, before anybody else can."""
    for path, name in staged.items():
        if hashlib.sha256(place.read(name)).hexdigest() != wanted[path].sha256:
            raise OutputError(f"{path} did not arrive as it was sent; try again")


def _touched(plan: Plan) -> target_notes.Known:
    """Return what is about to change at the target: what may be found at each path from now on."""
    going = {path: plan.there.known[path] for path in plan.paths("remove")}
    return going | {item.path: {item.sha256: item.size} for item in order(plan)}


def _switch(place: Place, lease: Lease, staged: dict[str, str], plan: Plan) -> None:
    """Let what was sent go live."""
    new, group = set(plan.paths("send")), -1
    for item in order(plan):
        if (turned := turn(item, new=item.path in new)) != group:
            lease.check()
            group = turned
        signals.check()
        lease.live()
        for folder in _folders(item.path):
            place.make_folder(folder)
        lease.switch(staged[item.path], item.path, item.sha256)


def _folders(path: str) -> list[str]:
    """Return the folders of *path*, outer ones first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def _proved(place: Place, plan: Plan) -> dict[str, Entry]:
    """Return how the files of the site lie at the target now.

    Raises:
        OutputError: one has another size than it should.
        BusyError: one that was to be kept has changed meanwhile.
    """
    before, after = plan.there.entries, look(place, plan.items).entries
    for item in plan.items:
        if item.path not in after or after[item.path].size != item.size:
            raise OutputError(f"{item.path} is not at the target as it was sent")
    for path in plan.paths("keep"):
        if before[path].mark != after[path].mark:
            raise BusyError(f"{path} changed at the target meanwhile")
    return {item.path: after[item.path] for item in plan.items}


def _remove(place: Place, lease: Lease, plan: Plan) -> None:
    """Remove files of the old site, and the folders that they leave empty."""
    gone = plan.paths("remove")
    for path in gone:
        signals.check()
        lease.check()
        place.remove(path)
    needed = {folder for path in plan.wanted for folder in _folders(path)}
    left = {folder for path in gone for folder in _folders(path)} - needed
    for folder in sorted(left, reverse=True):  # inner ones first
        place.remove_folder(folder)


def _published(plan: Plan, after: dict[str, Entry]) -> Published:
    """Return what the target is to say of its site."""
    seen = {
        item.path: Seen(item.sha256, after[item.path].size, after[item.path].mark)
        for item in plan.items
    }
    return Published(plan.slug, plan.release.id, plan.there.published.generation + 1, seen)
