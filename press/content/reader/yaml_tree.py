"""Build the tree of a file: its keys, lists and scalars as typed."""

import re
import unicodedata
from itertools import islice

from press.content.reader.events import BrokenError, Event, events
from press.content.reader.messages import IN_QUOTES, begins_with, clip, expected, noun, typed
from press.content.scalar import Items, Keys, Origin, Scalar, TextFile
from press.problems import Place, Problem

DEPTH = 32
MOST_NODES = 50_000
MOST_PROBLEMS = 100  # a file that has more is another kind of file
EMPTY = "this file is empty"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FLAGS = {"true": True, "false": False}
_COMMENT = re.compile(r"[ \t]*#")
_MARKS = {"*": "aliases", "&": "anchors", "!": "tags"}

# Listed, and not asked of `unicodedata`, whose answers change with the version of Python.
_ENDS = range(0xFFFE, 0x110000, 0x10000)  # the last two of each plane are no characters
_FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\u00ad"  # soft hyphen: each language has its own rules of hyphenation
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi: a text is not what it looks like
    "\u2028\u2029"  # line ends for some programs and not for others
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # without width
    "\u200b-\u200d\u2060-\u2065\u206a-\u206f"  # likewise
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # likewise
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # likewise
    "\ud800-\udfff"  # half a pair of UTF-16
    "\ufdd0-\ufdef" + "".join(f"{chr(end)}{chr(end + 1)}" for end in _ENDS) + "]"
)
_ODD_SPACE = re.compile(  # in the indentation, or after a key or dash: YAML takes it for text
    r"^[ \t]*(?:(?:- +)*[a-z_]+:|-)?(?P<odd>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])",
    re.MULTILINE,
)


class _Growth:
    """A tree that grows event by event, and the problems on the way."""

    def __init__(self, file: TextFile) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.nodes = 0
        self.latest = Scalar("")
        self.next = events(file.text).__next__

    def report(self, index: int, message: str, rule: str = "yaml") -> None:
        """Keep one problem, at *index* of the text.

        Raises:
            BrokenError: if there are too many.
        """
        self.problems.append(Problem(self.file.place(index), message, rule))
        if len(self.problems) >= MOST_PROBLEMS:
            raise BrokenError(index, "many problems; fix these first")


def build_tree(file: TextFile) -> tuple[Keys | None, tuple[Problem, ...]]:
    """Return the tree of *file*, or None and its problems."""
    growth = _Growth(file)
    message = "{} is no space for YAML; type a space"
    if odd := list(islice(_ODD_SPACE.finditer(file.text), MOST_PROBLEMS)):
        found = ((file.place(each.start("odd")), _name_of(each["odd"])) for each in odd)
        return None, tuple(Problem(at, message.format(name), "character") for at, name in found)
    try:
        tree = _document(growth)
    except BrokenError as error:
        last = Problem(file.place(error.index), error.message, "yaml")
        others = (each for each in growth.problems if each.place != last.place)
        return None, tuple(sorted({*others, last}))
    return (None if growth.problems else tree), tuple(sorted(growth.problems))


def _document(growth: _Growth) -> Keys | None:
    growth.next()  # the start of the stream
    start = growth.next()
    if start.kind == "over":
        raise BrokenError(0, EMPTY)
    if start.mark:
        growth.report(start.start, "a line cannot begin with '%'; take it out")
    root = growth.next()
    if _is_null(root):
        raise BrokenError(0, EMPTY)
    value = _node(growth, root, 0)
    growth.next()  # the end of the document
    if (again := growth.next()).kind == "document":
        raise BrokenError(again.start, "a second document begins here; make it a file of its own")
    if isinstance(value, Keys):
        return value
    way_out = (
        f"; put ':' after '{value}'" if isinstance(value, Scalar) and value.isidentifier() else ""
    )
    growth.report(root.start, expected("keys", value) + way_out)
    return None


def _node(growth: _Growth, event: Event, depth: int) -> object:
    """Return the value that *event* begins; *depth* is that of what holds it."""
    _check(growth, event, depth)
    if event.kind == "keys":
        return _keys(growth, event, depth + 1)
    if event.kind == "items":
        return _items(growth, event, depth + 1)
    scalar = _scalar(growth, event)
    return _FLAGS.get(scalar, scalar) if scalar.plain else scalar


def _check(growth: _Growth, event: Event, depth: int) -> None:
    """Report what exceeds a limit, and anchors, aliases and tags."""
    growth.nodes += 1
    if growth.nodes > MOST_NODES:
        raise BrokenError(event.start, f"more than {MOST_NODES:,} values; split this file")
    if depth >= DEPTH and event.kind in {"keys", "items"}:
        raise BrokenError(event.start, f"nested more than {DEPTH} deep")
    if event.mark:
        message = f"{_MARKS[event.mark]} ('{event.mark}') are not allowed"
        growth.report(event.start, f"{message}; {begins_with(event.mark)}")


def _scalar(growth: _Growth, event: Event) -> Scalar:
    token = Origin(growth.file, event.start, event.end, event.style)
    scalar = growth.latest = Scalar(event.value, token)
    if event.style == '"':  # only these have escapes
        for offset, message in forbidden_characters(scalar):
            growth.problems.append(Problem(scalar.at(offset), message, "character"))
    return scalar


def _is_null(event: Event) -> bool:
    plain = event.kind == "scalar" and not event.style and not event.mark
    return plain and event.value in _NULLS


def _items(growth: _Growth, start: Event, depth: int) -> Items:
    entries: list[object] = []
    places: dict[int, Place] = {}
    while (event := growth.next()).kind != "end":
        if _is_null(event):
            growth.report(event.start, "this item has no value; give it one or take it out")
        value = _node(growth, event, depth)
        if isinstance(value, bool):
            places[len(entries)] = growth.file.place(event.start)
        entries.append(value)
    return Items(entries, growth.file.place(start.start), places, flow=start.flow)


def _keys(growth: _Growth, start: Event, depth: int) -> Keys:
    entries: dict[Scalar, object] = {}
    places: dict[str, Place] = {}
    while (event := growth.next()).kind != "end":
        key = _key(growth, event, depth)
        if key is None:
            _node(growth, growth.next(), depth)
            continue
        if key in entries:
            line = next(first for first in entries if first == key).place.line
            in_list = growth.file.text[: start.start].rstrip(" ").endswith("-")
            way_out = "; begin a new item with '- '" if in_list else ""
            message = f"key '{clip(key)}' is given twice, first in line {line}"
            growth.report(event.start, message + way_out)
        given = growth.next()
        if _is_null(given):
            _no_value(growth, start, event, given)
        value = entries[key] = _node(growth, given, depth)
        if isinstance(value, bool):
            places[key] = growth.file.place(given.start)
    return Keys(entries, growth.file.place(start.start), places, flow=start.flow)


def _key(growth: _Growth, event: Event, depth: int) -> Scalar | None:
    """Return the key that *event* is, or None after reporting it."""
    if event.kind != "scalar":
        value = _node(growth, event, depth)
        if event.kind != "alias":
            growth.report(event.start, f"a key must be plain text, found {noun(value)}")
        return None
    _check(growth, event, depth)
    above = growth.latest
    key = _scalar(growth, event)
    if _is_null(event):
        growth.report(event.start, f"a key must be plain text, found {typed(key or None)}")
        return None
    if key.plain and key == "<<":
        growth.report(event.start, "merge keys ('<<') are not allowed; write the keys out")
        return None
    written = above.origin
    if key.plain and " " in key and isinstance(written, Origin) and written.style in {"|", ">"}:
        line = growth.file.place(written.start).line
        under = f"begin it in column {above.place.column}, as the text of line {line}"
        growth.report(event.start, f"'{clip(key)}' is no key; {under}")
        return None
    return key


def _no_value(growth: _Growth, start: Event, key: Event, given: Event) -> None:
    """Report a key without a value, with the way out for what may have been meant."""
    message = f"'{clip(key.value)}' has no value"
    way_out = "give it a value or take the key out"
    at, text = growth.file.place(key.start), growth.file.text
    below = re.match(r"[ \t]*:[ \t]*\n+( *)[\w.-]+:", text[key.end :])
    if below and len(below[1]) == at.column - 1:
        way_out = "give it a value, or indent the lines below if they belong to it"
    if given.value:
        growth.report(given.start, f"{message}, but '{given.value}'; {way_out}")
    elif start.flow:
        comma = key.value.isdigit() and "a number has no comma in it"
        before = text[start.end : key.start]
        own = ": " in before and "a comma ends a value in { }: put the whole value in quotes"
        growth.report(start.start, f"{message}; {comma or own or begins_with('{')}")
    elif comment := _COMMENT.match(growth.file.text, given.start):
        growth.report(comment.end() - 1, f"{message}, but a comment; {way_out}, or {IN_QUOTES}")
    else:
        growth.report(key.start, f"{message}; {way_out}")


def forbidden_characters(text: str) -> list[tuple[int, str]]:
    """Return where *text* has characters that are invisible or reorder others, and a message each."""
    found = islice(_FORBIDDEN.finditer(text), MOST_PROBLEMS)
    lone = "U+000D CARRIAGE RETURN is not allowed alone; end lines with LF or CRLF"
    other = "{} is not allowed; take it out"
    return [
        (match.start(), lone if match[0] == "\r" else other.format(_name_of(match[0])))
        for match in found
    ]


def _name_of(character: str) -> str:
    name = unicodedata.name(character, "a character that does not print")
    return f"U+{ord(character):04X} {name}"
