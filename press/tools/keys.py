"""Say what each key holds that an author may write: for editors, and as pages of the docs."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from press.content.model import Brief, Claim, Limits, Mail, Series, Source, Terms
from press.content.model.kinds import KINDS, SECTIONS, kinds_in
from press.ground.paths import Folders
from press.problems import ConfigurationError

PAGES: dict[str, dict[str, type[BaseModel]]] = {  # by their names: what their tables are about
    "series": {"": Series},
    "limits": {"": Limits},
    "terms": {"": Terms},
    "sources": {"": Source},
    "claims": {"": Claim},
    "briefs": {"": Brief},
    "blocks": {kind: row.model for kind, row in KINDS.items()},
    "mail": {"": Mail},
}
WORDS = {"boolean": ["`true` or `false`"], "null": [], "date": ["a day"]}  # of types


@dataclass(frozen=True)
class Key:
    """One key, as `press/keys.toml` has it."""

    says: str
    unit: str = ""
    example: str = ""  # as it is typed behind the key


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


def explained(model: Any) -> JsonSchemaValue:  # noqa: ANN401 - a type
    """Return the JSON Schema of *model*, with the `Key` of each property."""
    adapter: TypeAdapter[Any] = TypeAdapter(model)
    return adapter.json_schema(schema_generator=ExplainedSchema)


def pages() -> dict[str, dict[str, Any]]:
    """Return what the template of a page needs, by the names of the pages."""
    found = {}
    for name, models in PAGES.items():
        schemas = {kind: explained(model) for kind, model in models.items()}
        inner = {key: each for schema in schemas.values() for key, each in schema["$defs"].items()}
        values = {"heading": name, "schemas": schemas, "inner": inner, "title": _title}
        found[name] = {**values, "takes": _takes, "all_sections": SECTIONS, "kinds_in": kinds_in}
    return found


def _title(schema: Mapping[str, Any]) -> str:
    """Return the heading of a model: its sentence, less what stands behind a colon or semicolon."""
    return re.split(r"[.:;](?:\s|$)", str(schema["description"]))[0]


def _takes(schema: Mapping[str, Any], inner: Mapping[str, Any]) -> list[str]:
    """Return what a value may be, in words."""
    match schema:
        case {"$ref": ref}:
            title = _title(inner[ref.rpartition("/")[2]])
            anchor = re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
            ways = [f"[{title[0].lower()}{title[1:]}](#{anchor})"]
        case {"anyOf": each}:
            ways = [words for way in each for words in _takes(way, inner)]
        case {"const": given} | {"enum": given}:
            choices = json.dumps(given).strip("[]").replace('"', "`").split(", ")
            ways = [choice if "`" in choice else f"`{choice}`" for choice in choices]
        case {"type": "array", "items": each}:
            ways = [f"a list: {' or '.join(_takes(each, inner))}"]
        case {"type": "object"}:
            each = [
                *schema.get("patternProperties", {}).values(),
                schema.get("additionalProperties"),
            ]
            ways = [f"names, each with {' or '.join(_takes(each[0], inner))}"]
        case {"type": "integer", "minimum": least, "maximum": most}:
            ways = [f"a whole number from {least} to {most}"]
        case _:
            kind = str(schema.get("format", schema["type"]))
            ways = WORDS[kind] if kind in WORDS else [schema["description"]]
    return ways
