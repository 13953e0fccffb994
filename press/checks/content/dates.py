"""Check dates against each other and against the release."""

from collections.abc import Iterable, Iterator

from press.content.library import ALL, Draft, Fault, fault
from press.content.model import Claim, Series, Source
from press.content.model.blocks import AskBlock, OptionBlock, QuoteBlock
from press.content.scalar import Scalar

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
                yield fault(draft.places[f"block:{key}"], message, RULE, f"block:{key}")
        for name, source in draft.sources.items():
            if source.seen and source.seen > series.release:
                message = f"this source was seen on {source.seen}, {_after(series)}"
                yield fault(draft.places[f"source:{name}"], message, RULE)
            yield from _years(series, source.latest)
        for claim in draft.claims.values():
            if claim.kind not in AHEAD_OF_TIME:
                for typed in (claim.year, *(value.year for value in claim.values.values())):
                    yield from _years(series, typed)
    for name, source in draft.sources.items():
        claims = [claim for claim in draft.claims.values() if claim.source == name]
        yield from _latest(source, claims)


def _asked(draft: Draft, series: Series) -> Iterator[Fault]:
    """Yield months until which something is asked for that are past, or too far ahead."""
    release = series.release
    for key, block in draft.blocks.items():
        if not isinstance(block, AskBlock | OptionBlock) or block.by == "not stated":
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


def _latest(source: Source, claims: Iterable[Claim]) -> Iterator[Fault]:
    """Yield a latest year that no passage of the source has, or that one of its claims exceeds."""
    if (typed := source.latest) is None:
        return
    last = typed.rpartition("-")[2]
    later = [
        each
        for claim in claims
        for name in ("", *claim.values)
        if (each := claim.year_of(name)) > last
    ]
    if later or ((source.years or typed != "not stated") and last not in source.years):
        found = max([*later, *source.years], default="not stated")
        way_out = "correct it, or take 'latest' out"
        yield fault(
            typed.place, f"the latest year in the passages is {found}, not {typed}; {way_out}", RULE
        )
