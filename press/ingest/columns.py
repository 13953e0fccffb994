"""Put the lines of a page in the order in which they are read: column by column, between lines of the whole width."""

from collections.abc import Sequence
from typing import NamedTuple

_NARROWEST = 8  # letters: what is narrower is no column
_FULL = 0.5  # of the area of a column is text, other than in a table
_ONE_ROW = (
    0.5  # of the size of a letter: lines that stand so much higher or lower are no parts of one
)


class Line(NamedTuple):
    """A line of a page, or a part of one, and where it stands, in points from the left and from the bottom."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page as they are read, with the parts of each joined."""
    gutters = [line.left - 1 for line in lines]
    sides = [each for x in gutters if _are_columns(each := _sides(lines, x))]
    if not sides:
        return _rows(sorted(lines, key=lambda line: -line.base))
    left, right, across = min(sides, key=lambda each: (len(each[2]), -len(each[1])))
    found: list[Line] = []
    across.sort(key=lambda line: -line.base)
    tops = [float("inf"), *(line.base for line in across)]
    for number, top in enumerate(tops):
        end = tops[number + 1] if number < len(across) else float("-inf")
        for side in (left, right):
            found += in_order([line for line in side if end < line.base <= top])
        found += across[number : number + 1]
    return found


def _sides(lines: Sequence[Line], x: float) -> tuple[list[Line], list[Line], list[Line]]:
    """Return the lines left and right of *x*, and those across it."""
    left = [line for line in lines if line.right < x]
    right = [line for line in lines if line.left > x]
    return left, right, [line for line in lines if line.left <= x <= line.right]


def _are_columns(sides: tuple[list[Line], list[Line], list[Line]]) -> bool:
    """Return whether two sides of a page are columns of text, and most of it."""
    left, right, across = sides
    return len(left) + len(right) > len(across) and all(map(_is_column, (left, right)))


def _is_column(lines: Sequence[Line]) -> bool:
    if len(lines) < 3:  # noqa: PLR2004 - two lines are a head or a foot
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    rows = {round(line.base) for line in lines}
    text = sum(line.right - line.left for line in lines)
    return width > _NARROWEST * lines[0].size and text > _FULL * width * len(rows)


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Return *lines*, those joined that stand side by side: a bullet and its text, parts with wide gaps between."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].base - line.base) < _ONE_ROW * rows[-1][0].size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_whole(sorted(row, key=lambda part: part.left)) for row in rows]


def _whole(parts: Sequence[Line]) -> Line:
    text = " ".join(part.text for part in parts)
    return parts[-1]._replace(text=text, left=parts[0].left)
