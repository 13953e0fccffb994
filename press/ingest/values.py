"""Find the values of a sentence of a source, with their bounds and units, written as `quantity.parse` reads them."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple
from unicodedata import numeric

from press.content.languages import READ, Habits
from press.content.quantity import CURRENCIES, P_SIGNS, parse
from press.ingest.marks import MARK, without_marks

_DIGITS = r"\d{1,3}(?:[, \u00a0\u202f\u2009]\d{3})+(?!\s?\d)(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+"
_YEARS = re.compile(r"(?:1[89]|20)\d\d(?:-(?:1[89]|20)\d\d)?")
_RATE_RATIO = "IRR"
# Behind 'in', of '48 in 2012', and not of '1 in 2000' or '3 out of 2000'
_NO_YEAR = r"(?:(?!(?:1[89]|20)\d\d(?![.,]?\d))|(?<=\b1\s\w\w\s)|(?<=\bone\s\w\w\s)|(?<=\sof\s))"
_IN = re.compile(r"\b(?:in|by|в|с|к)\s\Z", re.IGNORECASE)  # before a year
HALF, HUNDRED, THOUSAND = 2, 100, 1000
_WORD = r"(?!\w\.\w)[^\W\d_][\w’'-]*(?:/[^\W\d_][\w’'-]*)*"  # 'mg/day' is one
_UNIT = re.compile(rf"[\s-]+({_WORD}(?:\s{_WORD}){{0,2}})")
_HEADED = re.compile(  # '2.1 Methods', '3. Gates'
    r"\A\s*\(?\d{1,2}(?:[.)]|(?:\.\d{1,2})+\.?)\s(?=[^\W\d_a-zа-яё])"
)
_ITEM = re.compile(r"(?<!\d)(?:\s|\A)\((\d{1,2})\)(?=\s)")
_SIGN = r"[-\u2212\u2013]"
_DASH = r"\s?[-\u2010-\u2015]\s?"
_INTERVAL = r"(?:CI|CrI|ДИ|confidence interval|credible interval)(?:\s\(CI\))?"
# '[2.1, 9.4]' of these
_SPREAD = re.compile(r"\b(?:median|range|IQR|interquartile)\b", re.IGNORECASE)
# What has digits, and no value: '+44 20 7946 0958', 'doi:10.1002/x.5', 'Q(17) ='
_NO_VALUE = re.compile(
    r"\+\d[\d\s()-]{6,}\d|(?:doi:\s?)?\b10\.\d{4,9}/\S+|https?://\S+"
    r"|(?<=[^\W\d_])\u00b2?\(\d+(?:\.\d+)?(?:,\s?\d+(?:\.\d+)?)*\)(?=\s?[=<>])"
)
_SIGNS = {sign: name for name, sign in P_SIGNS.items()}
_AS_TYPED = re.compile(r"(?P<most><=|⩽)|(?P<least>>=|⩾)|(?P<whole>\d*)(?P<part>[¼-¾⅐-⅞])")
_SHORT = {"m": "million", "bn": "billion"}  # of money: '£3.2m'
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2013", "-"))


class Found(NamedTuple):
    """A value of a sentence, and the words behind it that say of what, where there are any."""

    value: str  # 'more than 90%'
    unit: str


def values(words: str, language: str, mark: re.Pattern[str] = MARK) -> tuple[Found, ...]:
    """Return the values of a sentence in their order, each once; marks of references are none."""
    habits = READ[language]
    seen = _without_numbering(_AS_TYPED.sub(_as_usual, without_marks(words, mark)), habits)
    found = (
        Found(value, _unit(match, value, habits))
        for match in _pattern(language).finditer(seen)
        for value in _read(match, habits)
    )
    return tuple(dict.fromkeys(each for each in found if parse(each.value)))


def _as_usual(match: re.Match[str]) -> str:
    """Return '≤' for '<=', '2.5' for '2½' and '1/3' for '⅓'."""
    if not match["part"]:
        return "≤" if match["most"] else "≥"
    number = Fraction(numeric(match["part"])).limit_denominator(10) + int(match["whole"] or 0)
    return str(float(number)) if match["whole"] and HUNDRED * number % 1 == 0 else str(number)


def _without_numbering(words: str, habits: Habits) -> str:
    """Return a sentence with spaces for numbers that only point: of a heading, '(1) ... (2) ...', 'Table 2'."""
    items = [*_ITEM.finditer(words)]
    one = r"(?:[A-Z]-?)?\d+(?:\.\d+)*[A-Z]?\b"
    some = (
        rf"(?<!\w)(?:{habits.pointing})\s{one}(?:(?:,\s?|{_DASH}|\s{habits.joins}\s){one}(?!\s?%))*"
    )
    found = [
        _HEADED.match(words),
        *_NO_VALUE.finditer(words),
        *re.finditer(some, words, re.IGNORECASE),
    ]
    if len(items) > 1 and [int(item[1]) for item in items] == [*range(1, len(items) + 1)]:
        found += items
    for each in filter(None, found):
        words = words[: each.start()] + " " * len(each[0]) + words[each.end() :]
    return words


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return what matches a value in a language, with its bound before it and its unit behind it."""
    habits = READ[language]
    word = "|".join(sorted(map(re.escape, habits.numbers), key=len, reverse=True))
    more = rf"(?:[\s-]|\s{habits.joins}\s)(?:{word})"  # no shorter number where a longer one begins
    spelled = rf"(?:{word})(?:{more})*(?!(?!fold)\w)(?!{more})" if word else r"(?!)"
    part = "|".join(map(re.escape, habits.fractions)) or "(?!)"
    # needs no article
    half = "|".join(word for word, whole in habits.fractions.items() if whole == HALF) or "(?!)"
    plural = f"(?:{habits.plural})?"
    number = rf"(?:{_SIGN}(?=\.?\d))?(?:{_DIGITS})|{spelled}"
    signs = "|".join(map(re.escape, habits.currencies.values()))
    bounds = "|".join(
        f"(?P<between>{said})" if bound == "between" else f"(?:{said})"
        for said, bound in habits.said.items()
    )
    return re.compile(
        rf"(?<![\w.,/-])(?P<date>(?:1[89]|20)\d\d-\d\d-\d\d)(?![\w-])"
        rf"|(?<!\w)[PpРр]\s?(?P<p>[{''.join(_SIGNS)}])\s?(?P<chance>0?[.,]\d+|[01])"
        rf"|(?:(?<![\w.])(?P<bound>{bounds})\s|(?P<sign>[<>≤≥~≈])\s?)?"
        rf"(?:(?<![\w/-])(?:(?P<article>{habits.articles})[\s-])?(?P<fraction>(?(article)(?:{part})|(?:{half}))){plural}(?!\w)"
        rf"|(?:(?<!\w)(?P<code>(?-i:{'|'.join(CURRENCIES)}))\s?|(?P<money>{signs})\s?|(?<![\w.,/-]))"
        rf"(?P<low>{number})(?:%(?=(?:{_DASH}|\s{habits.between_joins}\s){number}\s?%))?"
        rf"(?:(?P<joins>(?(between)|(?!\s{habits.joins}\s))\s{habits.between_joins}\s|{_DASH}|\s?/\s?|\s(?:{habits.of_joins})\s{_NO_YEAR})(?P<high>{number}))?"
        rf"(?:[\s-](?P<scale>{'|'.join(habits.sizes.values())})(?!\w)|(?(money)(?P<short>{'|'.join(_SHORT)})(?!\w)|(?!)))?"
        rf"(?!\s?%\s?{_INTERVAL})"
        rf"(?P<percent>\s?(?-i:{'|'.join(map(_whole_word, habits.percent))}))?(?![\w-]*\d)"
        rf"(?:(?P<unit>(?:[\s-]{_WORD}){{0,2}})[\s(,[;|]+(?:(?P<level>\d\d(?:\.\d)?)\s?%\s?{_INTERVAL}[\s:,;=([]*|(?<=\[))"
        rf"(?P<from>{_SIGN}?(?:{_DIGITS}))(?:{_DASH}|\sto\s|[,;]\s?)(?P<to>{_SIGN}?(?:{_DIGITS}))(?!\d))?)",
        re.IGNORECASE,
    )


