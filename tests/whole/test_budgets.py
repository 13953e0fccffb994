"""What is too much, from the limits to the message: a draft is built and warned of, what is final is refused."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.project import Project

OF_RED = "content/briefs/red.yaml"
# The limit that red is over, the rule, and what the message tells: where it is, how much to cut, what could give.
OVER = {
    "page_one_words: 40": (
        "budget",
        (
            r"blocks/red.yaml:\d+:\d+: \w+: page 1 has 102 words; content/limits.yaml allows 40: cut 62; it holds "
            r"title 3, main 7, messages 27, figure 20, ask 10, masthead and headings 35; its longest blocks are "
            r"'red-figure' \(\d+\) and 'red-message' \(\d+\)"
        ),
    ),
    "words: 20": (
        "words",
        (
            r"blocks/red.yaml:\d+:\d+: \w+: the brief has 55 words before 'since'; the limit is 20: cut 35; it holds "
            r"title 3, main 7, messages 20, figure 15, ask 10; its longest blocks are "
        ),
    ),
    "html_kilobytes: 30": (
        "budget",
        r"briefs/red.yaml:1:1: \w+: the brief has \d+ kB of HTML; .* allows 30",
    ),
    "message_words: 5": (
        "message",
        r"blocks/red.yaml:\d+:\d+: \w+: this key message has \d+ words; the limit is 5",
    ),
}


def held_to(project: Project, limit: str, status: str) -> None:
    """Hold red alone to a *limit*, and give it a *status*."""
    project.edit("content/limits.yaml", "audiences:\n", f"audiences:\n  red: {{{limit}}}\n")
    project.edit(OF_RED, "status: final", f"status: {status}")


@pytest.mark.parametrize("limit", OVER)
def test_a_draft_over_a_budget_is_built_and_warned_of(project: Project, limit: str) -> None:
    """Its author sees the page, which is marked as a draft, and reads what could give."""
    held_to(project, limit, "draft")
    done = project.run("build")
    rule, message = OVER[limit]
    told = [line for line in (done.stdout + done.stderr).splitlines() if f"[{rule}]" in line]
    assert done.returncode == 0
    assert told
    assert [line for line in told if re.search(message, line) and ": warning: " in line] == told
    manifest = project.manifest()["en/red.pdf"]
    assert manifest["status"] == "draft"


@pytest.mark.parametrize("limit", OVER)
def test_a_final_brief_over_a_budget_is_refused(project: Project, limit: str) -> None:
    """Its outputs of before are put aside as stale."""
    held_to(project, limit, "final")
    done = project.run("build")
    rule, message = OVER[limit]
    told = [line for line in (done.stdout + done.stderr).splitlines() if f"[{rule}]" in line]
    assert done.returncode == 1
    assert told
    assert [line for line in told if re.search(message, line) and ": error: " in line] == told
    assert not (project.out / "en" / "red.pdf").exists()


def test_words_on_page_1_are_counted_without_a_print_too(project: Project) -> None:
    """As many as the print has."""
    held_to(project, "page_one_words: 10", "draft")
    told = [
        json.loads(project.run("check", option, "--output", "json").stdout)
        for option in ("--print", "--no-print")
    ]
    pairs = [
        [one["message"] for one in each["problems"] if "page 1 has" in one["message"]]
        for each in told
    ]
    assert pairs[0] == pairs[1]
    assert pairs[0]


def test_a_page_1_without_enough_on_it_is_called_too_short(project: Project) -> None:
    """What is empty at its end is no hole between two blocks."""
    held_to(project, "hole_percent: 20", "final")
    told = [line for line in project.run("check").stdout.splitlines() if "[layout]" in line]
    assert len(told) == 1
    assert "page 1 is too short: it is empty for " in told[0]
    assert "hole" not in told[0]
