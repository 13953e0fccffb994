"""Read the fonts in a PDF: the character of each code, and whether a font is whole and has the widths it names."""

import re
import struct
from collections.abc import Iterator, Mapping

from press.print.engine_types import Other

MAPPED = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
SLACK = 1  # of a thousandth of the size of the type: widths are rounded


class Fonts:
    """The fonts of a document."""

    def __init__(self) -> None:
        self._characters: dict[tuple[int, int], Mapping[int, str]] = {}  # by the number of the font
        self.faults: list[str] = []

    def characters(self, font: Other) -> Mapping[int, str]:
        """Return the character of each code of *font*."""
        if font.objgen not in self._characters:
            table = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
            pairs = (pair for part in MAPPED.findall(table) for pair in PAIR.findall(part))
            found = {
                int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in pairs
            }
            self._characters[font.objgen] = found
            self.faults += (f"the font {font.BaseFont} {fault}" for fault in _faults(font, found))
        return self._characters[font.objgen]


def _faults(font: Other, codes: Mapping[int, str]) -> Iterator[str]:
    """Yield what is wrong with *font*, of which these *codes* are used."""
    [inner] = font.DescendantFonts
    if "/FontFile2" not in inner.FontDescriptor:
        yield "is not in the file"
        return
    if (str(font.Encoding), str(inner.get("/CIDToGIDMap"))) != ("/Identity-H", "/Identity"):
        yield "has other codes than the numbers of its glyphs"
    tables = _tables(inner.FontDescriptor.FontFile2.read_bytes())
    if tables is None:
        yield "is damaged"
        return
    own, named = _widths(tables), dict(_named(inner.get("/W", [])))
    if any(abs(named.get(code, 0) - own[min(code, len(own) - 1)]) > SLACK for code in codes):
        yield "has other widths than the file says"


def _tables(program: bytes) -> Mapping[bytes, bytes] | None:
    """Return the tables of a font by their names, as OpenType has them; None if one has another sum than it names."""
    found: dict[bytes, bytes] = {}
    for at in range(12, 12 + 16 * int.from_bytes(program[4:6]), 16):
        name, total, begin, length = struct.unpack_from(">4s3L", program, at)
        table = program[begin : begin + length]
        whole = table[:8] + bytes(4) + table[12:] if name == b"head" else table
        words = struct.unpack(f">{-(-length // 4)}L", whole.ljust(-(-length // 4) * 4, b"\0"))
        if sum(words) & 0xFFFFFFFF != total:
            return None
        found[name] = table
    return found


def _widths(tables: Mapping[bytes, bytes]) -> list[float]:
    """Return the width of each glyph, in thousandths of the size of the type; the last is that of all later ones."""
    [size] = struct.unpack_from(">H", tables[b"head"], 18)
    [number] = struct.unpack_from(">H", tables[b"hhea"], 34)
    return [
        1000 * width / size for width, _ in struct.iter_unpack(">Hh", tables[b"hmtx"][: 4 * number])
    ]


def _named(widths: Other) -> Iterator[tuple[int, float]]:
    """Yield the code of each glyph, and the width that the file names: runs of widths behind the first code."""
    for first, run in zip(widths[::2], widths[1::2], strict=True):
        yield from ((int(first) + more, float(width)) for more, width in enumerate(run))
