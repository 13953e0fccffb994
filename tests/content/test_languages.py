"""What each language does its own way is whole, and is what the texts are finished, counted and checked by."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, get_args

import pytest

from press import checks
from press.checks.content import numbers, terms
from press.content import library
from press.content.languages import LANGUAGES, Grade, Habits
from press.content.model.choices import Bound, Language
from press.content.quantity import CURRENCIES, SCALES, parse
from press.edition import language
from press.page import fonts
from press.rulebook import rules
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
        LANGUAGES["en"],
        bounds={"about": "circa"},
        half="une {word}",
        fraction="un {word}",
        fractions={"demie": 2, "tiers": 3},
    )
    monkeypatch.setitem(LANGUAGES, "en", other)
    third, half = parse("about 1/3"), parse("1/2")
    assert third
    assert half
    assert language.in_words(third, "en") == "circa un tiers"
    assert language.in_words(half, "en") == "une demie"


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


# A language of which only the data are known, and no words for voice and reading grades.
GERMAN = replace(
    OTHER,
    percent=("%", "Prozent"),
    ordinals=(".",),
    amounts=("jede[rs]? zweite",),
    naming=("genannt",),
    numbers={"zwei": 2, "achtundvierzig": 48, "tausend": 1000},
    fractions={"halb": 2, "drittel": 3},
    multiples=("doppel*", "zweimal"),
    bounding=("mehr als",),
    dangling="der und",
    waiting="fehlt",
    units={},
    small="",
)


def in_german(folder: Path, typed: str) -> library.Draft:
    """Return the small library as one in a second language, with *typed* as a text of it."""
    path = folder / "blocks" / "shared.yaml"
    text = path.read_text("utf-8")
    old = "This brief rests on a survey."
    assert old in text
    path.write_text(text.replace(old, typed), "utf-8")
    draft = library.load(folder, "content")
    assert draft.series
    draft.series = draft.series.model_copy(update={"languages": ("de",)})
    return draft


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Zwei Tore.", ["no claim supports 'Zwei'"]),
        (
            "Tausend achtundvierzig.",
            ["no claim supports 'Tausend'", "no claim supports 'achtundvierzig'"],
        ),
        (
            "Ein Drittel, doppelt so oft.",
            ["no claim supports 'Drittel'", "no claim supports 'doppelt'"],
        ),
        (
            "Jeder zweite in 48 Tagen.",
            ["no claim supports 'Jeder zweite'", "no claim supports '48'"],
        ),
        ("Tore [Quelle fehlt] in Orten.", ["'[Quelle fehlt]' waits to be replaced"]),
        ("Tore der ÖPNV.", ["'ÖPNV' is not spelled out at its first use"]),
        ("Verkehr, genannt ÖPNV. Der ÖPNV.", []),
        ("{gardens.schools:year}: mehr als {gardens.schools} gardens.", ["take 'mehr als' out"]),
        # what English has: two, a half, twice, [citation needed]
        ("Two half twice dozens [citation needed] in the.", []),
    ],
)
def test_a_second_language_has_its_own_numbers_and_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, said: list[str]
) -> None:
    """Data are enough, and nothing of English leaks into it."""
    monkeypatch.setitem(LANGUAGES, "de", GERMAN)
    draft = in_german(prepared(tmp_path), typed)
    faults = [fault.problem for fault in checks.of_library(draft, HERE.fonts)]
    found = sorted(each for each in faults if each.place.path.endswith("shared.yaml"))
    assert len(found) == len(said), found
    assert all(words in each.message for words, each in zip(said, found, strict=True)), found


def test_rules_without_words_in_a_language_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes in it has to look for these himself."""
    monkeypatch.setitem(LANGUAGES, "de", GERMAN)
    [fault] = terms.check(in_german(prepared(tmp_path), "Tore."))
    assert str(fault.problem) == (
        "content/series.yaml:1:7: warning: Press has no words of 'de' for these rules, which find little or nothing "
        "in it: share, attribution, judgement, frame, benefit, certainty, turned, absolute, cause, swapped, denied, "
        "named, speaker, tense, grade, attributions, gaps; "
        "add the words to press/content/languages, or look for this yourself [translation]"
    )


def test_what_a_rule_needs_is_known_of_a_language() -> None:
    """And English has all of it."""
    needed = {rule.words for rule in rules().values() if rule.words}
    assert "numbers" in needed
    assert needed <= {field.name for field in fields(Habits)}
    assert all(getattr(LANGUAGES["en"], name) for name in needed)


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


@pytest.mark.parametrize(
    "name", ["denials", "denying", "gaps", "names", "clauses", "waiting", "share_of"]
)
@pytest.mark.parametrize("text", ["a", "1", "n't", "a ", "A", "not "])
def test_a_pattern_reads_a_long_text_once(name: str, text: str) -> None:
    """One that began anew at each letter of a word would not end here."""
    pattern = getattr(LANGUAGES["en"], name)
    assert sum(1 for _ in re.finditer(pattern, text * 50_000)) <= 50_000
