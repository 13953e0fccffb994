"""Find the texts in Markdown that a model holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from press.content.text import Markdown

if TYPE_CHECKING:
    from collections.abc import Iterator


def markup(value: object, name: str = "") -> Iterator[tuple[str, Markdown]]:
    """Yield every text in Markdown in *value*, a model or a part of one, with the *name* of its field."""
    if isinstance(value, Markdown):
        yield name, value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from markup(getattr(value, field), field)
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from markup(item, name)
