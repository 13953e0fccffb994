"""Run a command line: parse it, run its tasks, print their answers, return an exit status."""

from __future__ import annotations

import importlib.util
import os
import sys
import tomllib
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from invoke import Argument, Collection, Config, Executor, Exit, ParseError, Program

from press.cli import command_line, manual
from press.cli.answers import Answer, refusal
from press.cli.display import command_name, show, with_command
from press.cli.task_type import OwnTask
from press.ground import signals
from press.ground.paths import DISTRIBUTION, Folders
from press.problems import CONFIGURATION, IO, OK, USAGE, PressError

if TYPE_CHECKING:
    from invoke.parser import Parser

BUG = 70  # a fault of ours: not of the user, the content or the machine
BROUGHT_BY = {"shapefile": "pyshp"}  # packages that are not called like what they bring
SIGNALLED = 128  # and more: the exit statuses of runs that a signal ended


class OwnConfig(Config):
    """Invoke's settings, without the files and variables meant for the user's other projects."""

    def load_base_conf_files(self) -> None:
        """Read neither /etc/invoke.* nor ~/.invoke.*."""

    def load_shell_env(self) -> None:
        """Read no INVOKE_* variables."""


class OwnProgram(Program):
    """Invoke's program, less the options that mean nothing to a user of Press."""

    answered = False  # the answer of the last task was printed

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
            command_line.refuse(self.argv, context)

    def parse_core(self, argv: list[str] | None) -> None:
        """Parse the options before the first task."""
        self.normalize_argv(argv)
        self.argv = command_line.help_first(self.argv)
        self.parse_core_args()
        if self.args.version.value:
            print(f"Press {Folders.here().version}")
            raise Exit

    def parse_cleanup(self) -> None:
        """Print the manual where it is asked for instead of work."""
        name = self.args.help.value
        if isinstance(name, str):
            self.print_task_help(name)
        elif name or self.args.list.value or not self.tasks:
            self.print_help()
        else:
            return
        raise Exit

    def print_help(self) -> None:
        """Print the manual's first page."""
        print(with_command(manual.INTRODUCTION))
        print("Tasks:")
        tasks = self.collection.tasks.items()
        self.print_columns([(name, manual.summary(task)) for name, task in tasks])
        print("Options:")
        self.print_columns(list(map(manual.option, self.core_args())))
        print(with_command("inv TASK --help tells what a task does and which options it has."))

    def print_task_help(self, name: str) -> None:
        """Print the manual's page about a task."""
        if name not in self.parser.contexts:
            raise ParseError(f"No idea what {name!r} is!")
        context = self.parser.contexts[name]
        print(with_command(manual.page(context, self.collection[name])))
        if context.args:
            print("\nOptions:")
            self.print_columns(list(map(manual.option, context.args.values())))

    def execute(self) -> None:
        """Run each task and print its answer; one that is not good is the last.

        Raises:
            Exit: the exit status of that one.
        """
        for context in self.tasks:
            self.answered = False
            executor = Executor(self.collection, self.config, self.core)
            value: object
            [value] = executor.execute(context).values()
            status = value if isinstance(value, int) else OK
            answer = value if isinstance(value, Answer) else Answer(status)
            show(answer, context.args["output"].value if "output" in context.args else "text")
            self.answered = True
            if answer.status:
                raise Exit(code=answer.status)

    def _make_parser(self) -> Parser:
        parser = super()._make_parser()
        for context in parser.contexts.values():
            for argument in context.args.values():
                if argument.kind is int:
                    argument.kind = command_line.whole_number(argument.names[0])
        self.core.unparsed = command_line.spelled(self.core.unparsed, parser.contexts)
        return parser


def load_tasks() -> Collection:
    """Return the tasks of tasks.py beside the package, wherever the user is."""
    path = Folders.here().root / "tasks.py"
    spec = importlib.util.spec_from_file_location("tasks", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = sys.modules["tasks"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if Folders.here().installed:  # what developers need is in a clone
        for name, each in list(vars(module).items()):
            if isinstance(each, OwnTask) and each.tools:
                delattr(module, name)
    return Collection.from_module(module)


def answer_to(error: BaseException, program: OwnProgram) -> Answer:
    """Return the answer of a command line that *error* has ended; a signal has one of its own, in `main`."""
    match error:
        case Exit():
            return Answer(error.code, message=error.message or "")
        case ParseError():
            message = command_line.usage(error, program.argv, program.collection.tasks)
            return Answer(USAGE, message=message)
        case PressError():
            return refusal(error)
        case ModuleNotFoundError() if extra := extra_with(str(error.name), Folders.here()):
            way_out = f'install "{DISTRIBUTION}[{extra}]", as docs/series.md tells'
            return Answer(CONFIGURATION, message=f"the package {error.name} is missing; {way_out}")
        case OSError():
            enough = isinstance(error, BrokenPipeError)  # for the reader
            return Answer(IO, message="" if enough else complaint(error))
    return Answer(BUG, message="this is a bug in Press; please report it with the lines above")


def extra_with(module: str, folders: Folders) -> str:
    """Return the extra of a wheel that brings *module*, '' where none does, or where Press is in a clone."""
    name = BROUGHT_BY.get(module, module).replace("_", "-")
    project = tomllib.loads((folders.root / "pyproject.toml").read_text("utf-8"))["project"]
    ours = not folders.installed or DISTRIBUTION.startswith(name)
    extras = () if ours else project["optional-dependencies"].items()
    return next(
        (extra for extra, names in extras if any(each.startswith(name) for each in names)), ""
    )


def complaint(error: OSError) -> str:
    """Return what the system refused, after the path where it did."""
    reason = error.strerror or str(error)
    return reason if error.filename is None else f"{error.filename}: {reason}"


def say(message: str) -> None:
    """Print what went wrong, where progress and not results go."""
    if message:
        print(f"{Path(command_name()).name}: {with_command(message)}", file=sys.stderr)


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
    answer = Answer(OK)
    try:
        program.run(argv)
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 -- the one place where all end
        answer = answer_to(error, program)
        if answer.status == BUG and not signals.came():
            traceback.print_exception(error)
    if number := signals.came():  # whatever came of it meanwhile
        answer = Answer(signals.StoppedError(number).status, message="stopped by a signal")
    if answer.status and not program.answered:
        output = command_line.wanted_output(argv)
        with suppress(OSError):  # `flushed` finds it as well
            show(answer, output)
        if answer.status < SIGNALLED and output != "github":  # which has said it, as a command
            say(answer.message)
    status = flushed(answer.status)
    signals.release()
    return status
