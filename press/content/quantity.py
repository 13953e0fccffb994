"""Read a quantity, a number or range with its bound, so that it can be compared."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

BOUNDS = ("more than", "at least", "up to", "about")
_NUMBER = r"\d{1,15}(?:\.\d{1,9})?"  # as the models have it
_TYPED = re.compile(
    rf"(?:(?P<bound>{'|'.join(BOUNDS)}) )?"
    rf"(?P<low>-?{_NUMBER})(?:(?P<sign>[-/])(?P<high>{_NUMBER}))?(?P<percent>%)?",
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
        digits = _digits(self.low)
        if self.fraction:
            digits = f"{self.low.numerator}/{self.low.denominator}"
        elif self.low != self.high:
            digits += f"-{_digits(self.high)}"
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
    """Return *value* in decimal digits: it was typed so, or is a sum of two that were."""
    billionths = Decimal(int(value * 10**9))
    return f"{billionths.scaleb(-9):f}".rstrip("0").rstrip(".")
