"""The command line: words in, tasks run, an exit status out."""

from __future__ import annotations

import importlib.util
import inspect
import os
import re
import sys
import traceback
from itertools import pairwise
from typing import TYPE_CHECKING

from invoke import Argument, Collection, Config, Exit, ParseError, Program

from press.ground import signals
from press.ground.paths import Folders
from press.problems import (
    IO,
    OK,
    USAGE,
    ContentRefusedError,
    PressError,
    did_you_mean,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from invoke.parser import Parser, ParserContext

BUG = 70  # a fault of ours: not of the user, the content or the machine
INTRODUCTION = """\
Press makes policy briefs, as HTML and PDF, from what stands in content/.

Usage: inv TASK [--options]
"""
PLAINER = (  # what invoke says, and what we say
    (r"Flag <Argument: ([\w-]+).*> needed value and was not given one!", r"--\1 needs a value"),
    (r"'(.*)' did not receive required positional arguments: (.*)", r"\1 needs \2"),
)


class OwnConfig(Config):
    """Invoke's settings, without the files and variables meant for the user's other projects."""

    def load_base_conf_files(self) -> None:
        """Read neither /etc/invoke.* nor ~/.invoke.*."""

    def load_shell_env(self) -> None:
        """Read no INVOKE_* variables."""


class OwnProgram(Program):
    """Invoke's program, less the options that mean nothing to a user of Press."""

    def core_args(self) -> list[Argument]:
        """Return the options that need no task."""
        return [
            Argument(names=("help", "h"), optional=True, help="Tell about Press, or about a task."),
            Argument(names=("list", "l"), kind=bool, default=False, help="List the tasks."),
            Argument(names=("version", "V"), kind=bool, default=False, help="Tell the version."),
        ]

    def task_args(self) -> list[Argument]:
        """Return none: there is one place where tasks are."""
        return []

    def run(self, argv: list[str] | None = None, exit: bool = True) -> None:  # noqa: A002, ARG002, FBT001, FBT002 -- invoke's signature
        """Do what *argv* asks for; whatever goes wrong is raised."""
        self.create_config()
        self.parse_core(argv)
        self.collection = load_tasks()
        self.parse_tasks()
        self.parse_cleanup()
        signals.check()
        self.execute()

    def parse_tasks(self) -> None:
        """Parse the tasks, each with its options."""
        super().parse_tasks()
        for context in self.tasks:
            refuse_bare(self.argv, context)

    def parse_core(self, argv: list[str] | None) -> None:
        """Parse the options before the first task."""
        self.normalize_argv(argv)
        self.argv = help_first(self.argv)
        self.parse_core_args()
        if self.args.version.value:
            print(f"Press {version()}")
            raise Exit

    def parse_cleanup(self) -> None:
        """Answer what asks for words instead of work."""
        asked = self.args.help.value
        if isinstance(asked, str):
            self.print_task_help(asked)
        elif asked or self.args.list.value or not self.tasks:
            self.print_help()
        else:
            return
        raise Exit

    def print_help(self) -> None:
        """Print the manual's first page."""
        print(INTRODUCTION)
        print("Tasks:")
        self.print_columns([(name, summary(task)) for name, task in self.collection.tasks.items()])
        print("Options:")
        self.print_columns([option(argument) for argument in self.core_args()])
        print("inv TASK --help tells what a task does and which options it has.")

    def print_task_help(self, name: str) -> None:
        """Print the manual's page about a task."""
        if name not in self.parser.contexts:
            raise ParseError(f"No idea what {name!r} is!")
        arguments = self.parser.contexts[name].args.values()
        plain = "".join(map(word, self.parser.contexts[name].positional_args))
        print(f"Usage: inv {name}{plain}{' [--options]' if arguments else ''}\n")
        print(inspect.getdoc(self.collection[name]), end="\n\n")
        if arguments:
            print("Options:")
            self.print_columns([option(argument) for argument in arguments])

    def _make_parser(self) -> Parser:
        parser = super()._make_parser()
        for context in parser.contexts.values():
            for argument in context.args.values():
                if argument.kind is int:
                    argument.kind = whole_number(argument.names[0])
        self.core.unparsed = spelled(self.core.unparsed, parser.contexts)
        return parser


def version() -> str:
    """Return the version that pyproject.toml states."""
    import tomllib  # noqa: PLC0415 -- only here

    project = Folders.here().root / "pyproject.toml"
    return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])


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


