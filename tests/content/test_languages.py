"""What each language does its own way is whole, and is what the texts are finished, counted and checked by."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from press.content.languages import LANGUAGES, Grade
from press.content.model.typed import Bound, Language
from press.content.quantity import parse
from press.edition import language
from press.page import fonts


def test_an_author_may_name_the_languages_that_have_a_file() -> None:
    """A language in one of the two places only would be refused, or fail in the middle of a build."""
    assert get_args(Language) == tuple(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_whole(code: str) -> None:
    """It has words for each bound, two pairs of quotes, a form for fractions, and letters that the fonts have."""
    habits = LANGUAGES[code]
    assert habits.bounds.keys() == set(get_args(Bound)) - {"exact"}
    assert len(set(habits.quotes)) == 4
    assert "{word}" in habits.half
    assert "{word}" in habits.fraction
    assert habits.script in fonts.SCRIPTS
    words = f"{habits.titles} {habits.counting} {habits.lettered}"
    assert words == words.casefold()


def test_bounds_and_fractions_are_printed_as_the_language_has_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing of them is in the code."""
    other = replace(
        LANGUAGES["en"], bounds={"about": "circa"}, half="une {word}", fraction="un {word}"
    )
    monkeypatch.setitem(LANGUAGES, "en", other)
    third, half = parse("about 1/3"), parse("1/2")
    assert third
    assert half
    words = {"demie": half.low, "tiers": third.low}
    assert language.in_words(third, words, "en") == "circa un tiers"
    assert language.in_words(half, words, "en") == "une demie"


def test_a_grade_is_worked_out_by_the_formula_of_the_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A language without a formula has none."""
    words = ["Bees sleep."]
    habits = LANGUAGES["en"]
    monkeypatch.setitem(LANGUAGES, "en", replace(habits, grade=Grade("en_US", 10, 0, 1)))
    assert language.grade(words, "en") == 19
    monkeypatch.setitem(LANGUAGES, "en", replace(habits, grade=None))
    assert language.grade(words, "en") is None
