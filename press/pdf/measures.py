"""Measure a print: the engine's pages and the HTML in, facts with only what is wrong and what the checks need out."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

from press.pdf.boxes import Piece, Spot, pieces
from press.pdf.facts import MARGIN, NO_BLOCK, Facts, Ink, Sheet, Smallest, Split, Stranded
from press.pdf.rects import MM, POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from press.pdf.untyped import Element, Page

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
WHOLE = ("tr", "figure", *HEADINGS)  # and whatever has the attribute `data-whole`
RAISED = ("sub", "sup")
SVG = "{http://www.w3.org/2000/svg}svg"
NOTES = ("::footnote-call", "::footnote-marker")
SHOWN = 60  # characters


class Tree:
    """The way from an element of the HTML up to what holds it."""

    def __init__(self, root: Element) -> None:
        self._up = {child: parent for parent in root.iter() for child in parent}

    def above(self, element: Element) -> Iterator[Element]:
        """Yield the element and all that hold it, the innermost first."""
        while element is not None:
            yield element
            element = self._up.get(element)

    def blocks(self, element: Element) -> Iterator[str]:
        """Yield the ids of the blocks that it stands in, the innermost first."""
        return (
            each.get("data-block") for each in self.above(element) if "data-block" in each.attrib
        )

    def block(self, piece: Piece) -> str:
        """Return the id of the innermost block, or the word for none."""
        return MARGIN if piece.spot.margin else next(self.blocks(piece.element), NO_BLOCK)

    def within(self, element: Element, tags: Sequence[str]) -> Element:
        """Return the innermost element of one of these kinds, or None."""
        return next((each for each in self.above(element) if each.tag in tags), None)


def measure(pages: Sequence[Page], root: Element) -> Facts:
    """Return what can be read off the boxes."""
    tree = Tree(root)
    every = list(pieces(pages))
    ink = [piece for piece in every if piece.kind != "element"]
    flow = [piece for piece in ink if not (piece.spot.margin or piece.spot.aside)]
    return Facts(
        pages=len(pages),
        ink=tuple(_faults(ink, tree)),
        sheets=tuple(_sheets(pages, ink)),
        blocks=_blocks(ink, tree),
        letters=_letters(ink, tree),
        stranded=tuple(_stranded(flow, tree)),
        split=tuple(_split(every, tree)),
        smallest=_smallest(ink, tree),
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


def _sheets(pages: Sequence[Page], ink: Sequence[Piece]) -> Iterator[Sheet]:
    for number in range(1, len(pages) + 1):
        here = [piece for piece in ink if piece.spot.page == number and not piece.spot.margin]
        flow = [piece for piece in here if not piece.spot.aside]
        area = here[0].spot.area if here else None
        filled = max((piece.rect.bottom - piece.spot.area.top for piece in flow), default=0.0)
        height = area.bottom - area.top if area else 0.0
        yield Sheet(number, round(filled * MM, 1), round(height * MM, 1), _words(here))


def _words(ink: Iterable[Piece]) -> int:
    texts = (piece for piece in ink if _is_text(piece) and not piece.spot.marker)
    count = 0
    for _, line in itertools.groupby(texts, key=_line):
        parts = list(line)
        words = "".join(part.text for part in parts).split()
        count += sum(any(map(str.isalnum, word)) for word in words)
        count -= parts[-1].hyphen  # its end is counted on the next line
    return count


def _is_text(piece: Piece) -> bool:
    """Say whether the HTML itself holds the text: in an element, or in a drawing that stands in it."""
    return piece.kind == "text" or (piece.kind == "label" and piece.element.tag == SVG)


def _line(piece: Piece) -> object:
    """Return what all pieces of one line share; a label is a line by itself."""
    return piece.spot.line if piece.kind == "text" else piece.rect


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
        if _is_text(piece) and not piece.pseudo and not piece.spot.margin:
            found[tree.block(piece)] += sum(map(str.isalnum, piece.text))
    return dict(sorted(found.items()))


def _stranded(flow: Iterable[Piece], tree: Tree) -> Iterator[Stranded]:
    for piece, following in itertools.pairwise(flow):
        heading = tree.within(piece.element, HEADINGS)
        if heading is None or heading is tree.within(following.element, HEADINGS):
            continue
        if _apart(piece.spot, following.spot):
            text = " ".join("".join(heading.itertext()).split())
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


def _smallest(ink: Iterable[Piece], tree: Tree) -> Smallest | None:
    body = (
        piece for piece in ink if piece.size and not piece.spot.margin and piece.pseudo not in NOTES
    )
    texts = [piece for piece in body if tree.within(piece.element, RAISED) is None]
    if not texts:
        return None
    piece = min(texts, key=lambda each: each.size)
    return Smallest(round(piece.size * POINTS, 2), tree.block(piece), piece.text.strip()[:SHOWN])
