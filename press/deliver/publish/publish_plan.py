"""What a publish has to do: the site, and what lies at the target, in; steps out. Nothing is changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from press.deliver.publish import target_lease, target_notes
from press.deliver.publish.target_notes import PUBLISHED, WORK, Known, Published, Run
from press.problems import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from press.deliver.publish.site_files import Item
    from press.deliver.publish.storage import Entry, Place
    from press.release.shelf import Release

MOST = 5  # names in a message


@dataclass(frozen=True)
class Step:
    """One file of the site, or one that is no longer of it, and what has to be done about it."""

    path: str
    action: Literal[
        "send", "replace", "keep", "remove", "leave"
    ]  # leave: it was changed by others, and would be removed
    size: int  # bytes; 0 where nothing is sent or kept
    changed: bool = False  # at the target, by others, since it was published


@dataclass(frozen=True)
class There:
    """What lies at a target."""

    published: Published
    known: Known  # path -> digest -> size, of all that Press has put there or may have
    broken: bool  # a run is at work there, or broke
    uncertain: frozenset[str]  # paths at which it worked
    entries: dict[str, Entry]  # by path, of what Press knows or wants


@dataclass(frozen=True)
class Way:
    """How far what the target says of itself is believed."""

    verify: bool  # read back all that lies there
    full: bool  # send all


@dataclass(frozen=True)
class Plan:
    """A release, what lies at a target, and what has to be done to make the one the other."""

    release: Release
    items: tuple[Item, ...]
    there: There
    steps: tuple[Step, ...]

    @property
    def slug(self) -> str:
        """The name of the series in file names."""
        return str(self.release.facts.get("slug", ""))

    @property
    def wanted(self) -> dict[str, Item]:
        """The files of the site by path."""
        return {item.path: item for item in self.items}

    def paths(self, *actions: str) -> list[str]:
        """Return the paths of the steps of *actions*."""
        return [step.path for step in self.steps if step.action in actions]

    @property
    def done(self) -> bool:
        """Whether all is there, and the target says so."""
        files = {path: seen.sha256 for path, seen in self.there.published.files.items()}
        said = files == {item.path: item.sha256 for item in self.items}
        same = len(self.paths("keep")) == len(self.steps) and not self.there.broken
        return same and said and self.there.published.release == self.release.id


def look(place: Place, items: Iterable[Item]) -> There:
    """Return what lies at a target, as far as it matters for *items*.

    Raises:
        OutputError: it holds a link or a file where a folder has to be, or what it says of itself cannot be read.
    """
    published, found = record_of(place), target_lease.found(place)
    run = found or Run("", "", "", {})
    known = {path: {seen.sha256: seen.size} for path, seen in published.files.items()}
    for path, digests in run.touched.items():
        known[path] = known.get(path, {}) | digests
    paths = sorted({item.path for item in items} | known.keys())
    slug = published.slug or run.slug
    published = Published(slug, published.release, published.generation, published.files)
    entries = _entries(place, paths)
    return There(published, known, found is not None, frozenset(run.touched), entries)


def record_of(place: Place) -> Published:
    """Return what a target says of its site.

    Raises:
        OutputError: it is not what Press writes.
    """
    try:
        return target_notes.published(place.read(PUBLISHED))
    except FileNotFoundError:
        return Published()


def _entries(place: Place, paths: Iterable[str]) -> dict[str, Entry]:
    """Return what lies at *paths*; each folder is listed once, outer ones first."""
    listed: dict[str, dict[str, Entry]] = {"": place.entries("")}
    _prove_own(listed[""])
    found = {}
    for path in paths:
        folder = _folder(place, path, listed)
        name = path.rpartition("/")[2]
        if folder is not None and (entry := listed[folder].get(name)):
            if entry.kind != "file":
                raise _in_the_way(path)
            found[path] = entry
    return found


def _folder(place: Place, path: str, listed: dict[str, dict[str, Entry]]) -> str | None:
    """Return the folder of *path*, listed; None where there is none yet."""
    within = ""
    for part in path.split("/")[:-1]:
        outer, within = within, f"{within}/{part}".lstrip("/")
        entry = listed[outer].get(part)
        if entry and entry.kind != "folder" and listed[outer]:
            raise _in_the_way(within)
        if within not in listed:
            listed[within] = place.entries(within)
    return within


def _prove_own(root: dict[str, Entry]) -> None:
    """Refuse a target where something else has the names of our own files."""
    for name, kind in ((WORK, "folder"), (PUBLISHED, "file")):
        if name in root and root[name].kind != kind:
            raise _in_the_way(name)


def _in_the_way(path: str) -> OutputError:
    return OutputError(
        f"'{path}' at the target is a link or a folder where a file has to be, or a file where a folder has to be; "
        "choose another target, or move it away"
    )


def planned(place: Place, items: tuple[Item, ...], there: There, way: Way) -> tuple[Step, ...]:
    """Return what has to be done, by path.

    Raises:
        OutputError: files that Press did not publish lie where the site's would.
    """
    steps, foreign = [], []
    for item in items:
        step = _wanted(place, item, there, way)
        if step is None:
            foreign.append(item.path)
        else:
            steps.append(step)
    if foreign:
        shown = ", ".join(foreign[:MOST]) + (
            f" and {len(foreign) - MOST} more" if len(foreign) > MOST else ""
        )
        raise OutputError(
            f"the target holds files that Press did not publish where the site's would lie: {shown}; choose another "
            "target, or move them away"
        )
    wanted = {item.path for item in items}
    gone = (path for path in there.entries if path not in wanted)
    steps += [_unwanted(place, path, there, way) for path in gone]
    return tuple(sorted(steps, key=lambda step: step.path))


def _wanted(place: Place, item: Item, there: There, way: Way) -> Step | None:
    """Return what to do about a file of the site; None where somebody else's lies in its place."""
    path = item.path
    if path not in there.entries:
        return Step(path, "send", item.size)
    lies = digest(place, path, there, way, {item.sha256: item.size})
    ours = lies in there.known.get(path, {})
    if lies == item.sha256 and not (way.full and ours):
        return Step(path, "keep", item.size)
    if not ours and path not in there.published.files:
        return None
    return Step(path, "replace", item.size, changed=not ours)


def _unwanted(place: Place, path: str, there: There, way: Way) -> Step:
    ours = digest(place, path, there, way, {}) in there.known[path]
    return Step(path, "remove" if ours else "leave", 0, changed=not ours)


def digest(place: Place, path: str, there: There, way: Way, more: dict[str, int]) -> str:
    """Return the digest of what lies at *path*: by its mark, or else read; '' where it can be none that matters."""
    entry, seen = there.entries[path], there.published.files.get(path)
    sure = path not in there.uncertain and not way.verify
    if sure and seen and entry.mark and (entry.mark, entry.size) == (seen.mark, seen.size):
        return seen.sha256
    if entry.size not in (there.known.get(path, {}) | more).values():
        return ""
    try:
        return hashlib.sha256(place.read(path)).hexdigest()
    except FileNotFoundError:
        return ""
