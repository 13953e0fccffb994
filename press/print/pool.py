"""Spread prints over the processors: an executor, each thread of which drives a print server of its own."""

import atexit
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from press.ground.disk import write_whole
from press.ground.lock import reported
from press.page import fonts
from press.print.facts import Print
from press.print.server.client import PrintServer, Setup
from press.print.server.warm_process import WarmProcess
from press.problems import PressError

EARLY = 2  # servers that are started before there is work: more are seldom needed at once
_of_thread = threading.local()


def usable_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def setup(work: Path, faces: Path) -> Setup:
    """Write the private fontconfig file into *work*, and return what a print server needs.

    Raises:
        OutputError: it cannot be written.
    """
    path = work / "fonts.conf"
    data = fonts.fontconfig(faces, work / "fontconfig").encode()
    with reported(path):
        # now: of servers that start together only one could make it, and the others would complain
        (work / "fontconfig").mkdir(parents=True, exist_ok=True)
        if not (path.exists() and path.read_bytes() == data):
            write_whole(path, data)  # another run may be reading it
    return Setup(path)


def thread_server(setup: Setup) -> PrintServer:
    """Return the print server of this thread; outside a `Pool` one for this *setup*, which ends with the program."""
    server: PrintServer | None = getattr(_of_thread, "server", None)
    if server is None or getattr(_of_thread, "setup", setup) != setup:
        if server:  # for what another build had given, on a worker of a cluster
            server.end()
        server, _of_thread.setup = PrintServer(setup), setup
        _of_thread.server = server
        atexit.register(server.end)
    return server


def with_text_off_sheet(made: Print) -> Print:
    """Return a print whose facts include the text that only the PDF shows to be off the sheet."""
    from press.print.pdf import text_off_sheet  # noqa: PLC0415 - brings pdfium, which only a new print needs

    off = text_off_sheet(made.pdf)
    return replace(made, facts=replace(made.facts, ink=made.facts.ink + off)) if off else made


def proved(made: Print, page: str) -> Print:
    """Return the print of *page*, whose facts say where the PDF does not tell what *page* says."""
    from press.print.proof import prove  # noqa: PLC0415 - brings pikepdf, which only a new print needs

    made = with_text_off_sheet(made)
    unproved = () if made.facts.foreign_tags else prove(made.pdf, page)
    return replace(made, facts=replace(made.facts, unproved=unproved)) if unproved else made


def _start() -> None:
    """Start the server of this thread; if that fails, the first page that it should print reports why."""
    with suppress(PressError):
        _of_thread.server.start()


class Pool(ThreadPoolExecutor):
    """An executor with *jobs* threads (0: one for each processor); each starts a server when there is work for it."""

    def __init__(self, jobs: int, given: Setup) -> None:
        self.setup, self._warm = given, WarmProcess(given.fontconfig, given.families)
        self._servers: list[PrintServer] = []
        self._killed = self._used = False
        self._asked: set[Future[Any]] = set()  # and not done yet
        super().__init__(jobs or usable_processors(), "press-print", self._begin)

    def begin(self) -> None:
        """Start the first servers now, so that they are ready when there is work for them."""
        for _ in range(min(EARLY, self._max_workers)):
            self.submit(_start)

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as its base
        """Have *work* done, as its base does."""
        future = super().submit(work, *given, **named)
        if work is not _start:
            self._used = True
            self._asked.add(future)
            future.add_done_callback(self._asked.discard)
        return future

    @property
    def busy(self) -> bool:
        """Whether something was asked of it that is not done yet."""
        return bool(self._asked)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait for the work; after an exception, such as Ctrl-C, or where there was none, drop what was begun."""
        if kind is not None or not self._used:
            self.kill()
        self.shutdown()

    def kill(self) -> None:
        """Cancel waiting jobs and end running ones, at once."""
        self._killed = True
        super().shutdown(wait=False, cancel_futures=True)
        for server in tuple(self._servers):
            server.kill()
        self._warm.kill()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as its base
        """Take no more jobs; with *wait*, end the servers when all jobs are done."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            for server in self._servers:
                server.end()
            self._warm.end()

    def _begin(self) -> None:
        _of_thread.server = PrintServer(self.setup, self._warm)
        self._servers.append(_of_thread.server)
        if self._killed:  # meanwhile, by another thread
            _of_thread.server.kill()
