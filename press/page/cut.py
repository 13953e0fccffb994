"""A page in; what of it is printed or goes from hand to hand, with just those links that lead somewhere, out."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# A link to another file of the outputs names the file twice, so that it can be taken away and given back.
WAY = re.compile(r'( data-to="([^"<>]+)")(?: href="[^"<>]*")?')
PAPER = "print"  # the medium of a style that the print engine reads


VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})  # have no end
Attributes = dict[str, str | None]


class Cut(HTMLParser):
    """Finds the elements that are not *wanted*, each from its first character to its last.

    Raises:
        ValueError: one of them has no end.
    """

    def __init__(self, text: str, wanted: Callable[[str, Attributes], bool]) -> None:
        super().__init__()
        self._wanted = wanted
        self.spans: list[tuple[int, int]] = []  # from, to: in characters
        self._text = text
        self._lines = [0, *itertools.accumulate(len(line) + 1 for line in text.split("\n"))]
        self._open: list[str] = []  # the element that is cut, once more for each of its kind inside
        self._from = 0
        self.feed(text)
        self.close()
        if self._open:
            message = f"a <{self._open[0]}> that is to be cut has no end"
            raise ValueError(message)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a cut, or go on with it."""
        if self._open:
            self._open += [tag] if tag == self._open[0] else []
        elif not self._wanted(tag, dict(attrs)):
            if tag in VOID:
                self.spans.append((self._at(), self._at() + len(self.get_starttag_text() or "")))
            else:
                self._open, self._from = [tag], self._at()

    def handle_endtag(self, tag: str) -> None:
        """End a cut with its element."""
        if self._open and tag == self._open[0]:
            self._open.pop()
            if not self._open:
                self.spans.append((self._from, self._text.index(">", self._at()) + 1))

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def without(page: str, wanted: Callable[[str, Attributes], bool]) -> str:
    """Return *page* without the elements that are not *wanted* and what is in them."""
    kept, at = [], 0
    for begin, end in Cut(page, wanted).spans:
        kept.append(page[at:begin])
        at = end
    return "".join([*kept, page[at:]])


def printed(page: str) -> str:
    """Return *page* without what only a browser shows: no print depends on that, nor has any byte of it.

    That is elements with `data-screen`, and styles for another medium than paper.
    """
    return without(page, _on_paper)


def _on_paper(tag: str, given: Attributes) -> bool:
    return "data-screen" not in given and not (
        tag == "style" and given.get("media", PAPER) != PAPER
    )


def lone(page: str) -> str:
    """Return *page* as it goes from hand to hand: what is around it does not lie beside it."""
    return linked(without(page, lambda _, given: "data-around" not in given), lambda _: False)


def linked(page: str, there: Callable[[str], bool]) -> str:
    """Return *page* with its ways to other files; one that is not *there* is a word that leads nowhere."""
    return WAY.sub(
        lambda found: f'{found[1]} href="{found[2]}"' if there(found[2]) else found[1], page
    )
