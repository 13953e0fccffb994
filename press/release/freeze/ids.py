"""Give out the ids of releases, each once.

The register beside the releases holds a line for each, with the digest of its sums, so that the number of one that
was deleted is not given again, and `inv verify` can tell a release whose papers were all rewritten.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

from press.ground import sums, swap
from press.ground.disk import sync, write_all
from press.ground.lock import reported
from press.release import shelf

FILE, FOLDER = 0o444, 0o555  # so that no one changes them by mistake
_LEFT = re.compile(rf"\.({shelf.ID.pattern})\.(?:next|old)-[0-9]+")
_USED = re.compile(rf"({shelf.ID.pattern})(?:\..+)?")  # the release, and what lies beside it


def following(releases: Path, day: str) -> str:
    """Return the id of the next release of *day*.

    Raises:
        OutputError: the folder could not be read.
    """
    matches = map(_USED.fullmatch, (*_names(releases), *shelf.registered(releases)))
    used = (int(match[3]) for match in matches if match and match[2] == day)
    return f"{day}.{max(used, default=0) + 1}"


def swept(releases: Path) -> None:
    """Remove what killed runs have left among the releases, and close those that they have left open.

    Raises:
        OutputError: it could not be removed.
        BusyError: another project releases there.
    """
    for name in _names(releases):
        if match := _LEFT.fullmatch(name):
            swap.sweep(releases / match[1])
    for folder in (releases / name for name in shelf.ids(releases)):
        if folder.stat().st_mode & shelf.WRITE:  # it is closed last
            seal(folder)


def seal(folder: Path) -> None:
    """Take away the right to write in the *folder* of a release."""
    for path in shelf.writable(folder):
        with suppress(OSError):  # some file systems know no rights
            path.chmod(FOLDER if path.is_dir() else FILE)


def register(releases: Path, release: str, digest: str) -> None:
    """Note that *release* has sums with this *digest*, on the disk before the release is.

    Raises:
        OutputError: the register could not be written.
    """
    path = releases / shelf.REGISTER
    with reported(path):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        file = os.open(path, flags, 0o644)
        try:
            write_all(file, sums.write({release: digest}))
            os.fsync(file)
        finally:
            os.close(file)
    sync(releases)


def _names(releases: Path) -> list[str]:
    with reported(releases), suppress(FileNotFoundError):
        return sorted(os.listdir(releases))  # noqa: PTH208 - names
    return []
