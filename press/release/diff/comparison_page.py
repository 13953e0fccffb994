"""Write a comparison as a page that needs no other file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from press.build.site_pages import NEUTRAL
from press.ground.paths import Folders
from press.page.compose import Composer
from press.page.embed import embed
from press.release.diff.comparison import Comparison, EditionChanges
from press.release.diff.comparison_text import name_of
from press.release.diff.value_changes import ChangedValue
from press.release.diff.word_spans import visible


@dataclass(frozen=True)
class Head:
    """What is printed above the comparison."""

    old: str
    new: str
    unfit: tuple[str, ...]  # what was not compared
    edition: Mapping[str, Any]  # one of those compared, as JSON: it names the series
    partial: bool = False  # whether there was a mistake, or an edition that was not compared


def written(head: Head, comparison: Comparison, folders: Folders) -> bytes:
    """Return *comparison* as a page."""
    series, publisher, released = (
        visible(str(head.edition.get(key, ""))) for key in ("series", "publisher", "released")
    )
    page = Composer(folders.template_folders).fill(
        "site/diff.html.j2",
        accent=NEUTRAL,
        house=NEUTRAL,
        logo=None,
        accents=[NEUTRAL],
        series={"name": series, "publisher": publisher},
        released=released,
        head=head,
        comparison=comparison,
        values=tuple(map(_line, comparison.values)),
        parts=tuple(_parts(comparison)),
    )
    return embed(page, "en", {}, folders.fonts)


def _line(value: ChangedValue) -> dict[str, str]:
    """Return a value that changed, and the editions where it is printed, each with its blocks."""
    where = "; ".join(
        f"{visible(edition)}: {', '.join(visible(place.block) for place in places)}"
        for edition, places in groupby(value.where, attrgetter("edition"))
    )
    texts = {"name": name_of(value), "old": value.old, "new": value.new}
    return {key: visible(text) for key, text in texts.items()} | {"where": where}


def _parts(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """Yield what changed in all editions, which has no name, then in each."""
    series = EditionChanges("", "changed", "", comparison.series)
    for number, edition in enumerate((series, *comparison.editions)):
        if number or comparison.series:
            yield {
                "id": f"edition-{number}" if number else "series",
                "name": visible(edition.name),
                "language": visible(edition.name).partition("/")[0],
                "state": edition.state,
                "title": visible(edition.title),
                "changes": edition.changes,
            }
