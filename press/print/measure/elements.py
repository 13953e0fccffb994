"""The elements of a page: one of them in, what it stands in out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.print.facts import MARGIN, NO_BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.print.engine_types import Element
    from press.print.measure.boxes import Piece

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
RAISED = ("sub", "sup")
JOINER = "\u2060"  # has no width


class Tree:
    """The way from an element of the HTML up to what holds it."""

    def __init__(self, root: Element) -> None:
        self._up = {child: parent for parent in root.iter() for child in parent}

    def above(self, element: Element) -> Iterator[Element]:
        """Yield the element and all that hold it, the innermost first."""
        while element is not None:
            yield element
            element = self._up.get(element)

    def blocks(self, element: Element) -> Iterator[str]:
        """Yield the ids of the blocks that it stands in, the innermost first."""
        return (
            each.get("data-block") for each in self.above(element) if "data-block" in each.attrib
        )

    def block(self, piece: Piece) -> str:
        """Return the id of the innermost block, or the word for none."""
        return MARGIN if piece.spot.margin else next(self.blocks(piece.element), NO_BLOCK)

    def within(self, element: Element, tags: Sequence[str]) -> Element:
        """Return the innermost element of one of these kinds, or None."""
        return next((each for each in self.above(element) if each.tag in tags), None)

    def leading(self, element: Element, tags: Sequence[str]) -> Element:
        """Return the innermost element that heads what comes after it, or None."""
        above = self.above(element)
        return next(
            (each for each in above if each.tag in tags or "data-leads" in each.attrib), None
        )

    def words(self, element: Element) -> str:
        """Return the text of an element without its note marks."""
        return " ".join("".join(_texts(element)).replace(JOINER, "").split())


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in RAISED:
            yield from _texts(child)
        yield child.tail or ""
