"""Make the faces: the variable Source fonts in, files of static TTF, WOFF2 and their coverage out, the same bytes each time."""

from __future__ import annotations

import copy
import importlib.resources
import io
import itertools
import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from fontTools import subset  # type: ignore[import-untyped]  # fontTools ships no types
from fontTools.ttLib import TTFont, scaleUpem  # type: ignore[import-untyped]  # the same
from fontTools.ttLib.tables import otTables  # type: ignore[import-untyped]  # the same
from fontTools.varLib import instancer  # type: ignore[import-untyped]  # the same

from press.fonts import FACES, SCREEN_FACES, Face
from press.fonts.characters import PRINT, SCREEN, spans

SERIF = "fontpkg_source_serif_4"
SANS = "fontpkg_source_sans_3"
FEATURES = "kern mark mkmk ccmp locl liga calt lnum onum pnum tnum sups frac case".split()
SCREEN_FEATURES = "kern liga lnum tnum onum sups".split()
SOURCES = {
    ("Press Serif", "normal"): (SERIF, "SourceSerif4[opsz,wght].ttf"),
    ("Press Serif", "italic"): (SERIF, "SourceSerif4-Italic[opsz,wght].ttf"),
    ("Press Serif Display", "normal"): (SERIF, "SourceSerif4[opsz,wght].ttf"),
    ("Press Sans", "normal"): (SANS, "SourceSans3[wght].ttf"),
}
PRINT_SIZE = {"Press Serif": 10, "Press Serif Display": 30, "Press Sans": 10}  # points; the sans has one size for all
SCREEN_SIZE = {400: 14, 600: 20}  # points; on screen the semibold is the face of titles, too
SCREEN_UNITS = 500  # to the em: half of what print has, an eighth less to send, and finer than a pixel still
HYPHEN, FIRM_HYPHEN = 0x2010, 0x2011

NOTE = """\
Press Serif, Press Serif Display and Press Sans, the fonts in this folder and below it, are modified versions of
Source Serif 4 and Source Sans 3: they hold fewer characters, one weight and one optical size each, a glyph of its
own for each character that shared one, and have other names, since the name "Source" is reserved. They are under
the same licence as the fonts that they were made from. The copyright notices and the licence, as shipped with those:

"""


def files() -> dict[str, bytes]:
    """Return all that is committed, by path below the folder of the fonts."""
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:  # each step is seconds of work
        sources = sorted(set(SOURCES.values()))
        cut = dict(zip(sources, pool.map(_cut, sources), strict=True))
        printed = pool.map(_print_face, FACES, [cut[SOURCES[face.family, face.style]] for face in FACES])
        shown = pool.map(_screen_face, SCREEN_FACES, [cut[SOURCES[face.family, face.style]] for face in SCREEN_FACES])
        faces = {face.file: data for face, data in zip(FACES, printed, strict=True)}
        return {**faces, **dict(itertools.chain.from_iterable(shown)), "coverage.json": _coverage(faces), "OFL.txt": _licence()}


def _cut(source: tuple[str, str]) -> bytes:
    """Return the variable font at *source*, package and file, with our characters only."""
    package, file = source
    font = _font((importlib.resources.files(package) / "files" / file).read_bytes())
    _draw_firm_hyphen(font)
    _subset(font, PRINT, FEATURES)
    return _saved(font)


def _print_face(face: Face, cut: bytes) -> bytes:
    font = _static(cut, face, PRINT_SIZE[face.family])
    _give_own_glyphs(font)
    _name(font, face)
    return _saved(font)


def _screen_face(face: Face, cut: bytes) -> list[tuple[str, bytes]]:
    """Return path and content of *face* for each script."""
    whole = _saved(_static(cut, face, SCREEN_SIZE[face.weight]))
    return [(f"screen/{script}/{face.woff2}", _woff2(_font(whole), face, shown)) for script, shown in SCREEN.items()]


