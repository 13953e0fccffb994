"""Remember what a build saw and did; say whether that still holds, without importing anything heavy."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field, replace
from itertools import starmap
from typing import TYPE_CHECKING, Any

from press.build.build_result import Outcome, Row
from press.build.formats import FORMATS
from press.ground import file_state, paths
from press.problems import OK, Place, Problem, errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.build.build_request import Request
    from press.build.stages import Name

# Rules of which a process tells that it died or was late, which it may be by chance: such an answer is not remembered.
BY_CHANCE = frozenset({"engine", "figure"})


@dataclass(frozen=True)
class LastBuild:
    """What the last build of these outputs saw and did, as plain JSON; empty where there was none."""

    inputs: Mapping[str, file_state.FileState] = field(default_factory=dict)
    outputs: Mapping[str, file_state.FileState] = field(default_factory=dict)
    began: int = 0  # the clock from before the inputs were seen
    ended: int = 0  # and from before the outputs were
    libraries: list[list[Any]] = field(default_factory=list)
    python: list[int] = field(default_factory=list)
    # by what was asked for: status, problems, rows and left of each build since inputs or outputs were others; a
    # problem ends with the editions that it concerns, none where it is of no edition in particular
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    dependencies: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of 'language/brief'


def remembered(request: Request) -> LastBuild:
    """Return what the last build left, or nothing where its form is not ours."""
    value = file_state.load(request.state)
    try:
        last = LastBuild(**value) if value else LastBuild()
        inputs, outputs = file_state.revived(last.inputs), file_state.revived(last.outputs)  # type: ignore[arg-type] # as in JSON
    except TypeError:
        return LastBuild()
    return replace(last, inputs=inputs, outputs=outputs)


def remember(
    request: Request,
    last: LastBuild,
    outcome: Outcome,
    concerned: Mapping[Problem, frozenset[Name]],
) -> None:
    """Save what this build saw, *last*, what it came to, and the editions *concerned*; the outputs are in place.

    Raises:
        OutputError: it cannot be written.
    """
    ended = file_state.clock(request.folders.work)
    outputs = file_state.scan([request.out])
    answer = {
        "status": outcome.status,
        "problems": [
            [*_row(problem, request), sorted(concerned[problem])] for problem in outcome.problems
        ],
        "rows": [asdict(row) for row in outcome.rows],
        "left": list(outcome.left),
    }
    others = {} if file_state.differing(outputs, last.outputs) else last.answers
    by_chance = any(problem.rule in BY_CHANCE for problem in errors(outcome.problems))
    after = replace(
        last,
        outputs=outputs,
        ended=ended,
        libraries=[list(library) for library in file_state.libraries()],
        python=list(sys.version_info[:3]),
        answers=others if by_chance else {**others, asked(request): answer},
    )
    file_state.save(request.state, asdict(after))


def asked(request: Request) -> str:
    """Return what was asked for, as a key."""
    every = (request.audiences, request.languages, request.formats)
    return json.dumps([*map(sorted, every)])


def answered(request: Request, last: LastBuild) -> Mapping[str, Any] | None:
    """Return what was answered to just this, or what concerns it of the answer to a question for all."""
    if same := last.answers.get(asked(request)):
        return same
    every = replace(request, audiences=(), languages=())
    for whole in (every, replace(every, formats=tuple(FORMATS))):
        answer = last.answers.get(asked(whole))
        if answer and answer["status"] == OK:
            rows = [row for row in answer["problems"] if _concerns(request, row[-1])]
            if not rows or whole is every:  # other formats have problems of their own
                return {**answer, "problems": rows}
    return None


def _concerns(request: Request, names: list[list[str]]) -> bool:
    return not names or any(starmap(request.has, names))


def unchanged(
    request: Request, last: LastBuild, inputs: Mapping[str, file_state.FileState]
) -> bool:
    """Return True if all is as *last* saw it, and what it made is untouched."""
    return (
        not file_state.differing(inputs, last.inputs)
        and last.python == list(sys.version_info[:3])
        and last.libraries == [list(library) for library in file_state.libraries()]
        and not edited(request, last)
    )


def edited(request: Request, last: LastBuild) -> tuple[str, ...]:
    """Return the outputs that are not as the last build left them: changed, added or gone."""
    now = file_state.scan([request.out], last.outputs, last.ended)
    return file_state.differing(now, last.outputs)


def again(request: Request, answer: Mapping[str, Any]) -> Outcome:
    """Return the outcome that was the *answer*, which still holds."""
    start = paths.start(paths.shown(request.folders.content))
    problems = tuple(
        Problem(Place(f"{start}{path}", line, column), message, rule, severity)
        for path, line, column, message, rule, severity, _ in answer["problems"]
    )
    rows = (Row(**row) for row in answer["rows"])
    kept = tuple(replace(row, made="kept") if row.made == "new" else row for row in rows)
    return Outcome(answer["status"], problems, kept, unchanged=True, left=tuple(answer["left"]))


def _row(problem: Problem, request: Request) -> list[Any]:
    """Return *problem* for the state, its path relative to the content."""
    place = problem.place
    path = place.path.removeprefix(paths.start(paths.shown(request.folders.content)))
    return [path, place.line, place.column, problem.message, problem.rule, problem.severity]
