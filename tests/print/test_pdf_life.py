"""Print servers come and go with their parent: none outlives it, none is left as a zombie, a dead one is replaced."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path, PosixPath
from typing import TYPE_CHECKING

import pytest

from press.print.server.client import PrintFailedError, PrintServer, Setup
from press.print.server.guard import PrintLimits
from press.problems import ConfigurationError
from tests.print.test_pdf_samples import ASSETS, BOMB, given, page, serving

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PROC = Path("/proc/self/stat")
PATIENCE = 60.0  # seconds; nothing here should take more than one or two
needs_proc = pytest.mark.skipif(not PROC.exists(), reason="not run: needs /proc")

PARENT = """
import pathlib, sys
from press.print.server.guard import PrintLimits
from tests.print.test_pdf_samples import ASSETS, BOMB, serving
with serving(pathlib.Path(sys.argv[1]), PrintLimits(seconds=600)) as server:
    server.begin(ASSETS)
    if sys.argv[2] == "between":
        server.lay_out("<p>a")
        sys.stdin.read()
    server.write(BOMB)
"""


def children(pid: int, *, zombies: bool = False) -> set[int]:
    """Return the processes that *pid* has started and that live, or those too that nobody has waited for."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and (zombies or state != "Z"):
                found.add(int(stat.parent.name))
    return found


def parent(pid: int) -> int:
    """Return the process that has started *pid*."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def family_of(pid: int) -> set[int]:
    """Return all that live of what *pid* has started, and of what those have."""
    own = children(pid)
    return own.union(*map(family_of, own))


def lives(pid: int) -> bool:
    """Say whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soon(condition: Callable[[], object]) -> bool:
    """Wait until *condition* holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(condition())


def python(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a Python that knows the project."""
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE)


@needs_proc
@pytest.mark.parametrize(
    ("when", "processes"), [("at the start", 1), ("in a print", 3), ("between", 3)]
)
def test_nothing_outlives_a_killed_parent(tmp_path: Path, when: str, processes: int) -> None:
    """After kill -9 of the parent, the warm process, its copy and its child are gone, in and between layouts."""
    with python(PARENT, str(tmp_path), when) as parent:
        assert soon(lambda: len(family_of(parent.pid)) == processes)
        family = family_of(parent.pid)
        parent.kill()
    assert soon(lambda: not any(map(lives, family)))


@needs_proc
def test_a_server_leaves_no_zombie(tmp_path: Path) -> None:
    """After the end of a server nothing of it is in the table of processes."""
    with serving(tmp_path) as server:
        pid = server.pid
        server.print(page(), ASSETS)
        assert Path(f"/proc/{pid}").exists()
        assert not children(pid or 0, zombies=True)
    assert server.pid is None
    assert not Path(f"/proc/{pid}").exists()


@needs_proc
def test_a_child_dies_with_its_server(tmp_path: Path) -> None:
    """When a server is killed in a print, the print ends; the page is tried once more, and then given up."""
    killed: list[int | None] = []

    def kill_twice(server: PrintServer) -> None:
        for _ in range(2):
            assert soon(lambda: server.pid not in {None, *killed} and children(server.pid or 0))
            killed.append(server.pid)
            family.update(children(server.pid or 0))
            os.kill(server.pid or 0, signal.SIGKILL)

    family: set[int] = set()
    with serving(tmp_path, PrintLimits(seconds=600)) as server:
        killer = threading.Thread(target=kill_twice, args=(server,))
        killer.start()
        with pytest.raises(PrintFailedError, match="died twice") as failure:
            server.print(BOMB, ASSETS)
        killer.join()
        assert failure.value.kind == "died"
        assert len(set(killed)) == 2
        assert soon(lambda: not any(map(lives, family)))
        assert server.print(page(), ASSETS).pdf


@needs_proc
def test_a_stopped_server_outlives_no_killed_parent(tmp_path: Path) -> None:
    """The warm process does not wait for it for ever."""
    with python(PARENT, str(tmp_path), "between") as parent:
        assert soon(lambda: len(family_of(parent.pid)) == 3)
        [warm] = children(parent.pid)
        [copy] = children(warm)
        os.kill(copy, signal.SIGSTOP)
        parent.kill()
    assert soon(lambda: not lives(warm) and not lives(copy))


@needs_proc
def test_a_warm_process_that_died_is_started_again(tmp_path: Path) -> None:
    """Its copies end with it, in a print or idle; the next page has a copy of a new one."""
    with serving(tmp_path) as server:
        copy = server.pid or 0
        warm = parent(copy)
        assert children(warm) == {copy}
        os.kill(warm, signal.SIGKILL)
        assert soon(lambda: not lives(copy))
        assert server.print(page(), ASSETS).pdf
        assert parent(server.pid or 0) not in {warm, os.getpid()}


@needs_proc
def test_a_server_that_the_system_does_not_start_is_told_at_once(tmp_path: Path) -> None:
    """With as many processes as a user may have, the warm process says so and lives on."""
    if not os.geteuid():
        pytest.skip("root may have any number of processes")
    with serving(tmp_path) as server:
        copy = server.pid or 0
        resource.prlimit(parent(copy), resource.RLIMIT_NPROC, (1, 1))
        os.kill(copy, signal.SIGKILL)
        assert soon(lambda: not lives(copy))
        with pytest.raises(ConfigurationError, match="starts no further print server"):
            server.print(page(), ASSETS)
        assert server.print(page(), ASSETS).pdf  # of a new warm process


def test_a_server_that_died_idle_is_replaced(tmp_path: Path) -> None:
    """The next page is printed as if nothing had happened."""
    with serving(tmp_path) as server:
        first = server.pid
        assert first
        os.kill(first, signal.SIGKILL)
        assert server.print(page(), ASSETS).pdf
        assert server.pid != first


