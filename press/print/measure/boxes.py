"""Walk the boxes of laid-out pages: find each piece of ink, and the limits that it may not leave.

The engine's boxes are told apart by the names of their classes.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from press.print.measure import labels
from press.print.measure.rects import SAME, Matrix, Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from press.print.engine_types import Box, Element, Page

# Of ink, as a share of the font size; the box of a text is higher: the ascent and the descent of its font.
ASCENT, DESCENT = 0.75, 0.25
SVG = "{http://www.w3.org/2000/svg}svg"
BLOCK = "leaves its block"
# CSS px, about two millimetres: lines set tighter than their letters stick out of their block, which does no harm
SLACK = 8.0


class Limit(NamedTuple):
    """What ink may not leave, and the words for leaving it."""

    fault: str
    rect: Rect


class Column(NamedTuple):
    """One column of a container with several; identities of the engine's objects."""

    container: int
    column: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece is in the tree of boxes."""

    page: int  # from 1
    area: Rect  # type area of the page
    limits: tuple[Limit, ...]  # the most telling one first
    matrix: Matrix = SAME
    margin: bool = False  # in a margin of the page
    aside: bool = False  # out of the flow: placed absolutely, or a footnote
    repeated: bool = False  # on every page: head and foot of a table, what is fixed
    marker: bool = False  # of a list item
    column: Column | None = None
    line: int = 0  # identity of the line's box
    home: Element = None  # whose line it is: of a paragraph, a cell, an item of a list
    room: Rect | None = None  # what the lines around it may fill


class PagePiece(NamedTuple):
    """A text, a picture, a label in a picture, or the place where an element begins, or goes on after a break."""

    kind: str
    spot: Spot
    element: Element  # of the HTML; None in margins
    rect: Rect
    text: str = ""
    size: float = 0.0  # of the font, CSS px
    hyphen: bool = False  # the engine broke the last word
    pseudo: str = ""  # such as "::before", if the text comes from there


def is_text(piece: PagePiece) -> bool:
    """Return whether the HTML itself contains the text of *piece*, in an element or in an inline drawing."""
    return piece.kind == "text" or (piece.kind == "label" and piece.element.tag == SVG)


def pieces(pages: Sequence[Page]) -> Iterator[PagePiece]:
    """Yield the pieces on the pages, in the order of the document."""
    for number, page in enumerate(pages, 1):
        box = page._page_box  # noqa: SLF001 - nothing public leads to the boxes
        sheet, area = Rect(0, 0, page.width, page.height), _content(box)
        spot = Spot(
            number, area, (Limit("leaves the sheet", sheet), Limit("leaves the type area", area))
        )
        yield from _below(box.all_children(), spot)


def _below(children: Iterable[Box], spot: Spot) -> Iterator[PagePiece]:
    todo = [(child, spot, None) for child in reversed(list(children))]
    while todo:
        placeholder, around, parent = todo.pop()
        # A placeholder takes the place of a box that is positioned absolutely.
        box = getattr(placeholder, "_box", placeholder)
        begins = box.element is not None and box.element is not parent
        spot = _enter(box, around, begins=begins)
        if begins and "LineBox" not in _kinds(box):
            yield PagePiece("element", spot, box.element, spot.area)
        yield from _ink(box, spot)
        todo.extend((child, spot, box.element) for child in reversed(list(box.all_children())))


def _ink(box: Box, spot: Spot) -> Iterator[PagePiece]:
    kinds = _kinds(box)
    if box.style["visibility"] != "visible":
        return
    if "TextBox" in kinds and box.text.strip():
        yield _text(box, spot)
    elif "ReplacedBox" in kinds:
        yield from _picture(box, spot)


def _text(box: Box, spot: Spot) -> PagePiece:
    rect = spot.matrix.rect(_letters(box))
    size = box.style["font_size"] * spot.matrix.scale
    hyphen = box.text.endswith(box.style["hyphenate_character"])
    pseudo = "".join((box.element_tag or "").partition("::")[1:])
    return PagePiece("text", spot, box.element, rect, box.text, size, hyphen, pseudo)


def _picture(box: Box, spot: Spot) -> Iterator[PagePiece]:
    frame = _content(box)
    placed = spot.matrix.rect(frame)
    alt = "" if box.element is None else box.element.get("alt", "")
    yield PagePiece("picture", spot, box.element, placed, f"picture: {alt}")
    inside = replace(spot, limits=(*spot.limits, Limit("leaves its drawing", placed)))
    for text, rect, size in labels.labels(box.replacement, frame):
        shown = size * spot.matrix.scale
        yield PagePiece("label", inside, box.element, spot.matrix.rect(rect), text, shown)


def _enter(box: Box, spot: Spot, *, begins: bool) -> Spot:
    kinds = _kinds(box)
    if "TextBox" in kinds:
        return spot
    if "LineBox" in kinds:
        return replace(spot, line=id(box), home=box.element)
    if box.transformation_matrix:
        spot = replace(spot, matrix=Matrix(*box.transformation_matrix.values).then(spot.matrix))
    if "MarginBox" in kinds:
        limits = (spot.limits[0], Limit("leaves its margin box", _border(box)))
        spot = replace(spot, margin=True, limits=limits)
    elif box.is_column:
        spot = replace(spot, column=Column(id(box.element), id(box)))
    if "FootnoteAreaBox" in kinds or box.is_absolutely_positioned():
        spot = replace(spot, aside=True, marker=box.is_outside_marker)
    if "FootnoteAreaBox" in kinds:  # of the page: what is in it has left its block
        spot = replace(spot, limits=_but_block(spot.limits))
    is_fixed = box.style["position"] == "fixed"
    if is_fixed or getattr(box, "is_header", False) or getattr(box, "is_footer", False):
        spot = replace(spot, repeated=True)
    if "BlockContainerBox" in kinds:
        spot = replace(spot, room=spot.matrix.rect(_content(box)))
    return replace(spot, limits=_limits(box, spot, kinds, begins=begins))


def _limits(box: Box, spot: Spot, kinds: frozenset[str], *, begins: bool) -> tuple[Limit, ...]:
    limits = spot.limits
    if spot.marker or (begins and "InlineBox" not in kinds and "data-block" in box.element.attrib):
        limits = _but_block(limits)
        if not spot.marker:
            limits += (Limit(BLOCK, spot.matrix.rect(_border(box)).higher(SLACK)),)
    if "TableCellBox" in kinds:
        limits += (Limit("leaves its cell", spot.matrix.rect(_padding(box))),)
    if box.is_column:
        limits += (Limit("leaves its column", spot.matrix.rect(_content(box)).sides()),)
    if box.style["overflow"] != "visible" and "ParentBox" in kinds and "MarginBox" not in kinds:
        limits = (Limit("is clipped", spot.matrix.rect(_padding(box))), *limits)
    return limits


def _but_block(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    return tuple(limit for limit in limits if limit.fault != BLOCK)


def _kinds(box: Box) -> frozenset[str]:
    return _names(box.__class__)


@functools.cache
def _names(cls: type[object]) -> frozenset[str]:
    return frozenset(each.__name__ for each in cls.__mro__)


def _letters(box: Box) -> Rect:
    base, size = box.position_y + box.baseline, box.style["font_size"]
    return Rect(
        box.position_x, base - ASCENT * size, box.position_x + box.width, base + DESCENT * size
    )


def _content(box: Box) -> Rect:
    left, top = box.content_box_x(), box.content_box_y()
    return Rect(left, top, left + box.width, top + box.height)


def _padding(box: Box) -> Rect:
    left, top = box.padding_box_x(), box.padding_box_y()
    return Rect(left, top, left + box.padding_width(), top + box.padding_height())


def _border(box: Box) -> Rect:
    left, top = box.border_box_x(), box.border_box_y()
    return Rect(left, top, left + box.border_width(), top + box.border_height())
