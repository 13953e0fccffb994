"""What a figure may show: a figure and the claims in, values that cannot be compared, drawn or seen out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.checks.content.verdicts import figure_refs
from press.page.figures import state_names
from press.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content.library import Draft
    from press.content.model import Claim, Figure, Spec, Value
    from press.content.quantity import Quantity
    from press.content.scalar import Scalar

RULE = "figure"
TEXT = frozenset({"tiles", "timeline", "map"})  # forms that draw no value to scale
WHOLE = 100  # percent
COLOURS = 2  # of the theme
SMALLEST = 100  # of a whole: a smaller part than a hundredth is not seen


def check(draft: Draft, figure: Figure) -> Iterator[Problem]:
    """Yield what is wrong with *figure*; references that lead nowhere first."""
    refs = list(figure_refs(figure))
    for number, ref in enumerate(refs):
        if ref in refs[:number]:
            yield Problem(ref.place, f"'{ref}' is in this figure already", RULE)
    yield from _told_apart(figure)
    known = [ref for ref in refs if draft.value(ref)]
    for ref in refs:
        yield from _reference(draft, ref)
    for ref in known:
        yield from _drawable(draft, figure, ref)
    if figure.form not in TEXT:
        yield from _compared(draft, figure, known)


def _reference(draft: Draft, ref: Scalar) -> Iterator[Problem]:
    claim, _, name = ref.partition(".")
    message, names = "", draft.names("claim")
    if claim not in names and "unread:claim" not in draft.broken:
        message = f"no claim is called '{claim}'{did_you_mean(claim, names)}"
    elif claim in draft.claims and not draft.value(ref):  # else it is broken, and reported
        hint = did_you_mean(name, draft.claims[claim].values)
        message = f"claim '{claim}' has no value '{name}'{hint}"
    if message:
        yield Problem(ref.place, message, "reference")


def _compared(draft: Draft, figure: Figure, refs: list[Scalar]) -> Iterator[Problem]:
    """Yield values that are no parts of one thing, and those that would leave nothing to see."""
    units = sorted({str(_value(draft, ref).unit) for ref in refs})
    if len(units) > 1:
        message = (
            f"a figure compares values of one unit; these are {' and '.join(units)}: use tiles"
        )
        yield Problem(figure.title.place, message, RULE)
        return
    stated = [(ref, _value(draft, ref).quantity) for ref in refs]
    if stated and not any(one.high for _, one in stated):
        yield Problem(figure.title.place, "all values are zero: there is nothing to draw", RULE)
    whole = sum(one.high for _, one in stated)
    if figure.parts and all(one.percent for _, one in stated) and whole > WHOLE:
        message = f"these parts come to {whole}%, which is more than the whole: use bars"
        yield Problem(figure.title.place, message, RULE)
    for ref, one in stated if figure.parts else ():
        if 0 <= one.high * SMALLEST < whole:
            message = f"'{ref}' is under a hundredth of the whole and would not be seen: use bars or tiles"
            yield Problem(ref.place, message, RULE)


def _drawable(draft: Draft, figure: Figure, ref: Scalar) -> Iterator[Problem]:
    stated = _value(draft, ref).quantity
    if figure.form == "tiles":
        return
    message = ""
    if figure.form == "timeline":
        message = _undated(draft, ref)
    elif figure.form == "map":
        message = _not_on_map(draft, ref)
    elif not _claim(draft, ref).chart:
        claim = ref.partition(".")[0]
        message = f"claim '{claim}' has 'chart: false': print its value as text, or as a tile"
    elif figure.parts and (stated.bound != "exact" or stated.low != stated.high):
        message = f"'{ref}' is {stated}: only exact numbers are parts of a whole"
    elif figure.share and not _shares(stated):
        message = f"'{ref}' is {stated}: a share is a number of percent, and no more than the whole"
    elif figure.spec:
        message = _untold(draft, figure.spec, ref, stated)
    if message or stated.low < 0:
        yield Problem(ref.place, message or f"'{ref}' is below zero: bars start at zero", RULE)


def _shares(stated: Quantity) -> bool:
    """Say whether a number can be a part of one whole."""
    return stated.percent and 0 < stated.high <= WHOLE - (stated.bound in {"more than", "at least"})


def _told_apart(figure: Figure) -> Iterator[Problem]:
    """Yield what would make two values of a figure look like one."""
    if figure.form not in {"parts", "bars", "spec"}:
        return
    labels: list[str] = []
    for datum in figure.data:
        if str(datum.label) in labels:
            message = (
                "this label is in the figure already: two values under one would look like one"
            )
            yield Problem(datum.label.place, message, RULE)
        labels.append(str(datum.label))
    if figure.spec and len(labels) > COLOURS:
        for layer in figure.spec.layers:
            if layer.encoding.color:
                message = f"colours tell {COLOURS} values apart, and here are {len(labels)}: take 'color' out"
                yield Problem(figure.title.place, message, RULE)


def _claim(draft: Draft, ref: Scalar) -> Claim:
    return draft.claims[ref.partition(".")[0]]


def _value(draft: Draft, ref: Scalar) -> Value:
    return _claim(draft, ref).value(ref.partition(".")[2])


def _year(draft: Draft, ref: Scalar) -> str:
    return _claim(draft, ref).year_of(ref.partition(".")[2])


def _undated(draft: Draft, ref: Scalar) -> str:
    year = _year(draft, ref).rpartition("-")[2]
    if not year:
        return f"'{ref}' has no year: it has no place on a timeline"
    if draft.series and int(year) >= draft.series.release.year:
        return f"'{ref}' is of {year}, not before the year of the release: it has no age to show"
    return ""


def _not_on_map(draft: Draft, ref: Scalar) -> str:
    counted = _value(draft, ref).counted
    if not counted:
        return f"'{ref}' counts no names: a map shows a value that is 'counted: [...]'"
    strange = [name for name in counted if name not in state_names()]
    if strange:
        return f"the map has no state '{strange[0]}'{did_you_mean(strange[0], state_names())}"
    return ""


def _untold(draft: Draft, spec: Spec, ref: Scalar, stated: Quantity) -> str:
    """Return what a specification of an author's would leave out or make up."""
    channels = [one for layer in spec.layers for one in layer.encoding.channels]
    fields = {str(channel.field) for channel in channels}
    if "year" in fields and not _year(draft, ref):
        return f"'{ref}' has no year, which this specification shows"
    if (stated.bound != "exact" or stated.low != stated.high) and "shown" not in fields:
        return f"'{ref}' is {stated} and would look exact; add a layer of text that shows 'shown'"
    return ""
