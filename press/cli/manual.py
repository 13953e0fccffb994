"""Print the manual: the list of the tasks, and a page about each."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from invoke import Argument
    from invoke.parser import ParserContext

INTRODUCTION = """\
Press makes policy briefs, as HTML and PDF, from the files of a series.

Usage: inv TASK [--options]
"""

STATUSES = """

Of any task it may also be
  2   for a mistake in the command
  74  for a file or folder that could not be read or written
  75  while another run is at work, or where a file was saved meanwhile
  78  when the machine lacks something"""


def summary(task: object) -> str:
    """Return the first sentence of a task's docstring."""
    return (inspect.getdoc(task) or "").partition("\n\n")[0].replace("\n", " ")


def option(argument: Argument) -> tuple[str, str]:
    """Return how an option is written, and what it does."""
    value = {bool: "", str: " TEXT", list: " TEXT"}.get(argument.kind, " NUMBER")
    names = ["-" * min(len(name), 2) + name for name in sorted(argument.names, key=len)]
    if argument.default is True and argument.kind is bool:
        names[-1] = f"--[no-]{argument.names[0]}"
    again = " (may be given again)" if argument.kind is list else ""
    return ", ".join(names) + value, (argument.help or "") + again


def page(context: ParserContext, task: object) -> str:
    """Return the page about a task, but for its options."""
    items = "".join(map(_word, context.positional_args))
    usage = f"Usage: inv {context.name}{items}{' [--options]' if context.args else ''}"
    words = inspect.getdoc(task) or ""
    return f"{usage}\n\n{words}{STATUSES if 'Exit status:' in words else ''}"


def _word(argument: Argument) -> str:
    """Return how an option is written that needs no name."""
    name = argument.names[0].upper() + "..." * (argument.kind is list)
    return f" {name}" if argument.default is None else f" [{name}]"
