"""The lines of two columns stand on one grid of parts of a line: seen in the PDFs of the briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pytest

from press.page.compose import Composer
from press.print.measure.rects import POINTS
from tests.support.editions import printed_once
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

TOKENS = Composer(HERE.template_folders).texts["styles/tokens.css"]
TOLERANCE = 0.04  # of a step
COLUMN = 10  # letters on their base line, from which on a page has a list in two columns
LISTS = ("Evidence notes", "References")
PARTS = 4  # of a line: one is between evidence notes, and between references


class Letter(NamedTuple):
    """A letter that stands on its base line."""

    right: bool  # in the right half of its page
    listed: str  # the heading that it stands below
    size: float  # of the font, points
    base: float  # points from the foot of the page


def token(name: str) -> float:
    """Return a size in points."""
    return float(TOKENS.partition(f"--{name}: ")[2].partition("pt")[0])


@pytest.fixture(scope="module")
def pages(work: Path) -> list[list[Letter]]:
    """Return the letters of each page of our first brief."""
    product = printed_once(work)
    document = pypdfium2.PdfDocument(product.finished[min(product.finished)].files["pdf"])
    found = [letters(page) for page in document]
    document.close()
    return found


def height(text: pypdfium2.PdfTextPage, heading: str) -> float:
    """Return how high a heading stands; 0, the foot of the page, where there is none."""
    found = text.search(heading, match_case=True, match_whole_word=True).get_next()
    return float(text.get_charbox(found[0])[1]) if found else 0


def letters(page: pypdfium2.PdfPage) -> list[Letter]:
    """Return the letters of a page."""
    text = page.get_textpage()
    middle = page.get_width() / 2
    heads = sorted((height(text, heading), heading) for heading in LISTS)
    return [
        Letter(
            text.get_charbox(place)[0] > middle,
            next((name for top, name in heads if text.get_charbox(place)[1] < top), ""),
            pypdfium2.raw.FPDFText_GetFontSize(text, place) * POINTS,
            text.get_charbox(place)[1],
        )
        for place in range(text.count_chars())
        if text.get_text_range(place, 1) in set("hiklmnrx")
    ]


@pytest.mark.series
@pytest.mark.parametrize("heading", LISTS)
def test_columns_share_their_base_lines(pages: list[list[Letter]], heading: str) -> None:
    """Whatever note or reference a line belongs to, it is whole steps away from the first of the left column.

    Both lists may stand on one page; each has a grid of its own.
    """
    size, step, seen = token("type-note"), token("line-note") / PARTS, 0
    for page in pages:
        of_size = [letter for letter in page if abs(letter.size - size) < 0.05]
        listed = [letter for letter in of_size if letter.listed == heading]
        left = [letter.base for letter in listed if not letter.right]
        right = [letter.base for letter in listed if letter.right]
        if min(len(left), len(right)) > COLUMN:
            seen += 1
            apart = {base: off(max(left) - base, step) for base in {*left, *right}}
            assert max(apart.values()) < TOLERANCE * step, apart
    assert seen


def off(distance: float, step: float) -> float:
    """Return how far a distance is from a whole number of steps."""
    rest = distance % step
    return min(rest, step - rest)
