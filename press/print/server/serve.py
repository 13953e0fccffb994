"""Serve prints over sockets: a warm process is copied for each, which passes questions on to a locked child a page."""

from __future__ import annotations

import ctypes.util
import gc
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from select import POLLIN, poll
from typing import TYPE_CHECKING, NoReturn

from press.print.server import child, guard, packets, stderr, warm_up
from press.problems import ConfigurationError

if TYPE_CHECKING:
    from press.print.engine import Engine

GRACE = 5.0  # seconds
PATIENCE = 2  # seconds for the copies to end by themselves
TURN = 1.0  # seconds between two looks at whether the parent lives
PACKAGES = (
    "Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora: dnf install pango harfbuzz; macOS: brew install pango"
)


def main(fd: int) -> NoReturn:
    """Get ready, say so, and make print servers until the other end of the socket *fd* closes."""
    guard.die_with_parent()
    start = packets.read(fd).header
    try:
        engine = warm_engine(frozenset(start["families"]))
    except ConfigurationError as error:
        packets.write(fd, packets.pack({"kind": "unfit", "what": str(error)}))
        os._exit(os.EX_CONFIG)
    packets.write(fd, packets.pack({"kind": "ready"}))
    # That signal comes when the parent's thread ends; from here on we watch the parent's process.
    guard.die_with_parent(on=False)
    copies(fd, start["parent"], engine)


def warm_engine(families: frozenset[str]) -> Engine:
    """Return an engine that has printed a page, in a process that may be forked.

    Raises:
        ConfigurationError: a library or font is missing, or the process has a second thread.
    """
    with stderr.capture() as caught:
        engine = _load(families)
        _refuse(caught())  # without fonts the next line would end the process
        layout = engine.lay_out(warm_up.page(families), warm_up.assets(families))
        facts = engine.write(layout).facts
        unknown = [f"no font is called '{family}'" for family in facts.families]
        _refuse((*facts.complaints, *unknown, *caught()))
    gc.collect()  # the font map, and with it the thread that some have
    if (threads := _threads()) != 1:
        raise ConfigurationError(
            f"the print server has {threads} threads; only one with a single thread may fork"
        )
    gc.freeze()
    gc.set_threshold(50_000)  # a page's child ends soon: what it leaves, the system collects
    return engine


def copies(fd: int, parent: int, engine: Engine) -> NoReturn:
    """Fork a print server for each socket that comes; wait for servers that were dropped, and at the end for all."""
    warm, line = os.getpid(), socket.socket(fileno=fd)
    with suppress(packets.HungUpError, OSError):
        while True:
            _wait(fd, parent)
            _, sockets, *_ = socket.recv_fds(line, 1, 1)
            for pid in packets.read(fd).header["dropped"]:
                with suppress(ChildProcessError):  # of a warm process before this one
                    os.waitpid(pid, 0)
            _fork(fd, sockets[0], warm, engine)
            os.close(sockets[0])
    signal.alarm(PATIENCE)  # a copy that somebody has stopped does not end before this process does
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    os._exit(os.EX_OK)


def _fork(asked: int, fd: int, warm: int, engine: Engine) -> None:
    """Fork a print server for the socket *fd*, or say on *asked* that the system refuses it."""
    try:
        child_pid = os.fork()
    except OSError as error:
        what = f"the system starts no further print server: {error.strerror}; allow more processes"
        packets.write(asked, packets.pack({"kind": "unfit", "what": what}))
    else:
        if not child_pid:
            _become_server(asked, fd, warm, engine)


def _become_server(asked: int, fd: int, parent: int, engine: Engine) -> NoReturn:
    """Say on *asked* which process this is, and serve on the socket *fd*."""
    os.setsid()  # before anybody may end this group
    guard.die_with_parent()
    packets.write(asked, packets.pack({"kind": "ready", "pid": os.getpid()}))
    os.close(asked)
    serve(fd, parent, engine)


def serve(fd: int, parent: int, engine: Engine) -> NoReturn:
    """Answer one question after the other; a new page has a child of its own."""
    page: child.Child | None = None
    while True:
        _wait(fd, parent)
        try:
            question = packets.read(fd)
            if page is None or question.header["new"]:
                if page:
                    page.end()
                page = child.Child(engine, guard.PrintLimits(**question.header["limits"]), fd)
            answer = page.answer(question)
            page = page if answer.header["kind"] == child.FACTS else None
            packets.write(fd, packets.pack(*answer))
        except (packets.HungUpError, OSError):
            os._exit(os.EX_OK)


def _wait(fd: int, parent: int) -> None:
    """Wait for something to read; end when the parent has ended."""
    waiting = poll()
    waiting.register(fd, POLLIN)
    while not waiting.poll(TURN * 1000):
        if os.getppid() != parent:
            os._exit(os.EX_OK)


def _load(families: frozenset[str]) -> Engine:
    if sys.platform == "linux":
        # For names that no Linux has it runs the compiler and the linker: a third of the import time.
        ctypes.util.find_library = lambda _name: None  # type: ignore[assignment]
    try:
        from press.print.engine import Engine  # noqa: PLC0415 - only this process needs it

        return Engine(families)
    except OSError as error:  # ImportError is another
        message = f"the print engine lacks a library: {error}; {PACKAGES}"
        raise ConfigurationError(message) from error
    except ImportError as error:
        message = f"the print engine cannot be imported: {error}"
        raise ConfigurationError(message) from error


def _refuse(complaints: tuple[str, ...]) -> None:
    if complaints:
        raise ConfigurationError(f"the print engine is not fit: {'; '.join(complaints)}")


def _threads() -> int:
    """Return how many threads there are, once those that look for fonts had time to end."""
    tasks = Path("/proc/self/task")  # lists threads that Python does not know, too
    deadline = time.monotonic() + GRACE
    while True:
        count = len(list(tasks.iterdir())) if tasks.exists() else threading.active_count()
        if count == 1 or time.monotonic() > deadline:
            return count
        time.sleep(0.01)


if __name__ == "__main__":
    main(int(sys.argv[1]))
