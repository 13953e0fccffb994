"""The password or token of the mail account: settings and environment in, a secret that shows itself to nobody out."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NoReturn

from press.ground import signals
from press.problems import ConfigurationError

if TYPE_CHECKING:
    from press.content.model.mail import Server

PASSWORD, TOKEN = "PRESS_MAIL_PASSWORD", "PRESS_MAIL_TOKEN"
SERVICE = "press-mail"  # in the keyring
SECONDS = 120  # for the command; it may have to ask a server


class Secret:
    """A text that only `reveal` shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")

    def reveal(self) -> str:
        """Return the text."""
        return self._text


def secret(server: Server) -> Secret | None:
    """Return what logs in to *server*, or None where nobody has to.

    Raises:
        ConfigurationError: there is none.
    """
    if server.auth == "none":
        return None
    if server.auth == "password":
        text, where = os.environ.get(PASSWORD) or _kept(str(server.user)), PASSWORD
    elif server.token:
        text, where = _told(list(map(str, server.token))), "the token command"
    else:
        text, where = os.environ.get(TOKEN, ""), TOKEN
    if not text:
        raise ConfigurationError(_way_out(server))
    if not text.isprintable():
        raise ConfigurationError(
            f"{where} gives a text with a line break or a control character in it"
        )
    return Secret(text)


def _way_out(server: Server) -> str:
    if server.auth == "xoauth2":
        return f"there is no token; set {TOKEN}, or name a command in server.token"
    return (
        f"there is no password; set {PASSWORD}, or keep it: "
        f".venv/bin/python -m keyring set {SERVICE} {server.user}"
    )


def _kept(user: str) -> str:
    """Return what the system's keyring keeps for *user*, or nothing."""
    import keyring  # noqa: PLC0415 - it looks for the system's services
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(SERVICE, user) or ""
    except KeyringError:
        return ""


def _told(command: list[str]) -> str:
    """Return what *command* prints, which no shell sees; what it complains of is shown to nobody."""
    environment = {name: text for name, text in os.environ.items() if name not in {PASSWORD, TOKEN}}
    try:
        done = signals.run(
            command,
            seconds=SECONDS,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        said, status = str(done.stdout.decode()).rstrip("\r\n"), done.returncode
    except (OSError, ValueError, subprocess.SubprocessError):
        said, status = "", -1
    if status:
        raise ConfigurationError(
            f"the command in server.token ('{command[0]}') gave no token; run it by hand"
        )
    return said
