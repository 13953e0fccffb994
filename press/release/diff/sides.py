"""Find the editions to compare: those of a release, of a build or of the content."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from press.content.model.releases import Score
from press.ground import paths
from press.ground.lock import reported
from press.ground.paths import Folders
from press.ground.sums import sha256
from press.problems import OutputError, Problem, UsageError, did_you_mean, errors
from press.release import shelf
from press.release.diff.pieces import read
from press.release.scores import scores_of

TREE, LATEST = "tree", "latest"
DATA = re.compile(r"data/([A-Za-z-]+/[a-z0-9-]+)\.json")
STALE = re.compile(rf"stale/([A-Za-z-]+/[a-z0-9-]+?)(?:{paths.SHORT}\.pdf|\.[a-z0-9.]+)")
NO_EDITION = (LookupError, TypeError, AttributeError, ValueError, RecursionError)


@dataclass(frozen=True)
class Side:
    """One side of a comparison."""

    name: str
    editions: dict[str, dict[str, Any]]  # as JSON, by language and brief
    unfit: frozenset[str] = frozenset()  # editions that it should have and does not
    problems: tuple[Problem, ...] = ()  # why not
    claims: str = ""  # the digest of what the evidence page says, '' where that is not known
    scores: dict[str, Score] = field(default_factory=dict)  # of a release that has kept them


def open_side(word: str, folders: Folders) -> Side:
    """Return what *word* names: the id of a release, a folder, or the content as it is now.

    Raises:
        UsageError: it names nothing.
        ContentRefusedError: the content has mistakes in what all briefs share.
        OutputError: it cannot be read, or is not what was released or built.
    """
    if word == TREE:
        return _tree(folders)
    folder = _folder(word, folders)
    facts = _manifest(folder)
    if "files" not in facts:
        return _built(folder, facts)
    release = shelf.opened(folder)
    claims, scores = claims_of(release.files), scores_of(release)
    return Side(release.id, dict(editions_of(release)), claims=claims, scores=scores)


def _folder(word: str, folders: Folders) -> Path:
    """Return the folder that *word* names."""
    releases = [folders.releases / name for name in shelf.ids(folders.releases)]
    build = folders.build
    if word == LATEST and not releases:
        raise UsageError("there is no release yet; name what to compare: inv diff OLD NEW")
    if word == build.name and not build.is_dir():
        raise UsageError("nothing has been built yet; ./inv build makes the briefs")
    known = {path.name: path for path in releases} | {build.name: build}
    folder = releases[-1] if word == LATEST else known.get(word, Path(word))
    if not folder.is_dir() or not word:
        raise UsageError(
            f"there is no release or folder '{word}'{did_you_mean(word, [*known, TREE, LATEST])}"
        )
    return folder


def _tree(folders: Folders) -> Side:
    """Return what the content gives now; nothing is composed or printed."""
    from press.build import claims_data  # noqa: PLC0415 - heavy
    from press.build.library_check import check_library, every_name  # noqa: PLC0415 - heavy
    from press.edition import resolve  # noqa: PLC0415 - heavy, and two releases need none of it
    from press.edition.edition import to_json  # noqa: PLC0415

    library, faults, faulty, _ = check_library(folders, least=0)
    names = list(every_name(library))
    editions: dict[str, dict[str, Any]] = {}
    resolved = []
    for spoken, brief in names:
        # many a mistake leaves a brief that can be compared
        with suppress(*(NO_EDITION if brief in faulty else ())):
            edition = resolve.resolve(library, brief, spoken)
            editions[f"{spoken}/{brief}"] = json.loads(to_json(edition))
            resolved.append(edition)
    unfit = frozenset(f"{spoken}/{brief}" for spoken, brief in names) - editions.keys()
    problems = tuple(sorted(set(errors(fault.problem for fault in faults))))
    if problems:
        return Side("the working tree", editions, unfit, problems)
    usual = library.series.languages[0]
    claims = claims_data.claims(library, resolved, usual), claims_data.withheld(library, usual)
    return Side("the working tree", editions, claims=sha256(claims_data.as_json(*claims)))


def _built(folder: Path, facts: dict[str, Any]) -> Side:
    """Return what a build has left in *folder*."""
    shown = paths.shown(folder)
    try:
        listed = tuple(
            shelf.File(str(output["path"]), str(output["sha256"]), int(output["size"]), "")
            for output in facts["outputs"]
        )
    except NO_EDITION as error:
        raise OutputError(f"{shown}/{shelf.MANIFEST} is not the manifest of a build") from error
    try:
        editions = dict(editions_of(shelf.Release(folder, shown, listed, facts)))
    except shelf.ChangedError as error:
        raise OutputError(f"{shown} is not as it was built; ./inv build makes it anew") from error
    stale = {match[1] for file in listed if (match := STALE.fullmatch(file.path))}
    unfit = frozenset(stale - editions.keys())
    return Side(shown, editions, unfit, claims="" if stale else claims_of(listed))


def claims_of(files: Iterable[shelf.File]) -> str:
    """Return the digest of what the evidence page says, which is among *files*, or ''."""
    return next((file.sha256 for file in files if file.path == "data/claims.json"), "")


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / shelf.MANIFEST
    try:
        with reported(path):
            facts = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise OutputError(f"{paths.shown(path)} is damaged") from error
    if not isinstance(facts, dict):
        raise OutputError(f"{paths.shown(path)} is neither of a release nor of a build")
    return facts


def editions_of(release: shelf.Release) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and data of each edition in *release*, which vouches for the bytes."""
    for file in release.files:
        if match := DATA.fullmatch(file.path):
            data = release.read(file)
            try:
                edition = json.loads(data)
                read(edition)
                str(edition["name"])
            except NO_EDITION as error:
                path = paths.shown(release.folder / file.path)
                raise OutputError(f"{path} is not the data of a brief") from error
            yield match[1], edition
