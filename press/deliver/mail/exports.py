"""Write files for the user, each whole and readable by its owner only: messages, the merge list, the report."""

from __future__ import annotations

import os
import shutil
import tempfile
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from press.deliver.mail import csv_table
from press.ground import paths
from press.ground.lock import reported
from press.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from press.deliver.mail.ledger import LedgerEntry
    from press.deliver.mail.mailing import Copy, ReleasedEdition
    from press.release.shelf import File, Release

_SAME = ("audience", "purpose", "address", "language", "file", "state", "answer", "message_id")
REPORT = ("row", *_SAME, "time")
REPORTED = attrgetter("line", *_SAME, "moment")  # of an entry in the ledger
MERGE = ("address", "name", "language", "subject", "file", "sha256")


def write_messages(folder: Path, copies: Sequence[Copy], made: Callable[[Copy], bytes]) -> None:
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
        staged = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            for copy in copies:
                name = f"{copy.reader.row:05}-{copy.message_id[1:9]}.eml"
                (staged / name).write_bytes(made(copy))
            os.replace(staged, folder)  # noqa: PTH105 - over an empty folder
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise


def write_merge_list(
    path: Path, release: Release, copies: Sequence[Copy], subject: Callable[[ReleasedEdition], str]
) -> None:
    """Write what another program needs to send: each reader with the path and digest of a PDF.

    Raises:
        OutputError: a PDF is not what was released, or the list could not be written.
    """
    editions = {copy.edition.language: copy.edition for copy in copies}
    what = {}  # subject, file and digest by language
    for language, edition in editions.items():
        release.read(edition.file)
        file = (release.folder / _named_path(release, edition.file)).resolve()
        what[language] = (subject(edition), file, edition.file.sha256)
    rows = [
        (copy.reader.address, copy.reader.name, language, *what[language])
        for copy in copies
        for language in [copy.edition.language]
    ]
    csv_table.write(path, [MERGE, *rows])


def _named_path(release: Release, file: File) -> str:
    """Return the path of the same bytes under a name that tells a reader what they are, or *file*'s own path."""
    same = (listed.path for listed in release.files if listed.sha256 == file.sha256)
    return next((path for path in same if path.rpartition("/")[2] == file.name), file.path)


def write_report(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """Write what has become of each copy in the ledger."""
    csv_table.write(path, [REPORT, *map(REPORTED, entries)])
