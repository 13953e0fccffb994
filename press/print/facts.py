"""What is known of a finished print: plain values in, one JSON object out, and back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MARGIN = (
    "(margin)"  # the block of text that stands in the page's margin, as headers and page numbers do
)
NO_BLOCK = "(page)"  # the block of text that stands in no element with `data-block`


@dataclass(frozen=True, slots=True)
class Ink:
    """A piece of text that does not stand where it should."""

    page: int  # from 1
    block: str
    text: str
    fault: str  # such as "leaves its cell sideways by 3.1 mm"


@dataclass(frozen=True, slots=True)
class Sheet:
    """How full one page is."""

    page: int  # from 1
    filled_mm: float  # from the top of the type area down to the lowest ink, footnotes aside
    area_mm: float  # height of the type area
    words: int  # margins aside
    hole_mm: float = 0.0  # height of the largest hole; `press.print.measure.space` says what one is
    hole_block: str = ""  # the block above it, or else the one below


@dataclass(frozen=True, slots=True)
class Stranded:
    """A heading that ends its page or column while what it heads begins on the next."""

    page: int
    block: str
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """An element that should stay whole but begins on *page* and ends elsewhere."""

    page: int
    block: str
    tag: str


@dataclass(frozen=True, slots=True)
class Lone:
    """The first or last line of a paragraph that stands on a page or in a column without another of it."""

    page: int
    block: str
    text: str
    end: str  # "first" or "last"


@dataclass(frozen=True, slots=True)
class Title:
    """A heading of the first level."""

    block: str
    lines: int
    last_words: int  # on its last line


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest text of a kind."""

    points: float
    block: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a print says of itself: only what is wrong, and the measures that the checks need."""

    pages: int
    complaints: tuple[str, ...] = ()  # of the engine, of Pango and of fontconfig
    denied: tuple[str, ...] = ()  # URLs that are no assets
    families: tuple[str, ...] = ()  # font families that the print does not have
    ink: tuple[Ink, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    blocks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # id -> pages, ascending
    letters: Mapping[str, int] = field(default_factory=dict)  # id -> letters and digits printed
    stranded: tuple[Stranded, ...] = ()
    split: tuple[Split, ...] = ()
    lone: tuple[Lone, ...] = ()
    titles: tuple[Title, ...] = ()
    measures: Mapping[str, tuple[int, ...]] = field(
        default_factory=dict
    )  # id -> characters of each full line of running text
    smallest: Smallest | None = None  # of the body, but what is raised or lowered
    smallest_mark: Smallest | None = None  # of what is raised or lowered

    def to_json(self) -> str:
        """Write the facts down; the same facts give the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """Read what `to_json` wrote."""
        raw: dict[str, Any] = json.loads(text)
        return cls(
            pages=raw["pages"],
            complaints=tuple(raw["complaints"]),
            denied=tuple(raw["denied"]),
            families=tuple(raw["families"]),
            ink=tuple(Ink(**each) for each in raw["ink"]),
            sheets=tuple(Sheet(**each) for each in raw["sheets"]),
            blocks={block: tuple(pages) for block, pages in raw["blocks"].items()},
            letters=raw["letters"],
            stranded=tuple(Stranded(**each) for each in raw["stranded"]),
            split=tuple(Split(**each) for each in raw["split"]),
            lone=tuple(Lone(**each) for each in raw["lone"]),
            titles=tuple(Title(**each) for each in raw["titles"]),
            measures={block: tuple(counts) for block, counts in raw["measures"].items()},
            smallest=_smallest(raw["smallest"]),
            smallest_mark=_smallest(raw["smallest_mark"]),
        )


def _smallest(raw: dict[str, Any] | None) -> Smallest | None:
    return None if raw is None else Smallest(**raw)


@dataclass(frozen=True, slots=True)
class Print:
    """A finished PDF, and what is known of it."""

    pdf: bytes
    facts: Facts
