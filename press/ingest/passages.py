"""Cut a document into passages: sentences with their locators, joined over line ends and page breaks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise, takewhile
from statistics import median
from unicodedata import normalize

from press.content.languages import READ
from press.content.text import boundaries
from press.ingest.document import Document, Paragraph
from press.ingest.marks import MARK, PLAIN, RAISED
from press.ingest.plain_text import with_raised

GOES_ON = re.compile(r"[^.!?…:;\"”’)\]\d]\s*\Z")  # how a paragraph ends that a page break has cut
LISTS = re.compile(r"[:;,]\s*\Z")  # how one ends whose list goes on
_INSERTED = (
    "\u2010\u00ad"  # what a program divides a word with, unless authors write it for a hyphen
)
_DASHES = f"[-{_INSERTED}]"
_HYPHEN = re.compile(rf"(?P<first>[^\W\d_]+){_DASHES}\Z")
_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBERED = r"\(?(?:[IVXLCivxlc]+|\d{1,3}|[A-Za-z])[.)](?=\s)"  # 'II. ', which ends no sentence
# How a line ends, and the next one begins, that was cut in '2011–2012', '.01', '5-HT2A', 'doi:5' or 'and/or'
_CUT = re.compile(r"(?:\w[\u2013\u2014]|[\s(]\.|doi:)\n\w|[\w:/]/\n[a-z\d]|\w\n\u2014\w|\d-\n[A-Z]")
_CUT_OFF = re.compile(f"[{RAISED}]+(?:[,–-][{RAISED}]+)*")  # the mark of the line before
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


def pieces(document: Document, language: str, mark: re.Pattern[str] = MARK) -> tuple[Piece, ...]:
    """Return the sentences, headings and rows of *document*, without locators."""
    words = _Words(each.lines for each in document.paragraphs)
    return tuple(
        piece
        for paragraph in _mended(document)
        for piece in _sentences(paragraph, words, language, mark)
    )


def located(found: Iterable[Piece], way: str) -> tuple[Piece, ...]:
    """Return *found* with their locators: by paragraph, page or section; rows of tables by table and row."""
    count = {"paragraph": _by_paragraph, "page": _by_page, "section": _by_section}[way]
    return tuple(count(tuple(found)))


def _mended(document: Document) -> Iterator[Paragraph]:
    """Yield paragraphs: those joined that a page break has cut, titles and headings told from the text."""
    usual = median([len(line) for each in document.paragraphs for line in each.lines] or [0])
    whole: list[Paragraph] = []
    for each in (part for whole in document.paragraphs for part in _parted(whole, usual)):
        if whole and _goes_on(whole[-1], each):
            whole[-1] = whole[-1].with_rest(each)
        else:
            whole.append(each)
    titles = len([*takewhile(lambda each: len(each.lines) == 1 and _open(each.lines[0]), whole)])
    for number, each in enumerate(whole):
        yield replace(each, kind="heading") if number < titles and each.kind == "text" else each


def _open(line: str) -> bool:
    """Return whether no sign ends a line, as none ends a title."""
    return not re.search(r"[.,:;!?-]\s*\Z", line)


def _parted(paragraph: Paragraph, usual: float) -> Iterator[Paragraph]:
    first, *rest = paragraph.lines or ("",)
    short = len(first.strip()) < _SHORT * usual and _open(first)
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


class _Words:
    """The words of a text, which tell whether a hyphen at a line's end belongs to its word."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        lines = [line.strip() for text in texts for line in (*text, "")]
        whole = "\n".join(lines)
        # where a program has put in such signs, a '-' at a line's end is the author's
        self.inserted = [
            dash
            for dash in _INSERTED
            if f"{dash}\n" in whole and not re.search(rf"{dash}\w", whole)
        ]
        whole = re.sub(rf"[^\W\d_]+{_DASHES}\n[^\W\d_]+", "", whole)
        self.known = {word.casefold() for word in _COMPOUND.findall(whole)}
        ends = ((_HYPHEN.search(line), _COMPOUND.match(after)) for line, after in pairwise(lines))
        halves = [
            (end["first"].casefold(), start[0].casefold()) for end, start in ends if end and start
        ]
        self.known |= {first + second for first, second in halves if "-" in second}
        # A text that hyphenates has words in two halves that stand elsewhere in one.
        self.hyphenated = any(
            f"{first}{second}" in self.known and f"{first}-{second}" not in self.known
            for first, second in halves
        )

    def compound(self, first: str, dash: str, second: str) -> bool:
        """Return whether the hyphen between two parts of a word is its own: as elsewhere, if the word is there."""
        if dash in self.inserted or (second[0].isupper() and not first.isupper()):
            return dash not in self.inserted
        first, second = first.casefold(), second.casefold()
        if self.inserted or f"{first}-{second}" in self.known:
            return True
        parts = {first, second}
        seen = parts <= self.known if self.hyphenated else parts & self.known
        return f"{first}{second}" not in self.known and bool(seen)


def _joined(lines: Sequence[str], words: _Words) -> str:
    """Return some lines as one; a hyphen at a line's end stays where it belongs to the word."""
    text = ""
    for each in lines:
        line = " ".join(each.split())
        if text and (mark := _CUT_OFF.match(line)):
            text, line = with_raised(text, mark[0].translate(PLAIN)), line[mark.end() :].lstrip()
        hyphen, second = _HYPHEN.search(text), _WORD.match(line)
        if not (hyphen and second):
            apart = text and line and not _CUT.search(f"{text[-4:]}\n{line[:2]}")
            text += f" {line}" if apart else line
        elif words.compound(hyphen["first"], text[-1], second[0]):
            text = f"{text[:-1]}-{line}"
        else:
            text = text[:-1] + line
    return text


def _sentences(
    paragraph: Paragraph, words: _Words, language: str, mark: re.Pattern[str]
) -> Iterator[Piece]:
    line = _joined(paragraph.lines, words)
    if paragraph.kind in {"heading", "row"}:
        yield Piece(line, begins=True, place=paragraph)
        return
    seen = mark.sub(lambda found: boundaries.CITE * len(found[0]), line)
    pointing = READ[language].pointing
    numbered = re.match(rf"\s*(?:(?i:{pointing})\s)?{_NUMBERED}", seen)
    stops = [
        0,
        *(end for end in boundaries.ends(seen, language) if not numbered or end > numbered.end()),
    ]
    stops += [len(line)] * (stops[-1] < len(line.rstrip()))
    turns = [(len(_joined(paragraph.lines[:at], words)), page) for at, page in paragraph.later]
    for number, (start, end) in enumerate(pairwise(stops)):
        [page] = [paragraph.page, *(page for at, page in turns if at <= start + 1)][-1:]
        yield Piece(line[start:end].strip(), not number, replace(paragraph, page=page))


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
