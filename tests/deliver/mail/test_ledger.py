"""The ledger: each copy is there once, each change is on the disk, and only its owner can read it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from press.deliver.mail import ledger
from press.deliver.mail.mailing import Copy, Reader, ReleasedEdition
from press.problems import OutputError
from press.release.shelf import File

if TYPE_CHECKING:
    from pathlib import Path

ID = "2026-11-24.1"
COPY = Copy(
    "red",
    "brief",
    Reader(2, "A@example.org", "a@example.org", "Anna", "en"),
    ReleasedEdition("en", File("en/red.pdf", "0" * 64, 9, "application/pdf"), {}),
    "<a@example.org>",
)


def test_a_copy_is_there_once(tmp_path: Path) -> None:
    """In whatever language, from whatever list; what has become of it stays."""
    with ledger.open_ledger(tmp_path, ID) as book:
        book.queue([COPY], 1.0)
        book.settle(COPY, "sent", "250 kept", 2.0)
        other = replace(COPY, edition=replace(COPY.edition, language="ky"))
        book.queue([other, COPY], 3.0)
        [entry] = book.entries().values()
    assert (entry.state, entry.answer, entry.time, entry.moment) == (
        "sent",
        "250 kept",
        2.0,
        "1970-01-01T00:00:02Z",
    )


def test_what_was_on_its_way_becomes_unknown(tmp_path: Path) -> None:
    """And nothing else does."""
    others = [
        replace(COPY, reader=replace(COPY.reader, key=f"{state}@example.org"))
        for state in ("sent", "deferred", "failed")
    ]
    with ledger.open_ledger(tmp_path, ID) as book:
        book.queue([COPY, *others], 1.0)
        book.settle(COPY, "sending", "", 2.0)
        for other, state in zip(others, ("sent", "deferred", "failed"), strict=True):
            book.settle(other, state, "", 3.0)  # type: ignore[arg-type]
    with ledger.open_ledger(tmp_path, ID) as book:
        book.recover()
        states = {key[1]: entry.state for key, entry in book.entries().items()}
    assert states == {
        "a@example.org": "unknown",
        "sent@example.org": "sent",
        "deferred@example.org": "deferred",
        "failed@example.org": "failed",
    }


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    """It holds addresses; so do the files that it is written through."""
    with ledger.open_ledger(tmp_path, ID) as book:
        book.queue([COPY], 1.0)
        files = list(tmp_path.iterdir())
        assert files
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_what_was_handed_to_servers_is_counted_over_all_releases(tmp_path: Path) -> None:
    """A provider's limit knows no releases."""
    for number in (1, 2):
        with ledger.open_ledger(tmp_path, f"2026-11-24.{number}") as book:
            book.queue([COPY], 1.0)
            book.settle(COPY, "sending", "", 10.0 - number)
    assert ledger.handovers(tmp_path, 0.0) == [8.0, 9.0]
    assert ledger.handovers(tmp_path, 8.0) == [9.0]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("PRAGMA user_version = 2", "has schema 2; this version of Press knows 1"),
        ("UPDATE about SET release = 'x'", "is the ledger of release x"),
        ("DROP TABLE about", "no such table: about"),
    ],
)
def test_a_ledger_that_is_not_ours_is_refused(tmp_path: Path, statement: str, said: str) -> None:
    """Of a later version, of another release, damaged."""
    with ledger.open_ledger(tmp_path, ID):
        pass
    base = sqlite3.connect(ledger.path_of(tmp_path, ID))
    base.execute(statement)
    base.commit()
    base.close()
    with pytest.raises(OutputError, match=said), ledger.open_ledger(tmp_path, ID):
        pass


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    """It stays as it is."""
    path = ledger.path_of(tmp_path, ID)
    path.write_bytes(b"a letter, not a ledger" * 99)
    with (
        pytest.raises(OutputError, match="file is not a database"),
        ledger.open_ledger(tmp_path, ID),
    ):
        pass
    assert path.read_bytes().startswith(b"a letter")


def test_a_ledger_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """What it leads to is not ours to write."""
    (tmp_path / "letter").write_bytes(b"")
    ledger.path_of(tmp_path, ID).symlink_to(tmp_path / "letter")
    with pytest.raises(OutputError, match="ledger"), ledger.open_ledger(tmp_path, ID):
        pass
    assert (tmp_path / "letter").read_bytes() == b""


def test_a_copy_that_is_not_in_it_cannot_change(tmp_path: Path) -> None:
    """Somebody has taken it out while we were sending."""
    with (
        ledger.open_ledger(tmp_path, ID) as book,
        pytest.raises(OutputError, match="changed by another program"),
    ):
        book.settle(COPY, "sent", "", 1.0)
