"""What is wrong with a composed page is named, at the block that it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.checks import page
from press.content import library
from press.edition import resolve
from press.page import elements
from press.page.elements import Element, elements_of
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


def outermost(html: str) -> Element:
    """Return the element that *html* is."""
    return next(node for node in elements_of(html).content if isinstance(node, Element))


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<script>alert(1)</script>", "a page has no <script>"),
        ("<iframe></iframe>", "a page has no <iframe>"),
        ('<base href="https://x.org/">', "a page has no <base>"),
        ("<form></form>", "a page has no <form>"),
        ('<a href="file:///etc/passwd">x</a>', "a page has no address that begins with 'file:'"),
        ('<a href=" JavaScript:x()">x</a>', "a page has no address that begins with 'JavaScript:'"),
        ('<img alt=x src="ftp://x.org/a">', "a page has no address that begins with 'ftp:'"),
        ('<img alt=x src="https://x.org/a">', "a page has no address that begins with 'https:'"),
        ('<p onclick="x()">x</p>', "a page runs nothing; take 'onclick' out"),
    ],
)
def test_what_could_run_or_fetch_is_refused(html: str, message: str) -> None:
    """Templates may be a publisher's own, and a page goes to machines of others."""
    found = list(elements.foreign(outermost(html)))
    assert [text.partition(message)[1] for text in found] == [message]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.org/a:b">x</a>',
        '<a href="#x:y">x</a>',
        '<a href="../a.html">x</a>',
        '<a href="mailto:a@x.org">x</a>',
    ],
)
def test_what_leads_to_a_page_is_no_fault(html: str) -> None:
    """A colon makes no scheme by itself."""
    assert not list(elements.foreign(outermost(html)))
