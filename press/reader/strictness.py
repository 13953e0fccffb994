"""A pydantic schema in, one that takes no text for what it is not out.

Pydantic is lax with text: it reads 'no' as false, '1_000' as a whole number and '48' as a date.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel, TypeAdapter
from pydantic_core import SchemaValidator, core_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import CoreSchema

Node = dict[str, Any]  # one step of a core schema

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPAQUE = frozenset({"cls", "config", "default", "expected", "metadata", "ref", "serialization"})


@cache
def strict(model: type[object] | TypeAdapter[Any]) -> tuple[Node, SchemaValidator]:
    """Return the strict schema of *model* and its validator."""
    if isinstance(model, TypeAdapter):
        schema = model.core_schema
    elif issubclass(model, BaseModel):
        schema = model.__pydantic_core_schema__
    else:
        schema = TypeAdapter(model).core_schema
    made = _strict(schema)
    # _use_prebuilt=False: else each model inside would be read by its own validator, the lax one
    return made, SchemaValidator(cast("CoreSchema", made), _use_prebuilt=False)


def _strict(schema: Any) -> Any:  # noqa: ANN401  a core schema nests dicts, lists, tuples
    if isinstance(schema, (list, tuple)):
        return type(schema)(map(_strict, schema))
    if not isinstance(schema, dict):
        return schema
    copy = {key: value if key in _OPAQUE else _strict(value) for key, value in schema.items()}
    kind = copy.get("type")
    if kind == "bool":
        return copy | {"strict": True}
    if isinstance(kind, str) and kind in _READERS:
        inner = cast("CoreSchema", copy | {"strict": True})
        return core_schema.no_info_before_validator_function(_READERS[kind], inner)
    return copy


def _when(pattern: re.Pattern[str], make: Callable[[str], object]) -> Callable[[object], object]:
    """Return a function that makes something of a text like *pattern* and returns all else as is."""

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
    "date": _when(_DAY, datetime.date.fromisoformat),
}
