"""Say what freezing a release, verifying one or comparing two came to."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from press.cli.answers import Answer
from press.cli.display import coloured
from press.ground import paths
from press.problems import counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.release.diff.difference import ComparedSides
    from press.release.freeze import Released
    from press.release.verify import Verdict


def of_release(released: Released) -> Answer:
    """Return the answer of a release, or of a run in which nothing had changed since the latest."""
    release, unsaid = released.release, {"files", "inputs"}
    facts = {
        "release": release.id,
        "folder": paths.shown(release.folder),
        "new": released.new,
        "manifest": {key: release.facts[key] for key in release.facts if key not in unsaid},
    }
    return Answer(0, released.problems, "\n".join(_release_lines(released)), facts)


def _release_lines(released: Released) -> Iterator[str]:
    release, facts = released.release, released.release.facts
    for what, names in (("drafts", facts["drafts"]), ("left out", facts["stale"])):
        if names:
            yield f"{what}: {', '.join(names)}"
    yield f"commit: {_commit(facts['tree'])}"
    if (ours := facts.get("press_tree")) and ours != facts["tree"]:
        yield f"commit of Press: {_commit(ours)}"
    if facts["supersedes"]:
        yield f"supersedes {facts['supersedes']}: {facts['erratum']}"
    folder = paths.shown(release.folder)
    if not released.new:
        yield f"nothing changed since release {release.id}: {folder}"
        return
    signed = f", signed in {facts['signature']}" if facts["signature"] else ""
    count = len(facts["files"]) + 1  # the manifest, which SHA256SUMS lists, too
    yield f"released {release.id}: {counted(count, 'file')} in {folder}{signed}"


def _commit(tree: Mapping[str, Any]) -> str:
    """Return in words what the manifest says of the tree."""
    if tree["commit"] is None and tree["clean"] is None:
        return f"not known, {tree['reason']}"
    names = tree["uncommitted"]
    more = f", and {counted(len(names), 'file')} not committed" if names else ""
    return f"{tree['commit'] or 'none yet'}{more}"


def of_verdict(verdict: Verdict) -> Answer:
    """Return the answer of a verification."""
    damages = sorted(verdict.damages)
    lines = list(map(str, damages))
    outcome = f"{counted(len(damages), 'thing')} not as released" if damages else "sound"
    lines.append(f"{verdict.path}: {verdict.what}: {outcome}")
    parts = {"proved": verdict.proved, "not proved": verdict.unproved, "note": verdict.notes}
    lines += [f"  {head}: {sentence}" for head, part in parts.items() for sentence in part]
    # a manifest from elsewhere may hold what acts on a terminal
    text = "\n".join(map(visible, lines))
    return Answer(
        verdict.status, (), text, asdict(verdict) | {"damages": list(map(asdict, damages))}
    )


def of_difference(difference: ComparedSides) -> Answer:
    """Return the answer of a comparison; on a terminal it has colours, and says the same without."""
    old, new = difference.old, difference.new
    from press.release.diff.comparison_text import SAME, as_text, score_text  # noqa: PLC0415 - `inv --list` needs none

    text = as_text(difference.comparison, coloured=coloured())
    if difference.status:  # in the middle of an edit
        compared = "has changed in what could" if difference.comparison.editions else "could"
        text = text.replace(SAME, f"nothing {compared} be compared")
    if difference.unfit:
        text += f"\nnot compared: {', '.join(map(visible, difference.unfit))}\n"
    text += score_text(difference.comparison)
    facts = {
        "old": old.name,
        "new": new.name,
        "not_compared": difference.unfit,
        "comparison": difference.comparison.as_json(),
    }
    head = f"from {visible(old.name)} to {visible(new.name)}:\n\n"
    problems = (*old.problems, *new.problems)
    return Answer(difference.status, problems, head + text.rstrip("\n"), facts)
