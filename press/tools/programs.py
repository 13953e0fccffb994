"""Run the tools that developers have: linters and tests, in the Python of the project."""

import os
import sys

from press.ground import signals
from press.ground.paths import Folders
from press.problems import FAILED, OK

LINTERS = (
    ("-m", "ruff", "check"),
    ("-m", "ruff", "format", "--check"),
    ("-m", "mypy"),
    # it has no module to run
    ("-c", "from importlinter.cli import lint_imports_command as main; main(['--no-logo'])"),
)


def python(*arguments: str) -> int:
    """Run Python with *arguments* at the root of the project and return its exit status.

    Nothing that is set for Python reaches it, nor the processes that it starts without -I, as those that run tests.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [sys.executable, "-I", *arguments]
    return signals.run(command, cwd=Folders.here().root, env=kept).returncode


def lint() -> int:
    """Run all linters and return the exit status: 0 if none complains."""
    statuses = [python(*linter) for linter in LINTERS]
    return FAILED if any(statuses) else OK
