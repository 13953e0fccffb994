"""Write, sync and remove files so that a reader sees the old bytes or the new, whatever is killed."""

import errno
import os
import stat
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from press.ground.lock import drop, reported, take

_PART = ".part"
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP})  # a folder of some network file systems


def write_whole(path: Path, data: bytes, mode: int = 0o644, *, lasting: bool = True) -> None:
    """Write *data* to *path* by way of a file beside it, which has this *mode*.

    It outlasts a power cut if it is *lasting*; else the file may then be empty, or have only part of *data*.

    Raises:
        OutputError: the disk is full, or the folder may not be written.

    """
    with reported(path):
        part, file = _part(path, mode)
        try:
            write_all(file, data)
            if lasting:
                os.fsync(file)
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        finally:
            drop(file)


def mode_of(path: Path) -> int:
    """Return the mode of a file, or that of a new one where it is not there."""
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644


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


def open_file(path: Path, flags: int = 0) -> BufferedReader:
    """Open a file to read it, with *flags* such as O_NOFOLLOW; never a pipe, which may keep a reader waiting for ever.

    Raises:
        OSError: it cannot be opened, or is no regular file.
    """
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError("not a regular file")
    return file


def drop_parts(folder: Path, of: str = "") -> None:
    """Remove the files that `write_whole` left in *folder* when killed, those of names in *of*."""
    for path in folder.iterdir():
        if path.name.startswith(of) and path.name.endswith(_PART):
            with suppress(FileNotFoundError):
                file = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
                try:
                    if take(file):  # else its writer lives
                        path.unlink()
                finally:
                    drop(file)


def _part(path: Path, mode: int) -> tuple[Path, int]:
    """Return a new file beside *path*, locked so that no other run takes it for a leftover."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    while True:
        part = path.with_name(f"{path.name}.{os.urandom(6).hex()}{_PART}")
        file = os.open(part, flags, mode)
        if take(file) and os.fstat(file).st_nlink:
            return part, file
        drop(file)  # taken for a leftover before it was locked
