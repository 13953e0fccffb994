"""What becomes of a test whose program is absent."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MARKED = """\
import pytest

@pytest.mark.{need}
def test_marked():
    pass
"""


def run(folder: Path, need: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a test that is marked *need* where PATH leads to *folder*."""
    (folder / "tests" / "support").mkdir(parents=True)
    for name in ("support/absence.py", "conftest.py"):
        shutil.copy(ROOT / "tests" / name, folder / "tests" / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "tests" / "test_marked.py").write_text(MARKED.format(need=need), encoding="utf-8")
    command = [sys.executable, "-I", "-m", "pytest", "-q"]
    env = {"PATH": str(folder), **variables}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("need", ["browser", "java"])
def test_it_is_named_as_not_run(tmp_path: Path, need: str) -> None:
    """The summary says which and why."""
    ended = run(tmp_path, need)
    assert ended.returncode == 0
    assert f"not run: needs a {need}" in ended.stdout
    assert "1 skipped" in ended.stdout


@pytest.mark.parametrize("need", ["browser", "java"])
def test_it_fails_where_all_must_run(tmp_path: Path, need: str) -> None:
    """A test that nobody runs is no test."""
    ended = run(tmp_path, need, PRESS_TEST_ALL="1")
    assert ended.returncode == 1
    assert f"not run: needs a {need}" in ended.stdout


def test_it_runs_where_its_program_is(tmp_path: Path) -> None:
    """It is the program that decides."""
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\n", encoding="utf-8")
    java.chmod(0o755)
    assert "1 passed" in run(tmp_path, "java", PRESS_TEST_ALL="1").stdout
