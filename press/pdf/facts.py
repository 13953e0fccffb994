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
class Smallest:
    """The smallest text of the body; superscripts and subscripts aside."""

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
    smallest: Smallest | None = None

    def to_json(self) -> str:
        """Write the facts down; the same facts give the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """Read what `to_json` wrote."""
        raw: dict[str, Any] = json.loads(text)
        smallest = raw["smallest"]
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
            smallest=None if smallest is None else Smallest(**smallest),
        )


@dataclass(frozen=True, slots=True)
class Print:
    """A finished PDF, and what is known of it."""

    pdf: bytes
    facts: Facts
