"""What is wrong with a composed page is named, at the block that it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.checks import page
from press.content import library
from press.edition import resolve
from press.page.elements import elements_of
from tests.support.composing import page_of

LIBRARY = library.sound(library.load(Path(__file__).parents[1] / "library", ""))
EDITION = resolve.resolve(LIBRARY, "red", "en")
PAGE = page_of(EDITION)
FIRST = next(EDITION.blocks()).id


def faults(html: str) -> list[tuple[str, str]]:
    """Return file and rule of what is wrong with *html*."""
    problems = page.check(elements_of(html), EDITION, LIBRARY.places)
    return [(problem.place.path, problem.rule) for problem in problems]


def test_a_page_of_ours_is_sound() -> None:
    """Its links lead somewhere, its pictures have an alternative, and no word is lost."""
    assert faults(PAGE) == []


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<a href="#nowhere">a</a>', "anchor"),
        ('<button popovertarget="nowhere">a</button>', "anchor"),
        ('<i id="x"></i><i id="x"></i>', "anchor"),
        ('<img src="a.png" alt=" ">', "alternative"),
        ('<svg role="img"></svg>', "alternative"),
    ],
)
def test_a_fault_is_named_at_its_block(html: str, rule: str) -> None:
    """In a block the place is that of the block, elsewhere that of the brief."""
    block, brief = LIBRARY.places[f"block:{FIRST}"].path, LIBRARY.places["brief:red"].path
    assert faults(PAGE.replace("</main>", f"{html}</main>"))[:1] == [(brief, rule)]
    if "id=" not in html:
        inside = f'<p data-block="{FIRST}">{html}</p></main>'
        assert faults(PAGE.replace("</main>", inside))[:1] == [(block, rule)]


def test_a_word_that_is_lost_is_named() -> None:
    """But not one that is in the style or the title only."""
    words = "quiet"
    assert words in PAGE
    lost = PAGE.replace(words, "").replace("<title>", f"<title>{words}")
    assert {rule for _, rule in faults(lost)} == {"lost"}
