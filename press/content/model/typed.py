"""Define the types of fields: which texts, numbers and dates an author may type in each."""

import calendar
import datetime as dt
import re
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StrictBool,
    WithJsonSchema,
)

from press.content.arithmetic import OPERAND
from press.content.model.scalar_type import (
    FootType,
    HeadingType,
    HeadType,
    PrintedType,
    ScalarType,
    refused,
)
from press.content.quantity import DATE, SCALES
from press.content.reader.messages import typed
from press.content.scalar import Scalar
from press.content.text.markdown import Markdown
from press.problems import Place

# Markdown of several paragraphs, Markdown of one line, and text without any markup.
Text = Annotated[Markdown, ScalarType(r".*\S.*", "a text in Markdown", markup="blocks")]
Line = Annotated[Markdown, ScalarType(r".*\S.*", "a line of text in Markdown", markup="line")]
Heading = Annotated[Markdown, HeadingType(r".*\S.*", "a line of text in Markdown", markup="line")]
_PLAIN = r"[^\n]*\S[^\n]*", "a line of plain text"
Plain = Annotated[Scalar, PrintedType(*_PLAIN)]
Head = Annotated[Scalar, HeadType(*_PLAIN)]
Foot = Annotated[Scalar, FootType(*_PLAIN)]
Unprinted = Annotated[Scalar, ScalarType(r"[^\n]*\S[^\n]*", "a line of plain text")]
# Items of a list: a dash inside would be that of the next one, and so may a comma be.
Name = Annotated[
    Scalar,
    PrintedType(r"(?!.*\s[-–—+*•])[^\n]*\S[^\n]*", "one name, the next on a line of its own"),
]
Word = Annotated[
    Scalar,
    ScalarType(
        r"(?!.*(?:\s(?:[–—+*•]|-(?!\d))|[,;]))[^\n]*\S[^\n]*",
        "one word or phrase, the next on a line of its own",
    ),
]
Subject = Annotated[
    Scalar, ScalarType(r"\S[^\n]{0,77}", "a line of plain text, of at most 78 characters")
]
FreeText = Annotated[
    Scalar, ScalarType(r"\S[^\n]{0,39}", "a line of plain text, of at most 40 characters")
]
Note = Annotated[Scalar, ScalarType(r".*\S.*", "a note to the editor; it is in no output")]

