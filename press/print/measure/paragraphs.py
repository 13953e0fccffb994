"""The lines of a print: its ink in; lines that stand alone, titles, and how many characters a line has, out."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from press.print.facts import Lone, Title
from press.print.measure.elements import JOINER, RAISED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from press.print.engine_types import Element
    from press.print.measure.boxes import Column, Piece
    from press.print.measure.elements import Tree

SHOWN = 60  # characters


class Line(NamedTuple):
    """One line of a paragraph, without its note marks."""

    page: int
    column: Column | None
    block: str
    text: str
    prose: bool  # of running text


def lone(flow: Iterable[Piece], tree: Tree) -> Iterator[Lone]:
    """Yield each line that is the only one of its paragraph on a page or in a column, while there are others."""
    for lines in _paragraphs(flow, tree).values():
        runs = [
            list(run) for _, run in itertools.groupby(lines, lambda line: (line.page, line.column))
        ]
        if len(runs) > 1:
            for number, run in enumerate(runs):
                if len(run) == 1:
                    end = "last" if number else "first"
                    yield Lone(run[0].page, run[0].block, run[0].text[:SHOWN], end)


def titles(flow: Iterable[Piece], tree: Tree) -> Iterator[Title]:
    """Yield the headings of the first level, with their lines."""
    for element, lines in _paragraphs(flow, tree).items():
        if element.tag == "h1":
            yield Title(lines[0].block, len(lines), len(lines[-1].text.split()))


def measures(flow: Iterable[Piece], tree: Tree) -> Mapping[str, tuple[int, ...]]:
    """Return the characters in each full line of running text, by block.

    A full line is one that another of its paragraph follows. Running text has the attribute `data-prose`.
    """
    full: defaultdict[str, list[int]] = defaultdict(list)
    for lines in _paragraphs(flow, tree).values():
        for line in lines[:-1]:
            if line.prose:
                full[line.block].append(len(line.text))
    return {block: tuple(counts) for block, counts in sorted(full.items())}


def _paragraphs(flow: Iterable[Piece], tree: Tree) -> Mapping[Element, list[Line]]:
    found: defaultdict[Element, list[Line]] = defaultdict(list)
    texts = (one for one in flow if one.kind == "text" and not _no_line(one))
    for _, group in itertools.groupby(texts, key=lambda piece: piece.spot.line):
        parts = list(group)
        kept = [part.text for part in parts if tree.within(part.element, RAISED) is None]
        text = "".join(kept).replace(JOINER, "").strip()
        first = parts[0]
        prose = any("data-prose" in each.attrib for each in tree.above(first.element))
        line = Line(first.spot.page, first.spot.column, tree.block(first), text, prose)
        found[first.spot.home].append(line)
    return found


def _no_line(piece: Piece) -> bool:
    return piece.spot.repeated or piece.spot.marker
