"""Set quotation marks, apostrophes and ellipses as they are printed."""

import re
from typing import Final

from press.content.languages import Habits

_APOSTROPHE: Final = "\u2019"
_OPENING: Final = frozenset("([{/\u2013\u2014\u00ab\u201c\u201e\u2039\u2018\u201a")


def tidy(text: str, habits: Habits, before: str = "") -> str:
    """Return *text* with curly quotes and apostrophes, and three dots as one character.

    *before* is what is printed before in the same paragraph, finished: it decides between opening
    and closing.
    """
    quotes = habits.quotes
    typed = text.replace("...", "\u2026")
    if '"' not in typed and "'" not in typed:
        return typed
    finished: list[str] = []
    last = before[-1:] or " "
    inside = before.rfind(quotes[2]) > before.rfind(quotes[3])  # of single quotes
    for at, character in enumerate(typed):
        if character == '"':
            last = quotes[0] if _opens_after(last, quotes) else quotes[1]
        elif character == "'":
            last = _single(typed, at, last, habits, inside=inside)
        else:
            last = character
        if last in quotes[2:]:
            inside = last == quotes[2]
        finished.append(last)
    return "".join(finished)


def _opens_after(last: str, quotes: str) -> bool:
    opening = last in _OPENING and last not in quotes[1::2]  # German closes with an English opening
    return last.isspace() or opening or last in quotes[::2]


def _single(typed: str, at: int, last: str, habits: Habits, *, inside: bool) -> str:
    """Return the quote or apostrophe that the straight one at *at* stands for."""
    quotes = habits.quotes
    if _opens_after(last, quotes):
        elided = re.match(habits.elided or "(?!)", typed[at + 1 :])
        return _APOSTROPHE if elided else quotes[2]
    in_word = last.isalnum() and typed[at + 1 : at + 2].isalnum()
    return quotes[3] if inside and not in_word else _APOSTROPHE
