"""The page of a comparison: sound, readable by everybody, and harmless whatever the texts hold."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import sync_playwright

from press.cli.doctor import program
from press.content.model.releases import Score
from press.release.diff import comparison_page
from press.release.diff.comparison import compare
from tests.page.test_html import NEWER, checked, installed
from tests.page.test_screen import AXE, FLAGS, LEVEL_AA
from tests.release.test_diff import CATALOGUE, NASTY, RED, block
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

MARKUP = '<script>alert(1)</script><img src=x onerror=alert(2)> "quoted" &amp; {{ edition }}'


def nasty() -> dict[str, Any]:
    """Return the catalogue with something nasty wherever an author's text or name may be."""
    edition = copy.deepcopy(CATALOGUE)
    edition |= {"name": MARKUP, "publisher": NASTY, "status": "final"}
    block(edition, "example-table")["rows"].pop()
    block(edition, "example-note")["text"] = [
        {"type": "par", "children": [{"type": "run", "text": f"{MARKUP} {NASTY}"}]}
    ]
    block(edition, "example-bars")["data"][0]["shown"] = MARKUP
    block(edition, "example-alternative")["id"] = f'"{MARKUP}'
    return edition


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page that has all there can be: values, a series, editions of each state."""
    old = {"en/catalogue": CATALOGUE, "en/gone": RED, "en/same": CATALOGUE}
    new = {"en/catalogue": nasty(), f"en/{MARKUP}": RED, "en/same": CATALOGUE}
    kept = Score({"words": 900}, {"words": 850}, {"tense": 2})
    scores = (
        {"en/catalogue": kept},
        {"en/catalogue": Score({"words": 870}, {"words": 850}, {MARKUP: 1})},
    )
    comparison = compare(old, new, scores=scores)
    assert len(comparison.scores) == 1
    assert {one.state for one in comparison.editions} == {"added", "changed", "removed", "same"}
    assert comparison.values
    head = comparison_page.Head("2026-01-15.1", MARKUP, (MARKUP,), new["en/catalogue"])
    path = tmp_path_factory.mktemp("diff") / "diff.html"
    path.write_bytes(comparison_page.written(head, comparison, HERE))
    return path


def test_no_text_becomes_markup(written: Path) -> None:
    """What stands in a text, a name or a title is shown as it was typed."""
    html = written.read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html
    assert "{{ edition }}" in html  # as text: it was not filled
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_nothing_that_changed_means_a_page_that_says_so() -> None:
    """It has no table."""
    head = comparison_page.Head("a", "b", (), RED)
    html = comparison_page.written(head, compare({"en/red": RED}, {"en/red": RED}), HERE).decode()
    assert "Nothing that a reader sees has changed." in html
    assert "<table" not in html


def test_the_page_of_no_editions_is_a_page() -> None:
    """Two builds that hold nothing."""
    head = comparison_page.Head("a", "b", (), {})
    html = comparison_page.written(head, compare({}, {}), HERE).decode()
    assert "Nothing that a reader sees has changed." in html


@pytest.mark.java
def test_the_page_is_sound(written: Path) -> None:
    """The checker finds nothing but what it does not know of paged media."""
    told = {one.message for one in checked(program("java") or "", [written])}
    assert told
    assert told <= NEWER


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_everybody_can_read_the_page(
    written: Path,
    browser: str,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    """Axe finds no fault, nothing scrolls sideways, and what is old or new is known without its colour."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", *FLAGS]
        )
        shown = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        shown.goto(written.as_uri())
        wide = shown.evaluate("document.documentElement.scrollWidth")
        lines = shown.evaluate(
            "['del', 'ins'].map(tag => getComputedStyle(document.querySelector(tag)).textDecorationLine)"
        )
        shown.add_script_tag(path=installed(AXE))
        run = {"runOnly": {"type": "tag", "values": LEVEL_AA}}
        faults = shown.evaluate("options => axe.run(options)", run)["violations"]
        chromium.close()
    assert wide <= width
    assert lines == ["line-through", "underline"]
    assert faults == []
