"""Say what a build is asked for, and refuse folders that are not safe for outputs."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from press.build.formats import FORMATS
from press.ground import paths, places, sums, swap
from press.ground.paths import Folders
from press.problems import OutputError

BUILD = ""  # the kind of a folder whose manifest names none; a release and kits name theirs


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    folders: Folders
    audiences: tuple[str, ...] = ()  # empty: all
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = field(default_factory=lambda: tuple(FORMATS))
    jobs: int = 0  # 0: one for each processor

    @property
    def out(self) -> Path:
        """Return the folder of the outputs."""
        return self.folders.build

    def has(self, language: str, brief: str) -> bool:
        """Return True if this edition is asked for."""
        spoken = not self.languages or language in self.languages
        return spoken and (not self.audiences or brief in self.audiences)

    @property
    def state(self) -> Path:
        """Return where the state of these outputs is kept."""
        usual = Folders.of(self.folders.root)
        if (self.folders.content, self.out) == (usual.content, usual.build):
            return self.folders.work / "state.json"
        both = b"\0".join(
            os.fsencode(places.real(folder)) for folder in (self.folders.content, self.out)
        )
        return self.folders.work / f"state-{hashlib.sha256(both).hexdigest()[:16]}.json"


def sources(folders: Folders) -> list[Path]:
    """Return the folders and files that decide what the outputs are."""
    return [folders.content, folders.templates, folders.code, folders.lock]


def refuse_out(folders: Folders, out: Path, kind: str = BUILD) -> None:
    """Refuse as *out* a folder with other files, of another *kind*, or that holds what outputs are made of.

    Raises:
        OutputError: it is one of these.
    """
    refuse_sources(folders, out)
    if foreign(out, kind):
        wanted = f"a folder of {kind}" if kind else "an output folder of Press"
        raise OutputError(f"{paths.shown(out)} is not {wanted}; choose another --out or empty it")


def refuse_sources(folders: Folders, out: Path) -> None:
    """Refuse as *out* a folder that holds what outputs are made of, is in it, or is one that nothing may fill.

    Raises:
        OutputError: it is one of these.
    """
    place = places.real(out)
    for folder in map(Path.resolve, sources(folders)):
        if place.is_relative_to(folder) or folder.is_relative_to(place):
            raise OutputError(
                f"{paths.shown(out)} holds what outputs are made of; choose another --out"
            )
    refuse_place(out, "out")


def refuse_place(folder: Path, option: str) -> None:
    """Refuse a *folder*, given with *option*, that nothing may fill: of the system, the home, a git work tree.

    Raises:
        OutputError: it is one of these.
    """
    if why := places.forbidden(folder):
        raise OutputError(f"{paths.shown(folder)} {why}; choose another --{option}")


def refuse_own(path: Path, folders: Folders, option: str) -> None:
    """Refuse a *path*, given with *option*, where a file or folder of the user would change what Press reads or keeps.

    Raises:
        OutputError: it lies in a folder of the project that is read or made by tasks, or nothing may be written there.
    """
    refuse_place(path, option)
    if folder := own_folder(path, folders, folders.releases):
        shown = f"{paths.shown(path)} would change what is in {paths.shown(folder)}"
        raise OutputError(f"{shown}; choose another place")


def own_folder(path: Path, folders: Folders, *more: Path) -> Path | None:
    """Return the folder in which *path* lies: one that a build reads, one that a task exchanges, or one of *more*."""
    own = (*sources(folders), folders.build, folders.kits, folders.work, *more)
    place = places.real(path)
    return next((folder for folder in own if place.is_relative_to(places.real(folder))), None)


def foreign(out: Path, kind: str = BUILD) -> bool:
    """Return True if *out* contains something, and no run for outputs of this *kind* put it there."""
    if not out.is_dir() or not any(out.iterdir()):
        return False
    manifest = out / swap.MANIFEST
    if not manifest.is_file():
        return True
    try:
        value = json.loads(manifest.read_bytes())
    except (
        ValueError,
        RecursionError,
    ):  # damaged: a build is known by its digests, as only it has a catalogue
        path = out / sums.SUMS
        listed = sums.read(path.read_bytes()) if path.is_file() else {}
        return kind != BUILD or "catalogue.html" not in listed
    if not isinstance(value, dict) or "schema" not in value:
        return True
    return {"outputs", "files"}.isdisjoint(value) or value.get("kind", BUILD) != kind


def named(folder: Path) -> tuple[str, ...]:
    """Return what the files in *folder* are called, such as the briefs in `briefs`, read or not."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))
