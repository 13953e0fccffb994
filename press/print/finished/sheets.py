"""Draw the pages of a finished PDF: bytes in, pixels out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]

from press.print.finished.backstop import one_at_a_time

if TYPE_CHECKING:
    from press.print.untyped import Page

INCH = 72  # points


@dataclass(frozen=True, slots=True)
class Pixels:
    """A drawn page; each pixel is red, green, blue and a byte that says nothing."""

    width: int
    height: int
    data: bytes


def drawn(pdf: bytes, resolution: int) -> tuple[Pixels, ...]:
    """Return each page with *resolution* pixels to the inch."""
    with one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(
                _pixels(document[number], resolution / INCH) for number in range(len(document))
            )
        finally:
            document.close()


def _pixels(page: Page, scale: float) -> Pixels:
    # four bytes a pixel: no line of them needs filling up
    bitmap = page.render(scale=scale, prefer_bgrx=True, rev_byteorder=True)
    return Pixels(bitmap.width, bitmap.height, bytes(bitmap.buffer))
