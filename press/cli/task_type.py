"""Make tasks of functions: each with the help of its options, and with --output where it answers."""

from __future__ import annotations

import importlib.util
import inspect
from typing import TYPE_CHECKING, Any

import invoke

from press.cli.task_options import HELP
from press.problems import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable


class OwnTask(invoke.Task[Any]):
    """A task; one that returns an `Answer` has the option --output, of which its function need not know.

    There are no short options: one letter would mean different things in different tasks.
    """

    def __init__(
        self, body: Callable[..., Any], positional: tuple[str, ...], *, tools: str
    ) -> None:
        self.tools = tools
        name = body.__name__.rstrip("_")  # of a task that is called like a word of Python
        parameters = inspect.signature(body).parameters
        options = [option.replace("_", "-") for option in [*parameters][1:]]
        explained = {option: HELP.get(f"{name} {option}") or HELP[option] for option in options}
        if self.answers(body):
            explained["output"] = HELP["output"]
        several = [name for name, option in parameters.items() if option.annotation == "Names"]
        super().__init__(
            body,
            name=name,
            positional=positional,
            iterable=several,
            auto_shortflags=False,
            help=explained,
        )

    @staticmethod
    def answers(body: Callable[..., Any]) -> bool:
        """Return True if the function of a task returns an `Answer`."""
        return bool(inspect.signature(body).return_annotation == "Answer")

    def argspec(self, body: Callable[..., Any]) -> inspect.Signature:
        """Return the options of the task."""
        signature = super().argspec(body)
        output = inspect.Parameter("output", inspect.Parameter.KEYWORD_ONLY, default="text")
        more = [output] if self.answers(body) else []
        return signature.replace(parameters=[*signature.parameters.values(), *more])

    def __call__(self, *context: Any, **options: Any) -> Any:  # noqa: ANN401 - as of any task
        """Run the task; the program prints what it returns.

        Raises:
            ConfigurationError: it needs tools for developers, which are not there.
        """
        if self.tools and importlib.util.find_spec(self.tools) is None:
            raise ConfigurationError(
                f"the tools for developers are missing; ./inv {self.name} sets them up"
            )
        options.pop("output", None)
        return super().__call__(*context, **options)


def task(*positional: str, tools: str = "") -> Callable[[Callable[..., Any]], OwnTask]:
    """Return what makes a task of a function.

    The options *positional* may be given without their names, such as PATH in `inv verify PATH`. *tools*: the package
    for developers that the task needs.
    """
    return lambda function: OwnTask(function, positional, tools=tools)
