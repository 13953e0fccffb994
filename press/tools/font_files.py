"""Make the font files: cut the variable fonts of two packages into the faces of print and screen."""

import importlib.resources
import io
import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]  # has no types
from fontTools.ttLib import TTFont, scaleUpem  # type: ignore[import-untyped]  # the same
from fontTools.varLib import instancer  # type: ignore[import-untyped]  # the same

from press.ground import sums
from press.ground.sums import SUMS
from press.page.fonts import COVERAGE, FACES, MAKE, SCREEN_FACES, Face
from press.page.fonts.charsets import PRINT, SCREEN, spans
from press.problems import ConfigurationError
from press.tools.font_glyphs import draw_firm_hyphen, give_own_glyphs

SERIF = "fontpkg_source_serif_4"
SANS = "fontpkg_source_sans_3"
SOURCES = {
    ("Press Serif", "normal"): (SERIF, "SourceSerif4[opsz,wght].ttf"),
    ("Press Serif", "italic"): (SERIF, "SourceSerif4-Italic[opsz,wght].ttf"),
    ("Press Serif Display", "normal"): (SERIF, "SourceSerif4[opsz,wght].ttf"),
    ("Press Sans", "normal"): (SANS, "SourceSans3[wght].ttf"),
}
PRINT_SIZE = {"Press Serif": 10, "Press Serif Display": 30, "Press Sans": 10}  # pt
SCREEN_SIZE = {400: 14, 600: 20}  # pt; on screen the semibold is the face of titles, too
SCREEN_UNITS = 500  # to the em, half of what print has: an eighth less to send, still below a pixel
SCREEN_FEATURES = ["kern", "liga", "tnum"]
FEATURES = [
    *SCREEN_FEATURES,
    "lnum",
    "onum",
    "sups",
    "mark",
    "mkmk",
    "ccmp",
    "locl",
    "calt",
    "pnum",
    "frac",
    "case",
]

NOTE = """\
Press Serif, Press Serif Display and Press Sans, the fonts in this folder and below it, are modified
versions of Source Serif 4 and Source Sans 3: they hold fewer characters, one weight and one optical
size each, give each character a glyph of its own, and have other names, since the name "Source" is
reserved. They are under the licence of the fonts that they were made from. The copyright notices
and the licence, as shipped with those:

"""


def files() -> dict[str, bytes]:
    """Return all committed files by path below the folder of the fonts."""
    sources = sorted(set(SOURCES.values()))
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=spawn) as pool:  # each step is seconds of work
        cut = dict(zip(sources, pool.map(_cut, sources), strict=True))
        printed = pool.map(
            _print_face, FACES, [cut[SOURCES[face.family, face.style]] for face in FACES]
        )
        shown = pool.map(
            _screen_face,
            SCREEN_FACES,
            [cut[SOURCES[face.family, face.style]] for face in SCREEN_FACES],
        )
        faces = {face.file: data for face, data in zip(FACES, printed, strict=True)}
        screen = dict(chain.from_iterable(shown))
    made = {**faces, **screen, COVERAGE: _coverage(faces), "OFL.txt": _licence()}
    return made | {SUMS: sums.write(sums.digests(made))}


def characters(face: bytes) -> frozenset[int]:
    """Return the characters that *face*, the content of a font file, can draw."""
    return frozenset(_font(face).getBestCmap())


def _cut(source: tuple[str, str]) -> bytes:
    """Return the variable font at *source*, package and file, with our characters only."""
    package, file = source
    font = _font((importlib.resources.files(package) / "files" / file).read_bytes())
    draw_firm_hyphen(font)
    _subset(font, PRINT, FEATURES)
    return _saved(font)


def _print_face(face: Face, cut: bytes) -> bytes:
    font = _static(cut, face, PRINT_SIZE[face.family])
    give_own_glyphs(font)
    _name(font, face)
    return _saved(font)


