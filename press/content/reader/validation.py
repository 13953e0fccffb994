"""Validate a tree with a model: return the model's instance, or what is wrong with the tree."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeAlias, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from press.content.reader import messages
from press.content.reader.lost_lines import SWALLOWED, TOO_DEEP, lost_lines
from press.content.reader.yaml_tree import MOST_PROBLEMS
from press.content.scalar import NOWHERE, Items, Keys, Origin, Scalar, TextFile
from press.problems import Place, Problem, counted, did_you_mean

M = TypeVar("M")
Model = TypeVar("Model", bound=BaseModel)

_adapter: Callable[[object], TypeAdapter[Any]] = cache(TypeAdapter)


class _Spot(NamedTuple):
    """A value in a tree."""

    value: object
    place: Place
    key: Scalar | None = None  # that it is under, if it is no item of a list


def validate(
    model: type[M] | TypeAdapter[M], data: object, under: Scalar | None = None
) -> tuple[M | None, tuple[Problem, ...]]:
    """Return *data* as *model*, or None and what is wrong; *under* is the key that it is under.

    What is of the same file as before is not validated again.
    """
    file = _file_of(under, data, *islice(data if isinstance(data, Keys) else (), 1))
    known = _known_of(file) if file else {}
    key = (model, id(data), id(under))
    if key not in known:
        known[key] = _Known(data, under, _validated(model, data, under))
    return cast("tuple[M | None, tuple[Problem, ...]]", known[key].result)


class _Known(NamedTuple):
    """What a part of a file was validated as. It holds the part, so that no other has its id."""

    data: object
    under: Scalar | None
    result: tuple[object, tuple[Problem, ...]]


_Table: TypeAlias = dict[tuple[object, int, int], _Known]
_tables: dict[str, tuple[TextFile, _Table]] = {}  # by path; of an older text nothing stays


def _known_of(file: TextFile) -> _Table:
    known, table = _tables.get(file.path, (None, {}))
    if known is not file:
        _tables[file.path] = file, (table := {})
    return table


def _file_of(*values: object) -> TextFile | None:
    """Return the file that one of *values* was typed in, None where it is not known."""
    origins = (getattr(value, "origin", None) for value in values)
    files = (origin.file for origin in origins if isinstance(origin, Origin))
    return next((file for file in files if file.path), None)


def _validated(
    model: Any,  # noqa: ANN401 - as of `validate`
    data: object,
    under: Scalar | None,
) -> tuple[object, tuple[Problem, ...]]:
    adapter = model if isinstance(model, TypeAdapter) else _adapter(model)
    lost = tuple(islice(lost_lines(data, _all_keys(model)), MOST_PROBLEMS))
    try:
        value = adapter.validate_python(data)
    except ValidationError as refused:
        place = getattr(data, "place", under.place if under is not None else NOWHERE)
        errors = refused.errors(include_url=False)
        if any(cause in each.message for each in lost for cause in (SWALLOWED, TOO_DEEP)):
            return None, lost  # the rest may be wrong because of it
        return None, tuple(sorted({*lost, *_problems(model, errors, _Spot(data, place, under))}))
    return (None if lost else value), lost


@cache
def _all_keys(hint: Hashable) -> frozenset[str]:
    """Return the names of all keys in *hint*, at any depth."""
    hints: list[object] = [hint]
    for each in hints:
        inner = [*get_args(each), *(field.annotation for field in _fields(each).values())]
        hints += (other for other in inner if other not in hints)  # a model may hold itself
    return frozenset(name for each in hints for name in _fields(each))


def validate_kind(
    kinds: Mapping[str, type[Model]], key: Scalar, data: object
) -> tuple[str, Model | None, tuple[Problem, ...]]:
    """Return the kind of the entry under *key*, its content as that kind's model, and problems.

    *data* is `{kind: content}` with one kind; the kind is '' where it is not among *kinds*.
    """
    if not isinstance(data, Keys) or len(data) != 1:
        return "", None, (Problem(key.place, _not_one(key, data, kinds), "schema"),)
    [(kind, content)] = data.items()
    if kind not in kinds:
        message = messages.unknown("kind", kind, kinds)
        if holders := [name for name, model in kinds.items() if kind in _fields(model)]:
            message = f"'{kind}' is no kind; put one above it, such as '{holders[0]}:'"
        return "", None, (Problem(kind.place, message, "schema"),)
    value, problems = validate(kinds[kind], content, kind)
    return str(kind), value, problems


def _not_one(key: Scalar, data: object, kinds: Mapping[str, type[Model]]) -> str:
    given = messages.noun(data)
    if isinstance(data, Keys):
        inside = [name for name in data if name in kinds]
        beside = [messages.clip(name) for name in data if name not in kinds]
        if len(inside) == 1 and beside:
            return f"'{beside[0]}' is beside '{inside[0]}'; it belongs below it, further in"
        given = " and ".join(f"'{messages.clip(kind)}'" for kind in islice(data, 3)) or "none"
    key_of_one = f"'{messages.clip(key)}' needs exactly one kind"
    return f"{key_of_one}, found {given}{did_you_mean('', kinds)}"


def _problems(hint: object, errors: list[ErrorDetails], start: _Spot) -> tuple[Problem, ...]:
    """Return the first of *errors* in words, and how many there are more."""
    errors = [  # pydantic calls a list too short also where only some of its entries are wrong
        error
        for error in errors
        if error["type"] != "too_short" or len(error["input"]) < error["ctx"]["min_length"]
    ]
    shown = errors[:MOST_PROBLEMS]
    problems = {_problem(hint, error, start) for error in _first_causes(hint, shown)}
    if more := len(errors) - len(shown):
        message = f"and {counted(more, 'more problem')}; fix these first"
        problems.add(Problem(start.place, message, "schema"))
    return tuple(sorted(problems))


def _first_causes(hint: object, errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield the errors, but no missing key where an unknown one was probably meant as it."""
    meant = {
        (error["loc"][:-1], _meant(hint, error))
        for error in errors
        if error["type"] == "extra_forbidden"
    }
    for error in errors:
        if error["type"] != "missing" or (error["loc"][:-1], error["loc"][-1]) not in meant:
            yield error


