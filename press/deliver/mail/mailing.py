"""Define what sending works with: the request, readers, editions, copies and the result."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from press.ground.paths import Folders
from press.problems import OK, Problem
from press.release.shelf import File

Purpose = Literal["brief", "correction"]
# '': the ledger does not know the copy
State = Literal["", "queued", "sending", "sent", "deferred", "failed", "unknown"]
ServerAnswer = tuple[Literal["sent", "deferred", "failed"], str]  # to one message, and its words


@dataclass(frozen=True)
class SendRequest:
    """What the user asked for."""

    audience: str
    folders: Folders
    release: str = ""  # '' for the latest
    to: Path | None = None
    suppress: Path | None = None
    ignore: tuple[str, ...] = ()  # columns that may say who has left, and are not obeyed
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
    def purpose(self) -> Purpose:
        """What the copies are for."""
        return "correction" if self.correction else "brief"


@dataclass(frozen=True)
class Reader:
    """A person who gets a copy."""

    row: int  # line in the list
    address: str  # as it is written in the message
    key: str  # the same for all ways to write the address
    name: str = ""
    language: str = ""  # '' where the list names none


@dataclass(frozen=True)
class ReleasedEdition:
    """The brief of one audience in one language, as it was released."""

    language: str
    file: File  # its PDF
    # from its data: title, label and so on; erratum, '' if it corrects nothing
    words: Mapping[str, str]
    link: str = ""  # where it can be read; '' where it is attached
    page: str = ""  # where it can be read in a browser; '' if not known
    title: tuple[
        tuple[str, str], ...
    ] = ()  # its words, each with their language where it is another

    @property
    def file_name(self) -> str:
        """The name under which the PDF is handed out."""
        return self.file.name or self.file.path.rpartition("/")[2]


@dataclass(frozen=True)
class Copy:
    """One edition for one reader, and what has become of it."""

    audience: str
    purpose: Purpose
    reader: Reader
    edition: ReleasedEdition
    message_id: str
    state: State = ""
    answer: str = ""  # the server's, or ours where it gave none
    time: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """The key of its row in the ledger."""
        return self.audience, self.reader.key, self.purpose


@dataclass(frozen=True)
class SendResult:
    """What came of a request."""

    request: SendRequest
    release: str
    copies: tuple[Copy, ...]  # all that were asked for
    chosen: tuple[Copy, ...]  # those that this run sends, or would send
    problems: tuple[Problem, ...]  # with the list of readers
    status: int = OK
    message: str = ""  # why the run stopped early
    written: tuple[str, ...] = ()  # files
    removed: tuple[str, ...] = ()  # ledgers and reports whose time is over
