"""Print quantities, dates and lists, and grade texts, in the way of their language."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import pyphen
from babel import Locale, localedata
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from press.content.languages import LANGUAGES
from press.content.quantity import P_SIGNS, Quantity

RANGE, MINUS = "–", "−"
WORDS = re.compile(r"[^\W\d_]+")


def known(code: str) -> bool:
    """Return True if *code* is that of a language, such as 'en' or 'ky'."""
    return bool(re.fullmatch("[a-z]{2,3}", code)) and bool(localedata.exists(code))


def of_country(code: str) -> str:
    """Return the language that most speak in a country: 'ky' for 'kg'; '' where *code* is of none."""
    return str(get_global("likely_subtags").get(f"und_{code.upper()}", "")).partition("_")[0]


def is_cyrillic(code: str) -> bool:
    """Return whether a language is written in Cyrillic letters."""
    return "_Cyrl" in str(get_global("likely_subtags").get(code, ""))


def number(value: Decimal, language: str, *, percent: bool = False) -> str:
    """Return *value* with the separators of *language* and all its digits: '2,500.50', or in hundredths '60%'."""
    return _number(str(value), language, percent=percent)  # by its digits: 2.5 and 2.50 are equal


@lru_cache(maxsize=4096)
def _number(digits: str, language: str, *, percent: bool) -> str:
    value = Decimal(digits)
    formats = Locale(language).percent_formats if percent else Locale(language).decimal_formats
    whole, places = re.sub(r"\.[0#]*", "", formats[None].pattern), -int(value.as_tuple().exponent)
    wanted = whole.replace("##0", f"##0.{'0' * places}", 1) if places > 0 else whole
    shown = value.scaleb(-2) if percent else value
    printed = str(format_decimal(shown, wanted, locale=language, decimal_quantization=False))
    return printed.replace("-", MINUS)


@lru_cache(maxsize=256)
def month(day: dt.date, language: str) -> str:
    """Return the month of *day*: 'November 2026'."""
    return str(format_skeleton("yMMMM", day, locale=language))


def date(typed: str, language: str) -> str:
    """Return a year, a month or a day as it is printed: '2018', 'March 2018', 'March 14, 2018'."""
    match [int(part) for part in typed.split("-")]:
        case [_]:
            return typed
        case [year, in_year]:
            return month(dt.date(year, in_year, 1), language)
    return day(dt.date.fromisoformat(typed), language)


def listed(names: Iterable[str], language: str) -> str:
    """Return *names* as a list in words: '2012, 2014 and 2018'."""
    return str(format_list(tuple(names), locale=language))


def day(date: dt.date, language: str) -> str:
    """Return *date* in words: 'November 24, 2026'."""
    return str(format_date(date, "long", locale=language))


def own_name(language: str) -> str:
    """Return what *language* calls itself: 'English'."""
    return str(Locale(language).get_language_name(language))


def locale(language: str) -> str:
    """Return *language* with the country where most speak it, as Open Graph wants it: 'en_US'."""
    return f"{language}_{get_global('likely_subtags')[language].rpartition('_')[2]}"


def years(typed: str) -> str:
    """Return a year or two as they are printed: '2011–2012'."""
    return typed.replace("-", RANGE)


def is_one(value: Quantity, language: str) -> bool:
    """Return whether what *value* counts is named as one: '1 site'."""
    plural = Locale(language).plural_form(Decimal(value.first))
    return value.bare and not value.last and plural == "one"


def quantity(value: Quantity, language: str) -> str:
    """Return *value* in digits, with its bound: 'more than 60%', 'at least 6–7%', '2,500'; a year has no separator."""
    if value.form == "date":
        return date(value.first, language)
    if value.form == "p":
        return f"p {P_SIGNS[value.bound]} {number(Decimal(value.first), language)}"
    shown = _bounded(_digits(value, language), value.bound, language)
    if not value.interval:
        return shown
    low, high = (number(Decimal(end), language) for end in value.interval[:2])
    level = number(Decimal(value.interval[2]), language, percent=True) if value.interval[2] else ""
    return LANGUAGES[language].interval.format(
        value=shown, low=low, high=high, level=f"{level} ".lstrip()
    )


def _digits(value: Quantity, language: str) -> str:
    habits = LANGUAGES[language]
    if value.year:
        return years("-".join(filter(None, (value.first, value.last))))
    if value.fraction and not value.form:
        return f"{value.first}⁄{value.last}"
    digits = number(Decimal(value.last or value.first), language, percent=value.percent)
    if value.scale:
        digits += f" {habits.sizes.get(value.scale, value.scale)}"
    low = number(Decimal(value.first), language)
    if value.form == "in":
        return habits.chance.format(part=low, whole=digits)
    sign = f"{habits.currencies.get(value.currency, value.currency)} " if value.currency else ""
    if value.form == "between":
        return habits.between.format(low=f"{sign}{low}", high=digits)
    return f"{sign}{low}{RANGE}{digits}" if value.last else f"{sign}{digits}"


def _bounded(shown: str, bound: str, language: str) -> str:
    return shown if bound == "exact" else f"{LANGUAGES[language].bounds[bound]} {shown}"


def bound(value: Quantity, language: str) -> str:
    """Return what is printed before *value*: 'at least'; '' where it is exact."""
    return LANGUAGES[language].bounds.get(value.bound, "")


def in_words(value: Quantity, language: str) -> str | None:
    """Return *value* in words ('seven', 'a third'), or None where *language* has none for it."""
    habits = LANGUAGES[language]
    known = {Fraction(1, part): word for word, part in reversed([*habits.fractions.items()])}
    known |= {Fraction(amount): word for word, amount in reversed([*habits.numbers.items()])}
    whole = value.low == value.high and value.bare  # '2/4' is no half, and '2.0' not two
    word = known.get(value.low) if whole and str(value).endswith(str(value.low)) else None
    if word is None:
        return None
    if value.fraction:
        form = habits.half if value.low == Fraction(1, 2) else habits.fraction
        word = form.format(word=word)
    return _bounded(word, value.bound, language)


def grade(sentences: Iterable[str], language: str) -> float | None:
    """Return the reading grade of *sentences*, None where the language has no formula."""
    formula = LANGUAGES[language].grade
    words = [WORDS.findall(sentence) for sentence in sentences]
    words = [sentence for sentence in words if sentence]
    total = sum(map(len, words))
    if formula is None or not total:
        return None
    patterns = pyphen.Pyphen(lang=formula.patterns, left=1, right=1)
    syllables = sum(len(patterns.positions(word.lower())) + 1 for each in words for word in each)
    per_sentence, per_word = total / len(words), syllables / total
    return formula.words * per_sentence + formula.syllables * per_word - formula.less
