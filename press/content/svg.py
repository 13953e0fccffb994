"""An SVG drawing in; the same shapes and colours, written anew from a list of what is allowed, or why not, out.

What could run, fetch or read anything is refused, not taken out: a sign that is shown is whole. Only what has no
looks, such as an editor's own notes, is left behind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from press.content.pictures import Picture

if TYPE_CHECKING:
    from pathlib import Path

SVG = "http://www.w3.org/2000/svg"
MOST_BYTES = 100_000
MOST_ELEMENTS = 2_000
DEEPEST = 32
SHAPES = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"])
GROUPS = frozenset(["svg", "g", "defs", "linearGradient", "radialGradient", "stop", "clipPath"])
SILENT = frozenset(["title", "desc", "metadata"])  # left behind with all that is in them
KEPT = re.compile(
    r"fill(-(opacity|rule))?|clip-(rule|path)|stop-(color|opacity)|opacity|color"
    r"|stroke(-(width|opacity|linecap|linejoin|miterlimit|dasharray|dashoffset))?"
    r"|id|d|[xy][12]?|c[xy]|f[xy]|r[xy]?|width|height|points|transform|viewBox|preserveAspectRatio|offset"
    r"|gradient(Units|Transform)|spreadMethod|clipPathUnits"
)
WITHOUT_LOOKS = re.compile(  # in a drawing without text and style sheets
    r"version|baseProfile|class|role|enable-background|direction"
    r"|(?:-inkscape|font|text|letter|word|line|writing|data|aria)-.+"
)
VALUE = re.compile(r"(?:url\(#[\w.-]+\)|[\w\s.,#%()+-])*")  # it leads nowhere but into the drawing
BOX = re.compile(r"[\s,]+")
LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:px)?")
PNG = "or save it as PNG"


class UnfitError(Exception):
    """The drawing has something that is not allowed; the message says what."""


def read(path: Path) -> tuple[Picture | None, str]:
    """Return the drawing in *path*, cleaned, or None and what is wrong with the file."""
    if path.is_symlink() or not path.is_file():
        return None, f"'{path.name}' is not a plain file; put the image itself here"
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, f"it can't be read: {(error.strerror or 'no reason given').lower()}"
    if len(data) > MOST_BYTES:
        return None, f"it is larger than {MOST_BYTES // 1000} kB; simplify it, {PNG}"
    try:
        return Drawing(data).picture(), ""
    except UnfitError as error:
        return None, str(error)
    except expat.ExpatError:
        return None, f"it is no SVG drawing, or a damaged one; export it again, {PNG}"


class Drawing:
    """A drawing that is being written anew while it is read.

    Raises:
        UnfitError: it has something that is not allowed.
    """

    def __init__(self, data: bytes) -> None:
        self.written: list[str] = []
        self.size = (0.0, 0.0)
        self._open: list[str] = []  # what is kept
        self._left = 0  # how deep in something that is left behind
        self._count = 0
        parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)  # noqa: FBT003 - it takes no keyword

    def picture(self) -> Picture:
        """Return what was written."""
        width, height = (max(1, round(side)) for side in self.size)
        return Picture("".join(self.written).encode(), width, height)

    def _doctype(self, *_: object) -> None:
        raise UnfitError(
            f"it has a document type, which may define anything; save it as plain SVG, {PNG}"
        )

    def _instruction(self, *_: object) -> None:
        raise UnfitError(f"it has a processing instruction; save it as plain SVG, {PNG}")

    def _start(self, name: str, given: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise UnfitError(f"it has too many shapes; simplify it, {PNG}")
        if self._left or (self._open and (space != SVG or tag in SILENT)):
            self._left += 1
            return
        if space != SVG or tag not in SHAPES | GROUPS or (tag == "svg") == bool(self._open):
            raise UnfitError(
                f"it has a <{tag}>; turn all into shapes and save it as plain SVG, {PNG}"
            )
        kept = dict(_kept(given))
        if tag == "svg":
            kept = self._sized(kept)
        self.written.append(
            "".join([f"<{tag}", *(f" {key}={quoteattr(one)}" for key, one in kept.items()), ">"])
        )
        self._open.append(tag)

    def _sized(self, given: dict[str, str]) -> dict[str, str]:
        """Return the attributes of the drawing itself: it has its name space, and a size that is that of its box."""
        sides = [LENGTH.fullmatch(given.get(side, "")) for side in ("width", "height")]
        box = given.get("viewBox") or " ".join(
            ["0 0", *(side[1] if side else "0" for side in sides)]
        )
        try:
            *_, width, height = (float(each) for each in BOX.split(box.strip()))
        except ValueError:
            width = height = 0.0
        if not (0 < width < 1e6 and 0 < height < 1e6) or len(BOX.split(box.strip())) != 4:  # noqa: PLR2004 - a box
            raise UnfitError(f"it does not say how large it is; give it a viewBox, {PNG}")
        self.size = width, height
        said = {"xmlns": SVG, "viewBox": box, "width": f"{width:g}", "height": f"{height:g}"}
        return said | {key: one for key, one in given.items() if key not in {*said, "x", "y"}}

    def _end(self, _: str) -> None:
        if self._left:
            self._left -= 1
        else:
            self.written.append(f"</{self._open.pop()}>")

    def _text(self, text: str) -> None:
        if not self._left and text.strip():
            raise UnfitError(f"it has text; turn it into paths, {PNG}")


def _kept(given: dict[str, str]) -> list[tuple[str, str]]:
    """Return the attributes that are kept, those of a `style` among them.

    Raises:
        UnfitError: one has looks or powers that are not allowed.
    """
    plain = [(name, value) for name, value in given.items() if name != "style"]
    halves = (one.partition(":") for one in given.get("style", "").split(";") if one.strip())
    plain += [(key.strip(), one.strip()) for key, _, one in halves]  # last: these win
    for name, value in plain:
        _judge(name, value)
    return [(name, value) for name, value in plain if KEPT.fullmatch(name)]


def _judge(name: str, value: str) -> None:
    """Refuse what an attribute may not be or hold."""
    space, _, bare = name.rpartition(" ")
    if KEPT.fullmatch(name):
        if not VALUE.fullmatch(value):
            raise UnfitError(f"its {name} is '{value[:40]}'; save it as plain SVG, {PNG}")
    elif "href" in bare or not (space or WITHOUT_LOOKS.fullmatch(name)):
        raise UnfitError(f"it uses '{bare}'; save it as plain SVG with shapes only, {PNG}")
