"""A stream of leaves, openings and closings in, a tree of inline parts out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from press.text.parts import Emphasis, Fault, Inline, Leaf, Link, Strong, Words

DEEPEST: Final = 4  # a link, strong and emphasised, and one to spare


class Open(NamedTuple):
    """The opening of a part that holds others; a link has an address."""

    kind: type[Strong | Emphasis | Link]
    at: int
    href: str = ""


class Close(NamedTuple):
    """The closing of the part that was opened last."""


Item = Leaf | Open | Close


@dataclass(slots=True)
class _Level:
    opened: Open | None
    children: list[Inline] = field(default_factory=list)


def grown(items: Iterable[Item], faults: list[Fault]) -> tuple[Inline, ...]:
    """Return the tree; parts too deep lose their opening and closing, not what they hold."""
    levels = [_Level(None)]
    for item in items:
        if isinstance(item, Open):
            levels.append(_Level(item))
        elif isinstance(item, Close):
            closed = levels.pop()
            levels[-1].children += _made(closed, len(levels), faults)
        else:
            levels[-1].children.append(item)
    return joined(levels[0].children)


def _made(level: _Level, depth: int, faults: list[Fault]) -> Iterable[Inline]:
    opened = level.opened
    assert opened is not None  # only the lowest level was never opened
    if depth > DEEPEST:
        faults.append(Fault(opened.at, "these marks are nested too deep; use fewer", "markdown"))
        return level.children
    children = joined(level.children)
    if opened.kind is Link:
        return (Link(opened.href, children, opened.at),)
    return ((Strong if opened.kind is Strong else Emphasis)(children, opened.at),)


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
