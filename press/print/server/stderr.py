"""Read what libraries write to standard error: one line for each complaint."""

import contextlib
import os
import re
from collections.abc import Callable, Iterator

STDERR = 2
MOST = 1 << 16  # bytes: as much as a pipe holds
# such as "(python:4711): Pango-WARNING **: 09:41:00.123: "
GLIB = re.compile(r"^\(\S*:\d+\): (\S+) \*\*: [\d:.]+: ")


def lines(data: bytes) -> tuple[str, ...]:
    """Return the lines that are not empty, each once, without process ids and times of day."""
    texts = (
        GLIB.sub(r"\1: ", line.strip()) for line in data.decode("utf-8", "replace").splitlines()
    )
    return tuple(dict.fromkeys(text for text in texts if text))


@contextlib.contextmanager
def capture() -> Iterator[Callable[[], tuple[str, ...]]]:
    """Catch the standard error of this process; yield a function that returns the lines since its last call."""
    before = os.dup(STDERR)
    read_end, write_end = os.pipe()
    for end in (read_end, write_end):
        os.set_blocking(end, False)
    os.dup2(write_end, STDERR)
    os.close(write_end)
    try:
        yield lambda: lines(_drain(read_end))
    finally:
        os.dup2(before, STDERR)
        os.close(before)
        os.close(read_end)


def _drain(fd: int) -> bytes:
    try:
        return os.read(fd, MOST)
    except BlockingIOError:
        return b""
