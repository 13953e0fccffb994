"""Read what the pages of a PDF show: its texts and pictures, with the marks of the content that they are in."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pikepdf

from press.print.engine_types import Other
from press.print.proof.fonts import Fonts
from press.print.proof.tokens import LINE, PICTURE

NOTHING: Other = {}  # for what a PDF lacks
NONE: Other = []
Key = tuple[int, int]  # a page, from 0, and a mark on it
TEXT, IMAGES = ("Tj", "TJ", "'", '"'), ("Do", "sh", "INLINE IMAGE")  # operators
PAINTING = ("f", "F", "f*", "S", "s", "B", "B*", "b", "b*")
SHOWING = " ".join(("BDC", "BMC", "EMC", "Tf", "BI", "EI", *TEXT, *IMAGES, *PAINTING))
UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # a glyph without a character


class Shown(NamedTuple):
    """What a page shows in one piece."""

    text: str  # PICTURE or LINE for what is no text
    mark: int  # of the content; -1 outside of any
    artifact: bool


def shown(page: pikepdf.Page, fonts: Fonts) -> Iterator[Shown]:
    """Yield what *page* shows, in the order in which it is drawn."""
    given, characters = page.obj.get("/Resources", NOTHING).get("/Font", NOTHING), NOTHING
    around: list[tuple[int, bool]] = [(-1, False)]
    for instruction in pikepdf.parse_content_stream(page, SHOWING):
        operands: Other = instruction.operands
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            mark, artifact = around[-1]
            properties = operands[1] if name == "BDC" else NOTHING
            if operands[0] != "/Artifact" and list(properties.keys()) != ["/MCID"]:
                raise ValueError("a mark says more than which content it is")
            mark = int(properties.get("/MCID", mark))
            around.append((mark, artifact or operands[0] == "/Artifact"))
        elif name == "EMC":
            around.pop()
        elif name == "Tf":
            characters = fonts.characters(given[operands[0]])
        elif name in TEXT:
            parts = operands[0] if name == "TJ" else operands
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            yield Shown(_decoded(codes, characters), *around[-1])
        else:
            yield Shown(PICTURE if name in IMAGES else LINE, *around[-1])
    if len(around) != 1:
        raise ValueError("a mark has no end, or two")


def _decoded(codes: bytes, characters: Mapping[int, str]) -> str:
    pairs = zip(codes[::2], codes[1::2], strict=False)
    return "".join(characters.get(high << 8 | low, UNKNOWN) for high, low in pairs)
