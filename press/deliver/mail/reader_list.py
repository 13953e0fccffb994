"""The list of readers: a CSV file in, each reader once and every mistake with its row out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from email_validator import EmailNotValidError, validate_email

from press.deliver.mail import csv_table
from press.deliver.mail.mailing import Reader
from press.edition import language
from press.problems import ContentRefusedError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.content.scalar import Scalar
    from press.problems import Severity

COLUMNS = ("email", "name", "language")
LONGEST = 200  # characters of a name


class Address(NamedTuple):
    """A mail address."""

    written: str  # as it goes into a message: ASCII where it can be
    key: str  # the same for all ways to write it


class Listed(NamedTuple):
    """What a list holds."""

    readers: tuple[Reader, ...]
    problems: tuple[Problem, ...]


def listed(path: Path, suppressed: Path | None = None) -> Listed:
    """Return the readers in the file at *path*, but those whose address is in *suppressed*.

    Raises:
        ContentRefusedError: a file is no list.
        OutputError: a file could not be read.
    """
    head, *rows = csv_table.read(path, "email")
    leave = addresses(suppressed) if suppressed else {}
    names = [name.strip().casefold() for name in head]
    known: dict[str, Reader] = {}
    problems = [
        _unread(cell) for cell, name in zip(head, names, strict=True) if name not in COLUMNS
    ]
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        reader, found = _reader(cells)
        problems += found
        if reader is None:
            continue
        if reader.key in known:
            problems.append(_twice(cells["email"], reader, known[reader.key]))
        elif reader.key in leave:
            problems.append(_suppressed(cells["email"], leave[reader.key]))
        else:
            known[reader.key] = reader
    return Listed(tuple(known.values()), tuple(problems))


def addresses(path: Path) -> dict[str, Scalar]:
    """Return the addresses in the file at *path* by their keys, each as it was typed.

    Raises:
        ContentRefusedError: it is no list, or an address in it is none.
    """
    head, *rows = csv_table.read(path, "email")
    column = [name.strip().casefold() for name in head].index("email")
    found: dict[str, Scalar] = {}
    problems = []
    for row in rows:
        try:
            found[address(row[column]).key] = row[column]
        except ValueError as error:
            problems.append(_problem(row[column], str(error), "address"))
    if problems:
        raise ContentRefusedError(problems)
    return found


def address(typed: str) -> Address:
    """Return the address that was *typed*; nobody is asked whether it exists.

    Raises:
        ValueError: it is none.
    """
    try:
        found = validate_email(typed.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        said = str(error)
        raise ValueError(
            f"this is no mail address: {said[:1].lower()}{said[1:].rstrip('.')}"
        ) from None
    key = f"{found.local_part.casefold()}@{found.ascii_domain or found.domain}".casefold()
    return Address(found.ascii_email or found.normalized, key)


def _reader(cells: dict[str, Scalar]) -> tuple[Reader | None, list[Problem]]:
    """Return the reader of one row, or None and what is wrong with it."""
    problems = list(_faults(cells))
    email, name, code = (cells.get(column, "") for column in COLUMNS)
    try:
        found = address(email)
    except ValueError as error:
        problems.insert(0, _problem(cells["email"], str(error), "address"))
    if problems:
        return None, problems
    row = cells["email"].place.line
    return Reader(
        row, found.written, found.key, " ".join(name.split()), code.strip().casefold()
    ), []


def _faults(cells: dict[str, Scalar]) -> Iterator[Problem]:
    """Yield what is wrong with the name and the language."""
    if name := cells.get("name"):
        if "\n" in name.strip():
            yield _problem(name, "a name stands in one line; take the line break out", "name")
        if "=?" in name:
            yield _problem(
                name, "'=?' begins a code of mail programs; write the name itself", "name"
            )
        if len(name) > LONGEST:
            yield _problem(name, f"a name has at most {LONGEST} characters; shorten it", "name")
    code = cells.get("language")
    if code and not language.known(code.strip().casefold()):
        message = f"no language has the code '{code.strip()[:40]}'; write one such as 'en' or 'ky'"
        yield _problem(code, message, "language")


def _unread(cell: Scalar) -> Problem:
    return _problem(cell, f"nothing reads the column '{cell.strip()[:40]}'", "column", "warning")


def _twice(cell: Scalar, reader: Reader, first: Reader) -> Problem:
    """Return the problem of an address that is listed again: harmless where both rows ask for the same."""
    if reader.language == first.language:
        message = f"'{reader.address}' is also in line {first.row}, and gets one copy"
        return _problem(cell, message, "twice", "warning")
    message = f"'{reader.address}' is also in line {first.row}, in another language; take one out"
    return _problem(cell, message, "twice")


def _suppressed(cell: Scalar, why: Scalar) -> Problem:
    message = f"'{cell.strip()}' gets nothing: the address is suppressed by {why.place}"
    return _problem(cell, message, "suppressed", "warning")


def _problem(cell: Scalar, message: str, rule: str, severity: Severity = "error") -> Problem:
    return Problem(cell.place, message, rule, severity)
