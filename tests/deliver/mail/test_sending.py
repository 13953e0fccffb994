"""Runs of sending: who is written to, when again, and what stops it before anybody is."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from press.cli.delivery_answers import of_mailing
from press.content.model.mail import SendingLimits
from press.deliver import mail
from press.deliver.mail import ledger
from press.deliver.mail.sending import turn_at
from press.ground import lock
from press.ground.sums import sha256
from press.problems import BusyError, ContentRefusedError, OutputError, RefusedError, UsageError
from tests.deliver.mail.releases import Clock, Desk, quiet
from tests.deliver.mail.servers import HANG_UP, Server, always, running

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD, NEW = "2026-11-24.1", "2026-11-25.1"
LATER, NEVER, FINE = b"451 4.7.1 later\r\n", b"550 never\r\n", b"250 fine\r\n"


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    """Return a server that does all right, and settings that lead to it."""
    with running(Server()) as server:
        desk.settings(server.port)
        yield server


def states(outcome: mail.SendResult) -> list[str]:
    """Return the state of each copy."""
    return [copy.state for copy in outcome.copies]


def sent(desk: Desk, readers: int, clock: Clock | None = None, **more: Any) -> mail.SendResult:  # noqa: ANN401 - of a request
    """Send, and confirm the number."""
    return mail.send(
        desk.request(really=True, readers=readers, **more), quiet, (clock or Clock()).patience
    )


def reported(desk: Desk, release: str = OLD) -> list[dict[str, str]]:
    """Return the rows of the report."""
    path = desk.releases / f"{release}.send-report.csv"
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_nothing_leaves_without_really(desk: Desk, server: Server) -> None:
    """Who would get what is told; there is no ledger, and no server is asked."""
    desk.people(3)
    outcome = mail.send(desk.request(), quiet)
    assert (outcome.status, len(outcome.chosen), states(outcome)) == (0, 3, [""] * 3)
    assert server.connections == 0
    assert [path.name for path in desk.releases.iterdir()] == [OLD]
    told = of_mailing(outcome).text
    assert "2    r0@example.org  en        gardens_red_en_2026-11.pdf  1 kB  attached  new" in told
    assert told.endswith("nothing was sent; 3 readers would be sent to with --really --readers 3")


def test_a_number_that_is_not_the_readers_is_refused(desk: Desk, server: Server) -> None:
    """Both numbers are told."""
    desk.people(3)
    with pytest.raises(UsageError, match="--readers says 4, but 3 would be sent to"):
        sent(desk, 4)
    with pytest.raises(UsageError, match="--really needs the number of readers as well"):
        mail.send(desk.request(really=True), quiet)
    assert server.connections == 0


def test_a_list_with_a_mistake_writes_to_nobody(desk: Desk, server: Server) -> None:
    """A dry run shows the others and the mistake, with the status of a refusal."""
    desk.readers("a@example.org,Anna,en", "b@,Bob,en")
    assert mail.send(desk.request(csv=desk.root / "merge.csv"), quiet).status == 65
    assert not (desk.root / "merge.csv").exists()
    with pytest.raises(ContentRefusedError):
        sent(desk, 1)
    assert server.connections == 0


def test_each_reader_gets_one_copy_in_his_language(desk: Desk, server: Server) -> None:
    """Or in the first language of the series, which is said; the same command again sends nothing."""
    desk.release(languages=("en", "ky"))
    desk.readers("a@example.org,Anna,ky", "b@example.org,Bob,", "c@example.org,Cleo,fr")
    outcome = sent(desk, 3)
    assert [copy.edition.language for copy in outcome.copies] == ["ky", "en", "en"]
    [problem] = outcome.problems
    assert "'c@example.org' reads 'fr', which release 2026-11-24.1 does not have" in str(problem)
    texts = {message.reader: message.data for message in server.messages}
    assert b"What ky readers should know" in texts["a@example.org"]
    assert b"What en readers should know" in texts["b@example.org"]
    assert sent(desk, 0).status == 0
    desk.readers("A@EXAMPLE.org,Anna,en")
    assert states(sent(desk, 0)) == ["sent"]
    assert len(server.messages) == 3


def test_the_other_audience_is_in_no_byte(desk: Desk, server: Server) -> None:
    """Neither its name, nor its label, nor its file."""
    desk.people(1)
    sent(desk, 1)
    [message] = server.messages
    assert b"gardeners" in message.data
    for words in (b"blue", b"neighbours"):
        assert words not in message.data
        assert words not in "\n".join(server.said).encode()


def test_who_is_refused_for_now_is_tried_again(desk: Desk, server: Server) -> None:
    """After waits that grow, while the others go on; nobody is blamed for the last one's fault."""
    clock = Clock()
    server.answers["RCPT"] = iter([LATER, FINE, LATER])
    desk.people(2)
    assert states(sent(desk, 2, clock)) == ["sent", "sent"]
    assert [message.reader for message in server.messages] == ["r1@example.org", "r0@example.org"]
    assert clock.slept == [1.0, 2.0]


