"""Time how long a preview takes from an edit to what shows it, beside a plain render in a process that is warm."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import chain
from time import perf_counter
from typing import IO, Any
from urllib.parse import urlsplit

from press.problems import ConfigurationError
from press.tools.bench.content import Bench
from press.tools.bench.spending import environment, script

State = dict[str, Any]  # as a browser is told it


def edits(bench: Bench, rounds: int) -> Iterator[tuple[float, float, float]]:
    """Yield the seconds from each edit to the page that shows it, to the picture of the PDF, and of a plain render."""
    brief = bench.briefs[0]
    plain = [*script("warm"), str(bench.plain / f"{brief}.html")]
    preview = bench.press("preview", "--no-open")
    with _talking(bench, plain) as (asked, said), _talking(bench, preview) as (_, address):
        place = urlsplit(address.readline().strip()).netloc
        with closing(HTTPConnection(place)) as line:
            line.request("GET", "/changes")
            states = _states(line)
            _warm(asked, said)  # loads the engine and the faces
            for _ in range(rounds):
                yield (*_edit(bench, place, states, brief), _warm(asked, said))


def _edit(bench: Bench, place: str, states: Iterator[State], brief: str) -> tuple[float, float]:
    """Edit once, and return the seconds to page and picture."""
    before = _next(states, lambda state: not state["at_work"])
    name = next(each for each in before["editions"] if each.endswith(f"/{brief}"))
    _get(place, f"/pages/{name}.html")  # as a browser that shows it
    old = before["editions"][name]
    began = perf_counter()
    bench.edit()
    state = _next(states, lambda state: state["editions"][name]["page"] != old["page"])
    _get(place, f"/pages/{name}.html")
    shown = perf_counter() - began
    every = chain([state], states)
    state = _next(every, lambda state: _print(state["editions"][name]) != _print(old))
    _get(place, f"/prints/{_print(state['editions'][name])}/1.png")
    return shown, perf_counter() - began


def _next(states: Iterator[State], wanted: Callable[[State], bool]) -> State:
    """Return the first state that is *wanted*.

    Raises:
        ConfigurationError: it never comes, since the content has a mistake, or the preview has ended.
    """
    for state in states:
        if wanted(state):
            return state
        wrong = [each["text"] for each in state["problems"] if each["severity"] == "error"]
        if (wrong or state["message"]) and not state["at_work"]:
            raise ConfigurationError(f"a preview shows no edit: {[*wrong, state['message']][0]}")
    raise ConfigurationError("a preview has ended before it showed an edit")


def _print(edition: dict[str, Any]) -> str | None:
    """Return the name of the PDF of an edition, the first of its prints."""
    return next((name for name, _ in edition["prints"].values()), None)


def _warm(asked: IO[str], said: IO[str]) -> float:
    """Return the seconds of one plain render."""
    asked.write("\n")
    asked.flush()
    return float(said.readline())


@contextmanager
def _talking(bench: Bench, command: list[str]) -> Iterator[tuple[IO[str], IO[str]]]:
    """Run *command* during the `with`, and yield its input and output."""
    with running(bench, command) as process:
        assert process.stdin and process.stdout  # noqa: S101, PT018 - both are pipes
        yield process.stdin, process.stdout


@contextmanager
def running(bench: Bench, command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Run *command* during the `with`."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=bench.root, env=environment(bench.root), stdin=pipe, stdout=pipe, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _states(line: HTTPConnection) -> Iterator[State]:
    """Yield what the preview tells a browser."""
    for told in line.getresponse():
        if told.startswith(b"data: "):
            yield json.loads(told.removeprefix(b"data: "))


def _get(place: str, path: str) -> None:
    """Ask for what is at *path*."""
    with closing(HTTPConnection(place)) as line:
        line.request("GET", path)
        line.getresponse().read()
