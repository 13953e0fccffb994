"""What authors write, as types: each model is the schema of one kind of file or block.

Every scalar arrives as a `Scalar`, a string that knows its place in the file, and stays one: whatever is
found out about it later can point at the line and column where it was typed.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError, core_schema

from press.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

CUT = "the comment behind this text would cut it off; put the text in quotes or under '>-' if '#' belongs to it"

LONGEST = 40  # characters of a wrong text that a message shows


class Typed:
    """A type of scalar: the pattern that it has to match whole, and the words for one that does not."""

    def __init__(self, pattern: str, expected: str, *, markup: str = "") -> None:
        self.pattern, self.expected, self.markup = re.compile(pattern, re.DOTALL), expected, markup

    def __get_pydantic_core_schema__(
        self, _: object, __: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, _: object, __: GetJsonSchemaHandler) -> JsonSchemaValue:
        pattern = {} if self.markup else {"pattern": f"^(?:{self.pattern.pattern})$"}
        return {"type": "string", "description": self.expected, **pattern}

    def check(self, value: object) -> Scalar:
        """Return *value* itself.

        Raises:
            PydanticCustomError: if it is no text, is cut off by a comment, or does not match.
        """
        if not isinstance(value, Scalar):
            raise refused(f"expected {self.expected}, found {found(value)}")
        if value.cut:
            raise refused(CUT, rule="comment")
        if not self.pattern.fullmatch(value):
            shown = value if len(value) <= LONGEST else value[:LONGEST] + "…"
            raise refused(
                f"expected {self.expected}, found '{shown}'"
                if value
                else f"expected {self.expected}"
            )
        return value


def refused(message: str, *, rule: str = "schema") -> PydanticCustomError:
    """Return the error that the reader turns into a problem with these words."""
    return PydanticCustomError("press", "{message}", {"message": message, "rule": rule})


def found(value: object) -> str:
    """Return what was found in the place of a text, in words."""
    if isinstance(value, bool):
        return str(value).lower()
    return "keys" if isinstance(value, dict) else "a list" if isinstance(value, list) else "nothing"


# Markdown of several paragraphs, Markdown of one line, and text without any markup.
Text = Annotated[Scalar, Typed(r".*\S.*", "a text in Markdown", markup="blocks")]
Line = Annotated[Scalar, Typed(r".*\S.*", "a line of text in Markdown", markup="line")]
Plain = Annotated[Scalar, Typed(r"[^\n]*\S[^\n]*", "a line of plain text")]
Note = Annotated[Scalar, Typed(r".*\S.*", "a note to the editor; it is in no output")]

ClaimId = Annotated[
    Scalar, Typed(r"[a-z][a-z0-9_]{0,79}", "an id of lower-case letters, digits and '_'")
]
BlockId = Annotated[
    Scalar, Typed(r"[a-z][a-z0-9-]{0,79}", "an id of lower-case letters, digits and '-'")
]
ValueRef = Annotated[
    Scalar,
    Typed(
        r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", "a claim and its value, such as 'syringe_points.total'"
    ),
]
Ref = Annotated[
    Scalar, Typed(r"[A-Z][0-9]{1,4}(\.[0-9]{1,2})?", "a row in the table of claims, such as 'C045'")
]
Locator = Annotated[
    Scalar, Typed(r"[A-Z][0-9]{1,4}(\.[0-9]{1,3})?", "a passage's locator, such as 'P4.2'")
]
Fingerprint = Annotated[
    Scalar, Typed(r"[0-9a-f]{64}", "the sha256 of the passage, 64 lower-case hex digits")
]
Number = Annotated[
    Scalar,
    Typed(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?", "a number in digits, such as '48' or '3.5'"),
]
Range = Annotated[
    Scalar,
    Typed(r"[0-9]{1,15}(\.[0-9]{1,9})?-[0-9]{1,15}(\.[0-9]{1,9})?", "a range, such as '6-7'"),
]
Fraction = Annotated[Scalar, Typed(r"[1-9][0-9]?/[1-9][0-9]?", "a fraction, such as '1/3'")]
Sum = Annotated[
    Scalar,
    Typed(r"[0-9]+(\.[0-9]+)? [-+] [0-9]+(\.[0-9]+)?", "a sum of two numbers, such as '48 - 7'"),
]
Years = Annotated[
    Scalar,
    Typed(
        r"(1[89]|20)[0-9]{2}(-(1[89]|20)[0-9]{2})?|not stated",
        "a year, '2011-2012', or 'not stated'",
    ),
]
Month = Annotated[Scalar, Typed(r"20[0-9]{2}-(0[1-9]|1[0-2])", "a month, such as '2027-12'")]
Colour = Annotated[
    Scalar, Typed(r"#[0-9a-f]{6}", "a colour of '#' and six lower-case hex digits, in quotes")
]
Image = Annotated[
    Scalar,
    Typed(
        r"[a-z0-9][a-z0-9_-]*\.(png|jpg|jpeg)", "the name of a PNG or JPEG file in content/images/"
    ),
]
Address = Annotated[
    Scalar,
    Typed(
        r"(https://[a-z0-9.-]+\.[a-z]{2,}(/[A-Za-z0-9._~/-]*)?|[A-Za-z0-9._+-]+@[a-z0-9.-]+\.[a-z]{2,})",
        "a web address with https:// or a mail address",
    ),
]
Whole = Annotated[int, Field(ge=0, le=1_000_000)]


def a_date(value: object) -> dt.date:
    """Return the day that a scalar such as '2026-11-24' names."""
    try:
        if isinstance(value, Scalar) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise refused(f"expected a date such as 2026-11-24, found '{str(value)[:40]}'")


class DateType:
    """A day, typed as 2026-11-24."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _: object, __: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(a_date)

    @classmethod
    def __get_pydantic_json_schema__(cls, _: object, __: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "format": "date"}


