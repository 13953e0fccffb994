"""Check a composed page: dead links, ids given twice, pictures without a text alternative, lost words."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from press.edition.edition import texts
from press.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.edition.edition import Edition


SILENT = frozenset({"style", "script", "title"})
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
UNSEEN = str.maketrans("", "", "\u2060")  # the joiner of compose
NO_BLOCK = "(page)"  # the same word as in the facts of a print


class Open(NamedTuple):
    """An element that is open, and what holds for the text in it."""

    tag: str
    block: str
    read: bool  # its text is among the words of the page
    printed: bool  # it is on paper too


class Elements(HTMLParser):
    """Notes ids, local links, pictures and words, each with its block."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[tuple[str, str]] = []  # target, block
        self.silent: list[tuple[str, str]] = []  # what has no text alternative, block
        self.words: list[str] = []  # without note marks
        self.letters = Counter[str]()  # letters and digits that have to be printed, by block
        self._open = [Open("", NO_BLOCK, read=True, printed=True)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        given, above = {name: value or "" for name, value in attrs}, self._open[-1]
        here = Open(
            tag,
            given.get("data-block", above.block),
            read=above.read and tag not in SILENT and given.get("class") != "marks",
            printed=above.printed and tag not in SILENT and "data-screen" not in given,
        )
        if "id" in given:
            self.ids[given["id"]] += 1
        if given.get("href", "").startswith("#"):
            self.links.append((given["href"][1:], here.block))
        if "popovertarget" in given:
            self.links.append((given["popovertarget"], here.block))
        named = given.get("alt") or given.get("aria-label") or given.get("aria-labelledby")
        if (tag == "img" or given.get("role") == "img") and not (named or "").strip():
            self.silent.append((tag, here.block))
        if tag not in VOID:
            self._open.append(here)

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element."""
        while len(self._open) > 1 and self._open.pop().tag != tag:
            pass  # what the end tag closes with it

    def handle_data(self, data: str) -> None:
        """Note text."""
        here = self._open[-1]
        if here.read:
            self.words.append(data)
        if here.printed:
            self.letters[here.block] += sum(map(str.isalnum, data))


def elements_of(html: str) -> Elements:
    """Return what there is on the page *html*."""
    elements = Elements()
    elements.feed(html)
    elements.close()
    return elements


def check(html: str, edition: Edition, places: Mapping[str, Place]) -> Iterator[Problem]:
    """Yield what is wrong with the page of *edition*; *places* has where its blocks were written."""
    elements = elements_of(html)

    def place(block: str) -> Place:
        return places.get(f"block:{block}", places[f"brief:{edition.brief}"])

    for target, block in elements.links:
        if target not in elements.ids:
            message = f"a link leads to '#{target}', which is not on the page"
            yield Problem(place(block), message, "anchor")
    for name, count in elements.ids.items():
        if count > 1:
            yield Problem(place(name), f"the id '{name}' is on the page {count} times", "anchor")
    for tag, block in elements.silent:
        yield Problem(place(block), f"a <{tag}> has no text alternative", "alternative")
    words = folded("".join(elements.words))
    for thing in (*edition.blocks(), *edition.notes):
        for text in texts(thing):
            if folded(text) not in words:
                message = f"the template leaves out the words '{folded(text)[:60]}'"
                yield Problem(place(getattr(thing, "id", "")), message, "lost")


def folded(text: str) -> str:
    """Return *text* with single spaces, and without what is not seen."""
    return " ".join(text.translate(UNSEEN).split())
