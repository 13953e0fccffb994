"""Servers that misbehave: each stops the run or fails a reader, rightly; none takes a second copy, none is believed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import pytest

from press.deliver import mail
from press.deliver.mail import ledger
from press.deliver.mail.sending import Patience
from tests.deliver.mail.releases import Clock, Desk, quiet
from tests.deliver.mail.servers import FINE, HANG_UP, SILENCE, Server, always, running, trust

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHORT = Patience(seconds=3)  # for servers that never answer; long for one that does
WRONG = b"250-fine\r\n550 or not\r\n"
ENDLESS = b"250-" + b"x" * 10_000 + b"\r\n"
MANY = b"250-more\r\n" * 300 + b"250 end\r\n"


class Case(NamedTuple):
    """What a server does wrong, and what must come of it."""

    step: str
    answer: bytes
    state: str  # of the first reader
    status: int
    words: str  # of the message or of the reader's row


# what comes before a reader is named, or before the message is there: the run stops, nobody is to blame
STOPS = [
    Case("banner", HANG_UP, "queued", 75, "hung up"),
    Case("banner", b"421 too busy\r\n", "queued", 75, "421 too busy"),
    Case("banner", b"554 go away\r\n", "queued", 78, "554 go away"),
    Case("banner", b"SSH-2.0-OpenSSH\r\n", "queued", 75, "makes no sense"),
    Case("banner", SILENCE, "queued", 75, "did not answer"),
    Case("EHLO", HANG_UP, "queued", 75, "hung up"),
    Case("EHLO", b"421 too busy\r\n", "queued", 75, "421 too busy"),
    Case("EHLO", MANY, "queued", 75, "makes no sense"),
    Case("EHLO", b"250 SIZE 100\r\n", "sent", 0, ""),  # the first line is a greeting
    Case("EHLO", b"250-here\r\n250 SIZE 100\r\n", "queued", 78, "the server takes 100"),
    Case("MAIL", HANG_UP, "queued", 75, "hung up"),
    Case("MAIL", b"421 too busy\r\n", "queued", 75, "the server answers MAIL with 421 too busy"),
    Case("MAIL", b"451 not now\r\n", "queued", 75, "the server answers MAIL with 451 not now"),
    Case(
        "MAIL", b"550 no\r\n", "queued", 78, "refuses the sender gardens@example.org, 'sender' in"
    ),
    Case("RCPT", b"530 log in first\r\n", "queued", 78, "530 log in first"),
    Case("DATA", b"250 what for?\r\n", "queued", 78, "250 what for?"),
]
# what comes after he is named, whatever he is answered with: he may be the reason, and the others go on
BLOCKS = [
    Case("RCPT", HANG_UP, "deferred", 75, "hung up"),
    Case("RCPT", b"421 too busy\r\n", "deferred", 75, "421 too busy"),
    Case("RCPT", WRONG, "deferred", 75, "makes no sense"),
    Case("RCPT", ENDLESS, "deferred", 75, "has no end"),
    Case("RCPT", SILENCE, "deferred", 75, "did not answer"),
    Case("DATA", HANG_UP, "deferred", 75, "hung up"),
    Case("DATA", b"421 too busy\r\n", "deferred", 75, "421 too busy"),
    Case("DATA", b"\xff\xfe\r\n", "deferred", 75, "makes no sense"),
    Case("end", b"421 too busy\r\n", "deferred", 75, "421 too busy"),
]
# nobody can say whether the message arrived
UNCERTAIN = [
    Case("end", HANG_UP, "unknown", 75, "whether it arrived is unknown"),
    Case("end", SILENCE, "unknown", 75, "whether it arrived is unknown"),
    Case("end", b"garbage\r\n", "unknown", 75, "whether it arrived is unknown"),
    Case("end", b"354 more?\r\n", "unknown", 75, "whether it arrived is unknown"),
    Case("end", WRONG, "unknown", 75, "whether it arrived is unknown"),
]


def state_of(desk: Desk, number: int = 0) -> str:
    """Return what the ledger says of a reader, '' for nothing."""
    key = ("red", f"r{number}@example.org", "brief")
    known = ledger.entries(desk.releases, "2026-11-24.1")
    return known[key].state if key in known else ""


@pytest.mark.turns
@pytest.mark.parametrize(
    "case", STOPS + UNCERTAIN, ids=lambda case: f"{case.step}-{case.answer[:9]!r}"
)
def test_a_server_that_misbehaves_stops_the_run(desk: Desk, case: Case) -> None:
    """The other reader waits, the exit status tells why, and the state is the truth."""
    with running(Server({case.step: always(case.answer)})) as server:
        desk.settings(server.port)
        desk.people(1)
        outcome = mail.send(desk.request(really=True, readers=1), quiet, SHORT)
    assert (state_of(desk), outcome.status) == (case.state, case.status), outcome.message
    assert case.words in outcome.message


@pytest.mark.turns
@pytest.mark.parametrize("case", BLOCKS, ids=lambda case: f"{case.step}-{case.answer[:9]!r}")
def test_a_reader_who_breaks_the_connection_keeps_no_other_waiting(desk: Desk, case: Case) -> None:
    """He is deferred after a second try on a connection of its own, in each run, and the others get theirs."""
    fine = FINE[case.step]
    with running(Server({case.step: iter([fine, case.answer, case.answer, fine])})) as server:
        desk.settings(server.port, waits="[]")
        desk.people(3)
        outcome = mail.send(desk.request(really=True, readers=3), quiet, SHORT)
        assert [copy.state for copy in outcome.copies] == ["sent", case.state, "sent"]
        assert (outcome.status, outcome.message) == (case.status, "")
        assert case.words in outcome.copies[1].answer
        assert server.connections == 3
        server.answers[case.step] = iter([fine, case.answer, case.answer])
        desk.people(4)
        again = mail.send(desk.request(really=True, readers=2), quiet, SHORT)
        assert [copy.state for copy in again.copies] == ["sent", case.state, "sent", "sent"]
    assert server.addresses() == ["r0@example.org", "r2@example.org", "r3@example.org"]


@pytest.mark.parametrize("step", ["RCPT", "DATA", "end"])
def test_a_server_that_is_lost_at_several_readers_stops_the_run(desk: Desk, step: str) -> None:
    """It is not their fault; the last is named, and those who follow are not tried."""
    with running(Server({step: always(b"421 too busy\r\n")})) as server:
        desk.settings(server.port)
        desk.people(5)
        outcome = mail.send(desk.request(really=True, readers=5), quiet, SHORT)
    assert [copy.state for copy in outcome.copies] == ["deferred"] * 2 + ["queued"] * 3
    assert outcome.status == 75
    assert "3 readers in a row, the last r2@example.org: the server answers" in outcome.message
    assert server.connections == 6


def test_readers_who_stop_a_run_do_not_stop_the_next(desk: Desk) -> None:
    """Whom an earlier run deferred comes last, so that the others get theirs first."""
    bad, fine = b"421 too busy\r\n", b"250 fine\r\n"
    with running(Server({"RCPT": always(bad)})) as server:
        desk.settings(server.port, waits="[]")
        desk.people(4)
        mail.send(desk.request(really=True, readers=4), quiet, SHORT)
        server.answers["RCPT"] = iter([bad, bad, fine, bad, bad, fine])
        outcome = mail.send(desk.request(really=True, readers=4), quiet, SHORT)
    assert [copy.state for copy in outcome.copies] == ["deferred", "sent", "deferred", "sent"]
    assert [message.reader for message in server.messages] == ["r3@example.org", "r1@example.org"]


def test_one_reader_is_not_several(desk: Desk) -> None:
    """However often he is tried."""
    with running(Server({"RCPT": always(HANG_UP)})) as server:
        desk.settings(server.port, waits="[1, 2, 3, 4]")
        desk.people(1)
        patience = Clock().patience
        outcome = mail.send(desk.request(really=True, readers=1), quiet, patience)
    assert ([copy.state for copy in outcome.copies], outcome.message) == (["deferred"], "")
    assert server.connections == 10


def test_nobody_is_tried_after_a_stop(desk: Desk) -> None:
    """Of three readers, two are left as they were, and the same command goes on without the uncertain one."""
    with running(Server({"end": iter([HANG_UP])})) as server:
        desk.settings(server.port)
        desk.people(3)
        stopped = mail.send(desk.request(really=True, readers=3), quiet, SHORT)
        assert [copy.state for copy in stopped.copies] == ["unknown", "queued", "queued"]
        done = mail.send(desk.request(really=True, readers=2), quiet, SHORT)
    assert [copy.state for copy in done.copies] == ["unknown", "sent", "sent"]
    assert done.status == 1
    assert len(set(server.addresses())) == len(server.messages) == 3


@pytest.mark.turns
@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("RSET", HANG_UP),
        ("MAIL", HANG_UP),
        ("MAIL", b"421 enough for one line\r\n"),
        ("RCPT", HANG_UP),
    ],
)
def test_a_line_that_has_served_is_made_again(desk: Desk, step: str, answer: bytes) -> None:
    """A server that closes after some messages is no reason to stop."""
    fine = b"250 fine\r\n"
    with running(Server({step: iter([fine, answer, fine, answer, fine])})) as server:
        desk.settings(server.port)
        desk.people(3)
        outcome = mail.send(desk.request(really=True, readers=3), quiet, SHORT)
    assert (outcome.status, outcome.message) == (0, "")
    assert server.addresses() == [f"r{number}@example.org" for number in range(3)]
    assert server.connections == 3


def test_one_line_serves_all(desk: Desk) -> None:
    """Ten readers, one connection, each message begun afresh."""
    with running(Server()) as server:
        desk.settings(server.port)
        desk.people(10)
        assert mail.send(desk.request(really=True, readers=10), quiet).status == 0
    assert (server.connections, len(server.messages), server.counts["RSET"]) == (1, 10, 10)
    assert server.said[-1] == "quit"


@pytest.mark.parametrize("step", ["RCPT", "DATA", "end"])
def test_a_reader_who_is_refused_for_good_fails_alone(desk: Desk, step: str) -> None:
    """The second of three fails, with the server's words; he is not tried again."""
    fine = {"RCPT": b"250 fine\r\n", "DATA": b"354 go on\r\n", "end": b"250 kept\r\n"}[step]
    with running(Server({step: iter([fine, b"550 5.1.1 nobody\r\n"])})) as server:
        desk.settings(server.port)
        desk.people(3)
        outcome = mail.send(desk.request(really=True, readers=3), quiet, SHORT)
        assert [copy.state for copy in outcome.copies] == ["sent", "failed", "sent"]
        assert (outcome.status, outcome.copies[1].answer) == (1, "550 5.1.1 nobody")
        again = mail.send(desk.request(really=True, readers=0), quiet, SHORT)
    assert (again.status, server.counts["RCPT"]) == (1, 3)