def _whole_word(pattern: str) -> str:
    return rf"{pattern}(?!\w)" if pattern[-1].isalpha() else pattern


def _unit(match: re.Match[str], value: str, habits: Habits) -> str:
    """Return the words after a value, up to the first one that leads on: 'gardens at schools'."""
    behind = _UNIT.match(match["unit"] or "") or _UNIT.match(match.string, match.end())
    year = _YEARS.fullmatch(value) and "," not in match["low"]
    if value.endswith("%") or not behind or year:
        return ""
    stops = "|".join(f"{habits.small} {habits.dangling} {habits.after_units}".split())
    return re.split(
        rf"\s(?:{stops})(?!\w)", f" {' '.join(behind[1].split())}", maxsplit=1, flags=re.IGNORECASE
    )[0].strip()


def _read(match: re.Match[str], habits: Habits) -> Iterator[str]:
    """Yield what a match says, as authors write it: of 'from 5 to 7' two values, of 'one' alone none."""
    if match["date"]:
        yield match["date"]
    elif match["p"]:
        yield f"p {P_SIGNS[_SIGNS[match['p']]]} {_amount(match['chance'], habits)}"
    elif match["fraction"]:
        whole = habits.fractions[match["fraction"].casefold()]
        bound = re.sub("from|between", "", _bound(match, habits))
        yield f"{bound} {_amount(match['article'] or '1', habits)}/{whole}".strip()
    elif short := re.fullmatch(rf"((?:1[89]|20)\d\d){_DASH}(\d\d)", match[0].strip()):
        yield f"{short[1]}-{short[1][:2]}{short[2]}"
    elif match["high"] and _is_year(match, "low") and not _is_year(match, "high"):
        yield match["low"]
        yield _amount(match["high"], habits) + _scale(match, habits)
    elif (bound := _bound(match, habits)) == "from" and (match["joins"] or "").strip().isalpha():
        yield from _ends(match, habits)
    elif match["high"] or match["low"].casefold() not in habits.numbers or _size(match, habits) > 1:
        value = "".join(_parts(match, bound.removeprefix("from"), habits))
        if match["from"] and _is_interval(match, value, habits):
            value += _interval(match, habits)
        elif match["from"]:
            yield from (_amount(match[end], habits) for end in ("from", "to"))
        yield from [value] if parse(value) or not match["high"] else _ends(match, habits)


