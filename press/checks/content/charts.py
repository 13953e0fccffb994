"""Check what figures show: values that cannot be found, compared, drawn or seen."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from press.checks.content import comparisons, measures, units
from press.checks.content.comparisons import DrawnValue, Note
from press.checks.content.numbers import habits_in
from press.checks.content.verdicts import figure_refs
from press.content import arithmetic
from press.content.library import Draft, Fault, fault
from press.content.model.blocks import FigureBlock
from press.content.model.maps import MapSpec
from press.content.model.spec import Channel, Spec
from press.content.quantity import UPWARD, Quantity, parse
from press.content.scalar import Scalar
from press.content.text.markdown import Markdown
from press.content.text.parts import Own, Placeholder, plain, walk
from press.edition.resolve import lines
from press.page.figures.forms import FORMS
from press.problems import Problem, Severity, did_you_mean

RULE = "figure"
ALIKE = str.maketrans("’‘`´“”„«»–—−‐‑", 4 * "'" + 5 * '"' + 5 * "-")
LEAST = 4  # letters of a word that is looked for in a label
WHOLE = 100  # percent
COLOURS = 2  # of the theme
BELOW_ZERO = ("tiles", "intervals", "line", "then_now", "map", "spec")  # forms that show what is
MOST_SUMS = 10_000  # of the parts of a figure
SMALLEST = 100  # of a whole: a smaller part than a hundredth is not seen


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the figures."""
    for key, block in draft.blocks.items():
        if isinstance(block, FigureBlock):
            yield from (Fault(problem, f"block:{key}") for problem in of_figure(draft, block))
            yield from _of_map(draft, key, block, block.map) if block.map else ()


def of_figure(draft: Draft, figure: FigureBlock) -> Iterator[Problem]:
    """Yield what is wrong with *figure*."""
    refs = list(figure_refs(figure))
    for ref in refs:
        if message := _unknown(draft, ref):
            yield Problem(ref.place, message, "reference")
    notes = [*_twice(draft, figure, refs)]
    shown = []
    roles = {id(datum.value): getattr(datum, "role", "") for datum in figure.data}
    for ref in refs:
        claim, key = draft.claims.get(ref.partition(".")[0]), ref.partition(".")[2]
        if claim and (value := draft.value(ref)):
            of, role = (claim, value, value.quantity, claim.year_of(key)), roles[id(ref)]
            shown.append(DrawnValue(ref, *of, role))
    notes += _misnamed(draft, figure, shown)
    for each in shown:
        notes += [(each.ref, message) for message in islice(_undrawable(draft, figure, each), 1)]
    notes += comparisons.check(figure, shown)
    if FORMS[figure.form].to_scale or (figure.map and figure.map.areas):
        notes += _uncompared(figure, [each for each in shown if each.role != "note"])
    if figure.parts and len(shown) == len(figure.data):  # else a mistake is reported
        notes += islice(_overlapping(draft, figure, shown), 1)
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


def _twice(draft: Draft, figure: FigureBlock, refs: list[Scalar]) -> Iterator[Note]:
    """Yield what would make two values of a figure look like one."""
    labels = [*{id(datum.label): datum.label for datum in figure.data}.values()]
    labels += figure.grouped.series if figure.grouped else ()
    targets = {id(datum.value) for datum in figure.data if getattr(datum, "role", "") == "target"}
    printed = [_printed(draft, label) for label in labels]
    for number, ref in enumerate(refs):
        if ref in refs[:number] and id(ref) not in targets:
            yield ref, f"'{ref}' is in this figure already"
    for number, label in enumerate(labels if figure.form != "timeline" else ()):
        if printed[number] in printed[:number]:
            yield (
                label,
                "this label is in the figure already: two values under it would look like one",
            )
    if figure.spec and (lacking := _unnamed(figure.spec)):
        yield figure.title, lacking
    coloured = figure.spec and any(layer.encoding.color for layer in figure.spec.layers)
    if coloured and len(labels) > COLOURS:
        what = f"colours tell {COLOURS} values apart, and here are {len(labels)}"
        yield (
            figure.title,
            f"{what}: take 'color' out, or draw parts of a whole with the form 'parts'",
        )


