"""Publish into a folder of this machine, also on a stick."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from press.deliver.publish.storage import OnSent, ServedAs, Storage, StoredEntry, file_kind
from press.ground.disk import sync
from press.ground.lock import reported
from press.problems import OutputError, visible

CHUNK = 1 << 18  # bytes between two reports of progress


class LocalStorage(Storage):
    """A folder; what a method wrote is on the disk when it returns."""

    def __init__(self, root: str, waits: Sequence[float]) -> None:
        super().__init__(waits)
        self._root = Path(root)
        parent = self._root.parent
        if not parent.is_dir():
            raise OutputError(
                f"there is no folder {visible(str(parent))} to publish into; is its disk mounted?"
            )
        if os.path.lexists(root) and not self._root.is_dir():
            raise OutputError(f"{visible(root)} is not a folder")

    def entries(self, folder: str) -> dict[str, StoredEntry]:
        entries: dict[str, StoredEntry] = {}
        with self._opened(folder) as path, suppress(FileNotFoundError):
            for file in path.iterdir():
                status = file.lstat()
                kind = file_kind(status.st_mode)
                # without a mark, since reading the bytes is cheap
                entries[file.name] = StoredEntry(kind, status.st_size, "", status.st_mtime)
        return entries

    def read(self, path: str) -> bytes | None:
        with self._opened(path) as full, suppress(FileNotFoundError):
            if full.is_fifo():  # reading it would never end
                raise OutputError(f"{visible(str(full))} is not a file; remove it")
            return full.read_bytes()
        return None

    def write(self, path: str, data: bytes, served: ServedAs, on_sent: OnSent) -> None:  # noqa: ARG002 - a folder keeps no types
        with self._opened(path) as full, full.open("wb") as file:
            for start in range(0, len(data), CHUNK):
                on_sent(file.write(data[start : start + CHUNK]))
            file.flush()
            with suppress(PermissionError):  # a stick's file system has no modes
                os.fchmod(file.fileno(), self.FILE_MODE)
            os.fsync(file.fileno())

    def rename(self, path: str, to: str) -> None:
        with self._opened(to) as full:
            (self._root / path).replace(full)
            sync(full.parent)

    def _make_folder(self, path: str) -> None:
        with self._opened(path) as full, suppress(FileExistsError):
            full.mkdir()
            with suppress(PermissionError):
                full.chmod(self.FOLDER_MODE)
            sync(full.parent)

    def remove(self, path: str) -> None:
        with self._opened(path) as full, suppress(FileNotFoundError):
            full.unlink()
            sync(full.parent)

    def remove_folder(self, path: str) -> None:
        with self._opened(path) as full, suppress(FileNotFoundError):
            if not any(full.iterdir()):
                full.rmdir()

    @contextmanager
    def _opened(self, path: str) -> Iterator[Path]:
        """Yield where *path* is, and report what the system refuses; a missing file is the caller's business."""
        full = self._root / path
        try:
            yield full
        except FileNotFoundError:
            raise
        except OSError:
            with reported(visible(str(full))):
                raise
