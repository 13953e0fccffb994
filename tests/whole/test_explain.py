"""What is known of a claim or a rule is told on demand: `inv explain`."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from press.rulebook import rules
from press.tools.rules import PAGE
from tests.support.project import Project, copied, put_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLAIMS, RED = "content/claims/gardens.yaml", "content/blocks/red.yaml"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return a project that was never built, to be read only."""
    project = copied(tmp_path_factory.mktemp("explaining").resolve() / "project")
    with project.warm():
        yield project


@pytest.fixture
def project(sound: Project, tmp_path: Path) -> Iterator[Project]:
    """Return it with content that a test may edit."""
    shutil.copytree(sound.content, tmp_path / "content")
    yield sound
    put_back(tmp_path / "content", sound.content)


def claim(project: Project, name: str, status: int = 0) -> dict[str, Any]:
    """Return what a program is told of a claim."""
    done = project.run("explain", "claim", name, "--output", "json")
    assert (done.returncode, done.stderr) == (status, ""), done
    told = json.loads(done.stdout)
    assert told["status"] == status
    return {**told["claim"], "problems": told["problems"]}


def test_a_claim_is_told_with_its_passage_and_values(sound: Project) -> None:
    """Source, locator, what the passage holds; each value as it is printed, with unit and year."""
    known = claim(sound, "gardens")
    assert known["claim"] == "There are 40 gardens, 8 of them at schools."
    assert (known["citation"], known["locator"]) == ("A survey of gardens", "P1.1")
    assert known["passage"]["values"] == ["2020-2021", "40", "8"]
    others = {"printed": "32", "year": "2020-2021", "derived": "40 - 8", "unit": "gardens"}
    assert known["values"]["others"] == others
    assert known["use"] == "ok"
    assert known["problems"] == []


def test_who_prints_a_claim_is_told(sound: Project) -> None:
    """Brief, section and block, the place in the file and how often."""
    printed = [
        (row["brief"], row["section"], row["block"]) for row in claim(sound, "quiet")["printed"]
    ]
    assert ("blue", "title", "") in printed
    assert ("red", "messages", "red-message") in printed
    assert claim(sound, "rumour")["printed"] == []


def test_what_is_for_some_readers_only_is_told(project: Project) -> None:
    """A block that is restricted, and one that no brief names."""
    project.edit(
        RED, "red-second:\n  message:\n", "red-second:\n  message:\n    audiences: [red]\n"
    )
    project.edit("content/briefs/red.yaml", "red-message, red-second", "red-second")
    [first, *_] = claim(project, "visitors")["printed"]
    rows = {row["block"]: row for row in claim(project, "visitors")["printed"]}
    assert first["brief"] == "blue"
    assert (rows["red-second"]["brief"], rows["red-second"]["only_for"]) == ("red", ["red"])
    loose = {row["block"]: row["brief"] for row in claim(project, "quiet")["printed"]}
    assert loose["red-message"] == ""


def test_qualifiers_are_told_on_both_sides(project: Project) -> None:
    """Which claims overtook it, and which it overtook."""
    project.edit(
        CLAIMS, "claim: Gardens are quiet.", "claim: Gardens are quiet.\n  qualified_by: [setting]"
    )
    assert claim(project, "quiet")["qualified_by"] == ["setting"]
    assert claim(project, "setting")["qualifies"] == ["quiet"]


def test_a_person_reads_lines(sound: Project) -> None:
    """Plain text in two columns, on any terminal and in a pipe."""
    text = sound.good("explain", "claim", "visitors")
    lines = {line.partition(" ")[0]: " ".join(line.split()[1:]) for line in text.splitlines()}
    assert lines["id"] == "visitors"
    assert lines["caveat"] == "Nobody says who counted."
    assert lines["printed"].startswith(
        "brief red; section messages; block red-second; depth short; place "
    )
    assert (
        "values children: printed more than 60%; number 60; bound more than; of visitors; unit"
        in " ".join(text.split())
    )
    assert "\x1b" not in text


def test_a_claim_that_cannot_be_read_is_told_as_it_is_typed(project: Project) -> None:
    """With its mistake, and who prints it."""
    project.edit(CLAIMS, "kind: estimate", "kind: guess")
    known = claim(project, "visitors", status=1)
    assert known["typed"]["kind"] == "guess"
    assert [each["rule"] for each in known["problems"]] == ["schema"]
    assert known["printed"]


def test_mistakes_in_a_claim_are_told_and_those_of_others_are_not(project: Project) -> None:
    """A value that its passage does not have."""
    project.edit(CLAIMS, "schools: {number: 8, unit", "schools: {number: 9, unit")
    assert [each["rule"] for each in claim(project, "gardens", status=1)["problems"]] == [
        "evidence"
    ]
    assert claim(project, "quiet")["problems"] == []


def test_a_claim_that_may_be_in_an_unread_file_is_refused(project: Project) -> None:
    """It is not said that there is none."""
    (project.content / "claims" / "more.yaml").write_text("a: [", "utf-8")
    done = project.run("explain", "claim", "lost")
    assert done.returncode == 65
    assert "content/claims/more.yaml" in done.stdout


def test_a_rule_is_told_as_its_page_has_it(sound: Project) -> None:
    """What it refuses, the way out, a wrong and a right example; for a program in parts."""
    text = sound.good("explain", "rule", "unit")
    assert text.strip() in PAGE.read_text("utf-8")
    assert "\n- there were {gardens.total} in all\n+ there were" in text
    told = json.loads(sound.good("explain", "rule", "year", "--output", "json"))
    assert told["rule"]["refused"] == rules()["year"].refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("claim", "garden"), "no claim is called 'garden'; did you mean 'gardens'?"),
        (("rule", "unti"), "no rule is called 'unti'; did you mean 'unit'?"),
        (("claims", "gardens"), "inv explain knows no 'claims'; write inv explain claim or rule"),
        (("claim",), "name"),
    ],
)
def test_a_mistyped_name_is_refused(sound: Project, words: tuple[str, ...], said: str) -> None:
    """With the name that may be meant."""
    done = sound.run("explain", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
