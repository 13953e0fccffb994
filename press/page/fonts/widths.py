"""Read from a face how wide its characters are."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no types

from press.page.fonts import FACES


@cache
def advances(folder: Path, family: str, weight: int) -> tuple[dict[int, int], int]:
    """Return the advance of each character, and the size of the em, in units of the font."""
    [file] = [
        face.file
        for face in FACES
        if (face.family, face.weight, face.style) == (family, weight, "normal")
    ]
    with TTFont(folder / file) as font:
        metrics, glyphs = font["hmtx"].metrics, font.getBestCmap()
        return {char: metrics[glyph][0] for char, glyph in glyphs.items()}, font["head"].unitsPerEm
