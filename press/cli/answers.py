"""Answer for a task: its exit status, the problems, and what it says to a person and to a program."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from press.problems import FAILED, OK, PressError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from press.problems import Problem

# Characters that show nothing or act on a terminal; JSON has them escaped, which means the same.
_UNSEEN = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Answer:
    """What a task came to."""

    status: int = OK
    problems: tuple[Problem, ...] = ()
    text: str = ""  # for a person, below the problems
    facts: Mapping[str, Any] = field(default_factory=dict)  # for a program, beside the rest
    message: str = ""  # why nothing could be done, or not all of it

    def as_json(self) -> str:
        """Return the answer for a program."""
        head = {"status": self.status, "problems": listed(self.problems), "message": self.message}
        text = json.dumps(head | dict(self.facts), ensure_ascii=False, indent=1)
        return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def refusal(error: PressError) -> Answer:
    """Return the answer of a task that *error* has stopped."""
    if problems := getattr(error, "problems", ()):
        return Answer(error.status, problems)
    return Answer(error.status, message=str(error))


def listed(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems for programs, in order."""
    return [
        asdict(problem.place)
        | {"severity": problem.severity, "message": problem.message, "rule": problem.rule}
        for problem in sorted(problems)
    ]


def kilobytes(size: int) -> str:
    """Return *size* in kB, rounded up."""
    return f"{-(-size // 1000)} kB"


def tabled(
    lines: Iterable[tuple[str, ...]],
    numbers: Iterable[int],
    notes: Iterable[str],
    wrong: Iterable[str],
    facts: Mapping[str, Any],
) -> Answer:
    """Return the answer of a task that measures: a table as `table` takes it, *notes*, and what is *wrong*."""
    wrong = tuple(wrong)
    text = "\n".join([table(lines, numbers), *notes, *wrong])
    return Answer(FAILED if wrong else OK, (), text, facts)


def table(lines: Iterable[tuple[str, ...]], numbers: Iterable[int] = ()) -> str:
    """Return *lines* with their cells in columns; those of the columns *numbers*, from 0, end at the same place."""
    rows, right = list(lines), set(numbers)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
