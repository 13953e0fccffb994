"""List what a release was made from: digests of all inputs, versions of the tools."""

import importlib.metadata
import platform
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from press.content.library import OTHERS
from press.ground import file_state
from press.ground.paths import Folders

_LOCKED = re.compile(r"^([\w.-]+)==", re.MULTILINE)


@dataclass(frozen=True)
class Inputs:
    """All that decided what the outputs are."""

    digests: dict[str, str]  # by name: 'content/series.yaml'
    paths: tuple[Path, ...]
    tools: dict[str, str]  # versions of Press, of Python and of the packages of the lock


def inputs(folders: Folders, seen: dict[str, file_state.FileState]) -> Inputs:
    """Return the inputs as they were *seen*."""
    by_name = {named(Path(path), folders): Path(path) for path in seen}
    kept = {
        name: path
        for name, path in sorted(by_name.items())
        if not any(part.startswith(".") for part in name.split("/"))  # they decide nothing
        and name not in {f"content/{other}" for other in OTHERS}
    }
    digests = {name: seen[str(path)].digest for name, path in kept.items()}
    tools = {"press": folders.version, "python": platform.python_version()}
    return Inputs(digests, tuple(kept.values()), tools | dict(packages(folders.lock)))


def named(path: Path, folders: Folders) -> str:
    """Return how a release names an input: from the project's root, with the content as `content/` wherever it lies."""
    if path.is_relative_to(folders.content):
        return f"content/{path.relative_to(folders.content).as_posix()}"
    if path.is_relative_to(folders.root):
        return path.relative_to(folders.root).as_posix()
    return f"press/{path.relative_to(folders.code).as_posix()}"


def packages(lock: Path) -> Iterator[tuple[str, str]]:
    """Yield name and version of each package of the core lock that is installed; some are for other machines only."""
    for name in sorted(_LOCKED.findall(lock.read_text("utf-8"))):
        with suppress(importlib.metadata.PackageNotFoundError):
            yield name, importlib.metadata.version(name)
