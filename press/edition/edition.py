"""Describe an edition, a brief in one language: all that an output needs, nothing that is meant for other readers.

One file, since it is one value: to write an output, read it whole.

Text is a tuple of parts, `Par` and `Bullets`, which hold inline parts: runs, numbers, marks and so on.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A claim's value as it is printed."""

    text: str
    claim: str
    value: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The numbers of the evidence notes for the words before them."""

    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words set apart."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words stressed."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead elsewhere."""

    href: str
    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language."""

    language: str
    children: "Inlines"


Inline = Run | Number | Marks | Strong | Emphasis | Link | Foreign
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Par:
    """One paragraph."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item holds paragraphs."""

    items: "tuple[Parts, ...]"
    ordered: bool


Part = Par | Bullets
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class BlockForm:
    """What every block has."""

    id: str
    depth: str = dataclasses.field(default="brief", kw_only=True)  # from which on it is shown

    @property
    def kind(self) -> str:
        """Its kind, a key of KINDS."""
        return kind_of(type(self))


def kind_of(form: type) -> str:
    """Return the kind whose form this is: 'key_figures' of KeyFigures."""
    return re.sub(r"\B(?=[A-Z])", "_", form.__name__).lower()


@dataclass(frozen=True, slots=True)
class Framed(BlockForm):
    """What a block has whose claims somebody speaks who is named once, above it."""

    frame: Inlines = dataclasses.field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Paragraph(Framed):
    """Running text."""

    text: Parts
    short: Parts = ()


@dataclass(frozen=True, slots=True)
class Message(BlockForm):
    """The main message or a key message, with the bases of its claims."""

    text: Inlines
    bases: "tuple[Basis, ...]"
    short: Inlines = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What kind of evidence a claim is, and whether it is clear."""

    name: str  # a key of model.Basis, or 'later': a source that is later than the series' own evidence
    unclear: bool = False
    dated: str = ""  # the year of another source that is not later


@dataclass(frozen=True, slots=True)
class Datum:
    """A labelled value of a figure; without a number it says that the source states none."""

    label: Inlines
    shown: str = ""  # nothing where the source states no value
    share: float = 0.0  # of the figure's widest bar or of its whole, 0 to 100
    open: bool = False  # the bound leaves the edge open
    unit: str = ""
    dating: str = ""  # '2011–2012', or nothing where the source states no year
    derived: str = ""  # the sum by which we worked it out
    rounded: bool = False  # it comes only near to that sum
    note: int = 0  # its evidence note
    low: float = 0.0  # of a range, or the value itself
    high: float = 0.0
    bound: str = "exact"
    interval: tuple[float, ...] = ()  # its ends
    first: int = 0  # year, 0 where the source states none
    last: int = 0
    role: str = ""  # in a chart that compares: marked, then, now, target or note
    series: Inlines = ()  # of a bar in a group


@dataclass(frozen=True, slots=True)
class Map:
    """Which areas of a file of areas are marked, and what its file says of itself."""

    file: str  # a key of the library's maps
    digest: str  # sha256 of what it shows
    source: str
    date: str
    borders: str
    disputed: str  # names in words: 'A and B'
    marked: tuple[tuple[str, int, str], ...]  # area, its class, the words on it
    classes: int
    named: tuple[str, ...]
    frame: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure(BlockForm):
    """Values as a picture, with the same values as a table."""

    form: str  # a name of model.Figure.forms
    title: Inlines
    subtitle: Inlines
    source: Inlines
    alternative: str
    data: tuple[Datum, ...]
    names: tuple[str, ...] = ()  # of the members on a map
    spec: str = ""  # an author's own specification, as JSON
    no_effect: int | None = None  # of intervals: the value that stands for no effect
    start: str = ""  # of lines: where the axis begins, '' for zero
    caveat: Inlines = ()
    figure: int = 0  # its number in the brief
    map: Map | None = None


@dataclass(frozen=True, slots=True)
class Table(Framed):
    """Rows and columns of text."""

    title: Inlines
    columns: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A dated value of the country."""

    dating: str  # '2017'
    bound: str  # 'at least', or nothing
    shown: str  # '6–7%'
    label: Inlines  # of what; it ends with the mark of its note
    later: bool  # from a source that is later than the series' own


@dataclass(frozen=True, slots=True)
class KeyFigures(BlockForm):
    """The country in figures."""

    title: Inlines
    rows: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Problem(BlockForm):
    """What the alternatives after it answer."""

    text: Inlines


