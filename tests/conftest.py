"""What all tests share: the rule for tests that need a program which a user's machine may lack."""

from __future__ import annotations

import os

import pytest

from press.doctor import PROGRAMS, program

ALL = os.environ.get("PRESS_TEST_ALL") == "1"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Name what was not run and why; where everything must run, its absence is a failure."""
    for need, names in PROGRAMS.items():
        if item.get_closest_marker(need) and program(need) is None:
            reason = f"not run: needs a {need}, and none of {', '.join(names)} is on the PATH"
            (pytest.fail if ALL else pytest.skip)(reason)


@pytest.fixture
def browser() -> str:
    """Return the path of a browser, for tests marked so."""
    return program("browser") or pytest.skip("mark the test with pytest.mark.browser")


@pytest.fixture
def java() -> str:
    """Return the path of a Java runtime, for tests marked so."""
    return program("java") or pytest.skip("mark the test with pytest.mark.java")
