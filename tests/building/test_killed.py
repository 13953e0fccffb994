"""A build that is killed at any system call, or meets a full disk, leaves the old outputs or the new ones, never a mix."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.building.killing import BEGIN
from tests.building.project import SECONDS, Project, copied, environment, files, needs, run

if TYPE_CHECKING:
    from collections.abc import Iterator

DRIVER = Path(__file__).with_name("killing.py")
CHANGING = (
    "write|pwrite64|ftruncate|fsync|fdatasync|link|linkat|symlink|symlinkat|rename|renameat|renameat2"
    "|unlink|unlinkat|mkdir|mkdirat|rmdir|utimensat|chmod|fchmod|fchmodat|open|openat|access|faccessat2?"
)
# Calls that find a disk full: fsync where space is given late, open when it makes a file.
FILLING = {"write", "pwrite64", "fsync", "link", "linkat", "mkdir", "mkdirat", "openat", "rename"}
LAST = 1000  # of the calls of one kind in a run: more than there are
OLD, NEW = "They are quiet.[^quiet]", "They are calm.[^quiet]"
Files = dict[str, bytes]


@dataclass(frozen=True)
class Ready:
    """A project whose content has changed, and whose store has all that the change asks for."""

    project: Project
    before: Path  # a copy of what a build changes: outputs, store and state
    old: Files
    new: Files

    def reset(self, *, first: bool = False) -> None:
        """Let it be as before the build, or as if it was never built, but for the store."""
        for path in self.project.root.glob(".build*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name in ("build", ".press"):
            shutil.rmtree(self.project.root / name, ignore_errors=True)
            shutil.copytree(self.before / name, self.project.root / name)
        if first:
            shutil.rmtree(self.project.out)
            (self.project.root / ".press" / "state.json").unlink()

    def found(self) -> Files:
        """Return its outputs."""
        return files(self.project.out)

    def beside(self) -> list[str]:
        """Return what stands beside its outputs and is no part of the project."""
        names = [path.name for path in self.project.root.glob(".build*")]
        return [*names, *(path.name for path in (self.project.root / ".press").rglob("*.part"))]


def ready(root: Path) -> Ready:
    """Make a project of one brief, and build it before and after a change."""
    project = copied(root)
    for name in ("briefs", "blocks"):
        (project.content / name / "blue.yaml").unlink()
    project.edit("content/limits.yaml", "audiences:\n  blue: {pages: 2}\n", "")
    project.good("build")
    old, state = files(project.out), (root / ".press" / "state.json").read_bytes()
    first = root.with_name(f"{root.name} old")
    shutil.copytree(project.out, first / "build")
    project.edit("content/blocks/red.yaml", OLD, NEW)
    project.good("build")
    new = files(project.out)
    assert {"en/red.html", "en/red.pdf"} <= {name for name in old if old[name] != new[name]}
    shutil.copytree(root / ".press", first / ".press")
    (first / ".press" / "state.json").write_bytes(state)
    return Ready(project, first, old, new)


@dataclass(frozen=True)
class Driver:
    """A process that runs command lines of a project, under strace."""

    project: Project
    line: socket.socket

    def run(self, words: str, call: str = "", number: int = 0) -> tuple[int, str]:
        """Run a command line so that strace stops at its call of this number; return status and words."""
        said = self.project.root / "said"
        request = {"words": words, "said": str(said), "call": call, "number": str(LAST - number)}
        self.line.send(json.dumps(request).encode())
        status = int(self.line.recv(100))
        return status, said.read_text()


@contextmanager
def driven(project: Project, *options: str) -> Iterator[Driver]:
    """Start a driver, its strace with *options*."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(SECONDS)
    trace = f"trace=/^({CHANGING})$"
    strace = ["strace", "-f", "-qq", "-e", trace, "-o", str(project.root / "calls"), *options]
    command = [*strace, *project.python(str(DRIVER), str(project.root))]
    with subprocess.Popen(command, cwd=project.root, env=environment(), stdin=theirs) as process:
        theirs.close()
        with ours:  # closed, it ends the driver
            assert ours.recv(100) == b"ready"
            yield Driver(project, ours)
        assert process.wait(SECONDS) == 0


def calls(ready: Ready, *, first: bool) -> list[tuple[str, int]]:
    """Return name and number of each call of a build that changes a file, as strace counts them."""
    with driven(ready.project) as driver:
        for _ in ("cached", "counted"):  # what Python keeps is there the second time
            ready.reset(first=first)
            (ready.project.root / "calls").write_text("")
            assert driver.run("build")[0] == 0
        assert ready.found() == ready.new
    trace = (ready.project.root / "calls").read_text()
    counts: Counter[str] = Counter()
    found, begun = [], ""
    for process, name, rest in re.findall(r"^(\d+) +(\w+)\((.*)", trace, re.MULTILINE):
        begun = begun or (process if BEGIN in rest else "")
        if process == begun and BEGIN not in rest:
            counts[name] += 1
            changes = "O_CREAT" in rest if name == "openat" else "access" not in name
            if changes and "EEXIST" not in rest:
                found.append((name, counts[name]))
    assert max(counts.values()) < LAST
    return found


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> list[Ready]:
    """Return two such projects, so that two processors have work."""
    needs("strace")
    folder = tmp_path_factory.mktemp("killed").resolve()
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(ready, [folder / "one", folder / "two"]))


def at_each(pair: list[Ready], injection: str, *, first: bool, wanted: set[str] | None) -> int:
    """Build with *injection* at each call, in both projects in turn, and look at what is left; return how often."""
    points = [point for point in calls(pair[0], first=first) if not wanted or point[0] in wanted]
    names = {name for name, _ in points}
    options = [f"-einject={name}:{injection}:when={LAST}" for name in sorted(names)]

    def work(number: int) -> None:
        one = pair[number]
        with driven(one.project, *options) as driver:
            for call, count in points[number::2]:
                one.reset(first=first)
                status, said = driver.run("build", call, count)
                look(one, f"{call} {count}: {status} {said}", status, first=first)
                assert driver.run("build")[0] == 0
                assert one.found() == one.new, (call, count)
                assert one.beside() == [], (call, count)

    def look(one: Ready, what: str, status: int, *, first: bool) -> None:
        assert "Traceback" not in what, what
        assert status == -signal.SIGKILL if "KILL" in injection else status in {0, 74}, what
        old: Files = {} if first else one.old
        left = one.found()
        assert left in (old, one.new), what
        if status == 74:
            assert re.search("no space left on device", what), what
            assert left == old or "write" in what or "in place" in what or "state" in what, what
        elif status == 0:
            assert left == one.new, what

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    print(Counter(name for name, _ in points))
    return len(points)


def test_killed_at_any_call(pair: list[Ready]) -> None:
    """What is left is the old tree or the new one; the next build makes the new one and leaves nothing beside it."""
    assert at_each(pair, "signal=SIGKILL", first=False, wanted=None) > 50
