"""Look at a finished PDF for text that no box betrays: bytes in, what stands off its sheet out; the gate to pdfium."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from press.print.untyped import Page

TOLERANCE = 0.5  # points
SHOWN = 60  # characters

one_at_a_time = threading.Lock()  # pdfium is not made for threads


@dataclass(frozen=True, slots=True)
class Stray:
    """Characters that are in the PDF and not on its paper."""

    page: int  # from 1
    text: str


def strays(pdf: bytes) -> tuple[Stray, ...]:
    """Return the text of each page whose boxes leave the sheet: after transforms, inside of drawings."""
    with one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            texts = [_off(document[number]) for number in range(len(document))]
        finally:
            document.close()
    return tuple(
        Stray(number, text[:SHOWN]) for number, text in enumerate(texts, 1) if text.strip()
    )


def _off(page: Page) -> str:
    left, bottom, right, top = page.get_mediabox()
    text = page.get_textpage()
    found = []
    for place in range(text.count_chars()):
        box = text.get_charbox(place)
        width, height = box[2] - box[0], box[3] - box[1]
        beyond = max(left - box[0], bottom - box[1], box[2] - right, box[3] - top)
        if width and height and beyond > TOLERANCE:
            found.append(text.get_text_range(place, 1))
    return "".join(found)
