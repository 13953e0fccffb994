"""What a run says at its end: to a person, and to a program."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from press.build import report
from press.build.build_result import Coverage, Outcome, Row
from press.build.formats import FORMATS
from press.cli.build_answers import answer
from press.problems import FAILED, OK, Place, Problem
from tests.support.editions import produce

ERROR = Problem(Place("content/a.yaml"), "no block is called 'x'", "reference")
WARNING = Problem(Place("content/a.yaml"), "a long sentence", "sentence", "warning")
ROW = Row("en", "x", "final", "kept", 2, 300, 1, 99, {"html": 90_000, "pdf": 80_000})


def said(outcome: Outcome) -> list[str]:
    """Return the lines of the summary below the table."""
    lines = answer(outcome, Path("build")).text.splitlines()
    assert lines[1].startswith("en/x")
    return lines[2:]


def test_outputs_that_are_up_to_date_are_called_so() -> None:
    """A warning does not make them less so."""
    outcome = Outcome(OK, (WARNING,), (ROW,), unchanged=True)
    assert said(outcome) == [
        "nothing changed, nothing was rendered: build is up to date; 1 warning"
    ]


def test_formats_that_were_left_out_are_named() -> None:
    """Nobody looks for a PDF that was not asked for."""
    text = answer(Outcome(OK, (), (ROW,)), Path("build"), FORMATS.keys() - {"pdf"}).text
    assert text.endswith("0 editions rendered, 1 kept: build; no PDF was made")


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            (ROW, replace(ROW, made="new")),
            "2 editions checked, 1 of them rendered for it; 1 warning",
        ),
        ((ROW,), "1 edition checked; 1 warning"),
        ((), "0 editions checked; 1 warning"),
    ],
)
def test_a_check_tells_what_was_checked(rows: tuple[Row, ...], text: str) -> None:
    """It writes nothing, so that nothing of it is rendered or kept."""
    assert answer(Outcome(OK, (WARNING,), rows)).text.splitlines()[-1] == text


def test_a_check_counts_no_edition_with_an_error_as_one_without() -> None:
    """Its rows are the editions that may be handed out."""
    text = answer(Outcome(FAILED, (ERROR,), (replace(ROW, made="new"),))).text.splitlines()[-1]
    assert text == "1 edition checked without an error, 1 of them rendered for it; 1 error"


def test_outputs_of_a_build_with_errors_are_not_up_to_date() -> None:
    """That nothing changed since is not good news."""
    outcome = Outcome(FAILED, (ERROR, WARNING), (ROW,), unchanged=True)
    assert said(outcome) == [
        "nothing changed since the last build, which had errors; 1 error and 1 warning"
    ]


def test_a_plan_names_the_briefs_that_a_mistake_holds_back() -> None:
    """That nothing would be rendered is not good news then."""
    outcome = Outcome(FAILED, (ERROR,), (), planned=(), held=("en/x",))
    assert answer(outcome).text.splitlines() == [
        "not rendered before their mistakes are mended: en/x",
        "0 editions would be rendered; 1 error",
    ]
    kept = Outcome(FAILED, (ERROR,), (), planned=(), unchanged=True)
    message = "nothing changed since the last build, which had errors; 1 error"
    assert answer(kept).text == f"nothing would be rendered: {message}"


def test_what_is_gone_and_what_is_left_is_told() -> None:
    """A person reads what became of files that were not made."""
    outcome = Outcome(OK, (), (ROW,), gone=("en/y.html", "en/y.pdf"), left=("en/z",))
    assert said(outcome) == [
        "removed: en/y.html, en/y.pdf",
        "left as they were, and out of date: en/z",
        "0 editions rendered, 1 kept: build",
    ]


def test_a_program_is_told_what_is_gone_and_what_is_left() -> None:
    """The lists are there, empty or not."""
    told = json.loads(
        answer(Outcome(OK, (), (ROW,), gone=("en/y.html",), left=("en/z",))).as_json()
    )
    assert (told["gone"], told["left"]) == (["en/y.html"], ["en/z"])
    told = json.loads(answer(Outcome(OK, (), ())).as_json())
    assert (told["gone"], told["left"]) == ([], [])


def test_what_a_setting_mended_is_told() -> None:
    """A person reads it below the table, a program in the edition."""
    mended = "spacing one step tighter on page 1, so that nothing is lost"
    outcome = Outcome(OK, (), (replace(ROW, mended=mended),))
    assert said(outcome)[0] == f"mended: en/x: {mended}"
    assert json.loads(answer(outcome).as_json())["editions"][0]["mended"] == mended


def test_what_becomes_of_the_claims_is_told_by_topic() -> None:
    """Each brief has its column, and what no brief prints is restricted or unused; a program gets the same."""
    topics = (
        Coverage("gardens", 9, {"blue": 2, "red": 4}, 1, 3),
        Coverage("wells", 12, {"blue": 0, "red": 10}, 0, 2),
    )
    told = answer(Outcome(OK, (), (ROW,), coverage=topics))
    assert (
        "claims on  all  blue  red  restricted  unused\n"
        "gardens      9     2    4           1       3\n"
        "wells       12     0   10           0       2\n"
        "all         21     2   14           1       5\n"
    ) in told.text
    assert told.facts["coverage"][0]["printed"] == {"blue": 2, "red": 4}


def test_each_claim_is_counted_by_what_becomes_of_it(tmp_path: Path) -> None:
    """Printed by a brief or by both, restricted, or unused: each once in the sum."""
    product = produce(tmp_path, Path(__file__).parents[1] / "library")
    [topic] = report.coverage(product)
    notes = {
        name: {note.claim for note in made.edition.notes}
        for (_, name), made in product.finished.items()
    }
    assert topic.topic == "gardens"
    assert topic.printed == {name: len(claims) for name, claims in notes.items()}
    printed = set().union(*notes.values())
    assert topic.claims == len(printed) + topic.restricted + topic.unused
    left = product.library.claims.keys() - printed
    assert topic.unused == sum(product.library.claims[key].use in ("ok", "caveat") for key in left)
