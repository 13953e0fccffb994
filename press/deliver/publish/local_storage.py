"""A folder of this machine as a target: what a file system with names and renames can do, by fsspec."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fsspec.implementations.local import LocalFileSystem

from press.deliver.publish.storage import Entry, Kind, Place
from press.problems import OutputError, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.deliver.publish.storage import Told

FILE, FOLDER = 0o644, 0o755  # the web server reads what it did not write
PIECE = 1 << 18  # bytes between two reports


class Folder(Place):
    """A folder, also that of a stick; what has returned is on the disk."""

    def __init__(self, root: str, waits: Sequence[float]) -> None:
        super().__init__(waits)
        self._root = root
        self._files = LocalFileSystem(skip_instance_cache=True)
        parent = Path(root).parent
        if not parent.is_dir():
            raise OutputError(
                f"there is no folder {visible(str(parent))} to publish into; is its disk mounted?"
            )
        if os.path.lexists(root) and not Path(root).is_dir():
            raise OutputError(f"{visible(root)} is not a folder")

    def _entries(self, folder: str) -> dict[str, Entry]:
        with self._refused(folder):
            try:
                found = self._files.ls(self._path(folder), detail=True)
            except FileNotFoundError:
                return {}
        return {os.path.basename(one["name"]): _entry(one) for one in found}  # noqa: PTH119 - a name, maybe odd

    def _read(self, path: str) -> bytes:
        full = self._path(path)
        if Path(full).is_fifo():  # it would keep us waiting
            raise OutputError(f"{visible(full)} is no file; take it away")
        with self._refused(path):
            return bytes(self._files.cat_file(full))

    def _write(self, path: str, data: bytes, kind: Kind, told: Told) -> None:  # noqa: ARG002 - a folder keeps no types
        with self._refused(path), self._files.open(self._path(path), "wb") as file:
            for start in range(0, len(data), PIECE):
                told(file.write(data[start : start + PIECE]))
            file.flush()
            with suppress(PermissionError):  # a stick's file system has no modes
                os.fchmod(file.fileno(), FILE)
            os.fsync(file.fileno())

    def _switch(self, path: str, to: str) -> None:
        with self._refused(to):
            Path(self._path(path)).replace(self._path(to))  # fsspec's own move is none in one step
            self._sync(to)

    def _make_folder(self, path: str) -> None:
        with self._refused(path):
            try:
                self._files.mkdir(self._path(path), create_parents=False)
            except FileExistsError:
                return
            with suppress(PermissionError):
                self._files.chmod(self._path(path), FOLDER)
            self._sync(path)

    def _remove(self, path: str) -> None:
        with self._refused(path), suppress(FileNotFoundError):
            self._files.rm_file(self._path(path))
            self._sync(path)

    def _remove_folder(self, path: str) -> None:
        with self._refused(path):
            try:
                self._files.rmdir(self._path(path))
            except FileNotFoundError:
                return
            except OSError as error:
                if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
                    raise

    def close(self) -> None:
        """Do nothing: no file of it is open."""

    def _path(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def _sync(self, path: str) -> None:
        """Have the names in the folder of *path* on the disk."""
        folder = os.open(Path(self._path(path)).parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(OSError):  # not every file system can
                os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def _refused(self, path: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            reason = (
                os.strerror(error.errno).lower() if error.errno else "cannot be read or written"
            )
            raise OutputError(f"{visible(self._path(path))}: {reason}") from error


def _entry(one: dict[str, Any]) -> Entry:
    """Return what fsspec tells of a file; no mark: its bytes are near enough to be read."""
    mode = one["mode"]
    kind = (
        "other"
        if one["islink"]
        else "folder"
        if stat.S_ISDIR(mode)
        else "file"
        if stat.S_ISREG(mode)
        else "other"
    )
    return Entry(kind, one["size"], "", one["mtime"])  # type: ignore[arg-type] # one of the three
