"""Time how long a preview takes from an edit to the page that shows it."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit


def edits(
    command: list[str], folder: Path, edit: Callable[[], None], brief: str, rounds: int
) -> Iterator[float]:
    """Run the *command* of a preview in *folder*; yield the seconds from each *edit* of a *brief* to its page."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            place = urlsplit(process.stdout.readline().strip()).netloc
            with closing(HTTPConnection(place)) as line:
                line.request("GET", "/changes")
                states = _states(line)
                for _ in range(rounds):
                    before = next(state for state in states if not state["at_work"])
                    name = next(each for each in before["editions"] if each.endswith(f"/{brief}"))
                    _get(place, name)  # as a browser that shows it
                    began, key = perf_counter(), before["editions"][name]["page"]
                    edit()
                    next(state for state in states if state["editions"][name]["page"] != key)
                    _get(place, name)
                    yield perf_counter() - began
        finally:
            process.terminate()


def _states(line: HTTPConnection) -> Iterator[dict[str, Any]]:
    """Yield what the preview tells a browser."""
    for told in line.getresponse():
        if told.startswith(b"data: "):
            yield json.loads(told.removeprefix(b"data: "))


def _get(place: str, name: str) -> None:
    """Ask for the page called *name*."""
    with closing(HTTPConnection(place)) as line:
        line.request("GET", f"/pages/{name}.html")
        line.getresponse().read()
