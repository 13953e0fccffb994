"""Look up what an element of the page stands in: its block, its heading, the elements around it."""

from collections.abc import Iterator, Sequence

from press.print.engine_types import Element
from press.print.facts import MARGIN, NO_BLOCK
from press.print.measure.boxes import PagePiece

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
RAISED = ("sub", "sup")
JOINER = "\u2060"  # has no width


class Ancestry:
    """The elements of the HTML, each with its parent."""

    def __init__(self, root: Element) -> None:
        self._parents = {child: parent for parent in root.iter() for child in parent}

    def around(self, element: Element) -> Iterator[Element]:
        """Yield the element and all that contain it, the innermost first."""
        while element is not None:
            yield element
            element = self._parents.get(element)

    def blocks(self, element: Element) -> Iterator[str]:
        """Yield the ids of the blocks that contain *element*, the innermost first."""
        return (
            each.get("data-block") for each in self.around(element) if "data-block" in each.attrib
        )

    def block(self, piece: PagePiece) -> str:
        """Return the id of the innermost block, MARGIN or NO_BLOCK."""
        return MARGIN if piece.scope.margin else next(self.blocks(piece.element), NO_BLOCK)

    def within(self, element: Element, tags: Sequence[str], attribute: str = "") -> Element:
        """Return the innermost element that has one of these *tags* or this *attribute*, or None."""
        around = self.around(element)
        return next((each for each in around if each.tag in tags or attribute in each.attrib), None)

    def is_raised(self, element: Element) -> bool:
        """Return whether *element* is set above or below the line, such as a note mark."""
        return self.within(element, RAISED) is not None


def words(element: Element) -> str:
    """Return the text of *element* without its note marks."""
    return " ".join("".join(_texts(element)).replace(JOINER, "").split())


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in RAISED:
            yield from _texts(child)
        yield child.tail or ""
