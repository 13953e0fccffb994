"""Set the look of all drawings: their sizes, their type and the theme for Vega-Lite.

Sizes are CSS pixels, 96 to the inch, as in the SVG: 11.5 is the 8.6 pt of a label.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press.content.model.maps import Atlas
from press.page import fonts
from press.page.colours import Palette

SANS, SERIF = "Press Sans", "Press Serif"
NOTE, LABEL, NUMBER = 10.2, 11.5, 25.3  # the sizes of tokens.css: 7.6, 8.6 and 19 pt
VALUE = 15.0  # of a value beside its bar on page 1
LINE = 14.0  # from one line of labels to the next
PLAIN, BOLD = 400, 600
NARROW = 230  # the column of page 1, and of a telephone
WIDE = 393  # beside a caption
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures text as it is set in *faces*, a folder."""

    faces: Path

    def width(
        self, text: str, *, size: float = LABEL, weight: int = PLAIN, family: str = SANS
    ) -> float:
        """Return how wide *text* is, without kerning, which makes it narrower."""
        known, em = fonts.advances(self.faces, family, weight)
        return sum(known.get(ord(char), em) for char in text) * size / em

    def lines(self, text: str, room: float, *, weight: int = PLAIN) -> list[str]:
        """Return *text* in lines no wider than *room*; a word that is wider has a line of its own."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, weight=weight) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a drawing goes, and in which colours and language."""

    width: int
    large: bool  # the one figure of page 1
    colours: Palette
    language: str
    until: float  # the release, as a year with its fraction
    released: str  # and in words
    ruler: Ruler
    atlas: Atlas | None = None  # of a map
    room: float = 0.0  # on page 1: pixels from top to bottom beside the messages

    @property
    def size(self) -> float:
        """The size of a value beside its bar."""
        return VALUE if self.large else LABEL


def config(colours: Palette) -> dict[str, Any]:
    """Return the theme in Vega-Lite's words."""
    axis = {
        "domain": False,
        "ticks": False,
        "grid": False,
        "gridColor": colours.rule,
        "domainColor": colours.soft,
        "tickColor": colours.soft,
        "labelColor": colours.ink,
        "labelFontSize": NOTE,
        "labelLimit": 0,  # a label is never cut: one that has no room is refused
        "labelPadding": 4,
        "titleColor": colours.soft,
        "titleFontSize": NOTE,
        "titleFontWeight": PLAIN,
    }
    return {
        "background": None,
        "font": SANS,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"labelAngle": 0},  # a turned label is hard to read
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -6},
        "legend": {"disable": True},
        "mark": {"color": colours.accent, "opacity": 1},
        "rule": {"color": colours.accent, "strokeWidth": 2},
        "text": {"color": colours.ink, "fontSize": LABEL},
        "range": {"category": [colours.accent, colours.pale]},
        "point": {"filled": True, "size": 60},
    }


assert {SANS, SERIF} <= fonts.FAMILIES  # noqa: S101 - a drawing has the fonts of its page
