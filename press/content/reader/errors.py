"""An error of pydantic's and where its loc leads in; a problem in words for analysts out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pydantic_core import core_schema

from press.content.reader.trail import names
from press.content.reader.words import clip, expected, found, noun
from press.content.scalar import Keys, Scalar
from press.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from press.content.reader.trail import Loc, Trail
    from press.problems import Place

_KNOWN = frozenset(get_args(core_schema.ErrorType))
_THINGS = {
    "a text": ["string_type", "is_instance_of"],
    "a list": ["list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type"],
    "keys": ["dict_type", "mapping_type", "model_type", "model_attributes_type", "dataclass_type"],
    "true or false": ["bool_type"],
    "a whole number": ["int_type"],
    "a number": ["float_type", "decimal_type"],
    "a date such as 2026-11-24": ["date_type"],
}
THING = {kind: thing for thing, kinds in _THINGS.items() for kind in kinds}
_AT_KEY = frozenset({"missing", "union_tag_not_found", "extra_forbidden"})
LITERAL = "literal_error"
_TREES = ("a text", "a list", "keys")
_BOUNDS = {
    "greater_than": "a number over {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "a number under {lt}",
    "less_than_equal": "at most {le}",
    "multiple_of": "a multiple of {multiple_of}",
    "string_pattern_mismatch": "the form {pattern}",
}
_LENGTHS = {
    "too_short": ("at least", "min_length", ("entry", "entries")),
    "too_long": ("at most", "max_length", ("entry", "entries")),
    "string_too_short": ("at least", "min_length", ("character", "characters")),
    "string_too_long": ("at most", "max_length", ("character", "characters")),
}


@dataclass(frozen=True, slots=True)
class Error:
    """One error of pydantic's, and where it is."""

    raw: ErrorDetails
    loc: Loc
    trail: Trail  # for a missing key: of what it is missing from
    others: tuple[Error, ...] = ()  # the choices of a union, none of which fits

    @property
    def kind(self) -> str:
        """The name of what is wrong, pydantic's or the raiser's."""
        is_decimal = self.raw["type"] == "is_instance_of" and self.context["class"] == "Decimal"
        return "decimal_type" if is_decimal else self.raw["type"]

    @property
    def context(self) -> dict[str, Any]:
        """What pydantic or the raiser adds."""
        return self.raw.get("ctx", {})

    @property
    def value(self) -> Any:  # noqa: ANN401  whatever was typed
        """What was typed."""
        return self.trail.value


def problem(error: Error) -> Problem:
    """Return what to tell the author."""
    rule = "schema" if error.kind in _KNOWN else str(error.context.get("rule", "schema"))
    return Problem(_place(error), message(error), rule)


def message(error: Error) -> str:
    """Return the words for an error."""
    if error.kind in THING:
        return _expected(error)
    literals = [value for other in error.others for value in choices(other)]
    return _words(error) + (f"; or write {' or '.join(literals)}" if literals else "")


def _words(error: Error) -> str:
    if error.kind not in _KNOWN:
        return error.raw["msg"]
    if error.kind in {"value_error", "assertion_error"}:
        return str(error.context["error"])
    if error.kind in _BOUNDS:
        return f"expected {_BOUNDS[error.kind].format(**error.context)}, found {found(error.value)}"
    if error.kind in _LENGTHS:
        return _length(error)
    plainly = error.raw["msg"].removeprefix("Input ")
    return _name(error) or f"this {plainly}, found {found(error.value)}"


def _place(error: Error) -> Place:
    trail = error.trail
    offset = error.context.get("offset")
    if error.kind not in _KNOWN and isinstance(offset, int) and isinstance(trail.value, Scalar):
        return trail.value.at(offset)
    if error.kind in _AT_KEY and trail.key is not None:
        return trail.key.place
    if error.kind == "union_tag_invalid" and isinstance(trail.value, Keys):
        return trail.value.place_of(trail.node["discriminator"])
    return trail.place


def _expected(error: Error) -> str:
    things = list(dict.fromkeys(THING[one.kind] for one in (error, *error.others)))
    if len(things) == 1 and things[0] in _TREES:
        return expected(things[0], error.value)
    shown = noun(error.value) if set(things) & set(_TREES) else found(error.value)
    return f"expected {' or '.join(things)}, found {shown}"


def _length(error: Error) -> str:
    bound, name, nouns = _LENGTHS[error.kind]
    limit = error.context[name]
    return f"expected {bound} {limit} {nouns[limit != 1]}, found {len(error.value)}"


def _name(error: Error) -> str:
    """Return the words for a name that is missing or unknown, '' for all else."""
    node, last = error.trail.node, error.loc[-1] if error.loc else ""
    if error.kind == "missing":
        return f"missing entry {last + 1}" if isinstance(last, int) else f"missing key '{last}'"
    if error.kind == "extra_forbidden":
        return unknown("key", str(last), names(error.trail.parent))
    if error.kind in {LITERAL, "enum"}:
        return _no_choice(error)
    if error.kind == "union_tag_not_found":
        return f"missing key '{node['discriminator']}'"
    if error.kind == "union_tag_invalid":
        return unknown(node["discriminator"], error.context["tag"], map(str, node["choices"]))
    return ""


def choices(error: Error) -> list[str]:
    """Return the values of which one was expected."""
    node = error.trail.node
    members = [member.value for member in node.get("members", ())]
    return [str(value) for value in node.get("expected", members)]


def close(error: Error) -> str:
    """Return the known key that an unknown one was probably meant as, or ''."""
    guess = did_you_mean(str(error.loc[-1]), names(error.trail.parent), most=0)
    return guess.removeprefix("; did you mean '").removesuffix("'?")


def _no_choice(error: Error) -> str:
    if isinstance(error.value, Scalar):
        return unknown("value", error.value, choices(error))
    return f"expected one of {', '.join(choices(error))}, found {noun(error.value)}"


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return the words for a name that is not among the *known* ones."""
    return f"unknown {what} '{clip(name)}'{did_you_mean(name, known)}"
