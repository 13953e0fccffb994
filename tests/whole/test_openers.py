"""Key figures, openers, frames, objections and the box of gaps: on paper, on screen and in a post, in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pytest

from press.print.measure.rects import POINTS
from tests.support.paper import on_paper
from tests.support.project import files

if TYPE_CHECKING:
    from pathlib import Path

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
openers: {problem: We know the crimson gardens}
frames: {problem: "What the survey reported, about {latest}"}
"""
READ = [
    *("Keymessages", "Thecrimsontowninfigures", "2020–2021", "8", "gardensatschools", "40"),
    *("gardensinall", "Theproblem", "Weknow", "Whatthesurveyreported,about2020–2021", "Theywere"),
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


class Words(NamedTuple):
    """Words on a page: where their first letter stands, in points from the left and from the foot, and its size."""

    left: float
    base: float
    size: float


def found(pdf: Path, *every: str) -> list[Words]:
    """Return where each of these words stands first."""
    document, places = pypdfium2.PdfDocument(pdf), []
    for words in every:
        texts = (page.get_textpage() for page in document)
        hits = ((text, text.search(words, match_case=True).get_next()) for text in texts)
        text, (at, _) = next((text, hit) for text, hit in hits if hit)
        size = pypdfium2.raw.FPDFText_GetFontSize(text, at) * POINTS
        left, base, _, _ = text.get_charbox(at)
        places.append(Words(left, base, size))
    document.close()
    return places


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
    opener, key, ask, asked = found(
        full.out / "en" / "red.pdf", "The problem", "We know", "What we", "Town: by"
    )
    assert opener.size > 20 > key.size > 12
    assert opener.left < key.left
    assert abs(opener.base - key.base) < 3
    assert ask.left < asked.left
    assert abs(ask.base - asked.base) < asked.size
    objections, gaps, item = found(
        full.out / "en" / "red.pdf", "Objections, and", "What we do not", "Who came"
    )
    assert abs(objections.base - gaps.base) < opener.size  # side by side
    assert objections.left < gaps.left < item.left + 1
    assert "crimson" not in (full.out / "en" / "blue.html").read_text("utf-8").casefold()
    full.good("kit", "--jobs", "1")
    post = files(full.root / "kits")["en/red/post.html"].decode()
    places = [
        post.find(words) for words in ("crimson town", "We know", "about 2020", "“The crimson")
    ]
    assert -1 not in places
    assert places == sorted(places)
