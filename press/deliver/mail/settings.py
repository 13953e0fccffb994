"""Read the settings of the mail, `mail.yaml`."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from press.content import reader
from press.content.model import Mail
from press.content.model.mail import MailServer
from press.ground import paths
from press.problems import ConfigurationError, ContentRefusedError

FILE = "mail.yaml"
M = TypeVar("M", bound=BaseModel)
SAMPLE = """\
sender: {name: YOUR OFFICE, address: briefs@example.org}
unsubscribe: {mail: unsubscribe@example.org}
server: {host: mail.example.org, port: 587, security: starttls, auth: password, user: briefs@example.org}"""


def mail(content: Path) -> Mail | None:
    """Return the settings of the mail, or None where the file is missing.

    Raises:
        ContentRefusedError: they have mistakes.
    """
    return read(Mail, content / FILE) if (content / FILE).exists() else None


def needed(settings: Mail | None, content: Path) -> Mail:
    """Return *settings*.

    Raises:
        ConfigurationError: there are none.
    """
    if settings is None:
        path = paths.shown(content / FILE)
        raise ConfigurationError(
            f"{path} is missing; write it (docs/sending.md explains all of it):\n{SAMPLE}"
        )
    return settings


def server(settings: Mail, content: Path) -> MailServer:
    """Return the server.

    Raises:
        ConfigurationError: the settings name none.
    """
    if settings.server is None:
        raise ConfigurationError(f"{paths.shown(content / FILE)} names no server to send through")
    return settings.server


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
