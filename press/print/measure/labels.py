"""Find the labels of an SVG, and where on the page they are."""

import math
import re
from collections.abc import Iterator
from typing import TypeAlias

from press.print import box_tree
from press.print.engine_types import Drawing, Image, Node
from press.print.measure.rects import SAME, Matrix, Rect

FIRST_SIZE = 16.0  # CSS px, of text that names no size
TEXTS = ("text", "tspan", "textPath")
# Not drawn where they are; an "svg" inside another has measures of its own.
GRADIENTS = ("linearGradient", "radialGradient")
UNDRAWN = ("clipPath", "defs", "filter", "marker", "mask", "pattern", "svg", "symbol", *GRADIENTS)
SIZE = re.compile(r"\s*([0-9.]+)\s*(px|pt|em|%|)\s*")
UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3}
Label: TypeAlias = tuple[str, Rect, float]  # its text, its place, the size of its font
DESCENT, HEIGHT = 0.02, 1.02  # of ink, in parts of the font size from the bottom of the line's box


def labels(image: Image, frame: Rect) -> Iterator[Label]:
    """Yield the labels of *image*, drawn in *frame*, in the coordinates of the frame; nothing unless it is an SVG."""
    width, height = frame.right - frame.left, frame.bottom - frame.top
    if (drawing := box_tree.drawing(image, width, height)) is not None:
        yield from _labels(drawing, drawing.tree, FIRST_SIZE, _placing(drawing, frame))


def _placing(drawing: Drawing, frame: Rect) -> Matrix:
    width, height = frame.right - frame.left, frame.bottom - frame.top
    own = drawing.get_intrinsic_size(FIRST_SIZE)
    left, top, across, down = drawing.get_viewbox() or (0, 0, own[0] or width, own[1] or height)
    scale = min(width / across, height / down) if across and down else 1.0
    x = frame.left + (width - across * scale) / 2 - left * scale
    y = frame.top + (height - down * scale) / 2 - top * scale
    return Matrix(scale, 0, 0, scale, x, y)


def _labels(drawing: Drawing, node: Node, size: float, matrix: Matrix) -> Iterator[Label]:
    size = _size(node.get("font-size", ""), size)
    own = drawing.get_node_transform_matrix(node, size)
    matrix = (Matrix(*own.values) if own else SAME).then(matrix)
    if node.tag in TEXTS and (node.text or "").strip() and (rect := _rect(node, size)):
        yield node.text, matrix.rect(rect), size * matrix.scale
    for child in node:
        if child.display and child.tag not in UNDRAWN:
            yield from _labels(drawing, child, size, matrix)


def _rect(node: Node, size: float) -> Rect | None:
    x, y, width, height = getattr(node, "text_bounding_box", (0, 0, math.inf, 0))
    if not math.isfinite(width + height):  # it was not drawn
        return None
    if node.tag == "text" or "x" in node.attrib or "y" in node.attrib:
        x -= {"middle": width / 2, "end": width}.get(node.get("text-anchor", "start"), 0)
    bottom = y + height
    return Rect(x, bottom - HEIGHT * size, x + width, bottom - DESCENT * size)


def _size(text: str, outer: float) -> float:
    if not (match := SIZE.fullmatch(text)):
        return outer
    number, unit = float(match[1]), match[2]
    return number * UNITS[unit] if unit in UNITS else outer * number / (100 if unit == "%" else 1)
