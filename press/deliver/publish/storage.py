"""Define what publishing asks of a target, and repeat an attempt that the network broke."""

import stat
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, ParamSpec, TypeVar

from press.ground import signals
from press.ground.sums import sha256
from press.problems import OutputError, TryAgainError

OnSent = Callable[[int], None]  # takes how many more bytes were sent
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


@dataclass(frozen=True)
class ServedAs:
    """How a file is to be served, where the target keeps that."""

    type: str = "application/json"
    cache: str = "no-cache"


class Storage(ABC):
    """An open target. Paths are relative to its root, with '/'.

    A method raises NetworkError when all attempts failed, OutputError or ConfigurationError where another attempt would
    fail as well. The method that makes one attempt has the same name after '_', and raises TransientError.
    """

    FILE_MODE, FOLDER_MODE = 0o644, 0o755  # the web server reads what it did not write

    def __init__(self, waits: Sequence[float]) -> None:
        self._waits = waits

    def entries(self, folder: str) -> dict[str, StoredEntry]:
        """Return the entries of *folder* ('' for the root) by name; none where there is no such folder."""
        return self._retry(self._entries, folder)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            FileNotFoundError: there is no such file.
        """
        return self._retry(self._read, path)

    def read_if_there(self, path: str) -> bytes | None:
        """Return the bytes of a file, None if there is no such file."""
        try:
            return self.read(path)
        except FileNotFoundError:
            return None

    def digest(self, path: str) -> str:
        """Return the SHA-256 of a file, '' if there is no such file."""
        data = self.read_if_there(path)
        return "" if data is None else sha256(data)

    def write(self, path: str, data: bytes, served: ServedAs, on_sent: OnSent) -> None:
        """Write a file that nobody reads yet.

        Raises:
            FileNotFoundError: its folder does not exist.
        """
        self._retry(self._write, path, data, served, on_sent)

    def rename(self, path: str, to: str) -> None:
        """Give the file *path* the name *to* in one step; a file of that name is replaced.

        Raises:
            FileNotFoundError: there is no *path*, perhaps because an attempt succeeded whose answer was lost.
        """
        self._retry(self._rename, path, to)

    def make_folder(self, path: str) -> None:
        """Make a folder unless it exists.

        Raises:
            OutputError: the folder above it does not exist.
        """
        try:
            self._retry(self._make_folder, path)
        except FileNotFoundError:
            name = f"'{path}'" if path else "the target's own folder"
            raise OutputError(f"{name} cannot be made: the folder above it is not there") from None

    def remove(self, path: str) -> None:
        """Remove a file if it exists."""
        self._retry(self._remove, path)

    def remove_folder(self, path: str) -> None:
        """Remove a folder if it exists and is empty."""
        self._retry(self._remove_folder, path)

    def close(self) -> None:  # noqa: B027 - most kinds have nothing to close
        """End the connection, if there is one."""

    @abstractmethod
    def _entries(self, folder: str) -> dict[str, StoredEntry]: ...

    @abstractmethod
    def _read(self, path: str) -> bytes: ...

    @abstractmethod
    def _write(self, path: str, data: bytes, served: ServedAs, on_sent: OnSent) -> None: ...

    @abstractmethod
    def _rename(self, path: str, to: str) -> None: ...

    @abstractmethod
    def _make_folder(self, path: str) -> None: ...

    @abstractmethod
    def _remove(self, path: str) -> None: ...

    @abstractmethod
    def _remove_folder(self, path: str) -> None: ...

    def _retry(self, call: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        for wait in self._waits:
            try:
                return call(*args, **kwargs)
            except TransientError:
                signals.sleep(wait)
        try:
            return call(*args, **kwargs)
        except TransientError as error:
            attempts = len(self._waits) + 1
            raise NetworkError(f"{error}, {attempts} times; try again later") from error


def file_kind(mode: int) -> FileKind:
    """Return what the mode of an entry says it is."""
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"
