"""Key figures are dated, in order of time and of what their labels say; what is not known is told once, in its box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press import checks
from press.content import library
from tests.checks.test_editorial import found, prepared
from tests.checks.test_qualifiers import CLAIM, LATER
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

    from press.content.library import Draft

FIRST = "{label: gardens at schools, value: gardens.schools}"
LATER_ROW = "{label: gardens in all, value: recount.total}"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the small library with a later source, and blocks of the red brief that a test writes."""
    content = prepared(tmp_path)
    (content / "sources/later.yaml").write_text(LATER, "utf-8")
    with (content / "claims/gardens.yaml").open("a", encoding="utf-8") as claims:
        claims.write(CLAIM)
    return content


def in_section(content: Path, section: str, blocks: str) -> list[tuple[str, str]]:
    """Return rule and message of what is wrong in *blocks*, the first of which, 'more', is in *section*."""
    brief = content / "briefs/red.yaml"
    brief.write_text(f"{brief.read_text('utf-8')}  {section}: [more]\n", "utf-8")
    (content / "blocks/more.yaml").write_text(blocks, "utf-8")
    draft: Draft = library.load(content, "")
    faults = [*draft.faults, *checks.of_library(draft, HERE.fonts)]
    problems = (fault.problem for fault in faults if "more" in fault.problem.place.path)
    return [(problem.rule, problem.message) for problem in problems]


def strip(*rows: str) -> str:
    """Return a strip of key figures."""
    listed = "".join(f"      - {row}\n" for row in rows)
    return f"more:\n  key_figures:\n    title: The town in figures\n    rows:\n{listed}"


def test_key_figures_in_order_of_time_are_right(content: Path) -> None:
    """A dating may be in words, as long as it prints the year."""
    dated = (
        "{label: gardens in all, value: recount.total, dating: 'counted in {recount.total:year}'}"
    )
    assert in_section(content, "country", strip(FIRST, dated)) == []


@pytest.mark.parametrize(
    ("rows", "rule", "words"),
    [
        ((LATER_ROW, FIRST), "key-figures", "is of 2020-2021 and stands behind a figure of 2025"),
        ((FIRST, FIRST), "key-figures", "is a key figure already"),
        (
            (FIRST, "{label: 'visitors, the survey says', value: visitors.children}"),
            "key-figures",
            "has no year",
        ),
        ((FIRST, "{label: in all, value: recount.total}"), "key-figures", "counts gardens"),
        ((FIRST, "{label: gardens, value: recount.totl}"), "reference", "did you mean 'total'"),
        (
            (FIRST, "{label: gardens, value: recount.total, dating: lately}"),
            "key-figures",
            "does not date 'recount.total'",
        ),
    ],
)
def test_a_key_figure_is_dated_and_says_what_it_counts(
    content: Path, rows: tuple[str, str], rule: str, words: str
) -> None:
    """Else a reader would take it for a figure of today, or of something else."""
    said = in_section(content, "country", strip(*rows))
    assert {each for each, _ in said} == {rule}
    assert words in said[0][1]


WORDED = "  keep: [school*]\n  never: [private]\n"


def claimed(content: Path, more: str) -> None:
    """Give the later count words to keep and never to say, or another verdict."""
    claims = content / "claims/gardens.yaml"
    text = claims.read_text("utf-8")
    claims.write_text(text.replace("  year: 2025\n", f"{more}  year: 2025\n"), "utf-8")


@pytest.mark.parametrize(
    ("label", "rule", "words"),
    [
        ("gardens at schools", "", ""),
        ("school gardens", "", ""),
        ("gardens at schools that were said to grow", "", ""),
        ("gardens counted", "kept", "'recount' is printed here without 'school*'"),
        ("private gardens of schools", "never", "'private' may not be said of 'recount'"),
        ("gardens of all schools", "absolute", "'all' is more than what is cited here says"),
        ("gardens at schools because of rain", "cause", "'because' gives a cause"),
        ("gardens not at schools", "denied", "'not' denies what is cited here"),
        ("gardens Not at private schools", "denied", "'Not' denies what is cited here"),
        ("gardens at schools in Rome", "named", "nothing cited here names 'Rome'"),
        ("gardens at schools, the mayor says", "speaker", "nothing cited here is said by 'mayor'"),
    ],
)
def test_the_label_of_a_key_figure_says_what_its_claim_says(
    content: Path, label: str, rule: str, words: str
) -> None:
    """It cites nothing, and yet tells of whom its value is."""
    claimed(content, WORDED)
    rows = strip(FIRST, f"{{label: '{label}', value: recount.schools}}")
    said = in_section(content, "country", rows)
    assert [each for each, _ in said] == [rule] * bool(rule)
    assert all(words in message for _, message in said)


