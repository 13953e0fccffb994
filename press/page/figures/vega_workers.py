"""Run processes that draw: give each its share of the specifications, and a time for each drawing."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from select import POLLIN, poll
from threading import Event
from typing import Any, TypeAlias

from press.ground import address_space, signals
from press.problems import ConfigurationError

PROCESS = "press.page.figures.vega_process"
SECONDS = 30.0  # for one drawing, the start of the process included
SHARE = 10  # drawings: they take as long as the start of a process
DIED = "the drawing engine crashed over this figure"
LATE = "the drawing engine needed more than {:g} s for this figure"
Process: TypeAlias = subprocess.Popen[str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What Vega made of a specification: a drawing and its scene, or a fault."""

    svg: str = ""
    fault: str = ""
    scene: Mapping[str, Any] = field(default_factory=dict, compare=False)


def draw(
    specs: Sequence[str], jobs: int, faces: Path, seconds: float = SECONDS
) -> tuple[Drawing, ...]:
    """Return the drawing of each of *specs*, in order, set in *faces*; at most *jobs* processes work at once.

    Raises:
        ConfigurationError: the machine does not let the engine start.
    """
    if specs and (wrong := address_space.lacks()):
        raise ConfigurationError(
            f"figures cannot be drawn: the address space is {wrong}; lift the limit"
        )
    number = min(jobs, -(-len(specs) // SHARE))
    shares = [specs[start::number] for start in range(number)]
    over, children = Event(), list[Process]()
    with ThreadPoolExecutor(max(len(shares), 1), "press-draw") as threads:
        try:
            futures = [
                threads.submit(_share, share, faces, seconds, over, children) for share in shares
            ]
            tuple(signals.wait(futures))
        finally:  # a signal ends the processes, which would keep their threads waiting
            over.set()
            for child in tuple(children):
                child.kill()
        results = [iter(future.result()) for future in futures]
    return tuple(next(results[place % number]) for place in range(len(specs)))


def _share(
    specs: Sequence[str], faces: Path, seconds: float, over: Event, children: list[Process]
) -> list[Drawing]:
    """Draw one after the other in one process, and after a crash or a time-out in a new one."""
    drawn: list[Drawing] = []
    while len(drawn) < len(specs) and not over.is_set():
        with _child(faces) as child:
            children.append(child)  # before the look at *over*: one of the two ends it
            lives = True
            while lives and len(drawn) < len(specs) and not over.is_set():
                drawing, lives = _draw(child, specs[len(drawn)], seconds)
                drawn.append(drawing)
    return drawn


@contextmanager
def _child(faces: Path) -> Iterator[Process]:
    """Start a process that draws, and end it at the end of the `with`."""
    child = signals.start(
        PROCESS,
        str(faces.resolve()),
        {},
        encoding="utf-8",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
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
