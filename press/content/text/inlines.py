"""A stream of leaves, openings and closings in, a tree of inline parts out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from press.content.text.parts import Emphasis, Fault, Inline, Leaf, Link, Strong, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEEPEST: Final = 4  # a link, strong and emphasised, and one to spare


class Open(NamedTuple):
    """The opening of a part that holds others; a link has an address."""

    kind: type[Strong | Emphasis | Link]
    at: int
    href: str = ""


class Close(NamedTuple):
    """The closing of the part that was opened last."""


Item = Leaf | Open | Close


def grown(items: Iterable[Item], faults: list[Fault]) -> tuple[Inline, ...]:
    """Return the tree; parts too deep lose their opening and closing, not what they hold."""
    opened: list[Open] = []
    children: list[list[Inline]] = [[]]  # of what is not closed, the whole first
    for item in items:
        if isinstance(item, Open):
            opened.append(item)
            children.append([])
        elif isinstance(item, Close):
            inside = children.pop()
            children[-1] += _made(opened.pop(), inside, len(children), faults)
        else:
            children[-1].append(item)
    return joined(children[0])


def _made(opened: Open, inside: list[Inline], depth: int, faults: list[Fault]) -> list[Inline]:
    if depth > DEEPEST:
        faults.append(Fault(opened.at, "these marks are nested too deep; use fewer", "markdown"))
        return inside
    if opened.kind is Link:
        return [Link(opened.href, joined(inside), opened.at)]
    return [(Strong if opened.kind is Strong else Emphasis)(joined(inside), opened.at)]


def joined(parts: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return *parts* with words that were typed without a gap made one."""
    return tuple(_joined(parts))


def _joined(parts: Iterable[Inline]) -> Iterator[Inline]:
    run: list[Words] = []
    for part in parts:
        if run and not (isinstance(part, Words) and run[-1].at + len(run[-1].text) == part.at):
            yield Words("".join(words.text for words in run), run[0].at)
            run = []
        if isinstance(part, Words):
            run.append(part)
        else:
            yield part
    if run:
        yield Words("".join(words.text for words in run), run[0].at)
