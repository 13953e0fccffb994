"""Check what figures show: values that cannot be found, compared, drawn or seen."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from press.checks.content.verdicts import figure_refs
from press.content.library import Draft, Fault
from press.content.model import Claim
from press.content.model.blocks import FigureBlock
from press.content.model.claims import Value
from press.content.model.spec import Spec
from press.content.quantity import Quantity
from press.content.scalar import Scalar
from press.page.figures.forms import FORMS
from press.page.figures.maps import state_names
from press.problems import Problem, did_you_mean

RULE = "figure"
WHOLE = 100  # percent
COLOURS = 2  # of the theme
SMALLEST = 100  # of a whole: a smaller part than a hundredth is not seen
Note = tuple["Scalar", str]


class DrawnValue(NamedTuple):
    """A value that a figure shows."""

    ref: Scalar
    claim: Claim
    value: Value
    stated: Quantity
    year: str


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the figures."""
    for key, block in draft.blocks.items():
        if isinstance(block, FigureBlock):
            yield from (Fault(problem, f"block:{key}") for problem in of_figure(draft, block))


def of_figure(draft: Draft, figure: FigureBlock) -> Iterator[Problem]:
    """Yield what is wrong with *figure*."""
    refs = list(figure_refs(figure))
    for ref in refs:
        if message := _unknown(draft, ref):
            yield Problem(ref.place, message, "reference")
    notes = [*_twice(figure, refs)]
    shown = []
    for ref in refs:
        claim, key = draft.claims.get(ref.partition(".")[0]), ref.partition(".")[2]
        if claim and (value := draft.value(ref)):
            shown.append(DrawnValue(ref, claim, value, value.quantity, claim.year_of(key)))
    for each in shown:
        notes += [(each.ref, message) for message in islice(_undrawable(draft, figure, each), 1)]
    if FORMS[figure.form].to_scale:
        notes += _uncompared(figure, shown)
    yield from (Problem(typed.place, message, RULE) for typed, message in notes)


def _unknown(draft: Draft, ref: Scalar) -> str:
    claim, _, name = ref.partition(".")
    names = draft.names("claim")
    if claim not in names and "unread:claim" not in draft.broken:
        return f"no claim is called '{claim}'{did_you_mean(claim, names)}"
    if claim in draft.claims and not draft.value(ref):  # else it is broken, and reported
        return (
            f"claim '{claim}' has no value '{name}'{did_you_mean(name, draft.claims[claim].values)}"
        )
    return ""


def _twice(figure: FigureBlock, refs: list[Scalar]) -> Iterator[Note]:
    """Yield what would make two values of a figure look like one."""
    labels = [datum.label for datum in figure.data]
    named = labels if figure.form in {"parts", "bars", "spec"} else []
    twice = "this label is in the figure already: two values under it would look like one"
    for typed, message in ((refs, "'{}' is in this figure already"), (named, twice)):
        for number, name in enumerate(typed):
            if name in typed[:number]:
                yield name, message.format(name)
    coloured = figure.spec and any(layer.encoding.color for layer in figure.spec.layers)
    if coloured and len(labels) > COLOURS:
        what = f"colours tell {COLOURS} values apart, and here are {len(labels)}"
        yield figure.title, f"{what}: take 'color' out"


def _uncompared(figure: FigureBlock, shown: list[DrawnValue]) -> Iterator[Note]:
    """Yield values that are not parts of one thing, and those that would leave nothing to see."""
    units = sorted({str(each.value.unit) for each in shown})
    whole = sum(each.stated.high for each in shown)
    if len(units) > 1:
        what = f"a figure compares values of one unit; these are {' and '.join(units)}"
        yield figure.title, f"{what}: use tiles"
        return
    if shown and not any(each.stated.high for each in shown):
        yield figure.title, "all values are zero: there is nothing to draw"
    if figure.parts and all(each.stated.percent for each in shown) and whole > WHOLE:
        yield figure.title, f"these parts come to {whole}%, which is more than the whole: use bars"
    for each in shown if figure.parts else ():
        if 0 <= each.stated.high * SMALLEST < whole:
            what = f"'{each.ref}' is under a hundredth of the whole and would not be seen"
            yield each.ref, f"{what}: use bars or tiles"


def _undrawable(draft: Draft, figure: FigureBlock, shown: DrawnValue) -> Iterator[str]:
    """Yield why the form of *figure* cannot show a value."""
    ref, stated = f"'{shown.ref}'", shown.stated
    if figure.form == "timeline":
        yield from _undated(draft, shown)
    elif figure.form == "map":
        yield from _not_on_map(shown)
    elif FORMS[figure.form].to_scale and not shown.claim.chart:
        name = shown.ref.partition(".")[0]
        yield f"claim '{name}' has 'chart: false': print its value as text, or as a tile"
    if figure.parts and not _exact(stated):
        yield f"{ref} is {stated}: only exact numbers are parts of a whole"
    most = WHOLE - (stated.bound in {"more than", "at least"})  # of what is a part of one whole
    if figure.share and not (stated.percent and 0 < stated.high <= most):
        yield f"{ref} is {stated}: a share is a number of percent, and no more than the whole"
    if figure.spec:
        yield from _left_out(figure.spec, shown)
    if figure.form != "tiles" and stated.low < 0:
        yield f"{ref} is below zero: bars start at zero"


def _exact(stated: Quantity) -> bool:
    return stated.bound == "exact" and stated.low == stated.high


def _undated(draft: Draft, shown: DrawnValue) -> Iterator[str]:
    year = shown.year.rpartition("-")[2]
    if not year:
        yield f"'{shown.ref}' has no year: it has no place on a timeline"
    elif draft.series and int(year) >= draft.series.release.year:
        what = f"'{shown.ref}' is of {year}, not before the year of the release"
        yield f"{what}: it has no age to show"


def _not_on_map(shown: DrawnValue) -> Iterator[str]:
    if not shown.value.counted:
        yield f"'{shown.ref}' counts no names: a map shows a value that is 'counted: [...]'"
    for name in shown.value.counted or ():
        if name not in state_names():
            yield f"the map has no state '{name}'{did_you_mean(name, state_names())}"


def _left_out(spec: Spec, shown: DrawnValue) -> Iterator[str]:
    """Yield what a specification of an author's would leave out or make up."""
    channels = [channel for layer in spec.layers for channel in layer.encoding.channels]
    columns = {str(channel.field) for channel in channels}
    if "year" in columns and not shown.year:
        yield f"'{shown.ref}' has no year, which this specification shows"
    if not _exact(shown.stated) and "shown" not in columns:
        what = f"'{shown.ref}' is {shown.stated} and would look exact"
        yield f"{what}; add a layer of text that shows 'shown'"