def test_who_is_refused_for_now_to_the_end_is_deferred(desk: Desk, server: Server) -> None:
    """The exit status says: again; and the next run does."""
    server.answers["end"] = iter([LATER] * 3)
    desk.people(1)
    outcome = sent(desk, 1)
    assert (outcome.status, states(outcome)) == (75, ["deferred"])
    assert reported(desk)[0]["answer"] == "451 4.7.1 later"
    again = sent(desk, 1, resume=True)
    assert (again.status, states(again)) == (0, ["sent"])
    assert server.addresses() == ["r0@example.org"]


def test_a_long_wait_keeps_no_line(desk: Desk, server: Server) -> None:
    """A server would hang up."""
    desk.settings(server.port, waits="[60]")
    server.answers["RCPT"] = iter([LATER])
    desk.people(1)
    assert sent(desk, 1).status == 0
    assert server.connections == 2


def test_a_run_may_be_cut_into_pieces(desk: Desk, server: Server) -> None:
    """--limit sends to so many; --resume goes on with these, and without it with new readers as well."""
    desk.people(5)
    assert states(sent(desk, 2, limit=2)) == ["sent", "sent", "queued", "queued", "queued"]
    assert states(sent(desk, 1, limit=1, resume=True)).count("sent") == 3
    desk.people(6)
    with pytest.raises(UsageError, match="but 2 would be sent to"):
        sent(desk, 3, resume=True)
    outcome = sent(desk, 3)
    assert states(outcome) == ["sent"] * 6
    assert server.addresses() == [f"r{number}@example.org" for number in range(6)]


def test_one_language_may_be_sent_alone(desk: Desk, server: Server) -> None:
    """The others are not even queued."""
    desk.release(languages=("en", "ky"))
    desk.readers("a@example.org,Anna,ky", "b@example.org,Bob,en")
    assert states(sent(desk, 1, lang="ky")) == ["sent"]
    assert server.addresses() == ["a@example.org"]
    assert len(reported(desk)) == 1


def test_what_is_unknown_is_sent_again_only_when_asked(desk: Desk, server: Server) -> None:
    """It is listed until then; the id of the message is the same."""
    server.answers["end"] = iter([HANG_UP])
    desk.people(1)
    first = sent(desk, 1)
    assert states(first) == ["unknown"]
    assert "may or may not have arrived" in of_mailing(first).text
    assert sent(desk, 0).status == 1
    assert len(server.messages) == 1
    again = sent(desk, 1, resend_unknown=True)
    assert (again.status, states(again)) == (0, ["sent"])
    assert [
        message.data.count(first.copies[0].message_id.encode()) for message in server.messages
    ] == [1, 1]


