"""Parse a text: divide it into parts, and list what is wrong with it."""

import re
from collections.abc import Iterator
from typing import Final, Self

from press.content.scalar import Origin, Scalar
from press.content.text.block_structure import read
from press.content.text.dialects import dialects
from press.content.text.parts import ItemList, Part, Slip, paragraphs
from press.problems import Place

LONGEST: Final = 20_000  # characters; a whole brief has about 10,000
LONGEST_WORD: Final = (
    100  # characters without a space, of any kind: the engine tries each place between
)
LONG_WORD: Final = re.compile(rf"[^ \t\n]{{{LONGEST_WORD + 1},}}+")
# count as one each
UNSEEN: Final = re.compile(r"\]\([^)\s]*+\)|\[\^[^\]\s]{0,100}\]|\{[^}\s]{0,200}\}")
MOST_PARTS: Final = 200  # paragraphs and items of lists: they are some four pages


class Markdown(Scalar):
    """A scalar that holds Markdown, parsed when it is made."""

    __slots__ = ("faults", "parts")

    parts: tuple[Part, ...]
    faults: tuple[Slip, ...]

    def __new__(
        cls, value: str, origin: Origin | Place | None = None, *, blocks: bool = True
    ) -> Self:
        """Make one from what is written at *origin*; without *blocks* it is one paragraph."""
        markdown = super().__new__(cls, value, origin)
        parts, faults = parse(str(value), blocks=blocks)
        object.__setattr__(markdown, "parts", parts)
        object.__setattr__(markdown, "faults", faults)
        return markdown


def parse(value: str, *, blocks: bool = True) -> tuple[tuple[Part, ...], tuple[Slip, ...]]:
    """Read *value*; without *blocks* it is one paragraph, as in a title, label or table cell.

    Parts that come with faults are for finding more faults, not for printing.
    """
    if len(value) > LONGEST:
        message = f"a text has at most {LONGEST} characters, this one {len(value)}; split it"
        return (), (Slip(LONGEST, message, "markdown"),)
    parts, faults = read(value)
    faults += dialects(value)
    faults += long_words(value)
    if len(every := tuple(paragraphs(parts))) > MOST_PARTS:
        message = (
            f"a text has at most {MOST_PARTS} paragraphs and items, this one {len(every)}; split it"
        )
        faults.append(Slip(every[MOST_PARTS].at, message, "markdown"))
    more = "one paragraph has its place here; join it with the first or remove it"
    no_list = "a list has no place here; write one line of text"
    for number, part in enumerate(() if blocks else parts):
        if number or isinstance(part, ItemList):
            message = no_list if isinstance(part, ItemList) else more
            faults.append(Slip(part.at, message, "markdown"))
    return parts, tuple(sorted(set(faults)))


def long_words(value: str) -> Iterator[Slip]:
    """Yield where *value* has a word that would keep the engine busy."""
    for word in LONG_WORD.finditer(value):
        if (count := len(UNSEEN.sub("x", word[0]))) > LONGEST_WORD:
            what = f"a word has at most {LONGEST_WORD} letters, this one {count}; put spaces in it"
            yield Slip(word.start(), what, "markdown")
