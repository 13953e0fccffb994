"""Make paragraphs of the lines of pages, by where they begin and end, how far they stand apart and how they look."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median, mode
from typing import NamedTuple

from press.ingest.columns import Line, in_order
from press.ingest.document import Kind, Paragraph
from press.ingest.sections import numbers

_NEAR = 3  # lines before and after, which tell where their column begins and ends
_APART = 1.3  # of the usual distance of lines: there is a gap between paragraphs
_INDENT = 0.6  # of the size of a letter
_SHORT = 0.7  # of its column
_ALIKE = 0.08  # of the size of letters
_LONGEST = 200  # characters of a heading
_CLOSING = '"”’»)\\]'
_ENDED = re.compile(  # with a mark behind, which is none behind a figure: '1.18,'
    rf"[.!?:;][{_CLOSING}]*\Z|(?<=[^\W\d_]|[{_CLOSING}])[.!?:;][{_CLOSING}]*[\d,–⁰¹²³⁴-⁹]+\Z"
)
_BULLET = re.compile(r"[•▪●◦‣■–—]\s?|\(?(?:\d{1,2}|[a-zA-Z]|[IVXivx]+)[.)]\s")
_INITIAL = re.compile(r"[^\W\d_a-zа-яё]\.\s")
_CAPTION = re.compile(r"(?:fig|tab|рис|таб)\w*\.?\s*\d", re.IGNORECASE)


class _Look(NamedTuple):
    """How most of a text is set."""

    size: float
    bold: bool
    pitch: float  # from a line to the next, in sizes


def paragraphs(pages: Iterable[tuple[str, Sequence[Line]]]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of *pages*, each a label and lines in their order."""
    rows = [(label, in_order(lines)) for label, lines in pages]
    every = [line for _, lines in rows for line in lines]
    if not every:
        return ()
    size, bold = mode((line.size, line.bold) for line in every for _ in line.text)
    steps = [(a.base - b.base) / a.size for _, lines in rows for a, b in pairwise(lines)]
    usual = _Look(size, bold, median([step for step in steps if step > 0] or [1.0]))
    found = [
        (_paragraph(part, label, usual), part[0])
        for label, lines in rows
        for part in _parts(lines, usual)
    ]
    whole = _undisturbed([(each, _is_aside(line, usual)) for each, line in _in_sections(found)])
    return tuple(each for each in whole if any(each.lines))


def _in_sections(found: Sequence[tuple[Paragraph, Line]]) -> Iterator[tuple[Paragraph, Line]]:
    """Yield paragraphs with their sections: the larger its heading, the higher a section is."""
    heads = [(each, line) for each, line in found if each.kind == "heading"]
    looks = sorted({(-line.size, not line.bold) for _, line in heads})
    levels = [looks.index((-line.size, not line.bold)) + 1 for _, line in heads]
    texts = [" ".join(each.lines) for each, _ in heads]
    sections, section = numbers(list(zip(levels, texts, strict=True))), ""
    for each, line in found:
        section = next(sections) if each.kind == "heading" else section
        yield replace(each, section=section), line


def _parts(lines: Sequence[Line], usual: _Look) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph of a page."""
    part: list[Line] = []
    for number, line in enumerate(lines):
        near = lines[max(0, number - _NEAR) : number + _NEAR]
        if part and _begins(part[-1], line, near, usual):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _begins(before: Line, line: Line, near: Sequence[Line], usual: _Look) -> bool:
    """Return whether *line* begins a paragraph."""
    beside = [
        each
        for each in near
        if each.left < before.right and each.right > before.left and _alike(each, before)
    ]
    left, right = min(each.left for each in beside), max(each.right for each in beside)
    ended = bool(_ENDED.search(before.text))
    goes_on = not ended and line.text[:1].islower()
    if not (_alike(line, before) or goes_on):
        return True
    word = line.text.partition(" ")[0]
    room = (len(word) + 1) * (before.right - before.left) / len(before.text)
    fits = right - before.right > room  # so that the line before was ended on purpose
    if line.base > before.base:  # the next column
        return ended or (fits and line.text[:1].isupper())
    if before.base - line.base > _APART * usual.pitch * line.size:
        return True
    short = before.right - left < _SHORT * (right - left) and not line.text[:1].islower()
    indented = line.left - max(left, before.left) > _INDENT * line.size
    hangs = before.left - line.left > _INDENT * line.size
    # '(2)' may as well stand within a sentence, and 'J. ' before a name
    within = line.text.startswith("(") or (_INITIAL.match(line.text) and not fits)
    bullet = bool(_BULLET.match(line.text)) and (hangs or not within)
    return (ended and (indented or bullet)) or (fits and (ended or short))


def _alike(line: Line, other: Line) -> bool:
    """Return whether two lines are set alike."""
    return abs(line.size - other.size) <= _ALIKE * other.size and line.bold == other.bold


def _paragraph(lines: Sequence[Line], label: str, usual: _Look) -> Paragraph:
    first, text = lines[0], " ".join(line.text for line in lines)
    kind: Kind = "item" if _BULLET.match(first.text) else "text"
    stands_out = first.size > (1 + _ALIKE) * usual.size or (first.bold and not usual.bold)
    if stands_out and len(text) <= _LONGEST and not text.endswith("."):
        kind = "heading"
    return Paragraph(tuple(line.text for line in lines), kind, page=label)


def _is_aside(line: Line, usual: _Look) -> bool:
    """Return whether a paragraph is a note or a caption, between which the text goes on."""
    return line.size < (1 - _ALIKE) * usual.size or bool(_CAPTION.match(line.text))


def _undisturbed(found: Sequence[tuple[Paragraph, bool]]) -> Iterator[Paragraph]:
    """Yield paragraphs, asides behind the sentence into which they came."""
    before, beside, waiting = Paragraph(("",)), False, list[Paragraph]()
    for paragraph, aside in found:
        cut = before.kind == "text" and not _ENDED.search(before.lines[-1])
        if cut and aside and not beside:
            waiting.append(paragraph)
        elif cut and aside == beside and _is_rest(paragraph, before):
            before = before.with_rest(paragraph)
        else:
            goes_on = cut and paragraph.lines[0][:1].islower()
            yield before
            yield from () if goes_on else waiting
            before, beside, waiting = paragraph, aside, waiting if goes_on else []
    yield from (before, *waiting)


def _is_rest(paragraph: Paragraph, before: Paragraph) -> bool:
    """Return whether a page cut a sentence before a name or number; a small letter tells by itself that it goes on."""
    first, last = paragraph.lines[0][:1], before.lines[-1][-1:]
    text = paragraph.kind == "text" and len(before.lines) > 1
    cut = (first.isupper() and last.isalpha()) or not first.isalpha()
    return text and cut and paragraph.page != before.page