def test_the_words_to_keep_of_a_key_figure_may_stand_in_its_dating_alone(content: Path) -> None:
    """Those in another row, or in the title, are not read with it."""
    claimed(content, WORDED)
    row = "{label: gardens, value: recount.schools, dating: 'at schools, {recount.schools:year}'}"
    assert in_section(content, "country", strip(FIRST, row)) == []


def test_a_key_figure_of_a_claim_with_a_caveat_names_its_speaker(content: Path) -> None:
    """A strip has no line for its source."""
    claims = content / "claims/gardens.yaml"
    text = claims.read_text("utf-8")
    assert "basis: official\n  use: ok" in text
    more = "basis: official\n  use: caveat\n  caveat: Nobody says when."
    claims.write_text(text.replace("basis: official\n  use: ok", more), "utf-8")
    [(rule, message)] = in_section(content, "country", strip(FIRST, LATER_ROW))
    assert rule == "attribution"
    assert "'gardens' is 'caveat'" in message
    named = FIRST.replace("at schools", "the survey says are at schools")
    rows = strip(named, LATER_ROW)
    (content / "blocks/more.yaml").write_text(rows, "utf-8")
    assert [each for each in found(content) if "more" in each[0]] == []


def test_there_are_as_many_key_figures_as_the_limits_say(content: Path) -> None:
    """The strip has the same form in every brief."""
    limits = content / "limits.yaml"
    limits.write_text(f"{limits.read_text('utf-8')}  key_figures_least: 3\n", "utf-8")
    draft = library.load(content, "")
    said = [fault.problem.message for fault in checks.of_library(draft, HERE.fonts)]
    assert "there are 2 key figures; limits.yaml asks for 3 to 2" in said


GAPS = """\
more:
  gaps:
    items:
      - How many visitors came to gardens in winter
"""


def test_a_gap_is_told_once_in_its_box(content: Path) -> None:
    """An item that is there twice, or that another sentence tells too, is told of where it is once too often."""
    assert in_section(content, "unknown", GAPS) == []
    twice = f"{GAPS}      - How many visitors came to gardens in winter.\n"
    (content / "blocks/more.yaml").write_text(twice, "utf-8")
    [(place, severity, rule, message)] = found(content)
    assert (place, severity, rule) == ("blocks/more.yaml:5:9", "warning", "gaps")
    assert "stands in the box already" in message
    (content / "blocks/more.yaml").write_text(GAPS, "utf-8")
    blue = content / "blocks/red.yaml"
    text = blue.read_text("utf-8")
    assert "This" not in text
    shared = content / "blocks/shared.yaml"
    also = "It is unknown how many visitors came to gardens in winter."
    shared.write_text(
        shared.read_text("utf-8").replace("from {latest}.", f"from {{latest}}. {also}")
    )
    said = [(rule, message) for _, _, rule, message in found(content)]
    assert [rule for rule, _ in said] == ["gaps"]
    assert "the box of what is not known has this too: 'How many" in said[0][1]


def test_a_box_of_too_many_gaps_is_refused(content: Path) -> None:
    """The limit of lists holds for it."""
    more = "".join(f"      - Who counts the {name}\n" for name in ("beds", "gates", "paths"))
    said = in_section(content, "unknown", GAPS + more)
    assert said == [("list", "this box has 4 items; the limit is 3")]


def test_a_table_of_too_many_columns_is_told(content: Path) -> None:
    """It could not be read on paper."""
    limits = content / "limits.yaml"
    limits.write_text(f"{limits.read_text('utf-8')}  table_columns: 2\n", "utf-8")
    head = "more:\n  table:\n    title: Gardens\n    columns: [What, Where, Who]\n"
    table = f"{head}    rows:\n      - [Beds, Town, All]\n"
    message = "this table has 3 columns; the limit is 2: make two tables of it"
    assert in_section(content, "problem", table) == [("columns", message)]


def test_an_objection_has_an_answer(content: Path) -> None:
    """And both are whole sentences."""
    says = "more:\n  objection:\n    says: Nobody has time.\n"
    assert in_section(content, "objections", f"{says}    answer: It takes a day.\n") == []
    (content / "blocks/more.yaml").write_text(says, "utf-8")
    [fault] = library.load(content, "").faults
    assert "answer" in fault.problem.message
    (content / "blocks/more.yaml").write_text(f"{says}    answer: It takes\n", "utf-8")
    [problem] = [
        each.problem
        for each in checks.of_library(library.load(content, ""), HERE.fonts)
        if each.problem.rule == "whole"
    ]
    assert "breaks off" in problem.message
