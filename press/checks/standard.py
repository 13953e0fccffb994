"""Describe what the print of an edition is held to: its limits, and where each of its texts was written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from press.content.scalar import Scalar
from press.print.facts import MARGIN
from press.problems import Place

TELLING = 8  # characters of a text by which it is known


@dataclass(frozen=True)
class Standard:
    """What the print of one edition is held to."""

    brief: str
    language: str
    limits: Mapping[str, Any]
    letters: Mapping[str, int]  # that have to be printed, by block
    sections: Mapping[str, str]  # of the blocks
    # that are printed, by block; under '' those of page 1 in none, under NOTES those of notes and references
    words: Mapping[str, int]
    title: Place
    places: Mapping[str, Place]  # of the brief, its blocks, heads and images
    # how often each block says what is counted by page, by limit, as `layout.SAID` has them
    said: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    depth: str = "brief"  # of the print, or short
    shared: tuple[Scalar, ...] = ()  # texts of the series that are on the page outside of blocks
    voices: Place | None = None  # of what the foot of page 1 says, if that has one of its own

    def of(self, sections: Iterable[str]) -> list[str]:
        """Return the blocks of these sections, in order."""
        return [block for block, section in self.sections.items() if section in sections]

    @property
    def way_out(self) -> str:
        """What else would do where the print has too much."""
        short = (
            "; or give a block a 'short' text, or take it out of the short form by 'depth: brief'"
        )
        return short if self.depth == "short" else ""

    def place(self, block: str, *printed: str) -> Place:
        """Return where *block* was written, or a text of the series of which this was *printed*, or else the brief."""
        if block == "title":
            return self.title
        if block == MARGIN and self.voices:
            return self.voices
        for text in self.shared if f"block:{block}" not in self.places else ():
            if any(each in text for each in printed if len(each) >= TELLING):
                return text.place
        return self.places.get(f"block:{block}", self.places[f"brief:{self.brief}"])
