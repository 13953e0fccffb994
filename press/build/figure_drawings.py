"""Draw the figures of editions; each drawing is made once and kept by its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.build.keys import drawing_key
from press.ground.store import Store
from press.page import figures
from press.page.figures import Drawing
from press.print.pool import usable_processors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from press.ground.paths import Folders
    from press.page.figures import Commission


@dataclass(frozen=True)
class Studio:
    """What drawings are made with."""

    folders: Folders
    code: str  # digests, of our code and of the fonts
    fonts: str
    jobs: int = 0  # processes at once; 0: as many as there are processors

    @property
    def store(self) -> Store:
        """Where results are kept by key."""
        return Store(self.folders.store)


def draw(studio: Studio, commissions: Iterable[Commission]) -> dict[Commission, Drawing]:
    """Return the drawing of each of *commissions*; one that two editions show is made once.

    Raises:
        OutputError: the store may not be written.
    """
    keys = {asked: drawing_key(asked, studio.code, studio.fonts) for asked in commissions}
    store = studio.store
    kept = {key: store.get(key) for key in dict.fromkeys(keys.values())}
    drawings = {key: Drawing(data.decode()) for key, data in kept.items() if data is not None}
    missing = {key: asked for asked, key in keys.items() if key not in drawings}
    jobs, faces = studio.jobs or usable_processors(), studio.folders.fonts
    for key, drawing in zip(missing, figures.draw([*missing.values()], jobs, faces), strict=True):
        drawings[key] = drawing
        if drawing.svg:
            store.put(key, drawing.svg.encode())
    return {asked: drawings[key] for asked, key in keys.items()}
