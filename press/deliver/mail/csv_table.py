"""Tables as CSV: a text in, its cells with their places out; cells in, a file that is safe to open out."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from press.content.reader.characters import forbidden
from press.content.scalar import Scalar, TextFile
from press.ground import paths
from press.ground.disk import write_whole
from press.ground.lock import reported
from press.problems import ContentRefusedError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

MOST_BYTES = 16 << 20
MOST_PROBLEMS = 100  # a file that has more is another kind of file
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with
_BOM = "\ufeff"


def read(path: Path, needed: str) -> list[list[Scalar]]:
    """Return the rows of the file at *path*, its head first; blank lines are none. The head names *needed*.

    Raises:
        ContentRefusedError: it is no such table.
        OutputError: it could not be read.
    """
    file = _text(path)
    if wrong := [
        Problem(file.place(index), message, "character")
        for index, message in forbidden(file.text, MOST_PROBLEMS)
    ]:
        raise ContentRefusedError(wrong)
    rows = [row for row in _rows(file, _delimiter(file, needed)) if row != [""]]
    names = [name.strip().casefold() for name in rows[0]]
    if twice := next((name for at, name in enumerate(names) if name in names[:at]), ""):
        raise _refused(rows[0][0].place, f"the column '{twice}' is there twice; take one out")
    if wrong := [
        Problem(row[0].place, f"this row has {len(row)} cells, the first has {len(names)}", "row")
        for row in rows
        if len(row) != len(names)
    ]:
        raise ContentRefusedError(wrong[:MOST_PROBLEMS])
    return rows


def _text(path: Path) -> TextFile:
    """Return the text of a file, each of its lines ended by a line feed only."""
    shown = paths.shown(path)
    with reported(shown), path.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _refused(Place(shown), "this file is bigger than 16 MiB; split it")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = TextFile(shown, data[: error.start].decode())
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as 'CSV UTF-8'"
        raise _refused(before.place(len(before.text)), message) from None
    return TextFile(shown, text.removeprefix(_BOM).replace("\r\n", "\n"))


def _delimiter(file: TextFile, needed: str) -> str:
    """Return what separates the cells: of comma and semicolon the one that the first line has."""
    head = file.text.partition("\n")[0]
    found = [sign for sign in ",;" if sign in head]
    names = [name.strip(' "').casefold() for name in re.split("[,;]", head)]
    if len(found) > 1:
        raise _refused(file.place(0), "the first line has both ',' and ';'; use one of them")
    if needed not in names:
        message = f"the first line names the columns, and none is '{needed}'; write {needed},name,language"
        raise _refused(file.place(0), message)
    return found[0] if found else ","


def _rows(file: TextFile, delimiter: str) -> Iterator[list[Scalar]]:
    """Yield the cells of each row; a quoted one may hold anything, its quotes doubled."""
    ends = rf"(?=[{delimiter}\n]|\Z)"
    cell = re.compile(rf'"((?:[^"]|"")*)"{ends}|([^"{delimiter}\n]*){ends}')
    at, row = 0, []
    while True:
        found = cell.match(file.text, at)
        if not found:
            message = "a quote is not closed here, or stands inside a cell; put the whole cell in quotes, and double it"
            raise _refused(file.place(at), message)
        text = found[2] if found[1] is None else found[1].replace('""', '"')
        row.append(Scalar.whole(text, file.place(at)))
        at = found.end()
        if file.text[at : at + 1] != delimiter:
            yield row
            row = []
        if at >= len(file.text):
            return
        at += 1


def _refused(place: Place, message: str) -> ContentRefusedError:
    return ContentRefusedError([Problem(place, message, "list")])


def written(rows: Iterable[Sequence[object]]) -> bytes:
    """Return *rows* as CSV; what a spreadsheet would take for a formula stands behind an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [_harmless(str(cell)) for cell in row] for row in rows
    )
    return out.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def keep(path: Path, data: bytes) -> None:
    """Put *data* into a file that only its owner can read, whole or not at all.

    Raises:
        OutputError: it could not be written.
    """
    write_whole(path, data, 0o600)
