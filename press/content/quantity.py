"""Read a quantity, a number or range with its bound, so that it can be compared."""

import re
from dataclasses import dataclass, field
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
    """A number, or a range or fraction, as it is written, with its bound: '1.50' is not '1.5', '2/4' is no half."""

    first: str
    last: str = ""
    bound: str = "exact"
    percent: bool = False
    fraction: bool = False
    year: bool = field(default=False, compare=False)  # which its passage does not say

    @property
    def low(self) -> Fraction:
        """The number, or the lower one."""
        return Fraction(self.first) / (Fraction(self.last) if self.fraction else 1)

    @property
    def high(self) -> Fraction:
        """The number, or the higher one."""
        return Fraction(self.last) if self.last and not self.fraction else self.low

    def __str__(self) -> str:
        digits = (
            f"{self.first}{'/' if self.fraction else '-'}{self.last}" if self.last else self.first
        )
        return f"{'' if self.bound == 'exact' else self.bound + ' '}{digits}{'%' if self.percent else ''}"


def parse(typed: str) -> Quantity | None:
    """Return the quantity typed as '48', 'more than 90%', 'at least 6-7%', '2011-2012' or '1/3'."""
    match = _TYPED.fullmatch(typed)
    if not match:
        return None
    first, last, fraction = match["low"], match["high"] or "", match["sign"] == "/"
    if last and (
        (fraction and not Fraction(last)) or (not fraction and Fraction(last) < Fraction(first))
    ):
        return None
    return Quantity(first, last, match["bound"] or "exact", bool(match["percent"]), fraction)
