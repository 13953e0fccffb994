"""Read a PDF: the lines of its pages, without what repeats on them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from statistics import mode
from typing import Any
from unicodedata import normalize

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTFigure, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from press.ingest.columns import Line
from press.ingest.document import Document
from press.ingest.pdf_paragraphs import paragraphs
from press.ingest.plain_text import with_raised
from press.problems import RefusedError

_EDGE = 3  # lines at the top and the bottom of a page among which what repeats is looked for
_SAME = 4.0  # points: how far it may move from page to page
_SMALLER = 0.85  # of the size of its line is what is raised, and higher by this:
_HIGHER = 0.15
# a glyph for which its font names no character, or what can be none
_NAMELESS = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0b-\x1f\x7f]")
_LIGATURES = {code: normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}  # ﬁ
_LABEL = re.compile(r"[0-9A-Za-z-]{1,12}")  # that a locator can have
_NUMBER = re.compile(r"\d+|\b[ivxl]+\b")
_NUMBERS = re.compile(r"\S*\d\S*(?: \S*\d\S*)+")  # a row of a table


def read(data: bytes) -> Document:
    """Return the paragraphs of a PDF."""
    if b"%PDF-" not in data[:1024]:
        raise RefusedError("is no PDF; save it as PDF")
    try:
        pages = tuple(_pages(PDFDocument(PDFParser(BytesIO(data)))))
    except PDFEncryptionError as error:
        raise RefusedError("is encrypted; save a copy without a password") from error
    text = "".join(line.text for _, lines in pages for line in lines)
    if text.count("\ufffd") > len(text) / 4:
        raise RefusedError("has fonts that name no characters; let a program recognise its text")
    empty = tuple(label for label, lines in pages if not lines)
    return Document(paragraphs(_without_furniture(pages)), empty)


def _pages(document: PDFDocument) -> Iterator[tuple[str, list[Line]]]:
    """Yield the label of each page, or else its number, and its lines."""
    manager = PDFResourceManager()
    device = PDFPageAggregator(
        manager, laparams=LAParams(char_margin=1.2, boxes_flow=None, all_texts=True)
    )
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        interpreter.process_page(page)
        layout = device.get_result()
        in_figures = [
            line for each in layout if isinstance(each, LTFigure) for line in _lines(each)
        ]
        label = page.label if _LABEL.fullmatch(page.label or "") else str(number)
        yield str(label), [*_lines(layout)] or in_figures


def _lines(container: LTContainer[Any]) -> Iterator[Line]:
    """Yield the upright lines of text outside figures."""
    for each in container:
        if isinstance(each, LTTextLine):
            chars = [char for char in each if isinstance(char, LTChar) and char.upright]
            if chars and each.get_text().strip():
                yield _line(each, chars)
        elif isinstance(each, LTContainer) and not isinstance(each, LTFigure):
            yield from _lines(each)


def _line(line: LTTextLine, chars: Sequence[LTChar]) -> Line:
    size = mode(round(char.size, 1) for char in chars)
    base = mode(round(char.y0, 1) for char in chars if round(char.size, 1) == size)

    def is_raised(char: object) -> bool:
        if not isinstance(char, LTChar):
            return False
        return bool(char.size < _SMALLER * size and char.y0 > base + _HIGHER * size)

    text = ""
    for raised, group in groupby(line, is_raised):
        part = "".join(char.get_text() for char in group)
        text = with_raised(text, part) if raised else text + part
    bold = all("bold" in char.fontname.lower() for char in chars)
    text = " ".join(_NAMELESS.sub("\ufffd", text).translate(_LIGATURES).split())
    return Line(text, line.x0, line.x1, base, size, bold)


def _without_furniture(
    pages: Sequence[tuple[str, Sequence[Line]]],
) -> Iterator[tuple[str, list[Line]]]:
    """Yield the pages without running heads, feet and numbers: what stands on two of them at the same height."""
    edges = [(line, label) for label, lines in pages for line in _edge(lines)]
    seen = Counter(_key(line) for line, _ in edges)
    dropped = {
        id(line)
        for line, label in edges
        if line.text == label or (seen[_key(line)] > 1 and not _NUMBERS.fullmatch(line.text))
    }
    for label, lines in pages:
        yield label, [line for line in lines if id(line) not in dropped]


def _edge(lines: Sequence[Line]) -> list[Line]:
    by_height = sorted(lines, key=lambda line: line.base)
    return by_height if len(lines) <= 2 * _EDGE else by_height[:_EDGE] + by_height[-_EDGE:]


def _key(line: Line) -> tuple[str, int]:
    """Return what a running head has in common with others: its words, and its height."""
    return _NUMBER.sub("#", line.text), round(line.base / _SAME)
