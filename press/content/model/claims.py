"""Describe the claims that rest on sources."""

from dataclasses import replace
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from press.content import arithmetic
from press.content.arithmetic import SumError
from press.content.model import choices, typed
from press.content.model.scalar_type import refused
from press.content.model.typed import Plain, Strict, Years
from press.content.quantity import CURRENCIES, P_SIGNS, Quantity, parse
from press.content.scalar import Scalar


class Certainty(Strict):
    """How sure a graded source is of a finding (GRADE; FHIR: Evidence.certainty)."""

    rating: choices.Rating
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
    bound: choices.Bound = "exact"
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
    kind: choices.Kind
    basis: choices.Basis
    use: choices.Use
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
    qualified_by: Annotated[
        tuple[typed.ClaimId, ...], Field(max_length=50)
    ] = ()  # claims that overtook it: a brief prints one beside it
    keep: Annotated[
        tuple[typed.Word, ...], Field(max_length=50)
    ] = ()  # that a sentence which prints it may not drop; '/' for 'or'
    never: Annotated[
        tuple[typed.Word, ...], Field(max_length=50)
    ] = ()  # that it may not stand with
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
