"""Draw a QR code as one path of an SVG."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules left white on each side (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code, a module of which is one unit."""

    size: int  # with its white margin
    path: str


def symbol(text: str) -> Symbol:
    """Return the QR code of *text*, which is readable with up to a sixth of it damaged."""
    code = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8")
    rows = [list(map(bool, row)) for row in code.matrix]
    path = "".join(
        f"M{left + QUIET} {top + QUIET}h{width}v1h-{width}z"
        for top, row in enumerate(rows)
        for left, width in _runs(row)
    )
    return Symbol(len(rows) + 2 * QUIET, path)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return where each run of dark modules begins, and how wide it is."""
    neighbours = zip([False, *row], [*row, False], strict=True)
    edges = [place for place, (left, right) in enumerate(neighbours) if left != right]
    return [(begin, end - begin) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
