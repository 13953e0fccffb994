"""Lines that are not text: the start of a line in, what it is and the way out."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class NotText(NamedTuple):
    """A kind of line that a text has no place for."""

    pattern: re.Pattern[str]
    message: str
    rule: str = "markdown"
    whole: bool = False  # nothing in the line is text
    interrupts: bool = True  # also where a paragraph is under way


_TABLE: Final = "a table is a block of its own; remove it from the text"
_CODE: Final = "code has no place in a brief; remove it"
_KINDS: Final = (
    NotText(
        re.compile(r"#{1,6}(?=[ \t]|$)"),
        "a heading is no text, it belongs to a section or block; remove the #, or type \\#",
    ),
    NotText(
        re.compile(r"(?:=++|-++)[ \t]*+$|([-*_])(?:[ \t]*+\1){2,}+[ \t]*+$"),
        "a line of signs alone makes a heading or a rule; remove it",
        whole=True,
    ),
    NotText(re.compile(r"(?:```|~~~).*+$"), _CODE, whole=True),
    NotText(re.compile(r">"), "a line that starts with > is a block quote; use words, or type \\>"),
    NotText(
        re.compile(r"\|?[ \t]*+(?::?-++:?[ \t]*+\|[ \t]*+)++(?::?-++:?[ \t]*+)?+$"),
        _TABLE,
        whole=True,
    ),
    NotText(re.compile(r"\|"), f"{_TABLE}, or type \\|"),
    NotText(
        re.compile(r"\[\^[^\[\]\n]*+\]:"),
        "a note has no text of its own; cite a claim with [^claim] and remove what follows",
        rule="citation",
    ),
    NotText(
        re.compile(r"\[(?!\^)[^\[\]\n]*+\]:"),
        "addresses stand in their links; write [words](https://...), or type \\[",
        interrupts=False,
    ),
)


def not_text(value: str, start: int, end: int) -> NotText | None:
    """Return what the line `value[start:end]`, without its indent, is instead of text."""
    return next((kind for kind in _KINDS if kind.pattern.match(value, start, end)), None)
