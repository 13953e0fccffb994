"""A drawing as Vega made it in; the SVG that stands in a page, with nothing in it but marks and words, out.

What is not known to be harmless is refused, not left out: a mark that went missing would be a lie.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from press.page.figures.theme import LINE, NARROW, SANS, WIDE
from press.page.fonts import FAMILIES
from press.problems import PressError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.page.figures.theme import Ruler

NAMESPACE = "{http://www.w3.org/2000/svg}"
MOVED = re.compile(
    r"translate\((-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)\)(?: rotate\(0\))?(?: translate\(0,0\))?"
)
DIGITS = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
SHAPE = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9.,e -]+")
NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")
SAID = frozenset(
    {"class", "role", "aria-hidden", "aria-label", "aria-roledescription", "pointer-events"}
)
PAINT = ("fill", "stroke")
NOTHING = frozenset({"none", "transparent", ""})
NUMBERS = frozenset(
    {"stroke-width", "x2", "y2", "x1", "y1", "width", "height", "stroke-miterlimit"}
)
WORDS = {
    "stroke-linejoin": frozenset({"round", "miter"}),
    "stroke-linecap": frozenset({"round", "butt"}),
    "text-anchor": frozenset({"start", "middle", "end"}),
    "font-weight": frozenset({"400", "600", "normal"}),
}
USUAL = {
    ("text-anchor", "start"),
    ("font-weight", "400"),
    ("font-weight", "normal"),
    ("stroke-linecap", "butt"),
}
SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a text's width, to the left of its place
ROUND = 2.0  # pixels: kerning makes words narrower, rounding a little wider
UNSEEN = frozenset({"stroke-miterlimit"})  # of corners, which our marks do not have


class DrawingRefusedError(PressError):
    """There is something in a drawing that may not stand in a page."""


def cleaned(svg: str, colours: Mapping[str, str], alternative: str) -> str:
    """Return *svg* for a page; *colours* are names by colour, which become classes for the screen.

    Raises:
        DrawingRefusedError: there is more in it than marks and words in our colours.
    """
    if "<!" in svg or "<?" in svg:
        raise DrawingRefusedError("the drawing holds markup that is no SVG")
    try:
        root = ET.fromstring(svg)  # noqa: S314 - without a doctype there are no entities
    except ET.ParseError as error:
        raise DrawingRefusedError(f"the drawing is no XML: {error}") from error
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    if not (0 < width <= WIDE + NARROW and 0 < height <= 2 * WIDE):
        raise DrawingRefusedError(
            f"the drawing is {width:g} by {height:g} pixels; take fewer marks"
        )
    said = quoteattr(alternative)
    title = said[1:-1] if said[0] == '"' else said[1:-1].replace('"', "&quot;")
    parts = "\n".join(_Marks(colours).of(root))
    return (
        f'<svg class="drawing" viewBox="0 0 {_short(width)} {_short(height)}" width="{_short(width)}"'
        f' height="{_short(height)}" role="img" aria-label="{title}" font-family="{SANS}" fill="none">\n'
        f"<title>{title}</title>\n{parts}\n</svg>"
    )


class _Marks:
    """Writes elements, each with its place in the whole drawing where it is a text."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self._colours = colours

    def of(self, node: ET.Element) -> Iterator[str]:
        """Yield what there is to see below *node*."""
        for child in node:
            tag = child.tag.removeprefix(NAMESPACE)
            if child.get("display") == "none" or child.get("opacity") == "0":
                continue
            if tag == "g":
                yield from self._group(child)
            elif tag == "text":
                yield from self._text(child)
            elif tag in {"path", "line", "rect"}:
                yield from self._shape(tag, child)
            else:
                raise DrawingRefusedError(
                    f"the drawing has a <{tag}>, which no drawing of ours has"
                )

    def _group(self, node: ET.Element) -> Iterator[str]:
        self._look(node, {"transform", *PAINT})
        inner, (x, y) = list(self.of(node)), _moved(node)
        if inner and (x or y):
            yield f'<g transform="translate({_short(x)} {_short(y)})">'
            yield from inner
            yield "</g>"
        else:
            yield from inner

    def _shape(self, tag: str, node: ET.Element) -> Iterator[str]:
        shape = node.get("d", "")
        if tag == "path" and not shape:
            return
        if shape and not SHAPE.fullmatch(shape):
            raise DrawingRefusedError("the drawing has a path that is none")
        look = self._look(node, {"transform", "d", *PAINT})
        if not any(f'{paint}="#' in look for paint in PAINT):
            return  # a ground or a frame that is not seen
        x, y = _moved(node)
        path = f' d="{DIGITS.sub(lambda one: _short(float(one[0])), shape)}"' if shape else ""
        place = f' transform="translate({_short(x)} {_short(y)})"' if x or y else ""
        yield f"<{tag}{path}{place}{look}/>"

    def _text(self, node: ET.Element) -> Iterator[str]:
        look = self._look(node, {"transform", "font-size", "font-family", *PAINT})
        if (family := node.get("font-family", SANS)) not in FAMILIES:
            raise DrawingRefusedError(
                f"the drawing asks for the font {family}, which Press does not have"
            )
        if family != SANS:
            look += f" font-family={quoteattr(family)}"
        size = float(node.attrib["font-size"].removesuffix("px"))
        x, y = _moved(node)
        lines = [node.text or "", *("".join(child.itertext()) for child in node)]
        lines = [line for line in lines if line.strip()]
        for number, line in enumerate(lines):  # about the place where one would stand
            at = y + (number - (len(lines) - 1) / 2) * LINE
            words = line.replace("&", "&amp;").replace("<", "&lt;")
            yield f'<text x="{_short(x)}" y="{_short(at)}" font-size="{_short(size)}"{look}>{words}</text>'

    def _look(self, node: ET.Element, known: set[str]) -> str:
        """Return the attributes that say how *node* looks."""
        looks, names = [], []
        for name, value in node.attrib.items():
            if name in PAINT and value not in NOTHING:
                colour = value.casefold()
                if colour not in self._colours:
                    raise DrawingRefusedError(
                        f"the drawing has the colour {value}, which is none of the palette"
                    )
                looks.append(f'{name}="{colour}"')
                names.append(f"{name}-{self._colours[colour]}")
            elif name in NUMBERS and NUMBER.fullmatch(value):
                looks += [f'{name}="{_short(float(value))}"'] * (name not in UNSEEN)
            elif name in WORDS and value in WORDS[name]:
                looks += [f'{name}="{value}"'] * ((name, value) not in USUAL)
            elif name not in known | SAID and (name, value) != ("opacity", "1"):
                raise DrawingRefusedError(
                    f"the drawing has {name}={value[:40]!r}, which no drawing of ours has"
                )
        classes = [f'class="{" ".join(names)}"'] if names else []
        return "".join(f" {one}" for one in (*classes, *looks))