@needs_proc
def test_a_page_survives_its_server_and_not_its_child(tmp_path: Path) -> None:
    """A server that died between two layouts is replaced and begins anew; a page whose child died has no print."""
    with serving(tmp_path) as server:
        server.begin(ASSETS)
        facts = server.lay_out(page())
        os.kill(server.pid or 0, signal.SIGKILL)
        assert server.write(page()).facts == facts
        assert (server.layouts, server.writings) == (2, 1)
        server.begin(ASSETS)
        server.lay_out(page())
        [child] = children(server.pid or 0)
        os.kill(child, signal.SIGKILL)
        with pytest.raises(PrintFailedError, match="died over this page: SIGKILL"):
            server.write(page())
        assert server.write(page()).facts == facts


@needs_proc
def test_a_page_that_is_given_up_makes_room(tmp_path: Path) -> None:
    """Its child ends as soon as another page begins."""
    with serving(tmp_path) as server:
        for _ in range(2):
            server.begin(ASSETS)
            server.lay_out(page())
            assert len(children(server.pid or 0, zombies=True)) == 1
        assert server.print(page(), {"bars.svg": b""}).facts.complaints


def test_a_server_can_be_ended_in_a_print(tmp_path: Path) -> None:
    """Whoever waits for the print learns of it at once; the server prints no more."""
    with serving(tmp_path, PrintLimits(seconds=600)) as server:
        killer = threading.Timer(0.5, server.kill)
        killer.start()
        with pytest.raises(PrintFailedError, match="was ended") as failure:
            server.print(BOMB, ASSETS)
        killer.join()
        assert failure.value.kind == "ended"
        with pytest.raises(PrintFailedError, match="was ended"):
            server.print(page(), ASSETS)


@needs_proc
def test_a_server_that_is_killed_while_it_starts_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever kills it then finds no process to end; the one that starts it has to see to that."""
    mute = tmp_path / "mute"
    mute.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    mute.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(mute))

    class Killing(PosixPath):
        """The path of the fontconfig file, which is asked for just before the process is there."""

        def resolve(self, strict: bool = False) -> Killing:  # noqa: FBT001, FBT002 - as its base
            server.kill()
            return super().resolve(strict)

    server = PrintServer(Setup(Killing(tmp_path / "fonts.conf")))
    said: list[PrintFailedError] = []

    def start() -> None:
        with pytest.raises(PrintFailedError) as failure, server:
            pass
        said.append(failure.value)

    starting = threading.Thread(target=start, daemon=True)
    starting.start()
    starting.join(PATIENCE)  # half of what it would wait for an answer
    assert [failure.kind for failure in said] == ["ended"]
    assert server.pid is None


def test_an_interrupt_is_for_the_parent(tmp_path: Path) -> None:
    """Ctrl-C at the terminal reaches no server, since it is in a session of its own."""
    with serving(tmp_path) as server:
        assert server.pid
        assert os.getsid(server.pid) == server.pid != os.getsid(0)


def test_without_faces_there_is_no_server(tmp_path: Path) -> None:
    """A folder without fonts is told, since else every page would come out as empty boxes."""
    setup = given(tmp_path)
    text = setup.fontconfig.read_text()
    (tmp_path / "empty").mkdir()
    setup.fontconfig.write_text(
        text.replace(str(ROOT / "templates" / "fonts"), str(tmp_path / "empty"))
    )
    assert setup.fontconfig.read_text() != text
    with pytest.raises(ConfigurationError, match="No fonts"), PrintServer(setup):
        pass


UNFIT = {
    "without Pango": (
        """
        import cffi
        real = cffi.FFI.dlopen
        def dlopen(self, name, *flags):
            if "pango" in name:
                raise OSError(f"cannot load library '{name}'")
            return real(self, name, *flags)
        cffi.FFI.dlopen = dlopen
        """,
        "libpango-1.0-0",
    ),
    "without HarfBuzz-subset": (
        """
        import cffi
        real = cffi.FFI.dlopen
        def dlopen(self, name, *flags):
            if "harfbuzz-subset" in name:
                raise OSError(f"cannot load library '{name}'")
            return real(self, name, *flags)
        cffi.FFI.dlopen = dlopen
        """,
        "libharfbuzz-subset is missing",
    ),
    "with a second thread": (
        """
        import threading, time
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
        """,
        "the print server has 2 threads",
    ),
}


@pytest.mark.parametrize("unfit", UNFIT)
def test_an_unfit_machine_is_told(tmp_path: Path, unfit: str) -> None:
    """What is missing is named, with the packages that bring it."""
    before, message = UNFIT[unfit]
    code = textwrap.dedent(before) + textwrap.dedent(
        """
        from press.page.fonts import FAMILIES
        from press.print.server import serve
        from press.problems import ConfigurationError
        try:
            serve.warm_engine(FAMILIES)
        except ConfigurationError as error:
            print(error)
        """
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "FONTCONFIG_FILE": str(given(tmp_path).fontconfig),
        },
        capture_output=True,
        check=True,
        text=True,
    )
    assert message in run.stdout
    if unfit != "with a second thread":
        assert "brew install pango" in run.stdout
        assert "libharfbuzz-subset0" in run.stdout


def test_the_parent_stays_light() -> None:
    """Who prints imports no engine."""
    code = "import sys, press.print, press.print.pool; print(*sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    loaded = set(run.stdout.split())
    assert "press.print.server.client" in loaded
    assert not loaded & {"weasyprint", "pypdfium2", "PIL", "fontTools", "tinycss2"}
