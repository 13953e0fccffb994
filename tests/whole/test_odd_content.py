"""Odd content stays sound on paper and on screens, or what is wrong is said, with the way out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from press.cli.doctor import program
from press.print.pool import Pool
from tests.page.test_screen import CUT, FLAGS, WIDTHS, Window
from tests.support.folders import setup
from tests.support.odd_content import ODD, SHARES, finished, made_odd, page_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = (*ODD, *SHARES)
PAPERS = ("A4", "Letter")
SHORT = "page 1 is too short"  # its author has said too little for a page
HOLE = "has a hole of"  # beside a picture, or before one
TITLE = "the title has"
# What may be said of any brief: its author has said too little for a page, or too much for a sheet.
# the panel of what happens next stays whole, and so does a row of options with its head
ON = {
    "Letter": (
        "page 3 has a hole of 76 mm",
        "page 2 has a hole of 53 mm",
        "page 4 has a hole of 76 mm",
        "page 4 has a hole of 94 mm",
    )
}
ANY = (SHORT, "in the short form, the brief has 3 pages", "in the short form, the last page is")
# And of one that is odd in this way.
SAID = {
    "title of 40 words": {TITLE},
    "a title with such a word": {"leaves the type area sideways", "leaves its block sideways"},
    "9 key messages": {"has to be on page 1 and is on page 2; shorten what is on page 1"},
    "images of all ratios": {HOLE},
    "all sections": {HOLE},
    "long openers": {HOLE},
    "9 steps": {HOLE},  # before their panel, which is whole
    "7 long objections": {"the last page is", HOLE},
    "short openers": {"the last page is"},
    "60 notes": {HOLE},
    "all texts 40% longer": {TITLE},
}


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """Run one print server for all briefs."""
    with Pool(1, setup(tmp_path_factory.mktemp("odd"))) as running:
        yield running


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    """Return the window of a browser that reaches no network."""
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("browser"), args=flags)
        yield Window(browser.new_context(offline=True).new_page())
        browser.close()


@pytest.mark.turns
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_odd_content_is_sound_on_paper(tmp_path: Path, pool: Pool, name: str, paper: str) -> None:
    """In both depths nothing is cut, broken or printed over something; what is wrong names a text and what to do."""
    odd = made_odd(name)
    odd["series.yaml"]["paper"] = paper
    brief = finished(written(tmp_path, odd), pool)
    told = [problem.message for problem in brief.problems]
    known = (*ANY, *SAID.get(name, ()), *ON.get(paper, ()))
    assert [each for each in told if not any(map(each.__contains__, known))] == []
    assert brief.pages["brief"] > 1 < brief.pages["short"]


@pytest.mark.browser
@pytest.mark.turns
@pytest.mark.parametrize("name", NAMES)
def test_odd_content_is_sound_on_screens(tmp_path: Path, window: Window, name: str) -> None:
    """At each width no text is cut, out of its place, or on another."""
    path = tmp_path / "odd.html"
    path.write_text(page_of(written(tmp_path, made_odd(name))), encoding="utf-8")
    for width in WIDTHS:
        assert window.unfolded(path, width).evaluate(CUT) == [], width
