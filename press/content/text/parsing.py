"""Check the whole of a text: a value in, its parts and faults out, never an exception."""

from __future__ import annotations

from typing import Final

from press.content.text.markdown import read
from press.content.text.parts import Fault, Paragraph, Part

LONGEST: Final = 20_000  # characters; a whole brief has about 10,000


def parse(value: str, *, blocks: bool = True) -> tuple[tuple[Part, ...], tuple[Fault, ...]]:
    """Read *value*; without *blocks* it is one paragraph, as in a title, label or table cell.

    Parts that come with faults are for finding more faults, not for printing.
    """
    if len(value) > LONGEST:
        message = f"a text has at most {LONGEST} characters, this one {len(value)}; split it"
        return (), (Fault(LONGEST, message, "markdown"),)
    parts, faults = read(value)
    if not blocks:
        faults += _not_one_paragraph(parts)
    return parts, tuple(sorted(set(faults)))


def _not_one_paragraph(parts: tuple[Part, ...]) -> list[Fault]:
    faults = [
        Fault(part.at, "a list has no place here; write one line of text", "markdown")
        for part in parts
        if not isinstance(part, Paragraph)
    ]
    more = "one paragraph has its place here; join it with the first or remove it"
    faults += [
        Fault(part.at, more, "markdown") for part in parts[1:] if isinstance(part, Paragraph)
    ]
    return faults
