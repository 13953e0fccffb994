"""Update a target as planned: send every file first, then let one after the other go live, and remove old ones last.

Files with new names go live first: from then on every name that an old or a new page links to exists. A run that
breaks before anything goes live has changed nothing that a visitor sees; one that breaks later leaves files of both
releases, each whole and without a dead link, and the next run completes it.
"""

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

from press.deliver.publish.publish_plan import PublishPlan, look
from press.deliver.publish.site_files import ACCOUNT, ASSET, LAST, LONG, SHORT, folders_of, rank
from press.deliver.publish.storage import Storage
from press.deliver.publish.target_lease import Lease
from press.deliver.publish.target_notes import SCHEMA, PublishedFile, PublishedSite
from press.ground import signals
from press.problems import BusyError, OutputError
from press.release.shelf import File

Progress = Callable[[int, int, str], None]


def update(
    storage: Storage, lease: Lease, plan: PublishPlan, progress: Progress, *, verify: bool
) -> None:
    """Turn the site at a target into that of the plan's release; *verify*: read back what is sent before it goes live.

    Raises:
        PressError: something could not be done; `lease.state` says how far it got.
    """
    staged = _send(lease, plan, progress)
    for path, name in staged.items() if verify else ():
        if storage.digest(name) != plan.files[path].sha256:
            raise OutputError(f"{path} did not arrive as it was sent; try again")
    old = {path: plan.state.known[path] for path in plan.paths("remove")}
    new = {file.path: {file.sha256: file.size} for _, file in in_turn(plan)}
    lease.touch(old | new)
    _go_live(storage, lease, staged, plan)
    files = _published_files(storage, plan)
    _remove_old(storage, lease, plan)
    number = plan.state.published.generation + 1
    note = PublishedSite(SCHEMA, plan.slug, plan.release.id, number, files, plan.stale)
    lease.replace_note(note)
    lease.end()


def in_turn(plan: PublishPlan) -> list[tuple[int, File]]:
    """Return the files to send by their turns: new names before replacements, assets before pages, the index last."""
    new, turns = plan.paths("send"), []
    for path in plan.paths("send", "replace"):
        file = plan.files[path]
        late = rank(path) in {ACCOUNT, LAST} or path not in new
        turns.append((rank(path) + 2 * late, file))
    return sorted(turns, key=lambda turn: (turn[0], turn[1].path))


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

        data = plan.release.read(file)
        cache = LONG if rank(file.path) == ASSET else SHORT
        lease.keep_alive()
        staged[file.path] = lease.stage(data, (file.type, cache), on_sent)
    return staged


def _go_live(storage: Storage, lease: Lease, staged: dict[str, str], plan: PublishPlan) -> None:
    for _, turn in groupby(in_turn(plan), itemgetter(0)):
        lease.check()
        for _, file in turn:
            signals.check()
            lease.keep_alive()
            for folder in folders_of(file.path):
                storage.make_folder(folder)
            lease.go_live(staged[file.path], file.path, file.sha256)


def _published_files(storage: Storage, plan: PublishPlan) -> dict[str, PublishedFile]:
    """Return the files of the site as the target lists them now.

    Raises:
        OutputError: a file has the wrong size.
        BusyError: a file that was to be kept has changed meanwhile.
    """
    before, after = plan.state.entries, look(storage, plan.files).entries
    for path, file in plan.files.items():
        if path not in after or after[path].size != file.size:
            raise OutputError(f"{path} is not at the target as it was sent")
    for path in plan.paths("keep"):
        if before[path].mark != after[path].mark:
            raise BusyError(f"{path} changed at the target meanwhile")
    return {
        path: PublishedFile(file.sha256, file.size, after[path].mark)
        for path, file in plan.files.items()
    }


def _remove_old(storage: Storage, lease: Lease, plan: PublishPlan) -> None:
    """Remove files of the old site, and the folders that become empty."""
    old = plan.paths("remove")
    for path in old:
        signals.check()
        lease.check()
        storage.remove(path)
    needed = {folder for path in plan.files for folder in folders_of(path)}
    unused = {folder for path in old for folder in folders_of(path)} - needed
    for folder in sorted(unused, reverse=True):  # inner ones first
        storage.remove_folder(folder)
