"""Draw the figures of editions; each drawing is made once and kept by its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.build.keys import drawing_key
from press.ground.store import Store
from press.page import figures
from press.print.pool import usable_processors

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing for a page, or why there is none."""

    svg: str = ""
    fault: str = ""


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
    specs, jobs = [asked.spec for asked in missing.values()], studio.jobs or usable_processors()
    sketches = figures.sketches(specs, jobs, studio.folders.fonts)
    for (key, asked), sketch in zip(missing.items(), sketches, strict=True):
        drawings[key] = _finish(asked, sketch, studio.folders.fonts)
        if drawings[key].svg:
            store.put(key, drawings[key].svg.encode())
    return {asked: drawings[key] for asked, key in keys.items()}


def _finish(commission: Commission, sketch: figures.Sketch, faces: Path) -> Drawing:
    if sketch.fault:
        return Drawing(fault=sketch.fault)
    try:
        return Drawing(figures.finish(commission, sketch.svg, faces))
    except figures.DrawingRefusedError as error:
        return Drawing(fault=str(error))
