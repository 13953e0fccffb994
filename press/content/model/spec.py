"""Describe the part of Vega-Lite that an author may use: how values are drawn, and nothing that could be a number.

Names and meanings are those of Vega-Lite 6. What is not here is refused: addresses and data typed in, expressions,
transforms, sizes of type and colours, which are the theme's.
"""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from press.content.model.scalar_type import refused
from press.content.model.typed import WHOLE, Flag, Heading, Strict, ValueRef
from press.content.scalar import Keys, Scalar

MarkName = Literal["bar", "point", "square", "line", "tick", "rule", "text"]
Column = Literal["label", "value", "low", "high", "year", "shown"]
Scheme = Literal["accent", "pale", "ink", "soft", "rule", "paper"]
Shift = Annotated[int, Field(ge=-60, le=60), WHOLE]  # pixels


COLOURS = "all marks of a layer have one colour, 'mark: {type: bar, color: pale}', or 'color: {field: label}'"
INSTEAD = {  # of what Vega-Lite knows besides, by names in a row
    "area trail": "draw values over years with the form 'line'",
    "arc theta radius normalize": "draw parts of a whole with the form 'parts' or 'share'",
    "errorbar errorband boxplot": "draw intervals with the form 'intervals'",
    "rect circle image": "use 'square' or 'point', and a block 'table' for many values",
    "geoshape latitude longitude": "draw states with the form 'map'",
    "xOffset yOffset row column facet repeat concat hconcat vconcat": (
        "use the form 'grouped' or 'line', or a figure for each"
    ),
    "bin aggregate timeUnit transform params calculate": (
        "each value is that of a claim: work it out there, with 'derived'"
    ),
    "tooltip legend href url": "paper has none: show it as text, in a layer with 'mark: text'",
    "temporal": "a year is 'quantitative', or 'ordinal' where distances do not matter",
    "shape size opacity angle strokeDash": "tell marks apart by their places and labels",
    "$schema width config background autosize padding": "Press sets it: take it out",
}
KEYS = {  # likewise, of names that may be values too
    "value condition": COLOURS,
    "point": "show the points of a line in a layer with 'mark: point'",
    "interpolate": "a line is straight from value to value: take it out",
    "title": "the figure itself has a title, and an axis may",
    "domain range": "a scale runs over all values; 'zero: true' begins it at zero",
    "format values": "Press writes the numbers of an axis as the language has them",
    "order": "the order is that of 'data'",
}
WAYS_OUT = {name: way for names, way in INSTEAD.items() for name in names.split()}
OF_KEYS = WAYS_OUT | {name: way for names, way in KEYS.items() for name in names.split()}


class Vega(Strict):
    """A part of a specification."""

    @model_validator(mode="before")
    @classmethod
    def known(cls, given: object) -> object:
        """Refuse what Vega-Lite knows and Press does not draw, with what to use instead."""
        for key, value in given.items() if isinstance(given, Keys) else ():
            for name, ways in ((key, OF_KEYS), (value, WAYS_OUT)):
                if isinstance(name, Scalar) and name in ways and name not in cls.model_fields:
                    raise refused(f"a specification takes no '{name}' here; {ways[name]}")
            if key == "data" and isinstance(value, Keys):
                raise refused("data are values of claims: write [{label: …, value: claim.value}]")
        return given


class Labelled(Strict):
    """A labelled value in a figure."""

    label: Heading
    value: ValueRef


class Mark(Vega):
    """The mark of a value, with its look."""

    type: MarkName
    align: Literal["left", "center", "right"] | None = None
    baseline: Literal["top", "middle", "bottom"] | None = None
    dx: Shift | None = None
    dy: Shift | None = None
    color: Scheme | None = None  # by its name in our palette
    filled: Flag | None = None


def _as_keys(typed: object) -> object:
    """Return a mark that was typed as its name only, such as 'bar', with its key."""
    return Keys({Scalar("type", typed.place): typed}) if isinstance(typed, Scalar) else typed


Marked = Annotated[Mark, BeforeValidator(_as_keys, json_schema_input_type=MarkName | Mark)]


class Axis(Vega):
    """An axis; the theme draws none but its labels."""

    title: Heading | None = None
    labels: Flag | None = None
    grid: Flag | None = None
    domain: Flag | None = None
    ticks: Flag | None = None


class Scale(Vega):
    """How values are laid along a channel."""

    type: Literal["linear", "sqrt", "log"] | None = None
    zero: Flag | None = None