def _misnamed(draft: Draft, figure: FigureBlock, shown: list[DrawnValue]) -> Iterator[Note]:
    """Yield labels that name another value than theirs, axes of another unit, and alternatives without values."""
    names = {each.ref: set(re.split(r"[._]", each.ref)) for each in shown}
    common = set.intersection(*names.values()) if names else set()
    labels = {id(datum.label): datum.label for datum in figure.data}
    for number, label in labels.items():
        own = [
            ref for ref in (d.value for d in figure.data if id(d.label) == number) if ref in names
        ]
        words = set(_printed(draft, label).split())
        words |= {part.name for part in walk(label.parts) if isinstance(part, Placeholder)}
        named = [ref for ref, name in names.items() if _alike(words, name - common)]
        if own and named and not set(own) & set(named):
            what = f"this label names '{named[0]}', but stands for '{own[0]}'"
            yield label, f"{what}: correct one of them"
        values = [each.value for each in shown if each.ref in own]
        if message := measures.misleading(draft, measures.words(label), values):
            yield label, message
    every = (
        [each for layer in figure.spec.layers for each in layer.encoding.channels]
        if figure.spec
        else []
    )
    axes = [each for each in every if isinstance(each, Channel) and each.type == "quantitative"]
    titles = [each.axis.title for each in axes if each.axis and each.field != "year"]
    for title in titles:
        for unit in sorted({str(each.value.unit) for each in shown if not each.value.signed}):
            if title and not units.named(unit, _printed(draft, title), habits_in(draft)):
                what = f"this axis does not say '{unit}', which its values count"
                yield title, f"{what}: name them"
    every_value = [each.value for each in shown]
    for line in (figure.subtitle, *(title for title in titles if title)):
        if message := measures.misleading(draft, measures.words(line), every_value):
            yield line, message
    counted = {name for each in shown for name in each.value.counted or ()}
    prints = any(isinstance(part, Placeholder | Own) for part in walk(figure.alternative.parts))
    if shown and not prints and not any(name in figure.alternative for name in counted):
        what = "this tells no value to a reader who does not see the figure"
        yield figure.alternative, f"{what}: print what it shows, as {{{shown[0].ref}}}"


def _alike(words: set[str], names: set[str]) -> bool:
    """Return whether one of *words* is one of *names*, whatever the endings of both."""
    pairs = ((word, name) for word in words for name in names if len(name) >= LEAST)
    return any(word.startswith(name[: max(LEAST, len(name) - 2)]) for word, name in pairs)


def _printed(draft: Draft, label: Markdown) -> str:
    """Return a label as a reader compares it: values as printed; quotes, dashes, spaces and capitals look alike."""

    def show(part: Placeholder | Own) -> str:
        language = str(draft.series.languages[0]) if draft.series else ""
        if (
            isinstance(part, Own) or not language or not draft.value(f"{part.claim}.{part.name}")
        ):  # which is reported
            return f"{{{part}}}"
        return lines.shown(draft, language, (part.claim, part.name), part.form)

    words = plain(label.parts, show)
    alike = words.translate(ALIKE)
    folded = unicodedata.normalize("NFKC", alike).casefold().replace("-", "")
    return " ".join(folded.split()).strip(" .,;:!")


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
    for each in shown if all(_exact(each.stated) for each in shown) else ():
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
    if figure.parts and not _exact(stated):
        yield f"{ref} is {stated}: only exact numbers are parts of a whole"
    most = WHOLE - (stated.bound in UPWARD)  # of what is a part of one whole
    if figure.share and not (stated.percent and 0 < stated.high <= most):
        yield f"{ref} is {stated}: a share is a number of percent, and no more than the whole"
    if figure.spec:
        yield from _left_out(figure.spec, shown)
    if figure.intervals and not stated.interval:
        yield f"{ref} has no interval: give the claim's value one, or use bars"
    elif figure.no_effect == "1" and min(stated.low, *map(Fraction, stated.interval)) <= 0:
        yield f"{ref} has no place on a log scale, which ratios have: write 'no_effect: 0' for differences"
    if figure.form not in BELOW_ZERO and stated.low < 0:
        yield f"{ref} is below zero, where this form has no room: use 'then_now', 'line' or a 'spec'"


