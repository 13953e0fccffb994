"""A build that is killed at any system call, or meets a full disk, leaves the old outputs or the new ones, whole."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.support.forking import BEGIN
from tests.support.project import STRACE, Project, copied, environment, files, needs, run
from tests.support.turns import MOVING, NAMING, calls_in_turn
from tests.support.warm import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.warm import Server

CHANGING = (
    "write|pwrite64|ftruncate|fsync|fdatasync|link|linkat|symlink|symlinkat|rename|renameat|renameat2"
    "|unlink|unlinkat|mkdir|mkdirat|rmdir|utimensat|chmod|fchmod|fchmodat|open|openat|access|faccessat2?"
)
# Calls that find a disk full: an open is one that makes a file.
FILLING = {"write", "pwrite64", "fsync", "link", "linkat", "mkdir", "mkdirat", "openat", "rename"}
MOST = 100  # calls of a kind that changes files, in a build or the driver: more than there are
MOST_OPEN = 2500  # to import something is to open files
OLD, NEW = "They are quiet.[^quiet]", "They are calm.[^quiet]"
Files = dict[str, bytes]
Point = tuple[str, int]  # a system call, and which of its name


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


def ready(root: Path, work: Path, store: Path | None = None) -> Ready:
    """Make a project of one brief, and build it before and after a change, with what another's *store* has."""
    project = copied(root, work)
    if store:
        shutil.copytree(store, root / ".press" / "store", dirs_exist_ok=True)
    for name in ("briefs", "blocks"):
        (project.content / name / "blue.yaml").unlink()
    project.edit("content/limits.yaml", "audiences:\n  blue: {pages: 3}\n", "")
    project.good("build")
    old, state = files(project.out), (root / ".press" / "state.json").read_bytes()
    first = root.with_name(f"{root.name} old")
    shutil.copytree(project.out, first / "build")
    project.edit("content/blocks/red.yaml", OLD, NEW)
    project.good("build")
    new = files(project.out)
    assert {"en/red.html", "en/red.pdf", "en/red-short.pdf"} <= {
        name for name in old if old[name] != new[name]
    }
    shutil.copytree(root / ".press", first / ".press")
    (first / ".press" / "state.json").write_bytes(state)
    return Ready(project, first, old, new)


def last(call: str) -> int:
    """Return the number of the call at which strace stops a run: no run makes so many by itself."""
    return MOST_OPEN if call.startswith("open") else MOST


@dataclass(frozen=True)
class Driver:
    """A process that runs command lines of a project, under strace."""

    root: Path
    server: Server

    def run(self, words: str, call: str = "", number: int = 0) -> tuple[int, str]:
        """Run a command line so that strace stops at its call of this number; return status and words."""
        nothing = os.open(os.devnull, os.O_RDONLY)
        with (self.root / "said").open("w+") as said:
            streams = [nothing, said.fileno(), said.fileno()]
            in_vain = {"call": call, "number": str(last(call) - number)} if call else {}
            self.server.start(words.split(), self.root, streams, **in_vain)
            os.close(nothing)
            status = self.server.end()
            said.seek(0)
            return status, said.read()


@contextmanager
def driven(project: Project, *options: str) -> Iterator[Driver]:
    """Start a driver, its strace with *options*."""
    trace = f"trace=/^({CHANGING})$"
    strace = [*STRACE, "-e", trace, "-o", str(project.root / "calls"), *options]
    with served(project.root, [*strace, *project.python()], environment()) as server:
        yield Driver(project.root, server)


def calls(ready: Ready, *, first: bool) -> list[Point]:
    """Return name and number of each call of a build that changes a file, as strace counts them."""
    with driven(ready.project) as driver:
        for _ in ("learned", "counted"):  # what it imports is there the second time
            ready.reset(first=first)
            (ready.project.root / "calls").write_text("")
            assert driver.run("build")[0] == 0
        assert ready.found() == ready.new
    trace = (ready.project.root / "calls").read_text().lstrip("\0")  # where the first was cut off
    counts: Counter[str] = Counter()
    found, begun = [], ""
    for process, name, rest in re.findall(r"^(\d+) +(\w+)\((.*)", trace, re.MULTILINE):
        begun = begun or (process if BEGIN in rest else "")
        if process == begun and BEGIN not in rest:
            counts[name] += 1
            changes = "O_CREAT" in rest if name == "openat" else "access" not in name
            if changes and "EEXIST" not in rest:
                found.append((name, counts[name]))
    assert all(counts[name] < last(name) for name, _ in found)
    return found


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, work: Path) -> Iterator[list[Ready]]:
    """Return two such projects, so that two processors have work."""
    needs("strace")
    folder = tmp_path_factory.mktemp("killed").resolve()
    one = ready(folder / "one", work)
    both = [one, ready(folder / "two", work, one.before / ".press" / "store")]
    with both[0].project.warm(), both[1].project.warm():
        yield both


