"""What the tests of whole builds share: a project that is built once, and put back for each test."""

from __future__ import annotations

import fcntl
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.support.project import PRINTS, Project, copied, put_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Kept(NamedTuple):
    """A built project: where it was built, and the copy of it that no test changes."""

    place: Path
    copy: Project


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory, work: Path) -> Iterator[Kept]:
    """Build the project once, and keep a copy with its store and state; processes of a run share the prints."""
    folder = tmp_path_factory.mktemp("building").resolve()
    place, copy = folder / "project", folder / "kept"
    project, prints = copied(place), work / PRINTS
    with (work / "lock of the small library").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if prints.exists():
            shutil.copytree(prints, place / ".press" / "store")
        project.good("build", "--jobs", "1")
        if not prints.exists():
            shutil.copytree(place / ".press" / "store", folder / "prints")
            (folder / "prints").rename(prints)  # at once: others copy it without the lock
    shutil.copytree(place, copy, symlinks=True)
    with project.warm():
        yield Kept(place, Project(copy))


@pytest.fixture(scope="session")
def released(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release the built project once, and return the folder of the release, to be read only."""
    put_back(kept.copy.root, kept.place)
    releases = tmp_path_factory.mktemp("releases").resolve()
    Project(kept.place).good("release", "--uncommitted", "--releases", str(releases))
    return releases / "2026-01-15.1"


@pytest.fixture
def project(kept: Kept) -> Project:
    """Put the built project back into its place: its state names files by their paths."""
    put_back(kept.copy.root, kept.place)
    return Project(kept.place)


@pytest.fixture(scope="session")
def built(kept: Kept) -> Project:
    """Return the built project, to be read only."""
    return kept.copy
