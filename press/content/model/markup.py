"""Find the texts in Markdown that a model holds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from press.content.model.typed import ScalarType
from press.content.text import Markdown

if TYPE_CHECKING:
    from collections.abc import Iterator


def markup(model: BaseModel) -> Iterator[tuple[str, Markdown]]:
    """Yield every text in Markdown of *model*, with the name of its field."""
    for name in type(model).model_fields:
        yield from _texts(name, getattr(model, name))


@cache
def text_fields(model: type[BaseModel]) -> dict[str, str | None]:
    """Return the markup of each field of *model*: 'blocks', 'line', '' for plain text, None for what is no text."""
    return {
        name: _markup_of([*field.metadata, field.annotation])
        for name, field in model.model_fields.items()
    }


def _texts(name: str, value: object) -> Iterator[tuple[str, Markdown]]:
    if isinstance(value, Markdown):
        yield name, value
    elif isinstance(value, BaseModel):
        yield from markup(value)
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(name, item)


def _markup_of(hints: list[Any]) -> str | None:
    for hint in hints:
        if isinstance(hint, ScalarType):
            return hint.markup
        inner = _markup_of([*getattr(hint, "__metadata__", ()), *get_args(hint)])
        if inner is not None:
            return inner
    return None
