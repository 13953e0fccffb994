"""Hold texts, keys and lists as they are typed in a file, each with its place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn, Self

from press.problems import Place

NOWHERE = Place("")
EMPTY: Mapping[Any, Place] = MappingProxyType({})

_SPACE = " \t\n"  # what YAML folds, drops or adds; all other characters are ink
_INK = re.compile(r"[^ \t\n]")
_BLOCKS = ("|", ">")
_HEADER = re.compile(r"[|>][^\n]*\n?")
_ESCAPES = {
    "'": re.compile(r"''|[^ \t\n]"),
    '"': re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|[^ \t\n]", re.DOTALL),
}
_SPACE_ESCAPE = re.compile(r"\\(?:[tn \t\n]|(?:x|u00|U000000)(?:09|0[aA]|20))")
_COMMENT = re.compile(r"[ \t]+#")


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of one file, each line ended by a line feed only."""

    path: str  # as shown to the user
    text: str
    _starts: list[int] = field(init=False, repr=False, compare=False)  # of each line

    def __post_init__(self) -> None:
        lengths = (len(line) + 1 for line in self.text.split("\n"))
        object.__setattr__(self, "_starts", list(accumulate(lengths, initial=0)))

    def place(self, index: int) -> Place:
        """Return the place of the character at *index*."""
        line = bisect_right(self._starts, index, hi=len(self._starts) - 1)
        return Place(self.path, line, index - self._starts[line - 1] + 1)

    def index(self, place: Place) -> int:
        """Return the index of the character at *place*."""
        return self._starts[place.line - 1] + place.column - 1


class Origin(NamedTuple):  # half the time of a dataclass, and there is one per scalar
    """The part of a file that one scalar is written in, quotes and header included."""

    file: TextFile
    start: int
    end: int
    style: str = ""  # '' for plain, or one of ' " | >

    def ink(self) -> list[int]:
        """Return the index in the file of each character of the value that is no white space."""
        pattern = _ESCAPES.get(self.style, _INK)
        end = self.end - len(self.style) if self.style in _ESCAPES else self.end
        found = pattern.finditer(self.file.text, self.body(), end)
        if self.style == '"':
            return [match.start() for match in found if not _SPACE_ESCAPE.fullmatch(match[0])]
        return [match.start() for match in found]

    def body(self) -> int:
        """Return the index in the file at which the text begins, after quote or header."""
        if self.style in _BLOCKS:
            header = _HEADER.match(self.file.text, self.start, self.end)
            return header.end() if header else self.end
        return self.start + len(self.style)


class Scalar(str):
    """A YAML scalar as typed; it compares and hashes like its text, and knows its place.

    One made without an origin is a file of its own, which has no name.
    """

    __slots__ = ("_ink", "origin")

    origin: Origin | Place
    _ink: tuple[list[int], list[int]] | None

    def __new__(cls, value: str, origin: Origin | Place | None = None) -> Self:
        """Make one; *origin* is a single place where all of it is at one, such as the name of a file."""
        scalar = super().__new__(cls, value)
        own = Origin(TextFile("", value), 0, len(value)) if origin is None else origin
        object.__setattr__(scalar, "origin", own)
        object.__setattr__(scalar, "_ink", None)
        return scalar

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a scalar is immutable, so '{name}' cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a scalar is immutable, so '{name}' cannot be deleted")

    def __reduce__(self) -> tuple[type[Self], tuple[str, Place]]:
        """Go to another machine as a text at a place, without the file around it."""
        return type(self), (str(self), self.place)

    @property
    def plain(self) -> bool:
        """Whether it is written without quotes and without a block header."""
        return isinstance(self.origin, Place) or not self.origin.style

    @property
    def cut(self) -> bool:
        """Whether a comment follows it on its last line, which may have been meant as text."""
        origin = self.origin
        if isinstance(origin, Place) or origin.style:
            return False
        return _COMMENT.match(origin.file.text, origin.end) is not None

    @property
    def place(self) -> Place:
        """The place of its first character: a quote, or for a block the first of its text."""
        origin = self.origin
        if isinstance(origin, Place):
            return origin
        in_block = origin.style in _BLOCKS and self.strip(_SPACE)
        return origin.file.place(self._pairs(origin)[1][0] if in_block else origin.start)

    def at(self, offset: int) -> Place:
        """Return the place in the file of the character at *offset* of the value.

        White space that YAML made or moved comes after the character before it.
        """
        origin = self.origin
        if isinstance(origin, Place):
            return origin
        ink, written = self._pairs(origin)
        rank = bisect_left(ink, offset)
        if rank < len(ink) and ink[rank] == offset:
            return origin.file.place(written[rank])
        begin = ink[rank - 1] + 1 if rank else 0
        index = _after(origin, written[rank - 1]) if rank else origin.body()
        kept = origin.file.text.startswith(self[begin:offset], index, origin.end)
        return origin.file.place(index + (offset - begin if kept else 0))

    def _pairs(self, token: Origin) -> tuple[list[int], list[int]]:
        """Return where ink is: offsets in the value, and for each the index in the file.

        Folding, indents and chomping change white space only, so the n-th character of ink in the
        value is the n-th one in the token, whatever the style.
        """
        if self._ink is None:
            ink = [found.start() for found in _INK.finditer(self)]
            object.__setattr__(self, "_ink", (ink, token.ink()))
        return self._ink or ([], [])


class _Typed:
    """What keys and lists share."""

    def __init__(
        self,
        entries: Iterable[Any] = (),
        place: Place = NOWHERE,
        places: Mapping[Any, Place] = EMPTY,
        *,
        flow: bool = False,
    ) -> None:
        """Make one; *places*, by key or index, are those of values without a place of their own."""
        super().__init__(entries)  # type: ignore[call-arg]  # it is mixed into dict and list
        self.place = place  # of the first key or dash, or of the bracket
        self.flow = flow  # written in brackets
        self._places = places

    def place_of(self, key: str | int) -> Place:
        """Return the place of the value under *key*, or at this index, or where it begins if that has none."""
        return _place(self[key]) or self._places.get(key, self.place)  # type: ignore[index]  # likewise


class Keys(_Typed, dict[Scalar, object]):
    """A mapping as typed, in its order."""

    def key(self, name: str) -> Scalar:
        """Return the key called *name* as typed."""
        return next(key for key in self if key == name)

    def find(self, name: str) -> object:
        """Return the value under the key called *name*, None where there is none."""
        return next((value for key, value in self.items() if key == name), None)


class Items(_Typed, list[object]):
    """A list as typed."""


def _place(value: object) -> Place | None:
    return value.place if isinstance(value, (Scalar, Keys, Items)) else None


def _after(token: Origin, index: int) -> int:
    """Return the index after the ink at *index*, which may be an escape of many."""
    found = _ESCAPES.get(token.style, _INK).match(token.file.text, index, token.end)
    return found.end() if found else index + 1
