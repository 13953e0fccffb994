"""An opener that cites nothing keeps the rules of what stands below it; so does a short text (test_short_texts)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.test_editorial import change, found, prepared

if TYPE_CHECKING:
    from pathlib import Path

BELOW = """\
more:
  paragraph:
    text: >-
      The survey judges that gardens are quiet.[^quiet] The survey says children are {visitors.children} of visitors.
      In {gardens.total:year} there were {gardens.total} gardens.
"""


def said(tmp_path: Path, opener: str, *, frame: str = "", years: str = "") -> list[tuple[str, str]]:
    """Return rule and message of what is wrong with the *opener* of a section, below a *frame* if one is given."""
    content = prepared(tmp_path)
    (content / "blocks/more.yaml").write_text(BELOW, "utf-8")
    change(content, "limits.yaml", "finding_times: 6", f"finding_times: 9{years}")
    change(content, "claims/gardens.yaml", "of visitors.", "of visitors of public gardens.")
    brief = content / "briefs/red.yaml"
    heads = f"  problem: [more]\nopeners: {{problem: '{opener}'}}\n"
    heads += f"frames: {{problem: '{frame}'}}\n" if frame else ""
    brief.write_text(f"{brief.read_text('utf-8')}{heads}", "utf-8")
    lines = brief.read_text("utf-8").splitlines()
    place = f"briefs/red.yaml:{lines.index(heads.splitlines()[1]) + 1}:"
    return [(rule, message) for where, _, rule, message in found(content) if place in where]


@pytest.mark.parametrize(
    ("opener", "rule", "words"),
    [
        ("Then many gardens declined", "absolute", "'many' is an amount"),
        ("The gardens of the town declined", "turned", "'declined' turns what is cited here"),
        ("Gardens were always open", "absolute", "'always' is more than"),
        ("Gardens came thanks to rain", "cause", "'thanks to' gives a cause"),
        ("Most gardens in Rome were quiet", "named", "names 'Rome'"),
        ("The mayor says gardens grew", "speaker", "is said by 'mayor'"),
        ("Treatment saves lives", "benefit", "'Treatment saves' claims a benefit"),
        ("It is of high certainty", "certainty", "'high certainty' speaks of graded"),
        ("Children were visitors of public gardens", "attribution", "the verdict on 'visitors'"),
        ("Children are parents, visitors of public gardens", "never", "'parents' may not be said"),
    ],
)
def test_an_opener_keeps_the_rules_of_what_stands_below_it(
    tmp_path: Path, opener: str, rule: str, words: str
) -> None:
    """It tells in one sentence what its section tells."""
    told = [message for name, message in said(tmp_path, opener) if name == rule]
    assert len(told) == 1
    assert words in told[0]


@pytest.mark.parametrize(
    "opener",
    ["The number of gardens rose", "What was counted", "Quiet gardens, and who comes to them"],
)
def test_an_opener_that_says_no_more_is_left_alone(tmp_path: Path, opener: str) -> None:
    """It need not cite what its section cites."""
    assert said(tmp_path, opener) == []


def test_an_opener_has_the_speaker_of_its_section(tmp_path: Path) -> None:
    """Who speaks is said once."""
    opener = "Children were visitors of public gardens"
    assert said(tmp_path, opener, frame="What the survey reported") == []


@pytest.mark.parametrize(
    ("opener", "rules"), [("Gardens are open", ["tense"]), ("Gardens were open", [])]
)
def test_an_opener_tells_the_old_in_the_past(tmp_path: Path, opener: str, rules: list[str]) -> None:
    """All that its section cites is undated, or of 2021."""
    told = said(tmp_path, opener, years="\n  present_years: 4")
    assert [rule for rule, _ in told] == rules
