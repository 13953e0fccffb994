"""Read a finished drawing back: every mark of Vega's scene, in its place; words that do not touch and can be read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from press.content.svg import parse
from press.page.colours import SHAPE, TEXT, Palette, contrast
from press.page.figures.scene import NUMBER, SceneMark, Sight
from press.page.figures.theme import PLAIN, SANS, Ruler
from press.problems import counted

BOX = re.compile(r"M(-?[\d.]+),(-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)h-?[\d.]+Z")
NEAR = 0.5  # pixels: each place is rounded to a tenth, in up to three groups
ASCENT, DESCENT = 0.72, 0.2  # of a size: as high as capitals, as low as a comma
LOOK = frozenset({"class", "font-size", "font-weight", "font-family", "text-anchor"})
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
TOUCH = 0.5  # pixels that the boxes of two lines may share
FAINT = 1.5  # contrast of an area that is seen, such as a pale bar on white; `colours.AREA` with room for rounding
SMALL = 12.0  # pixels: what is smaller, or only an outline, needs the contrast of a shape
# the names of colours that are told apart from some others
INKS = ("ink", "accent", "soft", "paper")
BESIDE = "move it off the mark with 'align' and 'dx'"
SAMPLES = (0.05, 0.5, 0.95)  # of a line of words: where we look at what is behind it


@dataclass(frozen=True, slots=True)
class Part:
    """A mark or a line of words in a finished drawing."""

    sight: Sight
    paints: Mapping[str, str]  # fill and stroke, by the names of colours
    box: tuple[float, float, float, float]  # left, top, right and bottom in pixels

    def has(self, x: float, y: float) -> bool:
        """Return True if it covers this place."""
        left, top, right, bottom = self.box
        return left < x < right and top < y < bottom


def faults(
    svg: str, marks: Sequence[SceneMark], colours: Palette, ruler: Ruler, *, free: bool
) -> Iterator[str]:
    """Yield what *svg* shows otherwise than *marks*, and what cannot be read; where *free*, an author chose colours."""
    parts = [*_parts(parse(svg), (0.0, 0.0), {}, ruler)]
    expected = [(sight, mark) for mark in marks for sight in mark.sights()]
    if len(parts) != len(expected):
        yield f"the drawing shows {counted(len(parts), 'part')} of {len(expected)}"
        return
    for part, (sight, _) in zip(parts, expected, strict=True):
        if not part.sight.near(sight, NEAR):
            yield f"the drawing has '{sight.words or 'a mark'}' in another place than Vega gave it"
    words = [part for part in parts if part.sight.words]
    for one, two in combinations(words, 2):
        if _shared(one, two) > TOUCH:
            yield f"'{one.sight.words}' and '{two.sight.words}' lie over each other; shorten one, or drop it"
    for number, (part, (_, mark)) in enumerate(zip(parts, expected, strict=True)):
        later = (each for each in parts[number + 1 :] if "fill" in each.paints)
        over = (each for each in later if not each.sight.words and _shared(part, each) > TOUCH)
        if part.sight.words and any(over):
            yield f"'{part.sight.words}' is behind a mark; move one of them"
        if part.sight.words or (free and mark.layer is not None):
            yield from _faint(part, parts[:number], colours)


def _shared(one: Part, two: Part) -> float:
    """Return how many pixels the boxes of two parts share, in the direction in which they share least."""
    return min(
        min(one.box[side + 2], two.box[side + 2]) - max(one.box[side], two.box[side])
        for side in (0, 1)
    )


def _faint(part: Part, below: Sequence[Part], colours: Palette) -> Iterator[str]:
    """Yield what cannot be told from what is behind it, in either scheme of colours."""
    left, top, right, bottom = part.box
    words = part.sight.words
    small = "fill" not in part.paints or min(right - left, bottom - top) < SMALL
    least = TEXT if words else SHAPE if small else FAINT
    front = part.paints.get("fill") or part.paints["stroke"]
    for sample in SAMPLES:
        place = (left + sample * (right - left), (top + bottom) / 2)
        grounds = [
            each.paints["fill"]
            for each in below
            if "fill" in each.paints and not each.sight.words and each.has(*place)
        ]
        ground = ["paper", *grounds][-1]
        if not _is_seen(front, ground, least, colours):
            inks = [ink for ink in INKS if _is_seen(ink, ground, least, colours)]
            ways_out = [f"write 'color: {ink}' into its mark" for ink in inks[:1]]
            ways_out += [BESIDE] if words else []
            what = f"'{words}'" if words else "a mark"
            yield f"{what} is {front} on {ground}, which is hard to see: {', or '.join(ways_out)}"
            return


def _is_seen(front: str, ground: str, least: float, colours: Palette) -> bool:
    schemes = (asdict(colours), colours.night())
    return all(contrast(scheme[front], scheme[ground]) >= least for scheme in schemes)


def _parts(
    node: ET.Element, at: tuple[float, float], around: Mapping[str, str], ruler: Ruler
) -> Iterator[Part]:
    """Yield the parts in *node*, which is *at* a place; what is *around* it says how they look, where they do not."""
    for child in node:
        tag = child.tag.rpartition("}")[2]
        moved = child.get("transform", "translate(0 0)")[10:-1].split()
        x, y = at[0] + float(moved[0]), at[1] + float(moved[1])
        look = {**around, **{name: value for name, value in child.items() if name in LOOK}}
        paints = dict(name.split("-") for name in look.get("class", "").split())
        if tag == "g":
            yield from _parts(child, (x, y), look, ruler)
        elif tag == "text":
            child.attrib.update(look)
            yield _words(child, x, y, paints, ruler)
        elif tag != "title":
            yield _shape(child, x, y, paints)


def _words(node: ET.Element, x: float, y: float, paints: dict[str, str], ruler: Ruler) -> Part:
    size, words = float(node.attrib["font-size"]), node.text or ""
    weight, family = int(node.get("font-weight", PLAIN)), node.get("font-family", SANS)
    wide = ruler.width(words, size=size, weight=weight, family=family)
    anchor, base = x + float(node.attrib["x"]), y + float(node.attrib["y"])
    start = anchor - wide * ANCHORS[node.get("text-anchor", "start")]
    box = (start, base - ASCENT * size, start + wide, base + DESCENT * size)
    return Part(Sight((anchor,), words), paints, box)


def _shape(node: ET.Element, x: float, y: float, paints: dict[str, str]) -> Part:
    path = node.get("d")
    if path is None:  # a <line>
        wide, high = float(node.get("x2", 0)), float(node.get("y2", 0))
        return Part(Sight((x, y, wide, high)), paints, _box(x, y, wide, high))
    if box := BOX.fullmatch(path):
        along, down, wide, high = map(float, box.groups())
        return Part(
            Sight((x + along, y + down, wide, high)), paints, _box(x + along, y + down, wide, high)
        )
    if "A" in path:  # a circle about its place
        radius = float(NUMBER.findall(path)[0])
        return Part(Sight((x, y)), paints, _box(x - radius, y - radius, 2 * radius, 2 * radius))
    return Part(Sight(tuple(_points(path, x, y))), paints, (0.0, 0.0, 0.0, 0.0))


def _points(path: str, x: float, y: float) -> Iterator[float]:
    """Yield the numbers of a *path* that begins at a place; those behind an 'l' go on from the point before."""
    last = [x, y]
    for letter, typed in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        for at, number in enumerate(map(float, NUMBER.findall(typed))):
            last[at % 2] = number + (last[at % 2] if letter == "l" else (x, y)[at % 2])
            yield last[at % 2]


def _box(left: float, top: float, wide: float, high: float) -> tuple[float, float, float, float]:
    (left, right), (top, bottom) = sorted((left, left + wide)), sorted((top, top + high))
    return left, top, right, bottom
