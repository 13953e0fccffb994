"""Read the scores that releases have kept of their editions."""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from press.content.model.releases import Score
from press.ground import paths
from press.problems import OutputError
from press.release import shelf
from press.release.shelf import Release

SCORES = TypeAdapter(dict[str, Score])


@dataclass(frozen=True)
class Since:
    """The scores of a release, with which others are compared."""

    release: str
    scores: dict[str, Score] = field(default_factory=dict)  # by edition, such as 'en/health'
    message: str = ""  # why there are none


def scores_of(release: Release) -> dict[str, Score]:
    """Return the scores of its editions by their names; none of a release that was made before scores were kept.

    Raises:
        OutputError: its manifest has something else in their place.
    """
    try:
        return SCORES.validate_python(release.facts.get("scores", {}))
    except ValueError as error:
        path = paths.shown(release.folder / shelf.MANIFEST)
        raise OutputError(f"the scores in {path} are not those of a release") from error


def latest(releases: Path) -> Since | None:
    """Return the scores of the latest release in the folder *releases*, None where there is none."""
    for name in shelf.ids(releases)[-1:]:
        try:
            scores = scores_of(shelf.opened(releases / name))
        except OutputError as error:  # what is wrong with a release is for `verify` to say
            return Since(name, {}, str(error))
        return Since(name, scores, "" if scores else f"release {name} has kept none")
    return None
