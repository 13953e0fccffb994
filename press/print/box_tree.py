"""Reach the boxes of a laid-out page, and drawings, which the engine keeps private. One of four doors into it.

Without this module nothing is measured, and lines end without their spaces; the print itself does without.
"""

from collections import defaultdict
from typing import Any

from press.print.engine_types import Box, Drawing, Image, Page


def top(page: Page) -> Box:
    """Return the box of *page*, with all others in it."""
    return page._page_box  # noqa: SLF001 - nothing public leads to the boxes


def inside(box: Box) -> list[Box]:
    """Return the boxes that lie in *box*, in the order of the HTML."""
    # A placeholder takes the place of a box that is positioned absolutely.
    return [getattr(each, "_box", each) for each in box.all_children()]


def drawing(image: Image, width: float, height: float) -> Drawing | None:
    """Return the SVG that *image* shows, as it is drawn in this size, if any; CSS px."""
    from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped]  # noqa: PLC0415 - a proof does without

    svg = getattr(image, "_svg", None)
    if svg is None or width <= 0 or height <= 0:
        return None
    # on a stream of no document: where its labels are, the engine says as it draws
    image.draw(Stream({}, None, defaultdict[str, Any](dict), {}, None, {}, None), width, height, {})
    return svg


def add_space(text: Box) -> None:
    """Add a space to the end of a *text*, in the PDF and not in sight: it is drawn anew from its layout."""
    text.pango_layout.text += " "
