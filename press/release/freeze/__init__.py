"""Freeze what is built into a dated folder that never changes again."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from press.build import build, output_files
from press.build.build_request import Request, own_folder, refuse_other, refuse_out, refuse_place
from press.build.build_request import sources as made_of
from press.build.formats import FORMATS
from press.build.output_tree import OldTree
from press.build.site_pages import Entry, News
from press.build.stages import Progress
from press.content.model.releases import Score
from press.ground import file_state, lock, paths, swap
from press.ground.sums import SUMS, sha256
from press.problems import OutputError, Problem
from press.release import shelf, signatures
from press.release.diff import comparison, sides
from press.release.diff.comparison import Comparison
from press.release.diff.comparison_text import as_text
from press.release.freeze import contents, git_state, ids, made_from, refusals
from press.release.freeze.candidate import Subject, Wishes
from press.release.freeze.provenance import sources
from press.release.scores import scores_of
from press.release.shelf import Release

__all__ = ["Released", "Wishes", "release"]


@dataclass(frozen=True)
class Released:
    """What a run came to."""

    release: Release
    new: bool  # else nothing has changed since
    problems: tuple[Problem, ...]  # warnings


def release(request: Request, wishes: Wishes, progress: Progress) -> Released:
    """Freeze the outputs of *request*, which have to be what the content gives.

    Raises:
        ContentRefusedError: something was not asked for; nothing was released.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    signature = wishes.signature  # a key that does not sign is refused before any work
    with lock.hold(request.folders.work, "release"):
        refuse_out(request.folders, request.out)
        folder = request.folders.releases
        _refuse_folder(request, folder)
        swap.sweep(request.out)
        ids.swept(folder)
        releases = [shelf.opened(folder / name) for name in shelf.ids(folder)]
        for each in releases:
            refuse_other(request.folders, each.folder, each.facts.get("id"), "releases")
        subject = _subject(request, progress)
        latest = releases[-1] if releases else None
        again = latest if latest and _same(subject, signature, latest) else None
        refusals.refuse(subject, wishes, releases[:-1] if again else releases, request.out)
        made = again or _frozen(subject, wishes, folder, releases)
        return Released(made, not again, subject.product.problems)


def _refuse_folder(request: Request, releases: Path) -> None:
    """Refuse a folder that holds what outputs are made of, is swapped away by the next run, or may not be filled."""
    refuse_place(releases, "releases")
    if folder := own_folder(releases, request.folders):
        shown = f"{paths.shown(releases)} lies in {paths.shown(folder)}"
        raise OutputError(f"{shown}; choose another --releases")


def _subject(request: Request, progress: Progress) -> Subject:
    """Return what the content gives, from the store as far as it has it."""
    seen = file_state.scan(made_of(request.folders))
    product = build.produce(request, progress, inputs=seen)
    built = output_files.lay_out(product, OldTree(request.out), tuple(FORMATS))
    inputs = made_from.inputs(request.folders, seen)
    ours = {path: seen[str(path)].digest for path in inputs.paths}
    trees = {
        "tree": git_state.look(request.folders, inputs.paths),
        "press_tree": git_state.look_at_press(request.folders, ours),
    }
    return Subject(request.folders, product, built, inputs, trees)


def _same(subject: Subject, signature: str | None, latest: Release) -> bool:
    """Return True if *latest* is what a release would be now; it may be signed where none is asked for."""
    facts = subject.facts() | ({"signature": signature} if signature else {})
    known = subject.trees.keys() & latest.facts.keys()  # an older release has one tree
    was = {name: (latest.facts[name] or {}).get("clean") for name in known}
    same = was == {name: subject.trees[name].as_json()["clean"] for name in known}
    return same and all(latest.facts.get(key) == value for key, value in facts.items())


def _frozen(subject: Subject, wishes: Wishes, folder: Path, releases: list[Release]) -> Release:
    """Make the release after these *releases*, and return it as it lies on disk."""
    number = ids.following(folder, subject.series.release.isoformat())
    latest = releases[-1] if releases else None
    scores = subject.scores()
    changes = _changes(subject, scores, latest)
    text, before = as_text(changes) if changes else "", latest.id if latest else ""
    news = News(number, before, text, tuple(_lacking(subject, releases)))
    facts = subject.facts() | {
        "before": before or None,
        "signature": wishes.signature,
        "scores": {name: asdict(score) for name, score in scores.items()},
        **sources(subject.inputs, subject.trees, subject.warnings()),
    }
    asked = {"drafts": wishes.draft, "stale": wishes.stale, "uncommitted": wishes.uncommitted}
    files = contents.files(subject, news, facts, asked, changes)
    if wishes.key and wishes.signature:
        files[wishes.signature] = signatures.sign(wishes.key, files[SUMS], number)
    contents.write(folder / number, files)
    return shelf.opened(folder / number)


def _lacking(subject: Subject, releases: list[Release]) -> Iterator[Entry]:
    """Yield what is left out because of mistakes and was released before, as the index lists it: without its files."""
    for name in subject.unfit()["stale"]:
        path = f"data/{name}.json"
        having = [release for release in releases if path in {file.path for file in release.files}]
        if having:
            edition = dict(sides.editions_of(having[-1]))[name]
            keys = ("label", "name", "summary", "accent")
            label, title, summary, accent = (str(edition[key]) for key in keys)
            language, _, brief = name.partition("/")
            yield Entry(language, brief, label, title, summary, accent, stale=True)


def _changes(
    subject: Subject, scores: dict[str, Score], latest: Release | None
) -> Comparison | None:
    """Return what changed since *latest*, None for the first release."""
    if latest is None:
        return None
    names = [f"{edition.language}/{edition.brief}" for edition in subject.editions()]
    new = {name: json.loads(subject.built.files[f"data/{name}.json"]) for name in names}
    evidence = sides.claims_of(latest.files) != sha256(subject.built.files["data/claims.json"])
    both = scores_of(latest), scores
    old = dict(sides.editions_of(latest))
    return comparison.compare(old, new, evidence=evidence, scores=both)
