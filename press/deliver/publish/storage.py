"""Define what publishing asks of a target, and repeat an attempt that the network broke."""

import stat
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, TypeVar

from press.ground import signals
from press.ground.sums import sha256
from press.problems import OutputError, TryAgainError

OnSent = Callable[[int], None]  # takes how many more bytes were sent
ServedAs = tuple[str, str]  # media type, and how long it may be kept; where a target keeps these
FileKind = Literal["file", "folder", "other"]  # other: a link, a device

WAITS = (1.0, 3.0, 9.0, 20.0)  # seconds between attempts
_P = ParamSpec("_P")
_R = TypeVar("_R")


class NetworkError(TryAgainError):
    """The connection failed again and again."""


class TransientError(Exception):
    """One call failed in a way that may pass; the message says how, without addresses or keys."""


@dataclass(frozen=True)
class StoredEntry:
    """What a target lists under a name."""

    kind: FileKind
    size: int
    mark: str  # changes when the file does; '' where nothing says so
    time: float  # of the last change, in seconds by the target's own clock


def _repeated(
    attempt: Callable[Concatenate["Storage", _P], _R],
) -> Callable[Concatenate["Storage", _P], _R]:
    """Return *attempt* with more attempts where the network breaks one."""

    @wraps(attempt)
    def attempts(storage: "Storage", /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        waits = iter(storage.waits)
        while True:
            try:
                return attempt(storage, *args, **kwargs)
            except TransientError as error:
                if (wait := next(waits, None)) is None:
                    number = len(storage.waits) + 1
                    raise NetworkError(f"{error}, {number} times; try again later") from error
                signals.sleep(wait)

    return attempts


class Storage(ABC):
    """An open target. Paths are relative to its root, with '/'.

    A method raises NetworkError when all attempts failed, OutputError or ConfigurationError where another attempt would
    fail as well. Each kind of target says how one attempt is made, which raises TransientError.
    """

    FILE_MODE, FOLDER_MODE = 0o644, 0o755  # the web server reads what it did not write

    def __init__(self, waits: Sequence[float]) -> None:
        self.waits = waits

    def __init_subclass__(cls) -> None:
        for name in Storage.__abstractmethods__:
            setattr(cls, name, _repeated(getattr(cls, name)))

    @abstractmethod
    def entries(self, folder: str) -> dict[str, StoredEntry]:
        """Return the entries of *folder* ('' for the root) by name; none where there is no such folder."""

    @abstractmethod
    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file, None if there is no such file."""

    @abstractmethod
    def write(self, path: str, data: bytes, served: ServedAs, on_sent: OnSent) -> None:
        """Write a file that nobody reads yet.

        Raises:
            FileNotFoundError: its folder does not exist.
        """

    @abstractmethod
    def rename(self, path: str, to: str) -> None:
        """Give the file *path* the name *to* in one step; a file of that name is replaced.

        Raises:
            FileNotFoundError: there is no *path*, perhaps because an attempt succeeded whose answer was lost.
        """

    @abstractmethod
    def _make_folder(self, path: str) -> None: ...

    @abstractmethod
    def remove(self, path: str) -> None:
        """Remove a file if it exists."""

    @abstractmethod
    def remove_folder(self, path: str) -> None:
        """Remove a folder if it exists and is empty."""

    def make_folder(self, path: str) -> None:
        """Make a folder unless it exists.

        Raises:
            OutputError: the folder above it does not exist.
        """
        try:
            self._make_folder(path)
        except FileNotFoundError:
            name = f"'{path}'" if path else "the target's own folder"
            raise OutputError(f"{name} cannot be made: the folder above it is not there") from None

    def close(self) -> None:  # noqa: B027 - most kinds have nothing to close
        """End the connection, if there is one."""

    def digest(self, path: str) -> str:
        """Return the SHA-256 of a file, '' if there is no such file."""
        data = self.read(path)
        return "" if data is None else sha256(data)


def file_kind(mode: int) -> FileKind:
    """Return what the mode of an entry says it is."""
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"
