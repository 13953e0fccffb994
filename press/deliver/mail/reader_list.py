"""Read the list of readers: each reader once, and every mistake with its row."""

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

COLUMNS = {"email", "name", "language"}
LONGEST = 200  # characters of a name


class ReaderList(NamedTuple):
    """Readers, and what is wrong with the list that they are from."""

    readers: tuple[Reader, ...]
    problems: tuple[Problem, ...] = ()

    def without(self, suppressed: Path | None) -> ReaderList:
        """Return the list without the readers whose addresses are in the file *suppressed*, and name these.

        Raises:
            ContentRefusedError: the file is not a list, or holds something that is not an address.
            OutputError: it could not be read.
        """
        leave = _addresses(suppressed) if suppressed else {}
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
    head, *rows = csv_table.read(path, "email")
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
            problems.append(_twice(row["email"], reader, first))
    return ReaderList(tuple(known.values()), tuple(problems))


def _addresses(path: Path) -> dict[str, Scalar]:
    """Return the addresses in the file at *path* by their keys, each as it was typed."""
    addresses: dict[str, Scalar] = {}
    problems = []
    for row in csv_table.read(path, "email")[1:]:
        try:
            addresses[parse_address(row["email"])[1]] = row["email"]
        except ValueError as error:
            problems.append(Problem(row["email"].place, str(error), "address"))
    if problems:
        raise ContentRefusedError(problems)
    return addresses


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
    problems, place = list(_mistakes(row)), row["email"].place
    try:
        address, key = parse_address(row["email"])
    except ValueError as error:
        return None, [Problem(place, str(error), "address"), *problems]
    name, code = " ".join(row.get("name", "").split()), row.get("language", "").strip().casefold()
    reader = Reader(place.line, address, key, name, code)
    return None if problems else reader, problems


def _mistakes(row: dict[str, Scalar]) -> Iterator[Problem]:
    """Yield what is wrong with the name and the language."""
    if name := row.get("name"):
        if "\n" in name.strip():
            yield Problem(name.place, "a name has one line; remove the line break", "name")
        if "=?" in name:
            message = "'=?' begins a code of mail programs; write the name itself"
            yield Problem(name.place, message, "name")
        if len(name) > LONGEST:
            message = f"a name has at most {LONGEST} characters; shorten it"
            yield Problem(name.place, message, "name")
    code = row.get("language")
    if code and not language.known(code.strip().casefold()):
        message = f"no language has the code '{code.strip()[:40]}'; write one such as 'en' or 'ky'"
        yield Problem(code.place, message, "language")


def _twice(cell: Scalar, reader: Reader, first: Reader) -> Problem:
    """Return the problem of an address that is listed again: harmless where both rows ask for the same."""
    where = f"'{reader.address}' is also in line {first.row}"
    if reader.language == first.language:
        return Problem(cell.place, f"{where}, and gets one copy", "twice", "warning")
    return Problem(cell.place, f"{where}, in another language; remove one of them", "twice")