def outside(svg: str, ruler: Ruler) -> str:
    """Return the first words of a clean drawing that leave it, or ''."""
    root = ET.fromstring(svg)  # noqa: S314 - written by us
    every = _words(root, 0.0, float(root.attrib["width"]), ruler)
    return next((words for words, out in every if out), "")


def _words(node: ET.Element, left: float, room: float, ruler: Ruler) -> Iterator[tuple[str, bool]]:
    """Yield the words below *node*, which begins at *left*, each with whether they leave the drawing sideways."""
    for child in node:
        if child.tag == "g":
            yield from _words(child, left + _moved_plainly(child), room, ruler)
        elif child.tag == "text":
            words = child.text or ""
            wide = ruler.width(
                words,
                size=float(child.attrib["font-size"]),
                weight=int(child.get("font-weight", "400")),
                family=child.get("font-family", SANS),
            )
            start = (
                left + float(child.attrib["x"]) - wide * SHIFTS[child.get("text-anchor", "start")]
            )
            yield words, start < -ROUND or start + wide > room + ROUND


def _moved_plainly(node: ET.Element) -> float:
    return float(node.attrib["transform"].removeprefix("translate(").split(" ")[0])


def _moved(node: ET.Element) -> tuple[float, float]:
    typed = node.get("transform", "")
    if not typed:
        return 0.0, 0.0
    if not (found := MOVED.fullmatch(typed)):
        raise DrawingRefusedError(
            f"the drawing has a part that is turned or stretched: {typed[:60]}"
        )
    return float(found[1]), float(found[2])


def _short(number: float) -> str:
    """Return *number* to a tenth of a pixel."""
    shown = f"{number:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown
