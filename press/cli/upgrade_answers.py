"""Say what rewriting the files of a series came to: upgrading it, or taking in a table."""

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
    from press.ingest.upgrade.series_files import Texts

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


def of_import(folders: Folders, file: Path, *, dry: bool) -> Answer:
    """Take in a table of claims and return the answer: what is new, and what is another in which claim."""
    from press.ingest.tables import import_claims  # noqa: PLC0415 - likewise

    with lock.hold(folders.work, "import"):
        done = import_claims(folders, file, dry=dry)
    lines = list(_differences(done.texts) if dry else ())
    lines += (f"{name}: new" for name in done.new)
    lines += (f"{name}: {', '.join(keys)}" for name, keys in done.changed.items())
    would = "would be " if dry else ""
    new, changed = counted(len(done.new), "claim"), counted(len(done.changed), "claim")
    same = len(done.same)
    lines.append(f"{new} {would}new, {changed} {would}changed, {same} as before")
    if accept := " ".join(f"--accept {name}" for name in done.unaccepted):
        lines.append(f"next: compare claims with their passages, then ./inv check {accept}")
    facts = {
        "files": [paths.shown(path) for path in done.texts],
        "new": done.new,
        "changed": done.changed,
        "unaccepted": done.unaccepted,
        "written": bool(done.texts) and not dry,
    }
    status = FAILED if done.unaccepted else OK
    return Answer(status, done.problems, "\n".join(lines), facts)


def _lines(done: Upgrade, *, dry: bool) -> Iterator[str]:
    yield from _differences(done.texts if dry else {})
    yield from (f"{place}: {message}" for place, message in done.done)
    if done.left:
        yield "left to do by hand:"
        yield from (f"{place}: {message}" for place, message in done.left)
    files = counted(len(done.texts), "file")
    verdict = f"{files} would be rewritten" if dry else f"{files} rewritten"
    if not done.texts:
        verdict = "nothing is left to rewrite"
    yield f"{verdict}; {counted(len(done.left), 'thing')} to do by hand; see also ./inv check"


def _differences(texts: Texts) -> Iterator[str]:
    """Yield the lines that change, with those around them."""
    for path, both in texts.items():
        before, after = (text.decode().replace("\r\n", "\n").split("\n") for text in both)
        name = paths.shown(path)
        yield from difflib.unified_diff(before, after, name, name, lineterm="")
