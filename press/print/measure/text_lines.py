"""Measure paragraphs: lines that stand alone, titles, and how many characters a line has."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from press.print.engine_types import Element
from press.print.facts import Lone, Title
from press.print.measure.ancestry import JOINER, Ancestry
from press.print.measure.boxes import Column, PagePiece

SHOWN = 60  # characters


class TextLine(NamedTuple):
    """One line of a paragraph, without its note marks."""

    page: int
    column: Column | None
    block: str
    text: str
    prose: bool  # of running text


Paragraphs: TypeAlias = Mapping[Element, Sequence[TextLine]]


def paragraphs(flow: Iterable[PagePiece], elements: Ancestry) -> Paragraphs:
    """Return the lines of each paragraph, cell or item of a list; running text has the attribute `data-prose`."""
    lines: defaultdict[Element, list[TextLine]] = defaultdict(list)
    texts = (
        piece
        for piece in flow
        if piece.kind == "text" and not (piece.scope.repeated or piece.scope.marker)
    )
    for _, group in itertools.groupby(texts, key=lambda piece: piece.scope.line):
        parts = list(group)
        kept = [part.text for part in parts if not elements.is_raised(part.element)]
        text = "".join(kept).replace(JOINER, "").strip()
        first, scope = parts[0], parts[0].scope
        prose = elements.within(first.element, (), "data-prose") is not None
        line = TextLine(scope.page, scope.column, elements.block(first), text, prose)
        lines[scope.home].append(line)
    return lines


def lone_lines(every: Paragraphs) -> Iterator[Lone]:
    """Yield each line that is the only one of its paragraph on a page or in a column, while there are others."""
    for lines in every.values():
        places = itertools.groupby(lines, lambda line: (line.page, line.column))
        runs = [list(run) for _, run in places]
        for number, run in enumerate(runs):
            if len(run) == 1 < len(runs):
                end = "last" if number else "first"
                yield Lone(run[0].page, run[0].block, run[0].text[:SHOWN], end)


def titles(every: Paragraphs) -> Iterator[Title]:
    """Yield the headings of the first level, with their lines."""
    for element, lines in every.items():
        if element.tag == "h1":
            yield Title(lines[0].block, len(lines), len(lines[-1].text.split()))


def full_lines(every: Paragraphs) -> Mapping[str, tuple[int, ...]]:
    """Return the characters in each line of running text that another line of its paragraph follows, by block."""
    counts: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for lines in every.values():
        for line in lines[:-1]:
            if line.prose:
                counts[line.block] += (len(line.text),)
    return dict(sorted(counts.items()))
