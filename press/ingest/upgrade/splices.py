"""Put text into the places of a file that were read; all else keeps its bytes, line ends and comments."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from press.content.reader.files import BOM
from press.content.scalar import Items, Keys, Origin, Scalar, TextFile
from press.problems import Place

BY_HAND = "the program is not sure how it is typed: write it by hand"
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*$", re.MULTILINE)


class UnsureError(Exception):
    """What stands here is typed in a way that no splice is sure of."""


class Note(NamedTuple):
    """What was done at a place, or is left to do."""

    place: Place
    message: str


class Splice(NamedTuple):
    """A text that takes the place of what is from one index to another."""

    start: int
    end: int
    new: str


class Splices:
    """The splices of one file. Indexes are of its text as it was read: with line feeds, without a mark before it.

    Methods that yield splices raise an UnsureError where they are not sure; `attempt` takes the splices up.
    """

    def __init__(self, data: bytes, file: TextFile, tree: Keys) -> None:
        self.file = file
        self.text = file.text
        self.data = data
        self.tree = tree
        self.taken: list[Splice] = []
        self.done: list[Note] = []
        self.left: list[Note] = []

    def attempt(self, place: Place, message: str, made: Iterator[Splice]) -> None:
        """Take up the splices that are *made* and note it; leave all as it is where they are not sure of it."""
        try:
            self.taken += list(made)
        except UnsureError:
            self.left.append(Note(place, f"{message}; {BY_HAND}"))
        else:
            self.done.append(Note(place, message))

    def result(self) -> bytes:
        """Return the file with all splices that were taken."""
        mark = BOM if self.data.startswith(BOM) else b""
        raw = self.data.removeprefix(mark).decode()
        returns = [each.start() - at for at, each in enumerate(re.finditer("\r\n", raw))]
        ending = "\r\n" if 2 * len(returns) > self.text.count("\n") else "\n"
        pieces, at = list[str](), 0
        for start, end, new in sorted(self.taken):
            first, last = (place + bisect_left(returns, place) for place in (start, end))
            pieces += raw[at:first], new.replace("\n", ending)
            at = last
        return mark + "".join([*pieces, raw[at:]]).encode()

    def rename(self, scalar: object, new: str) -> Iterator[Splice]:
        """Let a word stand in the place of a *scalar* of one word, in the quotes that it has."""
        origin, word = origin_of(scalar), str(scalar)
        at = self.text.find(word, origin.start, origin.end)
        if at < 0:
            raise UnsureError
        yield Splice(at, at + len(word), new)

    def remove(
        self, holder: Keys | Items, name: str, gone: frozenset[str] = frozenset()
    ) -> Iterator[Splice]:
        """Take a key with its value, or an item, out, as all that are *gone*; comments on its lines stay."""
        steps = list(holder) if isinstance(holder, Keys) else range(len(holder))
        names = [str(key) for key in holder]
        spans = [
            (origin_of(key).start, self.end_of(holder, step))
            for key, step in zip(holder, steps, strict=True)
        ]
        kept = [number for number, key in enumerate(names) if key not in gone | {name}]
        number = names.index(name)
        if not kept:
            raise UnsureError  # nothing would be left
        start, end = spans[number]
        if holder.flow:
            after_kept = kept[0] < number
            start, end = (
                (spans[number - 1][1], end) if after_kept else (start, spans[number + 1][0])
            )
            if self.comments(start, end, holder):
                raise UnsureError
            yield Splice(start, end, "")
            return
        line, end = self.text.rfind("\n", 0, start) + 1, self.line_end(end) + 1
        if self.text[line:start].strip() not in {"", "-" * isinstance(holder, Items)}:
            raise UnsureError  # the line of something else
        indent = " " * (holder.place.column - 1)
        comments = self.comments(line, end, holder)
        yield Splice(line, end, "".join(f"{indent}{comment}\n" for comment in comments))

    def append(self, items: Items, names: Sequence[str]) -> Iterator[Splice]:
        """Put *names* at the end of a list, in its brackets or in lines."""
        if items.flow:
            here = self._end(items[-1]) if items else self.file.index(items.place) + 1
            yield Splice(here, here, ", ".join([""] * bool(items and names) + [*names]))
            return
        here = self.line_end(self._end(items))
        indent = " " * (items.place.column - 1)
        yield Splice(here, here, "".join(f"\n{indent}- {name}" for name in names))

    def append_key(self, keys: Keys, name: str, text: str) -> Iterator[Splice]:
        """Put a key with the *text* of its value after the others."""
        if keys.flow or not keys:
            raise UnsureError
        here, indent = self.line_end(self._end(keys)), " " * (keys.place.column - 1)
        yield Splice(here, here, f"\n{indent}{name}: {text}")

    def end_of(self, holder: Keys | Items, step: Any) -> int:  # noqa: ANN401 - a key or an index
        """Return where the value of *holder* under a key or index ends: after its last letter, quote or bracket."""
        value = holder[step]
        if isinstance(value, bool):  # which has no origin of its own
            return self.file.index(holder.place_of(step)) + len(str(value))
        return self._end(value)

    def _end(self, value: object) -> int:
        if isinstance(value, Scalar):
            origin = origin_of(value)
            return origin.start + len(self.text[origin.start : origin.end].rstrip())
        if not isinstance(value, (Keys, Items)):
            raise UnsureError
        last = [*value] if isinstance(value, Keys) else [*range(len(value))]
        if not value.flow:
            return self.end_of(value, last[-1])
        at = self.end_of(value, last[-1]) if last else self.file.index(value.place) + 1
        rest = re.compile(r"(?:[\s,]|(?<=\s)#[^\n]*)*[\]}]").match(self.text, at)
        if rest is None:
            raise UnsureError
        return rest.end()

    def line_end(self, at: int) -> int:
        """Return where the line of *at* ends."""
        found = self.text.find("\n", at)
        return found if found >= 0 else len(self.text)

    def comments(self, start: int, end: int, value: object) -> list[str]:
        """Return the comments from *start* to *end*, which holds no keys and texts but those of *value*."""
        hidden = list(self.text[start:end])
        for scalar in scalars(value):
            origin = origin_of(scalar)
            for at in range(max(origin.start, start), min(self._end(scalar), end)):
                hidden[at - start] = "x" if hidden[at - start] != "\n" else "\n"
        return [found[0] for found in _COMMENT.finditer("".join(hidden))]


def origin_of(value: object) -> Origin:
    """Return where *value* is typed."""
    if isinstance(value, Scalar) and isinstance(value.origin, Origin):
        return value.origin
    raise UnsureError


def scalars(value: object) -> Iterator[Scalar]:
    """Yield all keys and texts in *value*."""
    if isinstance(value, Scalar):
        yield value
    for entry in value.items() if isinstance(value, Keys) else ():
        yield from (entry[0], *scalars(entry[1]))
    for item in value if isinstance(value, Items) else ():
        yield from scalars(item)
