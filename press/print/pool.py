"""Spread prints over the processors: calls in, futures out; each thread drives a print server of its own."""

from __future__ import annotations

import atexit
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from press.ground.disk import write_whole
from press.ground.lock import reported
from press.page import fonts
from press.print import Print, Server, Setup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


_here = threading.local()


def usable_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def setup(work: Path, faces: Path) -> Setup:
    """Write the private fontconfig file below *work*, and return what a print server needs.

    Raises:
        OutputError: it cannot be written.
    """
    path = work / "fonts.conf"
    text = fonts.fontconfig(faces, work / "fontconfig")
    with reported(path):
        # beforehand: of servers that start together only one could make it, and the others complain
        (work / "fontconfig").mkdir(parents=True, exist_ok=True)
        if not (path.exists() and path.read_text("utf-8") == text):
            write_whole(path, text.encode())  # another run may be reading it
    return Setup(path)


def print_job(html: str, assets: Mapping[str, bytes], setup: Setup) -> Print:
    """Print a page on the server of this thread, on any executor; outside of a `Pool` a server is started once.

    Raises:
        ConfigurationError: the machine lacks what printing needs.
        PrintFailedError: there is no print; the message says why.
    """
    return looked_at(here(setup).print(html, assets))


def here(setup: Setup) -> Server:
    """Return the print server of this thread; outside of a `Pool` one is started."""
    if not hasattr(_here, "server"):
        _here.server = Server(setup)
        atexit.register(_here.server.end)
    server: Server = _here.server
    return server


def looked_at(made: Print) -> Print:
    """Return *made* with the text that only the finished PDF shows to be off its sheet among its facts."""
    from press.print.pdf import text_off_sheet  # noqa: PLC0415 - brings pdfium, which only a new print needs

    off = text_off_sheet(made.pdf)
    return replace(made, facts=replace(made.facts, ink=made.facts.ink + off)) if off else made


class Pool(ThreadPoolExecutor):
    """An executor with *jobs* threads (0: one for each processor); each starts a server when there is work for it."""

    def __init__(self, jobs: int, given: Setup) -> None:
        self.setup = given
        self._servers: list[Server] = []
        self._killed = False
        super().__init__(jobs or usable_processors(), "press-print", self._begin)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait for the work; after an exception, such as Ctrl-C, drop it."""
        if kind is not None:
            self.kill()
        self.shutdown()

    def kill(self) -> None:
        """Cancel what waits and end what runs, at once."""
        self._killed = True
        super().shutdown(wait=False, cancel_futures=True)
        for server in tuple(self._servers):
            server.kill()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as its base
        """Take no more work; the servers end once the work is waited for."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            for server in self._servers:
                server.end()

    def _begin(self) -> None:
        _here.server = Server(self.setup)
        self._servers.append(_here.server)
        if self._killed:  # meanwhile, by another thread
            _here.server.kill()
