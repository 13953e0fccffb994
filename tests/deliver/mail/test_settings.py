"""The settings of the mail and its secrets: what is missing or unsafe is refused, and nobody sees a password."""

from __future__ import annotations

import pickle
import re
import sys
from typing import TYPE_CHECKING

import pytest

from press.content import library
from press.deliver import mail
from press.deliver.mail import settings
from press.deliver.mail.settings import Secret, load_secret
from press.problems import ConfigurationError, ContentRefusedError, OutputError
from tests.deliver.mail.releases import quiet
from tests.support.folders import HERE

if TYPE_CHECKING:
    from press.content.model.mail import MailServer
    from tests.deliver.mail.releases import Desk

WRONG = [  # a setting, and what is said of it
    ("sender: {name: X, address: nobody}", "expected a mail address"),
    ("unsubscribe: {mail: a@b.org, web: 'http://b.org/{reader}'}", "expected a web address"),
    ("unsubscribe: {mail: a@b.org, web: 'https://b.org/'}", "'{reader}' in the place"),
    ("server: {host: m.org, port: 25, security: none, auth: none}", "'none' is for a server on"),
    ("server: {host: 10.0.0.1, port: 25, security: none, auth: none}", "'none' is for a server on"),
    ("server: {host: m.org, port: 0, security: tls, auth: none}", "at least 1"),
    ("server: {host: m.org, port: 25, security: ssl, auth: none}", "expected one of"),
    ("server: {host: m.org, port: 25, security: tls, auth: password}", "needs a user"),
    (
        "server: {host: m.org, port: 25, security: tls, auth: password, user: x, token: [a]}",
        "goes with auth 'xoauth2'",
    ),
    ("waits: [60, 60]", "of 'waits', each has to be longer than the one before"),
    ("password: secret", "unknown key 'password'"),
    ("limits: {hour: 0}", "at least 1"),
    ("dkim: {selector: a b, domain: b.org, key: k}", "expected a name"),
]


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_a_setting_that_is_wrong_is_named(desk: Desk, line: str, message: str) -> None:
    """With its place; a run stops there."""
    key = line.partition(":")[0]
    path = desk.content / "mail.yaml"
    lines = [one for one in path.read_text("utf-8").splitlines() if not one.startswith(f"{key}:")]
    path.write_text("\n".join([line, *lines, ""]), encoding="utf-8")
    desk.people(1)
    with pytest.raises(ContentRefusedError, match=r"mail\.yaml:1:") as refused:
        mail.send(desk.request(), quiet)
    assert message in str(refused.value)


def test_settings_that_are_missing_are_told(desk: Desk) -> None:
    """What to write is told with it, and it can be read."""
    (desk.content / "mail.yaml").unlink()
    desk.people(1)
    with pytest.raises(ConfigurationError, match=r"mail\.yaml is missing; write it") as missing:
        mail.send(desk.request(), quiet)
    desk.put(desk.content / "mail.yaml", str(missing.value).partition("\n")[2])
    assert mail.send(desk.request(), quiet).status == 0


@pytest.mark.parametrize("wrong", [None, "sender: {}\n"])
def test_mistakes_of_settings_and_list_are_told_at_once(desk: Desk, wrong: str | None) -> None:
    """Who has mended the one is not told of the other next."""
    (desk.content / "mail.yaml").unlink()
    if wrong:
        desk.put(desk.content / "mail.yaml", wrong)
    desk.put(desk.root / "readers.csv", "email,name\nanna,Anna\n")
    with pytest.raises(ContentRefusedError, match=r"mail\.yaml:1:") as refused:
        mail.send(desk.request(), quiet)
    assert "readers.csv:2:1: error: this is not a mail address" in str(refused.value)
    (desk.root / "readers.csv").unlink()
    with pytest.raises(OutputError, match=r"readers\.csv: no such file") as lost:
        mail.send(desk.request(), quiet)
    assert "mail.yaml" in str(lost.value)


