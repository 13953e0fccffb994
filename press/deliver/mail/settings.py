"""Read the settings of the mail, `mail.yaml`, and the password or token of its account."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TypeVar

from pydantic import BaseModel, SecretStr

from press.content import reader
from press.content.model import Mail
from press.content.model.mail import MailServer
from press.ground import paths, signals
from press.problems import ConfigurationError, ContentRefusedError

FILE = "mail.yaml"
M = TypeVar("M", bound=BaseModel)
SAMPLE = """\
sender: {name: YOUR OFFICE, address: briefs@example.org}
unsubscribe: {mail: unsubscribe@example.org}
server: {host: mail.example.org, port: 587, security: starttls, auth: password, user: briefs@example.org}"""
UNWRITTEN = "write it (docs/sending.md explains all of it)"
PASSWORD, TOKEN = "PRESS_MAIL_PASSWORD", "PRESS_MAIL_TOKEN"
SERVICE = "press-mail"  # in the keyring
SECONDS = 120  # for the command; it may have to ask a server
MISSING = {
    "password": f"there is no password; set {PASSWORD}, or keep it: "
    f".venv/bin/python -m keyring set {SERVICE} {{user}}",
    "xoauth2": f"there is no token; set {TOKEN}, or name a command in server.token of mail.yaml",
}


def mail(content: Path) -> Mail:
    """Return the settings of the mail.

    Raises:
        ConfigurationError: their file is missing.
        ContentRefusedError: they have mistakes.
    """
    if not (content / FILE).exists():
        path = paths.shown(content / FILE)
        raise ConfigurationError(f"{path} is missing; {UNWRITTEN}:\n{SAMPLE}")
    return read(Mail, content / FILE)


def read(model: type[M], path: Path) -> M:
    """Return what the file at *path* holds.

    Raises:
        ContentRefusedError: it has mistakes.
    """
    tree, problems = reader.read(path, paths.shown(path))
    if tree is not None:
        value, problems = reader.validate(model, tree)
        if value is not None:
            return value
    raise ContentRefusedError(problems)


class Secret(SecretStr):
    """A text that only `get_secret_value` shows, and that is not written down."""

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")


def load_secret(server: MailServer) -> Secret | None:
    """Return the password or token for *server*, None if it needs no login.

    Raises:
        ConfigurationError: there is no password or token, or it cannot be one.
    """
    if server.auth == "none":
        return None
    if server.auth == "password":
        text, where = os.environ.get(PASSWORD) or _from_keyring(str(server.user)), PASSWORD
    elif server.token:
        text, where = _from_command(list(map(str, server.token))), "the token command"
    else:
        text, where = os.environ.get(TOKEN, ""), TOKEN
    if not text:
        raise ConfigurationError(MISSING[server.auth].format(user=server.user))
    if not text.isprintable():
        raise ConfigurationError(f"{where} gives a text with a line break or control character")
    return Secret(text)


def _from_keyring(user: str) -> str:
    """Return the password of *user* in the system's keyring, '' if there is none."""
    import keyring  # noqa: PLC0415 - it looks for the system's services
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(SERVICE, user) or ""
    except KeyringError:
        return ""


def _from_command(command: list[str]) -> str:
    """Return what *command* prints; it runs without a shell, and its errors are not shown."""
    environment = {name: text for name, text in os.environ.items() if name not in {PASSWORD, TOKEN}}
    with suppress(OSError, ValueError, subprocess.SubprocessError):
        ends = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        done = signals.run(command, seconds=SECONDS, env=environment, **ends)
        token = str(done.stdout.decode()).rstrip("\r\n")
        if not done.returncode:
            return token
    raise ConfigurationError(
        f"the command in server.token of mail.yaml ('{command[0]}') gave no token; run it by hand"
    )
