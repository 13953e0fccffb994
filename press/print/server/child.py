"""One print in one locked process: a message in, the answer for the parent out, whatever happens to the process."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from dataclasses import dataclass, replace
from select import POLLIN, poll
from typing import TYPE_CHECKING, NoReturn

from press.print.facts import Facts
from press.print.server import guard, packets, stderr

if TYPE_CHECKING:
    from collections.abc import Callable

    from press.print.engine import Engine

    Report = Callable[[str], None]

MEMORY = packets.pack({"kind": "memory"})  # packed while there is some
NO_MEMORY = re.compile(r"failed to allocate|out of memory", re.IGNORECASE)
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class End:
    """How a child ended."""

    answer: bytes
    said: tuple[str, ...]  # what libraries wrote to standard error
    status: int  # exit status, or minus the signal
    late: bool


def answer(hangup: int, engine: Engine, message: packets.Message) -> bytes:
    """Print one page in a child and return the answer; end the server when *hangup* closes meanwhile."""
    limits = guard.Limits(**message.header["limits"])
    server = os.getpid()
    ear, reply = os.pipe()
    second_ear, mouth = os.pipe()
    if not (child := os.fork()):
        os.dup2(mouth, stderr.STDERR)
        for each in (hangup, ear, second_ear, mouth):
            os.close(each)
        _print(
            reply,
            engine,
            message,
            lambda report: guard.lock(limits, server, engine.readable, report),
        )
    for each in (reply, mouth):
        os.close(each)
    return verdict(_collect(child, hangup, (ear, second_ear), limits.seconds))


def verdict(end: End) -> bytes:
    """Return the answer for the parent: a print with what was said meanwhile, or the kind of failure."""
    try:
        message = packets.unpack(end.answer)
    except packets.HungUpError:
        return packets.pack(_failure(end))
    if message.header["kind"] == "print":
        facts = Facts.from_json(message.header["facts"])
        message.header["facts"] = replace(facts, complaints=facts.complaints + end.said).to_json()
    return packets.pack(*message)


def _failure(end: End) -> dict[str, str]:
    if end.late or end.status in (-signal.SIGALRM, -signal.SIGXCPU):
        return {"kind": "late"}
    if NO_MEMORY.search("\n".join(end.said)):
        return {"kind": "memory"}
    name = signal.Signals(-end.status).name if end.status < 0 else f"exit status {end.status}"
    return {"kind": "died", "what": ": ".join((name, *end.said[-1:]))}


def _print(
    reply: int, engine: Engine, message: packets.Message, lock: Callable[[Report], None]
) -> NoReturn:
    try:
        lock(lambda what: packets.write(reply, packets.pack({"kind": "denied", "what": what})))
        html, *blobs = message.blobs
        done = engine.render(html.decode(), dict(zip(message.header["assets"], blobs, strict=True)))
        packets.write(
            reply, packets.pack({"kind": "print", "facts": done.facts.to_json()}, (done.pdf,))
        )
    except MemoryError:
        packets.write(reply, MEMORY)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is the answer
        packets.write(
            reply,
            packets.pack(
                {
                    "kind": "failed",
                    "what": ": ".join(filter(None, (type(error).__name__, str(error)))),
                }
            ),
        )
    finally:
        os._exit(os.EX_OK)  # a normal exit would run the server's clean-up


def _collect(child: int, hangup: int, ears: tuple[int, int], seconds: float) -> End:
    deadline = time.monotonic() + seconds
    heard = {each: bytearray() for each in ears}
    waiting = poll()
    for each in (hangup, *ears):
        waiting.register(each, POLLIN)
    still, late = set(ears), False
    while still and not late:
        for each, _event in waiting.poll(max(0.0, deadline - time.monotonic()) * 1000):
            if each == hangup:  # nobody waits for the answer any more
                _reap(child)
                os._exit(os.EX_OK)
            if part := os.read(each, CHUNK):
                heard[each] += part
            else:
                waiting.unregister(each)
                still.discard(each)
        late = bool(still) and time.monotonic() >= deadline
    status = _reap(child)
    for each in ears:
        os.close(each)
    reply, noise = (bytes(heard[each]) for each in ears)
    return End(reply, stderr.lines(noise[: stderr.MOST]), status, late)


def _reap(child: int) -> int:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)  # does not change how one ended that has ended
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
