"""Find where sentences end in a line of characters.

In such a line a value is one character and a citation another, and a third comes before what
opens strong or emphasised text or a link, so that patterns can speak of them.
"""

import re
from collections.abc import Iterator
from typing import Final

from press.content.languages import READ, Habits

VALUE: Final = "\ue000"
CITE: Final = "\ue001"
OPENING: Final = "\ue002"
SIGNS: Final = ".!?\u2026"
CLOSERS: Final = "\"'\u201d\u2019\u00bb\u203a\u201c\u2018)]}"

_OPENERS: Final = "\"'\u201c\u2018\u00ab\u2039\u201e\u201a"
_END: Final = re.compile(
    rf"(?P<signs>[{SIGNS}]++)[{re.escape(CLOSERS)}{CITE}{OPENING}]*+"
    rf"(?:\s++[{CITE}]++(?=\s|\Z))*(?=\s|\Z)"
)
_NEXT: Final = re.compile(
    rf"\s*+(?:\Z|(?P<sign>[{_OPENERS}{VALUE}{OPENING}])|[(\[]*+(?P<letter>\w))"
)
_WORD: Final = re.compile(rf"[^\s(\[{{/\u2013\u2014{_OPENERS}{OPENING}]*+\Z")
_WINDOW: Final = 60  # how far back the words before a full stop are looked for
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # e.g, i.e, U.S


def ends(line: str, language: str) -> Iterator[int]:
    """Yield where sentences of *language* end, closing quotes, brackets and citations included, in order.

    A sentence ends where white space follows, and then a capital, a digit, an opening quote, a
    value or an opening; or nothing more.
    """
    for end in _END.finditer(line):
        following = _NEXT.match(line, end.end())
        if not following or (following["letter"] or "").islower():
            continue
        sign = following["sign"] or following["letter"] or ""
        habits = READ[language]
        if not (sign and end["signs"] == "." and _is_abbreviated(habits, line, end.start(), sign)):
            yield end.end()


def _is_abbreviated(habits: Habits, line: str, stop: int, following: str) -> bool:
    """Tell whether the full stop at *stop* belongs to its word alone."""
    before = line[max(0, stop - _WINDOW) : stop].replace(CITE, "")
    match = _WORD.search(before)
    word = match[0] if match else ""
    counts = following in {VALUE, OPENING} or following.isdigit()
    if len(word) == 1 and word.isalpha():
        words = before[: -len(word)].split()
        lettered = bool(words) and words[-1].casefold() in habits.lettered.split()
        closes = bool(words) and words[-1][-1:].isdigit() and word in habits.closing.split()
        return (word.islower() and not closes) or not (lettered or counts or closes)
    known = f"{habits.titles} {habits.counting}" if counts else habits.titles
    return word.casefold() in known.split() or bool(_DOTTED.fullmatch(word))
