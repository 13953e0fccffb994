"""What `./inv` does: sentences, each of which calls one function of press."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from invoke import Context, Exit, task

from press.paths import ROOT
from press.problems import CONFIGURATION, FAILED, USAGE, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable

LINT = (
    ("-m", "ruff", "check"),
    ("-m", "ruff", "format", "--check"),
    ("-m", "mypy"),
    # it has no module to run
    ("-c", "from importlinter.cli import lint_imports_command as main; main(['--no-logo'])"),
)


def python(*arguments: str) -> int:
    """Run a developer's tool at the root of the project and return its exit status."""
    if importlib.util.find_spec("pytest") is None:
        raise ConfigurationError("the tools for developers are missing; ./inv test sets them up")
    return subprocess.run([sys.executable, "-I", *arguments], cwd=ROOT, check=False).returncode


def wants_json(output: str) -> bool:
    """Return whether programs are to read what a task prints."""
    if output not in {"text", "json"}:
        raise Exit(f"--output is text or json, not '{output}'", code=USAGE)
    return output == "json"


def as_json(values: Iterable[Any]) -> str:
    """Return frozen values as a JSON array."""
    return json.dumps(list(map(asdict, values)), ensure_ascii=False, indent=2)


@task(help={"match": "run only those whose name matches: a word, or 'a and not b'"})
def test(_: Context, match: str = "") -> None:
    """Run the tests."""
    if status := python("-m", "pytest", "-q", *(["-k", match] if match else [])):
        raise Exit(code=status)


@task
def lint(_: Context) -> None:
    """Check the code: style, format, types, layers."""
    statuses = [python(*tool) for tool in LINT]
    if any(statuses):
        raise Exit(code=FAILED)


@task(help={"output": "text, or json for programs"})
def doctor(_: Context, output: str = "text") -> None:
    """Tell what this machine has and lacks, and how to mend it."""
    from press.doctor import look, shown

    findings = look()
    print(as_json(findings) if wants_json(output) else shown(findings))
    if any(finding.needed and not finding.good for finding in findings):
        raise Exit(code=CONFIGURATION)
