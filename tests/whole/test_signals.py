"""A build that is stopped in the middle ends at once and leaves no process, no leftover and the old outputs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.project import environment, files, marks
from tests.support.warm import SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.project import Project

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="not run: needs Linux's /proc"
)
SERVER = b"press.print.server.serve"
AT_ONCE = 60  # seconds, on any machine; a build that waited for its servers would take two minutes


def until(ready: Callable[[], object], what: str) -> None:
    """Wait for something that comes sooner or later, on a slow machine later."""
    end = time.monotonic() + SECONDS
    while not ready():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def processes(project: Project) -> dict[int, bytes]:
    """Return the processes that run for a project, with their command lines."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (path / "cmdline").read_bytes()
            world = (path / "environ").read_bytes()
            state = (path / "stat").read_text().rpartition(")")[2].split()[0]
            ours = os.fsencode(project.root) + b"/" in command + world
            if state != "Z" and ours and b"/tests/support/forking.py" not in command:
                found[int(path.name)] = command
    return found


def servers(project: Project) -> list[int]:
    """Return the print servers of a project, and their children."""
    return [number for number, command in processes(project).items() if SERVER in command]


@contextmanager
def building(project: Project) -> Iterator[subprocess.Popen[str]]:
    """Print all anew, and come to a halt when a print server is there."""
    project.forget_prints()
    assert not processes(project)
    with subprocess.Popen(
        project.command("build", "--jobs", "1"),
        cwd=project.root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a group of its own, as a shell gives it
    ) as process:
        try:
            # the warm process, a server and its child: a print is being made
            printing = lambda: len(servers(project)) > 2 or process.poll() is not None  # noqa: E731
            until(printing, "nothing was printed")
            assert process.poll() is None, process.communicate()
            yield process
        finally:
            for number in [process.pid, *servers(project)]:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)


@contextmanager
def halted(project: Project) -> Iterator[subprocess.Popen[str]]:
    """Print all anew, and hold the print server: the build waits for it, and can't end by itself."""
    with building(project) as process:
        for number in servers(project):
            os.kill(number, signal.SIGSTOP)
        assert process.poll() is None
        yield process


def whole(project: Project, built: Project) -> None:
    """Assert that the next build makes all, and leaves nothing beside it."""
    assert project.made("--audience", "red")["en/red"] == "new"
    assert files(project.out) == files(built.out)
    assert not list(project.root.glob(".build*"))
    assert not list((project.root / ".press").rglob("*.part"))


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_build_that_is_asked_to_end_does(
    built: Project, project: Project, number: signal.Signals, status: int
) -> None:
    """Ctrl-C goes to the whole group; there is no traceback, no process and no change, and the next build works."""
    before = marks(project.out)
    with halted(project) as process:
        os.killpg(process.pid, number)
        said, complained = process.communicate(timeout=AT_ONCE)
    assert (process.returncode, said, complained) == (status, "", "")
    assert not processes(project)
    assert marks(project.out) == before
    if number == signal.SIGINT:  # once is enough
        whole(project, built)


INJECTED = """
import signal, sys, threading
from press.build import fit
real = fit.fit_job

once = threading.Lock()

def job(*words):
    if once.acquire(blocking=False):  # a second signal would end it by force
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    return real(*words)

fit.fit_job = job
from press.__main__ import lean
from press.ground import signals
signals.heed()
sys.exit(lean()(["inv", "build"]))
"""


def test_a_signal_to_a_print_thread_ends_the_build(project: Project) -> None:
    """The kernel may choose any thread; the main one waits for the prints meanwhile, and is told."""
    project.forget_prints()
    before = marks(project.out)
    done = subprocess.run(
        project.python("-c", INJECTED),
        cwd=project.root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=AT_ONCE,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (143, "", "")
    assert not processes(project)
    assert marks(project.out) == before


def test_a_build_that_is_killed_leaves_no_process(built: Project, project: Project) -> None:
    """Nobody ends its print servers; they notice, and the next build works."""
    before = marks(project.out)
    with building(project) as process:
        process.kill()
        process.wait(SECONDS)
        until(lambda: not processes(project), "a print server lives on")
    assert process.returncode == -signal.SIGKILL
    assert marks(project.out) == before
    whole(project, built)


def test_a_second_build_does_not_wait_for_the_first(project: Project) -> None:
    """While one run is at it, the other says who, at once; then the first may go on."""
    with halted(project) as process:
        for task in ("build", "plan"):
            done = project.run(task)
            said = f"inv: another run (process {process.pid}, build) is working here; "
            assert (done.returncode, done.stdout) == (75, "")
            assert done.stderr.startswith(said)
        for number in servers(project):
            os.kill(number, signal.SIGCONT)
        said, complained = process.communicate(timeout=SECONDS)
    assert (process.returncode, complained) == (0, "")
    assert "2 editions rendered" in said
