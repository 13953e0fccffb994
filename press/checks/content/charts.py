"""What a figure may show: a figure and the claims in, values that cannot be compared, drawn or seen out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.checks.content.verdicts import figure_refs
from press.content import evidence
from press.edition.resolve import quantity_of
from press.page.figures import state_names
from press.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content.library import Library
    from press.content.model import Claim, Figure
    from press.content.quantity import Quantity
    from press.content.scalar import Scalar

RULE = "figure"
TEXT = frozenset({"tiles", "timeline", "map"})  # forms that draw no value to scale
WHOLE = 100  # percent
COLOURS = 2  # of the theme
SMALLEST = 100  # of a whole: a smaller part than a hundredth is not seen


def check(library: Library, figure: Figure) -> Iterator[Problem]:
    """Yield what is wrong with *figure*; references that lead nowhere first."""
    refs = list(figure_refs(figure))
    for number, ref in enumerate(refs):
        if ref in refs[:number]:
            yield Problem(ref.place, f"'{ref}' is in this figure already", RULE)
    yield from _told_apart(figure)
    known = [ref for ref in refs if _known(library, ref)]
    for ref in refs:
        yield from _reference(library, ref)
    for ref in known:
        yield from _drawable(library, figure, ref)
    if figure.form not in TEXT:
        yield from _compared(library, figure, known)


def _known(library: Library, ref: Scalar) -> bool:
    claim, _, name = ref.partition(".")
    return claim in library.claims and name in library.claims[claim].values  # type: ignore[index]


def _reference(library: Library, ref: Scalar) -> Iterator[Problem]:
    claim, _, name = ref.partition(".")
    message, names = "", library.names("claim")
    if claim not in names and "unread:claim" not in library.broken:
        message = f"no claim is called '{claim}'{did_you_mean(claim, names)}"
    elif claim in library.claims and not _known(library, ref):  # else it is broken, and reported
        hint = did_you_mean(name, library.claims[claim].values)  # type: ignore[index]
        message = f"claim '{claim}' has no value '{name}'{hint}"
    if message:
        yield Problem(ref.place, message, "reference")


def _compared(library: Library, figure: Figure, refs: list[Scalar]) -> Iterator[Problem]:
    """Yield values that are no parts of one thing, and those that would leave nothing to see."""
    units = sorted({str(_claim(library, ref).values[_name(ref)].unit) for ref in refs})  # type: ignore[index]
    if len(units) > 1:
        message = (
            f"a figure compares values of one unit; these are {' and '.join(units)}: use tiles"
        )
        yield Problem(figure.title.place, message, RULE)
        return
    stated = [(ref, stated) for ref in refs if (stated := quantity_of(library, ref))]
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


def _drawable(library: Library, figure: Figure, ref: Scalar) -> Iterator[Problem]:
    stated = quantity_of(library, ref)
    if stated is None or figure.form == "tiles":
        return
    message = ""
    if figure.form == "timeline":
        message = _undated(library, ref)
    elif figure.form == "map":
        message = _not_on_map(library, ref)
    elif not _claim(library, ref).chart:
        claim = ref.partition(".")[0]
        message = f"claim '{claim}' has 'chart: false': print its value as text, or as a tile"
    elif figure.parts and (stated.bound != "exact" or stated.low != stated.high):
        message = f"'{ref}' is {stated}: only exact numbers are parts of a whole"
    elif figure.share and not _shares(stated):
        message = f"'{ref}' is {stated}: a share is a number of percent, and no more than the whole"
    elif figure.spec:
        message = _untold(library, figure, ref, stated)
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


def _claim(library: Library, ref: Scalar) -> Claim:
    return library.claims[ref.partition(".")[0]]  # type: ignore[index]


def _name(ref: Scalar) -> str:
    return ref.partition(".")[2]


def _undated(library: Library, ref: Scalar) -> str:
    year = evidence.year(_claim(library, ref), _name(ref)).rpartition("-")[2]
    if not year:
        return f"'{ref}' has no year: it has no place on a timeline"
    if library.series and int(year) >= library.series.release.year:
        return f"'{ref}' is of {year}, not before the year of the release: it has no age to show"
    return ""


def _not_on_map(library: Library, ref: Scalar) -> str:
    counted = _claim(library, ref).values[_name(ref)].counted  # type: ignore[index]
    if not counted:
        return f"'{ref}' counts no names: a map shows a value that is 'counted: [...]'"
    strange = [name for name in counted if name not in state_names()]
    if strange:
        return f"the map has no state '{strange[0]}'{did_you_mean(strange[0], state_names())}"
    return ""


def _untold(library: Library, figure: Figure, ref: Scalar, stated: Quantity) -> str:
    """Return what a specification of an author's would leave out or make up."""
    assert figure.spec is not None  # noqa: S101 - asked only where it is
    channels = [one for layer in figure.spec.layers for one in layer.encoding.channels]
    fields = {str(channel.field) for channel in channels}
    if "year" in fields and not evidence.year(_claim(library, ref), _name(ref)):
        return f"'{ref}' has no year, which this specification shows"
    if (stated.bound != "exact" or stated.low != stated.high) and "shown" not in fields:
        return f"'{ref}' is {stated} and would look exact; add a layer of text that shows 'shown'"
    return ""
