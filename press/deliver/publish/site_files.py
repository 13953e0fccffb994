"""What is to be published: a frozen release in, the files of its site out, in the order in which they go live."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.ground import paths
from press.problems import OutputError, visible
from press.release import shelf
from press.release.shelf import SIGNATURES, SUMS, ChangedError, File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INDEX = "index.html"
SHORT = "public, max-age=300"  # seconds; what readers open first
LONG = "public, max-age=3600"
ASSET, PAGE, ACCOUNT, LAST = range(4)  # the order in which files go live
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_SUM = re.compile(r"([0-9a-f]{64}) [ *]([^\n]+)")
TYPES = {"html": "text/html", "json": "application/json", "txt": "text/plain", SUMS: "text/plain"}


@dataclass(frozen=True)
class Item:
    """One file of the site."""

    path: str  # from the root of the site, with '/'
    sha256: str
    size: int  # bytes
    type: str  # of its content, with the charset where it has one
    cache: str  # what a store tells browsers
    rank: int  # ASSET, PAGE, ACCOUNT or LAST


def site(release: shelf.Release) -> tuple[Item, ...]:
    """Return the files of the site of *release*, each of which has been read.

    Raises:
        ChangedError: a file is not what was released.
        OutputError: a file cannot be read, or has a name that cannot be published.
    """
    listed = {file.path: file for file in release.files}
    told = {file.path: file for file in _accounts(release) if file.path not in listed}
    files = [*(listed | told).values()]
    refuse_names(file.path for file in files)
    if INDEX not in listed:
        raise OutputError(f"{paths.shown(release.folder)} has no {INDEX}; make the release again")
    for file in files:
        release.read(file)
    return tuple(_item(file) for file in sorted(files, key=lambda file: file.path))


def _accounts(release: shelf.Release) -> Iterator[File]:
    """Yield the files that the manifest does not list: itself, the digests, what only they list, signatures."""
    data = _bytes(release, SUMS)
    sums = {
        match[2]: match[1]
        for match in map(_SUM.fullmatch, data.decode(errors="replace").split("\n"))
        if match
    }
    if shelf.MANIFEST not in sums:
        raise ChangedError(f"{paths.shown(release.folder / SUMS)} does not list {shelf.MANIFEST}")
    for file in release.files:
        if sums.get(file.path, file.sha256) != file.sha256:
            raise ChangedError(
                f"{paths.shown(release.folder)}: {shelf.MANIFEST} and {SUMS} tell two stories of {visible(file.path)}"
            )
    known = {file.path for file in release.files}
    for name in sorted(sums.keys() - known):
        yield File(name, sums[name], len(_bytes(release, name)), "")
    for name in (SUMS, *SIGNATURES):
        if name == SUMS or (release.folder / name).is_file():
            data = _bytes(release, name)
            yield File(name, hashlib.sha256(data).hexdigest(), len(data), "")


def _bytes(release: shelf.Release, name: str) -> bytes:
    refuse_names([name])
    path = release.folder / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(f"{paths.shown(path)}: {error.strerror}") from error


def refuse_names(names: Iterable[str]) -> None:
    """Refuse names that lead elsewhere, are hidden, or that some disk takes for one another.

    Raises:
        OutputError: there is one.
    """
    seen: dict[str, str] = {}
    for name in names:
        if not sound(name):
            raise OutputError(
                f"'{visible(name)}' in the release cannot be the name of a published file; make the release again"
            )
        if (other := seen.setdefault(name.lower(), name)) != name:
            raise OutputError(
                f"'{other}' and '{name}' in the release are one name on some disks; make the release again"
            )


def sound(name: str) -> bool:
    """Say whether *name* is one that Press publishes: relative, of plain characters, not hidden."""
    return bool(_NAME.fullmatch(name)) and not name.lower().startswith("press-published")


def _item(file: File) -> Item:
    name = file.path
    last = name.rpartition("/")[2]
    kind = (
        file.type
        if _TYPE.fullmatch(file.type)
        else TYPES.get(last.rpartition(".")[2], "application/octet-stream")
    )
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    if name == INDEX:
        rank = LAST
    elif last.endswith(".html"):
        rank = PAGE
    elif last == shelf.MANIFEST or last.startswith(SUMS):
        rank = ACCOUNT
    else:
        rank = ASSET
    return Item(
        name, file.sha256, file.size, kind + charset, LONG if rank == ASSET else SHORT, rank
    )
