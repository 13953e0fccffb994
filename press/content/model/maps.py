"""Describe maps: a file of areas in `maps/`, and how a figure shows it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from press.content.model import typed
from press.content.model.scalar_type import refused
from press.content.model.spec import Labelled
from press.content.model.typed import Plain, Strict

RULE = "map"
MOST_COMPARED = 2_000_000  # pairs of sides; a coast of 8,000 points has a tenth of them
FEWEST = 4  # points of a ring, the last of which is the first
DRAW_ANEW = "draw it anew, or cut the map again with ./inv new map"
Point = tuple[float, float]  # degrees of longitude and latitude


def _point(value: object) -> Point:
    try:
        x, y = map(float, value[:2] if isinstance(value, list | tuple) else ())
    except ValueError:
        raise refused("expected two numbers, longitude and latitude", rule=RULE) from None
    if not (abs(x) <= 180 and abs(y) <= 90):  # noqa: PLR2004 - degrees
        what = f"{x:g}, {y:g} is no longitude and latitude in degrees"
        raise refused(f"{what}; save the file in EPSG:4326 (WGS 84), as GeoJSON has it", rule=RULE)
    return x, y


def unwrapped(ring: Sequence[Point]) -> list[Point]:
    """Return *ring* with longitudes that go on beyond 180 where it crosses that meridian."""
    points = [ring[0]]
    for x, y in ring[1:]:
        points.append((x + 360 * round((points[-1][0] - x) / 360), y))
    return points


def _ring(points: tuple[Point, ...]) -> tuple[Point, ...]:
    if len(points) < FEWEST or points[0] != points[-1]:
        raise refused("this ring is not closed: its last point has to be its first", rule=RULE)
    around = unwrapped(points)
    if crossing := _crossing(around):
        x, y = crossing
        raise refused(f"this ring crosses itself near {x:g}, {y:g}; {DRAW_ANEW}", rule=RULE)
    if not surface(around):
        raise refused(f"this ring encloses nothing; {DRAW_ANEW}", rule=RULE)
    return points


def surface(ring: Sequence[Point]) -> float:
    """Return the surface within *ring*, below zero where it runs with the clock (y up)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _crossing(ring: list[Point]) -> Point | None:
    """Return a place where *ring* crosses itself: its sides are met from west to east.

    Raises:
        PydanticCustomError: there are too many sides beside one another to compare them all.
    """
    near: list[tuple[Point, Point]] = []
    compared = 0
    for side in sorted((min(pair), max(pair)) for pair in pairwise(ring)):
        near = [other for other in near if other[1][0] >= side[0][0]]
        compared += len(near)
        if compared > MOST_COMPARED:
            raise refused("this ring goes back and forth too often: simplify its lines", rule=RULE)
        for other in near:
            if all(_sides(*one) < 0 for one in ((side, other), (other, side))):
                return side[0]
        near.append(side)
    return None


def _sides(line: tuple[Point, Point], other: tuple[Point, Point]) -> float:
    """Return a number below 0 if the ends of *other* are on different sides of *line*."""
    (x, y), (x2, y2) = line
    first, last = ((x2 - x) * (v - y) - (y2 - y) * (u - x) for u, v in other)
    return first * last


Place = Annotated[
    Point,
    PlainValidator(_point),
    WithJsonSchema({"type": "array", "items": {"type": "number"}, "minItems": 2}),
]
Ring = Annotated[tuple[Place, ...], AfterValidator(_ring)]
Rings = Annotated[tuple[Ring, ...], Field(min_length=1)]  # the outline, and the holes in it


class Polygon(Strict):
    """An area in one piece."""

    type: Literal["Polygon"]
    coordinates: Rings

    @property
    def polygons(self) -> tuple[Rings, ...]:
        """Its pieces."""
        return (self.coordinates,)


class MultiPolygon(Strict):
    """An area in several pieces."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[tuple[Rings, ...], Field(min_length=1)]

    @property
    def polygons(self) -> tuple[Rings, ...]:
        """Its pieces."""
        return self.coordinates


class Properties(Strict):
    """What is said of an area; what programs add to it is not read."""

    model_config = ConfigDict(extra="ignore")
    name: Plain = Field(description="each area has a name of its own, by which figures mark it")
    disputed: typed.Flag = False


class Feature(Strict):
    """An area on a map."""

    model_config = ConfigDict(extra="ignore")
    type: Literal["Feature"]
    properties: Properties
    geometry: Annotated[Polygon | MultiPolygon, Field(discriminator="type")]


class Checked(Strict):
    """Who has compared a map with what it should show, and when; empty until then, and in no output."""

    by: Plain | None = None
    on: typed.Day | None = None


class Atlas(Strict):
    """A file of areas, GeoJSON with four members of ours."""

    type: Literal["FeatureCollection"]
    source: Plain  # of the borders
    date: typed.Date  # which they are of
    borders: Plain  # whose view they are
    checked: Checked = Checked()
    features: Annotated[tuple[Feature, ...], Field(min_length=1, max_length=300)]
    name: object = None  # that programs write
    # west, south, east and north, where it was cut: no borders are drawn along it
    bbox: Annotated[tuple[float, ...], Field(min_length=4, max_length=4)] | None = None
    crs: object = None

    @model_validator(mode="after")
    def signature_is_whole(self) -> Self:
        """Refuse half a signature."""
        if (self.checked.by is None) != (self.checked.on is None):
            raise refused("who signs says when: 'checked' has 'by' and 'on', or neither", rule=RULE)
        return self

    @property
    def areas(self) -> dict[str, Feature]:
        """Its areas by their names."""
        return {str(feature.properties.name): feature for feature in self.features}

    @property
    def drawn(self) -> object:
        """All that a drawing shows of it."""
        areas = [(name, area.geometry.coordinates) for name, area in self.areas.items()]
        return areas, self.disputed, self.bbox

    @property
    def disputed(self) -> tuple[str, ...]:
        """The names of the areas that are disputed."""
        return tuple(name for name, area in self.areas.items() if area.properties.disputed)


class Shade(Labelled):
    """A value of an area on a map."""

    area: Plain | None = None  # its name in the file, where the label is another


class MapSpec(Strict):
    """Areas of a file that are marked: as members of something, or by classes of a value."""

    file: typed.MapFile
    members: Labelled | None = None  # of a value that counts areas by their names
    areas: Annotated[tuple[Shade, ...], Field(min_length=2, max_length=40)] | None = None
    classes: Annotated[tuple[typed.Number, ...], Field(min_length=1, max_length=4)] | None = None
    named: tuple[Plain, ...] = ()  # others whose names are on the map
    frame: Annotated[tuple[Plain, ...], Field(min_length=1)] | None = (
        None  # all that has to be seen
    )

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Refuse a map of both kinds, of none, or of values that are not in classes."""
        if (self.members is None) == (self.areas is None):
            raise refused("a map has 'members', or 'areas' with a value each")
        if (self.areas is None) != (self.classes is None):
            raise refused(
                "'areas' and 'classes' go together: classes: [10, 20] makes three of them"
            )
        limits = list(map(float, self.classes or ()))
        if limits != sorted(set(limits)):
            raise refused("the limits of classes rise: put the lowest first", rule=RULE)
        return self

    @property
    def marked(self) -> tuple[str, ...]:
        """The names of the areas that have a value of their own."""
        return tuple(str(shade.area or shade.label) for shade in self.areas or ())

    @property
    def data(self) -> tuple[Labelled, ...]:
        """What it shows."""
        return self.areas or ((self.members,) if self.members else ())
