"""Measure a print: the engine's pages and the HTML in, facts with only what is wrong and what the checks need out."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

from press.print.facts import Facts, Ink, Smallest, Split, Stranded
from press.print.measure import paragraphs, space
from press.print.measure.boxes import Piece, Spot, is_text, pieces
from press.print.measure.elements import HEADINGS, RAISED, Tree
from press.print.measure.rects import MM, POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from press.print.engine_types import Element, Page

WHOLE = ("tr", "figure", *HEADINGS)  # and whatever has the attribute `data-whole`
LEADING = (*HEADINGS, "caption")  # and whatever has the attribute `data-leads`
NOTES = ("::footnote-call", "::footnote-marker")
SHOWN = 60  # characters


def measure(pages: Sequence[Page], root: Element) -> Facts:
    """Return what can be read off the boxes."""
    tree = Tree(root)
    every = list(pieces(pages))
    ink = [piece for piece in every if piece.kind != "element"]
    flow = [piece for piece in ink if not (piece.spot.margin or piece.spot.aside)]
    body = [piece for piece in ink if piece.size and not piece.spot.margin]
    return Facts(
        pages=len(pages),
        ink=tuple(_faults(ink, tree)),
        sheets=tuple(space.sheets(len(pages), ink, tree)),
        blocks=_blocks(ink, tree),
        letters=_letters(ink, tree),
        stranded=tuple(_stranded(flow, tree)),
        split=tuple(_split(every, tree)),
        lone=tuple(paragraphs.lone(flow, tree)),
        titles=tuple(paragraphs.titles(flow, tree)),
        measures=paragraphs.measures(flow, tree),
        smallest=_smallest((one for one in body if not _is_mark(one, tree)), tree),
        smallest_mark=_smallest((one for one in body if _is_mark(one, tree)), tree),
    )


def _faults(ink: Iterable[Piece], tree: Tree) -> Iterator[Ink]:
    """Yield one for each page, block and kind of fault: the first text, and how far the worst one goes."""
    found: dict[tuple[int, str, str], tuple[str, float]] = {}
    for piece in ink:
        for fault, far in _leaves(piece):
            key = piece.spot.page, tree.block(piece), fault
            text, most = found.get(key, (piece.text.strip()[:SHOWN], 0.0))
            found[key] = text, max(most, far)
    for (page, block, fault), (text, far) in found.items():
        yield Ink(page, block, text, f"{fault} by {far * MM:.1f} mm")


def _leaves(piece: Piece) -> Iterator[tuple[str, float]]:
    """Yield the first limit that it leaves sideways, and the first that it leaves in height, if any."""
    sideways, in_height = zip(
        *(piece.rect.beyond(limit.rect) for limit in piece.spot.limits), strict=True
    )
    for way, each in (("sideways", sideways), ("in height", in_height)):
        if worst := next(
            ((limit, far) for limit, far in zip(piece.spot.limits, each, strict=True) if far), None
        ):
            yield f"{worst[0].fault} {way}", worst[1]


def _blocks(ink: Iterable[Piece], tree: Tree) -> Mapping[str, tuple[int, ...]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for piece in ink:
        for block in tree.blocks(piece.element):
            found[block].add(piece.spot.page)
    return {block: tuple(sorted(found[block])) for block in sorted(found)}


def _letters(ink: Iterable[Piece], tree: Tree) -> Mapping[str, int]:
    """Return how much of the HTML's own text is printed, that in its drawings too, by innermost block."""
    found: defaultdict[str, int] = defaultdict(int)
    for piece in ink:
        if is_text(piece) and not piece.pseudo and not piece.spot.margin:
            found[tree.block(piece)] += sum(map(str.isalnum, piece.text))
    return dict(sorted(found.items()))


def _stranded(flow: Iterable[Piece], tree: Tree) -> Iterator[Stranded]:
    for piece, following in itertools.pairwise(one for one in flow if not one.spot.repeated):
        heading = tree.leading(piece.element, LEADING)
        if heading is None or heading is tree.leading(following.element, LEADING):
            continue
        if _apart(piece.spot, following.spot):
            text = tree.words(heading)
            yield Stranded(piece.spot.page, tree.block(piece), text[:SHOWN])


def _apart(spot: Spot, following: Spot) -> bool:
    if spot.page != following.page:
        return True
    if spot.column is None or following.column is None:
        return False
    return spot.column.container == following.column.container and spot.column != following.column


def _split(every: Iterable[Piece], tree: Tree) -> Iterator[Split]:
    first: dict[Element, Piece] = {}
    said = set()
    for piece in every:
        element, spot = piece.element, piece.spot
        if piece.kind != "element" or spot.margin or spot.repeated or not _is_whole(element):
            continue
        start = first.setdefault(element, piece)
        if (start.spot.page, start.spot.column) != (spot.page, spot.column) and element not in said:
            said.add(element)
            yield Split(start.spot.page, tree.block(start), element.tag)


def _is_whole(element: Element) -> bool:
    return element.tag in WHOLE or "data-whole" in element.attrib


def _is_mark(piece: Piece, tree: Tree) -> bool:
    return piece.pseudo in NOTES or tree.within(piece.element, RAISED) is not None


def _smallest(texts: Iterable[Piece], tree: Tree) -> Smallest | None:
    piece = min(texts, key=lambda each: each.size, default=None)
    if piece is None:
        return None
    return Smallest(round(piece.size * POINTS, 2), tree.block(piece), piece.text.strip()[:SHOWN])
