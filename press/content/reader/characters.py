"""A text in, the characters in it that nobody can see or that reorder others out."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Listed, and not asked of `unicodedata`, whose answers change with the version of Python.
_ENDS = range(0xFFFE, 0x110000, 0x10000)  # the last two of each plane are no characters
_FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\u00ad"  # soft hyphen: each language has its own rules of hyphenation
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi: a text is not what it looks like
    "\u2028\u2029"  # line ends for some programs and not for others
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # without width
    "\u200b-\u200d\u2060-\u2065\u206a-\u206f"  # likewise
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # likewise
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # likewise
    "\ud800-\udfff"  # half a pair of UTF-16
    "\ufdd0-\ufdef" + "".join(f"{chr(end)}{chr(end + 1)}" for end in _ENDS) + "]"
)


def forbidden(text: str, most: int) -> Iterator[tuple[int, str]]:
    """Yield the index of each forbidden character in *text* and what to say, *most* at most."""
    for found in islice(_FORBIDDEN.finditer(text), most):
        yield found.start(), _message(found[0])


def _message(character: str) -> str:
    if character == "\r":
        return "U+000D CARRIAGE RETURN is not allowed alone; end lines with LF or CRLF"
    name = unicodedata.name(character, "a character that does not print")
    return f"U+{ord(character):04X} {name} is not allowed; take it out"