def test_a_limit_of_the_hour_is_kept(desk: Desk, server: Server) -> None:
    """The run waits for its turn; a run that begins anew has not forgotten."""
    desk.settings(server.port, limits="{hour: 2}")
    clock = Clock()
    desk.people(3)
    assert states(sent(desk, 3, clock)) == ["sent"] * 3
    assert clock.slept == [3600.0]
    desk.people(4)
    clock.time += 10
    assert states(sent(desk, 1, clock)) == ["sent"] * 4
    assert clock.slept == [3600.0]
    desk.people(5)
    sent(desk, 1, clock)
    assert clock.slept == [3600.0, 3590.0]


def test_a_limit_of_the_day_ends_the_run(desk: Desk, server: Server) -> None:
    """Nobody waits for a day; when to go on is told, also for another release."""
    desk.settings(server.port, limits="{day: 1}")
    clock = Clock()
    desk.people(2)
    outcome = sent(desk, 2, clock)
    assert (outcome.status, states(outcome)) == (75, ["sent", "queued"])
    assert "go on after 1970-01-13 13:46 UTC" in outcome.message
    desk.release(NEW)
    assert sent(desk, 2, clock).status == 75
    clock.time += 86_400
    assert states(sent(desk, 1, clock, limit=1)) == ["sent", "queued"]
    assert len(server.messages) == 2


@pytest.mark.parametrize(
    ("times", "turn"),
    [
        ([], 0),
        ([-10, -5], 0),
        ([-10, -5, -1], 3590),
        ([-4000, -5, -1], 0),
        ([-9000, -10, -5, -1], 3590),
    ],
)
def test_a_turn_comes_when_the_oldest_is_an_hour_old(times: list[float], turn: float) -> None:
    """Three messages an hour."""
    assert turn_at([1e6 + time for time in times], SendingLimits(hour=3), 1e6) == 1e6 + turn


def test_two_runs_do_not_send_at_once(desk: Desk, server: Server) -> None:
    """The second is told to wait; a dry run is free."""
    desk.people(1)
    with lock.hold(desk.releases / ".press", "send"):
        with pytest.raises(BusyError):
            sent(desk, 1)
        assert mail.send(desk.request(), quiet).status == 0
    assert server.connections == 0


def test_a_release_that_was_corrected_is_not_sent(desk: Desk, server: Server) -> None:
    """The newer one is the latest, and the older is refused by name."""
    desk.release(NEW, supersedes=OLD, erratum="It is 48.")
    desk.people(1)
    assert mail.send(desk.request(), quiet).release == NEW
    with pytest.raises(
        RefusedError, match=f"{OLD} is superseded by {NEW}; send that one, and --correction to"
    ):
        sent(desk, 1, release=OLD)
    assert server.connections == 0


def test_the_number_of_the_list_goes_on_after_a_run_that_ended_early(
    desk: Desk, server: Server
) -> None:
    """The same command is enough; it is sent to those who are left."""
    desk.people(3)
    sent(desk, 3, limit=1)
    assert states(sent(desk, 3)) == ["sent"] * 3
    assert server.addresses() == [f"r{number}@example.org" for number in range(3)]


def test_a_draft_is_sent_only_to_who_asks_for_drafts(desk: Desk, server: Server) -> None:
    """It is not for distribution; whoever sends it all the same is reminded."""
    desk.release(status="draft")
    desk.people(1)
    with pytest.raises(ContentRefusedError, match="--draft sends it all the same"):
        sent(desk, 1)
    assert server.connections == 0
    [problem] = sent(desk, 1, draft=True).problems
    assert str(problem).endswith(
        "warning: this edition is a draft, and says so on every page [draft]"
    )


def test_the_latest_release_is_the_one_with_the_highest_number(desk: Desk) -> None:
    """Ten comes after nine; folders that are no releases are none."""
    for name in ("2026-11-24.9", "2026-11-24.10", "2026-11-23.11"):
        desk.release(name)
    (desk.releases / "2026-12-01.draft").mkdir()
    desk.people(1)
    assert mail.send(desk.request(), quiet).release == "2026-11-24.10"


