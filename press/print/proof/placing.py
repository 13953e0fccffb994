"""Prove that all content of a PDF can be seen, and is where figures, links and entries of the outline say."""

from collections.abc import Iterator, Mapping, Sequence

from press.print.pdf import Place
from press.print.proof.content import Key
from press.print.proof.expected import Expected
from press.print.proof.reading import Aim, Reading, Rect, lies
from press.print.proof.tokens import SHOWN, UNSEEN

NEAR = 12.0  # points, by which a link may be larger than its words
ABOVE, BELOW = 72.0, 12.0  # points, by which an aim may be above what it is for, or below its top
MOST = 0.5  # of the area of a picture, what its figure has at least: what a drawing clips is measured too
HEADINGS = tuple(f"H{level}" for level in range(1, 7))
NOWHERE = (-1, 0.0)
Places = Mapping[Key, Place]


def faults_of_places(wanted: Expected, found: Reading, places: Places) -> Iterator[str]:
    """Yield what cannot be seen, or is elsewhere than the PDF says."""
    for key, text in found.texts.items():
        if text.translate(UNSEEN).strip() and not (key in places and places[key].seen):
            yield f"'{text[:SHOWN]}' on page {key[0] + 1} cannot be seen"
    for box, marks in found.boxes:
        if not _is_of(box, marks, found.sheets, places):
            yield "a figure does not say where it is"
    for frames, marks in found.links:
        lines = [(page, places[page, mark].rect) for page, mark in marks if (page, mark) in places]
        if not _is_touched(frames, lines):
            yield f"a link on page {frames[0][0] + 1} is not where its words are"
    yield from _of_aims(wanted, found, places)


def _is_of(box: Rect, marks: Sequence[Key], sheets: Sequence[Rect], places: Places) -> bool:
    """Return whether *box* has the pictures with these *marks*, and nothing else; on several pages it is not known."""
    pictures = [key for key in marks if key in places]
    pages = {page for page, _ in pictures}
    if len(pages) != 1:
        return bool(pages)
    around, page = _around([places[key].rect for key in pictures]), pages.pop()
    both = (*map(max, box[:2], around[:2]), *map(min, box[2:], around[2:]))
    return (
        lies(box, sheets[page])
        and _area(both) >= MOST * _area(around)
        and not any(
            key[0] == page and key not in marks and _is_in(_middle(place.rect), box)
            for key, place in places.items()
        )
    )


def _is_touched(frames: Sequence[tuple[int, Rect]], lines: Sequence[tuple[int, Rect]]) -> bool:
    """Return whether all *lines* of a link have a frame, and no frame goes far beyond them."""
    held = set[tuple[int, Rect]]()
    for page, corners in frames:
        frame = _around([corners, (*corners[2:], *corners[:2])])
        inside = {each for each in lines if each[0] == page and _meet(each[1], frame)}
        held |= inside
        if not inside or not _is_in(frame, _around([rect for _, rect in inside]), NEAR):
            return False
    return held >= {*lines}


def _of_aims(wanted: Expected, found: Reading, places: Places) -> Iterator[str]:
    """Yield addresses within the document, and entries of its outline, that do not lead to what they name."""
    begins: dict[str, Key] = {}
    for ours, theirs in zip(wanted.tokens, found.tokens, strict=False):
        for element in wanted.around(ours):
            begins.setdefault(element.get("id", ""), theirs.at)
    for address in {token.facts["address"] for token in found.tokens if "address" in token.facts}:
        name = address.removeprefix("#")
        aim = found.anchors.get(name, NOWHERE)
        if address.startswith("#") and not _hits(aim, begins.get(name), places):
            yield f"the link to '{address}' leads to another place"
    headings = [token.at for token in found.tokens if token.tag in HEADINGS and not token.end]
    for (_, title, aim), at in zip(found.outline, headings, strict=False):
        if not _hits(aim, at, places):
            yield f"the entry '{title}' of its outline leads to another place"


def _hits(aim: Aim, at: Key | None, places: Places) -> bool:
    page, height = aim
    if at is None or page != at[0]:
        return False
    top = places[at].rect[3] if at in places else height
    return top - BELOW <= height <= top + ABOVE


def _around(rects: Sequence[Rect]) -> Rect:
    left, bottom, right, top = zip(*rects, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _is_in(rect: Rect, frame: Rect, slack: float = 0.0) -> bool:
    return (
        frame[0] - slack <= rect[0]
        and frame[1] - slack <= rect[1]
        and rect[2] <= frame[2] + slack
        and rect[3] <= frame[3] + slack
    )


def _meet(rect: Rect, frame: Rect) -> bool:
    """Return whether one of them has the middle of the other."""
    return _is_in(_middle(rect), frame) or _is_in(_middle(frame), rect)


def _middle(rect: Rect) -> Rect:
    across, up = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return across, up, across, up


def _area(rect: Rect) -> float:
    return max(rect[2] - rect[0], 0) * max(rect[3] - rect[1], 0)
