"""Place the names on a map: inside of their areas where they have room, else beside them, none over another."""

import math
from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from press.content.model.maps import Point
from press.edition.edition import Map
from press.page.figures.map_view import HALF, Shape, View
from press.page.figures.theme import BOLD, NOTE, PLAIN, Slot

OVERHANG = 0.55  # of words: so much of a line of them has to be in their area
EDGE = 1.0  # pixels between words and the foot of the drawing, into which commas would reach
AROUND = (8.0, 14.0, 22.0, 32.0, 44.0, 58.0, 74.0, 92.0)  # pixels from a place to words beside it
# By the number of classes: the fill of each, and the pixels between lines on it, 0 for none; each is darker than the
# one before, in grey too.
TONES = {
    1: (("pale", 0),),
    2: (("pale", 0), ("accent", 0)),
    3: (("pale", 0), ("pale", 3), ("accent", 0)),
    4: (("paper", 4), ("pale", 0), ("pale", 3), ("accent", 0)),
    5: (("paper", 4), ("pale", 0), ("pale", 4), ("pale", 2), ("accent", 0)),
}
Box = tuple[float, float, float, float]  # left, top, right, bottom


class Label(NamedTuple):
    """Words on a map."""

    words: str
    weight: int
    ink: str
    box: Box
    ground: str  # a colour behind them, or ''
    leader: Box | None  # from the middle of their area to them, where they are beside it


def labels_of(drawn: Map, shapes: Mapping[str, Shape], slot: Slot, taken: list[Box]) -> list[Label]:
    """Return the words of a map: inside of an area where they have room, else where nothing is *taken*."""
    colours, tones = slot.colours, TONES[drawn.classes]
    look = {name: (words, BOLD, *tones[number]) for name, number, words in drawn.marked}
    disputed = [name for name, shape in shapes.items() if shape.area.properties.disputed]
    for name in (*disputed, *drawn.named):
        look.setdefault(name, (name, PLAIN, "paper", 1 if name in disputed else 0))
    spots = {name: shapes[name].room() for name in look}
    darks = [name for name in look if look[name][2] == "accent"]
    labels = []
    for name in sorted(spots, key=spots.__getitem__, reverse=True):
        (room, at), (words, weight, fill, lines) = spots[name], look[name]
        dark, view = fill == "accent", shapes[name].view
        wide = slot.ruler.width(words, size=NOTE, weight=weight) + 4
        box, leader = box_about(at, wide, view), None
        back = fill if dark else "paper" if lines else ""
        others = [shapes[each] for each in darks if each != name]
        ill = room < wide * (1 if dark else OVERHANG) or (room < wide and _is_on(box, others))
        if ill or any(_overlap(box, each) for each in taken):
            box, back = _beside(at, wide, taken, view, [shapes[each] for each in look]), "paper"
            leader = (*at, min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3]))
        taken.append(box)
        ink = colours.paper if back == "accent" else colours.ink
        labels.append(Label(words, weight, ink, box, back and getattr(colours, back), leader))
    return labels


def box_about(at: Point, wide: float, view: View) -> Box:
    """Return the box of words about a place, inside of the drawing."""
    left = min(max(at[0] - wide / 2, 0.0), view.width - wide)
    top = min(max(at[1] - HALF, 0.0), view.height - 2 * HALF - EDGE)
    return left, top, left + wide, top + 2 * HALF


def _beside(at: Point, wide: float, taken: list[Box], view: View, marked: list[Shape]) -> Box:
    """Return the nearest free box for words about a place, on none of what is *marked* if there is one."""
    free: list[tuple[bool, float, Box]] = []
    for far, turn in product(AROUND, range(16)):
        x = at[0] + math.cos(turn * math.pi / 8) * (far + wide / 2)
        y = at[1] + math.sin(turn * math.pi / 8) * (far + HALF)
        box = x - wide / 2, y - HALF, x + wide / 2, y + HALF
        fits = min(box) >= 0 and box[2] <= view.width and box[3] <= view.height - EDGE
        if fits and not any(_overlap(box, other) for other in taken):
            free.append((_is_on(box, marked), far, box))
    return min(free)[2] if free else box_about(at, wide, view)


def _is_on(box: Box, shapes: list[Shape]) -> bool:
    """Return whether the middle of words in *box* lies on one of *shapes*."""
    spans = (span for shape in shapes for span in shape.spans((box[1] + box[3]) / 2))
    return any(start < box[2] and end > box[0] for start, end in spans)


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
