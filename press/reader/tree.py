"""The text of a file in, its tree of keys, lists and scalars out: the one gate to PyYAML.

The tree grows from the events of libyaml's parser. PyYAML's own loader recurses in C without a
limit, dies of it, and lets errors of several kinds escape; its constructors guess at types.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import yaml

from press.problems import Problem
from press.reader.characters import forbidden
from press.reader.traps import Fault, explain
from press.reader.words import IN_QUOTES, begins_with, clip, expected, found, noun
from press.scalar import Items, Keys, Scalar, TextFile, Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.problems import Place

DEPTH = 32
MOST_NODES = 50_000
MOST_PROBLEMS = 100  # a file that has more is another kind of file
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {"true": True, "false": False}
_COMMENT = re.compile(r"[ \t]*#")
_ALONE = {"*": "aliases", "&": "anchors", "!": "tags"}
_ESCAPING = (yaml.YAMLError, LookupError, ValueError, AttributeError, RecursionError)


class _StoppedError(Exception):
    """Nothing further in the file can be read."""


class _Tree:
    """A tree that grows event by event; problems gather meanwhile."""

    def __init__(self, file: TextFile) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.nodes = 0
        self.end = 0  # of the last event
        self.events = cast("Iterator[yaml.Event]", yaml.parse(file.text, yaml.CSafeLoader))

    def report(self, index: int, message: str, rule: str = "yaml") -> None:
        """Keep one problem, at *index* of the text."""
        self.problems.append(Problem(self.file.place(index), message, rule))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _StoppedError

    def stop(self, index: int, message: str) -> _StoppedError:
        """Keep one problem, and return the exception that ends the reading."""
        self.problems.append(Problem(self.file.place(index), message, "yaml"))
        return _StoppedError()

    def next(self) -> yaml.Event:
        """Return the next event.

        Raises:
            _StoppedError: if there is none, since the YAML is broken.
        """
        try:
            event = next(self.events)
        except yaml.MarkedYAMLError as error:
            raise self.stop(*explain(_fault(self.file.text, error, self.end))) from None
        except _ESCAPING as error:
            raise self.stop(self.end, f"this is not YAML: {type(error).__name__}") from None
        self.end = event.end_mark.index
        return event


def grow(file: TextFile) -> tuple[Keys | None, list[Problem]]:
    """Return the tree of *file*, and its problems; it is of use only if there are none."""
    tree = _Tree(file)
    try:
        return _document(tree), tree.problems
    except _StoppedError:
        return None, tree.problems


def _fault(text: str, error: yaml.MarkedYAMLError, end: int) -> Fault:
    at = error.problem_mark.index if error.problem_mark else end
    since = error.context_mark.index if error.context_mark else at
    return Fault(text, str(error.problem), str(error.context), min(at, len(text)), since)


def _document(tree: _Tree) -> Keys | None:
    tree.next()  # the start of the stream
    start = tree.next()
    if isinstance(start, yaml.StreamEndEvent):
        raise tree.stop(0, "this file is empty")
    if start.version or start.tags:
        tree.report(start.start_mark.index, "a line cannot begin with '%'; take it out")
    root = tree.next()
    if _is_null(root):
        tree.report(root.start_mark.index, "this file is empty")
    value = _node(tree, root, 0)
    tree.next()  # the end of the document
    if isinstance(again := tree.next(), yaml.DocumentStartEvent):
        message = "a second document begins here; make it a file of its own"
        raise tree.stop(again.start_mark.index, message)
    if not isinstance(value, Keys) and not tree.problems:
        raise tree.stop(root.start_mark.index, expected("keys", value))
    return value if isinstance(value, Keys) else None


def _node(tree: _Tree, event: yaml.Event, depth: int) -> object:
    """Return what *event* begins."""
    _limit(tree, event, depth)
    _stand_alone(tree, event)
    if isinstance(event, yaml.MappingStartEvent):
        return _keys(tree, event, depth + 1)
    if isinstance(event, yaml.SequenceStartEvent):
        return _items(tree, event, depth + 1)
    if isinstance(event, yaml.ScalarEvent):
        scalar = _scalar(tree, event)
        return BOOLEANS.get(scalar, scalar) if scalar.plain else scalar
    return ""  # an alias, which is reported


def _limit(tree: _Tree, event: yaml.Event, depth: int) -> None:
    tree.nodes += 1
    if tree.nodes > MOST_NODES:
        raise tree.stop(event.start_mark.index, f"more than {MOST_NODES:,} values; split the file")
    if depth >= DEPTH and isinstance(event, yaml.CollectionStartEvent):
        raise tree.stop(event.start_mark.index, f"nested more than {DEPTH} deep")


def _stand_alone(tree: _Tree, event: yaml.Event) -> None:
    """Report what makes one part of a file stand for another, or names a type."""
    marks = {
        "*": isinstance(event, yaml.AliasEvent),
        "&": not isinstance(event, yaml.AliasEvent) and event.anchor is not None,
        "!": getattr(event, "tag", None) is not None,
    }
    for mark in (mark for mark, is_there in marks.items() if is_there):
        message = f"{_ALONE[mark]} ('{mark}') are not allowed; {begins_with(mark)}"
        tree.report(event.start_mark.index, message)


def _scalar(tree: _Tree, event: yaml.ScalarEvent) -> Scalar:
    span = event.start_mark.index, event.end_mark.index
    scalar = Scalar(event.value, Token(tree.file, *span, event.style or ""))
    if event.style == '"':  # the other styles know no escapes
        for offset, message in forbidden(scalar, MOST_PROBLEMS):
            tree.problems.append(Problem(scalar.at(offset), message, "character"))
    return scalar


def _is_null(event: yaml.Event) -> bool:
    if not isinstance(event, yaml.ScalarEvent) or event.style or event.value not in NULLS:
        return False
    return event.anchor is None and event.tag is None  # those have a problem of their own


def _items(tree: _Tree, start: yaml.SequenceStartEvent, depth: int) -> Items:
    entries: list[tuple[object, Place]] = []
    while not isinstance(event := tree.next(), yaml.SequenceEndEvent):
        if _is_null(event):
            tree.report(event.start_mark.index, "this item has no value; give it one or take it out")
        value = _node(tree, event, depth)
        entries.append((value, _place(tree, event, value)))
    return Items(entries, tree.file.place(start.start_mark.index), flow=bool(start.flow_style))


def _keys(tree: _Tree, start: yaml.MappingStartEvent, depth: int) -> Keys:
    entries: dict[str, tuple[Scalar, object, Place]] = {}
    while not isinstance(event := tree.next(), yaml.MappingEndEvent):
        key = _key(tree, event, depth)
        if key in entries:
            first = entries[key][0].place.line
            message = f"key '{clip(key)}' is given twice, first in line {first}"
            tree.report(event.start_mark.index, message)
        given = tree.next()
        if key is not None and _is_null(given):
            _no_value(tree, given, event, start)
        value = _node(tree, given, depth)
        if key is not None:
            entries.setdefault(key, (key, value, _place(tree, given, value)))
    place = tree.file.place(start.start_mark.index)
    return Keys(entries.values(), place, flow=bool(start.flow_style))


def _place(tree: _Tree, event: yaml.Event, value: object) -> Place:
    return value.place if isinstance(value, Scalar) else tree.file.place(event.start_mark.index)


def _key(tree: _Tree, event: yaml.Event, depth: int) -> Scalar | None:
    """Return the key that *event* is, or None and a problem."""
    index = event.start_mark.index
    if not isinstance(event, yaml.ScalarEvent):
        value = _node(tree, event, depth)
        if not isinstance(event, yaml.AliasEvent):
            tree.report(index, f"a key must be plain text, found {noun(value)}")
        return None
    _limit(tree, event, depth)
    _stand_alone(tree, event)
    key = _scalar(tree, event)
    if _is_null(event):
        tree.report(index, f"a key must be plain text, found {found(key) if key else 'nothing'}")
        return None
    if key.plain and key == "<<":
        tree.report(index, "merge keys ('<<') are not allowed; write the keys out")
    return key


def _no_value(tree: _Tree, event: yaml.ScalarEvent, key: yaml.Event, start: yaml.Event) -> None:
    """Report a key without a value, with what may have been meant instead."""
    index, message = event.start_mark.index, f"'{clip(key.value)}' has no value"
    way_out = "give it a value or take the key out"
    if event.value:
        tree.report(index, f"{message}, but '{event.value}'; {way_out}")
    elif start.flow_style:
        tree.report(start.start_mark.index, f"{message}; {begins_with('{')}")
    elif comment := _COMMENT.match(tree.file.text, index):
        tree.report(comment.end() - 1, f"{message}: '#' begins a comment; {IN_QUOTES}")
    else:
        tree.report(key.start_mark.index, f"{message}; {way_out}")
