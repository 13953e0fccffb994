"""Run a cluster on loopback: a scheduler of dask and workers, each in a folder of its own."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import psutil

from press.build.build import executor
from press.build.build_request import Request
from tests.support.folders import apart
from tests.support.project import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

SECONDS = 120.0  # a safety net: no test depends on it
SERVER = "press.print.server.serve"


class Running(NamedTuple):
    """A cluster that runs: where its scheduler listens, its processes, that of the scheduler first, and its folders."""

    address: str
    processes: tuple[subprocess.Popen[bytes], ...]
    folders: tuple[Path, ...]

    def executor(self, place: Path) -> Executor:
        """Return what prints there for a build whose folders are in *place*."""
        return executor(Request(apart(place), executor=self.address))

    def servers(self) -> dict[int, int]:
        """Return the worker of each print server, both by process."""
        found = {}
        for process in psutil.process_iter(["cmdline"]):
            worker = process.parent() if SERVER in (process.info["cmdline"] or ()) else None
            if worker and worker.cwd() in map(str, self.folders):
                found[process.pid] = worker.pid
        return found


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def running(place: Path, workers: int, **settings: str) -> Iterator[Running]:
    """Run a scheduler and so many workers, each in a folder of its own."""
    started: list[subprocess.Popen[bytes]] = []
    found, protocol = place / "scheduler.json", ("--protocol", "tls" if settings else "tcp")

    def start(part: str, folder: Path, *words: str) -> Path:
        folder.mkdir(parents=True)
        module = ("-I", "-X", "utf8", "-m", f"distributed.cli.dask_{part}", *words)
        command = [sys.executable, *module, "--dashboard-address", "127.0.0.1:0"]
        with (folder / "log").open("wb") as log:
            variables = environment(**settings)
            started.append(
                subprocess.Popen(command, cwd=folder, env=variables, stdout=log, stderr=log)
            )
        return folder

    listening = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(found))
    try:
        start("scheduler", place / "scheduler", *listening, *protocol)
        until(lambda: found.exists() and found.read_bytes().strip().endswith(b"}"))
        address = json.loads(found.read_bytes())["address"]
        one = ("--nthreads", "1", "--local-directory", ".")
        folders = [
            start("worker", place / f"worker-{number}", address, *one) for number in range(workers)
        ]
        shown = address.replace("tls:", "dask+tls:").replace("tcp:", "dask:")
        yield Running(shown, tuple(started), tuple(folders))
    finally:
        for process in started[::-1]:
            process.terminate()
        for process in started:
            try:
                process.wait(SECONDS / 4)
            except (
                subprocess.TimeoutExpired
            ):  # dask's keeper of a worker may hang when both are to end
                process.kill()
                process.wait()
        gc.collect()  # connections that dask has dropped: what is said of them belongs here
