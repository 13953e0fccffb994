"""Read the list of readers, a CSV file: each reader once, and every mistake with its place."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

from press.content.reader.files import decode
from press.content.scalar import Scalar, TextFile
from press.deliver.mail.mailing import Reader
from press.edition import language
from press.ground import paths
from press.ground.disk import open_file
from press.ground.lock import reported
from press.problems import ContentRefusedError, Place, Problem

COLUMNS = {"email", "name", "language"}
LONGEST = 200  # characters of a name
MOST_BYTES = 16 << 20
MOST_PROBLEMS = 100  # a file with more is not a list


class ReaderList(NamedTuple):
    """Readers, and what is wrong with the list that they are from."""

    readers: tuple[Reader, ...]
    problems: tuple[Problem, ...] = ()

    def without(self, suppressed: Path | None) -> "ReaderList":
        """Return the list without the readers whose addresses are in the file *suppressed*, and name these.

        Raises:
            ContentRefusedError: the file is not a list, or holds something that is not an address.
            OutputError: it could not be read.
        """
        leave, wrong = dict[str, Scalar](), []
        for row in read_table(suppressed)[1:] if suppressed else ():
            try:
                leave[parse_address(row["email"])[1]] = row["email"]
            except ValueError as error:
                wrong.append(Problem(row["email"].place, str(error), "address"))
        if wrong:
            raise ContentRefusedError(wrong)
        problems = tuple(
            Problem(
                leave[reader.key].place,
                f"'{reader.address}' gets nothing: this list suppresses the address",
                "suppressed",
                "warning",
            )
            for reader in self.readers
            if reader.key in leave
        )
        left = tuple(reader for reader in self.readers if reader.key not in leave)
        return ReaderList(left, self.problems + problems)


def read(path: Path) -> ReaderList:
    """Return the readers in the file at *path*, each once.

    Raises:
        ContentRefusedError: the file is not a list.
        OutputError: it could not be read.
    """
    head, *rows = read_table(path)
    known: dict[str, Reader] = {}
    problems = [
        Problem(cell.place, f"nothing reads the column '{cell.strip()[:40]}'", "column", "warning")
        for name, cell in head.items()
        if name not in COLUMNS
    ]
    for row in rows:
        reader, mistakes = _reader(row)
        problems += mistakes
        if reader and (first := known.setdefault(reader.key, reader)) is not reader:
            where = f"'{reader.address}' is also in line {first.row}"
            place = row["email"].place
            if reader.language == first.language:
                problems.append(Problem(place, f"{where}, and gets one copy", "twice", "warning"))
            else:
                message = f"{where}, in another language; remove one of them"
                problems.append(Problem(place, message, "twice"))
    return ReaderList(tuple(known.values()), tuple(problems))


def parse_address(typed: str) -> tuple[str, str]:
    """Return the address as it goes into a message, in ASCII if possible, and a key that all ways to write it share.

    Raises:
        ValueError: it is not an address.
    """
    try:
        valid = validate_email(typed.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        words = str(error)
        raise ValueError(
            f"this is not a mail address: {words[:1].lower()}{words[1:].rstrip('.')}"
        ) from None
    key = f"{valid.local_part}@{valid.ascii_domain or valid.domain}".casefold()
    return valid.ascii_email or valid.normalized, key


def _reader(row: dict[str, Scalar]) -> tuple[Reader | None, list[Problem]]:
    """Return the reader of a row, or None and what is wrong with it."""
    place, address, key = row["email"].place, "", ""
    problems = []
    try:
        address, key = parse_address(row["email"])
    except ValueError as error:
        problems.append(Problem(place, str(error), "address"))
    if name := row.get("name"):
        if "\n" in name.strip():
            problems.append(
                Problem(name.place, "a name has one line; remove the line break", "name")
            )
        if "=?" in name:
            message = "'=?' begins a code of mail programs; write the name itself"
            problems.append(Problem(name.place, message, "name"))
        if len(name) > LONGEST:
            message = f"a name has at most {LONGEST} characters; shorten it"
            problems.append(Problem(name.place, message, "name"))
    code = row.get("language")
    if code and not language.known(code.strip().casefold()):
        message = f"no language has the code '{code.strip()[:40]}'; write one such as 'en' or 'ky'"
        problems.append(Problem(code.place, message, "language"))
    words, tag = " ".join(row.get("name", "").split()), row.get("language", "").strip().casefold()
    reader = Reader(place.line, address, key, words, tag)
    return None if problems else reader, problems


def read_table(path: Path) -> list[dict[str, Scalar]]:
    """Return the cells of each row of the file at *path* by the names of its columns, of which 'email' is one.

    Raises:
        ContentRefusedError: the file is not such a table.
        OutputError: it could not be read.
    """
    shown = paths.shown(path)
    with reported(shown), open_file(path) as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _refused(Place(shown), "this file is bigger than 16 MiB; split it")
    file = decode(data, shown)
    head, *rows = filter(None, _rows(file, _delimiter(file)))
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


def _delimiter(file: TextFile) -> str:
    """Return what separates the cells: the comma or the semicolon of the first line."""
    head = file.text.partition("\n")[0]
    signs = [sign for sign in ",;" if sign in head]
    names = [name.strip(' "').casefold() for name in re.split("[,;]", head)]
    if len(signs) > 1:
        raise _refused(file.place(0), "the first line has both ',' and ';'; use one of them")
    if "email" not in names:
        message = "the first line names the columns, and none is 'email'; write email,name,language"
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
                cells.append(Scalar(cell, file.place(at)))
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