ClaimId = Annotated[
    Scalar, ScalarType(r"[a-z][a-z0-9_]{0,79}", "an id of lower-case letters, digits and '_'")
]
BlockId = Annotated[
    Scalar, ScalarType(r"[a-z][a-z0-9-]{0,79}", "an id of lower-case letters, digits and '-'")
]
ValueRef = Annotated[
    Scalar,
    ScalarType(
        r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", "a claim and its value, such as 'gardens.total'"
    ),
]
Ref = Annotated[
    Scalar,
    ScalarType(r"[A-Z][0-9]{1,4}(\.[0-9]{1,2})?", "a row in the table of claims, such as 'C045'"),
]
Locator = Annotated[
    Scalar,
    ScalarType(
        r"[A-Z][0-9]{1,5}(\.[0-9]{1,5})?|p\. [0-9A-Za-z-]{1,12}, [0-9]{1,5}|§[0-9]{1,3}(\.[0-9]{1,3}){0,5}, [0-9]{1,5}"
        r"|Table [0-9]{1,3}, row [0-9]{1,4}",
        "a passage's locator, such as 'P4.2', 'p. 12, 3', '§3.2, 1' or 'Table 2, row 4'",
    ),
]
Digits = Annotated[
    Scalar, ScalarType(r"[0-9a-f]{8}", "the first eight digits of a passage's fingerprint")
]
Fingerprint = Annotated[
    Scalar, ScalarType(r"[0-9a-f]{64}", "the sha256 of the passage, 64 lower-case hex digits")
]
AMOUNT = r"[0-9]{1,15}(\.[0-9]{1,9})?"
Number = Annotated[
    Scalar,
    ScalarType(
        r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?", "a number in digits, such as '48' or '3.5'"
    ),
]
NumberOrNot = Annotated[
    Scalar, ScalarType(r"[1-9][0-9]?(\.[0-9]{1,9})?", "a number of percent", word="not stated")
]
_SCALE = f"( ({'|'.join(SCALES)}))?"
Amount = Annotated[
    Scalar,
    ScalarType(
        rf"-?(0|[1-9][0-9]{{0,14}})(\.[0-9]{{1,9}})?{_SCALE}|[1-9][0-9]{{0,5}} in [1-9][0-9]{{0,8}}",
        "a number in digits, such as '48', '-3.5', '2.5 million' or '1 in 4'",
    ),
]
Range = Annotated[
    Scalar, ScalarType(f"{AMOUNT}-{AMOUNT}{_SCALE}", "a range, such as '6-7'", rising=True)
]
FractionText = Annotated[
    Scalar, ScalarType(r"[1-9][0-9]?/[1-9][0-9]?", "a fraction, such as '1/3'")
]
Sum = Annotated[
    Scalar,
    ScalarType(
        rf"\({{0,5}}{OPERAND}( [-+*/−×÷] \({{0,5}}{OPERAND}\){{0,5}}){{1,20}}",
        "a sum of numbers, such as '48 - 7' or '(48 - 7) / 48 * 100'",
    ),
]
YEARS = re.compile(r"(1[89]|20)[0-9]{2}(-(1[89]|20)[0-9]{2})?")
Years = Annotated[
    Scalar,
    ScalarType(rf"{YEARS.pattern}|not stated", "a year, '2011-2012', or 'not stated'", rising=True),
]
Date = Annotated[
    Scalar,
    ScalarType(
        r"(1[5-9]|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
        "a year, a month or a day, such as '2018', '2018-03' or '2018-03-14'",
    ),
]
_MONTH = r"20[0-9]{2}-(0[1-9]|1[0-2])", "a month, such as '2027-12'"
Month = Annotated[Scalar, ScalarType(*_MONTH)]
MonthOrNot = Annotated[Scalar, ScalarType(*_MONTH, word="not stated")]
Colour = Annotated[
    Scalar, ScalarType(r"#[0-9a-f]{6}", "a colour of '#' and six lower-case hex digits, in quotes")
]
Image = Annotated[
    Scalar,
    ScalarType(r"[a-z0-9][a-z0-9_-]*\.(png|jpg|jpeg)", "the name of a PNG or JPEG file in images/"),
]
MapFile = Annotated[
    Scalar,
    ScalarType(
        r"[a-z0-9][a-z0-9_-]*\.(json|geojson|topojson)",
        "the name of a GeoJSON or TopoJSON file in maps/",
    ),
]
Web = Annotated[
    Scalar,
    ScalarType(
        r"https?://[a-z0-9.-]+\.[a-z]{2,}(:[0-9]+)?(/[^\s<>\"'{}|\\^`]*)?",
        "a web address with https://",
    ),
]
Address = Annotated[
    Scalar,
    ScalarType(
        r"(https://[a-z0-9.-]+\.[a-z]{2,}(/[A-Za-z0-9._~/-]*)?|[A-Za-z0-9._+-]+@[a-z0-9.-]+\.[a-z]{2,})",
        "a web address with https:// or a mail address",
    ),
]
WebAddress = Annotated[
    Scalar,
    ScalarType(
        r"https://[a-z0-9.-]+\.[a-z]{2,}(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?",
        "a web address with https://, without '?' and '#'",
    ),
]
LogoFile = Annotated[
    Scalar,
    ScalarType(r"[a-z0-9][a-z0-9_-]*\.(png|svg)", "the name of a PNG or SVG file in images/"),
]
Slug = Annotated[
    Scalar,
    ScalarType(
        r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+){0,9}",
        "a name for files of at most 60 lower-case letters, digits and '-', such as 'town-gardens'",
    ),
]
ReleaseId = Annotated[
    Scalar,
    ScalarType(
        r"20[0-9]{2}-[0-9]{2}-[0-9]{2}\.[1-9][0-9]{0,5}",
        "the folder of a release, such as '2026-11-24.1'",
    ),
]


def phrase(typed: Scalar) -> Scalar:
    """Return a word or phrase to look for; one that a '*' makes match nearly all words is refused."""
    if re.match(r"\W*\w{0,2}\*", typed):
        raise refused("'*' stands for any ending: type three letters or more before it")
    return typed


Phrase = Annotated[Word, AfterValidator(phrase)]


def number(value: object) -> int:
    """Return the whole number that a scalar such as '48' states."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Scalar) and re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", value):
        return int(value)
    raise refused(f"expected a whole number, found {typed(value)}")


# Pydantic alone would read '1_000' as a number, 'no' as false and '48' as a date.
WHOLE = BeforeValidator(number)
Whole = Annotated[int, Field(ge=0, le=1_000_000), WHOLE]
Flag = StrictBool


class PlacedDate(dt.date):
    """A day that knows where it is typed."""

    place = Place("")


def date(value: object) -> PlacedDate:
    """Return the day that a scalar such as '2026-11-24' names."""
    given = isinstance(value, Scalar) and re.fullmatch(
        r"20[0-9]{2}-(0[1-9]|1[0-2])-[0-9]{2}", value
    )
    if not given or not isinstance(value, Scalar):
        raise refused(f"expected a date such as 2026-11-24, found {typed(value)}")
    if message := no_day(value):
        raise refused(message)
    day = PlacedDate.fromisoformat(value)
    day.place = value.place
    return day


def no_day(text: str) -> str:
    """Return what is wrong with a *text* such as '2026-11-31' whose month has no such day, or ''."""
    first = dt.date.fromisoformat(f"{text[:8]}01")
    days = calendar.monthrange(first.year, first.month)[1]
    if 0 < int(text[8:]) <= days:
        return ""
    return f"there is no day {text}: {calendar.month_name[first.month]} has {days} days"


Dated = Annotated[
    Scalar, ScalarType(DATE.pattern, "a day or month, such as '2024-03-06' or '2024-03'")
]
Day = Annotated[
    PlacedDate, PlainValidator(date), WithJsonSchema({"type": "string", "format": "date"})
]


def once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return *names*, none of which is given twice."""
    for number, name in enumerate(names):
        if name in names[:number]:
            raise refused(f"'{name}' is given twice; take one out")
    return names


class Strict(BaseModel):
    """A mapping with these keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