MISTAKES = [
    ({"audience": "rde"}, "--audience: release 2026-11-24.1 has no 'rde'; did you mean 'red'?"),
    ({"audience": ""}, "say whose brief"),
    ({"lang": "ky"}, "--lang: release 2026-11-24.1 has no 'ky'"),
    ({"to": None}, "say who gets it"),
    ({"limit": -1}, "--limit is a whole number"),
    ({"readers": 1}, "--readers goes with --really"),
    ({"correction": True}, "remove --to"),
]


def test_a_release_without_the_short_form_is_not_mailed_in_its_place(desk: Desk) -> None:
    """The brief is what nobody asked for; where to ask for it is said."""
    desk.settings(attach="short")
    desk.people(1)
    said = "has no short form for 'red'; take 'attach' out of mail.yaml"
    with pytest.raises(UsageError, match=said):
        mail.send(desk.request(), quiet)


@pytest.mark.parametrize(("more", "said"), MISTAKES, ids=str)
def test_options_that_make_no_sense_are_refused(
    desk: Desk, more: dict[str, Any], said: str
) -> None:
    """With the way out."""
    desk.people(1)
    with pytest.raises(UsageError) as refused:
        mail.send(desk.request(**more), quiet)
    assert said in str(refused.value)


def test_a_folder_without_releases_is_told(desk: Desk) -> None:
    """And how to make one."""
    desk.people(1)
    (desk.releases / OLD).rename(desk.root / "elsewhere")
    with pytest.raises(OutputError, match=r"there is no release in .*; \./inv release makes one"):
        mail.send(desk.request(), quiet)


def test_a_release_that_is_not_there_is_told(desk: Desk) -> None:
    """With the one that may have been meant."""
    desk.people(1)
    with pytest.raises(UsageError, match=r"there is no '2026-11-24\.2'; did you mean"):
        mail.send(desk.request(release="2026-11-24.2"), quiet)


def test_the_pdf_of_another_audience_is_not_sent(desk: Desk, server: Server) -> None:
    """Though the manifest vouches for its bytes: the PDF says whose it is."""
    folder = desk.releases / OLD
    manifest = json.loads((folder / "manifest.json").read_bytes())
    files = {file["path"]: file for file in manifest["files"]}
    wrong = files["en/blue.pdf"]
    files["en/red.pdf"] |= {"sha256": wrong["sha256"], "size": wrong["size"]}
    (folder / "en" / "red.pdf").write_bytes((folder / "en" / "blue.pdf").read_bytes())
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    desk.people(1)
    with pytest.raises(RefusedError, match="is not the edition for 'red'"):
        sent(desk, 1)
    assert server.connections == 0


def test_a_print_with_more_in_its_title_is_not_sent(desk: Desk, server: Server) -> None:
    """It may be of another brief, or a short form in the place of the brief."""
    folder = desk.releases / OLD
    manifest = json.loads((folder / "manifest.json").read_bytes())
    path = folder / "en" / "red.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Title"] = f"{pdf.docinfo['/Title']} (short form)"
        pdf.save()
    data = path.read_bytes()
    [file] = [file for file in manifest["files"] if file["path"] == "en/red.pdf"]
    file |= {"sha256": sha256(data), "size": len(data)}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    desk.people(1)
    with pytest.raises(RefusedError, match="is not the edition for 'red'"):
        sent(desk, 1)
    assert server.connections == 0


