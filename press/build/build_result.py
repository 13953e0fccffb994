"""Say what a run came to, as values for a summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from press.content.model.releases import Score
    from press.problems import Problem


@dataclass(frozen=True)
class Row:
    """One edition in the summary at the end of a build."""

    language: str
    brief: str
    status: str  # draft or final, or stale
    made: str  # new, kept, or stale
    pages: int  # of its print, 0 without one
    words: int
    short_pages: int  # of its short form
    short_words: int
    sizes: Mapping[str, int]  # of its files, in bytes, by format
    mended: str = ""  # what its setting mended, and how

    def as_json(self, formats: Iterable[str]) -> dict[str, Any]:
        """Return the row for programs, with a size for each of *formats*."""
        row = {name: value for name, value in vars(self).items() if name != "sizes"}
        return row | {f"{name}_bytes": self.sizes.get(name, 0) for name in formats}


@dataclass(frozen=True)
class Report:
    """What one edition rests on, and how far it keeps the rules."""

    language: str
    brief: str
    by_basis: Mapping[str, int]  # how many claims it prints
    by_use: Mapping[str, int]
    score: Score
    set_aside: tuple[str, ...]  # 'block: rule (reason; by)'


@dataclass(frozen=True)
class Coverage:
    """What becomes of the claims of one topic."""

    topic: str  # the name of their file
    claims: int
    printed: Mapping[str, int]  # by brief
    restricted: int  # that may not be printed, or as background only, and are not
    unused: int  # that might be printed, and are in no brief


@dataclass(frozen=True)
class Planned:
    """An edition that would be made anew, and why."""

    language: str
    brief: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    status: int
    problems: tuple[Problem, ...]
    rows: tuple[Row, ...]
    unchanged: bool = False  # nothing was made and nothing written
    reports: tuple[Report, ...] = ()  # of a check
    coverage: tuple[Coverage, ...] = ()  # likewise
    # likewise: source -> the day when its passages were compared with its text, or ''
    verified: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()  # files of briefs that no longer exist
    written: int = 0  # files that are new or have changed
    left: tuple[str, ...] = ()  # files that were not asked for and are out of date
    planned: tuple[Planned, ...] | None = None  # of a plan: what would be made anew
    held: tuple[str, ...] = ()  # of a plan: editions that have a mistake, and would not be made
    edited: tuple[str, ...] = ()  # of a plan: outputs that are not as they were built
    message: str = ""  # why nothing could be done, where it is no problem of the content