@pytest.fixture(scope="module")
def later(pair: list[Ready]) -> list[Point]:
    """Return the calls of a build after a change that change a file."""
    return calls(pair[0], first=False)


def at_each(pair: list[Ready], injection: str, points: list[Point], *, first: bool) -> None:
    """Build with *injection* at each of *points*, in both projects in turn; look at what is left and build again."""
    options = [
        f"-einject={name}:{injection}:when={last(name)}"
        for name in sorted({name for name, _ in points})
    ]

    ends: list[int] = []

    def work(number: int) -> None:
        one = pair[number]
        with driven(one.project, *options) as driver:
            one.reset(first=first)
            assert driver.run("build")[0] == 0  # it imports now what it will need
            for point in points[number::2]:
                one.reset(first=first)
                status, said = driver.run("build", *point)
                ends.append(status)
                look(one, status, f"{point}: {status} {said}", first=first)
                one.project.good("build")
                assert one.found() == one.new, point
                assert one.beside() == [], point

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert len(ends) == len(points)
    assert ends.count(0) <= max(1, len(ends) / 10)  # nearly all were stopped


def look(one: Ready, status: int, said: str, *, first: bool) -> None:
    """Look at what a build that was stopped has left, and at what it has said."""
    assert "Traceback" not in said, said
    left = one.found()
    if status == 74:
        assert re.search(r"no space left on device", said, re.IGNORECASE), said
    elif status == 0:  # the call was not worth an end
        assert left == one.new, said
    else:
        assert status == -signal.SIGKILL, said
    assert left in ({} if first else one.old, one.new), said


def test_killed_at_any_call(
    pair: list[Ready], later: list[Point], record_property: Callable[..., None]
) -> None:
    """What is left is the old tree or the new one; the next build makes the new one and leaves nothing beside it."""
    assert len(later) > 50
    assert {"renameat2", "unlinkat", "fsync", "write"} < {name for name, _ in later}
    chosen = calls_in_turn(later, MOVING, record_property)
    at_each(pair, "signal=SIGKILL", chosen, first=False)


@pytest.mark.turns("what may be stopped")
def test_a_first_build_killed_at_any_call_for_names(
    pair: list[Ready], record_property: Callable[..., None]
) -> None:
    """There is no tree or the new one."""
    points = [(name, number) for name, number in calls(pair[0], first=True) if name in NAMING]
    assert len(points) > 5
    chosen = calls_in_turn(points, MOVING, record_property)
    at_each(pair, "signal=SIGKILL", chosen, first=True)


@pytest.mark.turns("what may be stopped")
def test_a_disk_that_is_full_at_any_call(
    pair: list[Ready], later: list[Point], record_property: Callable[..., None]
) -> None:
    """The message says so, and what is left is the old tree or the new one."""
    points = [(name, number) for name, number in later if name in FILLING]
    assert len(points) > 30
    at_each(pair, "error=ENOSPC", calls_in_turn(points, set(), record_property), first=False)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """Mount a disk of this size at *folder*."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(folder)]
    if os.geteuid() or run(mount, folder.parent).returncode:
        pytest.skip("not run: needs root, and the right to mount")
    try:
        yield
    finally:
        assert run(["umount", str(folder)], folder.parent).returncode == 0


@pytest.mark.parametrize("room", ["none", "for some files"])
def test_a_disk_that_is_full_indeed(pair: list[Ready], tmp_path: Path, room: str) -> None:
    """The old tree stays and nothing is left of the new one; with room again, the next build makes it."""
    ready, disk = pair[0], tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, 4000):
        ready.reset()
        out = disk / "build"
        shutil.copytree(ready.before / "build", out)
        ballast = disk / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        if room != "none":
            os.truncate(ballast, ballast.stat().st_size - 70_000)  # a page, and not a print
        done = ready.project.run("build", "--out", str(out))
        assert (done.returncode, done.stdout) == (74, "")
        assert re.fullmatch(r"inv: .*: no space left on device\n", done.stderr, re.IGNORECASE)
        assert files(out) == ready.old
        assert {path.name for path in disk.iterdir()} == {"ballast", "build"}
        ballast.unlink()
        ready.project.good("build", "--out", str(out))
        assert files(out) == ready.new


@pytest.mark.turns("what may be stopped")
def test_clean_killed_at_any_call_for_names(pair: list[Ready]) -> None:
    """All outputs are there or none; what is left of them does not stop the next build."""
    points = [("rename", 1), *(("unlinkat", number) for number in (1, 4, 9)), ("rmdir", 1)]
    one = pair[0]
    options = [f"-einject={name}:signal=SIGKILL:when={last(name)}" for name in dict(points)]
    with driven(one.project, *options) as driver:
        for point in points:
            one.reset()
            status, said = driver.run("clean", *point)
            assert status == -signal.SIGKILL, f"{point}: {said}"
            assert one.found() in ({}, one.old), point
            assert driver.run("build")[0] == 0, point
            assert one.found() == one.new, point
            assert one.beside() == [], point
