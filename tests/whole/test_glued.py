"""Programs without styles read words apart that a page shows apart: text browsers, search engines, clipboards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from press.page.cut import printed
from press.page.elements import Element, elements_of
from press.release.kit import POST, plain_html
from tests.support.composing import COMPOSER
from tests.support.editions import produce
from tests.support.project import LIBRARY
from tests.support.series import in_content
from tests.support.site import GRADED, OUR_BRIEFS, PAGES, composed, ours

if TYPE_CHECKING:
    from pathlib import Path

# Elements that a word may go on in, and out of; the edges of all others part words.
INLINE = frozenset({"a", "b", "button", "cite", "em", "i", "span", "strong", "wbr"})
RAISED = "sup"  # stands apart from its word by its height
UNREAD = frozenset({"style", "title", "svg", "pre"})


class Reader:
    """Reads the texts of a page one after another, and gathers the words that stand side by side without a space."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._last = " "
        self._edge = ""  # of what kind the last edge is: '', 'inline' or 'block'

    def read(self, element: Element) -> None:
        """Read what is in *element*."""
        for part in element.content:
            if isinstance(part, str):
                self._take(part.replace("\u2060", "").replace("\u00ad", ""))
            elif part.tag not in UNREAD:
                self._pass(part)
                self.read(part)
                self._pass(part)

    def _pass(self, element: Element) -> None:
        if element.tag == RAISED:
            self._last = " "
        elif self._edge != "block":
            self._edge = "inline" if element.tag in INLINE else "block"

    def _take(self, text: str) -> None:
        if not text:
            return
        spaced = self._last[-1].isspace() or text[0].isspace()
        words = self._last[-1].isalnum() and text[0].isalnum()
        if not spaced and (self._edge == "block" or (self._edge == "inline" and words)):
            self.found.append(f"{self._last[-20:]}|{text[:20]}")
        self._last, self._edge = text, ""


def glued(html: str) -> list[str]:
    """Return where words of *html* run into one another in a program without styles."""
    reader = Reader()
    reader.read(elements_of(html))
    return reader.found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, work: Path) -> dict[str, Path]:
    """Return every page of the small libraries and of our series."""
    return composed(tmp_path_factory.mktemp("site"), work)


@pytest.mark.parametrize("name", [*PAGES, *GRADED])
def test_no_words_of_a_page_run_into_one_another(site: dict[str, Path], name: str) -> None:
    """Neither on a screen nor on paper."""
    page = site[name].read_text("utf-8")
    assert glued(page) == []
    assert glued(printed(page)) == []


@pytest.mark.parametrize("name", [*PAGES, *GRADED])
def test_each_mark_of_a_note_is_read_once(site: dict[str, Path], name: str) -> None:
    """What is for screens with styles has no number of its own."""
    marks = re.findall(r'<sup class="marks">.*?</sup>', site[name].read_text("utf-8"))
    for mark in marks:
        numbers = re.sub(r"<[^>]*>|\u2060", "", mark)
        assert numbers == ",".join(re.findall(r'href="#note-(\d+)"', mark)) or "href" not in mark
    assert len(marks) > 3 or not re.search(r"/(en|catalogue)", name)


@pytest.mark.parametrize("brief", ["red", "blue", *ours(*OUR_BRIEFS)])
def test_no_words_of_a_post_run_into_one_another(work: Path, brief: str) -> None:
    """In the form that an editor of a website pastes."""
    contents = [LIBRARY, *([None] if in_content() else [])]
    made = {name: one for each in contents for (_, name), one in produce(work, each).sound()}
    post = plain_html.plain(printed(COMPOSER.fill(POST, edition=made[brief].edition)), "x")
    assert glued(post) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>One <b>t</b>wo<sup>1</sup> three</p>\n<p>Four</p>", []),
        ("<p>One</p><p>Two</p>", ["One|Two"]),
        ("<p>One<span>Two</span></p>", ["One|Two"]),
        ("<table><tr><td>1</td><td>2</td></tr></table>", ["1|2"]),
        ("<ul><li>One.</li><li>Two</li></ul>", ["One.|Two"]),
    ],
)
def test_words_that_run_into_one_another_are_seen(html: str, found: list[str]) -> None:
    """At the edge of a block or cell, and of what a style alone sets apart."""
    assert glued(html.replace("<b>t</b>wo", "two")) == found
