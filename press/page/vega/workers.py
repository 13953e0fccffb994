"""Run processes that draw: give each its share of the specifications, and a time for each drawing."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from select import POLLIN, poll
from threading import Event
from typing import Any, Self, TypeAlias

from press.ground import address_space, signals
from press.problems import ConfigurationError

PROCESS = "press.page.vega.process"
SECONDS = 30.0  # for one drawing, the start of the process included
SHARE = 20  # drawings: they take about as long as the start of a process and its first drawing
ATTEMPTS = 2  # the second in a new process, if the first dies: the system may have killed it
DIED = "the drawing engine crashed twice over this figure"
LATE = "the drawing engine needed more than {:g} s for this figure"
Process: TypeAlias = subprocess.Popen[str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What Vega made of a specification: a drawing and its scene, or a fault."""

    svg: str = ""
    fault: str = ""
    scene: Mapping[str, Any] = field(default_factory=dict, compare=False)


class Drawers:
    """Processes that draw, at most *jobs* at once; each waits for more until the end of the `with`."""

    def __init__(self, jobs: int, faces: Path, seconds: float = SECONDS) -> None:
        self._jobs, self._faces, self._seconds = jobs, faces, seconds
        self._over, self._children, self._idle = Event(), list[Process](), list[Process]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            _end(child)

    def begin(self) -> None:
        """Start a process now, so that it is ready when there is something to draw."""
        if not address_space.lacks():
            self._idle.append(self._start())

    def draw(self, specs: Sequence[str]) -> tuple[Drawing, ...]:
        """Return the drawing of each of *specs*, in order.

        Raises:
            ConfigurationError: the machine does not let the engine start.
        """
        if specs and (wrong := address_space.lacks()):
            raise ConfigurationError(
                f"figures cannot be drawn: the address space is {wrong}; lift the limit"
            )
        number = min(self._jobs, -(-len(specs) // SHARE))
        shares = [specs[start::number] for start in range(number)]
        with ThreadPoolExecutor(max(len(shares), 1), "press-draw") as threads:
            try:
                futures = [threads.submit(self._share, share) for share in shares]
                tuple(signals.wait(futures))
            except (
                BaseException
            ):  # a signal ends the processes, which would keep their threads waiting
                self._over.set()
                for child in tuple(self._children):
                    child.kill()
                raise
            results = [iter(future.result()) for future in futures]
        return tuple(next(results[place % number]) for place in range(len(specs)))

    def _share(self, specs: Sequence[str]) -> list[Drawing]:
        """Draw one after the other in one process, and after a crash or a time-out in a new one."""
        drawn: list[Drawing] = []
        lives, child, deaths = True, self._take(), 0
        while len(drawn) < len(specs) and not self._over.is_set():
            child = child if lives else self._start()
            drawing, lives = _draw(child, specs[len(drawn)], self._seconds)
            deaths = deaths + 1 if drawing.fault == DIED else 0
            if deaths % ATTEMPTS == 0:
                drawn.append(drawing)
            if not lives:
                _end(child)
        if lives:
            self._idle.append(child)
        return drawn

    def _take(self) -> Process:
        """Return a process that waits, or a new one."""
        while self._idle:
            with suppress(IndexError):  # another thread took the last
                child = self._idle.pop()
                if child.poll() is None:  # else something ended it
                    return child
        return self._start()

    def _start(self) -> Process:
        child = signals.start(
            PROCESS,
            str(self._faces.resolve()),
            {},
            encoding="utf-8",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._children.append(child)  # before a look at *over*: one of the two ends it
        return child


def draw(
    specs: Sequence[str], jobs: int, faces: Path, seconds: float = SECONDS
) -> tuple[Drawing, ...]:
    """Return the drawing of each of *specs*, in order, set in *faces*, from processes of their own.

    Raises:
        ConfigurationError: the machine does not let the engine start.
    """
    with Drawers(jobs, faces, seconds) as drawers:
        return drawers.draw(specs)


def _end(child: Process) -> None:
    """End a process that draws, and wait for it; once more changes nothing."""
    child.kill()
    with suppress(BrokenPipeError), child:  # closes its pipes and waits for it
        pass
    child.wait()  # also where a pipe was broken
    signals.dismiss(child.pid)


def _draw(child: Process, spec: str, seconds: float) -> tuple[Drawing, bool]:
    """Return the drawing of *spec*, and whether *child* can go on."""
    ask, answer = child.stdin, child.stdout
    assert ask is not None and answer is not None  # noqa: S101, PT018 - they are pipes
    waiting = poll()
    waiting.register(answer, POLLIN)
    with suppress(BrokenPipeError, ValueError):
        ask.write(spec + "\n")
        ask.flush()
        if not waiting.poll(seconds * 1000):
            return Drawing(fault=LATE.format(seconds)), False
        return Drawing(**json.loads(answer.readline())), True
    return Drawing(fault=DIED), False
