"""Replace an output folder as a whole, in one call.

This file has both what is made beside the target and what clears it away after a kill: the names on the disk are the
contract between the two.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from press.ground import signals
from press.ground.disk import drop_parts, mode_of, open_file, remove, sync, write_all, write_whole
from press.ground.lock import drop, reported, take
from press.ground.sums import SIGNATURES, SUMS
from press.problems import BusyError, OutputError

MANIFEST = "manifest.json"  # by it a folder is known as an output of Press
_NAME = re.compile(r"[a-z0-9._-]+(?:/[a-z0-9._-]+)*")
_OTHER_NAMES = frozenset({SUMS, *SIGNATURES})
_NOT_HERE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
# EPERM: a container's filter that does not know the call, or a link to another user's file
_NO_EXCHANGE = _NOT_HERE | {errno.EPERM}
_NO_LINKS = _NOT_HERE | {errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV}
_FIXED = frozenset({errno.EBUSY, errno.EXDEV})  # a mount point, a layer of a container's image
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_HERE = -100  # AT_FDCWD of Linux
_EFFECTIVE = os.access in os.supports_effective_ids
_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS


@contextmanager
def stage(target: Path, mark: str = MANIFEST) -> Iterator["Staging"]:
    """Stage a new tree for *target*, which stays as it is unless `commit` is called; it is known by its file *mark*.

    The tree lies beside the target, with the process id in its name; it goes if the `with` is
    left without commit, or with the next run's `sweep`. Call with the project's lock held.

    Raises:
        BusyError: a run of another project writes there.
        OutputError: the target is not ours to replace, or cannot be replaced or written.

    """
    target = _resolved(target)
    sweep(target)
    try:
        with ExitStack() as closing:
            if (old := _open_old(target, mark)) is not None:
                closing.callback(drop, old)
            closing.callback(drop, _open_new(target))
            yield Staging(target, old)
    finally:
        with suppress(BusyError, OutputError):  # what cannot be removed now, the next run sweeps
            sweep(target)


class Staging:
    """A tree that is to take the place of *target*, whose open folder is *old*."""

    def __init__(self, target: Path, old: int | None) -> None:
        self.target = target
        self.folder = _beside(target, "next", os.getpid())
        self._old = old
        self._fresh = {self.folder}  # files and folders that may not be on the disk yet

    def write(self, name: str, data: bytes) -> None:
        """Put *data* into the tree as *name*, which has only a-z, 0-9, dots, `_` and `-`.

        Raises:
            OutputError: the disk is full, or the tree has the name already.
            ValueError: no output may have this name.

        """
        signals.check()
        path = self._place(name)
        with reported(path):
            # O_EXCL: a file that was kept is the old tree's as well, and must not change
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            try:
                write_all(file, data)
            finally:
                os.close(file)
        self._fresh.add(path)

    def keep(self, name: str) -> None:
        """Put the old tree's file *name* into the new one, by a hard link where there are links.

        Raises:
            OutputError: the old tree has no such file.
            ValueError: no output may have this name.

        """
        path = self._place(name)
        with reported(self.target / name):
            if self._old is None:
                raise FileNotFoundError(errno.ENOENT, name)
            status = os.stat(name, dir_fd=self._old, follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode):
                raise FileNotFoundError(errno.ENOENT, name)
            try:
                os.link(name, path, src_dir_fd=self._old, follow_symlinks=False)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                old = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=self._old)
                with os.fdopen(old, "rb") as file:
                    self.write(name, file.read())

    def copy(self) -> None:
        """Put all of the old tree into the new one, by hard links where there are links.

        Raises:
            OutputError: part of it cannot be read, or the disk is full.

        """
        import shutil  # noqa: PLC0415  # slow to import, and a no-change build needs none

        def link(old: str, new: str) -> None:
            try:
                os.link(old, new, follow_symlinks=False)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                shutil.copy2(old, new, follow_symlinks=False)

        with reported(self.folder):
            shutil.copytree(
                self.target, self.folder, symlinks=True, copy_function=link, dirs_exist_ok=True
            )

    def rewrite(self, path: Path, data: bytes) -> None:
        """Put *data* in the place of what a file of the new tree has, or make it; the mode stays."""
        place = self.folder / path
        with reported(place):
            place.parent.mkdir(exist_ok=True)
            write_whole(place, data, mode_of(place))
        self._fresh |= {place, place.parent}

    def commit(self) -> None:
        """Make this tree the target, on the disk, and remove the old one.

        Raises:
            OutputError: the target is as it was, unless the message says otherwise.

        """
        for path in sorted(self._fresh):
            sync(path)
        signals.check()
        with signals.held():
            self._commit()

    def fill(self) -> None:
        """Put what is in this tree into the target, a folder that is empty and stays, as a user may stand in it.

        Raises:
            OutputError: nothing was put there.

        """
        signals.check()
        with signals.held(), ExitStack() as undoing, reported(self.target):
            for path in sorted(self.folder.iterdir()):
                place = self.target / path.name
                path.rename(place)
                undoing.callback(place.rename, path)
            sync(self.target)
            undoing.pop_all()

    def _commit(self) -> None:
        with reported(self.target):
            try:
                if self._old is None:
                    self.folder.rename(self.target)
                elif not _exchange(self.folder, self.target):
                    self._replace_in_two()
            except OSError as error:
                if error.errno in _FIXED:
                    raise OutputError(_fixed(self.target)) from error
                raise
        try:
            with reported(self.target):  # the replacement is on the disk before the old tree goes
                sync(self.target.parent)
                _journal(self.target).unlink(missing_ok=True)
            for kind in ("next", "old"):  # by now both names are the old tree's
                remove(_beside(self.target, kind, os.getpid()))
        except OutputError as error:
            raise OutputError(f"{error} (the new outputs are in place)") from error

    def _place(self, name: str) -> Path:
        """Return the path for *name*, in a folder that exists."""
        *folders, last = name.split("/")
        if not (_NAME.fullmatch(name) or name in _OTHER_NAMES) or {".", ".."} & {*folders, last}:
            raise ValueError(f"{name!r} cannot be the name of an output")
        path = self.folder
        with reported(self.folder / name):
            for folder in folders:
                path /= folder
                path.mkdir(0o755, exist_ok=True)
                self._fresh.add(path)
        return path / last

    def _replace_in_two(self) -> None:
        """Replace the target where no one call can; `_recover` knows from the journal."""
        journal, old = _journal(self.target), _beside(self.target, "old", os.getpid())
        write_whole(journal, str(os.getpid()).encode())
        sync(journal.parent)
        self.target.rename(old)
        try:
            self.folder.rename(self.target)
        except OSError:
            old.rename(self.target)
            raise


def sweep(target: Path) -> None:
    """Finish or undo what a killed run left beside *target*. Call with the project's lock held.

    Raises:
        BusyError: a run of another project is replacing the target.
        OutputError: something of it cannot be removed.

    """
    target = _resolved(target)
    _recover(target)
    ours = re.compile(rf"\.{re.escape(target.name)}\.(?:next|old)-[0-9]+")
    with reported(target.parent):
        try:
            names = sorted(os.listdir(target.parent))  # noqa: PTH208  # may be a large folder
        except (FileNotFoundError, NotADirectoryError):
            return
        drop_parts(target.parent, f"{_journal(target).name}.")
    for path in map(target.with_name, filter(ours.fullmatch, names)):
        if not _lives(path):
            remove(path)


def _recover(target: Path) -> None:
    """Complete the replacement that a journal beside *target* tells of, or undo it."""
    journal = _journal(target)
    with reported(journal):
        try:
            with open_file(journal) as file:
                run = file.read().decode(errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return
        if not re.fullmatch("[0-9]+", run):
            raise OutputError(f"{journal}: not a journal of Press; remove it")
        trees = [_beside(target, kind, run) for kind in ("next", "old")]
        if any(map(_lives, trees)):
            raise BusyError(_busy(target))
        if not os.path.lexists(target):
            _restore(target, trees)
        sync(target.parent)
        journal.unlink()


def _restore(target: Path, trees: list[Path]) -> None:
    """Put the new tree in the target's place, or else the old one: both are whole."""
    refusal = None
    for tree in filter(os.path.lexists, trees):
        try:
            tree.rename(target)
        except OSError as error:
            refusal = error
        else:
            return
    if refusal:
        raise refusal


