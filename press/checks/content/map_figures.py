"""Check figures that are maps: their areas, classes and disputed names, and who has signed the file."""

from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction

from press.content.library import Draft, Fault, fault
from press.content.model.blocks import FigureBlock
from press.content.model.maps import RULE as MAP
from press.content.model.maps import MapSpec
from press.problems import Severity, did_you_mean

RULE = "figure"


def check(draft: Draft, key: str, figure: FigureBlock, spec: MapSpec) -> Iterator[Fault]:
    """Yield what is wrong between a figure, the file of its map and the briefs that have it."""
    owner, atlas = f"block:{key}", draft.maps.get(spec.file)
    if not atlas:
        if not draft.unread("map", spec.file):
            way_out = did_you_mean(spec.file, draft.maps) or "; cut it with ./inv new map"
            message = f"there is no map maps/{spec.file}{way_out}"
            yield fault(spec.file.place, message, "reference", owner)
        return
    value = draft.value(spec.members.value) if spec.members else None
    counted = tuple((value and value.counted) or ())
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
            yield fault(spec.file.place, f"{message} {sign}", MAP, f"brief:{title}", severity)


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
