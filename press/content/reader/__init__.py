"""Read the author's files and validate them: every mistake comes with its place.

Two steps, so that a file of many entries can be validated entry by entry: `read` returns the
tree of a file as typed, `validate` and `validate_kind` make models of it or of a part of it.
"""

from press.content.reader.files import read, read_bytes
from press.content.reader.validation import validate, validate_kind
from press.content.reader.yaml_tree import EMPTY

__all__ = ["EMPTY", "read", "read_bytes", "validate", "validate_kind"]