Day = Annotated[dt.date, DateType()]
Basis = Literal["official", "document", "expert", "reported", "cited", "own", "outside"]
Use = Literal["ok", "caveat", "background", "do_not_use"]
Kind = Literal["fact", "statistic", "estimate", "judgement", "forecast", "quote", "proposal"]
Bound = Literal["exact", "more than", "at least", "up to", "about"]
Language = Literal["en"]
Status = Literal["draft", "final"]


class Strict(BaseModel):
    """A mapping with these keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Series(Strict):
    """`content/series.yaml`: what all briefs share."""

    name: Plain
    publisher: Plain
    contact: Address
    licence: Literal["CC BY 4.0"]
    release: Day  # the only date in the outputs
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]


class Thresholds(Strict):
    """How much is too much."""

    pages: Whole | None = None  # A4, the whole print
    html_kilobytes: Whole | None = None
    pdf_kilobytes: Whole | None = None


class Limits(Strict):
    """`content/limits.yaml`: every threshold of the checks; an audience's or a language's own ones win."""

    all: Thresholds
    audiences: dict[BlockId, Thresholds] = {}
    languages: dict[Language, Thresholds] = {}

    def of(self, audience: str, language: str) -> dict[str, int]:
        """Return the thresholds for one edition, by name; what is not set is not in it."""
        own = [self.all]
        own += [some for key, some in self.languages.items() if key == language]
        own += [some for name, some in self.audiences.items() if name == audience]
        known: dict[str, int] = {}
        for thresholds in own:
            known |= thresholds.model_dump(exclude_none=True)
        return known


class Passage(Strict):
    """A sentence of a source, known by its locator: what is in it, never the sentence itself."""

    fingerprint: Fingerprint
    values: tuple[Plain, ...] = ()  # as 'more than 90%', '2011-2012', '1/3'
    references: tuple[Plain, ...] = ()  # the source's own reference marks


class Source(Strict):
    """`content/sources/<id>.yaml`: a published review: its record and the index of its passages."""

    citation: Plain
    kind: Plain
    latest: Years  # the latest dated figure in it
    made: Text | None = None
    passages: dict[Locator, Passage]


class Value(Strict):
    """A number that a claim states, with all that may not be lost on the way to paper."""

    forms: ClassVar = ("number", "range", "fraction", "derived", "counted")
    number: Number | None = None
    range: Range | None = None
    fraction: Fraction | None = None
    derived: Sum | None = None  # worked out by us from two values of the passage
    counted: tuple[Plain, ...] | None = None  # names, counted by us
    bound: Bound = "exact"
    unit: Plain  # 'percent' prints as a sign, all others are for the data table
    year: Years | None = None  # the claim's, if not given

    @model_validator(mode="after")
    def one_form(self) -> Value:
        """Refuse a value that is given in no form, or in two."""
        if sum(getattr(self, form) is not None for form in self.forms) != 1:
            raise refused(f"a value needs exactly one of {', '.join(self.forms)}")
        return self


class Claim(Strict):
    """What a source says at one place, in our words."""

    ref: Ref
    source: BlockId
    locator: Locator
    claim: Line
    values: dict[ClaimId, Value] = {}
    references: tuple[Plain, ...] = ()
    year: Years
    kind: Kind
    basis: Basis
    use: Use
    dated: bool = False
    unclear: bool = False
    caveat: Line | None = None
    note: Note | None = None

    @model_validator(mode="after")
    def caveat_given(self) -> Claim:
        """Refuse a verdict 'caveat' without the caveat that goes with it."""
        if self.use == "caveat" and self.caveat is None:
            raise refused("a claim whose use is 'caveat' needs a caveat, to be printed with it")
        return self


class Free(Strict):
    """A number that no claim has to stand behind, with the reason."""

    text: Plain
    reason: Plain


class Block(Strict):
    """A piece of a brief, for all audiences or for some."""

    audiences: Annotated[tuple[BlockId, ...], Field(min_length=1)] | None = None
    free: tuple[Free, ...] = ()


class Paragraph(Block):
    """Running text: one or more paragraphs, or a list."""

    text: Text


class Message(Block):
    """The main message, or a key message: full sentences that can be read alone."""

    text: Line


class Datum(Strict):
    """A labelled value in a figure."""

    label: Line
    value: ValueRef


class Cell(Strict):
    """A tile: a value, or the open admission that the source states none."""

    label: Line
    value: ValueRef | None = None  # none: printed as 'not stated'
    dating: Line | None = None


class Figure(Block):
    """Claims' values as a picture: the parts of a whole, a share with an open edge, bars, or tiles."""

    forms: ClassVar = ("parts", "share", "bars", "tiles")
    title: Line  # states the finding
    subtitle: Line  # measure, place and period
    source: Line
    alternative: Line  # serves the same purpose for a reader who does not see the figure
    parts: Annotated[tuple[Datum, ...], Field(min_length=2, max_length=6)] | None = None
    share: Datum | None = None
    bars: Annotated[tuple[Datum, ...], Field(min_length=2, max_length=10)] | None = None
    tiles: Annotated[tuple[Cell, ...], Field(min_length=2, max_length=8)] | None = None

    @model_validator(mode="after")
    def one_form(self) -> Figure:
        """Refuse a figure without a form, or with two."""
        if sum(getattr(self, form) is not None for form in self.forms) != 1:
            raise refused(f"a figure needs exactly one of {', '.join(self.forms)}")
        return self


