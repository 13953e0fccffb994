"""Draw a QR code as one path of an SVG."""

import segno
from segno.utils import matrix_to_lines  # type: ignore[attr-defined]  # its stub lacks it

QUIET = 4  # modules left white on each side (ISO/IEC 18004)


def symbol(text: str) -> tuple[int, str]:
    """Return the size and the path of the QR code of *text*, readable with up to a sixth of it damaged.

    A module is one unit; the size includes the white margin.
    """
    code = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8")
    runs = matrix_to_lines(code.matrix, QUIET, QUIET)
    path = "".join(f"M{x} {y}h{end - x}v1h-{end - x}z" for (x, y), (end, _) in runs)
    return len(code.matrix) + 2 * QUIET, path
