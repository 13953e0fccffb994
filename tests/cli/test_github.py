"""Answers for pull requests: a note at the line of each problem, and no command but ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press.cli import github
from press.cli.answers import Answer
from press.problems import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

COMMAND = re.compile(r"::([\w-]+)(?: ([^:]*))?::(.*)")


def commands(printed: list[str]) -> list[tuple[str, dict[str, str], str]]:
    """Return the commands in what was *printed*, as GitHub's runner reads it: line by line."""
    found: list[tuple[str, dict[str, str], str]] = []
    stopped = ""
    for line in "\n".join(printed).split("\n"):
        match = COMMAND.fullmatch(line.lstrip())
        if not match or (stopped and match[1] != stopped):
            continue
        name, properties, data = match.groups("")
        stopped = data if name == "stop-commands" else ""
        given = dict(each.split("=", 1) for each in properties.split(",") if each)
        found.append((name, {key: plain(value) for key, value in given.items()}, plain(data)))
    return [each for each in found if each[0] in {"error", "warning", "add-mask", "debug"}]


def plain(text: str) -> str:
    """Return what *text* was before it was escaped for a command."""
    for escaped, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escaped, char)
    return text


def test_a_problem_is_a_note_at_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file is named from the root of the repository, wherever the command ran; the log has all of it as text."""
    for folder in (".git", "series"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "series")
    wrong = Problem(Place("claims/a,b: 100%.yaml", 7, 3), "no '5,0%' here: mend it", "number")
    odd = Problem(Place("briefs/x.yaml"), "no such key", "language")
    printed = list(github.lines(Answer(1, (wrong, odd), "2 briefs built")))
    assert {str(wrong), str(odd), "2 briefs built"} < set(printed)
    place = {"file": "series/claims/a,b: 100%.yaml", "line": "7", "col": "3", "title": "number"}
    assert commands(printed)[1] == ("error", place, "no '5,0%' here: mend it")
    assert commands(printed)[0][0] == odd.severity


def test_nothing_in_an_answer_is_a_command() -> None:
    """Neither names of files nor words of the content nor errors of the system can hide a word or set a value."""
    attack = "\n::add-mask::a\r\n::debug::b"
    problem = Problem(Place(f"a{attack}.yaml", 1, 1), f"x{attack}", "file")
    printed = list(github.lines(Answer(1, (problem,), attack, message=attack)))
    assert attack in printed
    assert [name for name, _, _ in commands(printed)] == ["error", "error"]
    assert commands(printed)[1] == ("error", {"title": "inv"}, attack)
    assert "add-mask" in [name for name, _, _ in commands(printed[1:])]  # without our first line


def test_no_content_can_know_the_word_that_lets_commands_through() -> None:
    """It is another one each time."""
    first, second = (next(github.lines(Answer())) for _ in range(2))
    assert len(first) > 50
    assert first != second