class Table(Block):
    """Rows and columns of text."""

    title: Line
    columns: Annotated[tuple[Line, ...], Field(min_length=2)]
    rows: Annotated[tuple[tuple[Line, ...], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def rows_fit(self) -> Table:
        """Refuse a row that has more or fewer cells than there are columns."""
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise refused(
                    f"row {number} has {len(row)} cells, but there are {len(self.columns)} columns"
                )
        return self


class ProblemBlock(Block):
    """The problem that the options behind it answer."""

    text: Line


class Option(Block):
    """Something that somebody could do: a row of the options table."""

    who: Line
    does: Line
    by: Month | Literal["not stated"]
    takes: Line
    harm: Line
    sign: Line
    origin: Literal[
        "stated", "derived"
    ]  # proposed by the source, or by us for a gap that it reports


class Ask(Block):
    """The one thing that is asked of this reader."""

    text: Line  # `{by}` prints the date
    by: Month
    basis: Line  # what in it is ours


class NoteBlock(Block):
    """A remark set apart from the running text."""

    text: Text


class ImageBlock(Block):
    """A photograph or a drawing from `content/images/`."""

    file: Image
    alternative: Line
    caption: Line | None = None


BLOCKS: dict[str, type[Block]] = {
    "paragraph": Paragraph,
    "message": Message,
    "figure": Figure,
    "table": Table,
    "problem": ProblemBlock,
    "option": Option,
    "ask": Ask,
    "note": NoteBlock,
    "image": ImageBlock,
}  # to add a kind: a model here and a folder of its name in templates/blocks/

Ids = tuple[BlockId, ...]


class Sections(Strict):
    """Which blocks stand in which section, in the order in which they are printed."""

    main: Annotated[Ids, Field(min_length=1, max_length=1)]
    messages: Annotated[Ids, Field(min_length=1)]
    figure: Annotated[Ids, Field(max_length=1)] = ()
    ask: Annotated[Ids, Field(min_length=1, max_length=1)]
    problem: Ids = ()
    evidence: Ids = ()
    options: Ids = ()
    implementation: Ids = ()
    unknown: Ids = ()
    since: Ids = ()
    made: Ids = ()

    def __iter__(self) -> Iterator[tuple[str, Ids]]:  # type: ignore[override]
        return iter((name, getattr(self, name)) for name in type(self).model_fields)


_PROSE = frozenset({"paragraph", "figure", "table", "note", "image"})
KINDS_IN: dict[str, frozenset[str]] = {
    **dict.fromkeys(Sections.model_fields, _PROSE),
    "main": frozenset({"message"}),
    "messages": frozenset({"message"}),
    "figure": frozenset({"figure"}),
    "ask": frozenset({"ask"}),
    "options": _PROSE | {"problem", "option"},
}  # section -> the kinds of block that may stand in it


class Brief(Strict):
    """`content/briefs/<audience>.yaml`: the document for one audience."""

    label: Plain  # 'For health professionals'
    status: Status
    accent: Colour
    title: Line
    summary: Plain | None = None  # for whom and what, in the index of the series
    sections: Sections


class OfficialName(Strict):
    """A name whose number or word is free, since it is part of it."""

    name: Plain
    source: Plain


class Terms(Strict):
    """`content/terms/<lang>.yaml`: the words of one language that the checks know."""

    numbers: dict[Plain, Number]  # cardinal words from two on
    fractions: dict[Plain, Fraction]
    multiples: tuple[Plain, ...]  # words such as 'double', refused and never printed
    official_names: tuple[OfficialName, ...] = ()


def markup(model: BaseModel) -> Iterator[tuple[str, Scalar, str]]:
    """Yield every text in Markdown of *model*: name of its field, the text, and 'blocks' or 'line'."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        yield from _texts(name, value, _markup_of([*field.metadata, field.annotation]))


def _texts(name: str, value: object, kind: str) -> Iterator[tuple[str, Scalar, str]]:
    if isinstance(value, Scalar) and kind:
        yield name, value, kind
    elif isinstance(value, BaseModel):
        yield from markup(value)
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(name, item, kind)


def _markup_of(hints: list[Any]) -> str:
    for hint in hints:
        if isinstance(hint, Typed) and hint.markup and "editor" not in hint.expected:
            return hint.markup
        if inner := _markup_of([*getattr(hint, "__metadata__", ()), *get_args(hint)]):
            return inner
    return ""
