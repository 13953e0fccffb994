"""Read and write SVG: the shapes and colours of a partner's drawing, written anew from a list of what is allowed.

What could run, fetch or read anything is refused, not taken out: a logo is shown whole or not at all. Only what is
not seen, such as an editor's own notes, is left out. A drawing with gradients, styles and the like, which programs draw
in different ways, is painted: outputs have it as pixels.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from press.content.pictures import COLOUR_NAMES, Picture, content_of, fault

SPACE = "http://www.w3.org/2000/svg"
MOST_BYTES = 100_000
MOST_ELEMENTS = 2_000
DEEPEST = 32
SHAPES = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"])
GROUPS = frozenset(["svg", "g", "defs", "clipPath"])
UNSEEN = frozenset(["title", "desc", "metadata"])  # left out with all that is in them
KEPT = re.compile(
    r"fill(-(opacity|rule))?|clip-(rule|path)|opacity|color"
    r"|stroke(-(width|opacity|linecap|linejoin|miterlimit|dasharray|dashoffset))?"
    r"|id|d|[xy][12]?|c[xy]|r[xy]?|width|height|points|transform|viewBox|preserveAspectRatio|clipPathUnits"
)
INVISIBLE = re.compile(  # in a drawing without text and style sheets
    r"version|baseProfile|class|role|enable-background|direction"
    r"|(?:-inkscape|font|text|letter|word|line|writing|data|aria)-.+"
)
AS_ALWAYS = re.compile(  # what editors write though it changes nothing
    r"display:inline|visibility:visible|overflow:visible|mix-blend-mode:normal|isolation:auto"
    r"|(?:marker|filter|mask|vector-effect|marker-(?:start|mid|end)):none|paint-order:(?:normal|(?:markers )?fill.*)"
    r"|type:text/css"
    r"|(?:color|shape|image|solid)-(?:interpolation|rendering|color|opacity)[\w-]*:.*"
)
VALUE = re.compile(r"(?!.*(url\(|\d(em|ex|rem|ch|v[wh]|vmin|vmax)\b))[\w\s.,#%()+-]*", re.DOTALL)
NUMBERS = r"[\d.,eE+\s-]*"
NUMBER = r"[\d.eE+-]+"
MOVES = "|".join(  # each with its first number, and as many more as it may have
    rf"(?:{name})\s*\(\s*{NUMBER}(?:[\s,]+{NUMBER}){more}"
    for name, more in (
        ("matrix", "{5}"),
        ("translate|scale", "?"),
        ("rotate", "{2}"),
        ("rotate|skewX|skewY", "{0}"),
    )
)
COLOUR = re.compile(
    r"none|inherit|transparent|currentcolor|#([\da-f]{3}|[\da-f]{4}|[\da-f]{6}|[\da-f]{8})"
    rf"|(rgb|hsl)a?\([\d.,%\s]+\)|{'|'.join(COLOUR_NAMES)}",
    re.IGNORECASE,
)
FORMS = {  # of values; programs go on with the others in ways of their own, or never end
    **dict.fromkeys(("fill", "stroke", "color"), COLOUR),
    "clip-path": re.compile(r"none|url\(#[\w-]+\)"),
    "d": re.compile(rf"\s*(?:[Mm]{NUMBERS}(?:[MZLHVCSQTA]{NUMBERS})*)?", re.IGNORECASE),
    "transform": re.compile(
        rf"(?!.*scale\(\s*0*\.?0*\s*[,)])[\s,]*(?:(?:{MOVES})\s*\)[\s,]*)*", re.DOTALL
    ),
    "preserveAspectRatio": re.compile(r"none|x(Min|Mid|Max)Y(Min|Mid|Max)( (meet|slice))?"),
}
REFERENCE = re.compile(r"(?:url\(|href=\")#([\w.-]+)[)\"]")
NESTED_CUT = re.compile(r"clip-path\W")
UNLIKE_CUT = re.compile(r"clip-rule\W+evenodd|objectBoundingBox|clip-path")
DOCTYPE = re.compile(rb"<!DOCTYPE\s[^\[\]<>]*>")  # one that defines nothing itself
RULES = re.compile(r"(?!.*(url\(\s*[^#\s]|[@\\<]|expression)).*", re.DOTALL)  # of a style sheet
DATA = re.compile(r"data:image/(?:png|jpe?g);base64,(.*)", re.DOTALL)


class Vocabulary(NamedTuple):
    """What a drawing may have."""

    elements: frozenset[str]
    attributes: re.Pattern[str]
    values: re.Pattern[str]  # whatever the forms say
    painted: bool


SHAPES_ONLY = Vocabulary(SHAPES | GROUPS - {"svg"}, KEPT, re.compile("(?!)"), painted=False)
PAINTED = Vocabulary(
    SHAPES_ONLY.elements
    | {"linearGradient", "radialGradient", "stop", "use", "symbol", "image", "style"},
    re.compile(
        rf"{KEPT.pattern}|class|f[xyr]|offset|stop-(color|opacity)|gradient(Units|Transform)|spreadMethod|overflow"
    ),
    re.compile(r"url\(#[\w.-]+\)"),
    painted=True,
)
LEAST, MOST = 0.1, 1e6  # pixels
THINNEST = 100
BOX = re.compile(r"[\s,]+")
LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:px)?")
PNG = "or save it as PNG"


class UnfitError(Exception):
    """The drawing has something that is not allowed; the message says what."""


def read(path: Path) -> tuple[Picture | None, str]:
    """Return the drawing in *path*, cleaned, or None and what is wrong with the file."""
    data, wrong = content_of(
        path, MOST_BYTES, f"it is larger than {MOST_BYTES // 1000} kB; simplify it, {PNG}"
    )
    try:
        root = None if wrong else parse(DOCTYPE.sub(b"", data, 1))
        return (None, wrong) if root is None else (_cleaned(root, path.name), "")
    except UnfitError as error:
        return None, str(error)


def parse(data: bytes | str) -> ET.Element:
    """Return the root of a drawing.

    Raises:
        UnfitError: it is damaged, or has more than elements and text.
    """
    encoded = data.encode() if isinstance(data, str) else data
    try:
        return ET.XML(encoded, ET.XMLParser(target=_Builder(), encoding="utf-8"))  # noqa: S314 - no entities
    except ET.ParseError as error:
        raise UnfitError(f"it is not an SVG drawing, or damaged; export it again, {PNG}") from error


class _Builder(ET.TreeBuilder):
    """Builds a tree while there is nothing in it that could do harm."""

    def __init__(self) -> None:
        super().__init__()
        self._count = self._depth = 0

    def doctype(self, *_: object) -> NoReturn:
        raise UnfitError(
            f"it has a document type, which may define anything; save it as plain SVG, {PNG}"
        )

    def pi(self, *_: object) -> NoReturn:
        raise UnfitError(f"it has a processing instruction; save it as plain SVG, {PNG}")

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        self._count, self._depth = self._count + 1, self._depth + 1
        if self._count > MOST_ELEMENTS or self._depth > DEEPEST:
            raise UnfitError(f"it has too many shapes; simplify it, {PNG}")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        self._depth -= 1
        return super().end(tag)


def element(tag: str, given: Mapping[str, str], content: str | None = "") -> str:
    """Return an element with these attributes; one whose *content* is None has no end tag."""
    start = "".join([f"<{tag}", *(f" {name}={quoted(value)}" for name, value in given.items())])
    return f"{start}/>" if content is None else f"{start}>{content}</{tag}>"


def quoted(value: str) -> str:
    """Return *value* between the double quotes of an attribute."""
    return quoteattr(value, {'"': "&quot;"})


def _cleaned(root: ET.Element, name: str) -> Picture:
    try:
        return _written(root, name, SHAPES_ONLY)
    except UnfitError:
        return _written(root, name, PAINTED)


def _written(root: ET.Element, name: str, known: Vocabulary) -> Picture:
    """Return a drawing of what is *known*.

    Raises:
        UnfitError: it has more.
    """
    given = _attributes(root, known._replace(elements=frozenset(["svg"])))
    width, height, box = _size(given)
    own = {"xmlns": SPACE, "viewBox": box, "width": f"{width:g}", "height": f"{height:g}"}
    own |= {name: value for name, value in given.items() if name not in {*own, "x", "y"}}
    data = element("svg", own, "".join(_shapes(root, known)))
    nodes = {
        node.get("id", ""): node
        for node in root.iter()
        if known.painted or node.tag == f"{{{SPACE}}}clipPath"
    }
    if lost := set(REFERENCE.findall(data)) - set(nodes):
        raise UnfitError(f"it refers to '#{min(lost)}', which is not in it; save it anew, {PNG}")
    used = (nodes[name].iter() for name in re.findall(r'<use[^>]* href="#([^"]+)', data))
    if known.painted and any(
        node.tag == f"{{{SPACE}}}use" for nodes_of in used for node in nodes_of
    ):
        raise UnfitError(f"it uses shapes that use others; turn all into shapes, {PNG}")
    return Picture(
        data.encode(), max(1, round(width)), max(1, round(height)), name, painted=known.painted
    )


def _shapes(parent: ET.Element, known: Vocabulary) -> Iterator[str]:
    """Yield what is kept of the elements in *parent*."""
    if any((text or "").strip() for text in (parent.text, *(child.tail for child in parent))):
        raise UnfitError(f"it has text; turn it into paths, {PNG}")
    for child in parent:
        space, _, tag = child.tag.rpartition("}")
        if space == f"{{{SPACE}" and tag not in UNSEEN:
            given = _attributes(child, known)
            sheet = tag == "style" and not len(child)
            if sheet and not RULES.fullmatch(child.text or ""):
                raise UnfitError(
                    f"its style sheet has more than looks; save it as plain SVG, {PNG}"
                )
            yield element(
                tag, given, escape(child.text or "") if sheet else "".join(_shapes(child, known))
            )


def _size(given: Mapping[str, str]) -> tuple[float, float, str]:
    """Return width and height of the drawing with these attributes, and its box."""
    sides = [LENGTH.fullmatch(given.get(side, "")) for side in ("width", "height")]
    stated = " ".join(["0 0", *(side[1] if side else "0" for side in sides)])
    box = given.get("viewBox") or stated
    numbers = BOX.split(box.strip())
    try:
        _, _, width, height = map(float, numbers)
    except ValueError:
        width = height = 0.0
    if not (LEAST < width < MOST and LEAST < height < MOST):
        raise UnfitError(f"it does not say how large it is; give it a viewBox, {PNG}")
    if max(width, height) > THINNEST * min(width, height):
        raise UnfitError(f"it is more than {THINNEST} times as long as it is wide; crop it, {PNG}")
    return width, height, box


def _attributes(node: ET.Element, known: Vocabulary) -> dict[str, str]:
    """Return the attributes that are kept of an element, those of its `style` too.

    Raises:
        UnfitError: it is another element, or an attribute is not allowed.
    """
    space, _, tag = node.tag.rpartition("}")
    cut = NESTED_CUT if known.painted else UNLIKE_CUT
    if tag == "clipPath" and cut.search(ET.tostring(node, "unicode")):
        raise UnfitError(
            f"its clip is cut itself, evenodd or by a box, which prints do not know; cut it otherwise, {PNG}"
        )
    if space != f"{{{SPACE}" or tag not in known.elements:
        raise UnfitError(f"it has a <{tag}>; turn all into shapes and save it as plain SVG, {PNG}")
    given = dict(node.attrib)
    halves = (rule.partition(":") for rule in given.pop("style", "").split(";") if rule.strip())
    rules = [(name.strip(), value.strip()) for name, _, value in halves]
    every = [*given.items(), *rules]  # the rules come last: they win
    for name, value in every:
        space, _, bare = name.rpartition("}")
        if bare == "href" and _is_inside(tag, value, known):
            continue
        if known.attributes.fullmatch(name):
            form = FORMS.get(name, VALUE)
            if not (form.fullmatch(value.strip()) or known.values.fullmatch(value.strip())):
                raise UnfitError(f"its {name} is '{value[:40]}'; save it as plain SVG, {PNG}")
        elif "href" in bare or not (
            space or INVISIBLE.fullmatch(name) or AS_ALWAYS.fullmatch(f"{name}:{value}")
        ):
            raise UnfitError(f"it uses '{bare}'; save it as plain SVG with shapes only, {PNG}")
    kept = [(name, value) for name, value in every if known.attributes.fullmatch(name)]
    kept += [("href", value) for name, value in given.items() if name.rpartition("}")[2] == "href"]
    if known.painted and rules:  # which win over a style sheet, as attributes do not
        kept.append(("style", ";".join(f"{name}:{value}" for name, value in rules)))
    return dict(kept)


def _is_inside(tag: str, value: str, known: Vocabulary) -> bool:
    """Return whether an address of a painted drawing is one in it: of a shape, or a sound picture itself."""
    if tag == "image" and (data := DATA.fullmatch(value)):
        try:
            return known.painted and not fault(base64.b64decode(data[1]))
        except ValueError:
            return False
    return known.painted and tag != "image" and value.startswith("#")
