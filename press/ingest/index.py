"""Read the passages of a text: cut, corrected, located, with their values, units and marks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from press.content.model.sources import Correction
from press.ingest import marks, values
from press.ingest.corrections import corrected
from press.ingest.document import Document
from press.ingest.passages import Piece, pieces
from press.problems import ContentRefusedError

CELL = " | "  # between the cells of a row
_OWN_NUMBER = re.compile(r"\A\d{1,2}(?:\.\d{1,2})*\.?\s(?=[^\W\da-zа-яё])")  # '4 Discussion'


class Entry(NamedTuple):
    """What the index says of a passage, as `Passage` has it."""

    fingerprint: str
    values: tuple[str, ...]
    units: Mapping[str, str]
    references: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """The passages of a text by locator, and their words, which stay out of the project."""

    passages: dict[str, Entry]
    words: dict[str, str]
    beginnings: tuple[str, ...] = ()  # digits of the passages that the corrections are about


def read(document: Document, language: str, way: str, corrections: Sequence[Correction]) -> Index:
    """Return the index of a text.

    Raises:
        ContentRefusedError: a correction fits nowhere.
    """
    mark = marks.marks_of("\n".join(line for each in document.paragraphs for line in each.lines))
    found = corrected(pieces(document, language, mark), corrections, way)
    if found.problems:
        raise ContentRefusedError(found.problems)
    return Index(
        {piece.locator: _entry(piece, language, mark) for piece in found.pieces},
        {piece.locator: piece.words for piece in found.pieces},
        found.beginnings,
    )


def _entry(piece: Piece, language: str, mark: re.Pattern[str]) -> Entry:
    words = _OWN_NUMBER.sub("", piece.words) if piece.place.kind == "heading" else piece.words
    cells = piece.place.lines if piece.place.kind == "row" else ()
    if " ".join(" ".join(cells).split()) == words:
        words = CELL.join(cells)  # '25' and '250' side by side are not 25,250
    found = values.values(words, language, mark)
    return Entry(
        piece.fingerprint,
        tuple(dict.fromkeys(each.value for each in found)),
        {each.value: each.unit for each in found if each.unit},
        marks.references(piece.words, mark),
    )
