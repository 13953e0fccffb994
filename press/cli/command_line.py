"""Read a command line: spell its words as invoke expects them, and say what is wrong with them."""

from __future__ import annotations

import difflib
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from invoke import ParseError

from press.cli import task_options
from press.ground.paths import Folders
from press.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from invoke.parser import ParserContext

OUTPUTS = ("json", "github", "text")  # the first that is asked for wins
PLAINER = (  # what invoke says, and what we say
    (r"Flag <Argument: ([\w-]+).*> needed value and was not given one!", r"--\1 needs a value"),
    (r"'(.*)' did not receive required positional arguments: (.*)", r"\1 needs \2"),
)


def spelled(words: list[str], contexts: Mapping[str, ParserContext]) -> list[str]:
    """Return *words* with the names of the options that need none before their values.

    invoke fills such an option only where it has no default, and then with `--help` too.
    """
    out: list[str] = []
    context, waiting, value = None, list[str](), False
    for typed in words:
        if value or (context and typed in context.flags):
            value = not value and context is not None and context.flags[typed].takes_value
        elif context and typed in {"--help", "-h"}:
            out += [f"--{name}={name}" for name in waiting]  # else it would be the value of one
            waiting = []
        elif waiting and not typed.startswith("-"):
            out.append(f"--{waiting[0]}")
            if context and context.args[waiting[0]].kind is not list:
                waiting = waiting[1:]
        elif typed in contexts:
            context = contexts[typed]
            waiting = [argument.names[0] for argument in context.positional_args]
        out.append(typed)
    return out


def whole_number(name: str) -> Callable[[str], int]:
    """Return what reads the number of the option *name*; invoke alone ends in a traceback."""

    def read(text: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise ParseError(f"--{name} is a whole number, not {text!r}") from None

    return read


def help_first(argv: list[str]) -> list[str]:
    """Return *argv* with a question for help before its task: after it, invoke takes it for a value of the task."""
    if argv[2:3] in (["--help"], ["-h"]) and not argv[1].startswith("-"):
        return [argv[0], argv[2], argv[1]]
    return argv


def refuse(argv: list[str], context: ParserContext) -> None:
    """Refuse what invoke lets through: an option that may be given again without a value, a form of output we lack.

    Raises:
        ParseError: there is such an option.
        UsageError: the output is none of OUTPUTS.
    """
    for word, after in pairwise([*argv, "--"]):
        bare = after == "--" or after in context.flags or after in context.inverse_flags
        if bare and word in context.flags and context.flags[word].kind is list:
            raise ParseError(f"--{context.flags[word].names[0]} needs a value", context)
    output = context.args["output"].value if "output" in context.args else "text"
    if output not in OUTPUTS:
        raise UsageError(f"--output is text, json or github, not '{output}'")


def wanted_output(argv: list[str]) -> str:
    """Return the form of output that a command line asks for, whatever else is wrong with it."""
    values = [after for typed, after in pairwise(argv) if typed == "--output"]
    values += [typed.removeprefix("--output=") for typed in argv if typed.startswith("--output=")]
    return next((output for output in OUTPUTS if output in values), "text")


def usage(error: ParseError, argv: list[str], tasks: Iterable[str]) -> str:
    """Return what is wrong with the command line, and the way out."""
    message = str(error)
    if unknown := re.fullmatch(r"No idea what (['\"])(.*)\1 is!", message, re.DOTALL):
        return unknown_word(unknown[2], argv, error.context, tasks)
    for pattern, words in PLAINER:
        message = re.sub(pattern, words, message)
    task = re.match(r"([\w-]+) needs '", message)
    return f"{message}; see inv {f'{task[1]} ' if task else ''}--help"


def unknown_word(
    word: str, argv: list[str], context: ParserContext | None, tasks: Iterable[str]
) -> str:
    """Return the message for a word that names neither a task nor an option of the task in *context*."""
    flags = {**context.flags, **context.inverse_flags} if context else {}
    if word.startswith("-"):
        if context and context.name:
            return f"{context.name} has no option {word}{did_you_mean(word, flags)}"
        return f"there is no option {word} before a task's name{did_you_mean(word, flags)}"
    if context and context.name and (message := misplaced(word, argv, context)):
        return message
    hint = option_for(word, context, tasks) if context else ""
    return f"no task is called '{word}'{hint or did_you_mean(word, tasks)}"


def option_for(word: str, context: ParserContext, tasks: Iterable[str]) -> str:
    """Return the way out for the value of an option without its name: '; did you mean --audience health?'."""
    content = context.args["content"].value if "content" in context.args else None
    choices = task_options.choices(Path(content) if content else Folders.here().content)
    options = {
        value: f"--{option} {value}"
        for option, values in choices.items()
        if option in context.args
        for value in values
    }
    best = difflib.get_close_matches(word, [*options, *tasks], 1)
    return f"; did you mean {options[best[0]]}?" if best and best[0] in options else ""


def misplaced(word: str, argv: list[str], context: ParserContext) -> str:
    """Return the message for a value that its option does not take, or nothing."""
    joined = [tuple(typed.split("=", 1)) for typed in argv if "=" in typed]
    for flag, value in [*joined, *pairwise(argv)]:
        if value == word and flag in context.flags:
            if context.flags[flag].takes_value:
                return f"{flag} is given twice"
            if (flag, value) in joined:
                return f"{flag} takes no value"
    return ""