@pytest.mark.parametrize("change", [{"audience": "blue"}, {"language": "ky"}])
def test_a_manifest_that_contradicts_itself_is_not_believed(
    desk: Desk, change: dict[str, str]
) -> None:
    """A path of one audience or language, said to be of another."""
    path = desk.releases / OLD / "manifest.json"
    manifest = json.loads(path.read_bytes())
    [file] = [file for file in manifest["files"] if file["path"] == "en/red.pdf"]
    file |= change
    path.write_text(json.dumps(manifest), encoding="utf-8")
    desk.people(1)
    with pytest.raises((RefusedError, UsageError)):
        mail.send(desk.request(), quiet)


def test_a_pdf_that_changes_during_a_run_stops_it(desk: Desk, server: Server) -> None:
    """The second reader gets nothing, and is not blamed."""
    path = desk.releases / OLD / "en" / "red.pdf"

    def change(step: str, number: int) -> None:
        if (step, number) == ("end", 1):
            path.write_bytes(path.read_bytes() + b"\n")

    server.on = change
    desk.people(2)
    outcome = sent(desk, 2)
    assert (outcome.status, states(outcome)) == (74, ["sent", "queued"])
    assert "is not the file that was released" in outcome.message


def test_a_correction_reaches_exactly_those_who_have_the_old_one(
    desk: Desk, server: Server
) -> None:
    """Sent or unknown, of this audience; nobody twice, in no run, and not as a brief again."""
    desk.people(4)
    server.answers["end"] = iter([FINE, NEVER, FINE, HANG_UP])
    assert states(sent(desk, 4)) == ["sent", "failed", "sent", "unknown"]
    desk.readers("blue@example.org,Blue,en")
    sent(desk, 1, audience="blue")
    del server.messages[:]
    desk.release(NEW, supersedes=OLD, erratum="It is 48, not 84.")
    outcome = sent(desk, 3, correction=True, to=None)
    assert (outcome.status, states(outcome)) == (0, ["sent"] * 3)
    assert server.addresses() == [f"r{number}@example.org" for number in (0, 2, 3)]
    assert all(b"It is 48, not 84." in message.data for message in server.messages)
    assert states(sent(desk, 0, correction=True, to=None)) == ["sent"] * 3
    desk.people(5)
    assert states(sent(desk, 2)) == ["sent"] * 5
    assert server.addresses() == [f"r{number}@example.org" for number in range(5)]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"erratum": "x"}, "corrects no other"),
        ({"supersedes": OLD}, "has no erratum"),
        ({"supersedes": OLD, "erratum": "x"}, "it is not known who received"),
        ({"supersedes": OLD, "erratum": "x", "corrected": ["blue"]}, "is not for 'red'"),
    ],
)
def test_a_correction_of_nothing_is_refused(desk: Desk, facts: dict[str, Any], said: str) -> None:
    """The release corrects none, says not what or not for these readers, or the ledger of the old one is missing."""
    desk.release(NEW, **facts)
    with pytest.raises(RefusedError, match=said):
        mail.send(desk.request(correction=True, to=None), quiet)


def test_a_correction_of_a_correction_reaches_all(desk: Desk, server: Server) -> None:
    """Those who have the first release, whether they were sent the second or not; nobody twice."""
    desk.people(2)
    sent(desk, 2)
    desk.release(NEW, supersedes=OLD, erratum="It is 48.")
    sent(desk, 1, correction=True, to=None, limit=1)
    desk.release("2026-11-26.1", supersedes=NEW, erratum="It is 49.")
    del server.messages[:]
    assert states(sent(desk, 2, correction=True, to=None)) == ["sent"] * 2
    assert server.addresses() == ["r0@example.org", "r1@example.org"]


