"""The task itself, as a process: what it says, how it ends, and that a kill at any moment repeats nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from press.deliver.mail import ledger
from tests.deliver.mail.releases import Desk
from tests.deliver.mail.servers import Server, always, running
from tests.support.project import Project, copied, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "2026-11-24.1"
# moments of a message at which the server kills: from before the reader is accepted to after the answer was read
MOMENTS = ["MAIL", "RCPT", "DATA", "end", "RSET"]


class Office(NamedTuple):
    """A copy of the project with a release, settings and a server that they lead to."""

    project: Project
    desk: Desk
    server: Server

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run `send` for the brief 'red'."""
        return self.project.run("send", "--audience", "red", *words, **more)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start `send` for the brief 'red', without waiting for its end."""
        return subprocess.Popen(
            self.project.command("send", "--audience", "red", *words),
            cwd=self.project.root,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def states(self) -> dict[str, str]:
        """Return what the ledger says of each reader."""
        known = ledger.entries(self.desk.releases, ID)
        return {entry.address: entry.state for entry in known.values()}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, work: Path) -> Iterator[Project]:
    """Return a copy of the project."""
    project = copied(tmp_path_factory.mktemp("mailing").resolve() / "project", work)
    with project.warm():
        yield project


@pytest.fixture
def office(project: Project) -> Iterator[Office]:
    """Return a copy of the project in which nothing was sent yet."""
    desk = Desk(project.root)
    for path in [*desk.releases.glob("*.sqlite*"), *desk.releases.glob("*.csv")]:
        path.unlink()
    desk.release()
    with running(Server()) as server:
        desk.settings(server.port)
        desk.people(3)
        yield Office(project, desk, server)


def test_a_dry_run_tells_who_would_get_what(office: Office) -> None:
    """And how to have it sent; nothing is said on standard error in a pipe."""
    done = office.run("--to", "readers.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == (
        "nothing was sent; 3 readers would be sent to with --really --readers 3"
    )


def test_what_it_says_can_be_sent(office: Office) -> None:
    """The report is where it says."""
    done = office.run("--to", "readers.csv", "--really", "--readers", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"written: releases/{ID}.send-report.csv" in done.stdout
    assert done.stdout.splitlines()[-1] == "done: 3 readers tried in this run"
    assert office.states() == {f"r{number}@example.org": "sent" for number in range(3)}


def test_a_reader_is_forgotten(office: Office) -> None:
    """What is left to do is said."""
    assert office.run("--to", "readers.csv", "--really", "--readers", "3").returncode == 0
    done = office.run("--forget", "r1@example.org")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"forgotten in releases/{ID}.ledger.sqlite; take the address out of your lists, too\n"
    )
    assert sorted(office.states()) == ["r0@example.org", "r2@example.org"]


ENDS = [  # words, status, what is said on standard error
    (["--to", ""], 2, "--to needs the name of a file"),
    (["--to", "nowhere.csv"], 74, "nowhere.csv: no such file"),
    (["--to", "readers.csv", "--really", "--readers", "2"], 2, "but 3 would be sent to"),
    (["--to", "readers.csv", "--readers", "x"], 2, "--readers is a whole number, not 'x'"),
    (["--to", "readers.csv", "--csv", "./readers.csv"], 2, "--csv would write over a list"),
    (
        ["--to", "readers.csv", "--csv", "content/series.yaml"],
        74,
        "would change what is in content",
    ),
    (["--to", "readers.csv", "--csv", f"releases/{ID}/manifest.json"], 74, "what is in releases"),
    (["--to", "readers.csv", "--out", "templates/mail/new"], 74, "what is in templates"),
    (
        ["--to", "readers.csv", "--csv", "/"],
        74,
        "/ is a folder of the system; choose another --csv",
    ),
    (["--correction"], 65, "corrects no other"),
    (["--forget", "r9@example.org"], 2, "--forget: no ledger has 'r9@example.org'"),
]


@pytest.mark.parametrize(("words", "status", "said"), ENDS, ids=str)
def test_a_mistake_has_its_status(office: Office, words: list[str], status: int, said: str) -> None:
    """In one line, and without a traceback."""
    done = office.run(*words)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def told(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return the document that a run prints."""
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["status"] == done.returncode
    return found


def test_a_program_gets_one_document_whatever_happens(office: Office) -> None:
    """Of a dry run, a run, a refusal of the list, and one of the options."""
    words = ["--output", "json", "--to", "readers.csv"]
    dry = told(office.run(*words))
    assert (dry["readers"], dry["states"], dry["really"]) == (3, {"new": 3}, False)
    run = told(office.run(*words, "--really", "--readers", "3"))
    assert [copy["state"] for copy in run["copies"]] == ["sent"] * 3
    assert "would be sent to" in told(office.run(*words, "--really", "--readers", "2"))["message"]
    office.desk.readers("a@,Anna,en")
    [problem] = told(office.run(*words, "--really", "--readers", "1"))["problems"]
    assert (problem["path"], problem["line"], problem["column"]) == ("readers.csv", 2, 1)


