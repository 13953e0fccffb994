"""The `loc` of a pydantic error in; what stands there in the tree and in the schema out.

A loc is no path: each union adds the label of a choice, a faulty key adds '[key]', and a missing
key is not there. So it is followed through tree and schema side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from press.content.scalar import Items, Keys, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.content.reader.strictness import Node, Strict
    from press.problems import Place

Loc = tuple[str | int, ...]

_ANY: Node = {"type": "any"}
_INNER = {"lax-or-strict": "lax_schema", "json-or-python": "python_schema"}
_FIELDS = frozenset({"model-fields", "typed-dict"})
_STOPS = frozenset({*_FIELDS, "dict", "list", "tuple", "set", "frozenset", "union"})


@dataclass(slots=True)
class Trail:
    """Where a loc leads."""

    node: Node  # the schema there, without what is wrapped around it
    value: object
    place: Place
    key: Scalar | None = None  # the key that the value stands under, if it is no item of a list
    parent: Node = field(default_factory=lambda: _ANY)  # the schema around it
    labels: tuple[int, ...] = ()  # indexes in the loc of the labels of unions


def follow(model: Strict, loc: Loc, start: Trail) -> Trail:
    """Return where *loc* leads from *start*, or as far as the tree goes."""
    trail = start
    for index, step in enumerate(loc):
        if trail.node["type"] in {"union", "tagged-union"}:
            trail = _choice(model, trail, str(step), index)
        elif step == "[key]" and trail.key is not None:
            keys = trail.parent.get("keys_schema", _ANY)
            trail = Trail(keys, trail.key, trail.key.place, trail.key, _ANY, trail.labels)
        elif isinstance(trail.value, Keys) and step in trail.value:
            trail = _into_keys(trail, trail.value, str(step))
        elif isinstance(trail.value, Items) and isinstance(step, int) and step < len(trail.value):
            value, place = trail.value[step], trail.value.place_of(step)
            trail = Trail(_child(trail.node, step), value, place, None, trail.node, trail.labels)
        else:
            break
        trail.node = unwrapped(trail.node, model.definitions)
    return trail


def unwrapped(node: Node, definitions: Mapping[str, Node]) -> Node:
    """Return the schema inside of validators, defaults and references."""
    while node["type"] not in _STOPS:
        if node["type"] == "definition-ref":
            node = definitions.get(node["schema_ref"], _ANY)
        elif (inner := _INNER.get(node["type"], "schema")) in node:
            node = node[inner]
        else:
            break
    return node


def names(node: Node) -> list[str]:
    """Return the keys that a schema of fields knows."""
    if node["type"] not in _FIELDS:
        return []
    return [str(one.get("validation_alias", name)) for name, one in node["fields"].items()]


def _choice(model: Strict, trail: Trail, label: str, index: int) -> Trail:
    choices = trail.node["choices"]
    if isinstance(choices, dict):
        node = choices.get(label, _ANY)
    else:
        fits = (choice for choice in choices if _is_label(label, choice, model.definitions))
        node = next(fits, _ANY)
    labels = (*trail.labels, index)
    return Trail(node, trail.value, trail.place, trail.key, trail.parent, labels)


def _is_label(label: str, choice: Node, definitions: Mapping[str, Node]) -> bool:
    """Whether pydantic means *choice* by a label such as 'literal[...]' or the name of a model."""
    while "cls" not in choice and (choice["type"] == "definition-ref" or "schema" in choice):
        choice = choice.get("schema") or definitions.get(choice["schema_ref"], _ANY)
    cls = choice.get("cls")
    name = cls.__name__ if cls else choice["type"]
    return re.search(rf"\b{re.escape(name)}\b", label) is not None


def _into_keys(trail: Trail, value: Keys, name: str) -> Trail:
    node = _child(trail.node, name)
    key = value.key(name)
    return Trail(node, value[key], value.place_of(name), key, trail.node, trail.labels)


def _child(node: Node, step: str | int) -> Node:
    if node["type"] in _FIELDS:
        fields = zip(names(node), node["fields"].values(), strict=True)
        return next((one["schema"] for name, one in fields if name == step), _ANY)
    inner = node.get("values_schema") or node.get("items_schema") or _ANY
    if isinstance(inner, list):
        inner = inner[min(int(step), len(inner) - 1)] if inner else _ANY
    return inner
