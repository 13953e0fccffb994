"""Run the tools that developers have: linters and tests, in the Python of the project."""

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
    """Run Python with *arguments* at the root of the project and return its exit status."""
    return signals.run([sys.executable, "-I", *arguments], cwd=Folders.here().root).returncode


def lint() -> int:
    """Run all linters and return the exit status: 0 if none complains."""
    statuses = [python(*linter) for linter in LINTERS]
    return FAILED if any(statuses) else OK
