"""Write a structure as tokens, which two structures have in common if they tell the same.

A token is the begin or the end of a node, or a text. White space between texts counts, at the edges of a line's parts
it does not: a space that ends a line may stand in or behind the last word's emphasis.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from press.print.accessible.structure import INLINE
from press.print.engine_types import Element

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"  # for all that a picture shows
LINE = "\N{INTERLINEAR ANNOTATION SEPARATOR}"  # for a line or a fill, as below a link
SHOWN = 60  # characters of a text that a message has
# what is no word: such a line, and where a line of text may end, or may not
UNSEEN = str.maketrans(dict.fromkeys(f"\u00ad\u200b\u2060{LINE}"))
REFERRED = ("Link", "Note")  # elements that refer to one another
NOTHING: Mapping[str, str] = MappingProxyType({})


class Token(NamedTuple):
    """The begin of a node, with what is told of it, the end of one, or a text."""

    text: str = ""
    tag: str = ""
    end: bool = False
    facts: Mapping[str, str] = NOTHING  # such as Lang, Alt, Scope, Headers
    element: Element = None  # of the page, where it is known
    at: tuple[int, int] = (-1, -1)  # in the PDF, likewise: its page, from 0, and its first mark

    @property
    def told(self) -> tuple[str, str, bool, dict[str, str]]:
        """What a reader hears of it."""
        return self.text, self.tag, self.end, dict(self.facts)


def settled(tokens: Iterator[Token]) -> list[Token]:
    """Return *tokens* with neighbouring texts joined, and with spaces only where words would else be one."""
    joined: list[Token] = []
    for is_text, group in itertools.groupby(tokens, lambda token: not token.tag):
        if is_text:
            parts = list(group)
            text = "".join(part.text for part in parts).translate(UNSEEN)
            text = re.sub(f"{PICTURE}+", PICTURE, text)
            joined += [parts[0]._replace(text=text)] if text else []
        else:
            joined += group
    return _spaced(_without_bullets(joined))


def _without_bullets(tokens: list[Token]) -> list[Token]:
    """Return *tokens* without what styles add to lists, and no page tells: labels that are signs, stops of numbers."""
    kept: list[Token] = []
    for token in tokens:
        kept.append(token)
        is_label = [each.tag for each in kept[-3:]] == ["Lbl", "", "Lbl"]
        if is_label and not any(sign.isalnum() for sign in kept[-2].text):
            del kept[-3:]
        elif is_label:
            kept[-2] = kept[-2]._replace(text=kept[-2].text.strip().rstrip("."))
        elif token.facts.get("ListNumbering") == "Disc":
            kept[-1] = token._replace(facts={**token.facts, "ListNumbering": "None"})
    return kept


def _spaced(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with white space as one space, before a word and never at the edge of a paragraph."""
    done: list[Token] = []
    space = False
    begun = False  # a word of this paragraph was met
    for token in tokens:
        if token.tag:
            if token.tag not in INLINE:
                space = begun = False
            done.append(token)
            continue
        words = token.text.split()
        starts, ends = token.text[0].isspace(), token.text[-1].isspace()
        if words:
            gap = " " if begun and (space or starts) else ""
            done.append(token._replace(text=gap + " ".join(words)))
            begun = True
        space = ends or (space and not words)
    return done
