"""Find characters that no face of ours can draw, or that look like others, where they were typed."""

import unicodedata
from collections.abc import Iterator

from press.checks.content.numbers import WORD
from press.checks.content.texts import texts
from press.checks.phrases import PlainLine, lines
from press.content.library import Draft, Fault, fault
from press.content.scalar import Scalar
from press.content.text.markdown import Markdown

SPACES = frozenset("\n\t ")
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")  # the words with which Unicode's names of letters begin


def check(draft: Draft, known: frozenset[int]) -> Iterator[Fault]:
    """Yield each character of a text that is not *known*, so would print as an empty box, or looks like another."""
    for typed in texts(draft):
        for offset, char in enumerate(str(typed.scalar)):
            if message := _wrong(char, known):
                yield fault(typed.scalar.at(offset), message, "glyph", typed.owner)
        for offset, message in _mixed(typed.scalar):
            yield fault(typed.scalar.at(offset), message, "character", typed.owner)


def _wrong(char: str, known: frozenset[int]) -> str:
    mark = unicodedata.category(char).startswith("M")
    if not mark and (ord(char) in known or char in SPACES):
        return ""
    name = unicodedata.name(char, "a character without a name").lower()
    code = f"U+{ord(char):04X}, {name}"
    if mark:
        return f"a mark is combined with a letter here ({code}); type the composed letter"
    return f"no font here can draw '{char}' ({code})"


def _mixed(typed: Scalar) -> Iterator[tuple[int, str]]:
    """Yield the words of two alphabets: such a letter only looks right, and hides a word from every check."""
    whole = [PlainLine(str(typed), tuple(range(len(typed))))]
    # of each paragraph the characters that are seen, so that no markup parts a word
    for line, at in lines(typed.parts) if isinstance(typed, Markdown) else whole:
        for match in WORD.finditer(line):
            scripts = [unicodedata.name(char, "").partition(" ")[0] for char in match[0]]
            kinds = [name for name in dict.fromkeys(scripts) if name in SCRIPTS]
            if len(kinds) > 1:
                first, second = (kind.capitalize() for kind in kinds[:2])
                what = f"'{match[0]}' mixes {first} and {second} letters"
                offset = at[match.start() + scripts.index(kinds[1])]
                yield offset, f"{what}; type it in one alphabet"
