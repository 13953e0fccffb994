"""Check claims against the passages of their sources."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from press.checks.content.numbers import habits_in, spoken_in
from press.content import arithmetic
from press.content.library import Draft, Fault, fault
from press.content.model import Claim, Source
from press.content.model.claims import Value
from press.content.model.sources import DIGITS, Passage
from press.content.quantity import CURRENCIES, Quantity, parse
from press.content.scalar import Scalar
from press.problems import Place, Problem, counted, did_you_mean

RULE = "evidence"
POINTS = (arithmetic.PERCENT, "points", "percentage points")  # units of what lies between percents
UNGRADED = ("law", "news", "testimony")  # kinds of source
Note = tuple[Place, str]


def check(draft: Draft) -> Iterator[Fault]:
    """Yield claims that their passages do not support, and values of passages that can't be read."""
    passages = (each for source in draft.sources.values() for each in source.passages.values())
    for value in (value for passage in passages for value in passage.values):
        if parse(value) is None:
            message = (
                f"'{value}' can't be read as a value; write it as 48, more than 90%, 6-7, 2011-2012, 1/3, 1 in 4,"
                " USD 2.5 million, p < 0.05, 0.5 (95% CI 0.4 to 0.6) or 2024-03-06, the lower number first"
            )
            yield fault(value.place, message, RULE)
    others = {
        f"{name}.{key}": value
        for name, claim in draft.claims.items()
        for key, value in claim.values.items()
        if claim.use != "do_not_use" and not value.taken_from
    }
    yield from _shares(draft)
    yield from _names(draft)
    lost = Counter(
        each.source for each in draft.claims.values() if each.source not in draft.sources
    )
    for name, claim in draft.claims.items():
        many = lost.pop(claim.source, 0)  # of a source that is gone the first claim tells for all
        if draft.unread("source", claim.source) or not (many or claim.source in draft.sources):
            continue
        for each in of_claim(name, claim, draft.sources, others):
            more = f" ({counted(many, 'claim')} name it)" if many > 1 else ""
            yield Fault(replace(each, message=each.message + more))


def _shares(draft: Draft) -> Iterator[Fault]:
    """Yield shares, risks and rates that may be printed, and do not say of how many."""
    patterns = "|".join(each for habits in habits_in(draft) for each in habits.shares) or "(?!)"
    unit = re.compile(rf"(?<!\w)(?:{patterns})(?!\w)", re.IGNORECASE)
    for name, claim in draft.claims.items():
        if claim.use == "do_not_use" or claim.number_of_participants is not None:
            continue
        for key, value in claim.values.items():
            if value.of is None and (value.share or unit.search(value.unit)):
                what = f"'{name}.{key}' does not say of how many it is a share"
                way_out = "write 'of:' in this value, and of what, such as '{claim.people} people', or 'not stated'"
                yield fault(key.place, f"{what}; {way_out}", "share", severity="warning")


def _names(draft: Draft) -> Iterator[Fault]:
    """Yield names that are several, or nobody's: 'Oak and Ash', 'others', a rater 'unknown'."""
    several = "|".join([r".*[,;/&+]", *(habits.several for habits in habits_in(draft))])
    nobody = "|".join(habits.nobody for habits in habits_in(draft))
    official = {each.name for code in spoken_in(draft) for each in draft.words(code).official_names}
    for claim in draft.claims.values():
        values = claim.values.values()
        for name in (each for value in values for each in value.counted or ()):
            if name not in official and re.match(several, name, re.IGNORECASE):
                what = f"'{name}' is no single name, and would be counted as one"
                way_out = "name each on its own, or put it under 'official_names' in terms/"
                yield fault(name.place, f"{what}; {way_out}", RULE)
        rater = claim.certainty.rater if claim.certainty else Scalar("")
        if rater and re.fullmatch(nobody, rater, re.IGNORECASE):
            yield fault(rater.place, f"'{rater}' rates nothing; take 'certainty' out", RULE)


def of_claim(
    name: str, claim: Claim, sources: Mapping[str, Source], others: Mapping[str, Value]
) -> Iterator[Problem]:
    """Yield what is wrong with the claim called *name*: its source, locator, references, years and values.

    *others* are all values from which those of a claim may be derived.
    """
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
        where = _where(claim, passage)
        notes = [
            (mark.place, f"{where} has no reference {mark}; correct the claim or the passage")
            for mark in claim.references
            if mark not in passage.references
        ]
        if other := _other_words(name, claim, passage, source):
            yield Problem((claim.passage or claim.locator).place, other, "passage")
        known = {parse(text) for text in passage.values}
        for count in (claim.number_of_studies, claim.number_of_participants):
            if count is not None and Quantity(str(count)) not in known:
                what = f"{count}, a number of studies or participants, is not among the values of {where}"
                notes.append((claim.locator.place, f"{what}; correct the claim or the passage"))
        notes += _graded(claim, source)
        for typed in (claim.year, *(value.year for value in claim.values.values())):
            if typed and typed != "not stated" and typed not in passage.years:
                what = f"the year {typed} is not among the values of {where}"
                notes.append((typed.place, f"{what}; write 'not stated', or add it there"))
        for key, value in claim.values.items():
            if value.derived is None:
                notes += _value(f"{name}.{key}", key.place, value, claim, passage)
            else:
                notes += _derived(f"{name}.{key}", value, value.derived, claim, passage, others)
        yield from (Problem(place, message, RULE) for place, message in notes)


def _graded(claim: Claim, source: Source) -> Iterator[Note]:
    """Yield what cannot be of a review that graded its evidence."""
    studies, people = claim.number_of_studies or 0, claim.number_of_participants
    if people is not None and people < studies:
        what = f"{people} participants are fewer than the {studies} studies that they were in"
        yield claim.ref.place, f"{what}; correct one of them"
    if claim.certainty and source.kind in UNGRADED:
        what = f"a source of kind '{source.kind}' grades no evidence; take 'certainty' out"
        yield claim.certainty.rater.place, what


def _other_words(name: str, claim: Claim, passage: Passage, source: Source) -> str:
    """Return what is wrong where a claim was not written for the words of its passage."""
    digits = passage.fingerprint[:DIGITS]
    if claim.passage == digits:
        return ""
    accept = f"compare the two, then run ./inv check --accept {name}"
    if claim.passage is None:
        words = f"'passage: \"{digits}\"'"
        return f"claim '{name}' does not say for which words it was written: {accept}, which writes {words}"
    now = next(
        (at for at, each in source.passages.items() if each.fingerprint.startswith(claim.passage)),
        "",
    )
    if now:
        return f"claim '{name}' was written for words that are passage {now} now; write 'locator: {now}'"
    return (
        f"claim '{name}' was written for other words than passage {claim.locator} has now; {accept}"
    )


def _value(name: str, place: Place, value: Value, claim: Claim, passage: Passage) -> Iterator[Note]:
    known = {parse(text) for text in passage.values}
    stated, missing = value.quantity, _missing(claim, passage)
    typed = value.number or value.range or value.between or value.fraction or value.date
    years = {str(claim.year), str(value.year or "")}
    if value.counted is not None:
        names = {tuple(re.findall(r"\w+", each.casefold())) for each in value.counted}
        if len(names) != len(value.counted):
            yield value.counted[0].place, f"'{name}' counts a name twice"
    elif stated not in known:
        yield typed.place if typed else place, f"'{name}' is {stated}, which {missing}"
    elif value.unit in {"year", "date"}:
        dated, year = value.year or claim.year, value.date[:4] if value.date else typed
        if dated not in {year, "not stated"}:
            what = f"'{name}' is the {value.unit} {typed}, but would be dated {dated}"
            yield place, f"{what}; write 'year: \"{year}\"' in it"
    # a count that is a number of the passage, but there it is the year, and nothing else
    elif typed in years and passage.values.count(str(typed)) == 1:
        year = f"{stated} is the year in {_where(claim, passage)}; correct the claim or the passage"
        yield place, f"'{name}' is {stated} {value.unit}, but {year}"


def _missing(claim: Claim, passage: Passage) -> str:
    holds = f"it holds {', '.join(passage.values) or 'no number'}"
    return f"is not among the values of {_where(claim, passage)}; {holds}: correct the claim or the passage"


def _where(claim: Claim, passage: Passage) -> str:
    """Return the name of the passage, and where its values are."""
    place = (*passage.values, passage.fingerprint)[0].place
    return f"passage {claim.locator} ({place.path}:{place.line})"


def _derived(  # noqa: PLR0913, PLR0917 - it is one step of `of_claim`
    name: str,
    value: Value,
    typed: Scalar,
    claim: Claim,
    passage: Passage,
    others: Mapping[str, Value],
) -> Iterator[Note]:
    """Yield numbers of a sum that nothing supports, and a result of a wrong unit or below zero."""
    for ref in value.taken_from:
        if ref not in others:
            what = f"'{ref}' is no value that may be printed and has a passage"
            yield ref.place, f"{what}{did_you_mean(ref, others)}"
    taken = [others[ref] for ref in value.taken_from if ref in others]
    passages = [read for read in map(parse, passage.values) if read]
    known = {read.amount for read in (*passages, *(each.quantity for each in taken))}
    near = (each for each in (*claim.values.values(), *taken) if each is not value)
    named = {(each.quantity.amount, str(each.unit)) for each in near}
    named |= {(read.amount, read.currency) for read in passages if read.currency}
    for operand in arithmetic.operands(typed):
        hundred = operand == "100" and value.unit == arithmetic.PERCENT  # times a share
        if (read := parse(operand)) not in known and not hundred:
            yield typed.place, f"{read} {_missing(claim, passage)}"
    if wrong := _units(name, value, typed, named):
        yield typed.place, wrong
    elif idle := arithmetic.idle(typed):
        yield typed.place, f"{idle} makes no difference to '{typed}'; take it out"
    stated = value.quantity
    if stated.low < 0 and value.unit != arithmetic.PERCENT and not stated.currency:
        result = Quantity(stated.first)
        yield typed.place, f"'{name}' would be {result}, below zero; subtract the lower number"


def _units(name: str, value: Value, typed: Scalar, named: Collection[tuple[Quantity, str]]) -> str:
    """Return why a sum has no result in the unit of *value*, as far as the units *named* are those of its numbers."""
    numbers = arithmetic.operands(typed)
    found = {
        operand: {unit for each, unit in named if each == parse(operand)} for operand in numbers
    }
    units = {operand: min(each) for operand, each in found.items() if len(each) == 1}
    try:
        _, unit = arithmetic.result(typed, units)
    except arithmetic.SumError as wrong:
        return str(wrong)
    percent = value.unit == arithmetic.PERCENT
    if percent and "100" not in numbers and not any(each.endswith("%") for each in numbers):
        return f"'{name}' comes to no number of percent; multiply a share by 100"
    money = {each for each in units.values() if each in CURRENCIES} - {str(value.unit)}
    if money and value.unit in CURRENCIES:
        unit = min(money)
    counted = value.unit in units.values() if unit == arithmetic.RATIO else unit != value.unit
    if not unit or not counted or (unit == arithmetic.PERCENT and value.unit in POINTS):
        return ""
    return f"'{name}' comes out in {unit}, not in {value.unit}; correct 'unit' or the sum"
