"""Walk the boxes of laid-out pages: find each piece of ink, and the limits that it may not leave.

The engine's boxes are told apart by the names of their classes.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from press.print import box_tree
from press.print.engine_types import Box, Element, Page
from press.print.measure import labels, sight
from press.print.measure.rects import FAR, SAME, Matrix, Rect

# Of ink, as a share of the font size; the box of a text is higher: the ascent and the descent of its font.
ASCENT, DESCENT = 0.75, 0.25
SVG = "{http://www.w3.org/2000/svg}svg"
SIGN = "li::before"  # the number or bullet of an item
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
class Scope:
    """What a piece is in: its page, its column, its line, and the limits that it may not leave."""

    page: int  # from 1
    area: Rect  # type area of the page
    limits: tuple[Limit, ...]  # the most telling first
    matrix: Matrix = SAME
    margin: bool = False  # in a margin of the page
    aside: bool = (
        False  # beside the text: the number of an item, what is placed absolutely, a footnote
    )
    repeated: bool = False  # on every page: head and foot of a table, what is fixed
    marker: bool = False  # of a list item
    column: Column | None = None
    line: int = 0  # identity of the line's box
    home: Element = None  # whose line it is: of a paragraph, a cell, an item of a list
    room: Rect | None = None  # what the lines around it may fill
    ground: sight.Colour | None = sight.PAPER  # behind its text; None for a picture
    opacity: float = 1.0


class PagePiece(NamedTuple):
    """A text, a picture, a label in a picture, or the place where an element begins, or goes on after a break."""

    kind: str
    scope: Scope
    element: Element  # of the HTML; None in margins
    rect: Rect
    text: str = ""
    size: float = 0.0  # of the font, CSS px
    hyphen: bool = False  # the engine broke the last word
    pseudo: str = ""  # such as "::before", if the text comes from there
    fault: str = ""  # why it cannot be read


def is_text(piece: PagePiece) -> bool:
    """Return whether the HTML itself contains the text of *piece*, in an element or in an inline drawing."""
    return piece.kind == "text" or (piece.kind == "label" and piece.element.tag == SVG)


def pieces(pages: Sequence[Page]) -> Iterator[PagePiece]:
    """Yield the pieces on the pages, in the order of the document."""
    for number, page in enumerate(pages, 1):
        box = box_tree.top(page)
        sheet, area = Rect(0, 0, page.width, page.height), _content(box)
        limits = Limit("leaves the sheet", sheet), Limit("leaves the type area", area)
        yield from _below(box_tree.inside(box), Scope(number, area, limits))


def _below(children: Iterable[Box], scope: Scope) -> Iterator[PagePiece]:
    todo = [(child, scope, None) for child in reversed(list(children))]
    while todo:
        box, around, parent = todo.pop()
        begins = box.element is not None and box.element is not parent
        scope = _enter(box, around, begins=begins)
        if begins and "LineBox" not in _kinds(box.__class__):
            yield PagePiece("element", scope, box.element, scope.area)
        yield from _ink(box, scope)
        todo.extend((child, scope, box.element) for child in reversed(box_tree.inside(box)))


def _ink(box: Box, scope: Scope) -> Iterator[PagePiece]:
    kinds = _kinds(box.__class__)
    if box.style["visibility"] != "visible":
        return
    if "TextBox" in kinds and box.text.strip():
        yield _text(box, scope)
    elif "ReplacedBox" in kinds:
        yield from _picture(box, scope)


def _text(box: Box, scope: Scope) -> PagePiece:
    base, size = box.position_y + box.baseline, box.style["font_size"]
    left, top, bottom = box.position_x, base - ASCENT * size, base + DESCENT * size
    rect = scope.matrix.rect(Rect(left, top, left + box.width, bottom))
    shown = size * scope.matrix.scale
    hyphen = box.text.endswith(box.style["hyphenate_character"])
    pseudo = "".join((box.element_tag or "").partition("::")[1:])
    fault = sight.hardly_seen(box, scope.ground, scope.opacity, scope.matrix)
    return PagePiece("text", scope, box.element, rect, box.text, shown, hyphen, pseudo, fault)


def _picture(box: Box, scope: Scope) -> Iterator[PagePiece]:
    frame = _content(box)
    placed = scope.matrix.rect(frame)
    alt = "" if box.element is None else box.element.get("alt", "")
    yield PagePiece("picture", scope, box.element, placed, f"picture: {alt}")
    inside = replace(scope, limits=(*scope.limits, Limit("leaves its drawing", placed)))
    for text, rect, size in labels.labels(box.replacement, frame):
        shown = size * scope.matrix.scale
        yield PagePiece("label", inside, box.element, scope.matrix.rect(rect), text, shown)


def _enter(box: Box, scope: Scope, *, begins: bool) -> Scope:
    kinds = _kinds(box.__class__)
    if "TextBox" in kinds:
        return scope
    if "LineBox" in kinds:
        return replace(scope, line=id(box), home=box.element)
    opacity = scope.opacity * box.style["opacity"]
    ground = sight.behind(box, scope.ground, opacity)
    scope = replace(scope, opacity=opacity, ground=ground)
    if box.transformation_matrix:
        scope = replace(scope, matrix=Matrix(*box.transformation_matrix.values).then(scope.matrix))
    if "MarginBox" in kinds:
        limits = (scope.limits[0], Limit("leaves its margin box", _border(box)))
        scope = replace(scope, margin=True, limits=limits)
    elif box.is_column:
        scope = replace(scope, column=Column(id(box.element), id(box)))
    if "FootnoteAreaBox" in kinds or box.is_absolutely_positioned() or box.element_tag == SIGN:
        scope = replace(scope, aside=True, marker=_is_marker(box))
    if "FootnoteAreaBox" in kinds:  # of the page: what is in it has left its block
        scope = replace(scope, limits=_but_block(scope.limits))
    is_fixed = box.style["position"] == "fixed"
    if is_fixed or getattr(box, "is_header", False) or getattr(box, "is_footer", False):
        scope = replace(scope, repeated=True)
    if "BlockContainerBox" in kinds:
        scope = replace(scope, room=scope.matrix.rect(_content(box)))
    return replace(scope, limits=_limits(box, scope, kinds, begins=begins))


def _is_marker(box: Box) -> bool:
    """Return whether *box* is the sign of an item in a text; that of an item which is a block counts as a word."""
    in_flow = box.element_tag == SIGN and "data-block" not in box.element.attrib
    return bool(box.is_outside_marker or in_flow)


def _limits(box: Box, scope: Scope, kinds: frozenset[str], *, begins: bool) -> tuple[Limit, ...]:
    limits = scope.limits
    if scope.marker or (begins and "InlineBox" not in kinds and "data-block" in box.element.attrib):
        limits = _but_block(limits)
        if not scope.marker:
            limits += (Limit(BLOCK, scope.matrix.rect(_border(box)).higher(SLACK)),)
    if "TableCellBox" in kinds:
        limits += (Limit("leaves its cell", scope.matrix.rect(_padding(box))),)
    if box.is_column:
        column = scope.matrix.rect(_content(box)).higher(FAR)
        limits += (Limit("leaves its column", column),)
    if box.style["overflow"] != "visible" and "ParentBox" in kinds and "MarginBox" not in kinds:
        limits = (Limit("is clipped", scope.matrix.rect(_padding(box))), *limits)
    return limits


def _but_block(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    return tuple(limit for limit in limits if limit.fault != BLOCK)


@functools.cache
def _kinds(cls: type[object]) -> frozenset[str]:
    return frozenset(each.__name__ for each in cls.__mro__)


def _content(box: Box) -> Rect:
    left, top = box.content_box_x(), box.content_box_y()
    return Rect(left, top, left + box.width, top + box.height)


def _padding(box: Box) -> Rect:
    left, top = box.padding_box_x(), box.padding_box_y()
    return Rect(left, top, left + box.padding_width(), top + box.padding_height())


def _border(box: Box) -> Rect:
    left, top = box.border_box_x(), box.border_box_y()
    return Rect(left, top, left + box.border_width(), top + box.border_height())
