"""Draw a map: areas of a file, those that are marked in tones, as a Vega-Lite specification.

Vega projects and draws the areas; where words, dots and hatching go is worked out in `map_view` and `map_labels`.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from press.content.model.maps import Atlas, Feature, Point, surface, unwrapped
from press.edition.edition import Figure, Map
from press.page.colours import Palette
from press.page.figures.map_labels import TONES, Box, Label, box_about, labels_of
from press.page.figures.map_view import Ring, Shape, view_of
from press.page.figures.theme import NOTE, SCHEMA, WIDE, Slot
from press.problems import ConfigurationError

SPECK = 12.0  # square pixels: a smaller area gets a dot


def chart(figure: Figure, slot: Slot) -> dict[str, Any]:
    """Draw the areas that *figure* marks, with their names, and the others in outline.

    Raises:
        ConfigurationError: it is no map.
    """
    if not (figure.map and slot.atlas):
        raise ConfigurationError(f"figure '{figure.id}' has no map")
    areas = slot.atlas.areas
    view = view_of([areas[name] for name in figure.map.frame], slot.width, wide=slot.width >= WIDE)
    shapes = {name: Shape(area, view) for name, area in areas.items()}
    dots = [shapes[name].middle() for name, _, _ in figure.map.marked if shapes[name].size < SPECK]
    labels = labels_of(figure.map, shapes, slot, [box_about(dot, 8.0, view) for dot in dots])
    layers = [
        *_grounds(figure.map, slot.atlas, shapes, slot.colours),
        *_lettering(labels, dots, slot.colours),
    ]
    return {
        "$schema": SCHEMA,
        "width": slot.width,
        "height": view.height,
        "padding": 0,
        "projection": view.spec(),
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }


def _grounds(
    drawn: Map, atlas: Atlas, shapes: Mapping[str, Shape], colours: Palette
) -> Iterator[dict[str, Any]]:
    """Yield the marked areas in their tones, the lines over those that are disputed, and the borders of the others."""
    tones = {name: TONES[drawn.classes][number] for name, number, _ in drawn.marked}
    for tone in dict.fromkeys(tones.values()):
        own, (fill, gap) = [name for name in tones if tones[name] == tone], tone
        look = {"fill": getattr(colours, fill), "stroke": colours.paper, "strokeWidth": 0.7}
        yield _geo([_polygon(atlas.areas[name]) for name in own], look)
        levels = range(gap, int(shapes[own[0]].view.height), gap) if gap else ()
        spans = ((y, span) for name in own for y in levels for span in shapes[name].spans(y))
        yield _rules([(start, y, end, y) for y, (start, end) in spans], colours.accent)
    lines = [line for name in atlas.disputed for line in shapes[name].hatching()]
    yield _rules(lines, colours.soft, 0.7)
    yield _geo([_borders(atlas, set(tones))], {"stroke": colours.rule, "strokeWidth": 0.7})


def _polygon(area: Feature) -> dict[str, Any]:
    """Return *area* as Vega wants it: outlines run with the clock, holes against it."""
    turned = [
        [
            ring if (surface(unwrapped(ring)) < 0) != bool(hole) else ring[::-1]
            for hole, ring in enumerate(rings)
        ]
        for rings in area.geometry.polygons
    ]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": turned}}


def _borders(atlas: Atlas, marked: set[str]) -> dict[str, Any]:
    """Return the lines around what is not *marked*, each once; none where the map was cut."""
    west, south, east, north = atlas.bbox or (0.0,) * 4
    ends = ({-180.0, 180.0, west, east}, {south, north})
    marks = {name: name in marked for name in atlas.areas}
    seen: set[frozenset[Point]] = set()
    lines: list[Ring] = []
    # those of marked areas come first: they are known then
    for name in sorted(marks, key=lambda name: not marks[name]):
        rings = [ring for rings in atlas.areas[name].geometry.polygons for ring in rings]
        for start, end in (side for ring in rings for side in pairwise(ring)):
            cut = any(start[at] == end[at] and start[at] in ends[at] for at in (0, 1))
            if cut or frozenset((start, end)) in seen:
                continue
            seen.add(frozenset((start, end)))
            if marks[name]:
                continue
            if not lines or lines[-1][-1] != start:
                lines.append([start])
            lines[-1].append(end)
    return {"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": lines}}


def _lettering(
    labels: list[Label], dots: list[Point], colours: Palette
) -> Iterator[dict[str, Any]]:
    """Yield leaders, dots for areas that are too small to be seen, grounds and words."""
    yield _rules([label.leader for label in labels if label.leader], colours.ink, 0.7)
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 30, "color": colours.accent}
    yield _at([{"x": x, "y": y} for x, y in dots], dot)
    for label in labels:
        sides = [_ends(label.box)] if label.ground else []
        yield _at(sides, {"type": "rect", "color": label.ground})
        x, y = (label.box[0] + label.box[2]) / 2, (label.box[1] + label.box[3]) / 2 + NOTE * 0.35
        mark = {"type": "text", "baseline": "alphabetic", "fontSize": NOTE}
        look = {"fontWeight": label.weight, "color": label.ink}
        yield _at([{"x": x, "y": y, "words": label.words}], mark | look)


def _geo(features: list[dict[str, Any]], look: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "geoshape", "clip": False, "fill": None, "stroke": None, "strokeJoin": "round"}
    return {"data": {"values": features}, "mark": mark | look}


def _rules(lines: list[Box], colour: str, thick: float = 1.0) -> dict[str, Any]:
    rows = [_ends(round(end, 1) for end in line) for line in lines]
    return _at(rows, {"type": "rule", "color": colour, "strokeWidth": thick})


def _ends(line: Iterable[float]) -> dict[str, float]:
    return dict(zip(("x", "y", "x2", "y2"), line, strict=True))


def _at(rows: list[dict[str, Any]], mark: dict[str, Any]) -> dict[str, Any]:
    """Return a layer of marks at places in pixels."""
    place = {"type": "quantitative", "scale": None, "axis": None}
    encoding: dict[str, Any] = {axis: {"field": axis, **place} for axis in ("x", "y")}
    encoding |= {name: {"field": name} for name in ("x2", "y2") if rows and name in rows[0]}
    if rows and "words" in rows[0]:
        encoding["text"] = {"field": "words", "type": "nominal"}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}
