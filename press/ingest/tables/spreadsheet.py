"""Read and write tables as spreadsheets do: CSV, whose cells a spreadsheet may calculate or take for dates."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from press.content.csv_rows import rows, separators
from press.content.reader.files import BOM, decode
from press.content.scalar import Scalar
from press.ground import paths
from press.ground.disk import open_file
from press.ground.lock import reported
from press.problems import ContentRefusedError, Place, Problem

RULE = "table"
MOST_BYTES = 16 << 20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
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
    shown = paths.shown(path)
    with reported(shown), open_file(path) as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ContentRefusedError(
            [Problem(Place(shown), "this file is bigger than 16 MiB; split it", RULE)]
        )
    if data.startswith(_UTF16):  # what Excel calls Unicode text
        data = data.decode("utf-16", "replace").encode()
    file = decode(data, shown)
    signs, wrong = separators(file), list[Problem]()
    if len(signs) > 1:
        both = " and ".join(map(repr, signs))
        message = f"the first row has both {both}; use one of them between the names of columns"
        raise ContentRefusedError([Problem(Place(shown), message, RULE)])
    found: dict[Place, Scalar] = {}  # by the place in the file
    every = list(rows(file, "".join(signs) or ",", wrong, RULE))
    for number, row in enumerate(every, 1):
        for at, cell in enumerate(row, 1):
            found[cell.place] = Scalar(cell, Place(shown, number, at))
    end = Scalar("", Place(shown, len(every) + 1))
    wrong = [replace(each, place=found.get(each.place, end).place) for each in wrong]
    wrong += filter(None, map(_formula, found.values()))
    if not any(map(str.strip, found.values())):
        wrong.append(Problem(Place(shown), "this table is empty", RULE))
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
    if text.startswith("'"):
        return _marked(text[1:])
    number = len(text) <= _SHORT and any(map(str.isdigit, text))
    return number or text.startswith(("=", "+", "-", "@", "\t"))


def _altered(text: str) -> bool:
    """Return whether a spreadsheet may calculate *text*, take it for a date or number, or its apostrophe away."""
    return _marked(text) and not _SAFE.fullmatch(text)
