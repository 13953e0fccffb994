"""Draw an author's own Vega-Lite specification, with the values of claims, our sizes and our theme."""

import json
from typing import Any

from press.edition.edition import Datum, Figure, plain_text
from press.page.figures.theme import LINE, SCHEMA, Slot

ROW = 26  # pixels for each of several bars or points
UPRIGHT = 170  # pixels, where both ways are measured
MOST_YEARS = 6  # on an axis
ROOM = 0.36  # of the width, for labels before the marks


def chart(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Return the specification of *figure*, ready to be drawn."""
    typed = json.loads(figure.spec)
    rows = [{**_row(datum, slot), "row": at} for at, datum in enumerate(figure.data)]
    years = {"year": _marked_years([row["year"] for row in rows if row["year"]])}
    if all(datum.unit == "year" for datum in figure.data):
        ends = [int(row[end]) for row in rows for end in ("low", "high")]
        years |= dict.fromkeys(("value", "low", "high"), _marked_years(ends))
    titles = _titles(typed["layer"])
    layers = [_layer(layer, slot, years, titles) for layer in typed["layer"]]
    types = {layer["encoding"].get("y", {}).get("type") for layer in layers}
    height = LINE * (1 + len(titles)) + sum(max(ROW, len(row["label"]) * LINE + 8) for row in rows)
    return {
        "$schema": SCHEMA,
        "data": {"values": rows},
        "width": slot.width,
        "height": typed["height"] or (height if types <= {"nominal", "ordinal"} else UPRIGHT),
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 0, "right": 12, "top": 4, "bottom": 4},
        "layer": layers,
    }


def _row(datum: Datum, slot: Slot) -> dict[str, Any]:
    low, high = datum.interval or (datum.low, datum.high)
    return {
        "label": slot.ruler.lines(plain_text(datum.label), slot.width * ROOM),
        "value": datum.high,
        "low": low,
        "high": high,
        "year": datum.last or None,
        "shown": datum.shown,
    }


def _marked_years(years: list[int]) -> list[int]:
    """Return the years that an axis marks: Vega's own choice may be a half, which would print as the next one."""
    first, last = min(years, default=0), max(years, default=0)
    return [*range(first, last + 1, 1 + (last - first) // MOST_YEARS)]


def _titles(layers: list[dict[str, Any]]) -> dict[str, str]:
    """Return the title of each axis, which all layers share: Vega takes that of one that has none for 'none'."""
    given = ((axis, layer["encoding"].get(axis, {})) for layer in layers for axis in ("x", "y"))
    return {
        axis: title for axis, channel in given if (title := channel.get("axis", {}).get("title"))
    }


def _layer(
    typed: dict[str, Any], slot: Slot, years: dict[str, list[int]], titles: dict[str, str]
) -> dict[str, Any]:
    mark = typed["mark"] if isinstance(typed["mark"], dict) else {"type": typed["mark"]}
    if "color" in mark:
        mark = {**mark, "color": getattr(slot.colours, mark["color"])}
    channels = {
        name: _channel(name, dict(given), years, titles.get(name))
        for name, given in typed["encoding"].items()
    }
    channels["description"] = {"field": "row", "type": "nominal"}  # the mark is found again by it
    return {"mark": mark, "encoding": channels}


def _channel(
    name: str, given: dict[str, Any], years: dict[str, list[int]], title: str | None
) -> dict[str, Any]:
    """Return one channel; an axis has the title that the author wrote or none, and labels keep their order."""
    if name in {"x", "y"}:
        given["axis"] = {**given.get("axis", {}), "title": title}
        if given["type"] != "quantitative":
            given.setdefault("sort", None)
        elif given["field"] in years:
            # a year has no separator
            given["axis"] |= {"format": "d", "values": years[given["field"]]}
            given.setdefault("scale", {}).setdefault("zero", False)
    elif name in {"text", "color", "detail"}:
        given.setdefault("type", "nominal")
    return given
