"""Read a quantity, a number, range or date with its bound and sign, so that it can be compared."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from fractions import Fraction

UPWARD = ("more than", "at least")  # bounds that leave the upper end open
DOWNWARD = ("less than", "at most", "up to")  # likewise the lower end
BOUNDS = (*UPWARD, *DOWNWARD, "about")
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
P_SIGNS = {"exact": "=", "less than": "<", "at most": "≤", "more than": ">", "at least": "≥"}
_CODES = (  # ISO 4217
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU "
    "UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
CURRENCIES = frozenset(_CODES.split())
DATE = re.compile(r"(?:1[89]|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?")
_NUMBER = r"\d{1,15}(?:\.\d{1,9})?"  # as the models have it
_TYPED = re.compile(
    rf"(?:p (?P<p>[{''.join(P_SIGNS.values())}]) )?(?:(?P<bound>{'|'.join(BOUNDS)}) )?(?P<between>between )?"
    rf"(?:(?P<currency>[A-Z]{{3}}) )?(?P<low>-?{_NUMBER})(?:(?P<sign>[-/]| in | and )(?P<high>{_NUMBER}))?"
    rf"(?: (?P<scale>{'|'.join(SCALES)}))?(?P<percent>%)?"
    rf"(?: \((?:(?P<level>{_NUMBER})% )?CI (?P<from>-?{_NUMBER}) to (?P<to>-?{_NUMBER})\))?",
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
    form: str = ""  # 'between', 'in' ('1 in 4', a fraction), 'p' or 'date'
    scale: str = ""  # a key of SCALES, which the source writes out
    currency: str = ""
    interval: tuple[str, ...] = ()  # low, high and level in percent, '' where it is not stated
    year: bool = field(default=False, compare=False)  # which its passage does not say

    @property
    def low(self) -> Fraction:
        """The number, or the lower one; of a date the year."""
        if self.form == "date":
            return Fraction(self.first[:4])
        whole = Fraction(self.last) if self.fraction else 1
        return Fraction(self.first) * SCALES.get(self.scale, 1) / whole

    @property
    def high(self) -> Fraction:
        """The number, or the higher one."""
        ranged = self.last and not self.fraction
        return Fraction(self.last) * SCALES.get(self.scale, 1) if ranged else self.low

    @property
    def amount(self) -> "Quantity":
        """What it is in a sum, without its currency and interval."""
        return replace(self, currency="", interval=())

    @property
    def bare(self) -> bool:
        """Whether there is nothing to it but its digits and a bound."""
        return not (self.percent or self.form or self.scale or self.currency or self.interval)

    def __str__(self) -> str:
        if self.form == "p":
            return f"p {P_SIGNS[self.bound]} {self.first}"
        sign = {"between": " and ", "in": " in "}.get(self.form, "/" if self.fraction else "-")
        bound = "" if self.bound == "exact" else self.bound
        before = bound, "between" if self.form == "between" else "", self.currency
        digits = f"{self.first}{sign}{self.last}" if self.last else self.first
        percent = "%" if self.percent else ""
        shown = " ".join(filter(None, (*before, digits, self.scale))) + percent
        if not self.interval:
            return shown
        low, high, level = self.interval
        return f"{shown} ({f'{level}% ' if level else ''}CI {low} to {high})"


def parse(typed: str) -> Quantity | None:
    """Return the quantity typed as '48', 'more than 90%', 'at least 6-7%', '1/3', 'USD 2.5 million' or 'p < 0.001'."""
    if DATE.fullmatch(typed):
        return Quantity(typed, form="date") if _is_day(f"{typed}-01"[:10]) else None
    match = _TYPED.fullmatch(typed)
    if not match:
        return None
    first, last, sign = match["low"], match["high"] or "", (match["sign"] or "").strip()
    form = {"in": "in", "and": "between"}.get(sign, "p" if match["p"] else "")
    bounds = {sign: bound for bound, sign in P_SIGNS.items()}
    bound = bounds[match["p"]] if match["p"] else match["bound"] or "exact"
    interval = (match["from"], match["to"], match["level"] or "") if match["from"] else ()
    read = Quantity(
        *(first, last, bound, bool(match["percent"]), sign in {"/", "in"}, form),
        *(match["scale"] or "", match["currency"] or "", interval),
    )
    return read if _sound(read) and str(read) == typed else None


def _is_day(typed: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(typed))
    except ValueError:
        return False


def _sound(read: Quantity) -> bool:
    """Return whether its ends are in order, and its parts go together."""
    if read.last and (
        Fraction(read.last) == 0 if read.fraction else Fraction(read.last) < Fraction(read.first)
    ):
        return False
    if read.form == "p" and not 0 <= read.low <= 1:
        return False
    if read.form == "in" and not (f"{read.first}{read.last}".isdigit() and 0 < read.low <= 1):
        return False
    signs = bool(read.percent) + bool(read.scale or read.currency) + (read.form in {"in", "p"})
    ordered = not read.interval or Fraction(read.interval[0]) <= Fraction(read.interval[1])
    return ordered and signs <= 1 and (not read.currency or read.currency in CURRENCIES)
