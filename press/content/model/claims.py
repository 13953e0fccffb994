"""Describe sources, and the claims that rest on them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from press.content import arithmetic
from press.content.arithmetic import SumError
from press.content.model import typed
from press.content.model.typed import Plain, Strict, Years, refused
from press.content.quantity import CURRENCIES, DATE, P_SIGNS, Quantity, parse
from press.content.scalar import Scalar

DIGITS = 8  # of a fingerprint: by these a claim knows its passage


class Passage(Strict):
    """A sentence of a source, known by its locator: what is in it, never the sentence itself."""

    fingerprint: typed.Fingerprint
    values: tuple[typed.Word, ...] = ()  # as 'more than 90%', '2011-2012', '1/3', 'p < 0.05'
    units: dict[typed.Word, Plain] = Field(default_factory=dict)  # what the values are of
    by_eye: tuple[typed.Word, ...] = ()  # those of the values that only a person reads there
    references: tuple[typed.Word, ...] = ()  # the source's own reference marks

    @property
    def years(self) -> tuple[Scalar, ...]:
        """The years among its values, those of dates too."""
        dates = (Scalar(value[:4], value.place) for value in self.values if DATE.fullmatch(value))
        return (*filter(typed.YEARS.fullmatch, self.values), *dates)


class Correction(Strict):
    """A passage that does not end where the program ends it: joined to the one behind it, or split."""

    join: typed.Locator | None = None
    split: typed.Locator | None = None
    words: typed.Whole | None = None  # in the first part of what is split
    begins: typed.Digits | None = None  # fingerprint of the passage; `inv ingest` writes it

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Refuse one that is neither, or both."""
        if (self.join is None) == (self.split is None) or (self.split is None) != (
            self.words is None
        ):
            raise refused("a correction is 'join: P3.2', or 'split: P3.2' with 'words: 14'")
        return self


class Compared(Strict):
    """When the index of passages was compared with the text, and which text and index these were."""

    day: typed.Day
    text: typed.Fingerprint
    index: typed.Fingerprint


class Source(Strict):
    """`content/sources/<id>.yaml`: a published work: its record and the index of its passages.

    `author`, `title` and `issued` are named as in CSL.
    """

    citation: Plain  # as it is printed; what the record lacks is added
    kind: typed.SourceKind
    described: Plain | None = None  # its kind in more words: 'news reports that quote the police'
    author: tuple[Plain, ...] = ()  # 'Azbel, L.', or an institution
    title: Plain | None = None
    issued: typed.Date | None = None
    unstated: Plain | None = None  # why one of the three is missing: 'not in the supplied text'
    mark: typed.FreeText | None = None  # 'Azbel 2018'; not given: of the first author and the year
    searched: typed.Date | None = None  # until when a review searched for studies
    latest: Years | None = None  # the latest dated figure in it; not given: that of its passages
    # not what the series is about, but what became known elsewhere since
    outside: typed.Flag = Field(
        description="write 'outside: true' for what became known since, 'outside: false' for what the series is about"
    )
    addresses: tuple[typed.Web, ...] = ()  # where it can be read
    seen: typed.Day | None = None  # when it was last looked at
    language: typed.Language = "en"  # of its text
    locators: typed.Way = "paragraph"
    corrections: tuple[Correction, ...] = ()
    compared: Compared | None = None  # `inv check --texts` writes it
    passages: dict[typed.Locator, Passage]

    @property
    def digest(self) -> str:
        """The sha256 of its index: locators, fingerprints and values."""
        rows = (
            "\t".join((name, each.fingerprint, *each.values))
            for name, each in self.passages.items()
        )
        return sha256("\n".join(rows).encode()).hexdigest()

    @property
    def verified(self) -> Compared | None:
        """When and with which text its index, as it is now, was compared; None where it was not."""
        known = self.compared
        return known if known and known.index == self.digest else None

    @property
    def years(self) -> frozenset[str]:
        """The years among the values of its passages; of several the last."""
        every = [year for passage in self.passages.values() for year in passage.years]
        return frozenset(year.rpartition("-")[2] for year in every)

    @property
    def dated(self) -> str:
        """The latest year in it, or 'not stated'."""
        return self.latest or max(self.years, default="not stated")

    @property
    def lacks(self) -> tuple[str, ...]:
        """Which of title, author and issued its record lacks."""
        return tuple(name for name in ("title", "author", "issued") if not getattr(self, name))

    @property
    def names(self) -> tuple[str, ...]:
        """What a text may call it: its mark, or one of its authors."""
        families = (author.partition(",")[0] for author in self.author)
        return tuple(filter(None, (str(self.mark or ""), *families)))

    @property
    def made_mark(self) -> str:
        """'Azbel 2018', of the first author and the year; '' where the record lacks one of them."""
        if not (self.author and self.issued):
            return ""
        return f"{self.author[0].partition(',')[0]} {self.issued.partition('-')[0]}"


