"""Keep results by key: a digest of all that they depend on."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from press.ground.disk import drop_parts, open_file, remove, write_whole
from press.ground.lock import reported
from press.problems import OutputError, UsageError, visible

LIMIT = "PRESS_STORE_MIB"  # the variable that sets another limit, in MiB
MOST_BYTES = 1024**3
_KEY = re.compile(r"[0-9a-f]{64}")
_DIGEST = 32  # bytes


def key(*parts: bytes | str) -> str:
    """Return the key of a sequence of *parts*; no two sequences share one."""
    digest = hashlib.sha256()
    for part in parts:
        kind = b"s" if isinstance(part, str) else b"b"
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(kind + len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def most_bytes() -> int:
    """Return how many bytes a store may have.

    Raises:
        UsageError: the variable that says it holds no whole number.
    """
    said = os.environ.get(LIMIT, "")
    if not said:
        return MOST_BYTES
    if not re.fullmatch(r"[1-9][0-9]{0,8}", said):
        raise UsageError(f"{LIMIT} is '{visible(said)}'; give a whole number of MiB, such as 1024")
    return int(said) * 1024**2


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
                with open_file(path, os.O_NOFOLLOW) as file:
                    entry = file.read()
            except (FileNotFoundError, NotADirectoryError):
                return None
            except OSError:
                if path.is_file() and not path.is_symlink():
                    raise
                entry = b""  # it is a folder, a link or a pipe, which `put` never makes
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

        It waits for no disk: an entry that a power cut damages counts as none.

        Raises:
            OutputError: the disk is full, or the folder may not be written.

        """
        path = self._path(key)
        with reported(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _proof(key, data) + data, lasting=False)

    def prune(self, keep: frozenset[str], most: int | None = None) -> None:
        """Drop entries that are not in *keep*, least lately used first, down to *most* bytes, or to the limit.

        Leftovers of killed runs go as well.

        Raises:
            OutputError: an entry may not be removed.
            UsageError: as `most_bytes`.

        """
        most = most_bytes() if most is None else most
        with reported(self.folder):
            for folder in self._folders():
                drop_parts(folder)
            entries = self._entries()
            total = sum(size for _, size, _ in entries)
            for _, size, path in sorted(entries):
                if total > most and path.name not in keep:
                    path.unlink(missing_ok=True)
                    total -= size

    def forget(self, since: int) -> None:
        """Drop what was put or used *since* a time, in ns."""
        for used, _, path in self._entries():
            if used >= since:
                path.unlink(missing_ok=True)

    def size(self) -> tuple[int, int]:
        """Return how many entries there are, and how many bytes they have."""
        entries = self._entries()
        return len(entries), sum(size for _, size, _ in entries)

    def _folders(self) -> Iterator[Path]:
        return self.folder.glob("[0-9a-f][0-9a-f]/")

    def _entries(self) -> list[tuple[int, int, Path]]:
        """Return when each entry was last used, in ns, how many bytes it has, and where it is."""
        entries = []
        for folder in self._folders():
            for path in filter(lambda path: _KEY.fullmatch(path.name), folder.iterdir()):
                with suppress(FileNotFoundError):  # another run found it damaged
                    status = path.lstat()
                    entries.append((status.st_mtime_ns, status.st_size, path))
        return entries

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key")
        return self.folder / key[:2] / key


def _proof(key: str, data: bytes) -> bytes:
    """Return what comes before *data* in its file: it proves the data of this key, and of no other."""
    digest = hashlib.sha256(bytes.fromhex(key))
    digest.update(data)
    return digest.digest()
