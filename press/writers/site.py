"""The pages beside the briefs: what was built in, `index.html` and `evidence.html` out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from press.compose import Composer
    from press.model import Series


NEUTRAL = "#33413e"  # the accent of what belongs to no audience


@dataclass(frozen=True)
class Entry:
    """One edition as the index lists it."""

    language: str
    brief: str
    label: str
    name: str
    summary: str
    accent: str
    draft: bool
    stale: bool
    html: str  # path from the index, or '' where there is none
    pdf: str
    pages: int
    html_kilobytes: int
    pdf_kilobytes: int


@dataclass(frozen=True)
class News:
    """What the index of a release tells beside its editions."""

    release: str  # its id
    before: str  # the id of the one before it
    changes: str  # what changed since, as text


def index(
    composer: Composer,
    series: Series,
    entries: list[Entry],
    released: str,
    news: News | None = None,
) -> str:
    """Return the page that lists all editions."""
    return composer.fill(
        "site/index.html.j2",
        series=series,
        entries=entries,
        released=released,
        news=news,
        accent=_accent(entries),
    )


def evidence(
    composer: Composer, series: Series, claims: list[dict[str, Any]], released: str, citation: str
) -> str:
    """Return the map of all claims: what they say, where, and which brief rests on them."""
    return composer.fill(
        "site/evidence.html.j2",
        series=series,
        claims=claims,
        released=released,
        citation=citation,
        accent=NEUTRAL,
    )


def _accent(entries: list[Entry]) -> str:
    return entries[0].accent if len({entry.accent for entry in entries}) == 1 else NEUTRAL
