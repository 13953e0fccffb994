"""Note the state of files, their sizes, times and digests, and keep it as JSON."""

import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from press.ground.disk import drop_parts, open_file, write_whole
from press.ground.lock import reported

_SCHEMA = 2
_HEAD = b'{"schema": %d, "sha256": "%s", "value": '
_NEVER = -1  # the time of what has to be looked at again in any case
_UNREADABLE = "unreadable"  # in the place of a digest
_EFFECTIVE = os.access in os.supports_effective_ids
_SKIPPED = "__pycache__"
_LIBRARIES = r"lib(?:pango-1\.0|pangoft2-1\.0|harfbuzz|harfbuzz-subset|fontconfig|freetype|fribidi)"
_LIBRARY = re.compile(_LIBRARIES + r"(?:\.so(?:\.[0-9.]+)?|(?:\.[0-9.]+)?\.dylib)")
_CACHE = Path("/etc/ld.so.cache")  # of the dynamic linker: paths between zeros
_CACHED = re.compile(rb"/[^\0]+/" + _LIBRARIES.encode() + rb"\.so[0-9.]*(?=\0)")


class FileState(NamedTuple):
    """A file as it was: in JSON a list of these."""

    size: int  # bytes
    time: int  # of the last change of its content, in ns: `cp -p` and `rsync -t` set it
    digest: str
    changed: int = 0  # when its entry was changed, in ns: no program can set it
    inode: int = 0


def clock(folder: Path) -> int:
    """Return the time, in ns, that a file changed now would carry; *folder* keeps a file for it.

    The clock of the file system is what counts: it ticks slowly, and a server has one of its own.

    Raises:
        OutputError: the folder may not be written.

    """
    path = folder / "clock"
    with reported(path):
        folder.mkdir(parents=True, exist_ok=True)
        path.touch()
        return path.stat().st_mtime_ns


def scan(
    paths: Iterable[Path | str], before: Mapping[str, FileState] | None = None, began: int = 0
) -> dict[str, FileState]:
    """Return what is at *paths*, folders with all that is in them, by path in sorted order.

    A digest in *before* still holds if all else does, the file may be read and its times are older
    than *began*, the `clock` from before that scan: what changed later may have changed once more
    in the same tick. A link is not followed to a folder; its digest is that of its target's name,
    and the content of the file there. What is missing is left out. A file that may not be read
    is seen, but never the same as before: to complain of it is up to its reader.

    Raises:
        OutputError: a folder may not be read, or the disk fails.

    """
    seen = {}
    for path, status in _walk([os.fspath(path) for path in paths]):
        known = before.get(path) if before else None
        if (
            known
            and known == _stamped(status, known.digest)
            and max(known.time, known.changed) < began
            and stat.S_ISREG(status.st_mode)
            and os.access(path, os.R_OK, effective_ids=_EFFECTIVE)
        ):
            seen[path] = known
        elif now := _look(path, status):
            seen[path] = now
    return dict(sorted(seen.items()))


def revived(rows: Mapping[str, list[Any]]) -> dict[str, FileState]:
    """Return the result of a scan as it was before it went through JSON."""
    return {path: FileState(*row) for path, row in rows.items()}


def differing(first: Mapping[str, FileState], second: Mapping[str, FileState]) -> tuple[str, ...]:
    """Return the paths at which only one has a file, or both have different content, whatever their times."""
    every = sorted(first.keys() | second.keys())
    pairs = ((path, first.get(path), second.get(path)) for path in every)
    return tuple(
        path
        for path, one, other in pairs
        if not (one and other and one.digest == other.digest != _UNREADABLE)
    )


