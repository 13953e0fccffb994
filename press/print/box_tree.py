"""Reach the boxes of a laid-out page, which the engine keeps private. One of three doors into it.

Without this module nothing is measured, and lines end without their spaces; the print itself does without.
"""

from press.print.engine_types import Box, Page


def top(page: Page) -> Box:
    """Return the box of *page*, with all others in it."""
    return page._page_box  # noqa: SLF001 - nothing public leads to the boxes


def inside(box: Box) -> list[Box]:
    """Return the boxes that lie in *box*, in the order of the HTML."""
    # A placeholder takes the place of a box that is positioned absolutely.
    return [getattr(each, "_box", each) for each in box.all_children()]


def add_space(text: Box) -> None:
    """Add a space to the end of a *text*, in the PDF and not in sight: it is drawn anew from its layout."""
    text.pango_layout.text += " "
