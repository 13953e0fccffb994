"""Find text that is printed over other text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from press.print.facts import Ink
from press.print.measure.ancestry import Ancestry
from press.print.measure.boxes import PagePiece

SHOWN = 30  # characters
WIDE = 1.0  # CSS px that letters may touch sideways: italics lean
HIGH = 0.3  # of the height of the smaller text: lines set tight touch each other


def overprinted(ink: Iterable[PagePiece], elements: Ancestry) -> Iterator[Ink]:
    """Yield one for each page and block: the first text that lies over text of another line."""
    pages: defaultdict[int, list[PagePiece]] = defaultdict(list)
    for piece in ink:
        if piece.size and piece.text.strip():
            pages[piece.scope.page].append(piece)
    found: dict[tuple[int, str], Ink] = {}
    for number, texts in pages.items():
        for over, under in _pairs(sorted(texts, key=lambda piece: piece.rect.top)):
            block = elements.block(over)
            fault = f"is printed over '{under.text.strip()[:SHOWN]}'"
            found.setdefault((number, block), Ink(number, block, over.text.strip()[:SHOWN], fault))
    yield from found.values()


def _pairs(texts: list[PagePiece]) -> Iterator[tuple[PagePiece, PagePiece]]:
    """Yield texts that lie over each other; *texts* are sorted from the top, and only near ones are compared."""
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            if other.rect.top >= one.rect.bottom:
                break
            # labels of a drawing share the line that it is in
            in_text = one.kind == other.kind == "text"
            same_line = in_text and one.scope.line and one.scope.line == other.scope.line
            if not same_line and _covers(one, other):
                yield other, one


def _covers(one: PagePiece, other: PagePiece) -> bool:
    first, second = one.rect, other.rect
    wide = min(first.right, second.right) - max(first.left, second.left)
    high = min(first.bottom, second.bottom) - max(first.top, second.top)
    lower = min(first.bottom - first.top, second.bottom - second.top)
    return wide > WIDE and high > HIGH * lower