def marks(sources: Mapping[str, Source]) -> dict[str, str]:
    """Return the mark of each source that is not outside; made ones that are alike get letters: 'Azbel 2018a'.

    Where there is one such source, it needs no mark: its is ''.
    """
    own = {name: source for name, source in sources.items() if not source.outside}
    if len(own) == 1:
        return dict.fromkeys(own, "")
    plain = {name: str(source.mark or source.made_mark) for name, source in own.items()}
    often, before = Counter(plain.values()), Counter[str]()
    known: dict[str, str] = {}
    for name, mark in plain.items():
        alike = mark and often[mark] > 1 and not own[name].mark
        known[name] = f"{mark}{letters(before[mark])}" if alike else mark
        before[mark] += bool(alike)
    return known


def letters(number: int) -> str:
    """Return the letters of a *number* from 0 on: a to z, then aa, ab and so on."""
    more, last = divmod(number, 26)
    return f"{letters(more - 1) if more else ''}{chr(ord('a') + last)}"


class Certainty(Strict):
    """How sure a graded source is of a finding (GRADE; FHIR: Evidence.certainty)."""

    rating: typed.Rating
    rater: Plain  # 'the authors', who rated it


class Differs(Strict):
    """Another claim on the same measure that has another value, and why."""

    claim: typed.ClaimId
    reason: typed.Line


class Interval(Strict):
    """Between which numbers a value lies, as surely as its level says."""

    low: typed.Number
    high: typed.Number
    level: typed.NumberOrNot = Scalar("95")  # percent


