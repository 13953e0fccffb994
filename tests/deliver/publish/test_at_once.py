"""Two publishes to one target: the second waits; one that was taken for dead does no harm when it wakes."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from press.deliver.publish import PublishRequest, publish
from press.deliver.publish.target_lease import DEAD, local_lock
from press.problems import IO, TRY_AGAIN, BusyError
from tests.deliver.publish.releases import OLD, faults, site
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.deliver.publish.conftest import OnDisk, Runner


def other(runner: Runner, target: str, **more: str) -> None:
    """Publish to *target* from another installation."""
    folders = replace(HERE, work=runner.folder / "other-work", releases=runner.folder / "releases")
    request = PublishRequest(target, folders, **more)  # type: ignore[arg-type] # names of releases
    publish(request, lambda *_: None)


def age(folder: OnDisk) -> None:
    """Let the run at the target have given no sign for a long time."""
    path = folder.root / ".press-publish" / "run.json"
    then = path.stat().st_mtime - DEAD - 1
    os.utime(path, (then, then))


def test_one_installation_publishes_once_at_a_time(tmp_path: Path) -> None:
    """Before the target is even asked; to another target it may publish meanwhile."""
    with local_lock(tmp_path, "a") as name, local_lock(tmp_path, "b"), pytest.raises(BusyError):
        local_lock(tmp_path, "a").__enter__()
    with local_lock(tmp_path, "a") as again:
        assert again == name


def test_a_run_of_another_installation_is_waited_for(folder: OnDisk) -> None:
    """Nobody can know whether it lives, until it has given no sign for a long time; then it is completed."""
    folder.hold_old()
    assert folder.publish(kill=20)[0] == -signal.SIGKILL
    before = folder.found()
    with pytest.raises(BusyError, match="try again in 15 minutes"):
        other(folder.runner, folder.target)
    assert folder.found() == before
    age(folder)
    other(folder.runner, folder.target)
    assert site(folder.found()) == folder.new


def test_a_run_of_the_own_installation_is_known_to_be_dead(folder: OnDisk) -> None:
    """The lock of its process has ended with it: nobody waits."""
    folder.hold_old()
    assert folder.publish(kill=20)[0] == -signal.SIGKILL
    folder.good()
    assert site(folder.found()) == folder.new


@pytest.mark.parametrize("number", [8, 24])
def test_a_run_that_was_stopped_lets_others_in(folder: OnDisk, number: int) -> None:
    """Ctrl-C before and after something went live: it says so at the target, and another one completes it at once."""
    folder.hold_old()
    status, _ = folder.publish(kill=number, fate=signal.SIGINT)
    assert status
    assert faults(folder.found(), folder.old, folder.new) == []
    other(folder.runner, folder.target)
    assert site(folder.found()) == folder.new


def test_a_full_disk_leaves_the_site_as_it_was(folder: OnDisk) -> None:
    """It is told, nothing stays behind, and the next run needs nobody's leave."""
    folder.hold_old()
    before = folder.found()
    status, said = folder.publish(most=20_000)
    assert (status, "the site there is as it was" in said["message"]) == (IO, True), said
    assert folder.found() == before
    other(folder.runner, folder.target)
    assert site(folder.found()) == folder.new


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
@pytest.mark.parametrize("number", range(8, 35, 6))
def test_a_run_that_wakes_after_another_took_over_changes_nothing(
    folder: OnDisk, number: int
) -> None:
    """It was stopped in the midst of its work, and finds the target in other hands, or set free again."""
    folder.hold_old()
    process = folder.runner.start(folder.target, kill=number, fate=signal.SIGSTOP)
    while state(process) not in "TZ":
        time.sleep(0.005)
    assert state(process) == "T"
    age(folder)
    other(folder.runner, folder.target, release=OLD)
    found = folder.found()
    os.kill(process, signal.SIGCONT)
    status, said = folder.runner.end()
    assert (status, "taken over" in said["message"]) == (TRY_AGAIN, True), said
    after = {name: data for name, data in folder.found().items() if not name.startswith(".press")}
    assert after == {name: data for name, data in found.items() if not name.startswith(".press")}
    assert site(after) == folder.old


def state(process: int) -> str:
    """Return what the system says of a process: running, stopped, gone."""
    with open(f"/proc/{process}/stat", encoding="utf-8") as file:  # noqa: PTH123 - one line
        return file.read().rpartition(")")[2].split()[0]
