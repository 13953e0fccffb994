"""Characters that no face of ours can draw, found where they were typed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from press import fonts, paths
from press.checks.texts import texts
from press.library import Fault, Library
from press.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACES = frozenset("\n\t ")


def check(library: Library) -> Iterator[Fault]:
    """Yield each character of a text that would print as an empty box."""
    known = fonts.coverage(paths.FONTS)
    for typed in texts(library):
        for offset, char in enumerate(str(typed.scalar)):
            if ord(char) not in known and char not in SPACES:
                name = unicodedata.name(char, "a character without a name").lower()
                yield Fault(
                    Problem(
                        typed.scalar.at(offset),
                        f"no font here can draw '{char}' (U+{ord(char):04X}, {name})",
                        "glyph",
                    ),
                    typed.owner,
                )