@dataclass(frozen=True, slots=True)
class Alternative(BlockForm):
    """A column of the table of alternatives."""

    who: Inlines
    does: Inlines
    by: str  # 'December 2027', or '' for not stated
    takes: Inlines
    harm: Inlines
    sign: Inlines
    origin: str  # stated or derived
    name: Inlines = ()
    legal: Inlines = ()
    benefit: Inlines = ()
    priced: Inlines = ()
    pays: Inlines = ()
    gains: Inlines = ()
    loses: Inlines = ()
    status_quo: bool = False
    preferred: Inlines = ()  # the reason, where it is the preferred one


@dataclass(frozen=True, slots=True)
class Step(BlockForm):
    """Something that is to be done next."""

    who: Inlines
    does: Inlines
    by: str  # 'December 2027'
    month: int  # since that of the release
    asked: bool  # by the same month as the ask
    takes: Inlines = ()
    short: Inlines = ()


@dataclass(frozen=True, slots=True)
class Ask(BlockForm):
    """What is asked of the reader."""

    text: Inlines
    basis: Inlines


@dataclass(frozen=True, slots=True)
class Note(Framed):
    """A remark set apart."""

    text: Parts
    short: Parts = ()


@dataclass(frozen=True, slots=True)
class Objection(BlockForm):
    """What a reader would object, in quotation marks, and the answer."""

    says: Inlines
    answer: Parts
    short: Parts = ()


