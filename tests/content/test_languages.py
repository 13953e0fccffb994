"""What each language does its own way is whole, and is what the texts are finished, counted and checked by."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from press import checks
from press.checks.content import numbers
from press.content import library
from press.content.languages import LANGUAGES, Grade, Habits
from press.content.model.typed import Bound, Language
from press.content.quantity import CURRENCIES, SCALES, parse
from press.edition import language
from press.page import fonts
from tests.checks.test_editorial import prepared
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

# Whatever it has would let pass, or refuse, something in an English text.
OTHER = Habits(
    script="latin",
    quotes="„“‚‘",
    bounds=dict.fromkeys(("more than", "at least", "up to", "about"), "are"),
    half="{word}",
    fraction="{word}",
    percent=(" of",),
    ordinals=(".", "", "x"),
    amounts=("survey",),
    naming=("the",),
    units={"people": ("gardens",)},
    small="people gardens visitors hours",
    titles="hr",
    counting="hr",
    lettered="gardens",
)


def test_an_author_may_name_the_languages_that_have_a_file() -> None:
    """A language in one of the two places only would be refused, or fail in the middle of a build."""
    assert get_args(Language) == tuple(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_whole(code: str) -> None:
    """It has words for each bound, two pairs of quotes, a form for fractions, and letters that the fonts have."""
    habits = LANGUAGES[code]
    assert habits.bounds.keys() == set(get_args(Bound)) - {"exact"}
    assert len(set(habits.quotes)) == 4
    assert habits.sizes.keys() == set(SCALES)
    assert habits.currencies.keys() < CURRENCIES
    fields = {
        habits.between: {"low", "high"},
        habits.chance: {"part", "whole"},
        habits.interval: {"value", "level", "low", "high"},
    }
    assert all(set(re.findall(r"{(\w+)}", form)) == names for form, names in fields.items())
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


def test_a_language_leaves_the_results_of_another_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one does its own way neither frees nor refuses anything in a text in another."""
    folder = prepared(tmp_path)
    path = folder / "blocks" / "shared.yaml"
    text = path.read_text("utf-8")
    old = "This brief rests on a survey."
    assert old in text
    new = "{gardens.total} of all are open for 7 hr. The survey is of the HPVX. In 31x, 32. and 33."
    path.write_text(text.replace(old, new), "utf-8")

    def found() -> list[str]:
        draft = library.load(folder, "")
        faults = [*draft.faults, *checks.of_library(draft, HERE.fonts)]
        return [str(fault.problem) for fault in faults]

    before = found()
    assert sum("no claim supports" in problem for problem in before) == 4
    assert any("'HPVX' is not spelled out" in problem for problem in before)
    monkeypatch.setitem(LANGUAGES, "xx", OTHER)
    assert found() == before


def test_digits_are_no_ordinal_where_a_language_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty list of endings is the end of no word, rather than of each."""
    draft = library.load(HERE.templates / "catalogue", "")
    for endings in ((), (".",)):
        monkeypatch.setitem(LANGUAGES, "en", replace(LANGUAGES["en"], ordinals=endings))
        assert [number for _, number in numbers.numbers(draft, "All 48 in 31.")] == ["48", "31"]


def test_a_language_into_which_nothing_is_translated_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its outputs would have its code, and English headings."""
    folder = prepared(tmp_path)
    assert library.load(folder, "content").faults == []
    monkeypatch.setitem(LANGUAGES, "en", replace(LANGUAGES["en"], translated=False))
    [fault] = library.load(folder, "content").faults
    said = "content/series.yaml:1:1: warning: nothing is translated into 'en': headings are English"
    assert str(fault.problem).startswith(said)
