"""Compare two sets of editions: find what a reader would see changed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from press.build import score
from press.build.score import Measure
from press.content.model.releases import Score
from press.release.diff.block_changes import Change, changes
from press.release.diff.pieces import SERIES, read
from press.release.diff.value_changes import ChangedValue, values
from press.release.diff.word_spans import shown

__all__ = ["Change", "ChangedValue", "Comparison", "EditionChanges", "compare"]

State = Literal["same", "changed", "added", "removed"]
SCHEMA = 1  # of what `as_json` returns


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What became of one edition."""

    name: str  # such as 'en/health'
    state: State
    title: str  # as plain text, the new one where there is one
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two sets of editions."""

    values: tuple[ChangedValue, ...]
    series: tuple[Change, ...]  # changes of the series that all editions share
    editions: tuple[EditionChanges, ...]
    evidence: bool  # whether the page of all claims says other things
    scores: tuple[tuple[str, tuple[Measure, ...]], ...] = ()  # by edition; no reader sees them

    @property
    def same(self) -> bool:
        """Return True if a reader sees no difference."""
        changed = self.series or self.evidence
        return not changed and all(edition.state == "same" for edition in self.editions)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison for programs."""
        return {
            "schema": SCHEMA,
            "same": self.same,
            **({"evidence": True} if self.evidence else {}),
            "values": list(map(asdict, self.values)),
            "series": _listed(self.series),
            "editions": [
                {"edition": edition.name, "state": edition.state, "title": edition.title}
                | {"changes": _listed(edition.changes)}
                for edition in self.editions
            ],
            **({"scores": list(map(_scored, self.scores))} if self.scores else {}),
        }


def compare(
    old: Mapping[str, Mapping[str, Any]],
    new: Mapping[str, Mapping[str, Any]],
    *,
    evidence: bool = False,
    scores: tuple[Mapping[str, Score], Mapping[str, Score]] = ({}, {}),
) -> Comparison:
    """Return what changed from *old* to *new*: editions as JSON by language and brief, such as 'en/health'.

    *evidence*: whether the page of all claims says other things. *scores*: what is kept of old and new editions.

    Raises:
        KeyError, TypeError, AttributeError, ValueError, RecursionError: one of them is not an edition.
    """
    both = {name: (read(old[name]), read(new[name])) for name in sorted(old.keys() & new.keys())}
    every = {name: tuple(changes(*sides)) for name, sides in both.items()}
    shared = tuple(
        change
        for change in next(iter(every.values()), ())
        if change.section == SERIES and all(change in other for other in every.values())
    )
    editions = []
    for name in sorted(old.keys() | new.keys()):
        title = str((new.get(name) or old[name])["name"])
        own = tuple(change for change in every.get(name, ()) if change not in shared)
        alone: State = "added" if name in new else "removed"
        state: State = alone if name not in both else "changed" if own else "same"
        editions.append(EditionChanges(name, state, title, own))
    kept = tuple(score.changes(*scores))
    return Comparison(values(both), shared, tuple(editions), evidence, kept)


def _scored(score: tuple[str, tuple[Measure, ...]]) -> dict[str, Any]:
    name, changed = score
    rows = [asdict(each) | {"change": each.change, "verdict": each.verdict} for each in changed]
    return {"edition": name, "changes": rows}


def _listed(changes: Iterable[Change]) -> list[dict[str, str]]:
    return [
        asdict(change) | {"old": shown(change.old), "new": shown(change.new)} for change in changes
    ]
