"""What all tests share: the plan of a run, and the rule for tests that need a program which a machine may lack."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from press.cli.doctor import PROGRAMS, program
from tests.support.absence import absent
from tests.support.plan import Plan, Record
from tests.support.series import left_out
from tests.support.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterator

# A shell lets what it starts in the background ignore these, which is inherited: tests that send them
# would wait forever.
for _number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(
            _number, signal.default_int_handler if _number is signal.SIGINT else signal.SIG_DFL
        )

# no test depends on how fast the machine is
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what `inv test` passes on."""
    parser.addoption(
        "--in-turn",
        action="store_true",
        help="leave out half of the slow tests, unless all must run",
    )
    parser.addoption("--fast", action="store_true", help="leave out the files of slow tests")
    parser.addoption("--record", action="store_true", help="renew tests/durations.json")
    parser.addoption(
        "--renew-bytes", action="store_true", help="renew the records of bytes that tests make"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Plan the run."""
    config.pluginmanager.register(Plan(config, record := Record()), "plan")
    config.pluginmanager.register(Turns(record), "turns")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Name what was not run and why; where everything must run, what the machine lacks is a failure."""
    if item.get_closest_marker("series") and (reason := left_out()):
        pytest.skip(reason)
    for need, names in PROGRAMS.items():
        if item.get_closest_marker(need) and program(need) is None:
            absent(f"needs a {need}, and none of {', '.join(names)} is on the PATH")


@pytest.fixture
def browser() -> str:
    """Return the path of a browser, for tests marked so."""
    return program("browser") or pytest.skip("mark the test with pytest.mark.browser")


@pytest.fixture
def java() -> str:
    """Return the path of a Java runtime, for tests marked so."""
    return program("java") or pytest.skip("mark the test with pytest.mark.java")


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which all processes of a run keep what they make from the project's own templates."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    (folder / "work").mkdir(exist_ok=True)
    return folder / "work"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the same print servers print all that the tests of a file produce."""
    from tests.support.editions import (  # noqa: PLC0415 - brings the program, which few tests need
        shared_servers,
    )

    with shared_servers(tmp_path_factory.mktemp("servers")):
        yield


@pytest.fixture
def shared() -> Iterator[Path]:
    """Return a folder that every user can get at, unlike pytest's own."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder).resolve()
