"""Rewrite what Vega drew as the SVG of a page: marks and words in our colours, and nothing else.

What is not known to be harmless is refused, not left out: a mark that went missing would be a lie.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple
from xml.etree import ElementTree as ET

from press.content.svg import SPACE, UnfitError, element, parse, quoted
from press.page.figures.theme import LINE, NARROW, SANS, WIDE, Ruler
from press.page.fonts import FAMILIES
from press.problems import PressError

MOVED = re.compile(
    r"translate\((-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)\)(?: rotate\(0\))?(?: translate\(0,0\))?"
)
DIGITS = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
SHAPE = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9.,e -]+")
NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")
PAINT = ("fill", "stroke")
NOTHING = frozenset({"none", "transparent", ""})
# Attributes, each with its values: those that a page keeps, and those that it does without.
KEPT = re.compile(
    rf"(stroke-width|[xy][12]|width|height)={NUMBER.pattern}|stroke-linejoin=(round|miter)"
    r"|stroke-linecap=round|stroke-dasharray=[0-9.]+,[0-9.]+|text-anchor=(middle|end)|font-weight=600"
)
DROPPED = re.compile(  # a drawing has one name, no corners to sharpen, and values that are usual anyway
    rf"(class|role|aria-(hidden|label|roledescription)|pointer-events)=.*|stroke-miterlimit={NUMBER.pattern}"
    r"|stroke-linecap=butt|text-anchor=start|font-weight=(400|normal)|opacity=1",
    re.DOTALL,
)
ENDS = ("x1", "x2", "y1", "y2", "width", "height")
STRAIGHT = re.compile(r"(?:M[-\d.]+,[-\d.]+(?:L[-\d.]+,[-\d.]+)+Z?)+")  # a path of straight lines
SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a text's width, to the left of its place
ROUND = 2.0  # pixels: kerning makes words narrower, rounding a little wider


class DrawingRefusedError(PressError):
    """A drawing contains something that no page may contain."""


def clean(svg: str, colours: Mapping[str, str], alternative: str, ruler: Ruler) -> str:
    """Return *svg* for a page; *colours* are names by colour, which become classes for the screen.

    Raises:
        DrawingRefusedError: there is more in it than marks and words in our colours, or its words do not fit.
    """
    try:
        root = parse(svg)
    except UnfitError as error:
        raise DrawingRefusedError(f"the drawing is not an SVG of ours: {error}") from error
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    if not (0 < width <= WIDE + NARROW and 0 < height <= 2 * WIDE):
        raise DrawingRefusedError(
            f"the drawing is {width:g} by {height:g} pixels; take fewer marks"
        )
    size = {"width": _short(width), "height": _short(height)}
    given = {
        "class": "drawing",
        "viewBox": f"0 0 {size['width']} {size['height']}",
        **size,
        "role": "img",
        "aria-label": alternative,
        "font-family": SANS,
        "fill": "none",
    }
    marks = written(_Marks(colours, width, ruler).of(root, 0.0))
    title = quoted(alternative)[1:-1]
    return element("svg", given, f"\n<title>{title}</title>\n{marks}\n")


class Mark(NamedTuple):
    """An element of a drawing: where it is, what it looks like, and what is in it."""

    tag: str
    place: dict[str, str]
    look: dict[str, str]
    inside: str | None


def written(marks: Iterable[Mark]) -> str:
    """Return *marks*, one on each line; what several in a row look like is said once."""
    lines: list[str] = []
    for look, run in groupby(marks, lambda mark: mark.look):
        alike = [*run]
        shared = look if len(alike) > 1 else {}
        inner = [
            element(mark.tag, mark.place | ({} if shared else look), mark.inside) for mark in alike
        ]
        lines += [element("g", shared, "\n".join(["", *inner, ""]))] if shared else inner
    return "\n".join(lines)


class _Marks:
    """Reads the elements of a drawing *width* pixels wide."""

    def __init__(self, colours: Mapping[str, str], width: float, ruler: Ruler) -> None:
        self._colours = colours
        self._width = width
        self._ruler = ruler

    def of(self, node: ET.Element, left: float) -> Iterator[Mark]:
        """Yield what can be seen in *node*, which begins *left* pixels from the edge."""
        for child in node:
            tag = child.tag.removeprefix(f"{{{SPACE}}}")
            if child.get("display") == "none" or child.get("opacity") == "0":
                continue
            if tag == "g":
                yield from self._group(child, left)
            elif tag == "text":
                yield from self._text(child, left)
            elif tag in {"path", "line", "rect"}:
                yield from self._shape(tag, child)
            else:
                raise DrawingRefusedError(f"the drawing has a <{tag}>, which is not allowed")

    def _group(self, node: ET.Element, left: float) -> Iterator[Mark]:
        self._look(node, {"transform", *PAINT})
        place, x = _place(node), _moved(node)[0]
        inner = list(self.of(node, left + x))
        if inner and place:
            yield Mark("g", place, {}, f"\n{written(inner)}\n")
        else:
            yield from inner

    def _shape(self, tag: str, node: ET.Element) -> Iterator[Mark]:
        shape = node.get("d", "")
        if tag == "path" and not shape:
            return
        if shape and not SHAPE.fullmatch(shape):
            raise DrawingRefusedError("the drawing has a path that is not one")
        look = self._look(node, {"transform", "d", *PAINT})
        if not any(look.get(paint, "").startswith("#") for paint in PAINT):
            return  # a ground or a frame that is not seen
        short = DIGITS.sub(lambda number: _short(float(number[0])), shape)
        ends = {name: look.pop(name) for name in ENDS if name in look}
        place = ({"d": relative(short)} if short else {}) | _place(node) | ends
        yield Mark(tag, place, look, None)

    def _text(self, node: ET.Element, left: float) -> Iterator[Mark]:
        look = self._look(node, {"transform", "font-size", "font-family", *PAINT})
        if (family := node.get("font-family", SANS)) not in FAMILIES:
            raise DrawingRefusedError(f"the drawing asks for the font {family}, which Press lacks")
        if family != SANS:
            look["font-family"] = family
        size = float(node.attrib["font-size"].removesuffix("px"))
        weight = int(look.get("font-weight", "400"))
        x, y = _moved(node)
        lines = [node.text or "", *("".join(child.itertext()) for child in node)]
        lines = [line for line in lines if line.strip()]
        for number, line in enumerate(lines):  # about the place where a single one would be
            wide = self._ruler.width(line, size=size, weight=weight, family=family)
            start = left + x - wide * SHIFTS[look.get("text-anchor", "start")]
            if start < -ROUND or start + wide > self._width + ROUND:
                raise DrawingRefusedError(f"'{line}' has no room in the drawing; shorten it")
            base = y + (number - (len(lines) - 1) / 2) * LINE
            place = {"x": _short(x), "y": _short(base)}
            yield Mark("text", place, {"font-size": _short(size)} | look, escaped(line))

    def _look(self, node: ET.Element, known: set[str]) -> dict[str, str]:
        """Return the attributes that say how *node* looks."""
        looks: dict[str, str] = {}
        names = []
        for name, value in node.attrib.items():
            if name in PAINT and value not in NOTHING:
                looks[name] = colour = value.casefold()
                if colour not in self._colours:
                    raise DrawingRefusedError(
                        f"the drawing has the colour {value}, not one of the palette"
                    )
                names.append(f"{name}-{self._colours[colour]}")
            elif name not in known and not DROPPED.fullmatch(f"{name}={value}"):
                if not KEPT.fullmatch(f"{name}={value}"):
                    raise DrawingRefusedError(
                        f"the drawing has {name}={value[:40]!r}, which is not allowed"
                    )
                looks[name] = _short(float(value)) if NUMBER.fullmatch(value) else value
        return ({"class": " ".join(names)} if names else {}) | looks


def escaped(words: str) -> str:
    """Return *words* as the text of an element."""
    return words.replace("&", "&amp;").replace("<", "&lt;")


def relative(path: str) -> str:
    """Return a *path* of straight lines by the way from each point to the next, and others as they are."""
    if not STRAIGHT.fullmatch(path):
        return path
    shown, before, last = "", "", [Decimal(0), Decimal(0)]
    for sign, typed, end in re.findall(r"([ML])([-\d.,]+)(Z?)", path):
        point = [*map(Decimal, typed.split(","))]
        way = " ".join(f"{new - old}" for new, old in zip(point, last, strict=True))
        shown += f"M{typed}" if sign == "M" else f" {way}" if before == "L" else f"l{way}"
        shown, last, before = shown + end, point, sign
    short = re.sub(r"(?<!\d)0(?=\.[1-9])|\.0(?!\d)", "", shown)
    return short.replace(" -", "-")


def _place(node: ET.Element) -> dict[str, str]:
    x, y = _moved(node)
    return {"transform": f"translate({_short(x)} {_short(y)})"} if x or y else {}


def _moved(node: ET.Element) -> tuple[float, float]:
    typed = node.get("transform", "")
    if not typed:
        return 0.0, 0.0
    if not (moved := MOVED.fullmatch(typed)):
        raise DrawingRefusedError(f"the drawing has a turned or stretched part: {typed[:60]}")
    return float(moved[1]), float(moved[2])


def _short(number: float) -> str:
    """Return *number* to a tenth of a pixel."""
    shown = f"{number:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown
