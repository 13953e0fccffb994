"""Let one run at a time work on a project."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from press.ground.paths import shown
from press.problems import BusyError, OutputError

_taken: set[int] = set()  # descriptors that lock something


@contextmanager
def hold(work: Path, task: str = "build") -> Iterator[None]:
    """Hold the lock of a project, the file `lock` in its folder *work*, which is never deleted.

    The lock ends with this process, however it dies; no child process inherits it.

    Raises:
        BusyError: another run holds it.
        OutputError: the lock's file cannot be written.

    """
    path = work / "lock"
    with reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = _locked(path)
    try:
        with reported(path):
            os.ftruncate(lock, 0)
            os.pwrite(lock, f"process {os.getpid()}, {task}".encode(), 0)
        yield
    finally:
        if lock in _taken:  # not in a forked child, whose parent still works
            with suppress(OSError):
                os.ftruncate(lock, 0)
        drop(lock)


def take(file: int) -> bool:
    """Lock an open file or folder and return whether it is ours; `drop` is due in either case.

    Raises:
        OSError: the file system has no locks.

    """
    _taken.add(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def drop(file: int) -> None:
    """Close what was taken, which ends the lock; in a forked child there is nothing to close."""
    if file in _taken:
        with suppress(OSError):  # at once, though a fork may not have closed its copy yet
            fcntl.flock(file, fcntl.LOCK_UN)
        _taken.discard(file)
        os.close(file)


@contextmanager
def reported(path: Path | str) -> Iterator[None]:
    """Turn what the system refuses in the `with` into an OutputError about *path*, as the user would type it."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        name = path if isinstance(path, str) else shown(path)
        raise OutputError(f"{name}: {reason}") from error


def _locked(path: Path) -> int:
    """Return *path* open and locked."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        lock = os.open(path, flags, 0o644)
        try:
            _claim(lock)
            with suppress(FileNotFoundError):
                if os.path.samestat(path.lstat(), os.fstat(lock)):
                    return lock
        except BaseException:
            drop(lock)
            raise
        drop(lock)  # the file was deleted in between: no other run would see this lock


def _claim(lock: int) -> None:
    """Take the lock, or name its holder, who may not have written yet."""
    if not take(lock):
        holder = os.pread(lock, 200, 0).decode(errors="replace")
        who = f"another run ({holder})" if holder else "another run"
        raise BusyError(f"{who} is working here; wait for it or stop it")


def _forget() -> None:
    """Close in a forked child what its parent has locked: the lock shall end with the parent."""
    for file in _taken:
        os.close(file)
    _taken.clear()


os.register_at_fork(after_in_child=_forget)
