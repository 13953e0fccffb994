"""The lines of two columns stand on one grid of half lines: seen in the PDFs of the briefs, as a reader sees them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pytest

from press.page.compose import Composer
from press.print.measure.rects import POINTS
from tests.support.editions import printed_once
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

TOKENS = Composer(HERE.templates).texts["styles/tokens.css"]
TOLERANCE = 0.2  # points
COLUMN = 200  # letters on their base line, from which on a page has notes in two columns


class Letter(NamedTuple):
    """A letter that stands on its base line."""

    right: bool  # in the right column
    size: float  # of the font, points
    base: float  # points from the foot of the page


def token(name: str) -> float:
    """Return a size in points."""
    return float(TOKENS.partition(f"--{name}: ")[2].partition("pt")[0])


@pytest.fixture(scope="module")
def pages(work: Path) -> list[list[Letter]]:
    """Return the letters of each page of our first brief, before the references."""
    product = printed_once(work)
    document = pypdfium2.PdfDocument(product.finished[min(product.finished)].files["pdf"])
    found = [letters(page) for page in itertools.takewhile(without_references, document)]
    document.close()
    return found


def without_references(page: pypdfium2.PdfPage) -> bool:
    """Say whether no references begin on *page*: they have a grid of their own."""
    lines = page.get_textpage().get_text_range().splitlines()
    return "References" not in map(str.strip, lines)


def letters(page: pypdfium2.PdfPage) -> list[Letter]:
    """Return the letters of a page."""
    text = page.get_textpage()
    middle = page.get_width() / 2
    return [
        Letter(
            text.get_charbox(place)[0] > middle,
            pypdfium2.raw.FPDFText_GetFontSize(text, place) * POINTS,
            text.get_charbox(place)[1],
        )
        for place in range(text.count_chars())
        if text.get_text_range(place, 1) in set("hiklmnrx")
    ]


@pytest.mark.series
def test_columns_share_their_base_lines(pages: list[list[Letter]]) -> None:
    """Whatever evidence note a line belongs to, it is whole half lines away from the first of the left column."""
    size, step, seen = token("type-note"), token("line-note") / 2, 0
    for page in pages:
        notes = [letter for letter in page if abs(letter.size - size) < 0.05]
        left = [letter.base for letter in notes if not letter.right]
        right = [letter.base for letter in notes if letter.right]
        if min(len(left), len(right)) > COLUMN:
            seen += 1
            apart = {base: off(max(left) - base, step) for base in {*left, *right}}
            assert max(apart.values()) < TOLERANCE, apart
    assert seen


def off(distance: float, step: float) -> float:
    """Return how far a distance is from a whole number of steps."""
    rest = distance % step
    return min(rest, step - rest)
