"""Print answers and progress: for a terminal, a pipe or a program."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from press.cli import github

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from press.cli.answers import Answer
    from press.problems import Problem

INV = "./inv"
COMMAND = re.compile(r"(?<![\w/.-])\./inv(?= [a-z])")  # in answers, which quote words of authors
NAMED = re.compile(r"(?<![\w/.-])(?:\./)?inv(?= [A-Za-z])")  # in our own words
MOST = 200  # problems shown to a person; a program gets all
WIDEST = 160  # characters of a line that are shown above a caret
RED, YELLOW, FAINT, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


def with_command(text: str, names: re.Pattern[str] = NAMED) -> str:
    """Return *text* with the command as the user types it here: `./inv` is that of a clone in which the user is."""
    command = command_name()
    return text if command == INV else names.sub(lambda _: command, text)


def command_name() -> str:
    """Return how the user has called Press."""
    return os.environ.get("PRESS_COMMAND", INV)


def coloured() -> bool:
    """Return True if standard output is a terminal that may be coloured."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def show(answer: Answer, output: str) -> None:
    """Print *answer* to standard output as the option --output says: for a program as JSON and nothing else."""
    if output == "json":
        print(answer.as_json())
        return
    if output == "github":
        print(*github.lines(answer), sep="\n")
        return
    show_problems(answer.problems)
    if answer.text:
        print(with_command(answer.text, COMMAND))


def show_problems(problems: Iterable[Problem]) -> None:
    """Print *problems* in order; on a terminal each with its line and a caret."""
    listed = sorted(problems)
    for problem in listed[:MOST]:
        print(with_command(_headline(problem), COMMAND))
        if sys.stdout.isatty() and (line := _line(problem)):
            print(line)
    if len(listed) > MOST:
        print(f"… and {len(listed) - MOST} more; --output json lists all")


def _headline(problem: Problem) -> str:
    if not coloured():
        return str(problem)
    colour = RED if problem.severity == "error" else YELLOW
    return f"{problem.place}: {colour}{problem.severity}{PLAIN}: {problem.message} {FAINT}[{problem.rule}]{PLAIN}"


def _line(problem: Problem) -> str:
    """Return the line that *problem* points at with a caret below it, or '' where there is none to show."""
    place = problem.place
    try:
        with Path(place.path).open(encoding="utf-8-sig", newline="") as file:
            text = next(islice(file, place.line - 1, None), "").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        return ""
    start = max(0, place.column - WIDEST // 2)
    shown = "".join(char if char.isprintable() else "·" for char in text[start : start + WIDEST])
    return f"    {shown}\n    {' ' * (place.column - 1 - start)}^" if shown.strip() else ""


@contextmanager
def progress(what: str, *, in_bytes: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on standard error while work goes on, on a terminal only; it counts steps, or bytes.

    Yields a function to call after each step with what is done, the total, and the name of the step.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total, _name: None
        return
    from rich.console import Console  # noqa: PLC0415 - heavy, and for terminals only
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    count = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), count)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def step(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{what} {name}".strip())

        yield step
