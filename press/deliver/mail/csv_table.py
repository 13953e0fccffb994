"""Read CSV into cells that know their place; write CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from press.content.reader.files import decode
from press.content.scalar import Scalar
from press.ground import paths
from press.ground.disk import write_whole
from press.ground.lock import reported
from press.problems import ContentRefusedError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from press.content.scalar import TextFile

MOST_BYTES = 16 << 20
MOST_PROBLEMS = 100  # a file with more is not a list
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate


def read(path: Path, needed: str) -> list[dict[str, Scalar]]:
    """Return the cells of each row of the file at *path* by the names of its columns, of which *needed* is one.

    Raises:
        ContentRefusedError: the file is not such a table.
        OutputError: it could not be read.
    """
    shown = paths.shown(path)
    with reported(shown), path.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _refused(Place(shown), "this file is bigger than 16 MiB; split it")
    file = decode(data, shown)
    head, *rows = filter(None, _rows(file, _delimiter(file, needed)))
    names = [name.strip().casefold() for name in head]
    if twice := next((name for at, name in enumerate(names) if name in names[:at]), ""):
        raise _refused(head[0].place, f"the column '{twice}' is there twice; remove one of them")
    if wrong := [
        Problem(row[0].place, f"this row has {len(row)} cells, the first has {len(names)}", "row")
        for row in rows
        if len(row) != len(names)
    ]:
        raise ContentRefusedError(wrong[:MOST_PROBLEMS])
    return [dict(zip(names, row, strict=True)) for row in [head, *rows]]


def _delimiter(file: TextFile, needed: str) -> str:
    """Return what separates the cells: the comma or the semicolon of the first line."""
    head = file.text.partition("\n")[0]
    signs = [sign for sign in ",;" if sign in head]
    names = [name.strip(' "').casefold() for name in re.split("[,;]", head)]
    if len(signs) > 1:
        raise _refused(file.place(0), "the first line has both ',' and ';'; use one of them")
    if needed not in names:
        message = f"the first line names the columns, and none is '{needed}'; write {needed},name,language"
        raise _refused(file.place(0), message)
    return signs[0] if signs else ","


def _rows(file: TextFile, delimiter: str) -> Iterator[list[Scalar]]:
    """Yield the cells of each row, none for a blank line."""
    text, at = file.text, 0
    rows = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    message = "a quote is not closed, or stands inside a cell; put the whole cell in quotes, and double it"
    try:
        for row in rows:
            cells = []
            for cell in row:
                cells.append(Scalar.whole(cell, file.place(at)))
                quoted = text.startswith('"', at)
                if '"' in cell and not quoted:
                    raise _refused(file.place(at), message)
                at += len(cell) + 1 + (2 + cell.count('"') if quoted else 0)
            at += not row
            yield cells
    except csv.Error:
        raise _refused(file.place(max(text.find('"', at), at)), message) from None


def _refused(place: Place, message: str) -> ContentRefusedError:
    return ContentRefusedError([Problem(place, message, "list")])


def as_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Return *rows* as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [_harmless(str(cell)) for cell in row] for row in rows
    )
    return out.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write *rows* into a file that only its owner can read.

    Raises:
        OutputError: it could not be written.
    """
    write_whole(path, as_bytes(rows), 0o600)
