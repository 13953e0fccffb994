"""What the user asked for: options in, the folders they mean out, and a refusal of those that are not safe."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from press.ground import paths, swap
from press.problems import OutputError

FORMATS = ("html", "pdf")
SUMS = "SHA256SUMS"
BUILD = ""  # the kind of a folder whose manifest names none; a release and kits name theirs


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    content: Path = paths.CONTENT
    out: Path = paths.BUILD
    audiences: tuple[str, ...] = ()  # empty: all
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    jobs: int = 0  # 0: one for each processor

    @property
    def whole(self) -> bool:
        """Say whether every edition is asked for, in every format."""
        return not self.audiences and not self.languages and set(self.formats) == set(FORMATS)

    @property
    def state(self) -> Path:
        """Return where the state of these outputs is kept."""
        if (self.content, self.out) == (paths.CONTENT, paths.BUILD):
            return paths.WORK / "state.json"
        both = os.fsencode(self.content.resolve()) + b"\0" + os.fsencode(self.out.resolve())
        return paths.WORK / f"state-{hashlib.sha256(both).hexdigest()[:16]}.json"


def sources(request: Request) -> list[Path]:
    """Return the folders and files that decide what the outputs are."""
    return [
        request.content,
        paths.TEMPLATES,
        paths.ROOT / "press",
        paths.ROOT / "requirements" / "core.lock",
    ]


def refuse_out(request: Request, kind: str = BUILD) -> None:
    """Refuse a folder that is somebody's, of another *kind*, or holds what outputs are made of; no work is done yet.

    Raises:
        OutputError: it is one of these.
    """
    refuse_sources(request)
    if foreign(request.out, kind):
        wanted = f"a folder of {kind}" if kind else "an output folder of Press"
        raise OutputError(
            f"{paths.shown(request.out)} is not {wanted}; choose another --out or empty it"
        )


def refuse_sources(request: Request) -> None:
    """Refuse a folder of outputs that holds what outputs are made of, or is in it.

    Raises:
        OutputError: it is one of these.
    """
    out, shown = request.out.resolve(), paths.shown(request.out)
    for folder in map(Path.resolve, sources(request)):
        if out.is_relative_to(folder) or folder.is_relative_to(out):
            raise OutputError(f"{shown} holds what outputs are made of; choose another --out")


def foreign(out: Path, kind: str = BUILD) -> bool:
    """Say whether *out* is a folder with something in it that no run for outputs of this *kind* has left there."""
    if not out.is_dir() or not any(out.iterdir()):
        return False
    manifest = out / swap.MANIFEST
    if not manifest.is_file():
        return True
    try:
        told = json.loads(manifest.read_bytes())
    except (ValueError, RecursionError):
        return kind != BUILD or not _summed(out)
    listed = (
        isinstance(told, dict) and "schema" in told and not {"outputs", "files"}.isdisjoint(told)
    )
    return not listed or told.get("kind", BUILD) != kind


def _summed(out: Path) -> bool:
    """Say whether the digests beside a damaged manifest are those of a build: only builds have a catalogue."""
    sums = out / SUMS
    return sums.is_file() and b"  catalogue.html\n" in sums.read_bytes()


def briefs(content: Path) -> tuple[str, ...]:
    """Return the names of the briefs in *content*, read or not."""
    return tuple(sorted(path.stem for path in (content / "briefs").glob("*.yaml")))


def languages(content: Path) -> tuple[str, ...]:
    """Return the languages that have their terms in *content*."""
    return tuple(sorted(path.stem for path in (content / "terms").glob("*.yaml")))
