"""What a publish asks of a target: names in, entries and bytes out; what fails in passing is tried again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar

from press.deliver.publish.errors import NetworkError, TransientError
from press.ground import signals
from press.problems import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Told = Callable[[int], None]  # how many more bytes have been sent

WAITS = (1.0, 3.0, 9.0, 20.0)  # seconds between attempts
_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True)
class Entry:
    """What lies under a name."""

    kind: Literal["file", "folder", "other"]  # other: a link, a device
    size: int
    mark: str  # changes when the file does; '' where nothing says so
    time: float  # of the last change, in seconds by the target's own clock


@dataclass(frozen=True)
class Kind:
    """How a file is to be served, where the target keeps that."""

    type: str = "application/json"
    cache: str = "no-cache"


class Place(ABC):
    """An open target. Paths are relative to its root, with '/'.

    A method of it raises NetworkError when all attempts failed, OutputError or ConfigurationError where another would
    fail as well. What makes one attempt has the same name with '_' before it, and raises TransientError.
    """

    def __init__(self, waits: Sequence[float]) -> None:
        self._waits = waits

    def entries(self, folder: str) -> dict[str, Entry]:
        """Return what lies in *folder* ('' for the root), nothing where there is none."""
        return self._again(self._entries, folder)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            FileNotFoundError: there is none.
        """
        return self._again(self._read, path)

    def write(self, path: str, data: bytes, kind: Kind, told: Told) -> None:
        """Write a file that nobody reads yet.

        Raises:
            FileNotFoundError: its folder is not there.
        """
        self._again(self._write, path, data, kind, told)

    def switch(self, path: str, to: str) -> None:
        """Let the file *path* take the name *to*, in one step, whatever has that name.

        Raises:
            FileNotFoundError: there is no *path*, perhaps since an attempt went through whose answer was lost.
        """
        self._again(self._switch, path, to)

    def make_folder(self, path: str) -> None:
        """Make a folder, where there is none.

        Raises:
            OutputError: that above it is not there.
        """
        try:
            self._again(self._make_folder, path)
        except FileNotFoundError:
            name = f"'{path}'" if path else "the target's own folder"
            raise OutputError(
                f"{name} cannot be made, since the folder above it is not there"
            ) from None

    def remove(self, path: str) -> None:
        """Remove a file, where there is one."""
        self._again(self._remove, path)

    def remove_folder(self, path: str) -> None:
        """Remove a folder, where there is an empty one."""
        self._again(self._remove_folder, path)

    @abstractmethod
    def close(self) -> None:
        """Let go of the target."""

    @abstractmethod
    def _entries(self, folder: str) -> dict[str, Entry]: ...

    @abstractmethod
    def _read(self, path: str) -> bytes: ...

    @abstractmethod
    def _write(self, path: str, data: bytes, kind: Kind, told: Told) -> None: ...

    @abstractmethod
    def _switch(self, path: str, to: str) -> None: ...

    @abstractmethod
    def _make_folder(self, path: str) -> None: ...

    @abstractmethod
    def _remove(self, path: str) -> None: ...

    @abstractmethod
    def _remove_folder(self, path: str) -> None: ...

    def _again(self, call: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        for wait in self._waits:
            try:
                return call(*args, **kwargs)
            except TransientError:
                signals.sleep(wait)
        try:
            return call(*args, **kwargs)
        except TransientError as error:
            tried = len(self._waits) + 1
            raise NetworkError(f"{error}, {tried} times; try again later") from error
