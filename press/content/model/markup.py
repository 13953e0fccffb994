"""A model in, every text in Markdown that it holds out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from press.content.model.typed import ScalarType
from press.content.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator


def markup(model: BaseModel) -> Iterator[tuple[str, Scalar, str]]:
    """Yield every text in Markdown of *model*: name of its field, the text, and 'blocks' or 'line'."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        yield from _texts(name, value, _markup_of([*field.metadata, field.annotation]))


def _texts(name: str, value: object, kind: str) -> Iterator[tuple[str, Scalar, str]]:
    if isinstance(value, Scalar) and kind:
        yield name, value, kind
    elif isinstance(value, BaseModel):
        yield from markup(value)
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(name, item, kind)


def _markup_of(hints: list[Any]) -> str:
    for hint in hints:
        if isinstance(hint, ScalarType) and hint.markup and "editor" not in hint.expected:
            return hint.markup
        if inner := _markup_of([*getattr(hint, "__metadata__", ()), *get_args(hint)]):
            return inner
    return ""
