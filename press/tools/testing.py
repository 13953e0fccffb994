"""Run the tests: all of them, the quick ones, or those of some rooms."""

import os
from collections.abc import Iterable
from pathlib import Path

from press.ground.paths import Folders
from press.problems import USAGE, PressError, did_you_mean

TESTS = Folders.here().root / "tests"
# A whole file goes to one process, so that what it prepares for its tests is prepared once. tests/conftest.py puts
# the longest files first: then the processes end at about the same time. One process more than processors works
# while others wait for a server.
TOGETHER = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder")


class NoTestsError(PressError):
    """There are no tests where the user wants some to be run."""

    status = USAGE


def command(
    places: Iterable[str] = (), *, fast: bool = False, match: str = "", record: bool = False
) -> list[str]:
    """Return what to have Python do: run the tests in *places*, or all.

    Raises:
        NoTestsError: a place does not exist.
    """
    chosen = [place(typed) for typed in places]
    words = ["-m", "pytest", "-q"]
    words += ["--in-turn"] * (not chosen and not match)
    words += ["--fast"] * fast + ["--record"] * record + ["-k", match] * bool(match)
    one_file = len(chosen) == 1 and ".py" in chosen[0]
    return [*words, *(() if one_file else TOGETHER), *chosen]


def place(typed: str) -> str:
    """Return the path of the tests that the user means: 'content', 'tests/content', 'page/test_cut.py::test_x'."""
    name, colons, test = typed.partition("::")
    for path in (Path(name).resolve(), (TESTS / name).resolve()):
        if path.exists() and path.is_relative_to(TESTS):
            return f"{path}{colons}{test}"
    rooms = [path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")]
    raise NoTestsError(f"there are no tests in '{typed}'{did_you_mean(name, set(rooms))}")