def test_a_mistake_in_the_list_is_shown_with_its_place(office: Office) -> None:
    """The table of the others, too; the status is that of a refusal."""
    office.desk.readers("a@,Anna,en", "b@example.org,Bob,en")
    done = office.run("--to", "readers.csv")
    assert done.returncode == 65
    assert done.stdout.startswith("readers.csv:2:1: error: this is not a mail address: ")
    assert "b@example.org" in done.stdout
    assert "before the mistakes are fixed" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(
    ("moment", "state"), [("RCPT", "queued"), ("DATA", "sent"), ("end", "sent")]
)
def test_a_signal_ends_a_run_with_the_truth(
    office: Office, number: int, moment: str, state: str
) -> None:
    """Before the message is on its way nothing is sent; from then on the server's answer is waited for."""
    process = office.start("--to", "readers.csv", "--really", "--readers", "3")
    office.server.on = lambda step, count: (
        process.send_signal(number) if (step, count) == (moment, 2) else None
    )
    _, said = process.communicate()
    assert (process.returncode, said) == (128 + number, "")
    assert [*office.states().values()] == ["sent", state, "queued"]
    assert len(office.server.messages) == [*office.states().values()].count("sent")
    assert (office.desk.releases / f"{ID}.send-report.csv").exists()


def test_a_kill_at_any_moment_repeats_nothing_and_forgets_nobody(office: Office) -> None:
    """Killed again and again: each reader has one copy, or is listed as unknown, and the rest get theirs."""
    people = 24
    office.desk.people(people)
    words = ["--to", "readers.csv", "--really", "--readers"]
    for kill in range(2 * len(MOMENTS)):
        moment, at = MOMENTS[kill % len(MOMENTS)], 1 + kill % 3
        left = sum(state in {"", "queued"} for state in office.states().values()) or people
        process = office.start(*words, str(left))
        counts: dict[str, int] = {}

        def strike(
            step: str,
            _: int,
            moment: str = moment,
            at: int = at,
            counts: dict[str, int] = counts,
            process: subprocess.Popen[str] = process,
        ) -> None:
            counts[step] = counts.get(step, 0) + 1
            if step == moment and counts[step] == at:
                process.kill()
                process.wait()

        office.server.on = strike
        process.communicate()
        assert process.returncode == -signal.SIGKILL, (moment, at)
    office.server.on = None
    left = sum(state == "queued" for state in office.states().values())
    assert left > 0
    last = told(office.run(*words, str(left), "--output", "json"))
    copies = office.server.addresses()
    assert len(copies) == len(set(copies))  # nobody twice
    unknown = {copy["address"] for copy in last["copies"] if copy["state"] == "unknown"}
    assert len(unknown) > 2
    assert {copy["state"] for copy in last["copies"]} == {"sent", "unknown"}
    assert {f"r{number}@example.org" for number in range(people)} == {*copies} | unknown
    assert last["status"] == 1
    again = told(
        office.run(
            "--to",
            "readers.csv",
            "--resend-unknown",
            "--really",
            "--readers",
            str(len(unknown)),
            "--output",
            "json",
        )
    )
    assert (again["status"], {*again["states"]}) == (0, {"sent"})
    assert {*office.server.addresses()} == {f"r{number}@example.org" for number in range(people)}


def test_two_runs_do_not_send_at_once(office: Office) -> None:
    """The second is told to wait, while the first waits for its server."""
    words = ["--to", "readers.csv", "--really", "--readers", "3"]
    said: list[tuple[int, str]] = []

    def meanwhile(step: str, number: int) -> None:
        if (step, number) == ("end", 1):
            second = office.start(*words)
            _, complaint = second.communicate()
            said.append((second.returncode, complaint))

    office.server.on = meanwhile
    first = office.run(*words)
    assert (first.returncode, said[0][0]) == (0, 75)
    assert "another run" in said[0][1]
    assert len(office.server.messages) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_password_is_in_no_argument_and_no_output(office: Office) -> None:
    """The process is looked at while it sends, its output and all files afterwards."""
    office.desk.settings(office.server.port, auth="password", user="me")
    office.server.answers["EHLO"] = always(b"250-here\r\n250 AUTH PLAIN\r\n")
    seen: list[bytes] = []

    def look(step: str, _: int) -> None:
        for path in Path("/proc").glob("[0-9]*/cmdline") if step == "AUTH" else ():
            with suppress(OSError):  # it has ended meanwhile
                seen.append(path.read_bytes())

    office.server.on = look
    canary = {"PRESS_MAIL_PASSWORD": "canary-4711"}
    done = office.run("--to", "readers.csv", "--really", "--readers", "3", **canary)
    assert done.returncode == 0
    assert any(b"\0send\0--audience\0red\0" in line for line in seen)
    files = [path.read_bytes() for path in office.project.root.rglob("*") if path.is_file()]
    printed = [done.stdout.encode(), done.stderr.encode()]
    assert not [data for data in (*printed, *seen, *files) if b"canary-4711" in data]
