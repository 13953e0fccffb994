"""Walk the engine's boxes: finished pages in, pieces of ink and where they should stay out; by class names, without the engine."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from press.pdf import drawings
from press.pdf.rects import SAME, Matrix, Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Above and below the baseline, in parts of the font size. A line's box is higher: it holds the ascent and descent of the font.
ASCENT, DESCENT = 0.75, 0.25


class Limit(NamedTuple):
    """What ink may not leave, and the words for it when it does."""

    fault: str
    rect: Rect


class Column(NamedTuple):
    """One column of a container with several."""

    container: int
    place: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the tree of boxes a piece stands."""

    page: int  # from 1
    area: Rect  # type area of the page
    limits: tuple[Limit, ...]
    matrix: Matrix = SAME
    margin: bool = False  # in the margin of the page
    aside: bool = False  # out of the flow: placed absolutely, or a footnote
    repeated: bool = False  # in the head or foot of a table
    marker: bool = False  # of a list, hanging beside its item
    column: Column | None = None
    line: int = 0


class Piece(NamedTuple):
    """A text, a picture, or the beginning of an element on this page or column (`kind`)."""

    kind: str
    spot: Spot
    rect: Rect
    element: Any  # of the HTML; None in margins
    text: str = ""
    size: float = 0.0  # of the font, CSS px
    hyphen: bool = False  # the engine broke the last word


def pieces(pages: Sequence[Any]) -> Iterator[Piece]:
    """Yield what stands on the pages, in the order of the document."""
    for number, page in enumerate(pages, 1):
        sheet = Rect(0, 0, page.width, page.height)
        box = page._page_box  # noqa: SLF001 - no public way to the boxes
        area = _content(box)
        spot = Spot(number, area, (Limit("leaves the sheet", sheet), Limit("leaves the type area", area)))
        yield from _below([*box.all_children(), *box.fixed_boxes], spot)


def _below(children: Iterable[Any], spot: Spot) -> Iterator[Piece]:
    todo = [(child, spot, None) for child in _backwards(children)]
    while todo:
        placeholder, around, parent = todo.pop()
        box = getattr(placeholder, "_box", placeholder)  # one stands where an absolutely placed box was
        here = _enter(box, around, begins=box.element is not parent)
        yield from _seen(box, here, begins=box.element is not None and box.element is not parent)
        todo.extend((child, here, box.element) for child in _backwards(box.all_children()))


def _backwards(children: Iterable[Any]) -> list[Any]:
    return list(children)[::-1]


@functools.cache
def _kinds(cls: type) -> frozenset[str]:
    return frozenset(each.__name__ for each in cls.__mro__)


def _seen(box: Any, spot: Spot, *, begins: bool) -> Iterator[Piece]:
    kinds = _kinds(type(box))
    if begins and "TextBox" not in kinds:
        yield Piece("element", spot, SAME.rect(Rect(0, 0, 0, 0)), box.element)
    if box.style["visibility"] != "visible":
        return
    if "TextBox" in kinds and box.text.strip():
        hyphen = box.text.endswith(box.style["hyphenate_character"])
        yield Piece("text", spot, spot.matrix.rect(_ink(box)), box.element, box.text, box.style["font_size"], hyphen)
    elif "ReplacedBox" in kinds:
        alt = f"picture: {box.element.get('alt', '') if box.element is not None else ''}"
        yield Piece("picture", spot, spot.matrix.rect(_content(box)), box.element, alt)
        for text in drawings.escaping(box.replacement):
            limits = (Limit("leaves its drawing", Rect(0, 0, 0, 0)),)
            yield Piece("text", replace(spot, limits=limits), Rect(0, 0, 0, 0), box.element, text)
