"""Plan a run of the tests: the longest files first, slow ones left out if so asked; and tell how long it takes."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.terminal import TerminalReporter

TESTS = Path(__file__).parents[1]
RECORD = TESTS / "durations.json"
QUICK = 0.1  # seconds: what a test of a quick file takes at most, on average
SLOW = 0.3  # likewise what one of a slow file takes at least
UNKNOWN = float("inf")  # a new file may be long, so it comes first
NOTE = "note"  # the name under which a test tells what it left out


def everything() -> bool:
    """Return True where no test may leave out a part of its work."""
    return os.environ.get("PRESS_TEST_ALL") == "1" or bool(os.environ.get("CI"))


def file_of(nodeid: str) -> str:
    """Return the file of a test."""
    return nodeid.partition("::")[0]


def clock(seconds: float) -> str:
    """Return a time as people write it."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def counted(number: int, thing: str) -> str:
    """Return how many of a thing there are, in words."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


class Record:
    """How long the tests of each file took, and how many there were."""

    def __init__(self, path: Path = RECORD) -> None:
        self.path = path
        self.files: dict[str, tuple[float, int]] = {}
        if path.exists():
            read = json.loads(path.read_text("utf-8"))
            self.files = {name: (seconds, tests) for name, (seconds, tests) in read.items()}

    def seconds(self, name: str) -> float:
        """Return how long the tests of a file took."""
        return self.files.get(name, (UNKNOWN, 1))[0]

    def quick(self, name: str) -> bool:
        """Return True for a file of quick tests; a file without a record may be one."""
        seconds, tests = self.files.get(name, (0.0, 1))
        return seconds / tests <= QUICK

    def slow(self, name: str) -> bool:
        """Return True for a file of slow tests."""
        seconds, tests = self.files.get(name, (0.0, 1))
        return seconds / tests >= SLOW

    def renew(self, seconds: dict[str, float], tests: dict[str, int], root: Path) -> None:
        """Note what the tests of some files took, and forget files that are gone."""
        new = {name: (round(taken, 1), tests[name]) for name, taken in seconds.items()}
        kept = {name: row for name, row in (self.files | new).items() if (root / name).exists()}
        rows = [f" {json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(kept.items())]
        self.path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


class Plan:
    """The plugin that plans a run, in the processes that run tests and in the one that shares them out."""

    def __init__(self, config: pytest.Config, record: Record) -> None:
        self.config = config
        self.record = record
        self.tests: Counter[str] = Counter()  # of each file
        self.taken: Counter[str] = Counter()  # ms
        self.notes: set[str] = set()

    @property
    def terminal(self) -> TerminalReporter | None:
        """Where a person reads; a process that only runs tests has none."""
        return self.config.pluginmanager.get_plugin("terminalreporter")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the longest files first, and leave out the slow ones where only quick tests are wanted."""
        if self.config.getoption("--fast"):
            slow = [item for item in items if not self.record.quick(file_of(item.nodeid))]
            self.config.hook.pytest_deselected(items=slow)
            items[:] = [item for item in items if self.record.quick(file_of(item.nodeid))]
        items.sort(key=lambda item: (-self.record.seconds(name := file_of(item.nodeid)), name))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell what is ahead, where one process does all."""
        self.announce([item.nodeid for item in session.items], 1)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Tell what is ahead, where several processes share the work: each has the same list."""
        if not self.tests:
            self.announce(ids, self.config.option.numprocesses)

    def announce(self, ids: Iterable[str], processes: int) -> None:
        """Tell how many tests there are and how long they take."""
        self.tests.update(map(file_of, ids))
        if self.terminal:
            self.terminal.write_line(self.told(processes))

    def told(self, processes: int) -> str:
        """Return how many tests there are, and how long they took when that was recorded."""
        number = f"{counted(self.tests.total(), 'test')} in {counted(len(self.tests), 'file')}"
        rows = {name: self.record.files[name] for name in self.tests.keys() & self.record.files}
        work = sum(row[0] * self.tests[name] / row[1] for name, row in rows.items())
        new = len(self.tests) - len(rows)
        unknown = f"; {new} without a record" if new else ""
        shared = f", about {clock(work / processes)} for {processes} processes" * (processes > 1)
        return f"{number}; when last recorded they took {clock(work)}{shared}{unknown}"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what each file takes, and keep what tests have to tell."""
        self.taken[file_of(report.nodeid)] += round(report.duration * 1000)
        self.notes |= {str(text) for name, text in report.user_properties if name == NOTE}

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Tell what was left out, and record the times if so asked."""
        for note in sorted(self.notes):
            terminalreporter.write_line(f"in part: {note}")
        if self.config.getoption("--record"):
            seconds = {name: taken / 1000 for name, taken in self.taken.items()}
            self.record.renew(seconds, self.tests, self.config.rootpath)
