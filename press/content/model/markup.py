"""Find the texts in Markdown that a model holds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from press.content.model.typed import ScalarType
from press.content.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator


def markup(model: BaseModel) -> Iterator[tuple[str, Scalar, str]]:
    """Yield every text in Markdown of *model*: name of its field, the text, and 'blocks' or 'line'."""
    for name, kind in text_fields(type(model)).items():
        yield from _texts(name, getattr(model, name), kind or "")


@cache
def text_fields(model: type[BaseModel]) -> dict[str, str | None]:
    """Return the markup of each field of *model*: 'blocks', 'line', '' for plain text, None for what is no text."""
    return {
        name: _markup_of([*field.metadata, field.annotation])
        for name, field in model.model_fields.items()
    }


def _texts(name: str, value: object, kind: str) -> Iterator[tuple[str, Scalar, str]]:
    if isinstance(value, Scalar) and kind:
        yield name, value, kind
    elif isinstance(value, BaseModel):
        yield from markup(value)
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(name, item, kind)


def _markup_of(hints: list[Any]) -> str | None:
    for hint in hints:
        if isinstance(hint, ScalarType):
            return hint.markup
        inner = _markup_of([*getattr(hint, "__metadata__", ()), *get_args(hint)])
        if inner is not None:
            return inner
    return None
