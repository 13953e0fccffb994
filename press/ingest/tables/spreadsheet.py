"""Read and write tables as spreadsheets do: CSV, whose cells a spreadsheet may calculate or take for dates."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from press.content import csv_rows
from press.content.reader.files import BOM
from press.content.scalar import Scalar
from press.ground.paths import shown
from press.problems import ContentRefusedError, Place, Problem

RULE = "table"
_SHORT = 20  # characters: what is longer is neither a number nor a date
# whole numbers, refs and locators, and digits of a fingerprint that are no number
_SAFE = re.compile(r"0|[1-9]\d{0,14}|[A-Z]\d{1,5}(\.\d{1,5})?|(?=.*[abcdf])[\da-f]{8}")
_FAILED = re.compile(r"#(#+|[^\W\d_a-z/]+[!?]|[A-Z]{2}|N/A|DIV/0!)")


def read_cells(path: Path) -> list[list[Scalar]]:
    """Return the cells of each row that has some, each cell with its row and column as its place.

    Raises:
        ContentRefusedError: the file is not a table, or a cell has a formula or what came of one that failed.
        OutputError: it could not be read.
    """
    wrong, found = list[Problem](), dict[Place, Scalar]()  # cells by the place in the file
    name, (file, separator) = shown(path), csv_rows.read(path, RULE)
    every = list(csv_rows.rows(file, separator, wrong, RULE))
    for number, row in enumerate(every, 1):
        for at, cell in enumerate(row, 1):
            found[cell.place] = Scalar(cell, Place(name, number, at))
    end = Scalar("", Place(name, len(every) + 1))
    wrong = [replace(each, place=found.get(each.place, end).place) for each in wrong]
    wrong += filter(None, map(_formula, found.values()))
    if not any(map(str.strip, found.values())):
        wrong.append(Problem(Place(name), "this table is empty", RULE))
    if wrong:
        raise ContentRefusedError(wrong)
    grid = [[found[cell.place] for cell in row] for row in every if any(map(str.strip, row))]
    return [[Scalar(_plain(cell), cell.origin) for cell in row] for row in grid]


def write_cells(table: Iterable[Iterable[str]], separator: str) -> bytes:
    """Return a file whose cells a spreadsheet leaves as they are: an apostrophe is before what it would alter."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(
        [f"'{cell}" if _altered(cell) else cell for cell in row] for row in table
    )
    return BOM + text.getvalue().encode()


def _formula(cell: Scalar) -> Problem | None:
    if cell.startswith("="):
        message = "a formula; write what comes of it, or ' before a text that begins with '='"
    elif _FAILED.fullmatch(cell.strip()):
        message = f"a spreadsheet shows '{cell.strip()}' in place of a value: mend its formula, or widen the column"
    else:
        return None
    return Problem(cell.place, message, RULE)


def _plain(cell: str) -> str:
    """Return a *cell* without the apostrophe that keeps a spreadsheet from calculating it."""
    return cell[1:] if cell.startswith("'") and _marked(cell[1:]) else cell


def _marked(text: str) -> bool:
    """Return whether an apostrophe before *text* is no letter of it."""
    text = text.lstrip("'")
    number = len(text) <= _SHORT and any(map(str.isdigit, text))
    return number or text.startswith(("=", "+", "-", "@", "\t"))


def _altered(text: str) -> bool:
    """Return whether a spreadsheet may calculate *text*, take it for a date or number, or its apostrophe away."""
    return _marked(text) and not _SAFE.fullmatch(text)
