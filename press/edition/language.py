"""What differs by language: a quantity, a date or a template's string in, the words of the language out."""

from __future__ import annotations

import gettext
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pyphen
from babel import Locale, localedata
from babel.core import get_global
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from press.content.quantity import Quantity

QUOTES = {"en": "“”‘’"}
RANGE = "–"
READING = {"en": "en_US"}  # languages with a formula for the reading grade, and their patterns
WORDS = re.compile(r"[^\W\d_]+")


def translations(_language: str) -> gettext.NullTranslations:
    """Return the strings of the templates in *language*; they are written in English."""
    return gettext.NullTranslations()


def known(code: str) -> bool:
    """Say whether *code* is that of a language: 'en', 'ky'."""
    return bool(re.fullmatch("[a-z]{2,3}", code)) and bool(localedata.exists(code))


def number(value: Decimal, language: str) -> str:
    """Return *value* with the separators of *language*: '2,500'."""
    return str(format_decimal(value, locale=language, decimal_quantization=False))


def percent(value: Decimal, language: str) -> str:
    """Return *value*, in hundredths, with the sign of *language*: '60%'."""
    return str(format_percent(value / 100, locale=language, decimal_quantization=False))


def listed(names: Iterable[str], language: str) -> str:
    """Return *names* as a list in words: 'a, b and c'."""
    return str(format_list(list(names), locale=language))


def month(day: dt.date, language: str, *, short: bool = False) -> str:
    """Return the month of *day*: 'November 2026', or 'Nov 2026'."""
    return str(format_skeleton("yMMM" if short else "yMMMM", day, locale=language))


def own_name(language: str) -> str:
    """Return what *language* calls itself: 'English'."""
    return str(Locale(language).get_language_name(language))


def locale(language: str) -> str:
    """Return *language* with the country where most speak it, as Open Graph wants it: 'en_US'."""
    return f"{language}_{get_global('likely_subtags')[language].rpartition('_')[2]}"


def years(typed: str) -> str:
    """Return a year or two as they are printed: '2011–2012'."""
    return typed.replace("-", RANGE)


def quantity(value: Quantity, language: str) -> str:
    """Return *value* in digits, with its bound: 'more than 60%', 'at least 6–7%', '2,500'."""
    if value.fraction:
        return bounded(f"{value.low.numerator}⁄{value.low.denominator}", value.bound)
    show = percent if value.percent else number
    low, high = decimal(value.low), decimal(value.high)
    digits = (
        show(high, language)
        if low == high
        else f"{number(low, language)}{RANGE}{show(high, language)}"
    )
    return bounded(digits, value.bound)


def bounded(digits: str, bound: str) -> str:
    """Return *digits* behind the words for the bound."""
    return digits if bound == "exact" else f"{bound} {digits}"


def worded(value: Quantity, words: Mapping[str, Fraction]) -> str | None:
    """Return *value* in words ('seven', 'a third'), or None where *words* has none for it."""
    known = {amount: word for word, amount in reversed(list(words.items()))}
    word = known.get(value.low) if value.low == value.high and not value.percent else None
    if word is None:
        return None
    return bounded(
        f"a {word}" if value.fraction and value.low != Fraction(1, 2) else word, value.bound
    )


def grade(sentences: Iterable[str], language: str) -> float | None:
    """Return the reading grade of *sentences*, None where the language has no formula.

    Flesch-Kincaid (Kincaid et al. 1975, Naval Technical Training Command, Research Branch Report 8-75), with
    syllables counted by the hyphenation patterns.
    """
    words = [WORDS.findall(sentence) for sentence in sentences]
    words = [found for found in words if found]
    total = sum(map(len, words))
    if language not in READING or not total:
        return None
    patterns = pyphen.Pyphen(lang=READING[language], left=1, right=1)
    syllables = sum(len(patterns.positions(word.lower())) + 1 for found in words for word in found)
    return 0.39 * total / len(words) + 11.8 * syllables / total - 15.59


def decimal(value: Fraction) -> Decimal:
    """Return *value* as a decimal number; it was typed as one, so that nothing is lost."""
    return Decimal(value.numerator) / Decimal(value.denominator)
