"""Compare Vega's scene with the data: as many marks as values, each at its place, as long as it should be, and named.

A mark of an author's specification has its row of the data as its description; those of our own forms follow the
order of their rows.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from press.page.figures.scene import AXES, SceneMark, joined
from press.problems import counted

NEAR = 0.6  # pixels: rounding
SEEN = 0.7  # pixels: a thinner bar is not
TOO_SHORT = "the drawing has a bar that is too short to be seen, {:g}: use tiles or a table"
SPOT = 3.0  # pixels between the middles of two points that a reader can tell apart
ORIENTS = {"x": {"top", "bottom"}, "y": {"left", "right"}}  # of the labels of an axis
SCALES = {"log": math.log, "sqrt": math.sqrt}
LEAST_LABELS = 2  # an axis with fewer measures nothing


def faults(spec: Mapping[str, Any], every: Sequence[SceneMark]) -> Iterator[str]:
    """Yield what these marks show other than *spec* says."""
    axes = [_Axis(name, spec, every) for name in AXES]
    for number, layer in enumerate(spec["layer"]):
        rows = layer.get("data", spec.get("data", {}))["values"]
        drawn = [mark for mark in every if mark.layer == number]
        if len(drawn) != len(rows):
            yield f"the drawing shows {counted(len(drawn), 'mark')} for {counted(len(rows), 'value')}"
            continue
        if "description" in layer.get("encoding", {}):
            drawn.sort(key=lambda mark: int(mark.item["description"]))
            yield from _alike(layer, rows, drawn)
        for row, mark in zip(rows, drawn, strict=True):
            yield from _words(layer, row, mark)
            for axis in axes:
                yield from axis.take(layer, row, mark)
    for axis in axes:
        yield from axis.faults()
    if "data" in spec:
        yield from _unnamed(spec, every)


class _Axis:
    """Where values lie along one direction, and how long marks are in it."""

    def __init__(self, name: str, spec: Mapping[str, Any], every: Sequence[SceneMark]) -> None:
        channels = [layer.get("encoding", {}).get(name) for layer in spec["layer"]]
        measured = [given for given in channels if given and given["type"] == "quantitative"]
        kinds = [(given.get("scale") or {}).get("type") for given in measured]
        self._scale = next((SCALES[kind] for kind in kinds if kind in SCALES), float)
        self._name, self._far = name, f"{name}2"
        self._labels = [mark for mark in every if mark.orient in ORIENTS[name]]
        self._lengths: list[tuple[float, float]] = []  # each value on its scale, and its pixels
        self._places = [
            (self._scale(number), mark.place(name))
            for mark in self._labels
            if measured and (number := _number(mark)) is not None
        ]

    def take(
        self, layer: Mapping[str, Any], row: Mapping[str, Any], mark: SceneMark
    ) -> Iterator[str]:
        """Measure *mark*, which stands for *row*; yield what is wrong with it by itself."""
        channel = layer.get("encoding", {}).get(self._name)
        if not channel:
            return
        given = row[channel["field"]]
        if channel["type"] != "quantitative":
            here = mark.middle(self._name)
            moved = here + mark.item.get(f"d{self._name}", 0.0)  # a text stands beside its place
            own = [each.place(self._name) for each in self._labels if each.says(given)]
            rest = [each.place(self._name) for each in self._labels if not each.says(given)]
            far = min((abs(place - moved) for place in rest), default=math.inf)
            if own and (
                min(abs(place - here) for place in own) > 2 * NEAR
                or min(abs(place - moved) for place in own) >= far
            ):
                yield f"the drawing has '{joined(given)}' beside another mark"
        elif self._far in layer["encoding"]:
            other = row[layer["encoding"][self._far]["field"]]
            end = mark.place(self._name) + mark.item[self._far] - mark.item[self._name]
            stands = layer["mark"]["type"] == "bar" or (mark.kind == "rect" and given != other)
            if stands and abs(end - mark.place(self._name)) < SEEN:
                yield TOO_SHORT.format(max(given, other))
            values = sorted([self._scale(given), self._scale(other)], reverse=self._falls(channel))
            self._places += zip(values, sorted([mark.place(self._name), end]), strict=True)
        elif layer["mark"]["type"] == "bar" and self._far in mark.item:
            long = float(mark.item[AXES[self._name]])
            self._lengths.append((abs(given), long))  # below zero it goes the other way
            if given and long < SEEN:
                yield TOO_SHORT.format(given)
        elif not channel.get("stack"):  # else it lies on others
            self._places.append((self._scale(given), mark.middle(self._name)))

    def _falls(self, channel: Mapping[str, Any]) -> bool:
        """Return whether larger values have smaller places: those that rise on a scale of their own."""
        return self._name == "y" and channel.get("scale", {}) is not None

    def faults(self) -> Iterator[str]:
        """Yield what shows that places or lengths do not follow the values."""
        (low, first), (high, last) = (
            (min(self._places), max(self._places)) if self._places else ((0.0, 0.0),) * 2
        )
        slope = (last - first) / (high - low) if high > low else 0.0
        if high > low and abs(last - first) < 1:
            yield "the drawing puts different values on one spot"
        if any(abs(first + slope * (value - low) - at) > NEAR for value, at in self._places):
            yield "the drawing has marks that are not at the places of their values"
        most, longest = max(self._lengths, default=(0.0, 0.0))
        each = abs(slope) or (longest / most if most else 0.0)
        if any(abs(each * value - long) > NEAR for value, long in self._lengths):
            yield "the drawing has bars that are not as long as their values"


def _number(mark: SceneMark) -> float | None:
    """Return the number that an axis prints, or None if it is none."""
    try:
        return float(" ".join(mark.lines).replace(",", "").replace("−", "-"))
    except ValueError:
        return None


def _words(layer: Mapping[str, Any], row: Mapping[str, Any], mark: SceneMark) -> Iterator[str]:
    """Yield what *mark* lacks of the words of its row."""
    if mark.kind == "text":
        given = row[layer["encoding"]["text"]["field"]]
        if not mark.says(given) and _number(mark) != given:
            yield f"the drawing lacks '{joined(given)}'"


def _alike(
    layer: Mapping[str, Any], rows: list[dict[str, Any]], drawn: list[SceneMark]
) -> Iterator[str]:
    """Yield pairs of marks that look like one."""
    named = layer["mark"]["type"]
    if named == "text" and not {"nominal", "ordinal"} & _types(layer):
        for row, mark in zip(rows, drawn, strict=True):
            moved = [mark.place(axis) + mark.item.get(f"d{axis}", 0.0) for axis in AXES]
            near = min(drawn, key=lambda each: math.dist([*map(each.place, AXES)], moved))
            if near is not mark:
                yield f"the drawing has '{joined(row['label'])}' beside another mark"
    for (one, first), (two, second) in combinations(zip(rows, drawn, strict=True), 2):
        if named in {"line", "text"} or not _over(first, second):
            continue
        pair = f"'{joined(one['label'])}' and '{joined(two['label'])}'"
        yield f"the drawing shows {pair} as one mark: give them different places"


def _types(layer: Mapping[str, Any]) -> set[str]:
    return {channel["type"] for axis in AXES if (channel := layer["encoding"].get(axis))}


def _over(first: SceneMark, second: SceneMark) -> bool:
    """Return True if one of two marks hides the other, or goes on in its colour."""
    same = first.item.get("fill") == second.item.get("fill")
    gaps = []
    for axis, side in AXES.items():
        apart = abs(first.middle(axis) - second.middle(axis))
        sides = (float(mark.item.get(side, 0) or 0) for mark in (first, second))
        gaps.append(apart - (sum(sides) / 2 if first.kind == "rect" else SPOT))
    if first.kind == "rect":
        return max(gaps) < (NEAR if same else -NEAR) and min(gaps) < -NEAR
    return max(gaps) < 0


def _unnamed(spec: Mapping[str, Any], every: Sequence[SceneMark]) -> Iterator[str]:
    """Yield what a reader would not learn: what a mark is of, or how much it is."""
    texts = {" ".join(mark.lines) for mark in every if mark.kind == "text"}
    rows = spec["data"]["values"]
    if lacking := [words for row in rows if (words := joined(row["label"])) not in texts]:
        yield f"nothing in the drawing names '{lacking[0]}'; show 'label', on an axis or as text"
    numbers = [mark for mark in every if mark.kind == "text" and mark.layer is None]
    scales = len(
        {" ".join(mark.lines) for mark in numbers} - {joined(row["label"]) for row in rows}
    )
    if scales < LEAST_LABELS and not all(row["shown"] in texts for row in rows):
        yield "nothing in the drawing says how much; show 'shown' as text, or the labels of an axis"
