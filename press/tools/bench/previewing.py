"""Time how long a preview takes from an edit to what shows it, beside a plain render in a process that is warm."""

import json
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from press.ground import signals
from press.problems import ConfigurationError
from press.tools.bench.content import Bench
from press.tools.bench.spending import environment, script

PATIENCE = 120.0  # seconds in which a preview may have nothing new to show


class Preview:
    """A preview at *place*, HOST:PORT, as a browser sees it that shows a *brief*."""

    def __init__(self, place: str, brief: str) -> None:
        self._place, self._brief = place, brief
        self._states = self._listen()
        self._state = next(self._states)
        self.at_rest()

    def edition(self) -> tuple[str, str]:
        """Return the paths of the page and of the picture of the PDF's first page, each new with each change."""
        name = next(name for name in self._state["editions"] if name.endswith(f"/{self._brief}"))
        edition = self._state["editions"][name]
        pdf = next((pdf for pdf, _ in edition["prints"].values()), None)
        return f"/pages/{name}.html?{edition['page']}", f"/prints/{pdf}/1.png"

    def at_rest(self) -> None:
        """Wait until all is shown."""
        self.until(lambda: not self._state["at_work"])

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something *holds*.

        Raises:
            ConfigurationError: it never does, since the content has a mistake, or the preview has ended.
        """
        while not holds():
            self._state = next(self._states)
            wrong = [
                each["text"] for each in self._state["problems"] if each["severity"] == "error"
            ]
            wrong += filter(None, [self._state["message"]])
            if wrong and not self._state["at_work"]:
                raise ConfigurationError(f"a preview shows no edit: {wrong[0]}")

    def get(self, path: str) -> None:
        """Get what is at *path*."""
        with closing(HTTPConnection(self._place)) as line:
            line.request("GET", path)
            line.getresponse().read()

    def _listen(self) -> Iterator[dict[str, Any]]:
        """Yield what the preview shows, each time that this changes."""
        host, _, port = self._place.partition(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(f"GET /changes HTTP/1.0\r\nHost: {self._place}\r\n\r\n".encode())
            rest = b""
            while signals.readable(line, PATIENCE) and (read := line.recv(1 << 16)):
                *whole, rest = (rest + read).split(b"\n")
                for each in whole:
                    if each.startswith(b"data: "):
                        yield json.loads(each.removeprefix(b"data: "))
        raise ConfigurationError(f"a preview has ended, or had nothing new for {PATIENCE:g} s")


def edits(bench: Bench, rounds: int) -> Iterator[tuple[float, float, float]]:
    """Yield the seconds from each edit to the page that shows it, to the picture of the PDF, and of a plain render."""
    brief = bench.briefs[0]
    plain = [*script("warm"), str(bench.plain / f"{brief}.html")]
    with running(bench, plain) as warm, running(bench, bench.press("preview", "--no-open")) as ours:
        preview = Preview(urlsplit(_answer(ours)).netloc, brief)
        _answer(warm)  # which loads the engine and the faces
        for _ in range(rounds):
            page, picture = preview.edition()
            preview.get(page)
            began = perf_counter()
            bench.edit()
            preview.until(lambda: preview.edition()[0] != page)  # noqa: B023 - asked in this turn
            preview.get(preview.edition()[0])
            to_page = perf_counter() - began
            preview.until(lambda: preview.edition()[1] != picture)  # noqa: B023 - likewise
            preview.get(preview.edition()[1])
            to_picture = perf_counter() - began
            preview.at_rest()
            yield to_page, to_picture, float(_answer(warm))


def _answer(process: subprocess.Popen[str]) -> str:
    """Have *process* do its work, and return the line that it prints.

    Raises:
        ConfigurationError: it has ended.
    """
    print(file=process.stdin, flush=True)
    for line in process.stdout or ():
        return line.strip()
    raise ConfigurationError(f"{process.args!r} has ended")


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
            with suppress(subprocess.TimeoutExpired):
                process.wait(1)
            process.kill()  # on a busy machine
