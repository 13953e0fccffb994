"""Refuse folders that no task may fill: those of the system, the user's home, the root of a git work tree."""

import os
import pwd
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# themselves; folders in them may be filled. Of Linux, then of macOS
SYSTEM = tuple(
    f"/{name}"
    for name in (
        *("", "bin", "boot", "boot/efi", "dev", "dev/shm", "etc", "home", "lib", "lib32", "lib64"),
        *("libx32", "lost+found", "media", "opt", "proc", "root", "run", "sbin", "sys", "tmp"),
        *("usr", "usr/bin", "usr/lib", "usr/local", "usr/sbin", "usr/share", "var", "var/lib"),
        *("var/log", "Applications", "Library", "System", "Users", "Volumes", "cores", "private"),
        *("private/etc", "private/tmp", "private/var"),
    )
)
_OF_A_SYSTEM = ("etc", "usr", "dev")  # what is at the root of any, here or on another disk
GIT = ".git"  # a folder; in a second work tree and in a submodule, a file
_BARE = ("HEAD", "objects", "refs")  # in a repository without a work tree
OF_GIT = "is the root of a git work tree"
OF_SYSTEM = "is a folder of the system"
HOME = "is your home folder"


def forbidden(folder: Path) -> str:
    """Return why nothing may be written into *folder*, '' if it may; links and other names of it are seen through.

    Example: `forbidden(Path("/mnt/../etc/"))` is "is a folder of the system".
    """
    place = real(folder)
    if _is_one_of(place, SYSTEM) or all((place / name).is_dir() for name in _OF_A_SYSTEM):
        return OF_SYSTEM
    if _is_one_of(place, _homes()):
        return HOME
    if os.path.lexists(place / GIT):
        return OF_GIT
    bare = (all((above / name).exists() for name in _BARE) for above in (place, *place.parents))
    return "lies in a folder of git's own" if GIT in place.parts or any(bare) else ""


def real(folder: Path) -> Path:
    """Return where *folder* is, without links; `//etc` is `/etc`."""
    return Path("/", *Path(os.path.realpath(folder)).parts[1:])  # of a circle of links, the first


def _homes() -> Iterator[str]:
    """Yield the user's home, as the environment has it and as the system has it."""
    with suppress(RuntimeError):  # it has none
        yield str(Path.home())
    with suppress(KeyError):  # the system does not know this user
        yield pwd.getpwuid(os.getuid()).pw_dir


def _is_one_of(place: Path, names: tuple[str, ...] | Iterator[str]) -> bool:
    """Return True if *place* is a folder with one of these names, also where it is mounted a second time."""
    for name in names:
        if place == real(Path(name)):
            return True
        with suppress(OSError):  # one of them is not there
            if place.samefile(name):
                return True
    return False
