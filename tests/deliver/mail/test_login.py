"""Logging in: by password or token, over TLS only, and so that nobody else ever sees either."""

from __future__ import annotations

import base64
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from press.cli.delivery_answers import of_mailing
from press.deliver import mail
from press.problems import PressError
from tests.deliver.mail.releases import quiet
from tests.deliver.mail.servers import Server, always, running, trust

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from pathlib import Path

    from tests.deliver.mail.releases import Desk

CANARY = "canary-ключ-%s-7"  # with letters that are not ASCII's


class Kept:
    """What a real server does with messages: it keeps them."""

    def __init__(self) -> None:
        self.messages: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - its names
        """Take a message."""
        self.messages.append((envelope.rcpt_tos, envelope.original_content))
        return "250 kept"


def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:  # noqa: ANN401 - its types
    """Let one user in, by his password."""
    assert isinstance(data, LoginPassword)
    good = (data.login, data.password) == (b"me", CANARY.encode())
    return AuthResult(success=good, handled=False)


@contextmanager
def real(
    context: ssl.SSLContext, mechanisms: list[str], *, at_once: bool
) -> Iterator[tuple[Kept, int]]:
    """Let a real server run that asks for TLS and a login."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    handler = Kept()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=port,
        ssl_context=context if at_once else None,
        tls_context=None if at_once else context,
        require_starttls=not at_once,
        auth_required=True,
        auth_require_tls=not at_once,  # it does not see the outer one
        auth_exclude_mechanism=[one for one in ("PLAIN", "LOGIN") if one not in mechanisms],
        authenticator=known,
    )
    controller.start()
    try:
        yield handler, port
    finally:
        controller.stop()


# it does not see that all of it is inside of TLS
@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_real_server_takes_the_message_after_the_login(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str, mechanism: str
) -> None:
    """In secret from the first word on, or from STARTTLS on."""
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", CANARY)
    proof = trust(tmp_path / "trust", "127.0.0.1")
    with real(proof.context, [mechanism], at_once=security == "tls") as (handler, port):
        desk.settings(port, security=security, ca=str(proof.ca), auth="password", user="me")
        desk.people(2)
        outcome = mail.send(desk.request(really=True, readers=2), quiet)
    assert (outcome.status, outcome.message) == (0, "")
    assert [readers for readers, _ in handler.messages] == [["r0@example.org"], ["r1@example.org"]]
    assert b"Dear Reader 0," in handler.messages[0][1]


def test_a_real_server_refuses_a_wrong_password(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No reader is blamed, and the run does not try again and again."""
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", "wrong")
    proof = trust(tmp_path / "trust", "127.0.0.1")
    with real(proof.context, ["PLAIN"], at_once=False) as (handler, port):
        desk.settings(port, security="starttls", ca=str(proof.ca), auth="password", user="me")
        desk.people(2)
        outcome = mail.send(desk.request(really=True, readers=2), quiet)
    assert (outcome.status, handler.messages) == (78, [])
    assert "refuses the login (535 5.7.8)" in outcome.message
    assert [copy.state for copy in outcome.copies] == ["queued", "queued"]


def offering(ways: str) -> dict[str, Iterator[bytes]]:
    """Return the answers of a server that offers these ways to log in."""
    return {"EHLO": always(f"250-here\r\n250 AUTH {ways}\r\n".encode())}


def test_a_token_is_given_as_large_providers_want_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """XOAUTH2, in one line; a refusal is asked for its end."""
    monkeypatch.setenv("PRESS_MAIL_TOKEN", "ya29.token")
    error = base64.b64encode(b'{"status":"400"}')
    answers = offering("LOGIN PLAIN XOAUTH2") | {
        "AUTH": iter([b"235 welcome\r\n", b"334 " + error + b"\r\n"])
    }
    with running(Server(answers)) as server:
        desk.settings(server.port, auth="xoauth2", user="me@example.org")
        desk.people(1)
        assert mail.send(desk.request(really=True, readers=1), quiet).status == 0
        [line] = [one for one in server.said if one.startswith("AUTH")]
        assert base64.b64decode(line.removeprefix("AUTH XOAUTH2 ")) == (
            b"user=me@example.org\x01auth=Bearer ya29.token\x01\x01"
        )
        desk.people(2)
        refused = mail.send(desk.request(really=True, readers=1), quiet)
    assert (refused.status, server.said[-1]) == (78, "")


