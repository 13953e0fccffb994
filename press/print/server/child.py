"""Print one page in one locked process, and return an answer for the parent, whatever happens to the process."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import time
from dataclasses import dataclass
from select import POLLIN, poll
from typing import TYPE_CHECKING, NoReturn

from press.print.server import guard, packets, stderr

if TYPE_CHECKING:
    from press.print.engine import Engine

MEMORY = packets.pack({"kind": "memory"})  # packed while there is some
NO_MEMORY = re.compile(r"failed to allocate|out of memory", re.IGNORECASE)
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class End:
    """How a child ended."""

    answer: bytes
    stderr: tuple[str, ...]  # lines
    status: int  # exit status, or minus the signal
    late: bool
    cpu: float = 0.0  # seconds of the processor


def answer(hangup: int, engine: Engine, question: packets.Packet) -> bytes:
    """Print one page in a child and return the answer; end the server when *hangup* closes meanwhile."""
    limits = guard.PrintLimits(**question.header["limits"])
    server = os.getpid()
    answers, answer_end = os.pipe()
    errors, error_end = os.pipe()
    if not (child := os.fork()):
        os.dup2(error_end, stderr.STDERR)
        for each in (hangup, answers, errors, error_end):
            os.close(each)
        _print(answer_end, engine, question, limits, server)
    for each in (answer_end, error_end):
        os.close(each)
    return verdict(_collect(child, hangup, (answers, errors), limits.clock))


def verdict(end: End) -> bytes:
    """Return the answer for the parent: a print, with what came on standard error, or the kind of failure."""
    try:
        packet = packets.unpack(end.answer)
    except packets.HungUpError:
        return packets.pack(_failure(end))
    if packet.header["kind"] == "print":
        facts = json.loads(packet.header["facts"])
        facts["complaints"] += end.stderr
        packet.header.update(facts=json.dumps(facts), cpu=end.cpu)
    return packets.pack(*packet)


def _failure(end: End) -> dict[str, str]:
    if end.late or end.status in (-signal.SIGALRM, -signal.SIGXCPU):
        return {"kind": "late"}
    if NO_MEMORY.search("\n".join(end.stderr)):
        return {"kind": "memory"}
    name = signal.Signals(-end.status).name if end.status < 0 else f"exit status {end.status}"
    return {"kind": "died", "what": ": ".join((name, *end.stderr[-1:]))}


def _print(
    fd: int, engine: Engine, question: packets.Packet, limits: guard.PrintLimits, server: int
) -> NoReturn:
    """Lock this process, write the answer to *fd*, and end."""

    def reply(kind: str, blobs: tuple[bytes, ...] = (), **values: str) -> None:
        packets.write(fd, packets.pack({"kind": kind, **values}, blobs))

    try:
        guard.lock(limits, server, engine.readable, lambda what: reply("denied", what=what))
        html, *blobs = question.blobs
        assets = dict(zip(question.header["assets"], blobs, strict=True))
        made = engine.render(html.decode(), assets)
        reply("print", (made.pdf,), facts=made.facts.to_json())
    except MemoryError:
        packets.write(fd, MEMORY)
    except BaseException as error:  # noqa: BLE001 - any error is the answer
        reply("failed", what=": ".join(filter(None, (type(error).__name__, str(error)))))
    finally:
        os._exit(os.EX_OK)  # a normal exit would run the server's clean-up


def _collect(child: int, hangup: int, pipes: tuple[int, int], seconds: float) -> End:
    """Read the answer and the standard error of *child*, and end it."""
    deadline = time.monotonic() + seconds
    texts = {pipe: bytearray() for pipe in pipes}
    waiting = poll()
    for each in (hangup, *pipes):
        waiting.register(each, POLLIN)
    still, late = set(pipes), False
    while still and not late:
        for each, _event in waiting.poll(max(0.0, deadline - time.monotonic()) * 1000):
            if each == hangup:  # the parent no longer waits for the answer
                _reap(child)
                os._exit(os.EX_OK)
            if part := os.read(each, CHUNK):
                texts[each] += part
            else:
                waiting.unregister(each)
                still.discard(each)
        late = bool(still) and time.monotonic() >= deadline
    status, cpu = _reap(child)
    for each in pipes:
        os.close(each)
    reply, noise = (bytes(texts[pipe]) for pipe in pipes)
    return End(reply, stderr.lines(noise[: stderr.MOST]), status, late, cpu)


def _reap(child: int) -> tuple[int, float]:
    """End *child*; return its exit status, or minus the signal, and the seconds of the processor that it took."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)  # changes nothing if it has ended
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
