"""Which release to publish: the folder of releases and what the user named in, a frozen release out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press import frozen, paths
from press.problems import OutputError, did_you_mean, visible
from press.publish.errors import RefusedError, TargetError

if TYPE_CHECKING:
    from pathlib import Path

_ID = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d+)", re.ASCII)


def chosen(
    releases: Path, name: str = "", *, superseded: bool = False, draft: bool = False
) -> frozen.Release:
    """Return the release called *name*, or the latest.

    With *superseded* also one that a later release corrects, with *draft* also one that holds drafts.

    Raises:
        OutputError: there is none, or it cannot be read.
        TargetError: none is called so.
        RefusedError: it is superseded, or holds drafts.
    """
    known = sorted((path.name for path in _folders(releases)), key=order)
    if not known:
        raise OutputError(
            f"there is no release in {paths.shown(releases)}; ./inv release makes one"
        )
    if name and name not in known:
        raise TargetError(f"--release: there is no '{name}'{did_you_mean(name, known)}")
    release = frozen.opened(releases / (name or known[-1]))
    if release.id != release.folder.name:
        raise OutputError(
            f"{paths.shown(release.folder)} holds the release {release.id}; give it its name back"
        )
    if (by := _by(releases, known, release.id)) and not (name and superseded):
        raise RefusedError(
            f"{release.id} is superseded by {by}; publish that one, or confirm with --release {release.id} --superseded"
        )
    if (drafts := release.facts.get("drafts")) and not draft:
        raise RefusedError(
            f"{release.id} holds drafts ({', '.join(map(visible, map(str, drafts)))}), which are not for distribution; "
            "--draft publishes them all the same"
        )
    return release


def order(name: str) -> tuple[str, int]:
    """Return what sorts the names of releases by time."""
    match = _ID.fullmatch(name)
    return (match[1], int(match[2])) if match else ("", 0)


def _folders(releases: Path) -> list[Path]:
    if not releases.is_dir():
        return []
    return [path for path in releases.iterdir() if _ID.fullmatch(path.name) and path.is_dir()]


def _by(releases: Path, known: list[str], name: str) -> str:
    """Return the release that supersedes *name*, or ''."""
    others = (other for other in known if order(other) > order(name))
    return next(
        (o for o in others if frozen.opened(releases / o).facts.get("supersedes") == name), ""
    )
