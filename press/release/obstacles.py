"""Refuse releases that should not go out: drafts, incomplete ones, and those that a later one supersedes."""

from collections.abc import Container, Iterator, Mapping
from typing import Any, Literal

from press.problems import RefusedError, visible
from press.release.shelf import Release

# A reason not to hand out a release: the name of the option that sets it aside
Reason = Literal["superseded", "draft", "stale"]
REASONS: dict[Reason, str] = {
    "superseded": "is superseded by {}",
    "draft": "holds drafts ({}), which are not for distribution",
    "stale": "was made without {}, since these had mistakes",
}


def obstacles(facts: Mapping[str, Any]) -> Iterator[tuple[Reason, list[str]]]:
    """Yield the reasons not to hand out a release with these *facts*, its manifest's, and the editions with each."""
    if drafts := facts.get("drafts"):
        yield "draft", list(map(str, drafts))
    if stale := facts.get("stale"):
        yield "stale", list(map(str, stale))


def may_go_out(
    release: Release,
    superseded_by: str = "",
    *,
    allowed: Container[Reason],
    ways_out: Mapping[Reason, str],
) -> None:
    """Refuse a *release* that should not be handed out, unless the user has *allowed* the reason.

    Example: `may_go_out(release, by, allowed={"draft"}, ways_out={"superseded": "send that one", "stale": "..."})`.

    Raises:
        RefusedError: there is such a reason; the message ends with the way out of it.
    """
    reasons: dict[Reason, list[str]] = {"superseded": [superseded_by]} if superseded_by else {}
    for reason, names in (reasons | dict(obstacles(release.facts))).items():
        if reason not in allowed:
            message = REASONS[reason].format(", ".join(map(visible, names)))
            raise RefusedError(f"{release.id} {message}; {ways_out[reason]}")
