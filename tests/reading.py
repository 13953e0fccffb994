"""Read a print and a page as somebody does who hears them: the signs of both in order, and where they part.

What typesetting changes, and nothing else, is taken as the same; `parted` says so line by line.
"""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from press.checks.pages import SILENT, VOID

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSEEN = "\u2060\u00ad"  # the joiner of compose; a hyphen that is not shown
HARD = "-\u2010\u2011"
# U+2010 is what the engine puts at the end of a line; pdfium tells any hyphen there as one of the others.
HYPHENS = "\u2010\u00ad\u0002\ufffe"
BREAKS = "-/–—.?&=_:" + HYPHENS  # behind these a line may end inside of a word
BULLETS = ("•", "◦", "▪")
SPOKEN = SILENT | {"desc", "metadata", "defs"}  # of a drawing: said or used, not shown
SHOWN = 8  # words around the place where two texts part


@dataclass(frozen=True, slots=True)
class Sign:
    """A character that is seen, and what stands before it: nothing, a space, a new line, or the edge of an element."""

    text: str
    before: str = ""  # '', ' ', '\n' in print, '|' on a page
    marker: tuple[str, ...] = ()  # no sign, but the place of a number or bullet that CSS makes
    head: tuple[int, int] = (0, 0)  # of a table: which one, and on which sheet


class Page(HTMLParser):
    """The signs of a page that are printed."""

    def __init__(self) -> None:
        super().__init__()
        self.signs: list[Sign] = []
        self._before = ""
        self._open: list[tuple[str, bool]] = [("", True)]  # tag, printed
        self._lists: list[tuple[str, int]] = []  # tag, items so far

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        self._edge()
        hidden = tag in SPOKEN or "data-screen" in dict(attrs)
        if tag not in VOID:
            self._open.append((tag, self._open[-1][1] and not hidden))
        if tag in {"ol", "ul"}:
            self._lists.append((tag, 0))
        if tag == "li" and self._open[-1][1]:
            self._item()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element without content, as drawings have them."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _item(self) -> None:
        kind, number = self._lists[-1]
        self._lists[-1] = kind, number + 1
        numbers = (f"{number + 1}.", f"{number + 1}")
        self.signs.append(Sign("", marker=numbers if kind == "ol" else BULLETS))

    def handle_endtag(self, tag: str) -> None:
        """End an element, and what it closes with it."""
        self._edge()
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass
        if tag in {"ol", "ul"}:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Take text."""
        for char in data if self._open[-1][1] else "":
            if char.isspace():
                self._before = " "
            elif char not in UNSEEN:
                self.signs.append(Sign(char, self._before))
                self._before = ""

    def _edge(self) -> None:
        self._before = self._before or "|"


def on_page(html: str) -> list[Sign]:
    """Return the signs of the page *html* that are printed."""
    page = Page()
    page.feed(html)
    page.close()
    return page.signs


@dataclass(frozen=True, slots=True)
class Letter:
    """A character on a sheet, with its box in points from below."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def on_paper(pdf: bytes) -> list[Sign]:
    """Return the signs of a tagged PDF in the order of its structure, not that of its drawing."""
    sheets = [list_of(page) for page in pypdfium2.PdfDocument(pdf)]
    found: list[Sign] = []
    last, spaced = None, False
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        for sheet, content, head in structure(document.Root.StructTreeRoot, numbers):
            for letter in sheets[sheet].pop(content, []):
                if letter.text.isspace():
                    spaced = True
                elif letter.text not in UNSEEN or letter.text in HYPHENS:
                    before = gap(last, letter, spaced=spaced)
                    found.append(Sign(letter.text, before, head=(head, sheet)))
                    last, spaced = letter, False
    return found


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
    """Yield each object on a sheet with the number of its marked content, those of drawings within drawings too."""
    waiting = [
        (raw.FPDFPage_GetObject(page, place), -1)
        for place in range(raw.FPDFPage_CountObjects(page))
    ]
    while waiting:
        thing, around = waiting.pop()
        own = raw.FPDFPageObj_GetMarkedContentID(thing)
        number = around if own == -1 else own
        yield address(thing), number
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
            waiting += [
                (raw.FPDFFormObj_GetObject(thing, place), number)
                for place in range(raw.FPDFFormObj_CountObjects(thing))
            ]


def address(thing: Any) -> int | None:  # noqa: ANN401
    """Return what tells an object of pdfium from others."""
    return ctypes.cast(thing, ctypes.c_void_p).value


