"""What is kept of readers: nothing of one who asks for it, and nothing of anybody when its time is over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from press.cli.delivery_answers import of_mailing
from press.deliver import mail
from press.deliver.mail import exports, ledger
from press.deliver.mail.sending import DAY
from press.ground import paths
from press.problems import ContentRefusedError, RefusedError, UsageError
from tests.deliver.mail.releases import Clock, Desk, quiet
from tests.deliver.mail.servers import Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLD, NEW = "2026-11-24.1", "2026-11-25.1"


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    """Return a server that does all right, settings that lead to it, and three readers."""
    with running(Server()) as server:
        desk.settings(server.port, keep_days="30")
        desk.people(3)
        yield server


def sent(desk: Desk, number: int, clock: Clock, **more: bool | None) -> mail.SendResult:
    """Send to so many readers."""
    return mail.send(desk.request(really=True, readers=number, **more), quiet, clock.patience)


def kept(desk: Desk) -> list[str]:
    """Return the names of the ledgers and reports."""
    return sorted(path.name for path in desk.releases.iterdir() if path.is_file())


def bytes_of(folder: Path) -> bytes:
    """Return all that is in the files of a folder."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


@pytest.mark.usefixtures("server")
def test_a_reader_is_forgotten_in_all_that_is_kept(desk: Desk) -> None:
    """However the address is written; no byte of it is left, and the others stay."""
    sent(desk, 3, Clock())
    desk.release(NEW)
    sent(desk, 3, Clock())
    assert b"r1@example.org" in bytes_of(desk.releases)
    names = mail.forget(desk.releases, " R1@EXAMPLE.org")
    assert [name.rpartition("/")[2] for name in names] == [
        f"{OLD}.ledger.sqlite",
        f"{NEW}.ledger.sqlite",
    ]
    left = bytes_of(desk.releases)
    assert b"r1@example.org" not in left
    assert b"Reader 1" not in left
    for release in (OLD, NEW):
        assert {key[1] for key in ledger.entries(desk.releases, release)} == {
            "r0@example.org",
            "r2@example.org",
        }
        assert exports.report_path(desk.releases, release).stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("server")
def test_who_is_nowhere_cannot_be_forgotten(desk: Desk) -> None:
    """A mistyped address is said to be in no ledger, and none changes."""
    sent(desk, 3, Clock())
    before = ledger.entries(desk.releases, OLD)
    for typed in ("r9@example.org", "r1@", "'r1@example.org"):
        with pytest.raises(UsageError, match="--forget: no ledger has"):
            mail.forget(desk.releases, typed)
    assert ledger.entries(desk.releases, OLD) == before


def test_an_address_that_is_refused_today_can_be_forgotten(desk: Desk) -> None:
    """A ledger of an earlier version may have it."""
    desk.put(desk.root / "readers.csv", "email\nx@example.org\n")
    with running(Server()) as server:
        desk.settings(server.port)
        sent(desk, 1, Clock())
    path = ledger.path_of(desk.releases, OLD)
    with ledger.open_ledger(desk.releases, OLD) as book:
        book._base.execute(
            'UPDATE copies SET reader = "\'x@example.org", address = "\'x@example.org"'
        )
    assert mail.forget(desk.releases, "'X@example.org") == (paths.shown(path),)


@pytest.mark.usefixtures("server")
def test_what_is_too_old_is_removed_by_the_next_run(desk: Desk) -> None:
    """Ledger and report, also a report whose ledger is gone; those of the release that is sent stay."""
    clock = Clock()
    sent(desk, 3, clock)
    lost = desk.put(exports.report_path(desk.releases, "2026-10-01.1"), "row\n")
    os.utime(lost, (clock.time, clock.time))
    clock.time += 29 * DAY
    desk.release(NEW)
    assert sent(desk, 3, clock).removed == ()
    clock.time += 2 * DAY
    outcome = sent(desk, 0, clock)
    names = [name.rpartition("/")[2] for name in outcome.removed]
    assert names == [lost.name, f"{OLD}.ledger.sqlite", f"{OLD}.send-report.csv"]
    assert "removed, after keep_days: " in of_mailing(outcome).text
    assert kept(desk) == [f"{NEW}.ledger.sqlite", f"{NEW}.send-report.csv"]
    clock.time += 99 * DAY
    assert sent(desk, 0, clock).removed == ()


@pytest.mark.usefixtures("server")
def test_a_run_that_is_refused_removes_nothing(desk: Desk) -> None:
    """What is removed is said in the answer of a run that could begin."""
    clock = Clock()
    sent(desk, 3, clock)
    before = kept(desk)
    assert len(before) == 2
    clock.time += 31 * DAY
    desk.release(NEW, title="=?utf-8?b?QmNj?=")
    with pytest.raises(RefusedError, match="is not what was meant"):
        sent(desk, 3, clock)
    assert kept(desk) == before


def test_a_correction_keeps_the_ledgers_that_it_needs(desk: Desk, server: Server) -> None:
    """A run that is stopped in the middle finds its readers again, whatever their age."""
    clock = Clock()
    sent(desk, 3, clock)
    clock.time += 31 * DAY
    desk.release(NEW, supersedes=OLD, erratum="It is 48.")
    for number in (3, 0):
        outcome = sent(desk, number, clock, correction=True, to=None)
        assert outcome.removed == ()
    assert len(server.messages) == 6
    assert len(sent(desk, 0, clock).removed) == 2


@pytest.mark.parametrize("days", ["0", "-1", "x", "1.5"])
def test_a_time_that_is_none_is_refused(desk: Desk, days: str) -> None:
    """With its place."""
    desk.settings(keep_days=days)
    desk.people(1)
    with pytest.raises(ContentRefusedError, match=r"mail\.yaml:4:12: error: "):
        mail.send(desk.request(), quiet)
