"""What libraries write to standard error: bytes in, one line for each complaint out."""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STDERR = 2
MOST = 1 << 16  # bytes: as much as a pipe holds
GLIB = re.compile(
    r"^\(\S*:\d+\): (\S+) \*\*: [\d:.]+: "
)  # "(python:4711): Pango-WARNING **: 09:41:00.123: "


def lines(data: bytes) -> tuple[str, ...]:
    """Return the lines that say something, each once, without process ids and times of day."""
    texts = (
        GLIB.sub(r"\1: ", line.strip()) for line in data.decode("utf-8", "replace").splitlines()
    )
    return tuple(dict.fromkeys(text for text in texts if text))


@contextlib.contextmanager
def listening() -> Iterator[Callable[[], tuple[str, ...]]]:
    """Listen to this process's own standard error; what comes out returns the lines so far."""
    before = os.dup(STDERR)
    ear, mouth = os.pipe()
    for end in (ear, mouth):
        os.set_blocking(end, False)
    os.dup2(mouth, STDERR)
    os.close(mouth)
    try:
        yield lambda: lines(_drain(ear))
    finally:
        os.dup2(before, STDERR)
        os.close(before)
        os.close(ear)


def _drain(ear: int) -> bytes:
    try:
        return os.read(ear, MOST)
    except BlockingIOError:
        return b""
