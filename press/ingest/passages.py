"""Cut a document into passages: sentences with their locators, joined over line ends and page breaks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from statistics import median
from unicodedata import normalize

from press.content.text import boundaries
from press.ingest.document import Document, Paragraph
from press.ingest.marks import MARK

GOES_ON = re.compile(r"[^.!?…:;\"”’)\]\d]\s*\Z")  # how a paragraph ends that a page break has cut
LISTS = re.compile(r"[:;,]\s*\Z")  # how one ends whose list goes on
_HYPHEN = re.compile(r"(?P<first>[^\W\d_]+)[-\u2010\u00ad]\Z")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(
    r"\s*\(?(?:[IVXLCivxlc]+|\d{1,3}|[A-Za-z])[.)](?=\s)"
)  # 'II. ', which ends no sentence
_SHORT = 0.6  # of the usual line: the first line of a paragraph that is shorter may be its heading


@dataclass(frozen=True)
class Piece:
    """A sentence, heading or row, its words joined as they were extracted, and where it stands."""

    words: str
    begins: bool  # a paragraph
    place: Paragraph  # the paragraph in which it begins
    locator: str = ""

    @property
    def fingerprint(self) -> str:
        """The sha256 of its words in NFC, white space folded."""
        return fingerprint(self.words)


def fingerprint(words: str) -> str:
    """Return the sha256 of *words* in NFC, white space folded to single spaces, in UTF-8."""
    return sha256(" ".join(normalize("NFC", words).split()).encode()).hexdigest()


def pieces(document: Document, language: str) -> tuple[Piece, ...]:
    """Return the sentences, headings and rows of *document*, without locators."""
    known = {word.casefold() for each in document.paragraphs for word in _whole_words(each.lines)}
    whole = [replace(each, lines=(_joined(each.lines, known),)) for each in _mended(document)]
    return tuple(piece for paragraph in whole for piece in _sentences(paragraph, language))


def located(found: Iterable[Piece], way: str) -> tuple[Piece, ...]:
    """Return *found* with their locators: by paragraph, page or section; rows of tables by table and row."""
    count = {"paragraph": _by_paragraph, "page": _by_page, "section": _by_section}[way]
    return tuple(count(tuple(found)))


def _mended(document: Document) -> Iterator[Paragraph]:
    """Yield paragraphs, those joined that a page break has cut, headings parted from what they stand above."""
    usual = median([len(line) for each in document.paragraphs for line in each.lines] or [0])
    waiting: Paragraph | None = None
    for each in (part for whole in document.paragraphs for part in _parted(whole, usual)):
        if waiting and _goes_on(waiting, each):
            waiting = replace(waiting, lines=waiting.lines + each.lines)
            continue
        if waiting:
            yield waiting
        waiting = each
    if waiting:
        yield waiting


def _parted(paragraph: Paragraph, usual: float) -> Iterator[Paragraph]:
    first, *rest = paragraph.lines or ("",)
    short = len(first.strip()) < _SHORT * usual and not re.search(r"[.,:;!?-]\s*\Z", first)
    if paragraph.kind == "text" and rest and short and rest[0].lstrip()[:1].isupper():
        yield replace(paragraph, lines=(first,), kind="heading")
        yield replace(paragraph, lines=tuple(rest))
    else:
        yield paragraph


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Return whether *after* is the rest of *before*: a sentence with a gap in it."""
    if {before.kind, after.kind} - {"text", "item"} or after.kind == "item":
        return False
    return bool(GOES_ON.search(before.lines[-1])) and after.lines[0].lstrip()[:1].islower()


def _whole_words(lines: Sequence[str]) -> Iterator[str]:
    """Yield the words of some lines, those with hyphens too, without the two that a line end may have parted."""
    for line in lines:
        yield from re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-?\Z)", line.strip())


def _joined(lines: Sequence[str], known: set[str]) -> str:
    """Return some lines as one; a hyphen at a line's end stays where it belongs to the word."""
    text = ""
    for line in (" ".join(line.split()) for line in lines):
        hyphen, second = _HYPHEN.search(text), _WORD.match(line)
        if not (hyphen and second):
            text = f"{text} {line}" if text and line else text + line
        elif _is_compound(hyphen["first"].casefold(), second[0].casefold(), known):
            text = f"{text[:-1]}-{line}"
        else:
            text = text[:-1] + line
    return text


def _is_compound(first: str, second: str, known: set[str]) -> bool:
    """Return whether the hyphen between two parts of a word is its own: as elsewhere in the text, if they are there."""
    if f"{first}-{second}" in known:
        return True
    return f"{first}{second}" not in known and first in known


def _sentences(paragraph: Paragraph, language: str) -> Iterator[Piece]:
    [line] = paragraph.lines
    if paragraph.kind in {"heading", "row"}:
        yield Piece(line, begins=True, place=paragraph)
        return
    seen = MARK.sub(lambda mark: boundaries.CITE * len(mark[0]), line)
    numbered = _NUMBERED.match(seen)
    stops = [
        0,
        *(end for end in boundaries.ends(seen, language) if not numbered or end > numbered.end()),
    ]
    stops += [len(line)] * (stops[-1] < len(line.rstrip()))
    for number, (start, end) in enumerate(pairwise(stops)):
        yield Piece(line[start:end].strip(), begins=not number, place=paragraph)


def _by_paragraph(found: Sequence[Piece]) -> Iterator[Piece]:
    paragraph = sentence = headings = 0
    lists = False
    for piece in found:
        if piece.place.cell:
            yield replace(piece, locator=_row(piece))
        elif piece.place.kind == "heading":
            headings += 1
            title = "P0." if not paragraph else "H"
            yield replace(piece, locator=f"{title}{headings}")
        else:
            new = piece.begins and not lists
            paragraph, sentence = (paragraph + 1, 1) if new else (paragraph, sentence + 1)
            lists = bool(LISTS.search(piece.words))
            yield replace(piece, locator=f"P{paragraph}.{sentence}")


def _row(piece: Piece) -> str:
    cell = piece.place.cell
    return f"Table {cell.table}, row {cell.row}" if cell else ""


def _by_page(found: Sequence[Piece]) -> Iterator[Piece]:
    yield from _by_part(found, "p. ", [piece.place.page for piece in found])


def _by_section(found: Sequence[Piece]) -> Iterator[Piece]:
    yield from _by_part(found, "§", [piece.place.section for piece in found])


def _by_part(found: Sequence[Piece], sign: str, parts: Sequence[str]) -> Iterator[Piece]:
    count: dict[str, int] = {}
    for piece, part in zip(found, parts, strict=True):
        if piece.place.cell:
            yield replace(piece, locator=_row(piece))
        else:
            count[part] = count.get(part, 0) + 1
            yield replace(piece, locator=f"{sign}{part or '0'}, {count[part]}")