class Channel(Vega):
    """Which column of the data a channel shows, and how."""

    field: Column
    type: Literal["quantitative", "ordinal", "nominal"]
    axis: Axis | None = None
    scale: Scale | None = None
    sort: Literal["ascending", "descending", "x", "y", "-x", "-y"] | None = None
    stack: Literal["zero", True, False] | None = None

    @model_validator(mode="after")
    def words_are_not_measured(self) -> Self:
        """Refuse a column of words that is to be measured."""
        if self.type == "quantitative" and self.field in {"label", "shown"}:
            raise refused(
                f"'{self.field}' is text and cannot be measured; use 'value', or type: nominal"
            )
        return self


class Other(Vega):
    """A channel that has neither axis nor scale: the far end of a bar, the words of a text, what tells marks apart."""

    field: Column
    type: Literal["quantitative", "ordinal", "nominal"] | None = None


class Encoding(Vega):
    """Which channel shows what."""

    x: Channel | None = None
    y: Channel | None = None
    x2: Other | None = None
    y2: Other | None = None
    text: Other | None = None
    color: Other | None = None
    detail: Other | None = None

    @property
    def channels(self) -> tuple[Channel | Other, ...]:
        """All that are used."""
        return tuple(channel for _, channel in self if channel is not None)


class Layer(Vega):
    """Marks of one kind."""

    mark: Marked
    encoding: Encoding

    @model_validator(mode="after")
    def bars_start_at_zero(self) -> Self:
        """Refuse bars that would not show values by their length, and marks that show nothing."""
        named = self.mark.type
        along = [axis for axis in (self.encoding.x, self.encoding.y) if axis]
        measured = [axis for axis in along if axis.type == "quantitative"]
        if not measured:
            raise refused("nothing is measured here; give x or y the type 'quantitative'")
        if named == "text" and self.encoding.text is None:
            raise refused("a mark 'text' needs the channel 'text', which says which words it shows")
        told_apart = [channel for channel in (self.encoding.color, self.encoding.detail) if channel]
        if named == "line" and any(channel.field in {"label", "shown"} for channel in told_apart):
            what = "each line would be a single point; take 'color' and 'detail' out"
            raise refused(f"{what}, or use the form 'line', which has several series")
        if named == "bar" and any(axis.field == "year" for axis in measured):
            raise refused(
                "years are no amounts, which bars would compare: use 'point'", rule="figure"
            )
        for scale in (axis.scale for axis in measured if named == "bar"):
            if scale and (scale.zero is False or scale.type in {"log", "sqrt"}):
                raise refused(
                    "bars start at zero and grow evenly; use 'point' on another scale",
                    rule="figure",
                )
        return self


class Spec(Vega):
    """A Vega-Lite specification whose data are claims' values."""

    data: Annotated[tuple[Labelled, ...], Field(min_length=2, max_length=12)]
    mark: Marked | None = None
    encoding: Encoding | None = None
    layer: Annotated[tuple[Layer, ...], Field(min_length=1, max_length=4)] | None = None
    height: Annotated[int, Field(ge=30, le=300), WHOLE] | None = (
        None  # pixels; by the rows if not given
    )

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Refuse a specification that has both marks of its own and layers, or neither."""
        single = self.mark is not None and self.encoding is not None
        if (self.mark is None) != (self.encoding is None) or single == (self.layer is not None):
            raise refused("a specification needs 'mark' and 'encoding', or 'layer'")
        if single:
            Layer(mark=self.mark, encoding=self.encoding)  # type: ignore[arg-type]
        return self

    @model_validator(mode="after")
    def layers_share_their_scales(self) -> Self:
        """Refuse layers that would be drawn on a scale that is not theirs: Vega merges the scales of all."""
        for name in ("x", "y"):
            axes = [axis for layer in self.layers if (axis := getattr(layer.encoding, name))]
            measured = {axis.field == "year" for axis in axes if axis.type == "quantitative"}
            kinds = {*measured, *("words" for axis in axes if axis.type != "quantitative")}
            types = {axis.scale.type or "linear" for axis in axes if axis.scale}
            barred = "bar" in {layer.mark.type for layer in self.layers}
            if len(kinds) > 1 or len(types | {"linear"} if barred else types) > 1:
                raise refused(
                    f"layers share one scale along {name}; show the same kind of value on all of them, and give"
                    " one type of scale, linear where there are bars",
                    rule="figure",
                )
        return self

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The marks, one layer for each kind."""
        return self.layer or (Layer(mark=self.mark, encoding=self.encoding),)  # type: ignore[arg-type]
