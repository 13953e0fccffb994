"""Check claims against the passages of their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.content.quantity import Quantity, parse
from press.problems import Place, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.content.model import Claim, Passage, Source, Value

RULE = "evidence"
YEAR = "year"  # the unit of a value that is one


def unreadable(source: Source) -> Iterator[Problem]:
    """Yield the values in the index of *source* that nothing could be compared with."""
    for passage in source.passages.values():
        for typed in passage.values:
            if parse(typed) is None:
                message = (
                    f"'{typed}' can't be read as a value; write it as 48, more than 90%, 6-7, 2011-2012 or 1/3,"
                    " the lower number first"
                )
                yield Problem(typed.place, message, RULE)


def check(name: str, claim: Claim, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Yield what is wrong with the claim called *name*: its source, locator, references, years and values."""
    source = sources.get(claim.source)
    if source is None:
        yield Problem(
            claim.source.place,
            f"no source is called '{claim.source}'{did_you_mean(claim.source, sources)}",
            "reference",
        )
        return
    passage = source.passages.get(claim.locator)
    if passage is None:
        yield Problem(
            claim.locator.place,
            f"source '{claim.source}' has no passage {claim.locator}{did_you_mean(claim.locator, source.passages)}",
            "reference",
        )
        return
    yield from _references(claim, passage)
    yield from _years(claim, passage)
    for key, value in claim.values.items():
        yield from _value(f"{name}.{key}", key.place, value, claim, passage)


def _references(claim: Claim, passage: Passage) -> Iterator[Problem]:
    for mark in claim.references:
        if mark not in passage.references:
            yield Problem(mark.place, f"passage {claim.locator} bears no reference {mark}", RULE)


def _years(claim: Claim, passage: Passage) -> Iterator[Problem]:
    for typed in (claim.year, *(value.year for value in claim.values.values())):
        if typed and typed != "not stated" and typed not in passage.values:
            yield Problem(
                typed.place,
                f"the year {typed} is not among the values of passage {claim.locator}; write 'not stated'",
                RULE,
            )


def _value(
    name: str, place: Place, value: Value, claim: Claim, passage: Passage
) -> Iterator[Problem]:
    known = {parse(text) for text in passage.values}
    stated = value.quantity
    if value.derived is not None:
        yield from _derived(name, value, value.derived.place, claim, passage)
    elif value.counted is not None:
        if len(set(value.counted)) != len(value.counted):
            yield Problem(value.counted[0].place, f"'{name}' counts a name twice", RULE)
    elif stated not in known:
        typed = value.number or value.range or value.fraction
        yield Problem(
            typed.place if typed else place,
            f"'{name}' is {stated}, which is not among the values of passage {claim.locator}{_holds(passage)}",
            RULE,
        )
    elif _year_only(value, claim, passage):
        yield Problem(
            place,
            f"'{name}' is {stated} {value.unit}, but {stated} is the year in passage {claim.locator}",
            RULE,
        )


def _year_only(value: Value, claim: Claim, passage: Passage) -> bool:
    """Say whether a count is a number that the passage has as its year, and nothing else."""
    typed = str(value.number or value.range or "")
    years = {str(claim.year), str(value.year or "")}
    return value.unit != YEAR and typed in years and passage.values.count(typed) == 1


def _derived(
    name: str, value: Value, place: Place, claim: Claim, passage: Passage
) -> Iterator[Problem]:
    known = {parse(text) for text in passage.values}
    for operand in (Quantity(number, number) for number in value.operands):
        if operand not in known:
            message = (
                f"{operand} is not among the values of passage {claim.locator}{_holds(passage)}"
            )
            yield Problem(place, message, RULE)
    result = value.quantity.low
    if result < 0:
        message = (
            f"'{name}' would be {Quantity(result, result)}, below zero; subtract the lower number"
        )
        yield Problem(place, message, RULE)


def _holds(passage: Passage) -> str:
    return f"; it holds {', '.join(passage.values)}" if passage.values else "; it holds no number"