def _woff2(font: TTFont, face: Face, shown: frozenset[int]) -> bytes:
    _only_figures(font, "sups")
    _subset(font, shown, SCREEN_FEATURES)
    del font["GDEF"], font["gasp"]  # without combining marks and hinting they say nothing
    scaleUpem.scale_upem(font, SCREEN_UNITS)
    _name(font, face)
    font.flavor = "woff2"
    return _saved(font)


def _static(cut: bytes, face: Face, size: float) -> TTFont:
    """Return *face*, its letters meant for *size* in points, from a variable font."""
    font = _font(cut)
    axes = {axis.axisTag: {"wght": face.weight, "opsz": size}[axis.axisTag] for axis in font["fvar"].axes}
    instancer.instantiateVariableFont(font, axes, inplace=True, overlap=instancer.OverlapMode.KEEP_AND_SET_FLAGS)
    del font["STAT"]  # names the axes that are gone
    return font


def _font(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data), recalcTimestamp=False)  # else the clock gets into the bytes


def _saved(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _subset(font: TTFont, characters: frozenset[int], features: list[str]) -> None:
    options = subset.Options(
        layout_features=features,
        name_IDs=["*"],
        notdef_outline="mark" in features,  # in print an empty box is seen, on screen another font steps in
        hinting=False,
        glyph_names=False,
        drop_tables=["DSIG", "BASE"],
        recalc_timestamp=False,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def _only_figures(font: TTFont, feature: str) -> None:
    """Take the letters out of *feature*: raised ones are a third of a face, and note marks are figures."""
    glyphs = font.getBestCmap()
    figures = {glyphs[ord(figure)] for figure in "0123456789"}
    for table in _singles(font, feature):
        table.mapping = {glyph: other for glyph, other in table.mapping.items() if glyph in figures}


def _singles(font: TTFont, feature: str) -> list[otTables.SingleSubst]:
    """Return the tables of *feature*, which puts one glyph in the place of one."""
    records = font["GSUB"].table.FeatureList.FeatureRecord
    lookups = {index for record in records if record.FeatureTag == feature for index in record.Feature.LookupListIndex}
    return [table for index, table in _subtables(font, "GSUB") if index in lookups]


def _map(font: TTFont, character: int, glyph: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[character] = glyph


def _draw_firm_hyphen(font: TTFont) -> None:
    """Draw U+2011 as U+2010 where the family lacks it."""
    glyphs = font.getBestCmap()
    _map(font, FIRM_HYPHEN, glyphs.get(FIRM_HYPHEN, glyphs[HYPHEN]))


def _give_own_glyphs(font: TTFont) -> None:
    """Leave no glyph to two characters.

    A PDF tells a glyph's character by the glyph alone. So with a shared one, a single no-break space would turn all
    spaces of a document into such, and a raised note mark would turn a typed "²" into "2".
    """
    taken = {raised for table in _singles(font, "sups") for raised in table.mapping.values()}
    for character, glyph in sorted(font.getBestCmap().items()):
        if glyph in taken:
            _map(font, character, _twin(font, glyph, f"{glyph}.{character:04X}"))
        taken.add(glyph)


def _subtables(font: TTFont, tag: str) -> list[tuple[int, otTables.BaseTable]]:
    """Return what the lookups hold, each with the index of its lookup."""
    return [
        (index, getattr(subtable, "ExtSubTable", subtable))
        for index, lookup in enumerate(font[tag].table.LookupList.Lookup)
        for subtable in lookup.SubTable
    ]


def _twin(font: TTFont, glyph: str, name: str) -> str:
    """Add a copy of *glyph* under *name*, last in order, and treat it in layout as the first is treated."""
    font["hmtx"].metrics[name] = font["hmtx"].metrics[glyph]
    font["glyf"][name] = copy.deepcopy(font["glyf"][glyph])  # adds it to the order of the font as well
    for tag in ("GSUB", "GPOS"):
        for _, subtable in _subtables(font, tag):
            _join(subtable, glyph, name)
    return name


def _join(subtable: otTables.BaseTable, glyph: str, twin: str) -> None:
    """Let *twin* in wherever *glyph* is; glyphs that share a drawing occur in these kinds of tables only."""
    match subtable:
        case otTables.SingleSubst() if glyph in subtable.mapping:
            subtable.mapping[twin] = subtable.mapping[glyph]
        case otTables.ChainContextSubst(Format=3):
            for coverage in (*subtable.BacktrackCoverage, *subtable.InputCoverage, *subtable.LookAheadCoverage):
                _cover(coverage, glyph, twin)
        case otTables.PairPos(Format=1):
            _join_pairs(subtable, glyph, twin)
        case otTables.PairPos(Format=2):
            _cover(subtable.Coverage, glyph, twin)
            for classes in (subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs):
                if glyph in classes:
                    classes[twin] = classes[glyph]


def _cover(coverage: otTables.Coverage, glyph: str, twin: str) -> bool:
    """Add *twin*, which belongs at the end, since coverage is in the order of glyphs."""
    covered = glyph in coverage.glyphs
    if covered:
        coverage.glyphs.append(twin)
    return covered


def _join_pairs(pairs: otTables.PairPos, glyph: str, twin: str) -> None:
    for pair_set in pairs.PairSet:
        for pair in [pair for pair in pair_set.PairValueRecord if pair.SecondGlyph == glyph]:
            second = copy.deepcopy(pair)
            second.SecondGlyph = twin
            pair_set.PairValueRecord.append(second)
    if _cover(pairs.Coverage, glyph, twin):
        pairs.PairSet.append(copy.deepcopy(pairs.PairSet[pairs.Coverage.glyphs.index(glyph)]))


def _name(font: TTFont, face: Face) -> None:
    """Name *font* as *face*; the semibold is the bold of its family, so that whoever asks for bold finds it."""
    bold, italic = face.weight > 400, face.style == "italic"  # noqa: PLR2004  # 400 is regular
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (0, 14)}  # copyright, address of the licence
    style = "Bold" if bold else "Italic" if italic else "Regular"
    postscript = face.file.removesuffix(".ttf")
    cut = postscript.partition("-")[2]
    names.names = []
    ours = {1: face.family, 2: style, 4: f"{face.family} {cut}", 6: postscript}
    for number, text in sorted({**kept, **ours}.items()):
        names.setName(text, number, 3, 1, 0x409)
    os2 = font["OS/2"]
    os2.usWeightClass = face.weight
    os2.achVendID = "    "  # the vendor of what it was made from did not make this
    os2.fsSelection = os2.fsSelection & ~0b110_0001 | (italic | bold << 5 | (not bold and not italic) << 6)
    font["head"].macStyle = bold | italic << 1


def characters(face: bytes) -> frozenset[int]:
    """Return what *face*, the content of a font file, can draw."""
    return frozenset(_font(face).getBestCmap())


def _coverage(faces: dict[str, bytes]) -> bytes:
    """Return for each family what all its faces can draw, one span a line, so that a change reads in a diff."""
    families: dict[str, frozenset[int]] = {}
    for face in FACES:
        drawn = characters(faces[face.file])
        families[face.family] = families.get(face.family, drawn) & drawn
    return (json.dumps({family: spans(drawn) for family, drawn in families.items()}, indent=1) + "\n").encode()


def _licence() -> bytes:
    """Return our note, the copyright lines of both families and the licence that is theirs and ours."""
    texts = [(importlib.resources.files(package) / "LICENSE").read_text("utf-8") for package in (SERIF, SANS)]
    lines = [text.splitlines()[0] for text in texts]
    body = texts[0].partition("\n")[2]
    return (NOTE + "\n".join(lines) + "\n" + body).encode()