def _screen_face(face: Face, cut: bytes) -> list[tuple[str, bytes]]:
    """Return path and content of *face* for each script."""
    whole = _saved(_static(cut, face, SCREEN_SIZE[face.weight]))
    return [
        (f"screen/{script}/{face.woff2}", _woff2(_font(whole), face, shown))
        for script, shown in SCREEN.items()
    ]


def _woff2(font: TTFont, face: Face, shown: frozenset[int]) -> bytes:
    _subset(font, shown, SCREEN_FEATURES)
    del font["GDEF"], font["gasp"]  # needless without combining marks and hinting
    scaleUpem.scale_upem(font, SCREEN_UNITS)
    _name(font, face)
    font.flavor = "woff2"
    return _saved(font)


def _static(cut: bytes, face: Face, size: float) -> TTFont:
    """Return *face*, its letters meant for *size* in points, from a variable font."""
    font = _font(cut)
    place = {"wght": face.weight, "opsz": size}
    axes = {axis.axisTag: place[axis.axisTag] for axis in font["fvar"].axes}
    overlap = instancer.OverlapMode.KEEP_AND_SET_FLAGS
    instancer.instantiateVariableFont(font, axes, inplace=True, overlap=overlap)
    del font["STAT"]  # names the axes that are gone
    return font


def _font(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data), recalcTimestamp=False)  # else the clock gets into the bytes


def _saved(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _subset(font: TTFont, shown: frozenset[int], features: list[str]) -> None:
    options = subset.Options(
        layout_features=features,
        name_IDs=["*"],
        notdef_outline=features is FEATURES,  # on screen another font steps in for it
        hinting=False,
        glyph_names=False,
        drop_tables=["DSIG", "BASE"],
        recalc_timestamp=False,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=shown)
    subsetter.subset(font)


def _name(font: TTFont, face: Face) -> None:
    """Name *font* as *face*; the semibold is its family's bold, for those who ask for bold."""
    bold, italic = face.weight > 400, face.style == "italic"  # noqa: PLR2004  # 400 is regular
    names, postscript = font["name"], face.file.removesuffix(".ttf")
    kept = {number: names.getDebugName(number) for number in (0, 14)}  # copyright, licence
    style = "Bold" if bold else "Italic" if italic else "Regular"
    full = f"{face.family} {postscript.partition('-')[2]}"
    names.names = []
    for number, text in {**kept, 1: face.family, 2: style, 4: full, 6: postscript}.items():
        names.setName(text, number, 3, 1, 0x409)
    os2, regular = font["OS/2"], not (bold or italic)
    os2.usWeightClass = face.weight
    os2.achVendID = "    "  # not by the vendor of its source
    os2.fsSelection = os2.fsSelection & ~0b110_0001 | italic | bold << 5 | regular << 6
    font["head"].macStyle = bold | italic << 1


def _coverage(faces: dict[str, bytes]) -> bytes:
    """Return the characters of each family, one span a line, so that a change reads well."""
    families: dict[str, frozenset[int]] = {}
    for face in FACES:
        drawn = characters(faces[face.file])
        families[face.family] = families.get(face.family, drawn) & drawn
    listed = {family: spans(drawn) for family, drawn in families.items()}
    return f"{json.dumps(listed, indent=1)}\n".encode()


def _licence() -> bytes:
    """Return our note, the copyright lines of both families, and the licence of all."""
    serif, sans = (
        (importlib.resources.files(package) / "LICENSE").read_text("utf-8")
        for package in (SERIF, SANS)
    )
    notice, _, licence = serif.partition("\n")
    return f"{NOTE}{notice}\n{sans.partition(chr(10))[0]}\n{licence}".encode()


def make(folder: Path) -> None:
    """Write all faces, their coverage and their licence into *folder*.

    Raises:
        ConfigurationError: the packages with the fonts to make them from are missing.
    """
    try:
        made = files()
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"no faces can be made without the package '{error.name}'; '{MAKE}' brings it"
        ) from error
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
