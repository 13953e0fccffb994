"""Put text into the places of a file that were read; all else keeps its bytes, line ends and comments."""

import re
import textwrap
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from press.content.reader.files import BOM
from press.content.scalar import Items, Keys, Origin, Scalar, TextFile

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*$", re.MULTILINE)


class UnsureError(Exception):
    """What stands here is typed in a way that no splice is sure of."""


class Splices:
    """The splices of one file. Indexes are of its text as it was read: with line feeds, without a mark before it."""

    def __init__(self, data: bytes, file: TextFile) -> None:
        self.file = file
        self.text = file.text
        self._data = data
        self._of: list[tuple[int, int, str]] = []

    def put(self, start: int, end: int, new: str) -> None:
        """Let *new* stand in the place of what is from *start* to *end*."""
        self._of.append((start, end, new))

    def result(self) -> bytes:
        """Return the file with all splices; those at one place follow each other in the order they came."""
        mark = BOM if self._data.startswith(BOM) else b""
        raw = self._data.removeprefix(mark).decode()
        returns = [each.start() - at for at, each in enumerate(re.finditer("\r\n", raw))]
        ending = "\r\n" if 2 * len(returns) > self.text.count("\n") else "\n"
        pieces, at = list[str](), 0
        for start, end, new in sorted(self._of, key=lambda splice: splice[:2]):
            first, last = (place + bisect_left(returns, place) for place in (start, end))
            pieces += raw[at:first], new.replace("\n", ending)
            at = last
        return mark + "".join([*pieces, raw[at:]]).encode()

    def rename(self, scalar: object, new: str) -> None:
        """Let a word stand in the place of a *scalar* of one word, in the quotes that it has."""
        origin, word = origin_of(scalar), str(scalar)
        at = self.text.find(word, origin.start, origin.end)
        if at < 0:
            raise UnsureError
        self.put(at, at + len(word), new)

    def typed(self, keys: Keys, name: str) -> str:
        """Return a key with its value as they are typed."""
        return self.text[origin_of(keys.key(name)).start : self.end(keys.find(name))]

    def replace(self, keys: Keys, name: str, new: str) -> None:
        """Let *new* stand in the place of a key and its value."""
        key = keys.key(name)
        start, end = origin_of(key).start, self.end(keys[key])
        if self.comments(start, end, keys):
            raise UnsureError
        self.put(start, end, new)

    def end(self, value: object) -> int:
        """Return where *value* ends: behind its last letter, quote or bracket."""
        if isinstance(value, Scalar):
            origin = origin_of(value)
            return origin.start + len(self.text[origin.start : origin.end].rstrip())
        if not isinstance(value, (Keys, Items)):
            raise UnsureError  # true or false, which have no place of their own
        last = list(value.values() if isinstance(value, Keys) else value)[-1:]
        if not value.flow:
            return self.end(last[0])
        at = self.end(last[0]) if last else self.file.index(value.place) + 1
        rest = re.compile(r"(?:[\s,]|(?<=\s)#[^\n]*)*[\]}]").match(self.text, at)
        if rest is None:
            raise UnsureError
        return rest.end()

    def line(self, at: int) -> int:
        """Return where the line of *at* begins."""
        return self.text.rfind("\n", 0, at) + 1

    def next_line(self, at: int) -> int:
        """Return where the line after that of *at* begins, or where the file ends."""
        return self.text.find("\n", at) + 1 or len(self.text)

    def comments_above(self, at: int) -> int:
        """Return where the comments begin that are right above the line beginning *at*."""
        while at and self.text[(above := self.line(at - 1)) : at].lstrip().startswith("#"):
            at = above
        return at

    def mark(self) -> int:
        """Return how many splices there are."""
        return len(self._of)

    def back_to(self, mark: int) -> None:
        """Take back the splices that came after a *mark*."""
        del self._of[mark:]

    def comments(self, start: int, end: int, value: object) -> list[str]:
        """Return the comments from *start* to *end*, which holds no keys and texts but those of *value*."""
        hidden = list(self.text[start:end])
        for scalar in scalars(value):
            origin = origin_of(scalar)
            for at in range(max(origin.start, start), min(self.end(scalar), end)):
                hidden[at - start] = "x" if hidden[at - start] != "\n" else "\n"
        return [found[0] for found in _COMMENT.finditer("".join(hidden))]

    def remove(self, holder: Keys | Items, gone: Collection[str], *, keep: bool = True) -> None:
        """Take some keys with their values, or items, out; comments on their lines stay, unless told otherwise."""
        entries = (
            [*holder.items()] if isinstance(holder, Keys) else [(each, each) for each in holder]
        )
        names = [str(name) for name, _ in entries]
        spans = [(origin_of(name).start, self.end(value)) for name, value in entries]
        kept = [at for at, name in enumerate(names) if name not in gone]
        if not kept:
            raise UnsureError  # nothing would be left
        for at in (at for at in range(len(names)) if at not in kept):
            start, end = spans[at]
            if holder.flow and at < kept[0]:
                end = spans[at + 1][0]
            elif holder.flow:
                start = spans[at - 1][1]
            else:
                start, end = self.line(start), self.next_line(end)
                start = start if keep else self.comments_above(start)
            before = self.text[self.line(spans[at][0]) : spans[at][0]].strip()
            comments = self.comments(start, end, holder)
            if comments if holder.flow else before not in {"", "-" * isinstance(holder, Items)}:
                raise UnsureError  # a comment in brackets, or the line of something else
            indent = " " * (holder.place.column - 1)
            lines = "".join(f"{indent}{comment}\n" for comment in comments if keep)
            self.put(start, end, lines)

    def add(self, items: Items, at: int, names: Sequence[str], lines: str = "") -> None:
        """Put *names* into a list, before its item *at* or at its end; or whole *lines*, where it has lines."""
        if not names and not lines:
            return
        if items.flow:
            here = self.file.index(items.place) + 1
            if items:
                here = self.end(items[-1]) if at == len(items) else origin_of(items[at]).start
            comma = ("", "") if not items else (", ", "") if at == len(items) else ("", ", ")
            self.put(here, here, ", ".join(names).join(comma))
            return
        indent = " " * (items.place.column - 1)
        beginning = self.file.index(items.place)
        if self.text[self.line(beginning) : beginning].strip():
            raise UnsureError  # the list begins on the line of something else
        here = (
            self.line(origin_of(items[at]).start)
            if at < len(items)
            else self.next_line(self.end(items))
        )
        shown = lines or "".join(f"- {name}\n" for name in names)
        self.put_lines(here, textwrap.indent(shown, indent))

    def refill(self, items: Items, names: Sequence[str]) -> None:
        """Let *names* stand in the place of all items of a list."""
        for item, name in zip(items, names, strict=False):
            self.rename(item, name)
        self.add(items, len(items), names[len(items) :])

    def insert_list(self, keys: Keys, after: str, name: str, names: Sequence[str]) -> None:
        """Put a key with a list behind the key called *after*, typed as the list there."""
        above = keys.find(after)
        if keys.flow:
            here = self.end(above)
            self.put(here, here, f", {name}: [{', '.join(names)}]")
            return
        indent = " " * (keys.place.column - 1)
        lines = f"{indent}{name}: [{', '.join(names)}]\n"
        if isinstance(above, Items) and not above.flow:
            dash = " " * (above.place.column - 1)
            lines = f"{indent}{name}:\n" + "".join(f"{dash}- {each}\n" for each in names)
        self.put_lines(self.next_line(self.end(above)), lines)

    def item_lines(self, keys: Keys, key: str, names: Collection[str]) -> str:
        """Return the lines of the list under *key* that are of *names*, and its comments, without an indent."""
        items = keys.find(key)
        if not isinstance(items, Items) or not items:
            return ""
        start = self.comments_above(self.line(origin_of(keys.key(key)).start))
        end = self.next_line(self.end(items))
        above = end
        if not items.flow:
            above = self.line(self.file.index(items.place))
        lines = [f"{comment}\n" for comment in self.comments(start, above, keys)]
        if items.flow:
            return "".join([*lines, *(f"- {name}\n" for name in names)])
        gone = [name for name in items if name not in names]
        if gone:
            raise UnsureError
        return "".join([*lines, textwrap.dedent(f"{self.text[above:end].rstrip()}\n")])

    def put_lines(self, here: int, lines: str) -> None:
        """Put whole *lines* at the beginning of a line, or at the end of a file whose last line is open."""
        if here == len(self.text) and not self.text.endswith("\n"):
            lines = f"\n{lines[:-1]}"
        self.put(here, here, lines)


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
