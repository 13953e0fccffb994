"""Read the rows of a CSV file as spreadsheets write it."""

import csv
import io
import re
from collections.abc import Iterator

from press.content.scalar import Scalar, TextFile
from press.problems import Problem

QUOTES = (
    "a quote is not closed, or stands inside a cell; put the whole cell in quotes, and double it"
)


def separators(file: TextFile) -> list[str]:
    """Return which of comma, semicolon and tab are in the first line, outside quotes."""
    head = "".join(re.split('"[^"]*"', file.text.partition("\n")[0]))
    return [sign for sign in ",;\t" if sign in head]


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
