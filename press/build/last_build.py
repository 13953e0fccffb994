"""What the last build saw and did: its state in; whether it still holds, and what it said, out."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from press.build.build_result import Outcome, Row
from press.ground import paths, seen
from press.problems import OK, Place, Problem

if TYPE_CHECKING:
    from press.build.build_request import Request


@dataclass
class Before:
    """What the last build of these outputs saw and did; empty where there was none."""

    inputs: dict[str, seen.Seen] = field(default_factory=dict)
    outputs: dict[str, seen.Seen] = field(default_factory=dict)
    began: int = 0  # the clock from before the inputs were seen
    ended: int = 0  # and from before the outputs were
    libraries: list[list[Any]] = field(default_factory=list)
    python: list[int] = field(default_factory=list)
    whole: bool = False
    status: int = OK
    problems: list[list[Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    tools: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # 'language/brief' -> digests by name


def current(request: Request, before: Before, inputs: dict[str, seen.Seen]) -> bool:
    """Say whether the outputs are those that a build would make, and nobody has touched them."""
    if not seen.same(inputs, before.inputs) or before.python != list(sys.version_info[:3]):
        return False
    if before.libraries != [list(one) for one in seen.libraries()]:
        return False
    return seen.same(seen.scan([request.out], before.outputs, before.ended), before.outputs)


def remembered(request: Request) -> Before:
    """Return what the last build left, or nothing where its form is not ours."""
    value = seen.load(request.state)
    try:
        known = Before(**value) if value else Before()
        known.inputs, known.outputs = seen.revived(known.inputs), seen.revived(known.outputs)  # type: ignore[arg-type]
    except TypeError:
        return Before()
    return known


def again(request: Request, before: Before) -> Outcome:
    """Return the outcome of the last build, which still holds."""
    shown = paths.shown(request.content)
    problems = tuple(
        Problem(Place(f"{shown}/{path}", line, column), message, rule, severity)
        for path, line, column, message, rule, severity in before.problems
    )
    rows = tuple(
        Row(**{**one, "made": "kept" if one["made"] == "new" else one["made"]})
        for one in before.rows
    )
    return Outcome(before.status, problems, rows, unchanged=True)


def kept(problem: Problem, request: Request) -> list[Any]:
    """Return *problem* for the state, its path relative to the content."""
    path = problem.place.path.removeprefix(f"{paths.shown(request.content)}/")
    return [
        path,
        problem.place.line,
        problem.place.column,
        problem.message,
        problem.rule,
        problem.severity,
    ]
