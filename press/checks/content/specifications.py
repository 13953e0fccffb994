"""Check specifications of an author's: what their drawings would leave out, make up or not tell."""

from collections.abc import Iterator

from press.checks.content.comparisons import DrawnValue
from press.content.model.spec import Spec

COLOURS = 2  # of the theme


def unclear(spec: Spec) -> Iterator[str]:
    """Yield what a reader of the drawing would not learn."""
    if lacking := _unnamed(spec):
        yield lacking
    coloured = any(layer.encoding.color for layer in spec.layers)
    if coloured and len(spec.data) > COLOURS:
        what = f"colours tell {COLOURS} values apart, and here are {len(spec.data)}"
        yield f"{what}: take 'color' out, or draw parts of a whole with the form 'parts'"


def _unnamed(spec: Spec) -> str:
    """Return what a reader of the drawing would not learn: what a mark is of, or how much it is."""
    every = [layer.encoding for layer in spec.layers]
    axes = [axis for each in every for axis in (each.x, each.y) if axis]
    marked = {axis.field for axis in axes if not axis.axis or axis.axis.labels is not False}
    marked |= {each.text.field for each in every if each.text}
    if "label" not in marked:
        return "nothing in this drawing names its marks; show 'label', on an axis or as text"
    if not marked & {"shown", "value", "low", "high"}:
        return (
            "nothing in this drawing says how much; show 'shown' as text, or the labels of an axis"
        )
    return ""


def left_out(spec: Spec, shown: DrawnValue) -> Iterator[str]:
    """Yield what a specification of an author's would leave out or make up."""
    channels = [channel for layer in spec.layers for channel in layer.encoding.channels]
    columns = {str(channel.field) for channel in channels}
    logarithmic = any(
        channel.scale and channel.scale.type == "log"
        for layer in spec.layers
        for channel in (layer.encoding.x, layer.encoding.y)
        if channel
    )
    if logarithmic and shown.stated.low <= 0:
        yield f"'{shown.ref}' is {shown.stated}, which has no place on a log scale: use a linear one"
    if "year" in columns and not shown.year:
        yield f"'{shown.ref}' has no year, which this specification shows"
    printed = {str(layer.encoding.text.field) for layer in spec.layers if layer.encoding.text}
    if not shown.exact and "shown" not in printed:
        what = f"'{shown.ref}' is {shown.stated} and would look exact"
        yield f"{what}; add a layer of text that shows 'shown'"
