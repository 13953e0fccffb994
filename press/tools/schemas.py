"""Write the JSON Schemas of `press/schema/` for editors: run as `python -m press.tools.schemas`."""

import json
from typing import Any

from pydantic import TypeAdapter

from press.content.model import Brief, Claim, ClaimId, Limits, Mail, Series, Source, Terms
from press.content.model.kinds import MODELS
from press.content.model.releases import ReleaseManifest
from press.ground.paths import Folders
from press.tools.keys import Key, schema_of

ID = "^[a-z][a-z0-9-]{0,79}$"


def schemas() -> dict[str, str]:
    """Return the text of each schema by the name of its file."""
    plain = with_keys() | {"release-manifest": TypeAdapter(ReleaseManifest).json_schema()}
    return {f"{name}.json": _text(schema) for name, schema in plain.items()}


def with_keys() -> dict[str, dict[str, Any]]:
    """Return the schema of each kind of file that authors write, with the `Key` of each property, by its name."""
    models: dict[str, Any] = {
        "series": Series,
        "limits": Limits,
        "terms": Terms,
        "source": Source,
        "brief": Brief,
        "mail": Mail,
    }
    plain = {name: schema_of(model) for name, model in models.items()}
    return plain | {"claims": schema_of(dict[ClaimId, Claim]), "blocks": blocks()}


def blocks() -> dict[str, Any]:
    """Return the schema of a file of blocks: each id has one key, the kind, whose value is the block."""
    definitions: dict[str, Any] = {}
    for kind, model in MODELS.items():
        schema = schema_of(model)
        definitions |= schema.pop("$defs", {}) | {kind: schema}
    kinds = {kind: {"$ref": f"#/$defs/{kind}"} for kind in MODELS}
    closed = {"type": "object", "additionalProperties": False}
    block = {**closed, "properties": kinds, "minProperties": 1, "maxProperties": 1}
    return {**closed, "patternProperties": {ID: block}, "$defs": definitions}


def _text(schema: dict[str, Any]) -> str:
    named = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(_with_words(named), indent=1, sort_keys=True) + "\n"


def _with_words(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return *schema* with what an editor shows of a key: what it holds, its unit, what it takes, an example."""
    if isinstance(schema, list):
        return [_with_words(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _with_words(each) for name, each in schema.items()}
    if isinstance(key := plain.get("key"), Key):
        example = f"for example {key.example}" if key.example else ""
        parts = (key.says, f"in {key.unit}" if key.unit else "", plain.get("description"), example)
        plain["description"] = "; ".join(filter(None, parts))
        del plain["key"]
    return plain


def main() -> None:
    """Write all schemas."""
    folder = Folders.here().code / "schema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
