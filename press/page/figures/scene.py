"""Read Vega's scene, its own account of a drawing: each mark with its place in pixels."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")
AXES = {"x": "width", "y": "height"}  # with the side of a mark that lies along it


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a mark: where it is and how large, in pixels, or its words and where they are anchored."""

    numbers: tuple[float, ...]
    words: str = ""

    def near(self, other: "Sight", most: float) -> bool:
        """Return True if *other* has the same words, and no number differs by more than *most*."""
        return (
            self.words == other.words
            and len(self.numbers) == len(other.numbers)
            and all(abs(a - b) <= most for a, b in zip(self.numbers, other.numbers, strict=True))
        )


@dataclass(frozen=True, slots=True)
class SceneMark:
    """A mark as Vega placed it."""

    kind: str  # rect, rule, symbol, line, text or shape
    layer: int | None  # None: it belongs to an axis
    item: Mapping[str, Any]
    left: float  # of its group, in pixels
    top: float
    orient: str = ""  # of its axis: bottom, left, …
    line: tuple["SceneMark", ...] = ()  # of the first mark of several: all of them

    @property
    def lines(self) -> list[str]:
        """Its words, by lines."""
        words = self.item.get("text", "")
        return [
            str(line)
            for line in (words if isinstance(words, list) else [words])
            if str(line).strip()
        ]

    def says(self, words: object) -> bool:
        """Return True if it prints these words and no others."""
        return " ".join(self.lines) == joined(words)

    def place(self, axis: str) -> float:
        """Return where it begins along *axis*."""
        start = self.item.get(axis, 0) or 0
        return float(start) + (self.left if axis == "x" else self.top)

    def sights(self) -> Iterator[Sight]:
        """Yield what is seen of it: nothing, one shape, or lines of words."""
        x, y, item = self.place("x"), self.place("y"), self.item
        if self.kind == "text":
            anchor = x + float(item.get("dx", 0))
            yield from (Sight((anchor,), line) for line in self.lines)
        elif not any(str(item.get(paint) or "").startswith("#") for paint in ("fill", "stroke")):
            return
        elif self.kind == "rect":
            yield Sight((x, y, float(item["width"]), float(item["height"])))
        elif self.kind == "rule":
            far = (item.get(f"{axis}2", item.get(axis, 0)) - item.get(axis, 0) for axis in AXES)
            yield Sight((x, y, *far))
        elif self.kind == "symbol" and item["shape"] == "square":
            side = math.sqrt(item["size"])
            yield Sight((x - side / 2, y - side / 2, side, side))
        elif self.kind == "symbol":
            yield Sight((x, y))
        elif self.kind == "line" and self.line:
            yield Sight(tuple(at for point in self.line for at in map(point.place, AXES)))
        elif self.kind == "shape" and item["shape"]:
            numbers = enumerate(map(float, NUMBER.findall(item["shape"])))
            yield Sight(tuple(number + (y if at % 2 else x) for at, number in numbers))

    def middle(self, axis: str) -> float:
        """Return where its middle is along *axis*."""
        return self.place(axis) + float(self.item.get(AXES[axis], 0) or 0) / 2


def marks(scene: Mapping[str, Any]) -> Iterator[SceneMark]:
    """Yield the marks of *scene*, what lies below first."""
    left, top = scene["origin"]
    yield from _marks(scene["scenegraph"], SceneMark("group", None, {}, left, top))


def _marks(node: Mapping[str, Any], group: SceneMark) -> Iterator[SceneMark]:
    """Yield the marks in *node*, which is in *group*."""
    name = node.get("name", "")
    layer = int(name.split("_")[1]) if name.startswith("layer_") else group.layer
    every = [
        replace(group, kind=node["marktype"], layer=layer, item=item)
        for item in node["items"]
        if item.get("opacity") != 0  # Vega hides labels that have no room
    ]
    if node["marktype"] != "group":
        yield from (replace(mark, line=tuple(every if mark is every[0] else ())) for mark in every)
        return
    for mark in every:
        inner = replace(
            mark,
            left=mark.place("x"),
            top=mark.place("y"),
            orient=mark.item.get("orient", group.orient),
        )
        for child in sorted(mark.item["items"], key=lambda child: int(child.get("zindex", 0))):
            yield from _marks(child, inner)


def joined(words: object) -> str:
    """Return words that may stand in several lines as one text."""
    return " ".join(map(str, words)) if isinstance(words, list) else str(words)
