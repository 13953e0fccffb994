"""Read the list of readers, a CSV file: each reader once, and every mistake with its place."""

import re
from collections.abc import Collection, Iterator
from itertools import filterfalse
from pathlib import Path
from typing import NamedTuple

from press.content import csv_rows
from press.content.csv_rows import simplify
from press.content.scalar import Scalar
from press.deliver.mail.addresses import parse_address
from press.deliver.mail.columns import (
    ALIASES,
    SUSPECT,
    column_names,
    reasons,
    status_words,
    suspicions,
    unread_columns,
)
from press.deliver.mail.mailing import Reader
from press.edition import language
from press.ground.paths import shown
from press.problems import ContentRefusedError, Place, Problem, counted, errors

# the first and the last name count where there is no whole one
COLUMNS = ("name", "first name", "last name", "language")
FORMULA = ("=", "+", "-", "@")
TAG = re.compile(r"([a-z]{2,3})([-_][a-z0-9]{1,8})*")
LONGEST = 200  # characters of a name
MOST_PROBLEMS = 100  # a file with more is not a list


class ReaderList(NamedTuple):
    """Readers, and what is wrong with the list that they are from."""

    readers: tuple[Reader, ...]
    problems: tuple[Problem, ...] = ()

    def without(self, suppressed: Path) -> "ReaderList":
        """Return the list without the readers whose addresses are in the file *suppressed*, and name these.

        Raises:
            ContentRefusedError: the file is not a list, or holds something that is not an address.
            OutputError: it could not be read.
        """
        table = read_table(suppressed)
        leave, wrong = dict[str, Place](), [*table.wrong]
        for row in table.rows:
            try:
                leave[parse_address(row["email"])[1]] = row["email"].place
            except ValueError as error:
                wrong.append(Problem(row["email"].place, str(error), "address"))
        if wrong:
            raise ContentRefusedError(wrong[:MOST_PROBLEMS])
        problems = [*self.problems]
        for reader in self.readers:
            if place := leave.get(reader.key):
                message = f"'{reader.address}' gets nothing: this list suppresses the address"
                problems.append(Problem(place, message, "suppressed", "warning"))
        left = (reader for reader in self.readers if reader.key not in leave)
        return ReaderList(tuple(left), tuple(problems))


class Table(NamedTuple):
    """The cells of each row by the names of its columns, of which 'email' is one, and the rows that are wrong."""

    head: dict[str, Scalar]
    rows: tuple[dict[str, Scalar], ...]
    wrong: tuple[Problem, ...]


def read(path: Path, ignored: Collection[str] = ()) -> ReaderList:
    """Return the readers in the file at *path*, each once; the columns *ignored* are not read as a status.

    Raises:
        ContentRefusedError: the file is not a list.
        OutputError: it could not be read.
    """
    table, ignored = read_table(path), {*map(simplify, ignored)}
    statuses = {
        name: words for name in table.head if name not in ignored and (words := status_words(name))
    }
    read = {*ALIASES, *ignored, *statuses}
    unread = {name: cell for name, cell in table.head.items() if name not in read}
    problems, others = [*unread_columns(unread)], [*filterfalse(SUSPECT.search, unread)]
    known, gone = dict[str, Reader](), set[str]()
    exported = simplify(table.head["email"]) != "email"
    for row in table.rows:
        if exported and not row["email"].strip():
            message = "this row has no address, and is left out"
            problems.append(Problem(row["email"].place, message, "address", "warning"))
            continue
        reader, mistakes = _reader(row)
        left = [*reasons(row, statuses), *suspicions(row, others)]
        problems += left if left and not errors(left) else [*mistakes, *left]
        if reader and left:
            gone.add(reader.key)
        elif reader and (first := known.setdefault(reader.key, reader)) is not reader:
            problems.append(_repetition(reader, first, row["email"].place))
    if table.wrong:
        wrong = sorted([*table.wrong, *errors(problems)], key=lambda problem: problem.place)
        raise ContentRefusedError(wrong[:MOST_PROBLEMS])
    stay = tuple(reader for reader in known.values() if reader.key not in gone)
    return ReaderList(stay, tuple(problems))


def _repetition(reader: Reader, first: Reader, place: Place) -> Problem:
    """Return what is said of a *reader* whom the list has before, as *first*."""
    where = f"'{reader.address}' is also in line {first.row}"
    if reader.language == first.language:
        return Problem(place, f"{where}, and gets one copy", "twice", "warning")
    return Problem(place, f"{where}, in another language; remove one of them", "twice")


def _reader(row: dict[str, Scalar]) -> tuple[Reader | None, list[Problem]]:
    """Return the reader of a row, or None and what is wrong with it."""
    place, address, key = row["email"].place, "", ""
    problems = []
    try:
        address, key = parse_address(row["email"])
    except ValueError as error:
        problems.append(Problem(place, str(error), "address"))
    whole, *parts, code = (row.get(name, Scalar("", place)) for name in COLUMNS)
    names = [whole] if whole.strip() else parts
    for name in names:
        problems += [Problem(name.place, message, "name") for message in _wrong_name(name)]
    tag = code.strip().casefold()
    if match := TAG.fullmatch(tag):  # 'en-GB' is read as 'en'
        tag = match[1]
    if tag and not language.known(tag):
        message = f"no language has the code '{code.strip()[:40]}'; write one such as 'en' or 'ky'"
        problems.append(Problem(code.place, message, "language"))
    words = " ".join(" ".join(names).split())
    return None if problems else Reader(place.line, address, key, words, tag), problems


def _wrong_name(name: str) -> Iterator[str]:
    """Yield what is wrong with a name."""
    if "\n" in name.strip():
        yield "a name has one line; remove the line break"
    if "=?" in name:
        yield "'=?' begins a code of mail programs; write the name itself"
    elif name.strip().startswith(FORMULA):
        yield f"a name does not begin with '{name.strip()[0]}', which a spreadsheet would calculate"
    if len(name) > LONGEST:
        yield f"a name has at most {LONGEST} characters; shorten it"


def read_table(path: Path) -> Table:
    """Return the table in the file at *path*, with its rows of another length.

    Raises:
        ContentRefusedError: the file is not such a table.
        OutputError: it could not be read.
    """
    wrong = list[Problem]()
    every = csv_rows.rows(*csv_rows.read(path, "list"), wrong, "list")
    # Excel exports empty ones
    head, *below = [row for row in every if any(map(str.strip, row))] or [[]]
    names = column_names([simplify(name) for name in head])
    if "email" not in names:
        message = "the first line names the columns, and none is 'email'; write email,name,language"
        raise ContentRefusedError([*wrong[:1], Problem(Place(shown(path)), message, "list")])
    for at, name in enumerate(names):
        if name and name in names[:at]:
            message = f"the column '{name}' is there twice; remove one of them"
            raise ContentRefusedError([Problem(head[at].place, message, "list")])
    for row in below:
        if len(row) != len(names):
            message = f"this row needs {counted(len(names), 'cell')}, as in the first row; it has {len(row)}"
            wrong.append(Problem(row[0].place, message, "row"))
    whole = (dict(zip(names, row, strict=True)) for row in below if len(row) == len(names))
    return Table(dict(zip(names, head, strict=True)), tuple(whole), tuple(wrong))
