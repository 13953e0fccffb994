"""Describe a finished print in plain values, which can be written as JSON and read back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache

STANDARD = "PDF/A-2a, PDF/UA-1"  # to which prints conform; in keys and file identifiers
LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}  # and where they are
MARGIN = "(margin)"  # the block of text in the margin of a page, such as its number
NO_BLOCK = "(page)"  # the block of text in no element with `data-block`


@dataclass(frozen=True, slots=True)
class Ink:
    """A piece of text that is not where it should be."""

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
    hole_mm: float = 0.0  # height of the largest hole, as `press.print.measure.space` defines it
    hole_block: str = ""  # the block above it, or else the one below
    hole_ends_page: bool = False  # nothing comes below it


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
    """The first or last line of a paragraph, alone on its page or in its column."""

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
class Unproved:
    """Where a PDF does not tell what its page says."""

    block: str  # NO_BLOCK for the document as a whole
    what: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a print: only what is wrong, and the measures that the checks need."""

    pages: int
    complaints: tuple[str, ...] = ()  # of the engine, of Pango and of fontconfig
    denied: tuple[str, ...] = ()  # URLs other than of assets
    families: tuple[str, ...] = ()  # font families that are missing
    unproved: tuple[Unproved, ...] = ()
    foreign_tags: str = ""  # the version of the engine whose own tags the PDF has, in place of ours
    ink: tuple[Ink, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    blocks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # id -> pages, ascending
    letters: Mapping[str, int] = field(default_factory=dict)  # id -> letters and digits printed
    stranded: tuple[Stranded, ...] = ()
    split: tuple[Split, ...] = ()
    lone: tuple[Lone, ...] = ()
    titles: tuple[Title, ...] = ()
    # id -> characters of each full line of running text
    measures: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    # id -> pixels to the inch of its picture
    resolutions: Mapping[str, float] = field(default_factory=dict)
    smallest: Smallest | None = None  # of the body, except what is raised or lowered
    smallest_mark: Smallest | None = None  # of what is raised or lowered

    def to_json(self) -> str:
        """Return the facts as text; the same facts give the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> "Facts":
        """Return the facts that `to_json` made text of."""
        return _reader()(text)


@cache
def _reader() -> Callable[[str], Facts]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - a print server does without

    return TypeAdapter(Facts).validate_json


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF, and what is known of it."""

    pdf: bytes
    facts: Facts