def word(argument: Argument) -> str:
    """Return how an option is written that needs no name."""
    name = argument.names[0].upper() + "..." * (argument.kind is list)
    return f" {name}" if argument.default is None else f" [{name}]"


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
    """Return *argv* with a question for help before its task: behind it, invoke takes it for what the task needs."""
    for word in argv[2:3]:
        if word in {"--help", "-h"} and not argv[1].startswith("-"):
            return [argv[0], word, argv[1]]
    return argv


def refuse_bare(argv: list[str], context: ParserContext) -> None:
    """Refuse an option that may be given again and has no value; invoke takes it for one not given.

    Raises:
        ParseError: there is one.

    """
    for word, after in pairwise([*argv, "--"]):
        bare = after == "--" or after in context.flags or after in context.inverse_flags
        if bare and word in context.flags and context.flags[word].kind is list:
            raise ParseError(f"--{context.flags[word].names[0]} needs a value", context)


def load_tasks() -> Collection:
    """Return the tasks of tasks.py beside the package, wherever the user stands."""
    path = Folders.here().root / "tasks.py"
    spec = importlib.util.spec_from_file_location("tasks", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = sys.modules["tasks"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Collection.from_module(module)


def usage(error: ParseError, program: OwnProgram) -> str:
    """Return what is wrong with the command line, and the way out."""
    said = str(error)
    if unknown := re.fullmatch(r"No idea what (['\"])(.*)\1 is!", said, re.DOTALL):
        return unknown_word(unknown[2], error, program)
    for pattern, words in PLAINER:
        said = re.sub(pattern, words, said)
    task = re.match(r"([\w-]+) needs '", said)
    return f"{said}; see inv {f'{task[1]} ' if task else ''}--help"


def unknown_word(word: str, error: ParseError, program: OwnProgram) -> str:
    """Return the message for a word that names neither a task nor an option."""
    context = error.context or program.initial_context
    if not word.startswith("-"):
        said = misplaced(word, program.argv, context) if context.name else ""
        return said or f"no task is called '{word}'{did_you_mean(word, program.collection.tasks)}"
    if context.name is None:
        return f"there is no option {word} before a task's name{did_you_mean(word, context.flags)}"
    return f"{context.name} has no option {word}{did_you_mean(word, context.flags)}"


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


def answer(error: BaseException, program: OwnProgram) -> tuple[int, str]:
    """Return the exit status that *error* asks for, and what to say about it."""
    status, words = BUG, "this is a bug in Press; please report it with the lines above"
    match error:
        case Exit():
            status, words = error.code, error.message or ""
        case ParseError():
            status, words = USAGE, usage(error, program)
        case ContentRefusedError():
            status, words = error.status, ""  # its task has shown the problems
        case PressError():
            status, words = error.status, str(error)
        case BrokenPipeError():
            status, words = IO, ""  # the reader has seen enough
        case OSError():
            status, words = IO, complaint(error)
        case signals.StoppedError():
            status, words = error.status, ""
    return status, words


def complaint(error: OSError) -> str:
    """Return what the system refused, after the path where it did."""
    said = error.strerror or str(error)
    return said if error.filename is None else f"{error.filename}: {said}"


def say(words: str) -> None:
    """Print what went wrong, where progress and not results go."""
    if words:
        print(f"inv: {words}", file=sys.stderr)


def flushed(status: int) -> int:
    """Return *status* when all that was printed has left us, or else the failure of that."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # or else the interpreter's own flush fails again, with words and a status of its own
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            say(complaint(error))
        return status or IO
    return status


def main(argv: list[str]) -> int:
    """Run the command line *argv* and return its exit status."""
    program = OwnProgram(binary="inv", config_class=OwnConfig)
    status, words = OK, ""
    try:
        program.run(argv)
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 -- the one place where all end
        status, words = answer(error, program)
        if status == BUG:
            traceback.print_exception(error)
    if number := signals.came():
        status, words = signals.StoppedError(number).status, ""  # whatever came of it meanwhile
    say(words)
    status = flushed(status)
    signals.release()
    return status
