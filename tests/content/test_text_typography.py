"""Words are finished as a printer would, whatever stands before them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.content.languages import LANGUAGES
from press.content.text import typography


def tidy(typed: str, quotes: str, before: str = "") -> str:
    """Return *typed* as it is printed in a language with these *quotes*, and the rest of its habits from English."""
    return typography.tidy(typed, replace(LANGUAGES["en"], quotes=quotes), before)


# no test here depends on how fast the machine is
ENGLISH = "“”‘’"
RUSSIAN = "«»„“"
GERMAN = "„“‚‘"
FRENCH = "«»‹›"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('"a" b', "“a” b"),
        ("'a' b", "‘a’ b"),
        ('a ("b")', "a (“b”)"),
        ('a—"b"', "a—“b”"),
        ("\"'a' b\"", "“‘a’ b”"),
        ("don't", "don’t"),
        ("the states' b", "the states’ b"),
        ("the '90s", "the ’90s"),
        ("'48 points'", "‘48 points’"),
        ("a...", "a…"),
        ("a - b", "a - b"),
        ("2011-2012, 1.5", "2011-2012, 1.5"),
        ("“a” ‘b’…", "“a” ‘b’…"),
        ("", ""),
    ],
)
def test_straight_marks_become_printed_ones(typed: str, shown: str) -> None:
    """Quotes, apostrophes and three dots are finished; hyphens are left alone."""
    assert tidy(typed, ENGLISH) == shown


@pytest.mark.parametrize(
    ("before", "typed", "shown"),
    [
        ("", '"', "“"),
        ("a ", '"b', "“b"),
        ("“a", '"', "”"),
        ("48", '" b', "” b"),
        ("(", '"', "“"),
        ("a", "'s", "’s"),
        ("“", "'a'", "‘a’"),
    ],
)
def test_what_stands_before_decides(before: str, typed: str, shown: str) -> None:
    """A run may begin in the middle of a sentence, behind a value or bold words."""
    assert tidy(typed, ENGLISH, before) == shown


@pytest.mark.parametrize(
    ("quotes", "shown"),
    [
        (ENGLISH, "“a ‘b c’d’ e” f"),
        (RUSSIAN, "«a „b c’d“ e» f"),
        (GERMAN, "„a ‚b c’d‘ e“ f"),
        (FRENCH, "«a ‹b c’d› e» f"),
    ],
)
def test_each_language_has_its_quotes_and_all_one_apostrophe(quotes: str, shown: str) -> None:
    """An apostrophe is no closing quote, though English draws them alike."""
    assert tidy("\"a 'b c'd' e\" f", quotes) == shown


def test_a_decade_loses_its_century_where_the_language_lets_it() -> None:
    """Elsewhere a quotation begins before the digits."""
    other = replace(LANGUAGES["en"], elided="")
    assert typography.tidy("the '90s", LANGUAGES["en"]) == "the ’90s"
    assert typography.tidy("the '90s", other) == "the ‘90s"


def test_a_single_quote_opened_before_is_closed() -> None:
    """Whether a single quote closes or is an apostrophe depends on an open one."""
    assert tidy("b' c", GERMAN, "a ‚") == "b‘ c"
    assert tidy("b' c", GERMAN, "a ") == "b’ c"


@given(
    st.text("ab1 .-()\"'“”‘’«»„‚‹›—…"),
    st.sampled_from([ENGLISH, RUSSIAN, GERMAN, FRENCH]),
    st.text("a (“", max_size=2),
)
def test_only_marks_change_and_none_stays_straight(typed: str, quotes: str, before: str) -> None:
    """Letters, digits and spaces stay; what is finished is not finished again."""
    shown = tidy(typed, quotes, before)
    assert not set("\"'") & set(shown)
    assert [c for c in shown if c.isalnum() or c == " "] == [
        c for c in typed if c.isalnum() or c == " "
    ]
    assert tidy(shown, quotes, before) == shown
