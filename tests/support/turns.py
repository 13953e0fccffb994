"""Take turns: each commit runs a part of the tests that ask the same of many places, and of slow ones."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from tests.support.plan import NOTE, Record, counted, everything, file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

TURNS = 8
ALL_TURNS = 10080  # a multiple of every number of turns that is in use
PARTS = (
    2  # of the tests in files of slow ones, one at each commit; PRESS_TEST_PARTS has another number
)
ALWAYS = 2  # cases of a test that all run at every commit
NAMING = {  # the system calls that change names
    *("rename", "renameat", "renameat2", "link", "linkat"),
    *("mkdir", "mkdirat", "rmdir", "unlink", "unlinkat"),
}
MOVING = {"rename", "renameat", "renameat2"}  # of these, those at which a program is always stopped
Member = TypeVar("Member")


@cache
def turn() -> int:
    """Return the number of this commit's turn, of as many as any share needs; without git, of the first."""
    if not (git := shutil.which("git")):
        return 0
    command = [git, "rev-parse", "HEAD"]
    folder = Path(__file__).parent
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return int(done.stdout or "0", 16) % ALL_TURNS


def in_turn(members: Sequence[Member], always: Iterable[Member] = ()) -> list[Member]:
    """Return those of *members* whose turn it is, and those that always run, in order; where all must run, all."""
    kept = {*always, *(members if everything() else share(members, turn()))}
    return [member for member in members if member in kept]


def share(members: Sequence[Member], turn: int, turns: int = TURNS) -> Sequence[Member]:
    """Return the part of *members* whose turn of so many it is, one at least."""
    return members[turn % min(turns, len(members)) :: turns] if members else members


def turns_of_cases() -> int:
    """Return in how many turns the cases of tests run: PRESS_TEST_TURNS says it, else all where all must run."""
    return int(os.environ.get("PRESS_TEST_TURNS", "1" if everything() else TURNS))


def parts_of_slow_files() -> int:
    """Return in how many turns the tests in files of slow ones run."""
    return int(os.environ.get("PRESS_TEST_PARTS", "1" if everything() else PARTS))


def calls_in_turn(
    calls: Sequence[tuple[str, int]], always: set[str], note: Callable[[str, object], None]
) -> list[tuple[str, int]]:
    """Return the system calls, name and number, at which to stop a program: those called *always*, of others an eighth.

    What is left out is noted.
    """
    picked = in_turn(calls, [call for call in calls if call[0] in always])
    if len(picked) < len(calls):
        note(NOTE, "programs are stopped at some of their system calls; CI=1 has all")
    return picked


def mixed(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the cases of a test in an order of chance, which is the same everywhere."""
    return sorted(items, key=lambda item: hashlib.sha256(item.nodeid.encode()).digest())


class Turns:
    """The plugin that leaves out the cases of tests marked `turns` whose turn it is not.

    Tests of a file that ask nearly the same, marked `turns("of what")`, are the cases of one; these run where all must.
    Of the other tests in files of slow ones, each commit runs a part where that was asked for.
    """

    def __init__(self, record: Record) -> None:
        self.record = record

    @pytest.hookimpl(
        trylast=True
    )  # after what was asked for by name: a test that is alone always runs
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep an eighth of the cases of each such test, one at least, and name the files in the summary."""
        if turns_of_cases() == 1:
            return
        parts = parts_of_slow_files() if config.getoption("--in-turn") else 1
        slow: dict[str, list[pytest.Item]] = {}
        tests: dict[str, list[pytest.Item]] = {}
        for item in items:
            mark = item.get_closest_marker("turns")
            if mark and not (mark.args and everything()):
                name = file_of(item.nodeid) if mark.args else item.nodeid.partition("[")[0]
                tests.setdefault(" ".join((name, *mark.args)), []).append(item)
            elif parts > 1 and not mark and self.record.slow(name := file_of(item.nodeid)):
                slow.setdefault(name, []).append(item)
        left = {item for cases in tests.values() for item in waiting(cases)}
        for file in slow.values():
            left |= {*file} - {*share(mixed(file), turn(), parts)}
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=[*left])
        note_in(items, left)


def waiting(cases: list[pytest.Item]) -> list[pytest.Item]:
    """Return the cases of a test whose turn it is not; where there are few, all run."""
    kept = share(mixed(cases), turn(), turns_of_cases()) if len(cases) > ALWAYS else cases
    return [case for case in cases if case not in kept]


def note_in(items: list[pytest.Item], left: Iterable[pytest.Item]) -> None:
    """Let one test of each file tell how many of its tests are left out."""
    files = Counter(file_of(item.nodeid) for item in left)
    for item in items:
        if number := files.pop(name := file_of(item.nodeid), 0):
            text = f"{name} leaves out {counted(number, 'test')}; CI=1 has all"
            item.user_properties.append((NOTE, text))
