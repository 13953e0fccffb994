"""Write files for the user, each whole and readable by its owner only: messages, the merge list, the report."""

import csv
import io
import os
import time
from collections.abc import Iterable, Sequence
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from press.deliver.mail.ledger import Ledger
from press.deliver.mail.mailing import Copy
from press.deliver.mail.message import MessageMaker, letter, subject
from press.deliver.mail.reader_list import FORMULA
from press.ground import paths
from press.ground.disk import write_whole
from press.ground.lock import reported
from press.page.compose import Composer
from press.problems import UsageError
from press.release.shelf import Release

_SAME = ("audience", "purpose", "address", "language", "file", "state", "answer", "message_id")
REPORT = ("row", *_SAME, "time")
REPORTED = attrgetter("line", *_SAME, "moment")  # of an entry in the ledger
CALCULATED = (*FORMULA, "\t", "\r")  # how what a spreadsheet would calculate begins
REPORT_SUFFIX = ".send-report.csv"
MERGE = ("address", "name", "language", "subject", "file", "sha256")


def write_messages(folder: Path, copies: Sequence[Copy], maker: MessageMaker) -> None:
    """Write each message as a file into *folder*, which is empty or does not exist.

    Raises:
        UsageError: there is something in it.
        OutputError: it could not be written.
    """
    shown = paths.shown(folder)
    with reported(shown):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"--out: {shown} is not an empty folder; name another one")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(
            dir=folder.parent, prefix=f".{folder.name}.", ignore_cleanup_errors=True
        ) as staged:
            for copy in copies:
                name = f"{copy.reader.row:05}-{copy.message_id[1:9]}.eml"
                Path(staged, name).write_bytes(maker.make(copy, time.time()))
            os.replace(staged, folder)  # noqa: PTH105 - over an empty folder


def write_merge_list(
    path: Path, release: Release, copies: Sequence[Copy], composer: Composer
) -> None:
    """Write what another program needs to send: each reader with the path and digest of a PDF.

    Raises:
        OutputError: a PDF is not what was released, or the list could not be written.
    """
    editions = {copy.edition.language: copy.edition for copy in copies}
    cells = {}  # language, subject, file and digest by language
    for language, edition in editions.items():
        release.read(edition.file)
        same = (file.path for file in release.files if file.sha256 == edition.file.sha256)
        named = (path for path in same if path.rpartition("/")[2] == edition.file.name)
        file = release.folder / next(named, edition.file.path)  # the one that says what it is
        line = subject(composer, letter(edition))
        cells[language] = (language, line, file.resolve(), edition.file.sha256)
    rows = [
        (copy.reader.address, copy.reader.name, *cells[copy.edition.language]) for copy in copies
    ]
    write_whole(path, as_csv([MERGE, *rows]), 0o600)


def report_path(releases: Path, release: str) -> Path:
    """Return where the report about *release* is."""
    return releases / f"{release}{REPORT_SUFFIX}"


def write_report(book: Ledger) -> Path:
    """Write what has become of each copy in a ledger; return where."""
    path = report_path(book.path.parent, book.release)
    write_whole(path, as_csv([REPORT, *map(REPORTED, book.entries().values())]), 0o600)
    return path


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Return *rows* as CSV, with the mark by which Excel knows UTF-8.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in (map(str, cells) for cells in rows):
        writer.writerow(f"'{cell}" if cell.startswith(CALCULATED) else cell for cell in row)
    return out.getvalue().encode("utf-8-sig")
