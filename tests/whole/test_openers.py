"""Key figures, openers, frames, objections and the box of gaps: on paper, on screen and in a post, in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.paper import on_paper
from tests.support.project import files

if TYPE_CHECKING:
    from tests.support.project import Project

BLOCKS = b"""
red-problem:
  paragraph:
    text: They were quiet.[^quiet]
red-objection:
  objection:
    says: The crimson gardens were quiet.[^quiet]
    answer: |
      It takes a day.

      The town gives it.
red-unknown:
  gaps:
    items: [Who came in winter, Who paid]
red-strip:
  key_figures:
    title: The crimson town in figures
    rows:
      - {label: gardens at schools, value: gardens.schools}
      - {label: gardens in all, value: gardens.total}
"""
SECTIONS = """\
  country: [red-strip]
  problem: [red-problem]
  objections: [red-objection]
  unknown: [red-unknown]
  made:"""
HEADS = b"""
openers: {problem: Few know the crimson gardens}
frames: {problem: "What the survey reported, about {latest}"}
"""
READ = [
    *("Keymessages", "Thecrimsontowninfigures", "2020–2021", "8", "gardensatschools", "40"),
    *("gardensinall", "Theproblem", "Fewknow", "Whatthesurveyreported,about2020–2021", "Theywere"),
    *("Objections,andanswers", "“Thecrimsongardenswerequiet.”", "Ittakesaday."),
    *("Whatwedonotknow", "Whocameinwinter", "Whopaid", "Howthisbriefwasmade"),
]


@pytest.fixture
def full(project: Project) -> Project:
    """Return a project whose red brief has all of these."""
    project.append("content/blocks/red.yaml", BLOCKS)
    project.edit("content/briefs/red.yaml", "  made:", SECTIONS)
    project.append("content/briefs/red.yaml", HEADS)
    return project


def in_order(words: str) -> None:
    """Refuse *words* that lack one of READ, or have it before the one above it."""
    at = 0
    for part in READ:
        found = words.find(part, at)
        assert found >= 0, part
        at = found + len(part)


def test_paper_and_post_have_them_in_the_order_of_the_page(full: Project) -> None:
    """The proof of the print holds, and no other audience has a word of them."""
    assert full.made()["en/red"] == "new"
    paper = on_paper((full.out / "en" / "red.pdf").read_bytes())
    in_order("".join(sign.text for sign in paper.signs))
    assert "crimson" not in (full.out / "en" / "blue.html").read_text("utf-8").casefold()
    full.good("kit", "--jobs", "1")
    post = files(full.root / "kits")["en/red/post.html"].decode()
    places = [
        post.find(words) for words in ("crimson town", "Few know", "about 2020", "“The crimson")
    ]
    assert -1 not in places
    assert places == sorted(places)
