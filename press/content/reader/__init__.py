"""Files of the author's in, content proved by a model and every mistake with its place out.

Two steps, so that a file of many entries can be proved entry by entry: `read` gives the tree of a
file as typed, `validate` and `validate_kind` make models of it or of a part of it.
"""

from press.content.reader.files import read
from press.content.reader.validation import validate, validate_kind

__all__ = ["read", "validate", "validate_kind"]
