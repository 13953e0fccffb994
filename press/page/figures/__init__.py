"""Figures: an edition in, a specification for each drawing, and of these the drawings, out.

No address leads out of a specification: its data are the values of the edition. What draws is a process of its own.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from press.edition.edition import Figure
from press.page import colours as palette
from press.page.figures import author_spec, bar_charts, maps
from press.page.figures.maps import state_names
from press.page.figures.theme import NARROW, WIDE, Ruler, config
from press.page.figures.vega_svg import DrawingRefusedError, cleaned
from press.page.figures.vega_workers import Sketch, sketches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.edition.edition import Edition

__all__ = [
    "Commission",
    "DrawingRefusedError",
    "Sketch",
    "commissions",
    "finished",
    "sketches",
    "state_names",
]

FRONT = "figure"  # the section that has the column of page 1
TILES = "tiles"  # are text, and stay it
FORMS = {
    "parts": bar_charts.parts,
    "share": bar_charts.share,
    "bars": bar_charts.bars,
    "timeline": bar_charts.timeline,
    "map": maps.chart,
    "spec": author_spec.chart,
}


@dataclass(frozen=True, slots=True)
class Commission:
    """One drawing to be made."""

    block: str
    narrow: bool
    spec: str  # JSON
    alternative: str
    accent: str

    @property
    def name(self) -> str:
        """The name under which a page asks for it."""
        return f"{self.block}/{'narrow' if self.narrow else 'wide'}"


def commissions(edition: Edition, faces: Path) -> Iterator[Commission]:
    """Yield the drawings of *edition*, set in *faces*: one for page 1, else one for paper and one for small screens."""
    for section in edition.sections:
        for block in section.blocks:
            if isinstance(block, Figure) and block.form != TILES:
                front = section.name == FRONT
                for width in (NARROW,) if front else (WIDE, NARROW):
                    yield _commission(edition, block, width, Ruler(faces), large=front)


def _commission(
    edition: Edition, figure: Figure, width: int, ruler: Ruler, *, large: bool
) -> Commission:
    colours = palette.palette(edition.accent)
    day = dt.date.fromisoformat(edition.release)
    until = round(day.year + (day.month - 1) / 12, 2)
    slot = bar_charts.Slot(width, large, colours, edition.language, until, edition.released, ruler)
    spec: dict[str, Any] = {**FORMS[figure.form](figure, slot), "config": config(colours)}
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    return Commission(figure.id, width == NARROW, text, figure.alternative, edition.accent)


def finished(commission: Commission, svg: str, faces: Path) -> str:
    """Return what Vega drew, for the page; *faces* say how much room its words take.

    Raises:
        DrawingRefusedError: there is more in it than marks and words in our colours, or less than was asked for.
    """
    named = {colour: name for name, colour in asdict(palette.palette(commission.accent)).items()}
    done = cleaned(svg, named, commission.alternative, Ruler(faces))
    if "<path" not in done and "<line" not in done:
        raise DrawingRefusedError("the drawing shows no mark")
    for layer in json.loads(commission.spec)[
        "layer"
    ]:  # Vega leaves out what it fails on, and says nothing
        for row in layer.get("data", {}).get("values", ()):
            if (words := row.get("words")) and f">{escape(words, quote=False)}<".replace(
                "&gt;", ">"
            ) not in done:
                raise DrawingRefusedError(f"the drawing lacks '{words}'")
    return done
