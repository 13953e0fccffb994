"""Refuse a release, and say all reasons at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from press.build.output_tree import OldTree, compare
from press.content.library import NOT_UTF8, is_utf8
from press.ground import paths, swap
from press.ground.sums import SUMS
from press.problems import ContentRefusedError, Place, Problem, did_you_mean
from press.release import shelf
from press.release.freeze.candidate import Subject, Wishes
from press.release.obstacles import Reason, obstacles
from press.release.shelf import Release

NAMED = 3  # files in one message
UNFIT: dict[Reason, str] = {
    "draft": "this brief is a draft; make its status 'final', or release drafts with --draft",
    "stale": "this brief has mistakes; mend them, or leave it out of the release with --stale",
}


def refuse(subject: Subject, wishes: Wishes, releases: Sequence[Release], out: Path) -> None:
    """Refuse what was not asked for, all at once.

    Raises:
        ContentRefusedError: there is something.
    """
    found = [*_differing(subject, out), *_unfit(subject, wishes), *_uncommitted(subject, wishes)]
    found += [
        *_unwritable(subject),
        *_named(subject),
        *_dated(subject, releases),
        *_superseded(subject, releases),
    ]
    if found:
        raise ContentRefusedError(found)


def _differing(subject: Subject, out: Path) -> Iterator[Problem]:
    """Yield the files in the outputs that are not what the content gives: no one has looked at what would be."""
    made = compare(subject.built.files, OldTree(out))
    way_out = "run ./inv build, look at it, and release again"
    if not (out / swap.MANIFEST).is_file():
        yield Problem(Place(paths.shown(out)), f"nothing has been built here; {way_out}", "build")
        return
    for names, message in (
        (made.fresh, "not what the content gives now"),
        (made.gone, "made by no build"),
    ):
        if names:
            last = (shelf.MANIFEST, SUMS)  # of each change, and so of none
            shown = ", ".join(sorted(names, key=lambda name: (name in last, name))[:NAMED])
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield Problem(Place(paths.shown(out)), f"{message}: {shown}{more}; {way_out}", "build")


def _unfit(subject: Subject, wishes: Wishes) -> Iterator[Problem]:
    """Yield the briefs that should not be handed out, and the mistakes of those that have some."""
    product = subject.product
    for reason, names in obstacles(subject.unfit()):
        if getattr(wishes, reason):  # the option of that name
            continue
        if reason == "stale":
            yield from product.problems
        for name in names:
            place = product.library.places[f"brief:{name.rpartition('/')[2]}"]
            yield Problem(place, UNFIT[reason], reason)


def _uncommitted(subject: Subject, wishes: Wishes) -> Iterator[Problem]:
    if wishes.uncommitted:
        return
    folders = subject.folders
    trees = subject.trees.values()
    for tree, place in zip(trees, (folders.content, folders.root), strict=True):
        if reason := tree.reason:
            message = f"{reason}, so it is not known what is committed; --uncommitted releases it all the same"
            yield Problem(Place(paths.shown(place)), message, "uncommitted")
    way_out = (
        "commit it (git ls-files -v marks with S or h what git does not watch), or release what is not committed with "
        "--uncommitted"
    )
    for path in sorted(path for tree in trees for path in tree.uncommitted):
        yield Problem(Place(paths.shown(path)), f"this is not committed; {way_out}", "uncommitted")


def _unwritable(subject: Subject) -> Iterator[Problem]:
    """Yield files of the code and the templates that no list can name; those of the content were refused before."""
    for path in subject.inputs.paths:
        if not is_utf8(str(path)):
            yield Problem(Place(paths.shown(path)), NOT_UTF8, "file")


def _named(subject: Subject) -> Iterator[Problem]:
    if not subject.slug:
        name = subject.series.name
        message = (
            f"no name of a file can be made from '{name}'; add 'slug' with letters from a to z"
        )
        yield Problem(name.place, message, "slug")


def _dated(subject: Subject, releases: Sequence[Release]) -> Iterator[Problem]:
    """Yield a date that would put this release before one that there is."""
    day = subject.series.release.isoformat()
    if releases and day < shelf.order(releases[-1].id)[0]:
        message = (
            f"release {releases[-1].id} is later than {day}; set 'release' to the day of this one"
        )
        yield Problem(Place(subject.series.name.place.path), message, "release")


def _superseded(subject: Subject, releases: Sequence[Release]) -> Iterator[Problem]:
    correction = subject.series.supersedes
    if correction is None:
        return
    known = {release.id for release in releases}
    if correction.release not in known:
        hint = did_you_mean(correction.release, known)
        message = f"there is no release {correction.release} to supersede{hint}"
        yield Problem(correction.release.place, message, "supersedes")
    for release in releases:
        if release.facts.get("supersedes") == correction.release:
            message = (
                f"{release.id} supersedes {correction.release} already; name {release.id}, "
                "or take 'supersedes' out if nothing is corrected"
            )
            yield Problem(correction.release.place, message, "supersedes")
