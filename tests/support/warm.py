"""Drive a process that runs command lines as forks of itself (forking.py), so that none has to import all again."""

from __future__ import annotations

import json
import os
import selectors
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SCRIPT = Path(__file__).with_name("forking.py")
SECONDS = 600  # a safety net, whatever the machine: no test depends on it
Mark = tuple[str, int, int]


def code(root: Path) -> set[Mark]:
    """Return what tells that the code of a project has not changed."""
    found = set()
    for folder, _, names in os.walk(root / "press"):
        if not folder.endswith("__pycache__"):
            for name in names:
                status = os.stat(f"{folder}/{name}")  # noqa: PTH116 - for each run, so quickly
                found.add((f"{folder}/{name}", status.st_size, status.st_mtime_ns))
    return found


class Server:
    """A warm process for one project."""

    def __init__(self, root: Path, line: socket.socket, variables: dict[str, str]) -> None:
        self.line = line
        self.variables = variables
        self.root = root
        self.code = code(root)

    def serves(self, variables: dict[str, str]) -> bool:
        """Return True where a fork would do what a cold process does: nothing it has imported has changed."""
        return variables == self.variables and code(self.root) == self.code

    def start(self, words: Sequence[str], folder: Path, streams: list[int], **more: str) -> None:
        """Run a command line in *folder*, its standard streams being *streams*."""
        os.umask(umask := os.umask(0))
        request = {"words": words, "folder": str(folder), "umask": umask, **more}
        socket.send_fds(self.line, [json.dumps(request).encode()], streams)

    def end(self) -> int:
        """Wait for the process, and return its exit status, or minus the signal that ended it."""
        return int(self.line.recv(100))

    def run(self, words: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a command line, its outputs in pipes."""
        pipes = [os.pipe(), os.pipe()]
        nothing = os.open(os.devnull, os.O_RDONLY)
        self.start(words, folder, [nothing, *(mouth for _, mouth in pipes)])
        for each in (nothing, *(mouth for _, mouth in pipes)):
            os.close(each)
        out, complaints = (text.decode() for text in read_all([ear for ear, _ in pipes]))
        return subprocess.CompletedProcess([*words], self.end(), out, complaints)


def read_all(ears: list[int]) -> list[bytes]:
    """Return what comes out of some pipes until all of them are closed."""
    heard = {ear: bytearray() for ear in ears}
    end = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as waiting:
        for ear in ears:
            waiting.register(ear, selectors.EVENT_READ)
        while waiting.get_map():
            assert time.monotonic() < end, heard
            for key, _ in waiting.select(SECONDS):
                if part := os.read(key.fd, 1 << 16):
                    heard[key.fd] += part
                else:
                    waiting.unregister(key.fd)
                    os.close(key.fd)
    return [bytes(text) for text in heard.values()]


@contextmanager
def served(root: Path, python: list[str], variables: dict[str, str]) -> Iterator[Server]:
    """Start a process for the project in *root*; *python* is how its Python is run, by strace for instance."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(SECONDS)
    with subprocess.Popen(
        [*python, str(SCRIPT)], cwd=root, env=variables, stdin=theirs.fileno()
    ) as process:
        theirs.close()
        with ours:  # closed, it ends the process
            assert ours.recv(100) == b"ready"
            yield Server(root, ours, variables)
        assert process.wait(SECONDS) == 0
