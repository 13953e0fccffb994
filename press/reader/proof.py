"""A tree as typed and a model in; the model's instance, or all that is wrong with the tree, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from press.problems import Problem, did_you_mean
from press.reader.errors import ...
