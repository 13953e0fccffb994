"""A number with all that belongs to it: what an author typed in, a comparable value out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

BOUNDS = ("more than", "at least", "up to", "about")
_TYPED = re.compile(
    rf"(?:(?P<bound>{'|'.join(BOUNDS)}) )?"
    r"(?P<low>-?\d+(?:\.\d+)?)(?:(?P<sign>[-/])(?P<high>\d+(?:\.\d+)?))?(?P<percent>%)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a range of two, with its bound."""

    low: Fraction
    high: Fraction
    bound: str = "exact"
    percent: bool = False
    fraction: bool = False  # typed as '1/3'

    def __str__(self) -> str:
        digits = (
            _digits(self.low)
            if self.fraction or self.low == self.high
            else f"{_digits(self.low)}-{_digits(self.high)}"
        )
        return f"{'' if self.bound == 'exact' else self.bound + ' '}{digits}{'%' if self.percent else ''}"


def parse(typed: str) -> Quantity | None:
    """Return the quantity typed as '48', 'more than 90%', 'at least 6-7%', '2011-2012' or '1/3'."""
    match = _TYPED.fullmatch(typed)
    if not match:
        return None
    low, high = Fraction(match["low"]), Fraction(match["high"] or match["low"])
    bound, percent = match["bound"] or "exact", bool(match["percent"])
    if match["sign"] == "/":
        return Quantity(low / high, low / high, bound, percent, fraction=True) if high else None
    return Quantity(low, high, bound, percent) if low <= high else None


def _digits(value: Fraction) -> str:
    text = f"{value.numerator}/{value.denominator}"
    if value.denominator == 1:
        return str(value.numerator)
    as_float = f"{float(value):.9f}".rstrip("0")
    return as_float if Fraction(as_float) == value else text
