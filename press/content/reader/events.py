"""Parse YAML into events. This is the one gate to PyYAML.

Events come one by one and without recursion. PyYAML's own loader recurses in C without a limit and
crashes, lets errors of several kinds escape, and guesses at types.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import yaml

from press.content.reader.syntax import Complaint, explain

Kind = Literal["stream", "document", "keys", "items", "scalar", "alias", "end", "over"]

_KINDS: dict[type[yaml.Event], Kind] = {
    yaml.StreamStartEvent: "stream",
    yaml.DocumentStartEvent: "document",
    yaml.MappingStartEvent: "keys",
    yaml.SequenceStartEvent: "items",
    yaml.ScalarEvent: "scalar",
    yaml.AliasEvent: "alias",
    yaml.StreamEndEvent: "over",
}
_MARKS = {"anchor": "&", "tag": "!", "version": "%", "tags": "%"}  # by the name of what has it
_ESCAPING = (yaml.YAMLError, LookupError, ValueError, AttributeError, RecursionError)


class BrokenError(Exception):
    """The YAML cannot be parsed from here on."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index  # in the text
        self.message = message


class Event(NamedTuple):
    """One step of the parser. Indexes are code points of the text."""

    kind: Kind
    start: int
    end: int
    value: str = ""  # of a scalar
    style: str = ""  # of a scalar: '' for plain, or one of ' " | >
    flow: bool = False  # whether keys or items are written in brackets
    mark: str = ""  # & for an anchor, * for an alias, ! for a tag, % for a directive


def events(text: str) -> Iterator[Event]:
    """Yield the events of *text*.

    Raises:
        BrokenError: where the YAML is broken.
    """
    end = 0
    try:
        for found in yaml.parse(text, yaml.CSafeLoader):
            event = _event(found)
            end = event.end
            yield event
    except yaml.MarkedYAMLError as error:
        at = min(_index(error.problem_mark), len(text))
        since = at if error.context_mark is None else _index(error.context_mark)
        complaint = Complaint(text, str(error.problem), str(error.context), at, since)
        raise BrokenError(*explain(complaint)) from None
    except _ESCAPING as error:
        raise BrokenError(end, f"this is not YAML: {type(error).__name__}") from None


def _event(found: yaml.Event) -> Event:
    kind = _KINDS.get(type(found), "end")
    marks = (mark for name, mark in _MARKS.items() if getattr(found, name, None))
    return Event(
        kind,
        _index(found.start_mark),
        _index(found.end_mark),
        getattr(found, "value", ""),
        getattr(found, "style", None) or "",
        flow=bool(getattr(found, "flow_style", False)),
        mark="*" if kind == "alias" else next(marks, ""),
    )


def _index(mark: object) -> int:
    return int(getattr(mark, "index", 0))
