"""Check what figures show: values that cannot be found, compared, drawn or seen."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from press.checks.content import comparisons, labels, map_figures, specifications
from press.checks.content.comparisons import DrawnValue, Note
from press.checks.content.verdicts import figure_refs
from press.content import arithmetic
from press.content.library import Draft, Fault
from press.content.model.blocks import FigureBlock, Showing
from press.content.quantity import UPWARD, parse
from press.content.scalar import Scalar
from press.content.text.parts import Placeholder, walk
from press.page.figures.forms import FORMS
from press.problems import Problem, did_you_mean, nothing_called

RULE = "figure"
WHOLE = 100  # percent
BELOW_ZERO = ("tiles", "intervals", "line", "then_now", "map", "spec")  # forms that show what is
MOST_SUMS = 10_000  # of the parts of a figure
SMALLEST = 100  # of a whole: a smaller part than a hundredth is not seen


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the figures."""
    for key, block in draft.blocks.items():
        if isinstance(block, FigureBlock):
            yield from (Fault(problem, f"block:{key}") for problem in of_figure(draft, block))
            yield from map_figures.check(draft, key, block, block.map) if block.map else ()


def of_figure(draft: Draft, figure: FigureBlock) -> Iterator[Problem]:
    """Yield what is wrong with *figure*."""
    refs = list(figure_refs(figure))
    for ref in refs:
        if message := unknown(draft, ref):
            yield Problem(ref.place, message, "reference")
    notes = [*_twice(draft, figure, refs)]
    if figure.spec:
        notes += [(figure.title, wrong) for wrong in specifications.unclear(figure.spec)]
    shown = drawn_values(draft, figure)
    notes += labels.misnamed(draft, figure, shown)
    for each in shown:
        notes += [(each.ref, message) for message in islice(_undrawable(draft, figure, each), 1)]
    notes += comparisons.check(figure, shown)
    if FORMS[figure.form].to_scale or (figure.map and figure.map.areas):
        notes += _uncompared(figure, [each for each in shown if each.role != "note"])
    if figure.parts and len(shown) == len(figure.data):  # else a mistake is reported
        notes += islice(_overlapping(draft, figure, shown), 1)
    yield from (Problem(typed.place, message, RULE) for typed, message in notes)


def drawn_values(draft: Draft, figure: Showing) -> list[DrawnValue]:
    """Return the values that *figure* shows, as far as they are known."""
    shown = []
    roles = {id(datum.value): getattr(datum, "role", "") for datum in figure.data}
    for ref in figure_refs(figure):
        claim, key = draft.claims.get(ref.partition(".")[0]), ref.partition(".")[2]
        if claim and (value := draft.value(ref)):
            of, role = (claim, value, value.quantity, claim.year_of(key)), roles[id(ref)]
            shown.append(DrawnValue(ref, *of, role))
    return shown


def unknown(draft: Draft, ref: Scalar) -> str:
    """Return why nothing is called *ref*, or ''."""
    claim, _, name = ref.partition(".")
    names = draft.names("claim")
    if claim not in names and "unread:claim" not in draft.broken:
        return nothing_called("claim", claim, names)
    if claim in draft.claims and not draft.value(ref):  # else it is broken, and reported
        return (
            f"claim '{claim}' has no value '{name}'{did_you_mean(name, draft.claims[claim].values)}"
        )
    return ""


def _twice(draft: Draft, figure: FigureBlock, refs: list[Scalar]) -> Iterator[Note]:
    """Yield what would make two values of a figure look like one."""
    every = [*{id(datum.label): datum.label for datum in figure.data}.values()]
    every += figure.grouped.series if figure.grouped else ()
    targets = {id(datum.value) for datum in figure.data if getattr(datum, "role", "") == "target"}
    printed = [labels.printed(draft, label) for label in every]
    for number, ref in enumerate(refs):
        if ref in refs[:number] and id(ref) not in targets:
            yield ref, f"'{ref}' is in this figure already"
    for number, label in enumerate(every if figure.form != "timeline" else ()):
        if printed[number] in printed[:number]:
            yield (
                label,
                "this label is in the figure already: two values under it would look like one",
            )


