"""Read the folders of releases: manifests, files and ids."""

import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from press.ground import paths, sums
from press.ground.lock import reported
from press.ground.paths import SHORT
from press.ground.sums import PATH, SUMS, sha256
from press.problems import OutputError, UsageError, did_you_mean, visible

MANIFEST = "manifest.json"
UNPUBLISHED = "unpublished"  # the folder in a release of what stays in the house
PUBLISHED = "press-published.json"  # beside a release that was published: what publishing has noted
REGISTER = ".register"  # beside the releases: the digest of the sums of each, by id
SCHEMA = 2  # of a release's manifest; 1 had the names of inputs where there are digests now
NOT_A_MANIFEST = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
WRITE = 0o222  # the rights that nobody has to a release
MOST_MANIFEST = 16 * 1024**2  # bytes
ID = re.compile(r"(20[0-9]{2}-[0-9]{2}-[0-9]{2})\.([1-9][0-9]{0,5})")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_OF_EDITION = re.compile(
    rf"(?:data/)?([A-Za-z-]+)/([a-z0-9-]+?)(?:{SHORT}\.pdf|\..+)"
    r"|handouts/[a-z0-9-]+_([a-z0-9-]+)_([A-Za-z-]+)_.+"
)


class ChangedError(OutputError):
    """A file of a release is not what its manifest says."""


@dataclass(frozen=True)
class File:
    """One file of a release, as its manifest lists it."""

    path: str  # from the release's folder, with '/'
    sha256: str
    size: int  # bytes
    type: str  # such as application/pdf
    audience: str = ""  # '' where it belongs to no edition
    language: str = ""
    pages: int = 0  # of a PDF
    name: str = ""  # under which it is handed out, '' for the last part of its path

    def __post_init__(self) -> None:
        """Refuse what no release of ours says of a file.

        Raises:
            ValueError: a path that could leave the folder, or a value of another type.
        """
        for each in fields(self):
            if type(value := getattr(self, each.name)) is not each.type:
                raise ValueError(f"{each.name} is {value!r}")
        whole = PATH.fullmatch(self.path) and _DIGEST.fullmatch(self.sha256)
        leads_away = self.name and ("/" in self.name or not PATH.fullmatch(self.name))
        if not whole or min(self.size, self.pages) < 0 or leads_away:
            raise ValueError(f"{self.path!r} is not listed as a file is")


@dataclass(frozen=True)
class Release:
    """A dated, frozen set of editions."""

    folder: Path
    id: str  # date and number: '2026-11-24.1'
    files: tuple[File, ...]
    facts: dict[str, Any] = field(hash=False)  # the whole manifest

    def edition(
        self, audience: str, language: str, kind: str, *, short: bool = False
    ) -> File | None:
        """Return the file of one edition, *kind* a media type, or None where the release has none."""
        wanted = f"{language}/{audience}{SHORT if short else ''}"
        return next(
            (f for f in self.files if f.path.rpartition(".")[0] == wanted and f.type == kind), None
        )

    def read(self, file: File) -> bytes:
        """Return the bytes of *file*.

        Raises:
            ChangedError: they are not those that were released.
            OutputError: they could not be read.
        """
        data = contents(self.folder, file.path, file.size)
        if len(data) != file.size or sha256(data) != file.sha256:
            path = paths.shown(self.folder / file.path)
            raise ChangedError(
                f"{path} is not the file that was released; ./inv verify shows what changed"
            )
        return data


def contents(folder: Path, name: str, most: int) -> bytes:
    """Return the bytes of the file *name* in *folder*, no more than one above *most*; no link is followed there.

    Raises:
        ChangedError: it is a link, or no file.
        OutputError: it could not be read.
    """
    path = folder / name
    with reported(path):
        if any((folder / part).is_symlink() for part in (Path(name), *Path(name).parents[:-1])):
            raise ChangedError(f"{paths.shown(path)} is a link; a release has none")
        # O_NONBLOCK: a pipe would keep us waiting
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ChangedError(f"{paths.shown(path)} is not a file")
            return file.read(most + 1)


def opened(folder: Path) -> Release:
    """Return the release in *folder*; its files are looked at when they are read.

    Raises:
        OutputError: there is not the manifest of a release that this version of Press knows.
    """
    try:
        return parse(folder, contents(folder, MANIFEST, MOST_MANIFEST))
    except NOT_A_MANIFEST as error:
        path = paths.shown(folder / MANIFEST)
        raise OutputError(f"{path} is not the manifest of a release") from error