class Value(Strict):
    """A number that a claim states, with all that may not be lost on the way to paper."""

    forms: ClassVar = ("number", "range", "between", "fraction", "date", "derived", "counted")
    number: typed.Amount | None = None
    range: typed.Range | None = None
    between: typed.Range | None = None  # a range that the source says as 'between 5 and 7'
    fraction: typed.FractionText | None = None
    date: typed.Dated | None = None
    derived: typed.Sum | None = None  # worked out by us from values of the passage
    taken_from: tuple[typed.ValueRef, ...] = ()  # other claims' values in 'derived'
    round: Annotated[int, Field(ge=0, le=9), typed.WHOLE] | None = None  # places of 'derived'
    counted: Annotated[tuple[typed.Name, ...], Field(min_length=1, max_length=300)] | None = (
        None  # names, counted by us
    )
    bound: typed.Bound = "exact"
    of: typed.Line | None = None  # of a share: its whole, and how many that are; 'not stated'
    interval: Interval | None = None
    unit: Plain  # 'percent', 'p', 'year', 'date' and a currency's code print as such
    unit_one: Plain | None = None  # of one: 'site', where 'unit' is 'sites'
    year: Years | None = None  # the claim's, if not given
    measure: typed.Word | None = None  # what it measures; another source's value has the same name

    @model_validator(mode="after")
    def one_form(self) -> Self:
        """Refuse a value that is given in no form, or in two."""
        if sum(getattr(self, form) is not None for form in self.forms) != 1:
            raise refused(f"a value needs exactly one of {', '.join(self.forms)}")
        return self

    @model_validator(mode="after")
    def parts_fit(self) -> Self:
        """Refuse parts of a value that do not go together, and a sum that can't be worked out."""
        if self.derived is None and (self.round is not None or self.taken_from):
            raise refused("'round' and 'taken_from' belong to 'derived'; take them out")
        if (self.date is None) == (self.unit == "date"):
            raise refused("a date is written 'date: 2024-03-06', with 'unit: date'")
        if self.unit == "p" and (self.number is None or self.bound not in P_SIGNS):
            raise refused("a p value is a number, exact or less, at most, more or at least it")
        if self.unit in CURRENCIES and self.year is None:
            raise refused("an amount of money needs its 'year', or 'year: not stated'")
        try:
            stated = self.quantity
        except SumError as wrong:
            raise refused(str(wrong), rule="evidence") from None
        except ValueError as wrong:
            raise refused(f"'{wrong}' can't be: correct its number, interval or unit") from None
        if self.interval:
            low, high = (float(end) for end in (self.interval.low, self.interval.high))
            if stated.last or stated.form or not low <= float(stated.first) <= high:
                raise refused("an interval holds the one number of its value; correct one of them")
        return self

    @property
    def signed(self) -> bool:
        """Whether it is printed with its unit, or is it."""
        return self.unit in {"percent", "p", "year", "date"} or self.unit in CURRENCIES

    @property
    def share(self) -> bool:
        """Whether it is a part of a whole, by its form."""
        return self.unit == "percent" or bool(self.fraction) or " in " in (self.number or "")

    @property
    def quantity(self) -> Quantity:
        """What it states.

        Raises:
            ValueError: it can't be read; what the types of its fields let pass can.
        """
        percent, year = self.unit == "percent", self.unit == "year"
        if self.counted is not None:
            return Quantity(str(len(self.counted)))
        given = self.interval
        level = str(given.level).replace("not stated", "") if given else ""
        ends = (str(given.low), str(given.high), level) if given else ()
        currency = str(self.unit) if self.unit in CURRENCIES else ""
        more: Any = {"bound": self.bound, "percent": percent, "year": year, "interval": ends}
        more["currency"] = currency
        if self.derived is not None:
            return replace(arithmetic.quantity(self.derived, self.round), **more)
        stated = str(self.number or self.range or self.fraction or self.date or self.between)
        if read := parse(stated):
            form = "p" if self.unit == "p" else "between" if self.between else read.form
            stated = str(whole := replace(read, **more, form=form))
            if parse(stated) == whole:
                return whole
        raise ValueError(stated)


class Claim(Strict):
    """What a source says at one place, in our words."""

    ref: typed.Ref
    source: typed.BlockId
    locator: typed.Locator
    passage: typed.Digits | None = (
        None  # of its fingerprint: the words that the claim was written for
    )
    claim: typed.Line
    values: dict[typed.ClaimId, Value] = Field(default_factory=dict)
    references: tuple[typed.Word, ...] = ()
    year: Years
    kind: typed.Kind
    basis: typed.Basis
    use: typed.Use
    dated: typed.Flag = False
    unclear: typed.Flag = False
    certainty: Certainty | None = None
    population: typed.Line | None = None
    comparator: typed.Line | None = None
    number_of_studies: typed.Whole | None = None
    number_of_participants: typed.Whole | None = None
    differs_from: Differs | None = None
    chart: typed.Flag = True  # false: its values may be printed, but not drawn to scale
    caveat: typed.Line | None = None
    qualified_by: tuple[
        typed.ClaimId, ...
    ] = ()  # claims that overtook it: a brief prints one beside it
    keep: tuple[typed.Word, ...] = ()  # that a sentence which prints it may not drop; '/' for 'or'
    never: tuple[typed.Word, ...] = ()  # that it may not stand with
    note: typed.Note | None = None

    @model_validator(mode="after")
    def caveat_given(self) -> Self:
        """Refuse a verdict 'caveat' without the caveat that goes with it."""
        if self.use == "caveat" and self.caveat is None:
            raise refused("a claim whose use is 'caveat' needs a caveat, to be printed with it")
        return self

    def value(self, name: str) -> Value:
        """Return the value called *name*."""
        return self.values[name]  # type: ignore[index] # a scalar is looked up by its text

    def year_of(self, name: str = "") -> str:
        """Return the year of the value called *name*, or else its own, '' where the source states none."""
        year = (self.value(name).year if name in self.values else None) or self.year
        return "" if year == "not stated" else str(year)
