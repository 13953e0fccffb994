"""Read a finished PDF: its metadata, its pages as pixels, text off the sheet. The gate to pdfium."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from press.print.engine_types import Document, Other, Page
from press.print.facts import NO_BLOCK, Ink

KEYS = ("Title", "Author", "Subject", "Keywords")
INCH = 72  # points
TOLERANCE = 0.5  # points
SHOWN = 60  # characters
PART = 2  # heights of a text: wider than any space between words
FAINT = 8  # of 255 greys: what differs less from its ground is not seen

DamagedError = pypdfium2.PdfiumError

_lock = threading.Lock()  # pdfium is not made for threads


@dataclass(frozen=True, slots=True)
class Pixels:
    """A page as it is drawn, on white."""

    width: int
    height: int
    data: bytes  # row by row; red, green, blue


class Place(NamedTuple):
    """Where a page shows a piece of its content."""

    rect: tuple[float, float, float, float]  # left, bottom, right, top, in points
    seen: bool  # no part of it has the colour of its ground, or of what covers it


def metadata(pdf: bytes) -> dict[str, str]:
    """Return the metadata of *pdf*; '' for each key that it lacks, and for all of what is not a PDF."""
    try:
        with _open(pdf) as document:
            return {key: document.get_metadata_value(key) for key in KEYS}
    except pypdfium2.PdfiumError:
        return dict.fromkeys(KEYS, "")


def first_page(pdf: bytes, width: int) -> Pixels:
    """Return the first page of *pdf*, *width* pixels wide."""
    with _open(pdf) as document:
        page = document[0]
        return _pixels(page, width / page.get_width())


def page_of(pdf: bytes, number: int, width: int) -> Pixels | None:
    """Return page *number* of *pdf*, from 1, *width* pixels wide; None where it has no such page."""
    with _open(pdf) as document:
        if not 1 <= number <= len(document):
            return None
        page = document[number - 1]
        return _pixels(page, width / page.get_width())


def pages(pdf: bytes, resolution: int) -> tuple[Pixels, ...]:
    """Return each page of *pdf*, with *resolution* pixels to the inch."""
    with _open(pdf) as document:
        return tuple(_pixels(page, resolution / INCH) for page in document)


def places(pdf: bytes) -> dict[tuple[int, int], Place]:
    """Return where *pdf* shows its content, by page, from 0, and mark."""
    with _open(pdf) as document:
        return {
            (number, mark): place
            for number, page in enumerate(document)
            for mark, place in _places(page).items()
        }


def text_off_sheet(pdf: bytes) -> tuple[Ink, ...]:
    """Return the text of each page that leaves the sheet though no box does: after transforms, in drawings."""
    with _open(pdf) as document:
        texts = [_off_sheet(page) for page in document]
    return tuple(
        Ink(number, NO_BLOCK, text.strip()[:SHOWN], "is off the sheet")
        for number, text in enumerate(texts, 1)
        if text.strip()
    )


@contextmanager
def _open(pdf: bytes) -> Iterator[Document]:
    with _lock, pypdfium2.PdfDocument(pdf) as document:
        yield document


def _pixels(page: Page, scale: float) -> Pixels:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    rows, across = bytes(bitmap.buffer), 3 * bitmap.width
    data = b"".join(rows[start : start + across] for start in range(0, len(rows), bitmap.stride))
    return Pixels(bitmap.width, bitmap.height, data)


def _places(page: Page) -> dict[int, Place]:
    found: dict[int, Place] = {}
    drawn = page.render(grayscale=True)  # a pixel for each point
    data, across = bytes(drawn.buffer), drawn.stride
    rows = [data[start : start + drawn.width] for start in range(0, len(data), across)]
    for each in page.get_objects(max_depth=1):
        mark, rect = raw.FPDFPageObj_GetMarkedContentID(each), each.get_bounds()
        if mark >= 0 and rect[0] < rect[2] and rect[1] < rect[3]:
            seen = each.type == raw.FPDF_PAGEOBJ_PATH or _is_seen(rows, each, rect)
            before = found.get(mark, Place(rect, seen))
            left, bottom, right, top = zip(rect, before.rect, strict=True)
            around = min(left), min(bottom), max(right), max(top)
            found[mark] = Place(around, before.seen and seen)
    return found


def _is_seen(rows: Sequence[bytes], shown: Other, rect: Sequence[float]) -> bool:
    """Return whether all that is *shown* in *rect* stands out; of a text each part, of a few letters."""
    left, bottom, right, top = rect
    is_text = shown.type == raw.FPDF_PAGEOBJ_TEXT
    parts = max(int((right - left) / (PART * (top - bottom))), 1) if is_text else 1
    width = (right - left) / parts
    return all(
        _stands_out(rows, (left + part * width, bottom, left + (part + 1) * width, top))
        for part in range(parts)
    )


def _stands_out(rows: Sequence[bytes], rect: Sequence[float]) -> bool:
    """Return whether the pixels in *rect*, and next to it, are not all the same."""
    left, right = (max(int(side) + more, 0) for side, more in ((rect[0], -1), (rect[2], 2)))
    top, bottom = (
        max(len(rows) - int(side) + more, 0) for side, more in ((rect[3], -2), (rect[1], 1))
    )
    greys = set(b"".join(row[left:right] for row in rows[top:bottom]))
    return bool(greys) and max(greys) - min(greys) > FAINT


def _off_sheet(page: Page) -> str:
    left, bottom, right, top = page.get_mediabox()
    text = page.get_textpage()
    characters = []
    for place in range(text.count_chars()):
        box = text.get_charbox(place)
        width, height = box[2] - box[0], box[3] - box[1]
        beyond = max(left - box[0], bottom - box[1], box[2] - right, box[3] - top)
        if width and height and beyond > TOLERANCE:
            characters.append(text.get_text_range(place, 1))
    return "".join(characters)