def parse(folder: Path, manifest: bytes) -> Release:
    """Return the release that *manifest* describes.

    Raises:
        OutputError: its schema is one that this version of Press does not know.
        NOT_A_MANIFEST: it is not the manifest of a release.
    """
    facts = json.loads(manifest.decode(), object_pairs_hook=_once)
    if facts["schema"] not in {1, SCHEMA} or type(facts["schema"]) is not int:
        raise OutputError(
            f"{paths.shown(folder / MANIFEST)} has schema {facts['schema']!r}; "
            f"this version of Press knows 1 and {SCHEMA}"
        )
    known = {each.name for each in fields(File)}
    files = tuple(
        File(**{key: file[key] for key in file.keys() & known}) for file in facts["files"]
    )
    if len({file.path.casefold() for file in files}) < len(files):
        raise ValueError("a path is listed twice")
    if facts.get("kind", "release") != "release" or not ID.fullmatch(facts["release"]):
        raise ValueError(f"{facts['release']!r} is not a release")
    return Release(folder, facts["release"], files, facts)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return *pairs* as a dict; of a key that is given twice, readers could take either value."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key is given twice")
    return dict(pairs)


def edition_of(path: str) -> str:
    """Return the edition whose file a release has at *path*, such as 'en/health' of 'data/en/health.json', or ''."""
    if match := _OF_EDITION.fullmatch(path):
        return f"{match[1]}/{match[2]}" if match[1] else f"{match[4]}/{match[3]}"
    return ""


def order(name: str) -> tuple[str, int]:
    """Return what the id of a release is sorted by: its day, then its number."""
    day, _, number = name.partition(".")
    return day, int(number)


def ids(releases: Path) -> list[str]:
    """Return the ids of the releases in the folder *releases*, the oldest first.

    Raises:
        OutputError: the folder could not be read.
    """
    with reported(releases), suppress(FileNotFoundError, NotADirectoryError):
        names = [path.name for path in releases.iterdir() if path.is_dir()]
        return sorted(filter(ID.fullmatch, names), key=order)
    return []


def chosen(releases: Path, name: str = "") -> tuple[Release, str]:
    """Return the release called *name*, or the latest, and the id of the one that supersedes it, '' for none.

    Raises:
        UsageError: none is called so.
        OutputError: there is none at all, one lies under the name of another, or a manifest could not be read.
    """
    known = ids(releases)
    if not known:
        raise OutputError(
            f"there is no release in {paths.shown(releases)}; ./inv release makes one"
        )
    if name and name not in known:
        raise UsageError(f"--release: there is no '{visible(name)}'{did_you_mean(name, known)}")
    # a release supersedes an earlier one
    release, *later = (_named(releases, each) for each in known[known.index(name or known[-1]) :])
    by = [other.id for other in later if other.facts.get("supersedes") == release.id]
    return release, by[-1] if by else ""


def superseded(releases: Path, release: str) -> list[str]:
    """Return the ids of the releases that *release* supersedes, directly or through others, the latest first.

    Raises:
        OutputError: one of them is not in the folder *releases*, or is not a release.
    """
    chain = [release]
    while (before := opened(releases / chain[-1]).facts.get("supersedes")) and before not in chain:
        chain.append(before)
    return chain[1:]


def _named(releases: Path, name: str) -> Release:
    release = opened(releases / name)
    if release.id != name:
        raise OutputError(
            f"{paths.shown(release.folder)} holds the release {release.id}; give it its name back"
        )
    if digest := registered(releases).get(name):
        listed = contents(release.folder, SUMS, MOST_MANIFEST)
        manifest = sha256(contents(release.folder, MANIFEST, MOST_MANIFEST))
        if sha256(listed) != digest or sums.read(listed).get(MANIFEST) != manifest:
            raise ChangedError(
                f"{paths.shown(release.folder)} is not what was released; ./inv verify shows what changed"
            )
    return release


def writable(folder: Path) -> Iterator[Path]:
    """Yield what in the *folder* of a release may still be written to, itself included: who made it was killed.

    Raises:
        OutputError: the folder could not be read.
    """
    with reported(folder):
        for path in (*folder.rglob("*"), folder):
            if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & WRITE:
                yield path


def registered(releases: Path) -> dict[str, str]:
    """Return the digests of the sums of all releases that were made in the folder *releases*, by id.

    Raises:
        OutputError: the register is there and could not be read.
    """
    register = releases / REGISTER
    with reported(register), suppress(FileNotFoundError, NotADirectoryError):
        return sums.read(register.read_bytes())
    return {}
