"""Walk the boxes of laid-out pages, in the order of the HTML, and tell content from what is none."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from press.print import box_tree
from press.print.engine_types import Box, Element, Page

HEADER, FOOTER, DECORATION = "Header", "Footer", "Layout"  # what of a page is no content


class Placed(NamedTuple):
    """A box on its page."""

    page: int  # from 0
    box: Box
    artifact: str  # HEADER, FOOTER or DECORATION, if it is no content; else ''


def placed(pages: Sequence[Page]) -> Iterator[Placed]:
    """Yield every box of the pages, each before those in it; what comes again on later pages is no content there."""
    seen: dict[Element, int] = {}  # heads and feet of tables, and the first page of each
    for number, page in enumerate(pages):
        todo = [(box_tree.top(page), "")]
        while todo:
            box, around = todo.pop()
            artifact = around or _artifact(box, seen, number)
            yield Placed(number, box, artifact)
            todo += [(child, artifact) for child in reversed(box_tree.inside(box))]


def is_text(box: Box) -> bool:
    """Return whether *box* is a piece of text, all in one line."""
    return type(box).__name__ == "TextBox"


def is_blank(box: Box) -> bool:
    """Return whether *box* is a text that is not drawn, as between two elements in a line."""
    return is_text(box) and not box.text.strip()


def is_line(box: Box) -> bool:
    """Return whether *box* is a line of text."""
    return type(box).__name__ == "LineBox"


def pseudo(box: Box) -> str:
    """Return what of its element *box* is, such as 'before' or 'marker'; '' for the element itself."""
    return str(box.element_tag or "").partition("::")[2]


def is_decoration(element: Element) -> bool:
    """Return whether nobody is told of *element*: a picture without words, or a sign beside words that say the same."""
    is_blank = element.tag == "img" and element.get("alt") == ""
    return bool(is_blank or element.get("aria-hidden") == "true")


def _artifact(box: Box, seen: dict[Element, int], page: int) -> str:
    if keyword := getattr(box, "at_keyword", ""):
        return HEADER if keyword.startswith("@top") else FOOTER
    if box.element is None:
        return ""
    if is_decoration(box.element):
        return DECORATION
    is_head, is_foot = getattr(box, "is_header", False), getattr(box, "is_footer", False)
    if (is_head or is_foot) and seen.setdefault(box.element, page) != page:
        return HEADER if is_head else FOOTER
    return ""
