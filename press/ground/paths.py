"""Name the folders of a project, and show paths as a user types them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

SHORT = "-short"  # ends the name of a file with the short form of a brief, before its ending


@dataclass(frozen=True)
class Folders:
    """The folders of a project: its code and templates, what authors write, and what tasks make."""

    root: Path  # of the installed project: its code and its templates
    content: Path
    build: Path
    releases: Path
    kits: Path
    work: Path  # store, state and locks

    @classmethod
    def of(cls, root: Path) -> Self:
        """Return the folders of the project in *root*, each in its usual place."""
        usual = (root / name for name in ("content", "build", "releases", "kits", ".press"))
        return cls(root, *usual)

    @classmethod
    def here(cls) -> Self:
        """Return the folders of the installed project; for the edge, where a task begins."""
        return cls.of(Path(__file__).resolve().parents[2])

    @property
    def code(self) -> Path:
        """The package."""
        return self.root / "press"

    @property
    def templates(self) -> Path:
        """Templates and styles."""
        return self.root / "templates"

    @property
    def fonts(self) -> Path:
        """The faces, and the list of what they can draw."""
        return self.templates / "fonts"

    @property
    def lock(self) -> Path:
        """The versions of the libraries that make the outputs."""
        return self.root / "requirements" / "core.lock"

    @property
    def store(self) -> Path:
        """Results by key."""
        return self.work / "store"


def shown(path: Path) -> str:
    """Return *path* as a user would type it in the current folder: the shorter way to write it."""
    return min(os.path.relpath(path), str(path), key=len)
