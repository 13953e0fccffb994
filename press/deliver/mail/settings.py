"""Read the settings of the mail, `mail.yaml`."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from press.content import reader
from press.content.model import Mail
from press.ground import paths
from press.problems import ConfigurationError, ContentRefusedError

FILE = "mail.yaml"
M = TypeVar("M", bound=BaseModel)
SAMPLE = """\
sender: {name: YOUR OFFICE, address: briefs@example.org}
unsubscribe: {mail: unsubscribe@example.org}
server: {host: mail.example.org, port: 587, security: starttls, auth: password, user: briefs@example.org}"""


def mail(content: Path) -> Mail:
    """Return the settings of the mail.

    Raises:
        ConfigurationError: their file is missing.
        ContentRefusedError: they have mistakes.
    """
    if not (content / FILE).exists():
        path = paths.shown(content / FILE)
        raise ConfigurationError(
            f"{path} is missing; write it (docs/sending.md explains all of it):\n{SAMPLE}"
        )
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