def _exact(stated: Quantity) -> bool:
    return stated.bound == "exact" and stated.low == stated.high


def _undated(draft: Draft, shown: DrawnValue) -> Iterator[str]:
    year = shown.year.rpartition("-")[2]
    if not year:
        yield f"'{shown.ref}' has no year: it has no place on a timeline"
    elif draft.series and int(year) >= draft.series.release.year:
        what = f"'{shown.ref}' is of {year}, not before the year of the release"
        yield f"{what}: it has no age to show"


def _of_map(draft: Draft, key: str, figure: FigureBlock, spec: MapSpec) -> Iterator[Fault]:
    """Yield what is wrong between a figure, the file of its map and the briefs that have it."""
    owner, atlas = f"block:{key}", draft.maps.get(spec.file)
    if not atlas:
        if not draft.unread("map", spec.file):
            way_out = did_you_mean(spec.file, draft.maps) or "; cut it with ./inv new map"
            message = f"there is no content/maps/{spec.file}{way_out}"
            yield fault(spec.file.place, message, "reference", owner)
        return
    value = draft.value(spec.members.value) if spec.members else None
    counted: tuple[Scalar, ...] = (value and value.counted) or ()
    shades = tuple(shade.area or shade.label for shade in spec.areas or ())
    for name in (*shades, *counted, *spec.named, *(spec.frame or ())):
        if name not in atlas.areas:
            message = f"{spec.file} has no area '{name}'{did_you_mean(name, atlas.areas)}"
            where = spec.file if name in counted else name
            yield fault(where.place, message, RULE, owner)
    for area in atlas.disputed:
        if area not in figure.alternative:
            what = f"this does not say that '{area}' is disputed, which lines show on the map"
            yield fault(figure.alternative.place, f"{what}: name it", RULE, owner)
    yield from _empty_classes(draft, spec, owner)
    for title, brief in draft.briefs.items() if not atlas.checked.by else ():
        if any(key in ids for _, ids in brief.sections):
            message = f"nobody has signed {spec.file}: compare its borders with what they should show, then write"
            sign = '"checked": {"by": "who", "on": "YYYY-MM-DD"} into it'
            severity: Severity = "error" if brief.status == "final" else "warning"
            yield fault(spec.file.place, f"{message} {sign}", "map", f"brief:{title}", severity)


def _empty_classes(draft: Draft, spec: MapSpec, owner: str) -> Iterator[Fault]:
    """Yield the limits that leave a class without an area."""
    limits = [Fraction(limit) for limit in spec.classes or ()]
    values = [value.quantity.high for ref in spec.data if (value := draft.value(ref.value))]
    filled = {bisect_right(limits, value) for value in values}
    for number, limit in enumerate(spec.classes or ()):
        if len(values) == len(spec.data) and not {number, number + 1} <= filled:
            message = f"no area is {'below' if number not in filled else 'from'} {limit}"
            yield fault(limit.place, f"{message}: choose other limits", RULE, owner)
            return


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


def _left_out(spec: Spec, shown: DrawnValue) -> Iterator[str]:
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
    if not _exact(shown.stated) and "shown" not in printed:
        what = f"'{shown.ref}' is {shown.stated} and would look exact"
        yield f"{what}; add a layer of text that shows 'shown'"
