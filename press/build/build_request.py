"""Say what a build is asked for, and refuse folders that are not safe for outputs."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from press.build.formats import FORMATS
from press.ground import paths, places, sums, swap
from press.ground.paths import OUTPUTS, PARTS, Folders
from press.problems import OutputError, visible

BUILD = ""  # the kind of a folder whose manifest names none; a release and kits name theirs


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    folders: Folders
    audiences: tuple[str, ...] = ()  # empty: all
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = field(default_factory=lambda: tuple(FORMATS))
    jobs: int = 0  # 0: one for each processor
    executor: str = ""  # where pages are printed, such as dask://10.0.0.2:8786; '': on this machine

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
        usual = self.folders.usual
        if (self.folders.content, self.out) == (usual.content, usual.build):
            return self.folders.work / "state.json"
        both = b"\0".join(
            os.fsencode(places.real(folder)) for folder in (self.folders.content, self.out)
        )
        return self.folders.work / f"state-{hashlib.sha256(both).hexdigest()[:16]}.json"


def written(folders: Folders) -> list[Path]:
    """Return the folders and files that authors write."""
    inside = folders.home == folders.content  # beside what is made of it
    return [folders.content / name for name in PARTS] if inside else [folders.content]


def sources(folders: Folders) -> list[Path]:
    """Return the folders and files that decide what the outputs are."""
    return [*written(folders), folders.templates, folders.code, folders.lock]


def refuse_out(folders: Folders, out: Path, kind: str = BUILD) -> None:
    """Refuse as *out* a folder with other files, of another *kind* or series, or that holds what outputs are made of.

    Raises:
        OutputError: it is one of these.
    """
    refuse_sources(folders, out)
    if foreign(out, kind):
        wanted = f"a folder of {kind}" if kind else "an output folder of Press"
        raise OutputError(f"{paths.shown(out)} is not {wanted}; choose another --out or empty it")
    facts = _facts(out)
    if isinstance(facts, dict):
        refuse_other(folders, out, facts.get("id"), "out")


def refuse_other(folders: Folders, place: Path, series: object, option: str) -> None:
    """Refuse a *place*, given with *option*, that says it is of another *series*; None: it says nothing.

    Raises:
        OutputError: it is of another.
    """
    if series is not None and series != folders.series:
        ours = f"'{folders.series}'" if folders.series else "one without an id"
        removed = ", or remove that folder" if option == "out" else ""  # it is made anew
        raise OutputError(
            f"{paths.shown(place)} is of the series '{visible(str(series))}', and this is {ours}; "
            f"choose another --{option}, or give the series that id back{removed}"
        )


def refuse_sources(folders: Folders, out: Path) -> None:
    """Refuse as *out* a folder that holds what outputs are made of, is in it, or is one that nothing may fill.

    Raises:
        OutputError: it is one of these.
    """
    place = places.real(out)
    around = any(each.is_relative_to(place) for each in map(Path.resolve, sources(folders)))
    if around or source_of(place, folders):
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
    own = (folders.build, folders.kits, folders.work, *more)
    place = places.real(path)
    found = (folder for folder in own if place.is_relative_to(places.real(folder)))
    return next(found, None) or source_of(place, folders)


def source_of(place: Path, folders: Folders) -> Path | None:
    """Return the folder or file of what outputs are made of in which *place* lies, whose links are seen through."""
    for folder in (folders.content, *sources(folders)):
        around = places.real(folder)
        inside = place.relative_to(around).parts[:1] if place.is_relative_to(around) else None
        outputs = folder == folders.home and inside and inside[0] in OUTPUTS
        if inside is not None and not outputs:
            return folder
    return None


def foreign(out: Path, kind: str = BUILD) -> bool:
    """Return True if *out* contains something, and no run for outputs of this *kind* put it there."""
    if not out.is_dir() or not any(out.iterdir()):
        return False
    if not (out / swap.MANIFEST).is_file():
        return True
    value = _facts(out)
    if value is None:  # damaged: a build is known by its digests, as only it has a catalogue
        path = out / sums.SUMS
        listed = sums.read(path.read_bytes()) if path.is_file() else {}
        return kind != BUILD or "catalogue.html" not in listed
    if not isinstance(value, dict) or "schema" not in value:
        return True
    return {"outputs", "files"}.isdisjoint(value) or value.get("kind", BUILD) != kind


def _facts(out: Path) -> object:
    """Return what the manifest in *out* says, None where there is none or it is damaged."""
    try:
        return json.loads((out / swap.MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError, RecursionError):
        return None


def named(folder: Path) -> tuple[str, ...]:
    """Return what the files in *folder* are called, such as the briefs in `briefs`, read or not."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))