@pytest.mark.parametrize("option", ["resume", "resend_unknown"])
def test_who_was_taken_out_of_the_list_is_not_written_to_again(
    desk: Desk, server: Server, option: str
) -> None:
    """Not by --resume either, which names him; it does not go on without a list."""
    more: dict[str, Any] = {option: True}
    server.answers["end"] = iter([LATER] * 6 if option == "resume" else [HANG_UP])
    desk.people(2)
    sent(desk, 2)
    with pytest.raises(UsageError, match="say who gets it"):
        sent(desk, 2, **more, to=None)
    desk.readers("r1@example.org,Reader 1,en")
    del server.messages[:]
    outcome = sent(desk, 1, **more)
    assert server.addresses() == ["r1@example.org"]
    state = "deferred" if option == "resume" else "unknown"
    [problem] = outcome.problems
    assert f"'r0@example.org' was {state}, and gets nothing: the list no longer has it" in str(
        problem
    )


@pytest.mark.usefixtures("server")
def test_who_has_asked_to_be_left_alone_gets_no_correction_either(desk: Desk) -> None:
    """The list of the suppressed counts in each way of sending."""
    desk.people(2)
    sent(desk, 2)
    desk.release(NEW, supersedes=OLD, erratum="It is 48.")
    leave = desk.put(desk.root / "leave.csv", "email\nR0@example.org\n")
    outcome = sent(desk, 1, correction=True, to=None, suppress=leave)
    assert [copy.reader.address for copy in outcome.copies] == ["r1@example.org"]
    assert outcome.problems[0].rule == "suppressed"


def test_a_server_without_other_letters_takes_the_other_readers(desk: Desk, server: Server) -> None:
    """The one fails truthfully; where the server knows them, he gets his copy."""
    desk.readers("жанар@example.org,Жанар,en", "b@example.org,Bob,en")
    assert states(sent(desk, 2)) == ["failed", "sent"]
    server.answers["EHLO"] = always(b"250-here\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")
    desk.readers("айгуль@example.org,Айгуль,en")
    assert states(sent(desk, 1)) == ["sent"]
    assert server.addresses() == ["b@example.org", "айгуль@example.org"]


def test_the_report_is_safe_to_open(desk: Desk, server: Server) -> None:
    """What a server answers may look like a formula, and an address, too."""
    server.answers["RCPT"] = iter([NEVER])
    desk.readers("=cmd@example.org,Anna,en", "-b@example.org,Bob,en")
    sent(desk, 2)
    rows = reported(desk)
    assert [row["address"] for row in rows] == ["'=cmd@example.org", "'-b@example.org"]
    assert [row["state"] for row in rows] == ["failed", "sent"]
    assert (desk.releases / f"{OLD}.send-report.csv").stat().st_mode & 0o777 == 0o600


def test_messages_are_written_instead(desk: Desk, server: Server) -> None:
    """As files, into a folder of their own; nothing is sent, and no ledger made."""
    desk.people(2)
    out = desk.root / "messages"
    outcome = mail.send(desk.request(out=out), quiet)
    assert [path.name for path in sorted(out.iterdir())] == [
        f"{copy.reader.row:05}-{copy.message_id[1:9]}.eml" for copy in outcome.copies
    ]
    assert out.stat().st_mode & 0o777 == 0o700
    with pytest.raises(UsageError, match="is not an empty folder"):
        mail.send(desk.request(out=out), quiet)
    assert (server.connections, ledger.entries(desk.releases, OLD)) == (0, {})


def test_a_list_for_a_mail_merge_has_the_right_file_for_each(desk: Desk) -> None:
    """With its digest; what looks like a formula is made harmless."""
    desk.release(languages=("en", "ky"))
    desk.readers("=x@example.org,Жанар,ky", "b@example.org,Bob,en")
    path = desk.root / "merge.csv"
    mail.send(desk.request(csv=path), quiet)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfaddress,name")  # else Excel reads no Cyrillic
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [row["address"] for row in rows] == ["'=x@example.org", "b@example.org"]
    assert [row["name"] for row in rows] == ["Жанар", "Bob"]
    assert [row["file"] for row in rows] == [
        str((desk.releases / OLD / language / "red.pdf").resolve()) for language in ("ky", "en")
    ]
    assert all(len(row["sha256"]) == 64 and row["subject"] for row in rows)
