"""A text in; the QR code that says it, as one path of an SVG, out."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4  # modules left white on each side (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code, a module of which is one unit."""

    size: int  # with what is left white
    path: str


def symbol(text: str) -> Symbol:
    """Return the QR code of *text*, a sixth of which may be damaged."""
    made = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8")
    rows = [list(map(bool, row)) for row in made.matrix]
    path = "".join(
        f"M{left + QUIET} {top + QUIET}h{width}v1h-{width}z"
        for top, row in enumerate(rows)
        for left, width in _runs(row)
    )
    return Symbol(len(rows) + 2 * QUIET, path)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return where each run of dark modules begins, and how wide it is."""
    edges = [
        at
        for at, (one, two) in enumerate(zip([False, *row], [*row, False], strict=True))
        if one != two
    ]
    return [(begin, end - begin) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
