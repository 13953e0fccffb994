"""A pydantic schema in, one that takes no text for what it is not out.

Pydantic is lax with text: it reads 'no' as false, '1_000' as a whole number and '48' as a date.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator, core_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import CoreSchema

Node = dict[str, Any]  # one step of a core schema

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPAQUE = frozenset({"cls", "config", "default", "expected", "metadata", "ref", "serialization"})


@dataclass(frozen=True, slots=True)
class Strict:
    """A model as the reader takes it."""

    schema: Node
    definitions: Mapping[str, Node]  # what a step of the schema may refer to, by name
    validator: SchemaValidator


@cache
def _made_strict(model: object) -> Strict:
    adapter: TypeAdapter[Any]
    adapter = model if isinstance(model, TypeAdapter) else TypeAdapter(cast("type[Any]", model))
    schema = _strict(adapter.core_schema)
    definitions = {node["ref"]: node for node in schema.get("definitions", ())}
    # _use_prebuilt=False: else each model inside would be read by its own validator, the lax one
    return Strict(schema, definitions, SchemaValidator(schema, _use_prebuilt=False))


strict: Callable[[object], Strict] = _made_strict  # a type or an adapter, as the reader takes it


def _strict(schema: Any) -> Any:  # noqa: ANN401  a core schema nests dicts, lists, tuples
    if isinstance(schema, (list, tuple)):
        return type(schema)(map(_strict, schema))
    if not isinstance(schema, dict):
        return schema
    kind = schema.get("type")  # no text in a table of fields or choices, whose names are free
    opaque = _OPAQUE if isinstance(kind, str) else frozenset()
    copy = {key: value if key in opaque else _strict(value) for key, value in schema.items()}
    if kind == "bool":
        return copy | {"strict": True}
    if isinstance(kind, str) and kind in _READERS:
        inner = cast("CoreSchema", copy | {"strict": True})
        return core_schema.no_info_before_validator_function(_READERS[kind], inner)
    return copy


def _when(pattern: re.Pattern[str], make: Callable[[str], object]) -> Callable[[object], object]:
    """Return a function that makes something of a text like *pattern* and of nothing else."""

    def read(value: object) -> object:
        try:
            return make(value) if isinstance(value, str) and pattern.fullmatch(value) else value
        except ValueError:  # the 30th of February
            return value

    return read


_READERS = {
    "int": _when(_WHOLE, int),
    "float": _when(_NUMBER, float),
    "decimal": _when(_NUMBER, Decimal),
    "date": _when(_DAY, dt.date.fromisoformat),
}
