"""Update a target as planned: send every file first, then let one after the other go live, and remove old ones last.

Files with new names go live first: from then on every name that an old or a new page links to exists. A run that
breaks before anything goes live has changed nothing that a visitor sees; one that breaks later leaves files of both
releases, each whole and without a dead link, and the next run completes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.deliver.publish import target_notes
from press.deliver.publish.publish_plan import look
from press.deliver.publish.site_files import ACCOUNT, LAST, folders_of
from press.deliver.publish.storage import ServedAs
from press.deliver.publish.target_notes import PUBLISHED, PublishedFile, PublishedSite
from press.ground import signals
from press.problems import BusyError, OutputError
from press.release.shelf import File

if TYPE_CHECKING:
    from collections.abc import Callable

    from press.deliver.publish.publish_plan import PublishPlan
    from press.deliver.publish.site_files import SiteFile
    from press.deliver.publish.storage import Storage, StoredEntry
    from press.deliver.publish.target_lease import Lease

    Progress = Callable[[int, int, str], None]


def update(
    storage: Storage, lease: Lease, plan: PublishPlan, progress: Progress, *, verify: bool
) -> None:
    """Turn the site at a target into that of the plan's release; *verify*: read back what is sent before it goes live.

    Raises:
        PressError: something could not be done; `lease.state` says how far it got.
    """
    staged = _send(lease, plan, progress)
    if verify:
        _read_back(storage, staged, plan.wanted)
    lease.touch(_touched(plan))
    _go_live(storage, lease, staged, plan)
    entries = _checked_entries(storage, plan)
    _remove_old(storage, lease, plan)
    lease.replace_own(PUBLISHED, target_notes.as_bytes(_site(plan, entries)))
    lease.end()


def in_turn(plan: PublishPlan) -> list[tuple[int, SiteFile]]:
    """Return the files to send with their turns, in the order in which they go live."""
    wanted = plan.wanted
    new = [(turn(wanted[path], new=True), wanted[path]) for path in plan.paths("send")]
    old = [(turn(wanted[path], new=False), wanted[path]) for path in plan.paths("replace")]
    return sorted(new + old, key=lambda entry: (entry[0], entry[1].path))


def turn(file: SiteFile, *, new: bool) -> int:
    """Return when a file goes live: new names before replacements, assets before pages, the index last."""
    if file.rank in {ACCOUNT, LAST}:
        return file.rank + 2
    return file.rank + (0 if new else 2)


def _send(lease: Lease, plan: PublishPlan, progress: Progress) -> dict[str, str]:
    """Send the files under temporary names; return these by path."""
    files, done = [file for _, file in in_turn(plan)], 0
    total = sum(file.size for file in files)
    staged = {}
    for file in files:

        def on_sent(more: int, name: str = file.path) -> None:
            nonlocal done
            signals.check()
            done += more
            progress(min(done, total), total, name)  # more than all, where a file was sent again

        data = plan.release.read(File(file.path, file.sha256, file.size, file.type))
        lease.keep_alive()
        staged[file.path] = lease.stage(data, ServedAs(file.type, file.cache), on_sent)
    return staged


def _read_back(storage: Storage, staged: dict[str, str], wanted: dict[str, SiteFile]) -> None:
    """Compare what arrived with what was sent, before any visitor can see it."""
    for path, name in staged.items():
        if storage.digest(name) != wanted[path].sha256:
            raise OutputError(f"{path} did not arrive as it was sent; try again")


def _touched(plan: PublishPlan) -> target_notes.KnownFiles:
    """Return what may lie at each path from now on that is about to change."""
    old = {path: plan.state.known[path] for path in plan.paths("remove")}
    return old | {file.path: {file.sha256: file.size} for _, file in in_turn(plan)}


def _go_live(storage: Storage, lease: Lease, staged: dict[str, str], plan: PublishPlan) -> None:
    last = -1
    for now, file in in_turn(plan):
        if now != last:
            lease.check()
            last = now
        signals.check()
        lease.keep_alive()
        for folder in folders_of(file.path):
            storage.make_folder(folder)
        lease.go_live(staged[file.path], file.path, file.sha256)


def _checked_entries(storage: Storage, plan: PublishPlan) -> dict[str, StoredEntry]:
    """Return what the target lists for each file of the site now.

    Raises:
        OutputError: a file has the wrong size.
        BusyError: a file that was to be kept has changed meanwhile.
    """
    before, after = plan.state.entries, look(storage, plan.files).entries
    for file in plan.files:
        if file.path not in after or after[file.path].size != file.size:
            raise OutputError(f"{file.path} is not at the target as it was sent")
    for path in plan.paths("keep"):
        if before[path].mark != after[path].mark:
            raise BusyError(f"{path} changed at the target meanwhile")
    return after


def _remove_old(storage: Storage, lease: Lease, plan: PublishPlan) -> None:
    """Remove files of the old site, and the folders that become empty."""
    old = plan.paths("remove")
    for path in old:
        signals.check()
        lease.check()
        storage.remove(path)
    needed = {folder for path in plan.wanted for folder in folders_of(path)}
    unused = {folder for path in old for folder in folders_of(path)} - needed
    for folder in sorted(unused, reverse=True):  # inner ones first
        storage.remove_folder(folder)


def _site(plan: PublishPlan, entries: dict[str, StoredEntry]) -> PublishedSite:
    """Return the site as the target's notes are to describe it."""
    files = {
        file.path: PublishedFile(file.sha256, file.size, entries[file.path].mark)
        for file in plan.files
    }
    return PublishedSite(plan.slug, plan.release.id, plan.state.published.generation + 1, files)