def test_a_machine_without_a_server_is_named(desk: Desk) -> None:
    """Nobody listens."""
    with running(Server()) as server:
        pass
    desk.settings(server.port)
    desk.people(1)
    outcome = mail.send(desk.request(really=True, readers=1), quiet)
    assert outcome.status == 75
    assert f"127.0.0.1:{server.port} cannot be reached: Connection refused" in outcome.message


@pytest.fixture
def safe(desk: Desk, tmp_path: Path) -> Iterator[Server]:
    """Return a server that can prove who it is, and settings that ask it to."""
    proof = trust(tmp_path / "trust", "127.0.0.1")
    features = b"250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n"
    with running(Server({"EHLO": always(features)}, proof.context)) as server:
        desk.settings(server.port, security="starttls", ca=str(proof.ca))
        desk.people(1)
        yield server


def test_a_server_that_proves_who_it_is_gets_the_message(desk: Desk, safe: Server) -> None:
    """In secret, from STARTTLS on."""
    outcome = mail.send(desk.request(really=True, readers=1), quiet)
    assert (outcome.status, outcome.message) == (0, "")
    assert safe.said[1] == "STARTTLS"
    assert safe.addresses() == ["r0@example.org"]


def test_a_server_that_offers_no_starttls_gets_nothing(desk: Desk, safe: Server) -> None:
    """Somebody on the way may have taken the offer out."""
    safe.answers["EHLO"] = always(b"250-here\r\n250 AUTH PLAIN\r\n")
    outcome = mail.send(desk.request(really=True, readers=1), quiet)
    assert (outcome.status, safe.messages) == (78, [])
    assert "offers no STARTTLS" in outcome.message
    assert [word for word in safe.said if not word.startswith("ehlo")] == []


