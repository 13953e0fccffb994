"""Signals that ask us to end: each becomes an exception in the main thread, so that clean-up code runs."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class StoppedError(BaseException):
    """A signal asked us to end; no `Exception`, so that nothing but clean-up code stops it."""

    def __init__(self, number: int) -> None:
        self.status = 128 + number
        super().__init__(number)


def heed() -> None:
    """Let SIGTERM and SIGHUP raise `StoppedError`; what the caller has us ignore stays ignored."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    """Unwind; a second signal does not disturb the clean-up that follows."""
    signal.signal(number, signal.SIG_IGN)
    raise StoppedError(number)


@contextmanager
def held() -> Iterator[None]:
    """Let signals that ask us to end wait until what stands in the `with` is done."""
    came: list[int] = []
    before = {}
    if threading.current_thread() is threading.main_thread():  # no other thread hears of signals
        before = {
            number: heard
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
            if callable(heard := signal.getsignal(number))
        }
    for number in before:
        signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, heard in before.items():
            signal.signal(number, heard)
        if came:
            signal.raise_signal(came[0])
