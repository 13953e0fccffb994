"""Results by key: bytes in, the same bytes out, or nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from press.ground.lock import drop, reported, take
from press.problems import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 512 * 1024**2
_KEY = re.compile(r"[0-9a-f]{64}")
_DIGEST = 32  # bytes
_PART = ".part"
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP})  # a folder of some network file systems


def key(*parts: bytes | str) -> str:
    """Return the key of a sequence of *parts*; no two sequences share one."""
    digest = hashlib.sha256()
    for part in parts:
        kind = b"s" if isinstance(part, str) else b"b"
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(kind + len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class Store:
    """Results under *folder*, each in a file that proves itself: digest of key and data, data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what was put under *key*; a damaged entry is removed and counts as none.

        Raises:
            OutputError: the entry is there and may not be read.

        """
        path = self._path(key)
        with reported(path):
            try:
                entry = path.read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None
            except IsADirectoryError:
                entry = b""
        data = entry[_DIGEST:]
        if entry[:_DIGEST] != _proof(key, data):
            with suppress(OutputError):  # it counts as none anyway
                remove(path)
            return None
        with suppress(OSError):  # only the order of pruning hangs on it
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep *data* under *key*, whole or not at all; others may put the same at the same time.

        Raises:
            OutputError: the disk is full, or the folder may not be written.

        """
        path = self._path(key)
        with reported(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _proof(key, data) + data)

    def prune(self, keep: frozenset[str], most_bytes: int = MOST_BYTES) -> None:
        """Drop entries that are not in *keep*, least lately used first, down to *most_bytes*.

        Leftovers of killed runs go as well.

        Raises:
            OutputError: an entry may not be removed.

        """
        with reported(self.folder):
            for folder in self._folders():
                drop_parts(folder)
            entries = sorted(self._entries())
            total = sum(size for _, _, size in entries)
            for _, path, size in entries:
                if total > most_bytes and path.name not in keep:
                    path.unlink(missing_ok=True)
                    total -= size

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key")
        return self.folder / key[:2] / key

    def _folders(self) -> list[Path]:
        return [path for path in self.folder.glob("[0-9a-f][0-9a-f]") if path.is_dir()]

    def _entries(self) -> Iterator[tuple[int, Path, int]]:
        """Yield time of last use (ns), path and size of each entry."""
        for folder in self._folders():
            for path in folder.iterdir():
                if _KEY.fullmatch(path.name):
                    with suppress(FileNotFoundError):  # somebody else found it damaged
                        status = path.lstat()
                        yield status.st_mtime_ns, path, status.st_size


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path* by way of a file beside it: a reader sees the old bytes or the new.

    Raises:
        OutputError: the disk is full, or the folder may not be written.

    """
    with reported(path):
        part, file = _part(path)
        try:
            write_all(file, data)
            os.fsync(file)
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        finally:
            drop(file)


def write_all(file: int, data: bytes) -> None:
    """Write *data* to an open *file*; the system may take it in pieces."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all that is in it, if it is there.

    Raises:
        OutputError: part of it may not be removed.

    """
    with reported(path), suppress(FileNotFoundError):
        if path.is_dir() and not path.is_symlink():
            import shutil  # noqa: PLC0415  # slow to import, and a no-change build needs none

            shutil.rmtree(path)
        else:
            path.unlink()


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk.

    Raises:
        OutputError: the disk is full or failing.

    """
    with reported(path):
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fsync(file)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise
        finally:
            os.close(file)


def drop_parts(folder: Path, of: str = "") -> None:
    """Remove the files that `write_whole` left in *folder* when killed, those of names in *of*."""
    for path in folder.iterdir():
        if path.name.startswith(of) and path.name.endswith(_PART):
            _drop_part(path)


def _part(path: Path) -> tuple[Path, int]:
    """Return a new file beside *path*, locked so that nobody takes it for a leftover."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    while True:
        part = path.with_name(f"{path.name}.{os.urandom(6).hex()}{_PART}")
        file = os.open(part, flags, 0o644)
        if take(file) and os.fstat(file).st_nlink:
            return part, file
        drop(file)  # taken for a leftover before it was locked


def _drop_part(path: Path) -> None:
    """Remove *path* unless its writer lives."""
    with suppress(FileNotFoundError):
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            if take(file):
                path.unlink()
        finally:
            drop(file)


def _proof(key: str, data: bytes) -> bytes:
    """Return what stands before *data*: an entry under another's name proves nothing."""
    digest = hashlib.sha256(bytes.fromhex(key))
    digest.update(data)
    return digest.digest()
