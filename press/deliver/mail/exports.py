"""Files for the user: messages, lists and reports in, each written whole and readable by its owner only."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from press.deliver.mail import csv_table
from press.deliver.mail.mailing import UsageError
from press.ground import paths
from press.ground.lock import reported

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from press.deliver.mail.ledger import Entry
    from press.deliver.mail.mailing import Copy, Edition
    from press.release.shelf import File, Release

REPORT = ("row", "audience", "purpose", "address", "language", "file", "state", "answer")
MERGE = ("address", "name", "language", "subject", "file", "sha256")


def messages(folder: Path, copies: Sequence[Copy], made: Callable[[Copy], bytes]) -> None:
    """Write each message as a file into *folder*, which is empty or not there.

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


def merge_list(
    path: Path, release: Release, copies: Sequence[Copy], subject: Callable[[Edition], str]
) -> None:
    """Write what another program needs to send: each reader with his file, whose bytes were looked at.

    Raises:
        OutputError: a file is not what was released, or the list could not be written.
    """
    editions = {copy.edition.language: copy.edition for copy in copies}
    for edition in editions.values():
        release.read(edition.file)
    subjects = {language: subject(edition) for language, edition in editions.items()}
    rows = [
        (
            copy.reader.address,
            copy.reader.name,
            copy.edition.language,
            subjects[copy.edition.language],
            (release.folder / _spoken(release, copy.edition.file)).resolve(),
            copy.edition.file.sha256,
        )
        for copy in copies
    ]
    csv_table.keep(path, csv_table.written([MERGE, *rows]))


def _spoken(release: Release, file: File) -> str:
    """Return where the same bytes lie under a name that tells a reader what they are, or *file*'s own path."""
    same = (one.path for one in release.files if one.sha256 == file.sha256)
    return next((path for path in same if path.rpartition("/")[2] == file.name), file.path)


def report(path: Path, entries: Sequence[Entry]) -> None:
    """Write what has become of each copy that the ledger knows."""
    rows = [
        (
            one.line,
            one.audience,
            one.purpose,
            one.address,
            one.language,
            one.file,
            one.state,
            one.answer,
            one.message_id,
            one.moment,
        )
        for one in entries
    ]
    csv_table.keep(path, csv_table.written([(*REPORT, "message_id", "time"), *rows]))
