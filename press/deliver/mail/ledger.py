"""Keep the ledger of a release: who was sent what, so that a kill at any moment loses nothing and repeats nothing.

Each change is on the disk before the next step: 'sending' before the first byte of a message leaves, 'sent' after
the server took it. A copy that a later run finds as 'sending' was cut off in between, and may have arrived or not.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from press.deliver.mail.mailing import Copy, State
from press.ground import paths
from press.ground.lock import reported
from press.problems import OutputError

VERSION = 1
SUFFIX = ".ledger.sqlite"
CUT_OFF = "the run was cut off while this message was on its way"
TABLES = """
CREATE TABLE about (release TEXT NOT NULL);
CREATE TABLE copies (
  audience TEXT NOT NULL,
  reader TEXT NOT NULL, -- the same for all ways to write the address
  purpose TEXT NOT NULL CHECK (purpose IN ('brief', 'correction')),
  line INTEGER NOT NULL, -- in the list of readers
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  wanted TEXT NOT NULL, -- the reader's language
  language TEXT NOT NULL, -- the edition's
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  message_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'unknown')),
  answer TEXT NOT NULL,
  time REAL NOT NULL, -- of the last change, seconds since 1970
  PRIMARY KEY (audience, reader, purpose)
);
CREATE TABLE handed (time REAL NOT NULL); -- each message given to a server, for the provider's limits
"""
KEPT = """
INSERT INTO copies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', '', ?)
ON CONFLICT DO UPDATE SET line = excluded.line, address = excluded.address, name = excluded.name,
  wanted = excluded.wanted, language = excluded.language, file = excluded.file, sha256 = excluded.sha256,
  message_id = excluded.message_id
"""


class LedgerEntry(NamedTuple):
    """One copy in the ledger: a row of its table."""

    audience: str
    reader: str
    purpose: str
    line: int
    address: str
    name: str
    wanted: str
    language: str
    file: str
    sha256: str
    message_id: str
    state: State
    answer: str
    time: float

    @property
    def moment(self) -> str:
        """The time of the last change: '2026-11-24T07:30:00Z'."""
        return datetime.fromtimestamp(self.time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Entries = dict[tuple[str, str, str], LedgerEntry]


def path_of(releases: Path, release: str) -> Path:
    """Return the path of the ledger of *release*."""
    return releases / f"{release}{SUFFIX}"


def releases_known(releases: Path) -> list[str]:
    """Return the ids of the releases that have a ledger."""
    return sorted(path.name.removesuffix(SUFFIX) for path in releases.glob(f"*{SUFFIX}"))


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into an OutputError about *path*."""
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"{paths.shown(path)}: {error}") from error


class Ledger:
    """The open ledger of one release."""

    def __init__(self, base: sqlite3.Connection, path: Path, release: str) -> None:
        self._base, self.path, self.release = base, path, release
        # one sync for a change instead of five; a file system that cannot do it keeps the older way
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = EXTRA")  # FULL, and in the older way the folder too
        [version] = base.execute("PRAGMA user_version").fetchone()
        if not version:
            with self._whole():
                for statement in filter(str.strip, TABLES.split(";\n")):
                    base.execute(statement)
                base.execute("INSERT INTO about VALUES (?)", (release,))
                base.execute(f"PRAGMA user_version = {VERSION}")
        elif version != VERSION:
            raise OutputError(
                f"{paths.shown(self.path)} has schema {version}; this version of Press knows {VERSION}"
            )
        [[of]] = base.execute("SELECT release FROM about")
        if of != release:
            raise OutputError(f"{paths.shown(self.path)} is the ledger of release {of}")

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Make all statements in the `with` one change."""
        with _reported(self.path), self._base:
            self._base.execute("BEGIN IMMEDIATE")
            yield

    def entries(self) -> Entries:
        """Return all copies by audience, reader and purpose, in the order of the list."""
        rows = self._base.execute("SELECT * FROM copies ORDER BY line, reader")
        return {entry[:3]: entry for entry in map(LedgerEntry._make, rows)}

    def queue(self, copies: Iterable[Copy], now: float) -> None:
        """Enter *copies* as queued; those that are known keep their state."""
        with self._whole():
            for copy in copies:
                reader, edition = copy.reader, copy.edition
                whom = (reader.row, reader.address, reader.name, reader.language)
                what = (edition.language, edition.file.path, edition.file.sha256, copy.message_id)
                self._base.execute(KEPT, (*copy.key, *whom, *what, now))

    def settle(self, copy: Copy, state: State, answer: str, now: float) -> None:
        """Enter what has become of a copy; it is on the disk when this returns."""
        with self._whole():
            done = self._base.execute(
                "UPDATE copies SET state = ?, answer = ?, time = ? "
                "WHERE audience = ? AND reader = ? AND purpose = ?",
                (state, answer, now, *copy.key),
            )
            if done.rowcount != 1:
                raise OutputError(f"{paths.shown(self.path)} was changed by another program")
            if state == "sending":
                self._base.execute("INSERT INTO handed VALUES (?)", (now,))

    def recover(self) -> None:
        """Mark as unknown what an earlier run was sending when it was cut off."""
        change = "UPDATE copies SET state = 'unknown', answer = ? WHERE state = 'sending'"
        with self._whole():
            self._base.execute(change, (CUT_OFF,))

    def forget(self, key: str) -> bool:
        """Take a reader out, also from what SQLite keeps of old pages; return False if it has no such reader."""
        with self._whole():
            same = "DELETE FROM copies WHERE reader = ? OR address = ?"
            done = self._base.execute(same, (key, key))
        if done.rowcount:
            self._base.execute("VACUUM")
        return bool(done.rowcount)

    def handovers(self, since: float) -> list[float]:
        """Return when each message later than *since* was given to a server."""
        rows = self._base.execute("SELECT time FROM handed WHERE time > ?", (since,))
        return [time for (time,) in rows]


@contextmanager
def open_ledger(releases: Path, release: str) -> Iterator[Ledger]:
    """Yield the ledger of *release*, which is made if it does not exist; only its owner can read it.

    What SQLite refuses in the `with` is an OutputError, too.

    Raises:
        OutputError: it could not be opened, is damaged, or belongs to another release.
    """
    path = path_of(releases, release)
    with reported(path):
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        os.close(os.open(path, flags, 0o600))
    with _reported(path), closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as base:
        yield Ledger(base, path, release)


def entries(releases: Path, release: str) -> Entries:
    """Return the entries of the ledger of *release*, none if there is no ledger."""
    if not path_of(releases, release).exists():
        return {}
    with open_ledger(releases, release) as opened:
        return opened.entries()


def handovers(releases: Path, since: float) -> list[float]:
    """Return when each message later than *since* was given to a server; limits count those of all releases."""
    times: list[float] = []
    for release in releases_known(releases):
        with open_ledger(releases, release) as opened:
            times += opened.handovers(since)
    return sorted(times)