def test_a_token_is_asked_for_at_each_login(desk: Desk, tmp_path: Path) -> None:
    """It lives for an hour, and a run may be longer."""
    count = tmp_path / "count"
    command = f'["sh", "-c", "echo . >> {count}; echo token"]'
    with running(Server(offering("XOAUTH2") | {"RSET": iter([b"250 fine\r\n", b""])})) as server:
        desk.settings(server.port, auth="xoauth2", user="me", token=command)
        desk.people(2)
        assert mail.send(desk.request(really=True, readers=2), quiet).status == 0
        assert server.connections == 2
    assert len(count.read_text().split()) == 3  # one more, to see that there is one


def test_a_server_with_no_way_that_we_know_is_named(desk: Desk) -> None:
    """What it offers is told; nothing is said to it."""
    with running(Server(offering("GSSAPI NTLM"))) as server:
        desk.settings(server.port, auth="password", user="me")
        desk.people(1)
        outcome = mail.send(desk.request(really=True, readers=1), quiet)
    assert "takes no PLAIN or LOGIN, but GSSAPI NTLM" in outcome.message
    assert not [line for line in server.said if line.startswith("AUTH")]


@dataclass
class Echo(Server):
    """A server that says again what it has heard, as it came and as it was meant."""

    refuses: str = ""  # the step

    def answer(self, step: str) -> bytes:
        """Return an answer with all that the login said."""
        fine = super().answer(step)
        heard = [line.split()[-1] for line in self.said if line.startswith("AUTH")]
        plain = [base64.b64decode(word + "===") for word in heard]
        words = (
            b" ".join([*map(str.encode, heard), *plain]).replace(b"\0", b" ").replace(b"\x01", b" ")
        )
        if step == self.refuses:
            return b"550 5.7.1 " + words + b"\r\n"
        return fine.removesuffix(b"\r\n") + b" " + words + b"\r\n" if step != "EHLO" else fine


def seen(desk: Desk, capfd: pytest.CaptureFixture[str]) -> bytes:
    """Return all that is in any file or was printed."""
    files = [path.read_bytes() for path in desk.root.rglob("*") if path.is_file()]
    return b"\n".join([*files, *map(str.encode, capfd.readouterr())])


STEPS = ["AUTH", "MAIL", "RCPT", "DATA", "end", "RSET", "none"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("auth", ["password", "xoauth2"])
def test_a_secret_is_nowhere(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    step: str,
    auth: str,
) -> None:
    """In no file, no ledger, no report, no message and no output, though the server repeats it at each step."""
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", CANARY)
    monkeypatch.setenv("PRESS_MAIL_TOKEN", CANARY)
    with running(Echo(offering("PLAIN XOAUTH2"), refuses=step)) as server:
        desk.settings(server.port, auth=auth, user="somebody@example.org")
        desk.people(1)
        outcome = mail.send(desk.request(really=True, readers=1), quiet)
    print((answer := of_mailing(outcome)).text, answer.as_json(), outcome)
    found = seen(desk, capfd)
    assert any(
        CANARY in base64.b64decode(line.split()[-1]).decode()
        for line in server.said
        if "AUTH" in line
    )
    assert b"2026-11-24.1" in found
    for secret in (
        CANARY,
        CANARY[:9],
        *(line.split()[-1] for line in server.said if "AUTH" in line),
    ):
        assert secret.encode() not in found
    assert base64.b64encode(CANARY.encode()) not in found


def test_a_secret_is_in_no_traceback(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in what is raised nor in what that came from."""
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", "canary\nof two lines")
    desk.settings(25, auth="password", user="me")
    desk.people(1)
    with pytest.raises(PressError) as raised:
        mail.send(desk.request(really=True, readers=1), quiet)
    error: BaseException | None = raised.value
    while error:
        assert "canary" not in f"{error!r} {error} {vars(error)}"
        error = error.__cause__ or error.__context__
