"""Read the rows of a CSV file as spreadsheets write it."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from press.content.reader.files import decode
from press.content.scalar import Scalar, TextFile
from press.ground.disk import open_file
from press.ground.lock import reported
from press.ground.paths import shown
from press.problems import ContentRefusedError, Place, Problem

MOST_BYTES = 16 << 20
csv.field_size_limit(MOST_BYTES)  # a cell is as long as its file allows
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
QUOTES = (
    "a quote is not closed, or stands inside a cell; put the whole cell in quotes, and double it"
)


def read(path: Path, rule: str) -> tuple[TextFile, str]:
    """Return the text of the file at *path*, and the comma, semicolon or tab that separates the cells of its first row.

    Raises:
        ContentRefusedError: it is too big, no text, or has several of these signs there.
        OutputError: it could not be read.
    """
    place = Place(shown(path))
    with reported(place.path), open_file(path) as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        message = "this file is bigger than 16 MiB; split it"
        raise ContentRefusedError([Problem(place, message, rule)])
    if data.startswith(_UTF16):  # what Excel calls Unicode text
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError:
            message = "this file is damaged UTF-16; save it again, as CSV UTF-8"
            raise ContentRefusedError([Problem(place, message, "encoding")]) from None
    file = decode(data, place.path, "save the file as UTF-8; in Excel, as 'CSV UTF-8'")
    head = re.sub('"[^"]*"', "", file.text.partition("\n")[0])
    signs = [sign for sign in ",;\t" if sign in head]
    if len(signs) > 1:
        both = " and ".join(map(repr, signs))
        message = f"the first row has both {both}; use one of them between the names of columns"
        raise ContentRefusedError([Problem(place, message, rule)])
    return file, "".join(signs) or ","


def simplify(name: str) -> str:
    """Return the *name* of a column, or a word in a cell, in small letters, its words parted by single spaces."""
    return re.sub(r"[\s_.-]+", " ", name.casefold()).strip()


def rows(file: TextFile, separator: str, wrong: list[Problem], rule: str) -> Iterator[list[Scalar]]:
    """Yield the cells of each row, none for a blank line; add the rows that cannot be read to *wrong*."""
    text, at = file.text, 0
    try:
        for row in csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True):
            cells = []
            for cell in row:
                cells.append(Scalar(cell, file.place(at)))
                quoted = text.startswith('"', at)
                if '"' in cell and not quoted:
                    wrong.append(Problem(file.place(at), QUOTES, rule))
                at += len(cell) + 1 + (2 + cell.count('"') if quoted else 0)
            at += not row
            yield cells
    except csv.Error:  # what follows cannot be told apart
        wrong.append(Problem(file.place(max(text.find('"', at), at)), QUOTES, rule))
