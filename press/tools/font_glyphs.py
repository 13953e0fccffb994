"""Change the glyphs of a font: give each character its own, and take features away."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from fontTools.ttLib.tables import otTables  # type: ignore[import-untyped]  # has no types

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # the same

HYPHEN, FIRM_HYPHEN = 0x2010, 0x2011


def draw_firm_hyphen(font: TTFont) -> None:
    """Draw U+2011 as U+2010 where the family lacks it."""
    glyphs = font.getBestCmap()
    _map(font, FIRM_HYPHEN, glyphs.get(FIRM_HYPHEN, glyphs[HYPHEN]))


def give_own_glyphs(font: TTFont) -> None:
    """Leave no glyph to two characters.

    In a PDF a glyph stands for one character: with a shared one, a single no-break space would turn
    all spaces of a document into no-break spaces, and a note mark a typed "²" into "2".
    """
    taken = {raised for table in singles(font, "sups") for raised in table.mapping.values()}
    for character, glyph in sorted(font.getBestCmap().items()):
        if glyph in taken:
            _map(font, character, _twin(font, glyph, f"{glyph}.{character:04X}"))
        taken.add(glyph)


def singles(font: TTFont, feature: str) -> list[otTables.SingleSubst]:
    """Return the tables of *feature*, which replaces one glyph by another."""
    records = font["GSUB"].table.FeatureList.FeatureRecord
    lookups = {
        index
        for record in records
        if record.FeatureTag == feature
        for index in record.Feature.LookupListIndex
    }
    return [table for index, table in subtables(font, "GSUB") if index in lookups]


def subtables(font: TTFont, tag: str) -> list[tuple[int, otTables.BaseTable]]:
    """Return the subtables of the table *tag*, each with the index of its lookup."""
    return [
        (index, getattr(subtable, "ExtSubTable", subtable))
        for index, lookup in enumerate(font[tag].table.LookupList.Lookup)
        for subtable in lookup.SubTable
    ]


def _map(font: TTFont, character: int, glyph: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[character] = glyph


def _twin(font: TTFont, glyph: str, name: str) -> str:
    """Add a copy of *glyph* as *name*, last in order, and treat it in layout as *glyph* is."""
    font["hmtx"].metrics[name] = font["hmtx"].metrics[glyph]
    font["glyf"][name] = copy.deepcopy(font["glyf"][glyph])  # adds it to the font's order, too
    for tag in ("GSUB", "GPOS"):
        for _, subtable in subtables(font, tag):
            _join(subtable, glyph, name)
    return name


def _join(subtable: otTables.BaseTable, glyph: str, twin: str) -> None:
    """Treat *twin* as *glyph* is treated; shared glyphs occur in these kinds of table only."""
    match subtable:
        case otTables.SingleSubst() if glyph in subtable.mapping:
            subtable.mapping[twin] = subtable.mapping[glyph]
        case otTables.ChainContextSubst(Format=3):
            before, after = subtable.BacktrackCoverage, subtable.LookAheadCoverage
            for coverage in (*before, *subtable.InputCoverage, *after):
                _cover(coverage, glyph, twin)
        case otTables.PairPos(Format=1):
            _join_pairs(subtable, glyph, twin)
        case otTables.PairPos(Format=2):
            _cover(subtable.Coverage, glyph, twin)
            for classes in (subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs):
                if glyph in classes:
                    classes[twin] = classes[glyph]


def _cover(coverage: otTables.Coverage, glyph: str, twin: str) -> bool:
    """Add *twin* at the end, its place in the order of glyphs, if *glyph* is covered."""
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
