"""Put the lines of a page in the order in which they are read: column by column, between lines of the whole width."""

from collections.abc import Sequence
from typing import NamedTuple

_SHORTEST = 10  # letters in a line, on average: of a table there are fewer in a column
_FULL = 0.35  # of the area of a column is text, other than in a table
_ONE_ROW = 0.5  # of the size of a letter: what stands so much lower is another line
_OVER = 0.2  # of its length a line may stand over the edge of its column, where the next one has a line beside it


class Line(NamedTuple):
    """A line of a page, or a part of one, and where it stands, in points from the left and from the bottom."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


class _Band(NamedTuple):
    """Lines left and right of a place, above a line that goes across it."""

    left: list[Line]
    right: list[Line]
    across: list[Line]

    @property
    def columns(self) -> int:
        """How many lines it has in two columns, or 0: one line beside another is no column."""
        sides = len(self.left), len(self.right)
        return sum(sides) if min(sides) > 1 else 0


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page as they are read, with the parts of each joined."""
    gutters = {round(line.left) - 1 for line in lines}
    bands = max((_bands(lines, x) for x in sorted(gutters)), key=_in_columns, default=[])
    if _in_columns(bands) <= len(lines) / 2:
        return _rows(lines)
    found: list[Line] = []
    for left, right, across in bands:
        split = _Band(left, right, across).columns
        found += in_order(left) + in_order(right) if split else _rows(left + right)
        found += across
    return found


def _bands(lines: Sequence[Line], x: float) -> list[_Band]:
    """Return the lines of a page beside *x*, from the top, between those across it."""
    bands = [_Band([], [], [])]
    for line in sorted(lines, key=lambda line: -line.base):
        if line.left <= x <= line.right and not _is_over(line, x, lines):
            bands[-1].across.append(line)
            bands.append(_Band([], [], []))
        else:
            bands[-1][line.left > x].append(line)
    return bands


def _is_over(line: Line, x: float, lines: Sequence[Line]) -> bool:
    """Return whether a line that goes across *x* only stands over the edge of its column, such as a long address."""
    return line.right - x < _OVER * (line.right - line.left) and any(
        each.left > x and abs(each.base - line.base) < _ONE_ROW * line.size for each in lines
    )


def _in_columns(bands: Sequence[_Band]) -> int:
    """Return how many lines stand in columns, or 0 if those are no columns of text."""
    columns = [band for band in bands if band.columns]
    left = [line for band in columns for line in band.left]
    right = [line for band in columns for line in band.right]
    return len(left + right) if columns and _is_column(left) and _is_column(right) else 0


def _is_column(lines: Sequence[Line]) -> bool:
    """Return whether lines are wide and full enough to be text."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    rows = {round(line.base) for line in lines}
    text = sum(line.right - line.left for line in lines)
    letters = sum(len(line.text) for line in lines)
    return letters > _SHORTEST * len(rows) and text > _FULL * width * len(rows)


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Return *lines*, those joined that stand side by side: a bullet and its text, parts with wide gaps between."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if rows and abs(rows[-1][0].base - line.base) < _ONE_ROW * rows[-1][0].size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_whole(sorted(row, key=lambda part: part.left)) for row in rows]


def _whole(parts: Sequence[Line]) -> Line:
    text = " ".join(part.text for part in parts)
    return parts[-1]._replace(text=text, left=parts[0].left)
