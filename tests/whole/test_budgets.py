"""What is too much, from the limits to the message: a draft is built and warned of, what is final is refused."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.project import Project, Run

OF_RED = "content/briefs/red.yaml"
# The limit that red is over, the rule, and what the message tells: where it is, how much to cut, what could give.
OVER = {
    "page_one_words: 40": (
        "budget",
        (
            r"blocks/red.yaml:\d+:\d+: \w+: page 1 has 102 words; limits.yaml allows 40: cut 62; it holds "
            r"title 3, main 7, messages 27, figure 20, ask 10, masthead and headings 35; its longest blocks are "
            r"'red-figure' \(\d+\) and 'red-message' \(\d+\)"
        ),
    ),
    "words: 100": (
        "budget",
        (
            r"blocks/red.yaml:\d+:\d+: \w+: the brief has \d+ words with everything on it; limits.yaml allows "
            r"100: cut \d+ \(page 1 102, page 2 \d+\); it holds title 3, main 7, messages 27, figure 20, ask 10, made "
            r"\d+, notes, references and headings \d+; its longest blocks are "
        ),
    ),
    "short_words: 100": (
        "budget",
        (
            r"blocks/red.yaml:\d+:\d+: \w+: in the short form, the brief has \d+ words with everything on it; .*"
            r"or give a block a 'short' text, or take it out of the short form by 'depth: brief'"
        ),
    ),
    "short_pages: 4": (
        "budget",
        (
            r"briefs/red.yaml:1:1: \w+: in the short form, the brief has 2 pages, and a sheet 4: show more blocks in "
            r"it by 'depth: short', or give more of them a 'short' text"
        ),
    ),
    "html_kilobytes: 30": (
        "budget",
        (
            r"briefs/red.yaml:1:1: \w+: the brief has \d+ kB of HTML; .* allows 30: cut \d+; it holds fonts \d+, "
            r"styles \d+, drawings \d+, texts \d+: shorten texts, or take a figure or claims out"
        ),
    ),
    "message_words: 5": (
        "message",
        r"blocks/red.yaml:\d+:\d+: \w+: this key message has \d+ words; the limit is 5",
    ),
}


def held_to(project: Project, limits: Iterable[str], status: str) -> None:
    """Hold red alone to *limits*, and give it a *status*."""
    given = f"{{{', '.join(limits)}}}"
    project.edit("content/limits.yaml", "audiences:\n", f"audiences:\n  red: {given}\n")
    project.edit(OF_RED, "status: final", f"status: {status}")


def told(done: Run, severity: str, limits: Iterable[str]) -> None:
    """Assert that each of *limits* is told in its words, and by its rule nothing else."""
    lines = (done.stdout + done.stderr).splitlines()
    found = {limit: said(lines, severity, *OVER[limit]) for limit in limits}
    assert all(found.values()), found
    rules = {OVER[limit][0] for limit in limits}
    of_rules = {line for line in lines if any(f"[{rule}]" in line for rule in rules)}
    assert of_rules == {line for each in found.values() for line in each}


def said(lines: list[str], severity: str, rule: str, message: str) -> list[str]:
    """Return the lines that say a *message* of a rule."""
    return [
        line
        for line in lines
        if f"[{rule}]" in line and f": {severity}: " in line and re.search(message, line)
    ]


def test_a_draft_over_a_budget_is_built_and_warned_of(project: Project) -> None:
    """Its author sees the page, which is marked as a draft, and reads what could give."""
    held_to(project, OVER, "draft")
    done = project.run("build")
    assert done.returncode == 0
    told(done, "warning", OVER)
    manifest = project.manifest()["en/red.pdf"]
    assert manifest["status"] == "draft"


@pytest.mark.parametrize(
    "limits",
    [
        ("page_one_words: 40", "html_kilobytes: 30"),
        ("words: 100", "short_words: 100", "short_pages: 4"),
    ],
)
def test_a_final_brief_over_a_budget_is_refused(project: Project, limits: tuple[str, ...]) -> None:
    """Its outputs of before are put aside as stale; what is seen in the texts alone is told before pages are made."""
    held_to(project, limits, "final")
    done = project.run("build")
    assert done.returncode == 1
    told(done, "error", limits)
    assert not (project.out / "en" / "red.pdf").exists()


def test_words_on_page_1_are_counted_without_a_print_too(project: Project) -> None:
    """As many as the print has."""
    held_to(project, ["page_one_words: 10"], "draft")
    found = [
        json.loads(project.run("check", option, "--output", "json").stdout)
        for option in ("--print", "--no-print")
    ]
    pairs = [
        [one["message"] for one in each["problems"] if "page 1 has" in one["message"]]
        for each in found
    ]
    assert pairs[0] == pairs[1]
    assert pairs[0]


def test_a_page_1_without_enough_on_it_is_called_too_short(project: Project) -> None:
    """What is empty at its end is no hole between two blocks."""
    held_to(project, ["hole_percent: 20"], "final")
    lines = [line for line in project.run("check").stdout.splitlines() if line.endswith("[layout]")]
    assert len(lines) == 1
    assert "page 1 is too short: it is empty for " in lines[0]
    assert "hole" not in lines[0]