def _meant(hint: object, error: ErrorDetails) -> str:
    """Return the known key that an unknown one was probably meant as, or ''."""
    guess = did_you_mean(str(error["loc"][-1]), _known(hint, error), most=0)
    return guess.removeprefix("; did you mean '").removesuffix("'?")


def _problem(hint: object, error: ErrorDetails, start: _Spot) -> Problem:
    spot = _spot(start, error["loc"])
    message = messages.of_model(error, spot.value, _known(hint, error)) + _advice(hint, error)
    if way_out := _list_of(hint, error, message) or _elsewhere(hint, error, spot, message):
        message = f"{message.partition('; ')[0]}; {way_out}"
    rule = error.get("ctx", {}).get("rule", "schema")
    return Problem(_place(error, spot), message, str(rule))


def _list_of(hint: object, error: ErrorDetails, message: str) -> str:
    """Return the way out where a list of keys or of lists is typed in another way, or ''."""
    if not message.startswith("expected a list") or "; put a space" in message:
        return ""
    inner = _at(hint, (*error["loc"], 0))
    if keys := next(filter(None, map(_fields, inner)), None):
        return f"begin each item with '- ' and a key, as '- {next(iter(keys))}: ...'"
    rows = isinstance([*error["loc"], ""][-2], int) or any(
        get_origin(each) is tuple for each in inner
    )
    return "write each row in brackets, as '- [one, two]'" if rows else ""


