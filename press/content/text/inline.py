"""Read the inside of a paragraph: words, values, citations, links and emphasis.

Asterisks and underscores pair up as in CommonMark, so an editor's preview shows what is printed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

from press.content.text.links import LANGUAGE, pairs, target
from press.content.text.parts import (
    Bold,
    Cite,
    Foreign,
    Hyperlink,
    Inline,
    Italic,
    Leaf,
    Slip,
    Words,
)
from press.content.text.tokens import as_typed, token

DEEPEST: Final = 4  # a link, strong and emphasised, and one to spare
_RUN: Final = re.compile(r"\*++|_++")
_NEAREST: Final = 8  # how many openings are tried for a closing: deeper ones are a fault anyway


class Open(NamedTuple):
    """The opening of a part that holds others."""

    kind: Callable[[tuple[Inline, ...], int], Inline]  # one of Holder, a link with its address
    at: int


class Close(NamedTuple):
    """The closing of the part that was opened last."""


@dataclass(slots=True)
class _Run:
    """Asterisks or underscores side by side: the first ones close, the last ones open."""

    sign: str
    length: int
    opens: bool
    closes: bool
    at: int  # of those that have no partner
    alone: int  # how many have no partner
    closings: int = 0
    openings: list[Open] = field(default_factory=list)


Item = Leaf | Open | Close


def inlines(value: str, start: int, end: int, faults: list[Slip]) -> tuple[Inline, ...]:
    """Return what `value[start:end]` holds, and add what is wrong with it to *faults*."""
    reader = _InlineReader(value, pairs(value, start, end), faults)
    return _nested(reader.items(start, end), faults)


@dataclass(slots=True)
class _InlineReader:
    """Takes a paragraph apart from its start to its end."""

    value: str
    partners: dict[int, int]  # where the partner of each bracket is
    faults: list[Slip]
    in_link: bool = False

    def items(self, at: int, end: int) -> list[Item]:
        """Return what begins between *at* and *end*, in order."""
        found: list[Item | _Run] = []
        while at < end:
            at, items = self._next(at, end)
            found += items
        _pair(item for item in found if isinstance(item, _Run))
        return [part for item in found for part in self._settled(item)]

    def _next(self, at: int, end: int) -> tuple[int, list[Item | _Run]]:
        """Return what begins at *at*, and where it ends."""
        if match := _RUN.match(self.value, at, end):
            return match.end(), [_run(match)]
        if self.value[at] in "[]" and not self.value.startswith("[^", at):
            return self._bracket(at)
        if self.value[at] == "!" and (after := self._after_image(at)):
            self._fault(at, "an image is a block of its own; remove it here, or type \\!")
            return after, [as_typed(self.value, at, after)]
        after, part, fault = token(self.value, at, end)
        if fault:
            self.faults.append(fault)
        if self.in_link and isinstance(part, Cite):
            self._fault(part.at, "a citation can't be in a link; put it after it", "citation")
        return after, [part]

    def _after_image(self, at: int) -> int:
        """Return where the image that begins at *at* ends, or 0."""
        close = self.partners.get(at + 1, at)
        if self.value[at + 1 : at + 3] == "[^" or not self.value.startswith("](", close):
            return 0
        return self.partners.get(close + 1, close) + 1

    def _bracket(self, at: int) -> tuple[int, list[Item | _Run]]:
        """Read `[words](address)`, and refuse brackets that only look like a link."""
        sign, partner = self.value[at], self.partners.get(at)
        following = self.value[partner + 1 : partner + 3] if partner and sign == "[" else ""
        if partner and following.startswith("("):
            return self._link(at, partner)
        if partner is None:
            self._no_partner(sign, at)
        elif following.startswith("[") and following != "[^":
            self._fault(at, "an address is in its link; write [words](https://...)")
        return at + 1, [Words(sign, at)]

    def _link(self, at: int, close: int) -> tuple[int, list[Item | _Run]]:
        """Read the link, or what is in another language, up to *close*; without a sound address it is its words."""
        href, after, faults = target(self.value, at, close, self.partners)
        self.faults += faults
        if href.startswith(LANGUAGE):
            kind = partial(Foreign, href.removeprefix(LANGUAGE))
            return after, [Open(kind, at), *self.items(at + 1, close), Close()]
        if self.in_link:
            self._fault(at, "a link inside a link leads nowhere; take one of them out", "link")
            return after, [as_typed(self.value, at, after)]
        self.in_link = True
        words = self.items(at + 1, close)
        self.in_link = False
        return after, [Open(partial(Hyperlink, href), at), *words, Close()] if href else [*words]

    def _settled(self, item: Item | _Run) -> Iterator[Item]:
        """Yield what has become of *item*, now that asterisks have their partners."""
        if not isinstance(item, _Run):
            yield item
            return
        yield from [Close()] * item.closings
        if item.alone:
            yield Words(item.sign * item.alone, item.at)
            self._no_partner(item.sign, item.at)
        yield from item.openings

    def _no_partner(self, sign: str, at: int) -> None:
        cite = "write [^claim] to cite a claim, or " if sign in "_[" else ""
        self._fault(at, f"this {sign} has no partner; {cite}type \\{sign} for the character itself")

    def _fault(self, at: int, message: str, rule: str = "markdown") -> None:
        self.faults.append(Slip(at, message, rule))


def _run(found: re.Match[str]) -> _Run:
    """Return the run at a match; the characters on both sides say whether it opens or closes."""
    value, (at, after) = found.string, found.span()
    before = value[at - 1 : at] or " "
    after_it = value[after : min(after + 1, found.endpos)] or " "
    signs = [unicodedata.category(character)[0] in "PS" for character in (before, after_it)]
    opens = not after_it.isspace() and (not signs[1] or before.isspace() or signs[0])
    closes = not before.isspace() and (not signs[0] or after_it.isspace() or signs[1])
    if value[at] == "_":  # not within a word
        opens, closes = opens and (not closes or signs[0]), closes and (not opens or signs[1])
    return _Run(value[at], after - at, opens, closes, at, after - at)


def _pair(runs: Iterable[_Run]) -> None:
    """Let each run close what the runs before it have opened."""
    openers: list[_Run] = []
    for run in runs:
        while run.closes and run.alone and (opener := _opener(openers, run)):
            size = min(opener.alone, run.alone, 2)
            opener.alone -= size
            kind = Bold if size > 1 else Italic
            opener.openings.insert(0, Open(kind, opener.at + opener.alone))
            if not opener.alone:
                openers.pop()
            run.alone -= size
            run.at += size
            run.closings += 1
        if run.opens and run.alone:
            openers.append(run)


def _opener(openers: list[_Run], run: _Run) -> _Run | None:
    """Return the last one that *run* may close; those after it have no partner."""
    for place in range(len(openers) - 1, max(len(openers) - _NEAREST, 0) - 1, -1):
        opener, both = openers[place], openers[place].closes or run.opens
        lengths = opener.length, run.length
        thirds = both and sum(lengths) % 3 == 0 and any(length % 3 for length in lengths)
        if opener.sign == run.sign and not thirds:
            del openers[place + 1 :]
            return opener
    return None


def _nested(items: Iterable[Item], faults: list[Slip]) -> tuple[Inline, ...]:
    """Return the tree; parts too deep lose their opening and closing, not what they hold."""
    opened: list[Open] = []
    children: list[list[Inline]] = [[]]  # of what is not closed, the whole first
    for item in items:
        if isinstance(item, Open):
            opened.append(item)
            children.append([])
        elif isinstance(item, Close):
            inside, (kind, at) = children.pop(), opened.pop()
            if len(children) > DEEPEST:
                message = "these marks are nested too deep; use fewer"
                faults.append(Slip(at, message, "markdown"))
                children[-1] += inside
            else:
                children[-1].append(kind(merge_words(inside), at))
        else:
            children[-1].append(item)
    return merge_words(children[0])


def merge_words(parts: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return *parts* with words that were typed without a gap made one."""
    merged: list[Inline] = []
    for part in parts:
        match merged[-1:], part:
            case [Words(before, start)], Words(text, at) if at == start + len(before):
                merged[-1] = Words(before + text, start)
            case _:
                merged.append(part)
    return tuple(merged)
