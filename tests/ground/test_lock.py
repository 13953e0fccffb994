"""One run at a time: the lock is held, named, and gone with its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from press.ground import lock
from press.ground.lock import hold
from press.ground.paths import shown
from press.problems import BusyError, OutputError
from tests.support.rights import without_rights

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
HOLDER = """
import os, sys
from pathlib import Path
from press.ground.lock import hold
with hold(Path(sys.argv[1]), "build"):
    print("held", flush=True)
    sys.stdin.read()
"""
FORKED = HOLDER.replace("sys.stdin", "os.fork() or print(os.getpid(), flush=True)\n    sys.stdin")
LEAVING = HOLDER.replace(
    "sys.stdin",
    """child = os.fork()
    if not child:
        file = open(sys.argv[1] + "/letter", "r+")  # under the lock's number, which is free
        raise SystemExit
    os.waitpid(child, 0)
    print("left", flush=True)
    sys.stdin""",
)


@contextmanager
def held_elsewhere(folder: Path, code: str = HOLDER) -> Iterator[subprocess.Popen[str]]:
    """Have another process hold the lock of *folder*."""
    command = [sys.executable, "-c", code, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            holder.kill()


def test_a_second_run_is_told_who_works_here(tmp_path: Path) -> None:
    """The message names the process and its task."""
    with held_elsewhere(tmp_path) as holder, pytest.raises(BusyError) as caught, hold(tmp_path):
        pass
    expected = f"another run (process {holder.pid}, build) is working here; wait for it or stop it"
    assert str(caught.value) == expected
    assert caught.value.status == 75


def test_a_second_holder_in_the_same_process_is_refused(tmp_path: Path) -> None:
    """Two threads are two runs."""
    with hold(tmp_path, "check"), pytest.raises(BusyError, match="check"), hold(tmp_path):
        pass


def test_a_holder_that_has_not_written_yet_is_not_named(tmp_path: Path) -> None:
    """Between the lock and the name in it there is a moment."""
    with held_elsewhere(tmp_path):
        (tmp_path / "lock").write_bytes(b"")
        with pytest.raises(BusyError, match=r"^another run is working"), hold(tmp_path):
            pass


def test_the_lock_can_be_had_again(tmp_path: Path) -> None:
    """The file stays and names nobody."""
    with hold(tmp_path):
        assert (tmp_path / "lock").read_text() == f"process {os.getpid()}, build"
    assert (tmp_path / "lock").read_bytes() == b""
    with hold(tmp_path):
        pass


def test_a_task_that_fails_lets_go(tmp_path: Path) -> None:
    """The lock ends with the `with`, whatever ends that."""
    with pytest.raises(ZeroDivisionError), hold(tmp_path):
        raise ZeroDivisionError
    with hold(tmp_path):
        pass


def test_the_lock_dies_with_its_holder(tmp_path: Path) -> None:
    """A killed run leaves no lock, and its name is replaced."""
    with held_elsewhere(tmp_path) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert str(holder.pid) in (tmp_path / "lock").read_text()
        with hold(tmp_path, "plan"):
            expected = f"process {os.getpid()}, plan"
            assert (tmp_path / "lock").read_text() == expected


def test_a_program_started_by_the_holder_does_not_hold(tmp_path: Path) -> None:
    """A child process that outlives its parent must not keep others out."""
    with hold(tmp_path):
        child = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        with hold(tmp_path):
            assert child.poll() is None
    finally:
        child.kill()
        child.wait()


def test_a_copy_of_the_lock_does_not_hold(tmp_path: Path) -> None:
    """A child that was forked just now has one for a moment."""
    with hold(tmp_path):
        [file] = lock._taken
        copy = os.dup(file)
    try:
        with hold(tmp_path):
            assert len(lock._taken) == 1
    finally:
        os.close(copy)


def test_a_forked_child_does_not_hold(tmp_path: Path) -> None:
    """A copy of the killed holder lives on, and the lock is free."""
    with held_elsewhere(tmp_path, FORKED) as holder:
        assert holder.stdout
        child = int(holder.stdout.readline())
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        try:
            with hold(tmp_path):
                os.kill(child, 0)
        finally:
            os.kill(child, signal.SIGKILL)


def test_a_forked_child_that_leaves_does_not_let_go(tmp_path: Path) -> None:
    """The end of the `with` in a copy of the holder is not the end of the lock."""
    path = tmp_path / "lock"
    (tmp_path / "letter").write_text("dear")
    with held_elsewhere(tmp_path, LEAVING) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "left\n"
        assert (tmp_path / "letter").read_text() == "dear"
        assert path.read_text() == f"process {holder.pid}, build"
        with pytest.raises(BusyError), hold(tmp_path):
            pass


def test_a_lock_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    """A run that waited at a deleted file would share the lock with nobody."""
    code = (
        "import fcntl, os, shutil, sys; from pathlib import Path; from press.ground import lock\n"
        "folder = Path(sys.argv[1]); take = lock.take\n"
        "def late(file):\n"
        "    shutil.rmtree(folder); folder.mkdir(); lock.take = take\n"
        "    return take(file)\n"
        "lock.take = late\n"
        "with lock.hold(folder): print((folder / 'lock').read_text())\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("process ")


def test_a_folder_that_may_not_be_written_is_named(shared: Path) -> None:
    """The way out begins with the path."""
    with without_rights(shared), pytest.raises(OutputError) as caught, hold(shared):
        pass
    assert str(caught.value) == f"{shown(shared / 'lock')}: permission denied"
    assert caught.value.status == 74


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """What a link leads to is not ours to write."""
    letter = tmp_path / "letter"
    letter.write_text("dear")
    (tmp_path / "lock").symlink_to(letter)
    with pytest.raises(OutputError, match="lock"), hold(tmp_path):
        pass
    assert letter.read_text() == "dear"
