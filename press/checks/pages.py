"""A composed page: anchors that lead nowhere, ids given twice, pictures without a text alternative."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from press.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Elements(HTMLParser):
    """Notes ids, local links and pictures, each with the block that it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[tuple[str, str]] = []  # target, block
        self.silent: list[tuple[str, str]] = []  # what has no text alternative, block
        self._block = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        given = {name: value or "" for name, value in attrs}
        self._block = given.get("data-block", self._block)
        if "id" in given:
            self.ids[given["id"]] += 1
        if given.get("href", "").startswith("#"):
            self.links.append((given["href"][1:], self._block))
        named = given.get("alt") or given.get("aria-label") or given.get("aria-labelledby")
        if (tag == "img" or given.get("role") == "img") and not (named or "").strip():
            self.silent.append((tag, self._block))


def check(html: str, places: Mapping[str, Place], brief: str) -> Iterator[Problem]:
    """Yield what is wrong with the page of *brief*; *places* tells where its blocks were written."""
    elements = Elements()
    elements.feed(html)
    elements.close()

    def place(block: str) -> Place:
        return places.get(f"block:{block}", places[f"brief:{brief}"])

    for target, block in elements.links:
        if target not in elements.ids:
            yield Problem(
                place(block), f"a link leads to '#{target}', which is not on the page", "anchor"
            )
    for name, count in elements.ids.items():
        if count > 1:
            yield Problem(place(name), f"the id '{name}' is on the page {count} times", "anchor")
    for tag, block in elements.silent:
        yield Problem(place(block), f"a <{tag}> has no text alternative", "alternative")
