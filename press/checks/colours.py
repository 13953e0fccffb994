"""Contrast of a brief's colours, from the palette (WCAG 2.2: 4.5 to 1 for text, 3 to 1 for figures)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.library import Fault, Library
from press.palette import contrast, palette
from press.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = 4.5
FIGURE = 3.0


def check(library: Library) -> Iterator[Fault]:
    """Yield accents in which something could not be read."""
    for name, brief in library.briefs.items():
        colours = palette(str(brief.accent))
        for front, back, least in colours.pairs():
            ratio = contrast(getattr(colours, front), getattr(colours, back))
            if ratio < least:
                message = f"the accent {brief.accent} gives {front} on {back} a contrast of {ratio:.1f} to 1; it needs {least}: take a darker accent"
                yield Fault(Problem(brief.accent.place, message, "contrast"), f"brief:{name}")
                break