def _is_year(match: re.Match[str], end: str) -> bool:
    """Return whether the number at an *end* of '12% in 2010 to 15%' is a year."""
    before = match.string[: match.start("low")]
    return bool(_YEARS.fullmatch(match[end]) and (match["percent"] or _IN.search(before)))


def _is_interval(match: re.Match[str], value: str, habits: Habits) -> bool:
    """Return whether the numbers behind a value are its interval: they are said to be, or may be, and hold it."""
    whole = parse(value + _interval(match, habits))
    said = match["level"] or ("." in match["from"] and not _SPREAD.search(match.string))
    if not (said and whole):
        return False
    return Fraction(whole.interval[0]) <= whole.low <= whole.high <= Fraction(whole.interval[1])


def _ends(match: re.Match[str], habits: Habits) -> Iterator[str]:
    """Yield the two numbers of what is no range with a value of its own: '-0.1 to 0.2', 'from 5 to 7%'."""
    for end in ("low", "high"):
        yield f"{_code(match, habits)}{_amount(match[end], habits)}{_scale(match, habits)}"


def _size(match: re.Match[str], habits: Habits) -> int:
    return habits.numbers[match["low"].casefold()]


def _parts(match: re.Match[str], bound: str, habits: Habits) -> Iterator[str]:
    """Yield bound, currency, number, scale and sign."""
    low, high = _amount(match["low"], habits), _amount(match["high"] or "", habits)
    sign = (match["joins"] or "").strip().casefold()
    yield f"{bound} " * bool(bound if high else bound.removeprefix("between"))
    yield _code(match, habits)
    yield low
    if high:
        between = " and " if bound == "between" else "-"
        yield " in " if re.fullmatch(habits.of_joins, sign) else sign if sign == "/" else between
        yield high
    yield _scale(match, habits)


def _code(match: re.Match[str], habits: Habits) -> str:
    """Return the code of a currency, and a space; an 'IRR' of 3.05 is no amount of rials."""
    shown = {money: code for code, money in habits.currencies.items()}
    code = (match["code"] or shown.get(match["money"], "")).upper()
    return f"{code} " * bool(code and not (code == _RATE_RATIO and "." in match["low"]))


def _scale(match: re.Match[str], habits: Habits) -> str:
    said = match["scale"] or ""
    sizes = (size for size, word in habits.sizes.items() if re.fullmatch(word, said, re.IGNORECASE))
    scale = _SHORT.get(match["short"] or "", next(sizes, ""))
    return f" {scale}" * bool(scale) + "%" * bool(match["percent"])


def _interval(match: re.Match[str], habits: Habits) -> str:
    start, end = (_amount(match[name], habits) for name in ("from", "to"))
    return f" ({match['level'] + '% ' if match['level'] else ''}CI {start} to {end})"


def _bound(match: re.Match[str], habits: Habits) -> str:
    if match["sign"]:
        return _SIGNS.get(match["sign"], "about")
    said = (
        bound
        for words, bound in habits.said.items()
        if re.fullmatch(words, match["bound"], re.IGNORECASE)
    )
    return next(said, "") if match["bound"] else ""


def _amount(typed: str, habits: Habits) -> str:
    """Return a number as authors write it: '3,5' is 3.5, '2,500' is 2500, 'Twenty seven' is 27."""
    if not typed or any(char.isdigit() for char in typed):
        groups = rf"(?<=\d)(?<!\b0)[{habits.groups} \u00a0\u202f\u2009](?=\d{{3}}(?!\d))"
        plain = re.sub(groups, "", typed.translate(_MINUS))
        return re.sub(r"^(-?)\.", r"\g<1>0.", plain.replace(",", "."))
    total = step = 0
    for word in re.findall(r"[^\W\d_]+", typed.casefold()):
        size = habits.numbers.get(word, 0 if word != habits.articles else 1)
        if size >= THOUSAND:
            total, step = total + max(step, 1) * size, 0
        else:
            step = max(step, 1) * size if size == HUNDRED else step + size
    return str(total + step or 1)
