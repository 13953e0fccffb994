"""What is to be drawn in; each drawing, made once and kept by key, or why there is none, out."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.ground import store
from press.page import figures
from press.print.pool import usable_processors

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from press.ground.paths import Folders
    from press.page.figures import Commission

ENGINE = "vl-convert-python"


@dataclass(frozen=True)
class Studio:
    """What drawings are made with."""

    folders: Folders
    code: str  # digests, of our code and of the fonts
    fonts: str
    jobs: int = 0  # processes at once; 0: as many as there are processors

    @property
    def kept(self) -> store.Store:
        """Results by key."""
        return store.Store(self.folders.store)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing for a page, or why there is none."""

    svg: str = ""
    fault: str = ""


def drawing_key(commission: Commission, code: str, fonts: str) -> str:
    """Return the digest of all that a drawing depends on; *code* and *fonts* are digests."""
    asked = (commission.spec, commission.alternative, commission.accent)
    return store.key("drawing", *asked, code, fonts, importlib.metadata.version(ENGINE))


def drawn(studio: Studio, asked: Iterable[Commission]) -> dict[Commission, Drawn]:
    """Return what becomes of each of the drawings; one that two editions show is made once.

    Raises:
        OutputError: the store may not be written.
    """
    made: dict[Commission, Drawn] = {}
    missing: dict[str, Commission] = {}
    keys = {one: drawing_key(one, studio.code, studio.fonts) for one in asked}
    for one, key in keys.items():
        if (data := studio.kept.get(key)) is not None:
            made[one] = Drawn(data.decode())
        else:
            missing[key] = one
    specs, jobs = [one.spec for one in missing.values()], studio.jobs or usable_processors()
    new = figures.sketches(specs, jobs, studio.folders.fonts)
    for (key, one), sketch in zip(missing.items(), new, strict=True):
        made[one] = _finished(one, sketch, studio.folders.fonts)
        if made[one].svg:
            studio.kept.put(key, made[one].svg.encode())
    return made | {one: made[missing[key]] for one, key in keys.items() if key in missing}


def _finished(commission: Commission, sketch: figures.Sketch, faces: Path) -> Drawn:
    if sketch.fault:
        return Drawn(fault=sketch.fault)
    try:
        return Drawn(figures.finish(commission, sketch.svg, faces))
    except figures.DrawingRefusedError as error:
        return Drawn(fault=str(error))
