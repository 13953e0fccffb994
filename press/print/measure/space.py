"""Measure how full each page is: its words, its lowest ink and its largest hole."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from press.print.facts import NO_BLOCK, Sheet
from press.print.measure.ancestry import Ancestry
from press.print.measure.boxes import PagePiece, is_text
from press.print.measure.rects import MM, Rect

WIDE = 0.45  # of the type area: as wide as one of two columns


def sheets(count: int, ink: Iterable[PagePiece], elements: Ancestry) -> Iterator[Sheet]:
    """Yield how full each of *count* pages is.

    A hole is the highest rectangle without ink, at least as wide as one of two columns. An empty column is a hole, and
    so is an empty lower half. The white beside a narrow text is not, nor the end of the narrow column on page 1, which
    is white by design. On the last page only what lies above the lowest ink counts: below it the brief is over.
    """
    pages: dict[int, list[PagePiece]] = {number: [] for number in range(1, count + 1)}
    for piece in ink:
        if not piece.scope.margin:
            pages[piece.scope.page].append(piece)
    for number, pieces in pages.items():
        yield _sheet(number, pieces, elements, last=number == count)


def _sheet(number: int, ink: Sequence[PagePiece], elements: Ancestry, *, last: bool) -> Sheet:
    if not ink:
        return Sheet(number, 0.0, 0.0, 0)
    area = ink[0].scope.area
    flow = [piece for piece in ink if not piece.scope.aside]
    lowest = max((piece.rect.bottom for piece in flow), default=area.top)
    filled, height = (lowest - area.top) * MM, (area.bottom - area.top) * MM
    hole = _hole([_inked(piece) for piece in ink], area, lowest if last else area.bottom)
    named = [piece for piece in ink if elements.block(piece) != NO_BLOCK] or ink
    # the nearest to the upper end of the hole; those below it come after those above
    below = [(piece.rect.bottom - hole.top, piece) for piece in named]
    beside = min(below, key=lambda pair: (pair[0] > 1, abs(pair[0])))[1]
    return Sheet(
        number,
        round(filled, 1),
        round(height, 1),
        _words(ink),
        round((hole.bottom - hole.top) * MM, 1),
        elements.block(beside),
        hole.bottom > area.bottom - 1,
    )


def _inked(piece: PagePiece) -> Rect:
    """Return the ink of a piece; that of a text is as wide as it may be, since a ragged line leaves no hole."""
    room = piece.scope.room or piece.rect
    if piece.kind != "text" or piece.scope.aside:
        return piece.rect
    left, right = min(room.left, piece.rect.left), max(room.right, piece.rect.right)
    return piece.rect._replace(left=left, right=right)


def _hole(ink: Sequence[Rect], area: Rect, end: float) -> Rect:
    """Return the highest hole; moved to the left, a hole ends at the ink beside it or at the edge of the area."""
    width = WIDE * (area.right - area.left)
    lefts = {round(rect.right) for rect in ink if rect.right + width <= area.right + 1}
    downward = sorted(ink, key=lambda rect: rect.top)
    strips = (
        Rect(left, area.top, left + width, end) for left in sorted({round(area.left), *lefts})
    )
    gaps = (gap for strip in strips for gap in _gaps(downward, strip))
    return max(gaps, key=lambda gap: gap.bottom - gap.top)


def _gaps(downward: Iterable[Rect], strip: Rect) -> Iterator[Rect]:
    reached = strip.top
    for rect in downward:
        if rect.left < strip.right - 1 and rect.right > strip.left + 1:
            yield strip._replace(top=reached, bottom=rect.top)
            reached = max(reached, rect.bottom)
    yield strip._replace(top=reached)


def _words(ink: Iterable[PagePiece]) -> int:
    texts = (piece for piece in ink if is_text(piece) and not piece.scope.marker)
    count = 0
    # a label is a line of its own
    for _, line in itertools.groupby(
        texts, lambda piece: piece.scope.line if piece.kind == "text" else piece.rect
    ):
        parts = list(line)
        words = "".join(part.text for part in parts).split()
        count += sum(any(map(str.isalnum, word)) for word in words)
        count -= parts[-1].hyphen  # its end is counted on the next line
    return count