def load(path: Path) -> dict[str, Any] | None:
    """Return what was saved; None if it is missing, damaged or of another version of Press."""
    try:
        with open_file(path) as file:
            raw = file.read()
        text = raw[len(_wrapped(b"")) - 2 : -2]
        value = json.loads(text) if raw == _wrapped(text) else None
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def save(path: Path, value: Mapping[str, Any]) -> None:
    """Keep *value*, plain JSON, in *path*, whole or not at all.

    Raises:
        OutputError: the disk is full, or the folder may not be written.

    """
    with reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        drop_parts(path.parent, f"{path.name}.")
    write_whole(path, _wrapped(json.dumps(value, allow_nan=False).encode()))


def libraries() -> tuple[tuple[str, int, int], ...]:
    """Return path, size and time (ns) of the libraries that draw text, sorted, without loading one.

    All that the dynamic linker could find count: which one it takes is up to it.
    """
    found = set()
    for path in {os.path.realpath(path) for path in _candidates()}:
        with suppress(OSError):
            status = os.stat(path)  # noqa: PTH116  # not worth a Path
            found.add((path, status.st_size, status.st_mtime_ns))
    return tuple(sorted(found))


def _wrapped(text: bytes) -> bytes:
    """Return the state's file: JSON that proves itself."""
    return _HEAD % (_SCHEMA, hashlib.sha256(text).hexdigest().encode()) + text + b"}\n"


def _walk(paths: list[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield path and status of all files and links; only *paths* themselves may lead to folders."""
    folders = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112  # ten times faster than a Path
            folders.append(path)
        else:
            with reported(path), suppress(FileNotFoundError, NotADirectoryError):
                yield path, os.lstat(path)
    while folders:
        folder = folders.pop()
        with reported(folder), suppress(FileNotFoundError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != _SKIPPED:
                        folders.append(entry.path)
                else:
                    with suppress(FileNotFoundError):  # it is gone
                        yield entry.path, entry.stat(follow_symlinks=False)


def _look(path: str, status: os.stat_result) -> FileState | None:
    """Return what is at *path*, read anew; None if it is gone."""
    with reported(path):
        try:
            if stat.S_ISLNK(status.st_mode):
                return FileState(status.st_size, _NEVER, _link(path))
            if not stat.S_ISREG(status.st_mode):  # a pipe would keep us waiting
                return FileState(0, _NEVER, "special")
            return _stamped(status, _digest(path))
        except FileNotFoundError:
            return None
        except PermissionError:
            return FileState(status.st_size, _NEVER, _UNREADABLE)


def _stamped(status: os.stat_result, digest: str) -> FileState:
    times = status.st_mtime_ns, digest, status.st_ctime_ns
    return FileState(status.st_size, *times, status.st_ino)


def _link(path: str) -> str:
    """Return the digest of a link: where it leads, and the file there."""
    file = Path(path)
    content = _digest(path) if file.is_file() else ""
    return hashlib.sha256(os.fsencode(file.readlink()) + b"\0" + content.encode()).hexdigest()


def _digest(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _candidates() -> Iterator[str]:
    """Yield the paths at which the dynamic linker may find the libraries."""
    with suppress(OSError):  # musl and macOS have none
        yield from map(os.fsdecode, _CACHED.findall(_CACHE.read_bytes()))
    for folder in {os.path.realpath(folder) for folder in _library_folders()}:
        with suppress(OSError):
            names = os.listdir(folder)  # noqa: PTH208  # ten times faster than Paths
            yield from (f"{folder}/{name}" for name in names if _LIBRARY.fullmatch(name))


def _library_folders() -> Iterator[str]:
    """Yield the folders of the linker's own settings and of the usual installers."""
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"):
        yield from filter(None, os.environ.get(name, "").split(":"))
    yield f"{sys.base_prefix}/lib"  # Conda
    yield from ("/usr/local/lib", "/usr/lib", "/lib", "/usr/local/lib64", "/usr/lib64", "/lib64")
    if sys.platform == "darwin":
        yield from ("/opt/homebrew/lib", "/opt/local/lib")
    elif machine := getattr(sys.implementation, "_multiarch", ""):
        yield from (f"/usr/lib/{machine}", f"/lib/{machine}")
