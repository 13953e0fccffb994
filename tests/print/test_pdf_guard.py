"""A locked process cannot reach outside: it ends at once, and says what it tried."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = """
import os, socket, subprocess, sys, pathlib, ctypes, shutil, tempfile, time, signal, urllib.request, encodings.idna
from press.print.server import guard
folder = pathlib.Path(sys.argv[1])
server = socket.socket()
def report(what):
    os.write(1, what.encode())
tempfile.tempdir = str(folder)
{before}
guard.lock(guard.PrintLimits({limits}), os.getppid(), (folder / "readable",), report)
{attempt}
os.write(1, b"done")
os._exit(0)
"""


def locked(
    folder: Path, attempt: str, *, before: str = "", limits: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run *attempt* in a locked process."""
    (folder / "readable").mkdir(exist_ok=True)
    (folder / "readable" / "file").write_text("readable")
    (folder / "secret").write_text("secret")
    code = LOCK.format(before=before, attempt=textwrap.dedent(attempt), limits=limits)
    command = [sys.executable, "-c", code, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("attempt", "what"),
    [
        ("open(folder / 'secret')", "reading {folder}/secret"),
        ("open(folder / 'readable' / '..' / 'secret')", "reading {folder}/secret"),
        ("open(str(folder / 'readable') + 'x')", "reading {folder}/readablex"),
        ("open(bytes(folder / 'secret'))", "reading {folder}/secret"),
        ("os.open(folder / 'secret', os.O_RDONLY)", "reading {folder}/secret"),
        ("open(folder / 'readable' / 'file', 'a')", "writing {folder}/readable/file"),
        ("open(folder / 'readable' / 'new', 'x')", "writing {folder}/readable/new"),
        ("os.open(folder / 'readable' / 'file', os.O_RDWR)", "writing {folder}/readable/file"),
        ("socket.socket()", "socket.__new__"),
        ("server.connect(('127.0.0.1', 9))", "socket.connect"),
        ("server.bind(('127.0.0.1', 0))", "socket.bind"),
        ("server.sendto(b'a', ('127.0.0.1', 9))", "socket.sendto"),
        ("socket.getaddrinfo('localhost', 80)", "socket.getaddrinfo"),
        ("urllib.request.urlopen('http://127.0.0.1:9')", "urllib.Request"),
        ("subprocess.run(['true'])", "subprocess.Popen"),
        ("os.system('true')", "os.system"),
        ("os.execv('/bin/true', ['true'])", "os.exec"),
        ("os.posix_spawn('/bin/true', ['true'], {})", "os.posix_spawn"),
        ("os.fork()", "os.fork"),
        ("os.remove(folder / 'secret')", "os.remove"),
        ("os.rename(folder / 'secret', folder / 'b')", "os.rename"),
        ("os.mkdir(folder / 'new')", "os.mkdir"),
        ("os.link(folder / 'secret', folder / 'b')", "os.link"),
        ("os.symlink(folder / 'secret', folder / 'b')", "os.symlink"),
        ("os.truncate(folder / 'secret', 0)", "os.truncate"),
        ("os.chmod(folder / 'secret', 0)", "os.chmod"),
        ("os.utime(folder / 'secret')", "os.utime"),
        ("os.kill(os.getppid(), signal.SIGTERM)", "os.kill"),
        ("shutil.rmtree(folder)", "shutil.rmtree"),
        ("tempfile.mkdtemp(dir=folder)", "tempfile.mkdtemp"),
        ("ctypes.CDLL('libc.so.6')", "ctypes.dlopen"),
        ("import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))", "resource.setrlimit"),
    ],
)
def test_reaching_outside_ends_the_process(tmp_path: Path, attempt: str, what: str) -> None:
    """Not even a bare `except` goes on; the attempt is named, and nothing has happened."""
    run = locked(tmp_path, f"try:\n    {attempt}\nexcept BaseException:\n    pass")
    assert run.stdout == what.format(folder=tmp_path)
    assert run.returncode == os.EX_NOPERM
    assert (tmp_path / "secret").read_text() == "secret"
    assert {path.name for path in tmp_path.iterdir()} == {"readable", "secret"}


@pytest.mark.parametrize(
    "attempt",
    [
        "assert open(folder / 'readable' / 'file').read() == 'readable'",
        "os.listdir(folder)",
        "os.read(os.dup(0), 0)",
        "import press.problems",
    ],
)
def test_what_a_print_needs_is_left(tmp_path: Path, attempt: str) -> None:
    """Files of the readable folders, open descriptors and loaded modules stay in reach."""
    run = locked(tmp_path, attempt, before="import press.problems")
    assert (run.stdout, run.stderr) == ("done", "")


def test_memory_has_a_limit(tmp_path: Path) -> None:
    """What goes beyond is a MemoryError; what stays within is not."""
    attempt = """
    bytearray(32 << 20)
    try:
        bytearray(128 << 20)
    except MemoryError:
        os.write(1, b"memory ")
    """
    if sys.platform != "linux":
        pytest.skip("not run: only Linux holds a process to its memory")
    assert locked(tmp_path, attempt, limits="memory=64 << 20").stdout == "memory done"


def test_a_process_that_nobody_ends_ends_itself(tmp_path: Path) -> None:
    """The last resort is an alarm some seconds after the limit."""
    run = locked(tmp_path, "while True: time.sleep(1)", limits="seconds=0.1")
    assert run.returncode < 0
    assert run.stdout == ""


def test_no_file_grows_even_if_it_is_open(tmp_path: Path) -> None:
    """A descriptor that was open before writes nothing to disk."""
    before = "log = os.open(folder / 'log', os.O_WRONLY | os.O_CREAT)"
    run = locked(tmp_path, "os.write(log, b'a')", before=before)
    assert run.returncode != 0
    assert (tmp_path / "log").read_bytes() == b""


def test_an_orphan_does_not_begin(tmp_path: Path) -> None:
    """A child whose server died before it could ask for its signal ends before it does anything."""
    code = LOCK.format(before="", attempt="", limits="").replace("os.getppid()", "1 << 30")
    command = [sys.executable, "-c", code, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (run.returncode, run.stdout) == (os.EX_TEMPFAIL, b"")