def _open_old(target: Path, mark: str) -> int | None:
    """Return the target's folder, locked, None if there is none; refuse what is not ours."""
    with reported(target):
        if not os.path.lexists(target):
            return None
        if not target.is_dir():
            raise OutputError(f"{target}: not a folder; choose another --out")
        if target.is_mount():
            raise OutputError(_fixed(target))
        if (names := os.listdir(target)) and mark not in names:  # noqa: PTH208  # names
            raise OutputError(
                f"{target} is not an output folder of Press; choose another --out or empty it"
            )
        _check_removable(target)
        return _locked(target, target)


def _open_new(target: Path) -> int:
    """Return a new folder beside the target, locked."""
    folder = _beside(target, "next", os.getpid())
    with reported(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            folder.mkdir(0o755)
        except FileExistsError:  # it was not swept: its writer lives
            raise BusyError(_busy(target)) from None
        return _locked(folder, target)


def _locked(folder: Path, target: Path) -> int:
    """Return *folder*, open and locked."""
    file = os.open(folder, _FOLDER)
    if not _take(file):
        drop(file)
        raise BusyError(_busy(target))
    return file


def _take(folder: int) -> bool:
    """Lock an open folder and return whether it is ours."""
    try:
        return take(folder)
    except OSError:  # some network file systems lock no folders; the project's lock must do
        return True


def _lives(folder: Path) -> bool:
    """Return whether the run that made *folder* is still at it."""
    try:
        file = os.open(folder, _FOLDER)
    except OSError:  # it is gone, or no folder
        return False
    try:
        return not _take(file)
    finally:
        drop(file)


def _check_removable(target: Path) -> None:
    """Refuse a tree that could not be removed when it has been replaced."""

    def refuse(error: OSError) -> None:
        raise OutputError(f"{error.filename}: permission denied; the folder cannot be replaced")

    for folder, _, _ in os.walk(target, onerror=refuse):
        if not os.access(folder, os.W_OK | os.X_OK, effective_ids=_EFFECTIVE):
            refuse(PermissionError(errno.EACCES, "", folder))


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one system call; return False where there is none."""
    import ctypes  # noqa: PLC0415  # slow to import, and a no-change build needs none

    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(first), os.fsencode(second)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(*names, _SWAP)
        else:
            failed = libc.renameat2(_HERE, names[0], _HERE, names[1], _SWAP)
    except AttributeError:  # a C library without it
        return False
    if failed and ctypes.get_errno() not in _NO_EXCHANGE:
        raise OSError(ctypes.get_errno(), "exchange")
    return not failed


def _resolved(target: Path) -> Path:
    """Return where *target* leads, if it is a link."""
    path = Path(os.path.realpath(target))
    if not path.name:
        raise OutputError(_fixed(path))
    return path


def _beside(target: Path, kind: str, run: int | str) -> Path:
    return target.with_name(f".{target.name}.{kind}-{run}")


def _journal(target: Path) -> Path:
    return target.with_name(f".{target.name}.journal")


def _busy(target: Path) -> str:
    return f"another run is writing {target}; wait for it or stop it"


def _fixed(target: Path) -> str:
    return (
        f"{target}: a mount point or part of a container's image cannot be replaced in one step; "
        "choose a folder in it as --out, or work on a copy"
    )
