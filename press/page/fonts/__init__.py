"""List the committed faces: their CSS for the screen, their fontconfig for print, the characters they can draw."""

import base64
import json
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from press.ground import sums
from press.ground.sums import SUMS
from press.page.fonts.charsets import SCREEN, points
from press.problems import ConfigurationError, did_you_mean

MAKE = "./inv fonts"
COVERAGE = "coverage.json"
BASIC = "basic"
SCRIPTS = (BASIC, "cyrillic", "latin")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and the words by which CSS asks for it."""

    family: str
    weight: int  # of CSS: 400 or 600
    style: Literal["normal", "italic"]
    file: str  # TTF, below the folder of the fonts

    @property
    def woff2(self) -> str:
        """The name of the same face for the screen, below the folder of a script."""
        return self.file.replace(".ttf", ".woff2")


FACES = (
    Face("Press Serif", 400, "normal", "PressSerif-Regular.ttf"),
    Face("Press Serif", 400, "italic", "PressSerif-Italic.ttf"),
    Face("Press Serif", 600, "normal", "PressSerif-SemiBold.ttf"),
    Face("Press Serif Display", 600, "normal", "PressSerifDisplay-SemiBold.ttf"),
    Face("Press Sans", 400, "normal", "PressSans-Regular.ttf"),
    Face("Press Sans", 600, "normal", "PressSans-SemiBold.ttf"),
)
FAMILIES = frozenset(face.family for face in FACES)
# Without the display cut: in CSS "Press Serif" comes next, whose semibold serves titles, too.
SCREEN_FACES = tuple(face for face in FACES if face.family != "Press Serif Display")
DRAWN = frozenset[int]().union(*SCREEN.values())  # by some face of a screen
# A page may do without the italic: it is large, and few pages have such words.
SERIF, ITALIC = FACES[0], FACES[1]

FONTCONFIG = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{faces}</dir>
  <selectfont><rejectfont><glob>*.woff2</glob></rejectfont></selectfont>
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


def fontconfig(faces: Path, cache: Path) -> str:
    """Return a fontconfig file with the print faces below *faces*, and no font of the machine."""
    return FONTCONFIG.format(faces=escape(str(faces.resolve())), cache=escape(str(cache.resolve())))


def least_script(script: str, page: str) -> str:
    """Return the script of the smallest faces that draw all of *page* that any do; *script*, where none draw all."""
    drawn = DRAWN.intersection(map(ord, frozenset(page)))
    return next((name for name in (BASIC, script, *SCREEN) if drawn <= SCREEN[name]), script)


def screen_css(folder: Path, script: str, without: Container[Face] = ()) -> str:
    """Return the rules of a `<style media="screen">` that contain the faces of *script*.

    Raises:
        ConfigurationError: there are no faces for that script.
    """
    if script not in SCRIPTS:
        way_out = did_you_mean(script, SCRIPTS)
        raise ConfigurationError(f"there are no faces for the script '{script}'{way_out}")
    faces = (face for face in SCREEN_FACES if face not in without)
    return "".join(_rule(face, _read(folder, f"screen/{script}/{face.woff2}")) for face in faces)


def _rule(face: Face, woff2: bytes) -> str:
    data = base64.b64encode(woff2).decode("ascii")
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{face.style};font-display:swap;"
        f'src:url(data:font/woff2;base64,{data})format("woff2")}}\n'
    )


def coverage(folder: Path, family: str | None = None) -> frozenset[int]:
    """Return the code points that every print face can draw, or that every face of *family* can.

    Raises:
        ConfigurationError: a face or the list of them is missing, damaged, or another one.
    """
    listed = {name: _read(folder, name) for name in sums.read(_file(folder / SUMS))}
    # the engine takes any that calls itself by a name that is asked for
    for path in folder.rglob("[!.]*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in {SUMS, *listed}:
            raise ConfigurationError(
                f"{path} is no file of '{MAKE}', which writes all; take it out"
            )
    listed |= {name: _read(folder, name) for name in (*(face.file for face in FACES), COVERAGE)}
    drawn = {name: points(*spans) for name, spans in json.loads(listed[COVERAGE]).items()}
    return drawn[family] if family else frozenset.intersection(*drawn.values())


@cache
def advances(folder: Path, family: str, weight: int) -> tuple[dict[int, int], int]:
    """Return the advance of each character, and the size of the em, in units of the font."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 - only a drawing needs it

    upright = (face for face in FACES if face.style == "normal")
    [file] = [face.file for face in upright if (face.family, face.weight) == (family, weight)]
    with TTFont(folder / file) as font:
        # by numbers, since to look up the name of each glyph takes ten times as long
        font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
        metrics, glyphs = font["hmtx"].metrics, font.getBestCmap()
        return {char: metrics[glyph][0] for char, glyph in glyphs.items()}, font["head"].unitsPerEm


def _read(folder: Path, name: str) -> bytes:
    """Return the content of a file of fonts, which is as it was made.

    Raises:
        ConfigurationError: it is missing, damaged, or another one.
    """
    data = _file(folder / name)
    if sums.read(_file(folder / SUMS)).get(name) != sums.sha256(data):
        raise ConfigurationError(
            f"{folder / name} is damaged, or another file; '{MAKE}' makes it again"
        )
    return data


def _file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path} is missing; '{MAKE}' makes it again") from error
