"""A run that is killed at any change of a file leaves each file of content old or new; the next ends its work."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from press.ground.lock import hold
from press.problems import BusyError
from tests.ingest.test_review import Desk, desk
from tests.support.folders import HERE
from tests.support.project import STRACE, copied, files, needs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["desk"]  # a fixture

CALLS = ("rename", "fsync", "unlink")
MOST = 20  # of one of these in a run
RUN = """
import sys
from dataclasses import replace
from pathlib import Path
from press.content.library import load
from press.ground.paths import Folders
from press.ingest.comparison import compare
from press.ingest.review import accept, ingest
work, place = sys.argv[1], Path(sys.argv[2])
folders = replace(Folders.of(place), root=Path(sys.argv[3]), content=place / "content")
if work == "ingest":
    ingest(place / "texts" / "study.txt", "study", folders, {})
elif work == "texts":
    compare(folders, place / "texts")
else:
    accept(load(folders.content, str(folders.content)), ("town", "young"))
"""


def run(desk: Desk, work: str, *tracer: str) -> int:
    """Do some work in a process of its own; return its status."""
    place = desk.folders.content.parent
    command = [*tracer, sys.executable, "-c", RUN, work, str(place), str(HERE.root)]
    return subprocess.run(command, capture_output=True, check=False).returncode


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
    assert run(desk, work) == 0
    new = files(desk.folders.content)
    changed = {name for name in old if old[name] != new[name]}
    assert len(changed) == {"ingest": 2, "texts": 1, "accept": 1}[work]
    kills = 0
    for call in CALLS:
        for number in range(1, MOST):
            reset(desk, old)
            inject = f"inject={call}:signal=KILL:when={number}"
            status = run(
                desk, work, *STRACE, "-o", "/dev/null", "-e", f"trace={call}", "-e", inject
            )
            if status == 0:
                break
            assert status in {-signal.SIGKILL, 128 + signal.SIGKILL}
            kills += 1
            found = files(desk.folders.content)
            assert all(found[name] in {old[name], new[name]} for name in old)
            assert run(desk, work) == 0
            assert files(desk.folders.content) == new  # with nothing left beside
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
