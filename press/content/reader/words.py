"""The words that problems of the reader share."""

from __future__ import annotations

import re

from press.content.scalar import Items, Keys, Scalar

IN_QUOTES = "put the text in quotes or under '>-'"
_LONG = 40  # characters of the author's that a message repeats
NO_SPACE = re.compile(r"([\w-]+:|-)\S")


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


def found(value: object) -> str:
    """Return what an author typed: a text itself, or its kind."""
    return f"'{clip(value)}'" if isinstance(value, str) else noun(value)


def cannot_begin(mark: str) -> str:
    """Return what to say of a plain text that begins with a *mark* of YAML's."""
    return f"a text cannot begin with '{mark}'; {IN_QUOTES}"


def begins_with(mark: str) -> str:
    """Return the way out where a *mark* may have been meant as a text's first character."""
    return f"a text that begins with '{mark}' goes in quotes or under '>-'"


def expected(what: str, value: object) -> str:
    """Return what to say where *what*, a kind of thing, should stand instead of *value*."""
    return f"expected {what}, found {noun(value)}{_way_out(what, value)}"


def _way_out(what: str, value: object) -> str:
    match = NO_SPACE.match(value) if isinstance(value, Scalar) and value.plain else None
    if match and what == ("a list" if match[1] == "-" else "keys"):
        return f"; put a space behind the '{match[1][-1]}'"
    if what != "a text":
        return ""
    if isinstance(value, bool):
        return "; put it in quotes"
    if isinstance(value, (Keys, Items)) and value.flow:
        return f"; {begins_with('{' if isinstance(value, Keys) else '[')}"
    if isinstance(value, Keys):
        return "; a text with ': ' in it goes in quotes or under '>-'"
    return ""
