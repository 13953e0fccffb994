"""Which release to publish: the folder of releases and what the user named in, a frozen release out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.deliver.publish.errors import RefusedError, TargetError
from press.problems import visible
from press.release import shelf

if TYPE_CHECKING:
    from pathlib import Path


def chosen(
    releases: Path,
    name: str = "",
    *,
    superseded: bool = False,
    draft: bool = False,
    stale: bool = False,
) -> shelf.Release:
    """Return the release called *name*, or the latest.

    With *superseded* also one that a later release corrects, with *draft* also one that holds drafts, with *stale* also
    one that lacks briefs, since these had mistakes.

    Raises:
        OutputError: there is none, or it cannot be read.
        UsageError: none is called so.
        TargetError: *superseded* without a name.
        RefusedError: it is superseded, holds drafts, or lacks briefs.
    """
    if superseded and not name:
        raise TargetError("--superseded goes with --release, which names the release that you mean")
    release, by = shelf.chosen(releases, name)
    if by and not (name and superseded):
        raise RefusedError(
            f"{release.id} is superseded by {by}; publish that one, or confirm with --release {release.id} --superseded"
        )
    if (drafts := release.facts.get("drafts")) and not draft:
        raise RefusedError(
            f"{release.id} holds drafts ({', '.join(map(visible, map(str, drafts)))}), which are not for distribution; "
            "--draft publishes them all the same"
        )
    if (lacking := release.facts.get("stale")) and not stale:
        raise RefusedError(
            f"{release.id} was made without {', '.join(map(visible, map(str, lacking)))}, which would be removed from "
            "the site; --stale publishes it all the same"
        )
    return release


def later(one: str, other: str) -> bool:
    """Say whether the release *one* was made after *other*; what is no id, or '', was not."""
    return bool(shelf.ID.fullmatch(one)) and shelf.order(one) > shelf.order(other)
