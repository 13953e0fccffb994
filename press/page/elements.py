"""Read a page of ours once: its elements, each with its attributes, its content and its place in the text."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

NAMES = "area base br col embed hr img input link meta source track wbr"
VOID = frozenset(NAMES.split())  # have no end
FOREIGN = frozenset(
    ["script", "iframe", "object", "embed", "base", "form", "frame", "frameset", "applet", "portal"]
)
ADDRESSED = frozenset(
    [
        "href",
        "src",
        "action",
        "formaction",
        "data",
        "poster",
        "srcset",
        "cite",
        "background",
        "ping",
    ]
)
LINKED = frozenset(["https", "http", "mailto"])  # what a reader may follow
HELD = frozenset(["data", "asset"])  # what the page itself holds
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)\s*:")


@dataclass(slots=True)
class Element:
    """An element of a page; the whole page is one without a tag."""

    tag: str
    given: dict[str, str]  # its attributes
    begin: int = 0  # of its first character in the page
    end: int = 0  # after its last one; 0 where its end is missing
    content: "list[Element | str]" = field(default_factory=list)

    def elements(self) -> Iterator["Element"]:
        """Yield all elements in it, each before those that it contains."""
        for part in self.content:
            if isinstance(part, Element):
                yield part
                yield from part.elements()

    def text(self) -> str:
        """Return all text in it."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.content)


def elements_of(page: str) -> Element:
    """Return *page* as an element that contains all others."""
    return _Reader(page).page


def foreign(element: Element) -> Iterator[str]:
    """Yield what no page of ours has: it could run, fetch or lead to something on the reader's machine."""
    if element.tag in FOREIGN:
        yield f"a page has no <{element.tag}>; take it out of the template"
    for name, value in element.given.items():
        scheme = SCHEME.match(value.strip()) if name in ADDRESSED else None
        if name.startswith("on"):
            yield f"a page runs nothing; take '{name}' out of the template"
        elif scheme and scheme[1].casefold() not in (LINKED if name in {"href", "cite"} else HELD):
            yield f"a page has no address that begins with '{scheme[1]}:'; take it out of the template"


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = Element("", {}, 0, len(page))
        self._open = [self.page]
        self._text = page
        self._lines = [0, *itertools.accumulate(len(line) + 1 for line in page.split("\n"))]
        self.feed(page)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        element = Element(tag, given, self._at())
        self._open[-1].content.append(element)
        if tag in VOID:
            element.end = element.begin + len(self.get_starttag_text() or "")
        else:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while any(element.tag == tag for element in self._open):
            if (element := self._open.pop()).tag == tag:  # else it has no end of its own
                element.end = self._text.index(">", self._at()) + 1
                break

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)
