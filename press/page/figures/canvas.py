"""Collect marks on a scale, and write them as a Vega-Lite specification.

Along x the marks are on a scale of values, which Vega-Lite draws; along y they are measured in
pixels, since they follow lines of type, and lie on a scale too where values rise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from press.page.figures.theme import LABEL, PLAIN, SANS, SCHEMA


@dataclass
class Canvas:
    """A drawing in the making: *width* pixels that stand for the values from *low* to *high*."""

    width: float
    low: float
    high: float
    height: float = 0.0
    rising: tuple[float, float] | None = None  # the values at the foot and head of a given height
    _marks: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)

    def px(self, value: float) -> float:
        """Return the place of *value*, in pixels from the left."""
        return (value - self.low) / (self.high - self.low) * self.width

    def value(self, px: float) -> float:
        """Return the value at *px* from the left."""
        return self.low + px / self.width * (self.high - self.low)

    def level(self, value: float) -> float:
        """Return the place of a *value* that rises, in pixels from the top."""
        foot, head = self.rising or (self.height, 0.0)
        return (head - value) / (head - foot) * self.height

    def bar(self, ends: tuple[float, float], top: float, height: float, colour: str) -> None:
        """Draw a bar between two values."""
        row = {"x": ends[0], "x2": ends[1], "y": top, "y2": top + height, "colour": colour}
        self._marks.append(({"type": "rect"}, row))
        self.height = max(self.height, top + height)

    def line(self, ends: tuple[float, float], y: float, colour: str, thick: float = 1.0) -> None:
        """Draw a line between two values."""
        row = {"x": ends[0], "x2": ends[1], "y": y, "y2": y, "colour": colour}
        self._marks.append(({"type": "rule", "strokeWidth": thick}, row))

    def post(
        self, value: float, ends: tuple[float, float], colour: str, thick: float = 1.0
    ) -> None:
        """Draw an upright line at *value*."""
        row = {"x": value, "x2": value, "y": ends[0], "y2": ends[1], "colour": colour}
        self._marks.append(({"type": "rule", "strokeWidth": thick}, row))

    def dashes(
        self,
        ends: tuple[float, float],
        ys: tuple[float, float],
        colour: str,
        *,
        closed: bool = True,
    ) -> None:
        """Draw a dashed frame, *closed* at its right: what is in it is not known."""
        posts = [(x, x, *ys) for x in ends[: 1 + closed]]
        for x, x2, y, y2 in (*((*ends, y, y) for y in ys), *posts):
            row = {"x": x, "x2": x2, "y": y, "y2": y2, "colour": colour}
            self._marks.append(({"type": "rule", "strokeWidth": 1.0, "strokeDash": [4, 3]}, row))

    def path(self, points: Sequence[tuple[float, float]], colour: str, thick: float) -> None:
        """Draw a line through *points*, each a value and its pixels from the top."""
        mark = {"type": "line", "strokeWidth": thick, "strokeJoin": "round", "strokeCap": "round"}
        number = len(self._marks)
        for value, y in points:
            self._marks.append((mark, {"x": value, "y": y, "colour": colour, "path": number}))

    def dot(self, value: float, y: float, colour: str, size: float = 42) -> None:
        """Draw a dot at *value*."""
        row = {"x": value, "y": y, "colour": colour}
        self._marks.append(({"type": "point", "filled": True, "opacity": 1, "size": size}, row))

    def text(  # noqa: PLR0913 - what a text needs
        self,
        words: str,
        value: float,
        y: float,
        colour: str,
        *,
        size: float = LABEL,
        weight: int = PLAIN,
        align: str = "left",
        family: str = SANS,
    ) -> None:
        """Write *words*; *y* is their base line."""
        mark = {
            "type": "text",
            "align": align,
            "baseline": "alphabetic",
            "font": family,
            "fontSize": size,
            "fontWeight": weight,
        }
        self._marks.append((mark, {"x": value, "y": y, "colour": colour, "words": words}))
        self.height = max(self.height, y + size * 0.4)

    def spec(self) -> dict[str, Any]:
        """Return the specification; what is drawn first lies below."""
        layers = [
            self._layer(mark, [row for _, row in rows])
            for mark, rows in groupby(self._marks, lambda pair: pair[0])
        ]
        return {
            "$schema": SCHEMA,
            "width": self.width,
            "height": round(self.height, 1),
            "padding": 0,
            "layer": layers,
        }

    def _layer(self, mark: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
        scale: dict[str, Any] = {"domain": [self.low, self.high], "nice": False, "zero": False}
        x = {"field": "x", "type": "quantitative", "axis": None, "scale": scale}
        y: dict[str, Any] = {"field": "y", "type": "quantitative", "axis": None, "scale": None}
        if self.rising:
            y["scale"] = scale | {"domain": [*self.rising]}
            rows = [
                row | {end: self._risen(row[end]) for end in ("y", "y2") if end in row}
                for row in rows
            ]
        encoding: dict[str, Any] = {
            "x": x,
            "y": y,
            "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        }
        encoding |= {name: {"field": name} for name in ("x2", "y2") if name in rows[0]}
        if "path" in rows[0]:
            encoding["detail"] = {"field": "path", "type": "nominal"}
        if "words" in rows[0]:
            encoding["text"] = {"field": "words", "type": "nominal"}
        return {"data": {"values": rows}, "mark": mark, "encoding": encoding}

    def _risen(self, y: float) -> float:
        """Return the value at *y* pixels from the top, without the noise of its way there."""
        foot, head = self.rising or (self.height, 0.0)
        return float(f"{head - y / self.height * (head - foot):.12g}")