def _elsewhere(hint: object, error: ErrorDetails, spot: _Spot, message: str) -> str:
    """Return where a key belongs that is unknown here, or has no keys below it, or ''."""
    keys = message.startswith("expected keys")
    if "; " in message or not (keys or error["type"] == "extra_forbidden"):
        return ""
    name, above = str(spot.key or error["loc"][-1]), error["loc"][:-1]
    if keys and not error["loc"] and name in _fields(hint):
        return f"'{name}' is a key of an entry: indent it like its other keys"
    for depth in range(len(above)):
        if any(name in _fields(model) for model in _at(hint, above[:depth])):
            return f"'{name}' belongs less deep, in the column of '{above[depth]}'"
    if keys:
        item = next(filter(None, map(_fields, _at(hint, error["loc"]))), {"key": None})
        put = f"put the keys of '{name}' below it, each on a line of its own"
        return (
            put
            if spot.key is not None
            else f"begin the item with a key, as '- {next(iter(item))}: ...'"
        )
    for model in _at(hint, above):
        for key in _fields(model):
            if any(name in _fields(inner) for inner in _at(model, (key,))):
                return f"it belongs below '{key}', further in"
    return (
        f"expected one of {', '.join(sorted(_known(hint, error)))}" if _known(hint, error) else ""
    )


def _advice(hint: object, error: ErrorDetails) -> str:
    """Return what the model says of a key that is missing, or ''."""
    *above, key = error["loc"] or ("",)
    for model in _at(hint, above) if error["type"] == "missing" else ():
        field = _fields(model).get(str(key))
        if field and field.description:
            return f"; {field.description}"
    return ""


def _place(error: ErrorDetails, spot: _Spot) -> Place:
    if spot.key and error["type"] in {"missing", "union_tag_not_found", "extra_forbidden"}:
        return spot.key.place
    if error["type"] == "union_tag_invalid" and isinstance(spot.value, Keys):
        return spot.value.place_of(error["ctx"]["discriminator"].strip("'"))
    return spot.place


def _spot(start: _Spot, loc: Iterable[int | str]) -> _Spot:
    """Return where *loc* leads from *start*; its other steps are labels, or keys that are missing."""
    spot = start
    for step in loc:
        value = spot.value
        if step == "[key]" and spot.key is not None:
            spot = _Spot(spot.key, spot.key.place, spot.key)
        elif isinstance(value, Keys) and step in value:
            key = value.key(str(step))
            spot = _Spot(value[key], value.place_of(key), key)
        elif isinstance(value, Items) and isinstance(step, int) and step < len(value):
            spot = _Spot(value[step], value.place_of(step))
    return spot


def _known(hint: object, error: ErrorDetails) -> list[str]:
    """Return the keys that may be where an unknown one is; *hint* is the type of the whole."""
    if error["type"] != "extra_forbidden":
        return []
    return [name for model in _at(hint, error["loc"][:-1]) for name in _fields(model)]


def _at(hint: object, loc: Iterable[int | str]) -> list[object]:
    """Return the types of what *loc* leads to in *hint*."""
    types = allowed_types(hint)
    for step in loc:  # one that leads nowhere is a label
        types = [inner for outer in types for inner in _inside(outer, step)] or types
    return types


def allowed_types(hint: object) -> list[object]:
    """Return the types that *hint* allows, without what is wrapped around them."""
    if get_origin(hint) is Annotated:
        return allowed_types(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return [inner for argument in get_args(hint) for inner in allowed_types(argument)]
    return [hint]


def _inside(hint: object, step: int | str) -> list[object]:
    """Return the types that a *step* leads to in a tuple, a dict or a model."""
    if get_origin(hint) in (tuple, dict):
        return allowed_types(get_args(hint)[-1 if get_origin(hint) is dict else 0])
    field = _fields(hint).get(str(step))
    return allowed_types(field.annotation) if field else []


def _fields(hint: object) -> dict[str, FieldInfo]:
    """Return the fields of a model by the names that are typed."""
    if not (isinstance(hint, type) and issubclass(hint, BaseModel)):
        return {}
    return {field.alias or name: field for name, field in hint.model_fields.items()}
