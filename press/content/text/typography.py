"""Set quotation marks, apostrophes and ellipses as they are printed."""

import re
from typing import Final

_APOSTROPHE: Final = "\u2019"
_OPENING: Final = frozenset("([{/\u2013\u2014\u00ab\u201c\u201e\u2039\u2018\u201a")
_DECADE: Final = re.compile(r"'\d\ds")


def tidy(text: str, quotes: str, before: str = "") -> str:
    """Return *text* with curly quotes and apostrophes, and three dots as one character.

    *quotes* are four characters: the double pair, then the single pair. *before* is what is
    printed before in the same paragraph, finished: it decides between opening and closing.
    """
    typed = text.replace("...", "\u2026")
    finished: list[str] = []
    last = before[-1:] or " "
    inside = before.rfind(quotes[2]) > before.rfind(quotes[3])  # of single quotes
    for at, character in enumerate(typed):
        if character == '"':
            last = quotes[0] if _opens_after(last, quotes) else quotes[1]
        elif character == "'":
            last = _single(typed, at, last, quotes, inside=inside)
        else:
            last = character
        if last in quotes[2:]:
            inside = last == quotes[2]
        finished.append(last)
    return "".join(finished)


def _opens_after(last: str, quotes: str) -> bool:
    opening = last in _OPENING and last not in quotes[1::2]  # German closes with an English opening
    return last.isspace() or opening or last in quotes[::2]


def _single(typed: str, at: int, last: str, quotes: str, *, inside: bool) -> str:
    """Return the quote or apostrophe that the straight one at *at* stands for."""
    if _opens_after(last, quotes):
        return _APOSTROPHE if _DECADE.match(typed, at) else quotes[2]
    in_word = last.isalnum() and typed[at + 1 : at + 2].isalnum()
    return quotes[3] if inside and not in_word else _APOSTROPHE
