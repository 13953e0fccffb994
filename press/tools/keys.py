"""Say what each key holds that an author may write: for editors, and as pages of the docs."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from press.content.model import Brief, Claim, Limits, Mail, Series, Source, Terms
from press.content.model.kinds import KINDS, SECTIONS, Sections, kinds_in
from press.ground.paths import Folders
from press.problems import ConfigurationError

PAGES: dict[str, dict[str, type[BaseModel]]] = {  # by their headings: what their tables are about
    "series.yaml": {"": Series},
    "limits.yaml": {"": Limits},
    "terms": {"": Terms},
    "sources": {"": Source},
    "claims": {"": Claim},
    "briefs": {"": Brief},
    "blocks": {f"`{kind}`": row.model for kind, row in KINDS.items()},
    "mail.yaml": {"": Mail},
}
TABLE = "| key | what it holds | what it takes | example |\n|---|---|---|---|"
WORDS = {"boolean": ["`true` or `false`"], "null": [""], "date": ["a day"]}  # of types
SECTION_TABLE = (
    "| section | what it holds | on page 1 | shown from | kinds of block | `use` of its claims |\n"
    "|---|---|---|---|---|---|"
)


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


def pages() -> dict[str, str]:
    """Return the pages by their headings: a table for each file or kind of block, then for each model in these."""
    return {heading: "\n".join(_page(heading, models)) for heading, models in PAGES.items()}


def _page(heading: str, models: Mapping[str, type[BaseModel]]) -> Iterator[str]:
    schemas = {kind: explained(model) for kind, model in models.items()}
    inner = {name: each for schema in schemas.values() for name, each in schema["$defs"].items()}
    yield f"# {heading}\n"
    for kind, schema in schemas.items():
        head = f"## {kind}\n\n" if kind else ""
        yield f"{head}{schema['description']}\n\n{_rows(schema, inner)}\n"
    for name, schema in sorted(inner.items(), key=lambda item: _title(item[1])):
        if "properties" in schema:
            table = _sections() if name == "Sections" else _rows(schema, inner)
            yield f"## {_title(schema)}\n\n{table}\n"


def _sections() -> str:
    lines = [SECTION_TABLE]
    for name, key in keys(Sections).items():
        row, kinds = SECTIONS[name], ", ".join(kind for kind in KINDS if kind in kinds_in(name))
        front = "yes" if row.front else "no"
        cells = (f"`{name}`", key.says, front, row.depth, kinds, ", ".join(sorted(row.uses)))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _title(schema: Mapping[str, Any]) -> str:
    """Return the heading of a model: its sentence, less what stands behind a colon or semicolon."""
    return re.split(r"[.:;](?:\s|$)", str(schema["description"]))[0]


def _rows(schema: Mapping[str, Any], inner: Mapping[str, Any]) -> str:
    """Return the table of the keys of *schema*, which refers to the schemas of *inner* by their names."""
    lines = [TABLE]
    for name, value in schema["properties"].items():
        key: Key = value["key"]
        says = f"required; {key.says}" if name in schema.get("required", ()) else key.says
        takes = " or ".join(_takes(value, inner)) + (f", in {key.unit}" if key.unit else "")
        if isinstance(usual := value.get("default"), str | int) and usual is not False:
            takes += f"; not given: {_typed(usual)}"
        cells = (f"`{name}`", says, takes, f"`{key.example}`" if key.example else "")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _typed(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


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
            choices = given if isinstance(given, list) else [given]
            ways = [f"`{_typed(choice)}`" for choice in choices]
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
            ways = WORDS.get(str(schema.get("format", schema["type"]))) or [schema["description"]]
    return [way for way in ways if way]
