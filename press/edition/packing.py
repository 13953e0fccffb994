"""Keep an edition as bytes, and make it of them again: of nothing but the types of editions, whatever they say."""

import io
import pickle
from dataclasses import is_dataclass
from typing import Any

from press.edition import edition as ed


def packed(edition: ed.Edition) -> bytes:
    """Return *edition* as bytes, with its digest and its JSON, for this version of Press."""
    assert edition.digest  # noqa: S101 - it is made when it is asked for, and kept with the rest
    data = io.BytesIO()
    _Writer(data, pickle.HIGHEST_PROTOCOL).dump(edition)
    return data.getvalue()


def unpacked(data: bytes) -> ed.Edition:
    """Return the edition that was packed as *data*; its texts no longer know where they were typed.

    Raises:
        pickle.UnpicklingError: they name what is no part of an edition.
    """
    edition = _Reader(io.BytesIO(data)).load()
    if not isinstance(edition, ed.Edition):
        raise pickle.UnpicklingError("there is no edition in it")
    return edition


class _Writer(pickle.Pickler):
    """A writer for which a text with a place is a text."""

    def reducer_override(self, part: object) -> Any:  # noqa: ANN401 - as its base has it
        return (str, (str(part),)) if isinstance(part, str) else NotImplemented


class _Reader(pickle.Unpickler):
    """A reader that could otherwise be made to call whatever the bytes name."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("builtins", "str"):
            return str
        found = getattr(ed, name, None) if module == ed.__name__ else None
        if not is_dataclass(found):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of an edition")
        return found
