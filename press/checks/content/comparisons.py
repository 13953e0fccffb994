"""Check charts that compare: what the values of each row have in common, and their years."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from press.content.model import Claim
from press.content.model.blocks import FigureBlock
from press.content.model.charts import Charted
from press.content.model.claims import Value
from press.content.quantity import Quantity
from press.content.scalar import Scalar

Note = tuple[Scalar, str]


class DrawnValue(NamedTuple):
    """A value that a figure shows."""

    ref: Scalar
    claim: Claim
    value: Value
    stated: Quantity
    year: str
    role: str = ""  # in a chart that compares

    @property
    def at(self) -> str:
        """The year in which it lies on an axis, '' where it has not a single one."""
        year = str(self.value.number) if self.value.unit == "year" else self.year
        return year if year.isdigit() else ""

    @property
    def exact(self) -> bool:
        """Whether it is one number without a bound."""
        return self.stated.bound == "exact" and self.stated.low == self.stated.high


def check(figure: FigureBlock, shown: list[DrawnValue]) -> Iterator[Note]:
    """Yield what cannot be compared in *figure*, whose values are *shown*."""
    known = {id(each.ref): each for each in shown}
    rows: dict[int, list[DrawnValue]] = {}  # by the label of each row, or of its series in a group
    for datum in figure.data:
        if isinstance(datum, Charted) and id(datum.value) in known:
            rows.setdefault(id(datum.series or datum.label), []).append(known[id(datum.value)])
    for row in rows.values():
        if message := _measures(row):
            yield row[-1].ref, message
        if figure.line:
            yield from _years(row)
        if figure.then_now and len(row) > 1:
            yield from _order(*row)
    amounts = [each for each in shown if each.role != "note"]
    lowest = min(amounts, key=lambda each: each.stated.low, default=None)
    start = figure.line.start if figure.line else None
    if start is not None and lowest and Fraction(start) > lowest.stated.low:
        what = f"the scale starts at {start}, above '{lowest.ref}', {lowest.stated}"
        yield start, f"{what}: lower 'start', or take it out"


def _measures(row: list[DrawnValue]) -> str:
    """Return what is wrong where the values of a row are not of one measure."""
    named = {str(each.value.measure): each.ref for each in row if each.value.measure}
    if len(named) < 2:  # noqa: PLR2004 - two differ
        return ""
    (one, first), (two, second), *_ = named.items()
    what = f"'{first}' measures '{one}', and '{second}' measures '{two}'"
    return f"{what}: a row compares values of one measure; use tiles"


def _years(row: list[DrawnValue]) -> Iterator[Note]:
    """Yield values that have no place of their own on an axis of years, or would look exact there."""
    before: dict[str, Scalar] = {}
    for each in row:
        stated, same = each.stated, before.setdefault(each.at, each.ref)
        if not each.at:
            what = f"'{each.ref}' has no single year, and no place on an axis of years"
            yield each.ref, f"{what}: give its value a 'year', or use bars"
        elif same is not each.ref:
            what = f"'{same}' and '{each.ref}' are both of {each.at}: a line has one value a year"
            yield each.ref, f"{what}; take one out"
        elif each.role != "note" and (
            stated.bound not in {"exact", "about"} or stated.low != stated.high
        ):
            yield each.ref, f"'{each.ref}' is {stated} and would look exact on a line: use bars"


def _order(then: DrawnValue, now: DrawnValue) -> Iterator[Note]:
    """Yield what lacks a year, and a 'then' that is not before its 'now'."""
    for each in (then, now):
        if not each.year:
            yield each.ref, f"'{each.ref}' has no year: then and now are told with both years"
    if then.year and now.year and then.year >= now.year:
        what = f"'{then.ref}' is of {then.year}, not before '{now.ref}' of {now.year}"
        yield then.ref, f"{what}: swap them, or correct a year"