def _uncompared(figure: FigureBlock, shown: list[DrawnValue]) -> Iterator[Note]:
    """Yield values that are not parts of one thing, and those that would leave nothing to see."""
    units = sorted({str(each.value.unit) for each in shown})
    whole = sum(each.stated.high for each in shown)
    if len(units) > 1:
        what = f"a figure compares values of one unit; these are {' and '.join(units)}"
        yield figure.title, f"{what}: use tiles"
        return
    if not figure.intervals and shown and not any(each.stated.high for each in shown):
        yield figure.title, "all values are zero: there is nothing to draw"
    if units in (["year"], ["date"], ["p"]):
        named = {"year": "years", "date": "dates", "p": "p values"}[units[0]]
        way_out = "use tiles" if units == ["p"] else "use a timeline or tiles"
        what = f"{named} are no amounts, which bars would compare"
        yield figure.title, f"{what}: {way_out}"
    # each part may be rounded by a half
    far = whole > WHOLE or 2 * (WHOLE - whole) > len(shown)
    read = shown and len(shown) == len(figure.data)  # else a mistake is reported
    fractions = shown and all(each.stated.fraction for each in shown)
    if figure.parts and read and fractions and whole != 1:
        yield figure.title, f"these parts come to {whole}, not to the whole: use bars"
    if figure.parts and read and far and all(each.stated.percent for each in shown):
        than = "more" if whole > WHOLE else "less"
        way_out = "use bars" if whole > WHOLE else "add the rest, or use bars"
        what = f"these parts come to {float(whole):g}%, which is {than} than the whole"
        yield figure.title, f"{what}: {way_out}"
    for each in shown if figure.parts else ():
        if 0 <= each.stated.high * SMALLEST < whole:
            what = f"'{each.ref}' is under a hundredth of the whole and would not be seen"
            yield each.ref, f"{what}: use bars or tiles"


def _overlapping(draft: Draft, figure: FigureBlock, shown: list[DrawnValue]) -> Iterator[Note]:
    """Yield parts that hold another part, and a whole that is not their sum."""
    total = sum(each.stated.high for each in shown)
    for each in shown if all(each.exact for each in shown) else ():
        derived = str(each.value.derived or "")
        read = [part.low for part in map(parse, arithmetic.operands(derived)) if part]
        joined, (whole, *more) = arithmetic.added(derived), read or (total, total)
        for other in shown if "+" in joined else ():
            if other is not each and other.stated.low in (whole, *more):
                message = f"'{each.ref}' holds '{other.ref}', which is another part: count it once"
                yield each.ref, message
        if joined == "-" and total != whole:
            what = f"these parts come to {float(total):g}, not to the {float(whole):g} that '{each.ref}' is of"
            yield each.ref, f"{what}: correct one of them"
    unit = shown[0].value.unit if len({each.value.unit for each in shown}) == 1 else ""
    named = [
        value.quantity.high
        for part in walk(figure.title.parts)
        if isinstance(part, Placeholder) and part.form != "year"
        if (value := draft.value(f"{part.claim}.{part.name}")) and value.unit == unit
    ]
    parts = [each.stated.high for each in shown]
    sums = sums_of(parts) if named else set()
    wrong = [each for each in named if sums and each not in sums]
    if wrong or max(named, default=total) not in (total, *parts):
        what = f"these parts come to {float(total):g}, but the title says {float(max(wrong or named)):g}"
        yield figure.title, f"{what}: correct one of them"


def sums_of(parts: list[Fraction]) -> set[Fraction]:
    """Return what some of *parts* come to, or nothing where that is too much to look at."""
    sums = {Fraction(0)}
    for part in parts:
        sums |= {part + each for each in sums}
        if len(sums) > MOST_SUMS:
            return set()
    return sums - {Fraction(0)}


def _undrawable(draft: Draft, figure: FigureBlock, shown: DrawnValue) -> Iterator[str]:
    """Yield why the form of *figure* cannot show a value."""
    ref, stated = f"'{shown.ref}'", shown.stated
    if figure.form == "timeline":
        yield from _undated(draft, shown)
    elif figure.map and figure.map.members and not shown.value.counted:
        yield f"{ref} counts no names: the members on a map are a value that is 'counted: [...]'"
    elif FORMS[figure.form].to_scale and not shown.claim.chart and shown.role != "note":
        name = shown.ref.partition(".")[0]
        yield f"claim '{name}' has 'chart: false': print its value as text, or as a tile"
    if figure.parts and not shown.exact:
        yield f"{ref} is {stated}: only exact numbers are parts of a whole"
    most = WHOLE - (stated.bound in UPWARD)  # of what is a part of one whole
    if figure.share and not (stated.percent and 0 < stated.high <= most):
        yield f"{ref} is {stated}: a share is a number of percent, and no more than the whole"
    if figure.spec:
        yield from specifications.left_out(figure.spec, shown)
    if figure.intervals and not stated.interval:
        yield f"{ref} has no interval: give the claim's value one, or use bars"
    elif figure.no_effect == "1" and min(stated.low, *map(Fraction, stated.interval)) <= 0:
        yield f"{ref} has no place on a log scale, which ratios have: write 'no_effect: 0' for differences"
    if figure.form not in BELOW_ZERO and stated.low < 0:
        yield f"{ref} is below zero, where this form has no room: use 'then_now', 'line' or a 'spec'"


def _undated(draft: Draft, shown: DrawnValue) -> Iterator[str]:
    year = shown.year.rpartition("-")[2]
    if not year:
        yield f"'{shown.ref}' has no year: it has no place on a timeline"
    elif draft.series and int(year) >= draft.series.release.year:
        what = f"'{shown.ref}' is of {year}, not before the year of the release"
        yield f"{what}: it has no age to show"
