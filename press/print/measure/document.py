"""Measure a laid-out document: return what is wrong in it, and what the checks need to know."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from press.print.engine_types import Element, Page
from press.print.facts import NO_BLOCK, Facts, Ink, Smallest, Split, Stranded
from press.print.measure.ancestry import HEADINGS, Ancestry, words
from press.print.measure.boxes import PagePiece, Scope, is_text, pieces
from press.print.measure.overprint import overprinted
from press.print.measure.rects import MM, POINTS
from press.print.measure.space import sheets
from press.print.measure.text_lines import full_lines, lone_lines, paragraphs, titles

WHOLE = ("tr", "figure", *HEADINGS)  # and whatever has the attribute `data-whole`
LEADING = (*HEADINGS, "caption")  # and whatever has the attribute `data-leads`
NOTES = ("::footnote-call", "::footnote-marker")
SHOWN = 60  # characters
INCH = 96  # CSS px


def measure(pages: Sequence[Page], root: Element) -> Facts:
    """Return what can be read off the boxes of *pages*; *root* is the element of their HTML."""
    elements = Ancestry(root)
    every = list(pieces(pages))
    ink = [piece for piece in every if piece.kind != "element"]
    flow = [piece for piece in ink if not (piece.scope.margin or piece.scope.aside)]
    lines = paragraphs(flow, elements)
    sizes: dict[bool, list[PagePiece]] = {False: [], True: []}  # True: of note marks and the like
    for piece in ink:
        if piece.size and not piece.scope.margin:
            sizes[piece.pseudo in NOTES or elements.is_raised(piece.element)].append(piece)
    return Facts(
        pages=len(pages),
        ink=(*_misplaced(ink, elements), *overprinted(ink, elements)),
        sheets=tuple(sheets(len(pages), ink, elements)),
        blocks=_blocks(ink, elements),
        letters=_letters(ink, elements),
        stranded=tuple(_stranded(flow, elements)),
        split=tuple(_split(every, elements)),
        lone=tuple(lone_lines(lines)),
        titles=tuple(titles(lines)),
        measures=full_lines(lines),
        resolutions=_resolutions(ink, elements),
        smallest=_smallest(sizes[False], elements),
        smallest_mark=_smallest(sizes[True], elements),
    )


def _misplaced(ink: Iterable[PagePiece], elements: Ancestry) -> Iterator[Ink]:
    """Yield one for each page, block and kind of fault: the first text, and the distance of the worst."""
    worst: dict[tuple[int, str, str], tuple[str, float]] = {}
    unread: dict[tuple[int, str, str], Ink] = {}
    for piece in ink:
        if piece.fault:
            block = elements.block(piece)
            one = Ink(piece.scope.page, block, piece.text.strip()[:SHOWN], piece.fault)
            unread.setdefault((one.page, block, one.fault), one)
        for fault, distance in _leaves(piece):
            key = piece.scope.page, elements.block(piece), fault
            text, most = worst.get(key, (piece.text.strip()[:SHOWN], 0.0))
            worst[key] = text, max(most, distance)
    yield from unread.values()
    for (page, block, fault), (text, distance) in worst.items():
        yield Ink(page, block, text, f"{fault} by {distance * MM:.1f} mm")


def _leaves(piece: PagePiece) -> Iterator[tuple[str, float]]:
    """Yield the first limit that *piece* leaves sideways and the first that it leaves in height, if any."""
    beyond = [(limit.fault, piece.rect.beyond(limit.rect)) for limit in piece.scope.limits]
    for axis, direction in enumerate(("sideways", "in height")):
        for fault, distances in beyond:
            if distances[axis]:
                yield f"{fault} {direction}", distances[axis]
                break


def _blocks(ink: Iterable[PagePiece], elements: Ancestry) -> Mapping[str, tuple[int, ...]]:
    pages: defaultdict[str, set[int]] = defaultdict(set)
    for piece in ink:
        for block in elements.blocks(piece.element):
            pages[block].add(piece.scope.page)
    return {block: tuple(sorted(pages[block])) for block in sorted(pages)}


def _letters(ink: Iterable[PagePiece], elements: Ancestry) -> Mapping[str, int]:
    """Return how much of the HTML's own text is printed, that in its drawings included, by innermost block.

    The head of a table counts once: its copies on later pages would make up for what is lost.
    """
    letters, first = Counter[str](), dict[Element, int]()
    for piece in ink:
        page = piece.scope.page
        again = piece.scope.repeated and first.setdefault(piece.element, page) != page
        if is_text(piece) and not (piece.pseudo or piece.scope.margin or again):
            letters[elements.block(piece)] += sum(map(str.isalnum, piece.text))
    return dict(sorted(letters.items()))


def _resolutions(ink: Iterable[PagePiece], elements: Ancestry) -> Mapping[str, float]:
    """Return how many pixels of the picture in each block are printed on an inch."""
    pictures = (piece for piece in ink if piece.kind == "picture" and piece.element is not None)
    shown = (piece for piece in pictures if piece.element.tag == "img")  # none of a margin
    inches = {piece: (piece.rect.right - piece.rect.left) / INCH for piece in shown}
    return {
        block: round(float(piece.element.get("width", "inf")) / width, 1)
        for piece, width in inches.items()
        if width and (block := elements.block(piece)) != NO_BLOCK
    }


def _stranded(flow: Iterable[PagePiece], elements: Ancestry) -> Iterator[Stranded]:
    once = (piece for piece in flow if not piece.scope.repeated)
    for piece, following in itertools.pairwise(once):
        heading, heading_after = (
            elements.within(each.element, LEADING, "data-leads") for each in (piece, following)
        )
        ends = heading is not None and heading is not heading_after
        if ends and _is_apart(piece.scope, following.scope):
            text = words(heading)[:SHOWN]
            yield Stranded(piece.scope.page, elements.block(piece), text)


def _is_apart(scope: Scope, following: Scope) -> bool:
    if scope.page != following.page or not (scope.column and following.column):
        return scope.page != following.page
    return scope.column.container == following.column.container and scope.column != following.column


def _split(every: Iterable[PagePiece], elements: Ancestry) -> Iterator[Split]:
    starts: dict[Element, PagePiece] = {}
    reported = set()
    for piece in every:
        element, scope = piece.element, piece.scope
        if piece.kind != "element" or scope.margin or scope.repeated:
            continue
        if element.tag not in WHOLE and "data-whole" not in element.attrib:
            continue
        start = starts.setdefault(element, piece)
        is_split = (start.scope.page, start.scope.column) != (scope.page, scope.column)
        if is_split and element not in reported:
            reported.add(element)
            yield Split(start.scope.page, elements.block(start), element.tag)


def _smallest(texts: Sequence[PagePiece], elements: Ancestry) -> Smallest | None:
    if not texts:
        return None
    piece = min(texts, key=lambda each: each.size)
    points = round(piece.size * POINTS, 2)
    return Smallest(points, elements.block(piece), piece.text.strip()[:SHOWN])
