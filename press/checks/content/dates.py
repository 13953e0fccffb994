"""Check dates against each other and against the release."""

from collections.abc import Iterable, Iterator

from press.content.library import ALL, Draft, Fault, fault
from press.content.model import Claim, Series, Source
from press.content.model.blocks import AlternativeBlock, AskBlock, QuoteBlock, StepBlock
from press.content.model.typed import no_day
from press.content.scalar import Scalar
from press.problems import Place

RULE = "date"
AHEAD = 10  # years after the release that something asked for may take
AHEAD_OF_TIME = ("forecast", "proposal")  # kinds of claim that may be of a year to come


def check(draft: Draft) -> Iterator[Fault]:
    """Yield dates that cannot be, given the day of the release."""
    if series := draft.series:
        yield from _asked(draft, series)
        for key, block in draft.blocks.items():
            if isinstance(block, QuoteBlock) and block.date > series.release:
                message = f"this statement is of {block.date}, {_after(series)}"
                yield fault(block.date.place, message, RULE, f"block:{key}")
        for name, source in draft.sources.items():
            if source.seen and source.seen > series.release:
                message = f"this source was seen on {source.seen}, {_after(series)}"
                yield fault(source.seen.place, message, RULE)
            yield from _years(series, source.latest)
            yield from _issued(series, source)
            claims = [claim for claim in draft.claims.values() if claim.source == name]
            yield from _of_source(series, source, claims, draft.places[f"source:{name}"])
        for claim in draft.claims.values():
            if claim.kind not in AHEAD_OF_TIME:
                yield from _claimed(series, claim)


def _claimed(series: Series, claim: Claim) -> Iterator[Fault]:
    values = claim.values.values()
    for typed in (claim.year, *(value.year for value in values)):
        yield from _years(series, typed)
    for day in (value.date for value in values):
        if day and day > series.release.isoformat()[: len(day)]:
            yield fault(day.place, f"{day} is {_after(series)}", RULE, ALL)


def _issued(series: Series, source: Source) -> Iterator[Fault]:
    """Yield days on which a source cannot have come out, or a review cannot have searched."""
    for typed in filter(None, (source.issued, source.searched)):
        if str(typed) > f"{series.release}"[: len(typed)]:
            yield fault(typed.place, f"{typed} is {_after(series)}", RULE)
        elif len(typed) == len("2018-03-14") and (message := no_day(typed)):
            yield fault(typed.place, message, RULE)
    issued = source.issued
    if issued and source.searched and str(source.searched)[: len(issued)] > issued:
        what = f"a review that was issued in {issued} cannot have searched until {source.searched}"
        yield fault(source.searched.place, f"{what}; correct one of them", RULE)


def _asked(draft: Draft, series: Series) -> Iterator[Fault]:
    """Yield months until which something is asked for that are past, or too far ahead."""
    release = series.release
    for key, block in draft.blocks.items():
        if (
            not isinstance(block, AlternativeBlock | AskBlock | StepBlock)
            or block.by == "not stated"
        ):
            continue
        if block.by < f"{release:%Y-%m}":
            message = f"{block.by} is before the release, {release}; name a month to come"
            yield fault(block.by.place, message, RULE, f"block:{key}")
        elif block.by > f"{release.year + AHEAD}-{release:%m}":
            message = f"{block.by} is more than {AHEAD} years after the release, {release}; name a nearer one"
            yield fault(block.by.place, message, RULE, f"block:{key}")


def _years(series: Series, typed: Scalar | None) -> Iterator[Fault]:
    year = (typed or "").rpartition("-")[2]
    if typed and year.isdigit() and int(year) > series.release.year:
        yield fault(typed.place, f"{typed} is {_after(series)}", RULE, ALL)


def _after(series: Series) -> str:
    return f"after the release, {series.release}: correct it, or 'release' in series.yaml"


def _of_source(
    series: Series, source: Source, claims: list[Claim], place: Place
) -> Iterator[Fault]:
    """Yield a latest year that is not that of the passages, or after it was seen; they may tell of years to come."""
    found, now = set[str](), series.release.year
    for locator, passage in source.passages.items():
        own = [claim for claim in claims if claim.locator == locator]
        years = (typed.rpartition("-")[2] for typed in passage.years if not _counted(typed, own))
        found |= {year for year in years if int(year) <= now}
    latest, dated = max(found, default="not stated"), source.dated(now)
    if dated.rpartition("-")[2] != latest:
        way_out = "correct it, or take 'latest' out" if source.latest else f"add 'latest: {latest}'"
        what = f"the latest year in the passages is {latest}, not {dated}"
        yield fault(source.latest.place if source.latest else place, f"{what}; {way_out}", RULE)
    issued = source.issued
    if issued and not source.outside and latest.isdigit() and latest > issued[:4]:
        what = f"this source was issued in {issued}, before {latest}, the latest year in it"
        yield fault(issued.place, f"{what}; correct one of them", RULE)
    if source.seen and f"{source.seen:%Y}" < latest and latest.isdigit():
        what = f"this source was seen on {source.seen}, before {latest}, the latest year in it"
        yield fault(source.seen.place, f"{what}; correct one of them", RULE)


def _counted(typed: Scalar, claims: Iterable[Claim]) -> bool:
    """Return whether a number such as '2050' is an amount that a claim states, and no year."""
    stated = [value for claim in claims for value in claim.values.values()]
    years = {*(claim.year for claim in claims), *(value.year for value in stated)}
    return typed not in years and any(
        value.number == typed and value.unit != "year" for value in stated
    )
