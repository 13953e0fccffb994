"""Name the folders that tests work in: those of the project, and others of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from press.ground.paths import Folders
from press.print import pool

if TYPE_CHECKING:
    from pathlib import Path

    from press.print.server.client import Setup

HERE = Folders.here()


def apart(place: Path, content: Path | None = None) -> Folders:
    """Return folders in *place* for all that tasks make, with this *content* or the project's."""
    return replace(Folders.of(place), root=HERE.root, content=content or HERE.content)


def setup(work: Path) -> Setup:
    """Return what a print server needs, with its files in *work*."""
    return pool.setup(work, HERE.fonts)
