"""A signed statement: on paper, on screen and in a post; as a foreword it is on page 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.paper import on_paper
from tests.support.project import files

if TYPE_CHECKING:
    from tests.support.project import Project

BLOCKS = "content/blocks/red.yaml"
BRIEF = "content/briefs/red.yaml"
QUOTE = b"""
red-foreword:
  quote:
    audiences: [red]
    words: |
      Count what you have, in crimson ink.

      Then show it to all.[^gardens]
    who: Ada Green
    role: Head of gardens
    institution: Town of Example
    date: 2025-11-03
"""
SIGNED = "Ada Green, Head of gardens, Town of Example, November 3, 2025"


@pytest.fixture
def quoted(project: Project) -> Project:
    """Return a project whose red brief begins with a foreword."""
    project.append(BLOCKS, QUOTE)
    project.edit(BRIEF, "  messages:", "  foreword: [red-foreword]\n  messages:")
    return project


def test_a_foreword_is_on_page_1(quoted: Project) -> None:
    """Words and signature are printed after the main message and before the key messages, and read in that order."""
    assert quoted.made()["en/red"] == "new"
    paper = on_paper((quoted.out / "en" / "red.pdf").read_bytes())
    first = "".join(sign.text for sign in paper.signs if sign.sheet == 0)
    words = ["forthered", "Countwhatyouhave", "Thenshowittoall", SIGNED, "Keymessages"]
    places = [first.find(part.replace(" ", "")) for part in words]
    assert -1 not in places
    assert places == sorted(places)
    page = (quoted.out / "en" / "red.html").read_text("utf-8")
    assert '<blockquote class="quote__words"' in page
    assert "Town of Example, November 3, 2025" in page


def test_a_post_has_it_as_a_quotation(quoted: Project) -> None:
    """Its signature is inside the quotation, and no other audience has a word of it."""
    quoted.good("kit", "--jobs", "1")
    kits = files(quoted.root / "kits")
    post = kits["en/red/post.html"].decode()
    quotation = post.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert "crimson ink" in quotation
    assert SIGNED in quotation
    assert not [name for name, data in kits.items() if "blue" in name and b"Ada Green" in data]


@pytest.mark.parametrize("key", ["who", "role", "institution", "date"])
def test_a_statement_is_signed_in_full(quoted: Project, key: str) -> None:
    """A key that is missing is named, with the block's place."""
    text = (quoted.root / BLOCKS).read_text("utf-8")
    [line] = [line for line in text.splitlines() if line.startswith(f"    {key}:")]
    quoted.edit(BLOCKS, f"{line}\n", "")
    done = quoted.run("check", "--no-print")
    assert done.returncode == 1
    assert f"{BLOCKS}:" in done.stdout
    assert f"'{key}'" in done.stdout


@pytest.mark.parametrize("day", ["2025-02-30", "November 2025", "2025-11"])
def test_its_day_is_a_day(quoted: Project, day: str) -> None:
    """A day that does not exist, or is none, is refused at its place."""
    quoted.edit(BLOCKS, "2025-11-03", day)
    line = (quoted.root / BLOCKS).read_text("utf-8").partition("    date:")[0].count("\n") + 1
    done = quoted.run("check", "--no-print")
    wrong = "there is no day" if day.count("-") == 2 else "expected a date such as 2026-11-24"
    assert f"{BLOCKS}:{line}:11: error: {wrong}" in done.stdout


def test_a_foreword_takes_nothing_else(quoted: Project) -> None:
    """Page 1 begins with a signed statement or none."""
    quoted.edit(BRIEF, "foreword: [red-foreword]", "foreword: [red-second]")
    done = quoted.run("check", "--no-print")
    assert done.returncode == 1
    assert "red-second" in done.stdout
    assert "foreword" in done.stdout


def test_a_change_of_its_words_is_told(quoted: Project) -> None:
    """A comparison names the block and the words."""
    quoted.made()
    quoted.edit(BLOCKS, "in crimson ink", "in scarlet ink")
    told = quoted.good("diff", "build")
    assert "red-foreword" in told
    assert "scarlet" in told.partition("red-foreword")[2]
