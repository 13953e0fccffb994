"""Draw a map that shows states among their neighbours, as a Vega-Lite specification."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from press.edition.edition import Figure
from press.page.figures.theme import BOLD, NOTE, SCHEMA, WIDE, Slot

ATLAS = Path(__file__).parent / "states.json"  # press/tools/map_of_states.py makes it
# Of a wide map and of a narrow one: its height in pixels, pixels a radian, and what is in the middle.
VIEWS = {True: (160.0, 545.0, 66.5, 44.8), False: (188.0, 418.0, 64.6, 45.0)}


def state_names() -> frozenset[str]:
    """Return the names of the states that a map can show."""
    return frozenset(_atlas()["names"])


@cache
def _atlas() -> Any:  # noqa: ANN401 - JSON
    return json.loads(ATLAS.read_text("utf-8"))


def chart(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw the states that *figure* names, with their names, and the others in outline."""
    shapes, colours = _atlas()["shapes"], slot.colours
    high, scale, longitude, latitude = VIEWS[slot.width >= WIDE]
    shown = [_feature(name) for name in shapes if name in figure.names]
    others = [_feature(name) for name in shapes if name not in figure.names]
    return {
        "$schema": SCHEMA,
        "width": slot.width,
        "height": high,
        "padding": 0,
        "projection": {
            "type": "conicEqualArea",
            "parallels": [38, 54],
            "rotate": [-longitude, 0, 0],
            "center": [0, latitude],
            "scale": scale,
            "translate": [slot.width / 2, high / 2],
            "clipExtent": [[0, 0], [slot.width, high]],
            "precision": 0,
        },
        "layer": [
            _shapes(others, colours.paper, colours.rule),
            _shapes(shown, colours.pale, colours.paper),  # borders are pale: names cross them
            _names(figure.names, colours.ink),
        ],
    }


def _names(shown: tuple[str, ...], colour: str) -> dict[str, Any]:
    names = _atlas()["names"].items()
    rows = [{"words": name, "x": x, "y": y} for name, (x, y) in names if name in shown]
    look = {"color": colour, "fontSize": NOTE, "fontWeight": BOLD, "clip": False}
    return {
        "data": {"values": rows},
        "mark": {"type": "text", **look},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": "words", "type": "nominal"},
        },
    }


def _feature(name: str) -> dict[str, Any]:
    shape = {"type": "MultiPolygon", "coordinates": _atlas()["shapes"][name]}
    return {"type": "Feature", "properties": {"name": name}, "geometry": shape}


def _shapes(features: list[dict[str, Any]], fill: str, stroke: str) -> dict[str, Any]:
    line = {"stroke": stroke, "strokeWidth": 0.7, "strokeJoin": "round"}
    mark = {"type": "geoshape", "clip": False, "fill": fill, **line}
    return {"data": {"values": features}, "mark": mark}
