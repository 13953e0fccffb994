"""Word the messages of the reader."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from press.content.moved import moved
from press.content.scalar import Items, Keys, Scalar
from press.problems import did_you_mean

IN_QUOTES = "put the text in quotes or under '>-'"
NO_SPACE = re.compile(r"([\w-]+:|-)\S")
_UNMARKED = re.compile(rf"{NO_SPACE.pattern}|([\w-]+) [|>]")
IN_BRACKETS = "; write ["  # the way out where a list has one item, a text
IN_LINES = "put each item on a line of its own, behind '- '"
_LONG = 40  # characters of the author's that a message repeats
_TYPES = {
    "dict_type": "keys",
    "model_attributes_type": "keys",  # of a union
    "model_type": "keys",
    "tuple_type": "a list",
}
_WORDS = {
    "bool_type": "expected true or false, found {typed}",
    "missing": "missing key '{key}'",
    "union_tag_not_found": "missing key {discriminator}",
    "greater_than_equal": "expected at least {ge}, found {typed}",
    "less_than_equal": "expected at most {le}, found {typed}",
    "too_short": "expected at least {count}, found {length}",
    "too_long": "expected at most {count}, found {length}",
    "value_error": "{error}",
}
_CHOICE = re.compile(r"'([^']*)'|(True|False)")


def clip(text: str) -> str:
    """Return *text* as one short line."""
    line = text[:_LONG].replace("\n", " ")
    return line if len(text) <= _LONG else f"{line}…"


def noun(value: object) -> str:
    """Return what kind of thing an author typed."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Keys):
        return "keys"
    return "a list" if isinstance(value, Items) else "a text" if value is not None else "nothing"


def typed(value: object) -> str:
    """Return what an author typed: a text itself, or its kind."""
    return f"'{clip(value)}'" if isinstance(value, str) else noun(value)


def begins_with(mark: str) -> str:
    """Return the way out where a *mark* may have been meant as a text's first character."""
    return f"a text that begins with '{mark}' goes in quotes or under '>-'"


def expected(what: str, value: object) -> str:
    """Return the message for a *value* that is no *what*, a kind of thing."""
    return f"expected {what}, found {noun(value)}{_way_out(what, value)}"


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return the message for a name that is not among the *known* ones."""
    names = tuple(known)
    if row := moved(name, names):
        return row.message
    if what == "key" and " " in name:
        return f"'{clip(name)}' is no key; if it is text, begin it in the column of the text above"
    return f"unknown {what} '{clip(name)}'{did_you_mean(name, names)}"


def of_model(error: ErrorDetails, value: object, known: Iterable[str]) -> str:
    """Return the message for an error of pydantic's at *value*; *known* are the keys beside it."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _TYPES:
        return expected(_TYPES[kind], value)
    if kind == "extra_forbidden":
        return unknown("key", str(error["loc"][-1]), known)
    if kind in {"literal_error", "union_tag_invalid"}:
        return _no_choice(context, value)
    if kind in _WORDS:
        key, length = error["loc"][-1:], len(value) if isinstance(value, Items) else 0
        limit = context.get("min_length", context.get("max_length"))
        count = f"{limit} {'entry' if limit == 1 else 'entries'}"
        words = {"key": "".join(map(str, key)), "typed": typed(value), "count": count}
        return _WORDS[kind].format(length=length, **words, **context)
    return error["msg"]


def _no_choice(context: Mapping[str, Any], value: object) -> str:
    """Return the message for a *value* that is not among those allowed."""
    listed = context.get("expected") or context["expected_tags"]  # such as "'a', 'b' or True"
    choices = [text or flag.lower() for text, flag in _CHOICE.findall(listed)]
    name = context.get("tag", value)
    if isinstance(name, str):
        return unknown(context.get("discriminator", "value").strip("'"), name, choices)
    return f"expected one of {', '.join(choices)}, found {noun(value)}"


def _way_out(what: str, value: object) -> str:
    match = _UNMARKED.match(value) if isinstance(value, Scalar) and value.plain else None
    if match and what == ("a list" if match[1] == "-" else "keys"):
        return (
            f"; put ':' after '{match[2]}'" if match[2] else f"; put a space after '{match[1][-1]}'"
        )
    if what == "a list" and isinstance(value, Scalar):
        several = set("[]{},:#") & set(value)
        return f"; {IN_LINES}" if several else f"{IN_BRACKETS}{clip(value)}]"
    if what in _TYPES.values() or isinstance(value, Scalar):
        return ""
    if isinstance(value, bool):
        return "; put it in quotes"
    if isinstance(value, (Keys, Items)) and value.flow:
        return f"; {begins_with('{' if isinstance(value, Keys) else '[')}"
    return (
        "; a text with ': ' in it goes in quotes or under '>-'" if isinstance(value, Keys) else ""
    )
