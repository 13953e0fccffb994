"""A finished PDF in; its first page as pixels out."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]

from press.print.finished.backstop import one_at_a_time


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture, row by row."""

    width: int  # pixels
    height: int
    pixels: bytes  # red, green, blue


def first_page(pdf: bytes, width: int) -> Raster:
    """Return the first page of *pdf*, *width* pixels wide, on white."""
    with one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
            rows, across = bytes(bitmap.buffer), 3 * bitmap.width
            pixels = b"".join(
                rows[start : start + across] for start in range(0, len(rows), bitmap.stride)
            )
            return Raster(bitmap.width, bitmap.height, pixels)
        finally:
            document.close()
