"""A run that is killed at any change of a file leaves each file of content old or new; the next ends its work."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from press.ground.lock import hold
from press.problems import BusyError
from tests.ingest.test_review import Desk, desk
from tests.ingest.works import do
from tests.support.folders import HERE
from tests.support.project import STRACE, copied, files, needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["desk"]  # a fixture

CALLS = ("rename", "fsync", "unlink")
MOST = 20  # of one of these in a run


@contextmanager
def killed(
    work: str, place: Path, calls: tuple[str, ...] = CALLS
) -> Iterator[Callable[[str, int], int]]:
    """Yield what does some work in a process that is killed at its call of a number, and returns its status."""
    injected = (f"-einject={call}:signal=KILL:when={MOST}" for call in calls)
    strace = [*STRACE, "-o", "/dev/null", f"-etrace={','.join(calls)}", *injected]
    command = [*strace, sys.executable, "-m", "tests.ingest.works", work, str(place)]
    with subprocess.Popen(
        command, cwd=HERE.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        ask, answer = process.stdin, process.stdout
        assert ask
        assert answer

        def run(call: str, number: int) -> int:
            ask.write(f"{call} {MOST - number}\n")
            ask.flush()
            return int(answer.readline())

        yield run


def reset(desk: Desk, to: dict[str, bytes]) -> None:
    """Let the content be as it was."""
    for path in (path for path in desk.folders.content.rglob("*") if path.is_file()):
        path.unlink()
    for name, data in to.items():
        (desk.folders.content / name).write_bytes(data)


@pytest.mark.parametrize("work", ["ingest", "texts", "accept"])
def test_killed_at_any_change_of_a_file(desk: Desk, work: str) -> None:
    """Two files of claims rest on the source, so that some are written before others."""
    needs("strace")
    first, _, second = desk.claims.read_text("utf-8").partition("young:")
    desk.claims.write_text(first, "utf-8")
    desk.claims.with_name("young.yaml").write_text(f"young:{second}", "utf-8")
    if work != "texts":
        desk.change("They are quiet.", "They rust. They are green. Nobody sees them.")
        desk.change("48 gardens", "49 gardens")
    if work == "accept":
        desk.ingest()
    old = files(desk.folders.content)
    place = desk.folders.content.parent
    do(work, place)
    new = files(desk.folders.content)
    changed = {name for name in old if old[name] != new[name]}
    assert len(changed) == {"ingest": 2, "texts": 1, "accept": 1}[work]
    kills = 0
    with killed(work, place) as run:
        for call in CALLS:
            for number in range(1, MOST):
                reset(desk, old)
                if (status := run(call, number)) == 0:
                    break
                assert status == -signal.SIGKILL
                kills += 1
                found = files(desk.folders.content)
                assert all(found[name] in {old[name], new[name]} for name in old)
                do(work, place)
                assert files(desk.folders.content) == new  # with nothing left beside
            assert files(desk.folders.content) == new
    assert kills > 1


def test_a_second_run_at_once_is_refused(tmp_path: Path) -> None:
    """Whether it takes in a review, compares or accepts."""
    project = copied(tmp_path.resolve() / "project")
    (tmp_path / "a.txt").write_text("Gates.", "utf-8")
    review = str(tmp_path / "a.txt")
    with hold(project.root / ".press", "ingest"):
        for words in (
            ["ingest", review, "--id", "a"],
            ["check", "--texts", str(tmp_path)],
            ["check", "--accept", "gardens"],
        ):
            done = project.run(*words)
            assert (done.returncode, done.stdout) == (BusyError.status, ""), done
            assert "ingest) is working here; wait for it or stop it" in done.stderr
