"""List the files of a release that are published, each with the turn in which it goes live."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from press.ground import paths, sums
from press.ground.lock import reported
from press.ground.sums import SIGNATURES, SUMS, sha256
from press.problems import OutputError, visible
from press.release.shelf import MANIFEST, ChangedError, File, Release

INDEX = "index.html"
SHORT = "public, max-age=300"  # seconds; what readers open first
LONG = "public, max-age=3600"
ASSET, PAGE, ACCOUNT, LAST = range(4)  # the order in which files go live
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
TYPES = {"html": "text/html", "json": "application/json", "txt": "text/plain", SUMS: "text/plain"}


def site_files(release: Release) -> dict[str, File]:
    """Return the files of the site of *release* by path; the bytes of each were compared with its digest.

    Raises:
        ChangedError: a file is not what was released.
        OutputError: a file cannot be read, or has a name that cannot be published.
    """
    listed = {file.path: file for file in release.files}
    if INDEX not in listed:
        raise OutputError(f"{paths.shown(release.folder)} has no {INDEX}; make the release again")
    files = {file.path: file for file in _unlisted(release)} | listed
    _refuse_names(files)
    for file in files.values():
        release.read(file)
    return {path: _typed(files[path]) for path in sorted(files)}


def _unlisted(release: Release) -> Iterator[File]:
    """Yield the files that the manifest does not list: itself, the digests, what only they list, signatures."""
    folder, known = release.folder, {file.path: file.sha256 for file in release.files}
    lines = _read(release, SUMS)
    digests = sums.read(lines)
    if sums.write(digests) != lines:
        raise ChangedError(f"{paths.shown(folder / SUMS)} is not as Press writes it")
    if MANIFEST not in digests:
        raise ChangedError(f"{paths.shown(folder / SUMS)} does not list {MANIFEST}")
    for path, digest in known.items():
        if digests.get(path, digest) != digest:
            raise ChangedError(
                f"{paths.shown(folder)}: {MANIFEST} and {SUMS} disagree about {visible(path)}"
            )
    present = [name for name in SIGNATURES if (folder / name).is_file()]
    for name in [*sorted(digests.keys() - known), SUMS, *present]:
        data = _read(release, name)
        yield File(name, digests.get(name) or sha256(data), len(data), "")


def _read(release: Release, name: str) -> bytes:
    path = release.folder / name
    with reported(paths.shown(path)):
        return path.read_bytes()


def _refuse_names(names: Iterable[str]) -> None:
    """Refuse names that lead elsewhere, are hidden, or are one name on a disk that ignores case.

    Raises:
        OutputError: there is such a name.
    """
    seen: dict[str, str] = {}
    for name in names:
        if not is_publishable(name):
            raise OutputError(
                f"'{visible(name)}' in the release cannot be the name of a published file; make the release again"
            )
        if (other := seen.setdefault(name.lower(), name)) != name:
            raise OutputError(
                f"'{other}' and '{name}' in the release are one name on some disks; make the release again"
            )


def is_publishable(name: str) -> bool:
    """Return True if Press publishes files called *name*: relative, of plain characters, not hidden."""
    return bool(sums.PATH.fullmatch(name)) and not name.lower().startswith("press-published")


def folders_of(path: str) -> list[str]:
    """Return the folders of *path*, outer ones first: 'a/b/c.pdf' has 'a' and 'a/b'."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def _typed(file: File) -> File:
    """Return *file* with the type that a store sends to browsers."""
    suffix = file.path.rpartition("/")[2].rpartition(".")[2]
    usual = TYPES.get(suffix, "application/octet-stream")
    kind = file.type if _TYPE.fullmatch(file.type) else usual
    return replace(file, type=kind + ("; charset=utf-8" if kind.startswith("text/") else ""))


def rank(path: str) -> int:
    """Return whether a file goes live among the assets, the pages, the accounts of the site, or last."""
    name = path.rpartition("/")[2]
    if path == INDEX:
        return LAST
    if name.endswith(".html"):
        return PAGE
    return ACCOUNT if name == MANIFEST or name.startswith(SUMS) else ASSET