@dataclass(frozen=True, slots=True)
class Gaps(BlockForm):
    """What is not known."""

    items: tuple[Inlines, ...]
    short: tuple[Inlines, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote(BlockForm):
    """A signed statement."""

    words: Parts
    who: str
    role: str
    institution: str
    date: str  # 'November 24, 2026'


@dataclass(frozen=True, slots=True)
class Image(BlockForm):
    """A picture from `images/`."""

    asset: str  # the name under which compose and print find its bytes
    digest: str  # sha256 of these bytes
    width: int  # pixels
    height: int
    alternative: str
    caption: Inlines
    dim: bool  # a dark screen would show through, and hide some of it


Block = (
    Paragraph
    | Message
    | Figure
    | Table
    | KeyFigures
    | Problem
    | Alternative
    | Step
    | Ask
    | Note
    | Objection
    | Gaps
    | Quote
    | Image
)


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks of one section, in order."""

    name: str  # a field of model.Sections
    blocks: tuple[Block, ...]
    opener: Inlines = ()  # a key sentence beside its heading
    frame: Inlines = ()  # who speaks in it


@dataclass(frozen=True, slots=True)
class Share:
    """A value that is a part of a whole."""

    shown: str  # '10.3%', or several: '10.3%, 49.7%'
    whole: Inlines  # nothing where the source does not state it
    counted: bool  # the whole says how many


@dataclass(frozen=True, slots=True)
class Evidence:
    """An evidence note: the claim that a mark cites, and how certain it is."""

    number: int
    claim: str  # its id
    ref: str
    text: Inlines
    basis: Basis
    dated: bool
    source: str
    mark: str  # of the source, '' where the series has only one that is not outside
    locator: str
    year: str  # '2011–2012', or '' where the source states none
    caveat: Inlines
    references: tuple[str, ...]
    searched: str = ""  # 'March 2018', until when a review searched for studies
    certainty: str = ""  # a rating: 'low'
    rater: str = ""  # whose rating it is
    population: Inlines = ()
    comparator: Inlines = ()
    studies: str = ""  # how many: '55'
    participants: str = ""  # '12,500'
    shares: tuple[Share, ...] = ()  # of what they are
    differs: Inlines = ()  # why another source has another value
    depth: str = "brief"  # screen: nothing that is printed cites it


@dataclass(frozen=True, slots=True)
class Record:
    """A source as it is cited."""

    id: str
    citation: str
    kind: str  # a key of model.SourceKind
    latest: str
    mark: str  # 'R1' for what became known elsewhere since; else that of its notes
    outside: bool
    addresses: tuple[str, ...]
    seen: str  # month in which it was last looked at, or ''
    lacks: tuple[str, ...] = ()  # title, author or issued, which the source does not state
    unstated: str = ""  # the reason
    notes: tuple[int, ...] = ()  # that rest on it
    depth: str = "brief"  # likewise


@dataclass(frozen=True, slots=True)
class Logo:
    """A sign of the issuer or of a partner."""

    asset: str  # the name under which compose and print find its bytes
    width: int
    height: int
    name: str  # whose it is


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in a brief that was handed out, and what is right."""

    supersedes: str  # the release that was wrong: '2026-11-24.1'
    text: str


@dataclass(frozen=True)  # without slots: it keeps its JSON
class Edition:
    """One brief in one language."""

    brief: str
    language: str
    label: str
    status: str
    accent: str
    series: str
    publisher: str
    contact: str
    licence: str
    release: str  # 2026-11-24
    released: str  # November 2026
    latest: str  # the latest dated figures of the series' sources: '2012', '2012 and 2018', or ''
    aged: bool  # one of these is undated, or older than what is told in the present
    works: tuple[str, ...]  # what the series' sources are: 'review', 'study' or 'source'
    title: Inlines
    name: str  # the title as plain text
    summary: str
    sections: tuple[Section, ...]
    notes: tuple[Evidence, ...]
    sources: tuple[Record, ...]
    address: str = ""  # of its page on the web, or '' where the series names none
    funder: str = ""
    disclaimer: str = ""
    logo: Logo | None = None  # of the publisher
    logos: tuple[Logo, ...] = ()  # of partners
    colour: str = ""  # of the house; '' for the accent
    paper: str = "A4"
    number: str = ""  # in the publisher's series: '2026/3'
    authors: tuple[str, ...] = ()
    authors_withheld: str = ""  # why no person is named
    reviewers: tuple[str, ...] = ()
    interests: str = ""
    correction: Correction | None = None
    subject: str = ""  # of the mail; '' for the title
    depth: str = "screen"  # how much of the brief it has

    @property
    def draft(self) -> bool:
        """Return True if it is not to be handed out yet."""
        return self.status == "draft"

    @cached_property
    def json(self) -> str:
        """The text of `data/<language>/<brief>.json`."""
        return to_json(self)

    @cached_property
    def digest(self) -> str:
        """A digest of all that is in the edition: that of its data."""
        return hashlib.sha256(self.json.encode()).hexdigest()

    def voices(self) -> tuple[str, ...]:
        """Return who speaks, and on whose behalf: what every page and print of it has to say."""
        named = (*self.authors, *self.reviewers, self.authors_withheld, self.interests)
        return (self.publisher, self.contact, self.number, self.funder, *named)

    def blocks(self) -> Iterator[Block]:
        """Yield every block in the order in which it is printed."""
        for section in self.sections:
            yield from section.blocks


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a dataclass
    return tuple(each.name for each in dataclasses.fields(kind))


def as_json(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Return *value* in JSON's types; a part of a text says its `type`."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {name: as_json(getattr(value, name)) for name in _names(type(value))}
        if isinstance(value, BlockForm):
            return {"kind": value.kind, **fields}
        name = type(value).__name__.lower()
        return fields if isinstance(value, WITHOUT_TYPE) else {"type": name, **fields}
    return [as_json(item) for item in value] if isinstance(value, tuple) else value


WITHOUT_TYPE = (
    Edition,
    Section,
    Evidence,
    Record,
    Basis,
    Share,
    Datum,
    KeyFigure,
    Map,
    Logo,
    Correction,
)


def to_json(edition: Edition) -> str:
    """Return *edition* as JSON, one value a line."""
    facts = as_json(edition)
    for each in dataclasses.fields(edition):
        if each.name in {"subject", "depth"} and getattr(edition, each.name) == each.default:
            del facts[each.name]
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def plain_text(parts: Parts | Inlines) -> str:
    """Return the plain text of *parts*, without note marks."""
    words = []
    for part in parts:
        if isinstance(part, Run | Number):
            words.append(part.text)
        elif isinstance(part, Bullets):
            words.append(" ".join(plain_text(item) for item in part.items))
        elif not isinstance(part, Marks):
            words.append(plain_text(part.children))
    return (" " if parts and isinstance(parts[0], Par | Bullets) else "").join(words)


def named_texts(thing: Block | Evidence) -> Iterator[tuple[str, str]]:
    """Yield the plain text of each line and paragraph of a block or a note, with the name of its field.

    A short text is in none: it takes the place of another in the short form.
    """
    for field in dataclasses.fields(thing):
        if field.name != "short":
            yield from ((field.name, text) for text in texts(getattr(thing, field.name)))


def texts(value: object) -> Iterator[str]:
    """Yield the plain text of each line and paragraph in *value*: a block, a note, or parts of one."""
    if isinstance(value, tuple) and value and all(isinstance(part, Inline) for part in value):
        yield plain_text(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, Datum):
        yield from (value.shown, *texts(value.label))
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
