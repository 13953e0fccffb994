"""Alternatives are columns to compare, steps are a list under a line of time."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.edition import edition as ed
from press.page.elements import elements_of
from press.page.step_line import APART, LENGTH, step_line
from tests.support.composing import COMPOSER

if TYPE_CHECKING:
    from press.page.elements import Element

BOTH = pytest.mark.parametrize("form", ["alternative", "post"])


def line(words: str) -> ed.Inlines:
    """Return a line of text."""
    return (ed.Run(words),)


def alternative(name: str, **fields: ed.Inlines | str) -> ed.Alternative:
    """Return an alternative, whose words are its own but for *fields*."""
    own = {each: line(f"{name} {each}") for each in ("who", "does", "takes", "harm", "sign")}
    values: Any = {"by": "June 2027", "origin": "derived", "name": line(name), **own, **fields}
    return ed.Alternative(name, **values)


PROBLEM = ed.Problem("a-problem", line("Choose one."))


def page_of(form: str, *blocks: ed.Block) -> Element:
    """Return *blocks* as a page or a post has them."""
    return elements_of(COMPOSER.fill(f"blocks/alternative/{form}.html.j2", blocks=blocks))


def tables(page: Element) -> list[list[list[str]]]:
    """Return the texts of the cells of each table, by rows."""
    return [
        [
            [" ".join(cell.text().split()) for cell in row.elements() if cell.tag in {"th", "td"}]
            for row in table.elements()
            if row.tag == "tr"
        ]
        for table in page.elements()
        if table.tag == "table"
    ]


def labels(page: Element) -> list[list[str]]:
    """Return the labels of the rows of each table."""
    return [[row[0] for row in rows[1:]] for rows in tables(page)]


@BOTH
def test_each_problem_heads_the_alternatives_behind_it(form: str) -> None:
    """Letters begin anew with each; alternatives before any problem have a table without a heading."""
    one, two, three = map(alternative, ("one", "two", "three"))
    page = page_of(form, one, PROBLEM, two, three)
    heads = [rows[0] for rows in tables(page)]
    assert [[head[:1] for head in row] for row in heads] == [["", "A"], ["", "A", "B"]]
    assert page.text().index("Choose one.") > page.text().index("one does")
    assert page.text().index("Choose one.") < page.text().index("two does")


@BOTH
def test_heads_and_labels_say_what_they_head(form: str) -> None:
    """Each head of a column and each label of a row has its scope, and the corner has none."""
    page = page_of(form, alternative("one"), alternative("two"))
    scopes = [cell.given["scope"] for cell in page.elements() if cell.tag == "th"]
    assert scopes == ["col", "col", *["row"] * 4]
    [rows] = tables(page)
    assert {len(row) for row in rows} == {3}


@BOTH
@pytest.mark.parametrize(
    ("number", "letters"),
    [
        (1, ["A"]),
        (4, ["ABCD"]),
        (5, ["ABC", "DE"]),
        (9, ["ABC", "DEF", "GHI"]),
    ],
)
def test_more_than_four_have_further_tables(form: str, number: int, letters: list[str]) -> None:
    """Tables of one form: the same labels, and letters that go on."""
    every = [alternative(f"a{at}", legal=line("Law") if at else ()) for at in range(number)]
    page = page_of(form, PROBLEM, *every)
    assert ["".join(head[:1] for head in rows[0]) for rows in tables(page)] == letters
    first, *others = labels(page)
    assert all(each == first for each in others)


@BOTH
def test_what_all_say_stands_under_the_table_and_what_none_says_nowhere(form: str) -> None:
    """Two that differ have a row; what one of them does not say is a dash."""
    one = alternative("one", pays=line("The town"), legal=line("None needed"), takes=line("Same."))
    two = alternative("two", pays=line("The town"), takes=line("Same."))
    page = page_of(form, PROBLEM, one, two)
    [names] = labels(page)
    assert names == ["Who, by when", "Legal basis", "Possible harm", "Sign of success"]
    [rows] = tables(page)
    assert rows[2] == ["Legal basis", "None needed", "–"]
    assert "For all: What it takes: Same. · Who pays: The town · Derived by us" in page.text()
    assert "gains" not in page.text()


@BOTH
def test_one_alone_has_a_row_for_all_that_it_says(form: str) -> None:
    """Nothing is "for all" where there is nothing to compare."""
    page = page_of(form, alternative("one", pays=line("The town")))
    assert "Who pays" in labels(page)[0]
    assert "For all" not in page.text()


@BOTH
def test_two_dates_of_one_body_are_told(form: str) -> None:
    """Who and by when are one row, which differs where either does."""
    one = alternative("one", who=line("Nobody"), by="")
    page = page_of(form, one, alternative("two", who=line("Nobody")))
    assert tables(page)[0][1] == ["Who, by when", "Nobody; no date", "Nobody; by June 2027"]


@BOTH
@pytest.mark.parametrize(
    ("origins", "said", "rows"),
    [
        (["derived", "derived"], "Derived by us from gaps", 0),
        (["stated", "stated"], "The source proposes them.", 0),
        (["stated", "derived"], "“Ours”: derived by us", 1),
    ],
)
def test_whose_proposals_they_are_is_told(
    form: str, origins: list[str], said: str, rows: int
) -> None:
    """In a line where they are all of one origin, else in a row of their own and a line that explains it."""
    one, two = (alternative(str(at), origin=origin) for at, origin in enumerate(origins))
    page = page_of(form, one, two)
    assert said in page.text()
    assert labels(page)[0].count("Whose idea") == rows


@BOTH
def test_the_preferred_one_says_so_and_why(form: str) -> None:
    """In words, beside its letter, and in a panel that names the letter."""
    two = alternative("two", preferred=line("It alone is cheap."))
    page = page_of(form, PROBLEM, alternative("one"), two)
    assert ["preferred" in head for head in tables(page)[0][0]] == [False, False, True]
    panel = page.text().partition("Why we prefer B")[2]
    assert "It alone is cheap." in panel
    assert page_of(form, PROBLEM, alternative("one")).text().count("prefer") == 0


@BOTH
def test_a_problem_without_alternatives_is_a_heading(form: str) -> None:
    """A draft may have one."""
    page = page_of(form, PROBLEM)
    assert tables(page) == []
    assert "Choose one." in page.text()


def step(month: int, *, asked: bool = False) -> ed.Step:
    """Return a step of the month that is *month* months after the release."""
    return ed.Step(f"step-{month}", line("The town"), line("counts."), "June 2027", month, asked)


def test_the_line_is_to_scale() -> None:
    """Halfway in time is halfway along the line; years and quarters stand where they begin."""
    drawn = step_line([step(6), step(12, asked=True), step(24)], "2026-11-24")
    assert [(stop.number, stop.at / LENGTH) for stop in drawn.stops] == [
        (1, 0.25),
        (2, 0.5),
        (3, 1),
    ]
    assert [stop.asked for stop in drawn.stops] == [False, True, False]
    assert [year for year, _ in drawn.years] == [2027, 2028]
    assert drawn.years[0][1] == pytest.approx(LENGTH * 2 / 24, abs=0.1)
    assert len(drawn.quarters) == 8
    assert drawn.levels == 1


@given(st.lists(st.integers(-3, 120), min_size=1, max_size=12).map(sorted))
def test_no_number_covers_another(months: list[int]) -> None:
    """Steps of one month, or of months that are near, stand above one another; none is outside the line."""
    drawn = step_line([step(month) for month in months], "2026-11-24")
    assert [stop.number for stop in drawn.stops] == list(range(1, len(months) + 1))
    for one in drawn.stops:
        assert 0 <= one.at <= LENGTH
        assert one.level < drawn.levels
        for other in drawn.stops:
            if one.number < other.number and one.level == other.level:
                assert other.at - one.at >= APART - 0.1


def test_the_drawing_has_the_numbers_of_the_list() -> None:
    """A number in the drawing is the one under which the list has the step; the one of the ask is larger in both."""
    edition = SimpleNamespace(release="2026-11-24", accent="#123456")
    blocks = [step(2), step(7, asked=True)]
    page = COMPOSER.fill("blocks/step/step.html.j2", blocks=blocks, edition=edition)
    drawn = re.findall(r'<text [^>]*font-size="([\d.]+)"[^>]*>(\d+)</text>', page)
    assert drawn == [("9.5", "1"), ("12.5", "2")]
    listed = re.findall(r'class="step( step--asked)?".*?step__number">(\d+)<', page)
    assert listed == [("", "1"), (" step--asked", "2")]