def test_a_list_for_another_program_needs_no_settings(desk: Desk) -> None:
    """Whoever mails by other means has no server to name."""
    (desk.content / "mail.yaml").unlink()
    desk.people(1)
    assert mail.send(desk.request(csv=desk.root / "merge.csv"), quiet).status == 0
    assert b"r0@example.org" in (desk.root / "merge.csv").read_bytes()


def test_settings_without_a_server_send_nothing(desk: Desk) -> None:
    """A dry run and files need none."""
    path = desk.content / "mail.yaml"
    path.write_text(path.read_text("utf-8").partition("server:")[0], encoding="utf-8")
    desk.people(1)
    assert mail.send(desk.request(), quiet).status == 0
    with pytest.raises(ConfigurationError, match="names no server"):
        mail.send(desk.request(really=True, readers=1), quiet)


@pytest.mark.parametrize("text", ["", "nonsense: ["])
def test_a_build_does_not_read_the_settings(desk: Desk, text: str) -> None:
    """Broken or not, they stand beside what it reads."""
    desk.put(desk.content / "mail.yaml", text)
    read = library.load(desk.content, "content")
    assert not [fault for fault in read.faults if "mail" in str(fault.problem)]
    desk.put(desk.content / "mial.yaml", "")
    [fault] = [one for one in library.load(desk.content, "c").faults if "mial" in str(one.problem)]
    assert "did you mean 'mail.yaml'?" in str(fault.problem)


def server(desk: Desk, **more: str) -> MailServer:
    """Return the server of settings that say *more*."""
    desk.settings(25, **more)
    known = settings.mail(desk.content).server
    assert known
    return known


def found(desk: Desk, **more: str) -> str:
    """Return the secret that settings lead to."""
    known = load_secret(server(desk, user="me", **more))
    assert known
    return known.get_secret_value()


def test_a_secret_shows_itself_to_nobody() -> None:
    """In no text, no list and no file."""
    kept = Secret("canary")
    for shown in (repr(kept), str(kept), f"{kept}", str([kept]), str({"a": kept})):
        assert "canary" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(kept)


def test_a_password_comes_from_the_environment(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or, where it has none, from the keyring; where that has none either, the way out is told."""
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", "pässword")
    assert found(desk, auth="password") == "pässword"
    monkeypatch.delenv("PRESS_MAIL_PASSWORD")
    with pytest.raises(ConfigurationError, match="keyring set press-mail me"):
        found(desk, auth="password")


def test_a_token_comes_from_the_environment_or_from_a_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No shell reads the command; it does not see our own secrets."""
    monkeypatch.setenv("PRESS_MAIL_TOKEN", "token")
    assert found(desk, auth="xoauth2") == "token"
    shown = "import os; print('$HOME;', sorted(n for n in os.environ if 'PRESS_MAIL' in n))"
    command = f'["{sys.executable}", "-c", "{shown}"]'
    assert found(desk, auth="xoauth2", token=command) == "$HOME; []"


@pytest.mark.parametrize(
    "command",
    [
        '["/nonexistent"]',
        f'["{sys.executable}", "-c", "import sys; print(\'canary\'); sys.exit(\'canary\')"]',
        f'["{sys.executable}", "-c", "pass"]',
        f'["{sys.executable}", "-c", "print(\'canary\\\\n\\\\ncanary\')"]',
    ],
)
def test_a_command_that_gives_no_token_is_told(desk: Desk, command: str) -> None:
    """It is missing, fails, says nothing, or too much; what it said is not repeated."""
    with pytest.raises(ConfigurationError, match="token") as refused:
        found(desk, auth="xoauth2", token=command)
    assert "canary" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_the_settings_that_the_docs_show_can_be_read(desk: Desk) -> None:
    """Each example of docs/sending.md, as it stands there."""
    text = (HERE.root / "docs" / "sending.md").read_text("utf-8")
    whole, token = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    top = re.sub(r"server:\n(  .*\n)+", "", whole)
    for one in (whole, f"{top}{token}"):
        desk.put(desk.content / "mail.yaml", one)
        known = settings.mail(desk.content).server
        assert known
        assert known.user == "briefs@example.org"
