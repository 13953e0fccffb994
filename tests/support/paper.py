"""The signs of a print in the order in which it is read aloud: a tagged PDF in, each character that is seen out."""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from tests.support.signs import UNSEEN, Sign

if TYPE_CHECKING:
    from collections.abc import Iterator

# U+2010 is what the engine puts at the end of a line; pdfium tells any hyphen there as one of the others.
HYPHENS = "\u2010\u00ad\u0002\ufffe"


@dataclass(frozen=True, slots=True)
class Letter:
    """A character on a sheet, with its box in points from below."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


class Paper(NamedTuple):
    """What a print says."""

    signs: list[Sign]  # in the order of its structure
    unread: list[str]  # what is on each sheet and not in the structure, without spaces


def on_paper(pdf: bytes, *, painted: bool = False) -> Paper:
    """Read a tagged PDF in the order of its structure; or as programs do that know no tags, as it is *painted*."""
    with pypdfium2.PdfDocument(pdf) as drawn:
        sheets = [list_of(page) for page in drawn]
        order = [[content for _, content in contents(page)] for page in drawn]
    signs: list[Sign] = []
    last, spaced = None, False
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        parts = list(structure(document.Root.StructTreeRoot, numbers))
        if painted:
            parts = [(sheet, content) for sheet, content in parts if content in order[sheet]]
            parts.sort(key=lambda part: (part[0], order[part[0]].index(part[1])))
        for sheet, content in parts:
            for letter in sheets[sheet].pop(content, []):
                if letter.text.isspace():
                    spaced = True
                elif letter.text not in UNSEEN or letter.text in HYPHENS:
                    before = gap(last, letter, spaced=spaced)
                    signs.append(Sign(letter.text, before, sheet=sheet))
                    last, spaced = letter, False
    rest = ("".join(one.text for letters in sheet.values() for one in letters) for sheet in sheets)
    return Paper(signs, ["".join(text.split()) for text in rest])


def gap(last: Letter | None, letter: Letter, *, spaced: bool) -> str:
    """Return what is seen between two letters: a new line, a space, or nothing.

    A space that the PDF has needs some width to be seen; a gap without one, more than there is before a note mark.
    """
    if last is None:
        return "\n"
    if (letter.left, letter.bottom) == (last.left, last.bottom):
        return ""  # one glyph for several letters
    size = max(last.top - last.bottom, letter.top - letter.bottom)
    apart = abs(last.top + last.bottom - letter.top - letter.bottom) / 2
    if apart > 0.6 * size or letter.left < last.right - 0.4 * size:
        return "\n"
    return " " if letter.left > last.right + (0.03 if spaced else 0.08) * size else ""


def list_of(page: Any) -> dict[int, list[Letter]]:  # noqa: ANN401 - pdfium has no types
    """Return the letters of a sheet by the number of the marked content that they are in."""
    marked = dict(contents(page))
    text = page.get_textpage()
    found: dict[int, list[Letter]] = {}
    for place in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, place) != 1:
            char = chr(raw.FPDFText_GetUnicode(text, place))
            content = marked.get(address(raw.FPDFText_GetTextObject(text, place)), -1)
            found.setdefault(content, []).append(Letter(char, *text.get_charbox(place, loose=True)))
    return found


def contents(page: Any) -> Iterator[tuple[int | None, int]]:  # noqa: ANN401
    """Yield each object on a sheet, as painted, with the number of its marked content; those within drawings too."""
    waiting = [
        (raw.FPDFPage_GetObject(page, place), -1)
        for place in reversed(range(raw.FPDFPage_CountObjects(page)))
    ]
    while waiting:
        thing, around = waiting.pop()
        own = raw.FPDFPageObj_GetMarkedContentID(thing)
        number = around if own == -1 else own
        yield address(thing), number
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
            waiting += [
                (raw.FPDFFormObj_GetObject(thing, place), number)
                for place in reversed(range(raw.FPDFFormObj_CountObjects(thing)))
            ]


def address(thing: Any) -> int | None:  # noqa: ANN401
    """Return what tells an object of pdfium from others."""
    return ctypes.cast(thing, ctypes.c_void_p).value


def structure(root: Any, numbers: dict[Any, int]) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    """Yield the sheet and number of each marked content in reading order."""
    waiting: list[tuple[Any, int]] = [(root.K, 0)]
    while waiting:
        node, sheet = waiting.pop()
        if isinstance(node, int):
            yield sheet, node
        elif isinstance(node, pikepdf.Array):
            waiting += [(kid, sheet) for kid in reversed(list(node))]
        elif "/Obj" not in node:  # a link's frame, which is no text
            sheet = numbers[node.Pg.objgen] if "/Pg" in node else sheet
            kids = node.get("/K", node.get("/MCID"))
            waiting += [(kids, sheet)] if kids is not None else []
