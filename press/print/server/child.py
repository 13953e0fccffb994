"""Lay out a page in one locked process, setting after setting, and answer whatever happens to the process."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import time
from select import POLLIN, poll
from typing import TYPE_CHECKING, NoReturn

from press.print.server import guard, packets, stderr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.print.engine import Engine, Layout

MEMORY = packets.pack({"kind": "memory"})  # packed while there is some
NO_MEMORY = re.compile(r"failed to allocate|out of memory", re.IGNORECASE)
FACTS, PRINT = "facts", "print"  # kinds of answers: of a layout, and of what was written


class Child:
    """A locked process that has the images of a page; it ends with its print, or its first failure."""

    def __init__(self, engine: Engine, limits: guard.PrintLimits, hangup: int) -> None:
        self._latest = time.monotonic() + limits.clock
        self._hangup, self._noise = hangup, b""
        ours, theirs = (end.detach() for end in socket.socketpair())
        self._line, (self._errors, error_end) = ours, os.pipe()
        server, self._pid = os.getpid(), os.fork()
        if not self._pid:
            os.dup2(error_end, stderr.STDERR)
            for each in (hangup, ours, self._errors, error_end):
                os.close(each)
            _work(engine, theirs, limits, server)
        for each in (theirs, error_end):
            os.close(each)

    def answer(self, question: packets.Packet) -> packets.Packet:
        """Return the answer to *question*; if that is not of a layout, the process is gone."""
        with contextlib.suppress(OSError):  # a line that is broken has no answer
            packets.write(self._line, packets.pack(*question))
        answer = self._wait()
        if answer and answer.header["kind"] == FACTS:
            return answer
        late, status = time.monotonic() >= self._latest, self.end()
        return verdict(answer, stderr.lines(self._noise[: stderr.MOST]), status, late=late)

    def end(self) -> int:
        """End the process; return its exit status, or minus the signal."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)  # changes nothing if it has ended
        _, status = os.waitpid(self._pid, 0)
        while part := os.read(self._errors, stderr.MOST):
            self._noise += part
        os.close(self._line)
        os.close(self._errors)
        return os.waitstatus_to_exitcode(status)

    def _wait(self) -> packets.Packet | None:
        """Return the next answer, if there is one in time; end the server when its parent closes meanwhile."""
        waiting = poll()
        for each in (self._hangup, self._line, self._errors):
            waiting.register(each, POLLIN)
        while (left := self._latest - time.monotonic()) > 0:
            ready = [each for each, _event in waiting.poll(left * 1000)]
            if self._hangup in ready:
                self.end()
                os._exit(os.EX_OK)
            if self._line in ready:
                with contextlib.suppress(packets.HungUpError, OSError):
                    return packets.read(self._line)
                break
            if self._errors in ready:
                self._noise += os.read(self._errors, stderr.MOST)
        return None


def verdict(
    answer: packets.Packet | None, noise: tuple[str, ...], status: int, *, late: bool
) -> packets.Packet:
    """Return the last answer for the parent: a print, with the lines of standard error, or the kind of failure."""
    if answer is None:
        return packets.Packet(_failure(noise, status, late=late))
    if answer.header["kind"] == PRINT:
        facts = json.loads(answer.header["facts"])
        facts["complaints"] += noise
        answer.header.update(facts=json.dumps(facts))
    return answer


def _failure(noise: tuple[str, ...], status: int, *, late: bool) -> dict[str, str]:
    if late or -status in (signal.SIGALRM, signal.SIGPROF):
        return {"kind": "late"}
    if NO_MEMORY.search("\n".join(noise)):
        return {"kind": "memory"}
    name = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    return {"kind": "died", "what": ": ".join((name, *noise[-1:]))}


def _work(engine: Engine, line: int, limits: guard.PrintLimits, server: int) -> NoReturn:
    """Lock this process, answer the questions that come on *line*, and end."""

    def reply(kind: str, **values: str) -> None:
        packets.write(line, packets.pack({"kind": kind, **values}))

    try:
        guard.lock(limits, server, engine.readable, lambda what: reply("denied", what=what))
        for answer in _answers(engine, line):
            packets.write(line, packets.pack(*answer))
    except MemoryError:
        packets.write(line, MEMORY)
    except BaseException as error:  # noqa: BLE001 - any error is the answer
        reply("failed", what=": ".join(filter(None, (type(error).__name__, str(error)))))
    finally:
        os._exit(os.EX_OK)  # a normal exit would run the server's clean-up


def _answers(engine: Engine, line: int) -> Iterator[packets.Packet]:
    """Yield the facts of each layout that is asked for, and at last the print.

    Two layouts are in memory at most: the latest, and the best before it, as the parent says.
    """
    question = packets.read(line)
    assets = dict(zip(question.header["assets"], question.blobs[1:], strict=True))
    engine.begin_page()
    best: Layout | None = None
    latest: Layout | None = None
    while not question.header["write"]:
        best, latest = latest if question.header["keep"] else best, None
        latest = engine.lay_out(question.blobs[0].decode(), assets)
        yield packets.Packet({"kind": FACTS, "facts": latest.facts.to_json(), "layouts": 1})
        question = packets.read(line)
    html = question.blobs[0].decode()
    known = [layout for layout in (best, latest) if layout and layout.html == html]
    best = latest = None
    made = engine.write(known[0] if known else engine.lay_out(html, assets))
    header = {"kind": PRINT, "facts": made.facts.to_json(), "layouts": int(not known)}
    yield packets.Packet(header, (made.pdf,))
