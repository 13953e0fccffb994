"""A release as it lies on disk: its folder in, what its manifest says and the bytes that it vouches for out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from press import paths
from press.problems import OutputError

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"
SCHEMA = 1  # of a release's manifest


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


@dataclass(frozen=True)
class Release:
    """A dated, frozen set of editions."""

    folder: Path
    id: str  # date and number: '2026-11-24.1'
    files: tuple[File, ...]
    facts: dict[str, Any]  # the whole manifest

    def edition(self, audience: str, language: str, kind: str) -> File | None:
        """Return the file of one edition, *kind* a media type, or None where the release has none."""
        wanted = f"{language}/{audience}"
        return next(
            (f for f in self.files if f.path.rpartition(".")[0] == wanted and f.type == kind), None
        )

    def read(self, file: File) -> bytes:
        """Return the bytes of *file*.

        Raises:
            ChangedError: they are not those that were released.
            OutputError: they could not be read.
        """
        path = self.folder / file.path
        try:
            data = path.read_bytes()
        except OSError as error:
            raise OutputError(f"{paths.shown(path)}: {error.strerror}") from error
        if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
            raise ChangedError(
                f"{paths.shown(path)} is not the file that was released; ./inv verify shows what changed"
            )
        return data


def opened(folder: Path) -> Release:
    """Return the release in *folder*; its files are looked at when they are read.

    Raises:
        OutputError: there is no manifest of a release that this version of Press knows.
    """
    path = folder / MANIFEST
    try:
        facts = json.loads(path.read_bytes())
        if facts["schema"] != SCHEMA:
            raise OutputError(
                f"{paths.shown(path)} has schema {facts['schema']!r}; this version of Press knows {SCHEMA}"
            )
        known = File.__dataclass_fields__.keys()
        files = tuple(
            File(**{key: value for key, value in one.items() if key in known})
            for one in facts["files"]
        )
        return Release(folder, str(facts["release"]), files, facts)
    except OSError as error:
        raise OutputError(f"{paths.shown(path)}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{paths.shown(path)} is not the manifest of a release") from error
