"""Say what each key holds that an author may write: for editors, and as pages of the docs."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from press.ground.paths import Folders
from press.problems import ConfigurationError


@dataclass(frozen=True)
class Key:
    """One key, as `press/keys.toml` has it."""

    says: str
    unit: str = ""
    example: str = ""  # as it is typed after the key


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((Folders.here().code / "keys.toml").read_text("utf-8"))


def keys(model: type[BaseModel]) -> dict[str, Key]:
    """Return the keys of *model*, in the order of its fields.

    Raises:
        ConfigurationError: a field has no row.
    """
    rows: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        module = base.__module__.rpartition(".")[2]
        rows |= _table().get(f"{module}.{base.__name__}") or _table().get(base.__name__) or {}
    if lacking := [name for name in model.model_fields if name not in rows]:
        what = f"the key '{lacking[0]}' of {model.__name__}"
        raise ConfigurationError(f"{what} is not explained; add it to press/keys.toml")
    return {name: Key(**rows[name]) for name in model.model_fields}


class ExplainedSchema(GenerateJsonSchema):
    """Makes JSON Schemas in which each property has its `Key` under 'key'."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return the schema of a model."""
        made = super().model_schema(schema)
        for name, key in keys(schema["cls"]).items():
            made["properties"][name]["key"] = key
        return made


def schema_of(model: Any) -> JsonSchemaValue:  # noqa: ANN401 - a type
    """Return the JSON Schema of *model*, with the `Key` of each property."""
    adapter: TypeAdapter[Any] = TypeAdapter(model)
    return adapter.json_schema(schema_generator=ExplainedSchema)
