"""Say what upgrading a series came to, and what is left to its author."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from press.cli.answers import Answer
from press.ground import lock, paths
from press.problems import FAILED, OK, RefusedError, counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.ground.paths import Folders
    from press.ingest.upgrade import Upgrade

WAY_BACK = "git could not bring back what is not committed"


def of_upgrade(folders: Folders, *, dry: bool, anyway: bool) -> Answer:
    """Upgrade a series and return the answer; with *anyway*, files that git does not have as they are too.

    Raises:
        RefusedError: a file is not committed; others as of `upgrade`.
    """
    from press.content.version import check_version, write_version  # noqa: PLC0415 - likewise
    from press.ingest.upgrade import upgrade  # noqa: PLC0415 - `inv --list` needs none of it

    def allow(files: tuple[Path, ...]) -> None:
        if not anyway:
            _refuse_uncommitted(folders, files)

    with lock.hold(folders.work, "upgrade"):
        check_version(folders)
        done = upgrade(folders, allow, dry=dry)
        noted = not dry and not done.problems and write_version(folders)
    facts = {
        "files": [paths.shown(path) for path in done.texts],
        "rewritten": [{"place": str(place), "message": message} for place, message in done.done],
        "by_hand": [{"place": str(place), "message": message} for place, message in done.left],
        "written": bool(done.texts) and not dry,
    }
    lines = [*_lines(done, dry=dry)]
    if noted:
        lines.append(f"the series is written for Press {folders.version} now")
    status = FAILED if done.problems else OK
    return Answer(status, done.problems, "\n".join(lines), facts)


def _refuse_uncommitted(folders: Folders, files: tuple[Path, ...]) -> None:
    from press.release.freeze import git_state  # noqa: PLC0415 - likewise

    tree = git_state.look(folders, files)
    names = ", ".join(map(paths.shown, tree.uncommitted))
    if tree.reason and not tree.uncommitted:
        raise RefusedError(
            f"{tree.reason}, and {WAY_BACK}; copy the folder, then give --uncommitted"
        )
    if names:
        raise RefusedError(f"{WAY_BACK}: commit {names} first, or give --uncommitted")


def _lines(done: Upgrade, *, dry: bool) -> Iterator[str]:
    for path, (old, new) in done.texts.items() if dry else ():
        yield from _difference(paths.shown(path), old.decode(), new.decode())
    yield from (f"{place}: {message}" for place, message in done.done)
    if done.left:
        yield "left to do by hand:"
        yield from (f"{place}: {message}" for place, message in done.left)
    files = counted(len(done.texts), "file")
    verdict = f"{files} would be rewritten" if dry else f"{files} rewritten"
    if not done.texts:
        verdict = "nothing is left to rewrite"
    yield f"{verdict}; {counted(len(done.left), 'thing')} to do by hand; see also ./inv check"


def _difference(name: str, old: str, new: str) -> Iterator[str]:
    """Yield the lines that change, with those around them."""
    before, after = (text.replace("\r\n", "\n").split("\n") for text in (old, new))
    yield from difflib.unified_diff(before, after, name, name, lineterm="")
