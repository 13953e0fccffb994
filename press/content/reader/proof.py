"""A tree as typed and a model in; the model's instance, or all that is wrong with the tree, out."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from press.content.reader.errors import LITERAL, THING, Error, close, problem, unknown
from press.content.reader.nodes import MOST_PROBLEMS
from press.content.reader.strictness import Strict, strict
from press.content.reader.trail import Trail, follow, unwrapped
from press.content.reader.words import clip, noun
from press.content.scalar import NOWHERE, Keys
from press.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic_core import ErrorDetails

    from press.content.reader.trail import Loc
    from press.content.scalar import Scalar

M = TypeVar("M")
Model = TypeVar("Model", bound=BaseModel)


def validate(
    model: type[M] | TypeAdapter[M], data: object, under: Scalar | None = None
) -> tuple[M | None, tuple[Problem, ...]]:
    """Return *data* as *model*, or None and what is wrong; *under* is the key it stands under."""
    wanted = strict(model)
    try:
        return wanted.validator.validate_python(data), ()
    except ValidationError as error:
        place = getattr(data, "place", under.place if under is not None else NOWHERE)
        start = Trail(unwrapped(wanted.schema, wanted.definitions), data, place, under)
        raw = error.errors(include_url=False, include_input=False)
        return None, _problems(wanted, raw, start)


def validate_kind(
    kinds: Mapping[str, type[Model]], key: Scalar, data: object
) -> tuple[str, Model | None, tuple[Problem, ...]]:
    """Return the kind of the entry under *key*, its content as that kind's model, and problems.

    *data* is `{kind: content}` with one kind; it is '' where there is none that we know.
    """
    if not isinstance(data, Keys) or len(data) != 1:
        return "", None, (Problem(key.place, _not_one(key, data, kinds), "schema"),)
    [(kind, content)] = data.items()
    if kind not in kinds:
        return "", None, (Problem(kind.place, unknown("kind", kind, kinds), "schema"),)
    value, problems = validate(kinds[kind], content, kind)
    return str(kind), value, problems


def _not_one(key: Scalar, data: object, kinds: Mapping[str, type[Model]]) -> str:
    given = noun(data)
    if isinstance(data, Keys):
        inside, beside = [[one for one in data if (one in kinds) is yes] for yes in (True, False)]
        if len(inside) == 1 and beside:
            return (
                f"'{clip(beside[0])}' stands beside '{inside[0]}'; it belongs below it, further in"
            )
        given = " and ".join(f"'{clip(kind)}'" for kind in islice(data, 3)) or "none"
    return f"'{clip(key)}' needs exactly one kind, found {given}{did_you_mean('', kinds)}"


def _miscounted(raw: ErrorDetails, start: Trail, wanted: Strict) -> bool:
    """Say whether pydantic calls a list too short only because some of its entries are wrong."""
    if raw["type"] != "too_short":
        return False
    listed = follow(wanted, raw["loc"], start).value
    return isinstance(listed, list) and len(listed) >= int(raw["ctx"]["min_length"])


def _problems(wanted: Strict, raw: list[ErrorDetails], start: Trail) -> tuple[Problem, ...]:
    raw = [one for one in raw if not _miscounted(one, start, wanted)]
    errors = [_error(wanted, one, start) for one in raw[:MOST_PROBLEMS]]
    problems = set(map(problem, _first_causes(_settled(errors))))
    if more := len(raw) - len(errors):
        problems.add(Problem(start.place, f"and {more} mistakes more; mend these first", "schema"))
    return tuple(sorted(problems))


def _error(wanted: Strict, raw: ErrorDetails, start: Trail) -> Error:
    loc = raw["loc"]
    return Error(raw, loc, follow(wanted, loc[:-1] if raw["type"] == "missing" else loc, start))


def _settled(errors: Iterable[Error], depth: int = 0) -> Iterator[Error]:
    """Yield the errors, those of unions only for the choice that was probably meant."""
    unions: dict[Loc, dict[str | int, list[Error]]] = {}
    for error in errors:
        if len(error.trail.labels) > depth:
            label = error.trail.labels[depth]
            branches = unions.setdefault(error.loc[:label], {})
            branches.setdefault(error.loc[label], []).append(error)
        else:
            yield error
    for at, branches in unions.items():
        yield from _settled(_meant(list(branches.values()), len(at) + 1), depth + 1)


def _meant(branches: list[list[Error]], depth: int) -> list[Error]:
    """Return the errors of one choice of a union; *depth* is the length of its loc."""
    fitting = [branch for branch in branches if not any(_misfit(one, depth) for one in branch)]
    if not fitting:
        first, *others = (branch[0] for branch in branches)
        return [replace(first, others=tuple(others))]
    best, *rest = sorted(fitting, key=lambda branch: (len(branch), branch[0].kind == LITERAL))
    literals = [one for branch in rest for one in branch if one.kind == LITERAL]
    whole = len(best) == 1 and len(best[0].loc) == depth
    return [replace(best[0], others=tuple(literals))] if whole and literals else best


def _misfit(error: Error, depth: int) -> bool:
    return error.kind in THING and len(error.loc) == depth


def _first_causes(errors: Iterable[Error]) -> Iterator[Error]:
    """Yield the errors, but a missing key not where an unknown one was probably meant as it."""
    listed = list(errors)
    meant = {(one.loc[:-1], close(one)) for one in listed if one.kind == "extra_forbidden"}
    for error in listed:
        if error.kind != "missing" or (error.loc[:-1], error.loc[-1]) not in meant:
            yield error
