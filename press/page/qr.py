"""Draw a QR code as one path of an SVG."""

from dataclasses import dataclass

import segno
from segno.utils import matrix_to_lines  # type: ignore[attr-defined]  # its stub lacks it

QUIET = 4  # modules left white on each side (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code, a module of which is one unit."""

    size: int  # with its white margin
    path: str


def symbol(text: str) -> Symbol:
    """Return the QR code of *text*, which is readable with up to a sixth of it damaged."""
    code = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8")
    runs = matrix_to_lines(code.matrix, QUIET, QUIET)
    path = "".join(f"M{x} {y}h{end - x}v1h-{end - x}z" for (x, y), (end, _) in runs)
    return Symbol(len(code.matrix) + 2 * QUIET, path)
