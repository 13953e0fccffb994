"""The signs of a page that are read on paper: HTML in, each character and what stands before it out."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from press.checks.page import SILENT
from press.page.elements import VOID

UNSEEN = "\u2060\u00ad"  # the joiner of compose; a hyphen that is not shown
BULLETS = ("•", "–")
SPOKEN = SILENT | {"desc", "metadata", "defs"}  # of a drawing: said or used, not shown


@dataclass(frozen=True, slots=True)
class Sign:
    """A character that is seen, and what stands before it: nothing, a space, a new line, or the edge of an element."""

    text: str
    before: str = ""  # '', ' ', '\n' in print, '|' on a page
    marker: tuple[str, ...] = ()  # no sign, but the place of a number or bullet that CSS makes
    sheet: int = 0  # of print, from 0


class Page(HTMLParser):
    """The signs of a page that are printed."""

    def __init__(self) -> None:
        super().__init__()
        self.signs: list[Sign] = []
        self._before = ""
        self._open: list[tuple[str, bool]] = [("", True)]  # tag, printed
        self._lists: list[tuple[str, int]] = []  # tag, items so far

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        self._edge()
        given = dict(attrs)
        unread = given.get("aria-hidden") == "true"  # a shape beside words that say the same
        hidden = tag in SPOKEN or "data-screen" in given or unread
        if tag not in VOID:
            self._open.append((tag, self._open[-1][1] and not hidden))
        if tag in {"ol", "ul"}:
            self._lists.append((tag, 0))
        if tag == "li" and self._open[-1][1]:
            self._item()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element without content, as drawings have them."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _item(self) -> None:
        kind, number = self._lists[-1]
        self._lists[-1] = kind, number + 1
        numbers = (f"{number + 1}.", f"{number + 1}")
        self.signs.append(Sign("", marker=numbers if kind == "ol" else BULLETS))

    def handle_endtag(self, tag: str) -> None:
        """End an element, and what it closes with it."""
        self._edge()
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass
        if tag in {"ol", "ul"}:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Take text."""
        for char in data if self._open[-1][1] else "":
            if char.isspace():
                self._before = " "
            elif char not in UNSEEN:
                self.signs.append(Sign(char, self._before))
                self._before = ""

    def _edge(self) -> None:
        self._before = self._before or "|"


def on_page(html: str) -> list[Sign]:
    """Return the signs of the page *html* that are printed."""
    page = Page()
    page.feed(html)
    page.close()
    return page.signs
