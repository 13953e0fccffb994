"""What a run says at its end: to a person, and to a program."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from press.build.build_result import Outcome, Row
from press.build.formats import FORMATS
from press.cli.build_answers import answer
from press.problems import FAILED, OK, Place, Problem

ERROR = Problem(Place("content/a.yaml"), "no block is called 'x'", "reference")
WARNING = Problem(Place("content/a.yaml"), "a long sentence", "sentence", "warning")
ROW = Row("en", "x", "final", "kept", 2, 300, {"html": 90_000, "pdf": 80_000})


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


def test_outputs_of_a_build_with_errors_are_not_up_to_date() -> None:
    """That nothing changed since is not good news."""
    outcome = Outcome(FAILED, (ERROR, WARNING), (ROW,), unchanged=True)
    assert said(outcome) == [
        "nothing changed since the last build, which had errors; 1 error and 1 warning"
    ]


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
