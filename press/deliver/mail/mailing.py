"""What the parts of sending hand to one another, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from press.problems import OK, REFUSED, USAGE, PressError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from press.ground.paths import Folders
    from press.problems import Problem
    from press.release.shelf import File

Purpose = Literal["brief", "correction"]
# '': the ledger does not know the copy
State = Literal["", "queued", "sending", "sent", "deferred", "failed", "unknown"]


class UsageError(PressError):
    """The options do not fit together, or not what there is."""

    status = USAGE


class RefusedError(PressError):
    """A message, an edition or a release is not what may be sent."""

    status = REFUSED


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    audience: str
    folders: Folders
    release: str = ""  # '' for the latest
    to: Path | None = None
    suppress: Path | None = None
    lang: str = ""
    really: bool = False
    readers: int | None = None  # how many the user expects
    out: Path | None = None
    csv: Path | None = None
    limit: int = 0  # 0 for no limit
    resume: bool = False
    resend_unknown: bool = False
    correction: bool = False
    draft: bool = False  # drafts, too

    @property
    def content(self) -> Path:
        """Return the folder of the content."""
        return self.folders.content

    @property
    def releases(self) -> Path:
        """Return the folder of the releases."""
        return self.folders.releases

    @property
    def purpose(self) -> Purpose:
        """Return what the copies are for."""
        return "correction" if self.correction else "brief"


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a copy."""

    row: int  # line in the list
    address: str  # as it is written in the message
    key: str  # the same for all ways to write the address
    name: str = ""
    language: str = ""  # '' where the list names none

    @property
    def utf8(self) -> bool:
        """Say whether only a server with SMTPUTF8 can take the address."""
        return not self.address.isascii()


@dataclass(frozen=True)
class Edition:
    """The brief of one audience in one language, as it was released."""

    language: str
    file: File  # its PDF
    said: Mapping[str, str]  # what its data says: title, label and so on
    link: str = ""  # where it can be read; '' where it is attached


@dataclass(frozen=True)
class Copy:
    """One edition for one reader, and what has become of it."""

    audience: str
    purpose: Purpose
    reader: Reader
    edition: Edition
    message_id: str
    state: State = ""
    answer: str = ""  # the server's, or ours where there is none
    time: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what the ledger knows it by."""
        return self.audience, self.reader.key, self.purpose


@dataclass(frozen=True)
class Answer:
    """What the server said to one message."""

    state: Literal["sent", "deferred", "failed"]
    said: str


@dataclass(frozen=True)
class Stop:
    """Why a run ended before its time."""

    status: int
    message: str


@dataclass(frozen=True)
class Outcome:
    """What came of a request."""

    status: int = OK
    problems: tuple[Problem, ...] = ()
    release: str = ""
    audience: str = ""
    purpose: str = "brief"
    copies: tuple[Copy, ...] = ()  # all that were asked for
    chosen: int = 0  # so many of them this run sends, or would send
    really: bool = False
    message: str = ""  # why the run stopped, or what it did not do
    written: tuple[str, ...] = field(default=())  # files