def test_what_is_said_before_the_secret_begins_is_not_believed(desk: Desk, safe: Server) -> None:
    """Somebody on the way adds answers behind the server's consent to STARTTLS."""
    safe.answers["STARTTLS"] = iter([b"220 go ahead\r\n250-here\r\n250 AUTH LOGIN\r\n"])
    outcome = mail.send(desk.request(really=True, readers=1), quiet)
    assert (outcome.status, safe.messages) == (78, [])
    assert "answered in the place of the server before TLS" in outcome.message


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_impostor_gets_nothing(desk: Desk, safe: Server, tmp_path: Path, security: str) -> None:
    """A certificate that somebody has signed himself proves nothing."""
    safe.context = trust(tmp_path / "impostor", "127.0.0.1").context
    safe.at_once = security == "tls"
    ca = str(tmp_path / "trust" / "ca.pem")
    desk.settings(safe.port, security=security, ca=ca, auth="password", user="me")
    outcome = mail.send(desk.request(really=True, readers=1), quiet)
    assert (outcome.status, safe.messages, state_of(desk)) == (78, [], "queued")
    assert "cannot prove who it is" in outcome.message
    assert not [word for word in safe.said if word.startswith("AUTH")]


@pytest.mark.parametrize("kind", ["pipe", "text", "nothing", "folder"])
def test_a_file_of_certificates_that_is_none_is_named(desk: Desk, kind: str) -> None:
    """With the setting and its file; a pipe keeps nobody waiting."""
    ca = desk.root / "ca.pem"
    if kind == "pipe":
        os.mkfifo(ca)
    elif kind == "folder":
        ca.mkdir()
    elif kind == "text":
        ca.write_text("a létter", "utf-8")
    with running(Server()) as server:
        desk.settings(server.port, security="starttls", ca=str(ca))
        desk.people(1)
        outcome = mail.send(desk.request(really=True, readers=1), quiet, SHORT)
    assert (outcome.status, server.messages, state_of(desk)) == (78, [], "queued")
    assert f"server.ca: {ca}: " in outcome.message
    assert outcome.message.endswith("mail.yaml)")


def test_a_certificate_for_another_host_proves_nothing(
    desk: Desk, safe: Server, tmp_path: Path
) -> None:
    """It is signed by whom we trust, for somebody else."""
    other = trust(tmp_path / "other", "mail.example.org")
    safe.context = other.context
    desk.settings(safe.port, security="starttls", ca=str(other.ca))
    outcome = mail.send(desk.request(really=True, readers=1), quiet)
    assert (outcome.status, safe.messages) == (78, [])
    assert "IP address mismatch" in outcome.message


def test_the_system_trusts_no_authority_of_our_own(desk: Desk, safe: Server) -> None:
    """Without `ca`, the system's certificates decide."""
    desk.settings(safe.port, security="starttls")
    outcome = mail.send(desk.request(really=True, readers=1), quiet)
    assert (outcome.status, safe.messages) == (78, [])


def test_a_server_that_speaks_no_tls_gets_nothing(desk: Desk) -> None:
    """TLS was asked for, and plain words came back."""
    with running(Server()) as server:
        desk.settings(server.port, security="tls")
        desk.people(1)
        outcome = mail.send(desk.request(really=True, readers=1), quiet, SHORT)
    assert (outcome.status, server.messages) == (78, [])
    assert "speaks no TLS that we know" in outcome.message
