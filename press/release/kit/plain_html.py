"""HTML of our templates in; the same with nothing but structure, for the editor of a website, out."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

KEPT = {
    "a": ("href",),
    "aside": (),
    "blockquote": (),
    "caption": (),
    "cite": (),
    "em": (),
    "figcaption": (),
    "figure": (),
    "h2": (),
    "img": ("src", "alt", "width", "height"),
    "li": ("id",),
    "ol": (),
    "p": (),
    "strong": (),
    "sup": (),
    "table": (),
    "tbody": (),
    "td": (),
    "th": ("scope", "colspan"),
    "thead": (),
    "tr": (),
    "ul": (),
}  # elements, each with its attributes; of all others only the text is kept
HOLDERS = {
    "aside",
    "blockquote",
    "figure",
    "ol",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
}  # no text of their own
INSIDE = {"a", "cite", "em", "img", "strong", "sup"}  # elements within a line
JOINER = "\u2060"  # is for the print, and shown as a box by some editors
SPACE = re.compile("[ \t\r\n]+")


class Plain(HTMLParser):
    """Writes what is kept, one block a line: editors make a break of a line's end inside a block."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.prefix = prefix
        self.out: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element's start, if it is kept."""
        if tag not in KEPT:
            return
        given = {name: value or "" for name, value in attrs if name in KEPT[tag]}
        if "id" in given:
            given["id"] = self.prefix + given["id"]
        if given.get("href", "").startswith("#"):
            given["href"] = f"#{self.prefix}{given['href'][1:]}"
        told = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
        self.out.append(f"<{tag}{told}>")
        if tag != "img":
            self.open.append(tag)
        if tag in HOLDERS:
            self.out.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Write an element's end, if it is kept."""
        if tag in KEPT:
            self.open.pop()
            self.out.append(f"</{tag}>")
            if tag not in INSIDE:
                self.out.append("\n")

    def handle_data(self, data: str) -> None:
        """Write text; space between blocks is none."""
        text = SPACE.sub(" ", data.replace(JOINER, ""))
        if text.strip() or (self.open and self.open[-1] not in HOLDERS):
            self.out.append(escape(text, quote=False))


def plain(html: str, prefix: str) -> str:
    """Return *html* in plain elements, each id and each link to one with *prefix*."""
    writer = Plain(prefix)
    writer.feed(html)
    writer.close()
    return "".join(writer.out)
