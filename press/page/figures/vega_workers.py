"""Run processes that draw: give each its share of the specifications, and a time for each drawing."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from select import POLLIN, poll
from threading import Event
from typing import Self

from press.ground import address_space, signals
from press.problems import ConfigurationError

PROCESS = "press.page.figures.vega_process"
SECONDS = 30.0  # for one drawing, the start of the process included
DIED = "the drawing engine crashed over this figure"
LATE = "the drawing engine needed more than {:g} s for this figure"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What Vega made of a specification: a drawing, or a fault."""

    svg: str = ""
    fault: str = ""


def draw(
    specs: Sequence[str], jobs: int, faces: Path, seconds: float = SECONDS
) -> tuple[Drawing, ...]:
    """Return the drawing of each of *specs*, in order, set in *faces*; *jobs* processes work at once.

    Raises:
        ConfigurationError: the machine does not let the engine start.
    """
    if specs and (wrong := address_space.lacks()):
        raise ConfigurationError(
            f"figures cannot be drawn: the address space is {wrong}; lift the limit"
        )
    shares = [specs[start::jobs] for start in range(min(jobs, len(specs)))]
    over, children = Event(), list[_Child]()
    with ThreadPoolExecutor(max(len(shares), 1), "press-draw") as threads:
        try:
            futures = [
                threads.submit(_share, share, faces, seconds, over, children) for share in shares
            ]
            for _ in signals.wait(futures):
                pass
        finally:  # a signal ends the processes, which would keep their threads waiting
            over.set()
            for child in tuple(children):
                child.kill()
        results = [iter(future.result()) for future in futures]
    return tuple(next(results[number % len(shares)]) for number in range(len(specs)))


def _share(
    specs: Sequence[str], faces: Path, seconds: float, over: Event, children: "list[_Child]"
) -> list[Drawing]:
    """Draw one after the other in one process, and after a crash or a time-out in a new one."""
    drawn: list[Drawing] = []
    while len(drawn) < len(specs) and not over.is_set():
        with _Child(faces, seconds) as child:
            children.append(child)  # before the look at *over*: one of the two ends it
            for spec in specs[len(drawn) :]:
                if over.is_set():
                    break
                drawn.append(child.draw(spec))
                if not child.lives:
                    break
    return drawn


class _Child:
    """A process that draws."""

    def __init__(self, faces: Path, seconds: float) -> None:
        self._seconds = seconds
        self.lives = True
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", PROCESS, str(faces.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd="/",
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for the parent
        )
        signals.adopt(self._process.pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        with suppress(BrokenPipeError), self._process:  # closes its pipes and waits for it
            pass
        self._process.wait()  # also where a pipe was broken
        signals.dismiss(self._process.pid)

    def kill(self) -> None:
        """End the process."""
        self._process.kill()

    def draw(self, spec: str) -> Drawing:
        """Return the drawing of *spec*."""
        ask, answer = self._process.stdin, self._process.stdout
        assert ask is not None and answer is not None  # noqa: S101, PT018 - they are pipes
        waiting = poll()
        waiting.register(answer, POLLIN)
        try:
            ask.write(spec + "\n")
            ask.flush()
        except BrokenPipeError:
            return self._ended(DIED)
        if not waiting.poll(self._seconds * 1000):
            return self._ended(LATE.format(self._seconds))
        line = answer.readline()
        with suppress(ValueError):
            return Drawing(**json.loads(line))
        return self._ended(DIED)

    def _ended(self, fault: str) -> Drawing:
        self.lives = False
        return Drawing(fault=fault)


def _environment() -> dict[str, str]:
    return {
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }
