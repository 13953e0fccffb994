"""Check claims against the passages of their sources."""

from collections.abc import Iterator, Mapping

from press.content.library import Draft, Fault, fault
from press.content.model import Claim, Source
from press.content.model.claims import Passage, Value
from press.content.quantity import Quantity, parse
from press.problems import Place, Problem, did_you_mean

RULE = "evidence"
Note = tuple[Place, str]


def check(draft: Draft) -> Iterator[Fault]:
    """Yield claims that their passages do not support, and values of passages that can't be read."""
    passages = (each for source in draft.sources.values() for each in source.passages.values())
    for value in (value for passage in passages for value in passage.values):
        if parse(value) is None:
            message = (
                f"'{value}' can't be read as a value; write it as 48, more than 90%, 6-7, 2011-2012 or 1/3,"
                " the lower number first"
            )
            yield fault(value.place, message, RULE)
    for name, claim in draft.claims.items():
        if not draft.unread("source", claim.source):
            yield from map(Fault, of_claim(name, claim, draft.sources))


def of_claim(name: str, claim: Claim, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Yield what is wrong with the claim called *name*: its source, locator, references, years and values."""
    source = sources.get(claim.source)
    passage = source.passages.get(claim.locator) if source else None
    if source is None:
        message = f"no source is called '{claim.source}'{did_you_mean(claim.source, sources)}"
        yield Problem(claim.source.place, message, "reference")
    elif passage is None:
        hint = did_you_mean(claim.locator, source.passages)
        message = f"source '{claim.source}' has no passage {claim.locator}{hint}"
        yield Problem(claim.locator.place, message, "reference")
    else:
        where = f"passage {claim.locator}"
        notes = [
            (mark.place, f"{where} has no reference {mark}")
            for mark in claim.references
            if mark not in passage.references
        ]
        for typed in (claim.year, *(value.year for value in claim.values.values())):
            if typed and typed != "not stated" and typed not in passage.values:
                what = f"the year {typed} is not among the values of {where}"
                notes.append((typed.place, f"{what}; write 'not stated'"))
        for key, value in claim.values.items():
            notes += _value(f"{name}.{key}", key.place, value, claim, passage)
        yield from (Problem(place, message, RULE) for place, message in notes)


def _value(name: str, place: Place, value: Value, claim: Claim, passage: Passage) -> Iterator[Note]:
    known = {parse(text) for text in passage.values}
    holds = f"it holds {', '.join(passage.values) or 'no number'}"
    missing = f"is not among the values of passage {claim.locator}; {holds}"
    stated, typed = value.quantity, value.number or value.range or value.fraction
    years = {str(claim.year), str(value.year or "")}
    if value.counted is not None:
        if len(set(value.counted)) != len(value.counted):
            yield value.counted[0].place, f"'{name}' counts a name twice"
    elif value.derived is not None:
        for operand in (Quantity(f"{number:f}") for number in value.operands):
            if operand not in known:
                yield value.derived.place, f"{operand} {missing}"
        if stated.low < 0:
            result = Quantity(stated.first)
            way_out = "subtract the lower number"
            yield value.derived.place, f"'{name}' would be {result}, below zero; {way_out}"
    elif stated not in known:
        yield typed.place if typed else place, f"'{name}' is {stated}, which {missing}"
    elif value.unit == "year" and (dated := value.year or claim.year) not in {typed, "not stated"}:
        what = f"'{name}' is the year {typed}, but would be dated {dated}"
        yield place, f"{what}; write 'year: \"{typed}\"' in it"
    # a count that is a number of the passage, but there it is the year, and nothing else
    elif value.unit != "year" and typed in years and passage.values.count(str(typed)) == 1:
        year = f"{stated} is the year in passage {claim.locator}"
        yield place, f"'{name}' is {stated} {value.unit}, but {year}"
