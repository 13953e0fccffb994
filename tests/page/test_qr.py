"""A QR code says its text, has white around it, and is the same each time."""

from __future__ import annotations

import re

import pytest
import segno

from press.page.qr import QUIET, symbol

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
ADDRESSES = ["https://example.org/en/health.html", f"https://example.org/{'long/' * 40}"]


def drawn(path: str) -> set[tuple[int, int]]:
    """Return the modules that *path* fills: column, row."""
    assert RUN.sub("", path) == ""
    return {
        (int(left) + step, int(top))
        for left, top, width, back in RUN.findall(path)
        if width == back
        for step in range(int(width))
    }


@pytest.mark.parametrize("text", ADDRESSES)
def test_each_dark_module_is_drawn_and_no_other(text: str) -> None:
    """The path fills what the code's table says, four modules from the edge."""
    size, path = symbol(text)
    matrix = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8").matrix
    dark = {
        (x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, one in enumerate(row) if one
    }
    assert drawn(path) == dark
    assert size == len(matrix) + 2 * QUIET


def test_a_code_is_the_same_each_time_and_another_for_another_text() -> None:
    """Nothing in it is chosen anew."""
    one, other = ADDRESSES
    assert symbol(one) == symbol(one) != symbol(other)
