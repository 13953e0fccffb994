"""Annotate pull requests: print an answer with commands that GitHub's workflows turn into notes at a line."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.cli.answers import Answer
    from press.problems import Problem


def lines(answer: Answer) -> Iterator[str]:
    """Yield the lines of *answer*: what a person reads in the log, then a command for each problem.

    What is read is between commands with a word that no content can know, so that none of its lines is a command.
    """
    word = secrets.token_hex()
    problems = sorted(answer.problems)
    yield f"::stop-commands::{word}"
    yield from filter(None, (*map(str, problems), answer.text))
    yield f"::{word}::"
    yield from map(_command, problems)
    if answer.message:
        yield f"::error title=inv::{_data(answer.message)}"


def _command(problem: Problem) -> str:
    """Return the command that puts *problem* at its line, in a file named from the root of its repository."""
    place = problem.place
    file = Path(os.path.abspath(place.path))  # noqa: PTH100 - as typed, but for '..'
    root = next((folder for folder in file.parents if (folder / ".git").exists()), Path.cwd())
    given = {
        "file": os.path.relpath(file, root),
        "line": place.line,
        "col": place.column,
        "title": problem.rule,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in given.items())
    return f"::{problem.severity} {properties}::{_data(problem.message)}"


def _data(text: str) -> str:
    """Return *text* as the message of a command; as GitHub's own toolkit escapes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
