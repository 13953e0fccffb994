"""Write a comparison as a page that needs no other file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Self

from press.build.site_pages import NEUTRAL
from press.ground.paths import Folders
from press.page.compose import Composer
from press.page.embed import embed
from press.release.diff.block_changes import Change
from press.release.diff.comparison import Comparison
from press.release.diff.comparison_text import heading, name_of
from press.release.diff.value_changes import ChangedValue
from press.release.diff.word_spans import visible


@dataclass(frozen=True)
class SeriesHead:
    """The series that the briefs belong to."""

    name: str
    publisher: str
    released: str  # November 2026

    @classmethod
    def of(cls, edition: Mapping[str, Any]) -> Self:
        """Return the series of *edition*, as JSON."""
        facts = (str(edition.get(key, "")) for key in ("series", "publisher", "released"))
        return cls(*map(visible, facts))


@dataclass(frozen=True)
class Head:
    """What is printed above the comparison."""

    old: str
    new: str
    unfit: tuple[str, ...]  # what was not compared
    series: SeriesHead


@dataclass(frozen=True)
class Line:
    """A value that changed."""

    name: str
    old: str
    new: str
    where: str  # editions, each with its blocks


@dataclass(frozen=True)
class ComparedEdition:
    """What changed in one edition, or, without a name, in all of them."""

    id: str
    name: str
    language: str
    state: str
    title: str
    changes: tuple[tuple[Change, str], ...]  # each with what it is about


def written(head: Head, comparison: Comparison, folders: Folders) -> bytes:
    """Return *comparison* as a page."""
    page = Composer(folders.templates).fill(
        "site/diff.html.j2",
        accent=NEUTRAL,
        accents=[NEUTRAL],
        series=head.series,
        released=head.series.released,
        head=head,
        comparison=comparison,
        values=tuple(map(_line, comparison.values)),
        parts=tuple(_parts(comparison)),
    )
    return embed(page, "en", {}, folders.fonts)


def _line(value: ChangedValue) -> Line:
    where = "; ".join(
        f"{visible(edition)}: {', '.join(visible(place.block) for place in places)}"
        for edition, places in groupby(value.where, lambda place: place.edition)
    )
    return Line(visible(name_of(value)), visible(value.old), visible(value.new), where)


def _parts(comparison: Comparison) -> Iterator[ComparedEdition]:
    if comparison.series:
        yield ComparedEdition("series", "", "", "changed", "", _headed(comparison.series))
    for number, edition in enumerate(comparison.editions, 1):
        name, title = visible(edition.name), visible(edition.title)
        language = name.partition("/")[0]
        changes = _headed(edition.changes)
        yield ComparedEdition(f"edition-{number}", name, language, edition.state, title, changes)


def _headed(changes: tuple[Change, ...]) -> tuple[tuple[Change, str], ...]:
    return tuple((change, heading(change)) for change in changes)
