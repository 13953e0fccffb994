"""Measure how wide a text is, set in a face."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no types

from press.page.fonts import FACES

if TYPE_CHECKING:
    from pathlib import Path


def width(folder: Path, text: str, *, family: str, weight: int, size: float) -> float:
    """Return how wide *text* is at *size*, in the unit of *size*; without kerning, which makes it narrower."""
    advances, em = _advances(folder, family, weight)
    return sum(advances.get(ord(char), em) for char in text) * size / em


@cache
def _advances(folder: Path, family: str, weight: int) -> tuple[dict[int, int], int]:
    """Return the advance of each character, and the size of the em, in units of the font."""
    [file] = [
        face.file
        for face in FACES
        if (face.family, face.weight, face.style) == (family, weight, "normal")
    ]
    with TTFont(folder / file) as font:
        metrics, glyphs = font["hmtx"].metrics, font.getBestCmap()
        return {char: metrics[glyph][0] for char, glyph in glyphs.items()}, font["head"].unitsPerEm