def structure(root: Any, numbers: dict[Any, int]) -> Iterator[tuple[int, int, int]]:  # noqa: ANN401
    """Yield the sheet and number of each marked content in reading order, with the table's head it is in, from 1."""
    heads = 0
    waiting: list[tuple[Any, int, int]] = [(root.K, 0, 0)]
    while waiting:
        node, sheet, head = waiting.pop()
        if isinstance(node, int):
            yield sheet, node, head
        elif isinstance(node, pikepdf.Array):
            waiting += [(kid, sheet, head) for kid in reversed(list(node))]
        elif "/Obj" not in node:  # a link's frame, which is no text
            sheet = numbers[node.Pg.objgen] if "/Pg" in node else sheet
            if node.get("/S") == "/THead":
                heads += 1
                head = heads
            kids = node.get("/K", node.get("/MCID"))
            waiting += [(kids, sheet, head)] if kids is not None else []


def parted(page: list[Sign], paper: list[Sign]) -> str:
    """Return where the two texts part, or '' where they are the same but for what typesetting changes.

    - A hyphen at the end of a line is no character of the text: it may be in print alone.
    - Lines end where the text has a space, an element begins or ends, or behind a character that allows it;
      an address, which no hyphen may change, is cut anywhere.
    - White space has no width; the edge of an element may look like a space (cells, columns) or like nothing.
    - The number or bullet of an item is made by CSS: it may stand in print, and then has to be the right one.
    - The head of a table comes again on each sheet on which the table goes on.
    """
    at = place = 0
    again = repeated(paper)
    while at < len(page) and place < len(paper):
        wanted, found = page[at], paper[place]
        if wanted.marker:
            at, place = at + 1, place + marker_at(wanted.marker, paper, place)
        elif hyphen_at(paper, place):
            at, place = at + (wanted.text in HARD), place + 1
        elif wanted.text == found.text and fits(page, at, paper, place):
            at, place = at + 1, place + 1
        elif place in again:
            place += again[place]
        else:
            break
    rest = [sign for sign in page[at:] if not sign.marker]
    if not rest and place == len(paper):
        return ""
    return (
        f"after '{words(page[:at], last=True)}' the page goes on with '{words(rest)}'"
        f" and the print with '{words(paper[place:])}'"
    )


def fits(page: list[Sign], at: int, paper: list[Sign], place: int) -> bool:
    """Say whether what stands before a sign in print may stand there."""
    wanted, found = page[at].before, paper[place].before
    if found == "\n":
        return wanted != "" or paper[place - 1].text in BREAKS or in_address(page, at)
    return wanted in {"|", found}


def in_address(page: list[Sign], at: int) -> bool:
    """Say whether a sign of the page stands inside of a word that has a slash."""
    first, last = at, at + 1
    while first > 0 and page[first].before == "":
        first -= 1
    while last < len(page) and page[last].before == "":
        last += 1
    return any(sign.text == "/" for sign in page[first:last])


def hyphen_at(paper: list[Sign], place: int) -> bool:
    """Say whether a hyphen ends a line here."""
    line_ends = place + 1 < len(paper) and paper[place + 1].before == "\n"
    return line_ends and paper[place].text in HYPHENS


def marker_at(markers: tuple[str, ...], paper: list[Sign], place: int) -> int:
    """Return how many signs of print are one of *markers*, alone."""
    for marker in markers:
        end = place + len(marker)
        if "".join(sign.text for sign in paper[place:end]) == marker:
            return len(marker) if end < len(paper) and paper[end].before else 0
    return 0


def repeated(paper: list[Sign]) -> dict[int, int]:
    """Return where the head of a table is that has stood on an earlier sheet, with its length."""
    heads: dict[tuple[int, int], list[int]] = {}
    for place, sign in enumerate(paper):
        if sign.head[0]:
            heads.setdefault(sign.head, []).append(place)
    texts: dict[str, int] = {}  # the sheet that each stood on first
    found = {}
    for (_, sheet), places in heads.items():
        text = "".join(paper[place].text for place in places)
        if texts.setdefault(text, sheet) < sheet:
            found[places[0]] = len(places)
    return found


def words(signs: list[Sign], *, last: bool = False) -> str:
    """Return the first words of *signs*, or the last ones."""
    found = "".join(f"{' ' * bool(sign.before)}{sign.text}" for sign in signs).split()
    return " ".join(found[-SHOWN:] if last else found[:SHOWN]) or "nothing"
