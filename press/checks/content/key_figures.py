"""Check the key figures of the country: each is dated, of what its label says, and none stands before an older one."""

from collections.abc import Iterator

from press.checks.content import measures
from press.checks.content.charts import drawn_values, unknown
from press.checks.content.comparisons import DrawnValue, Note
from press.checks.content.labels import printed
from press.checks.content.numbers import habits_in
from press.checks.content.units import named
from press.content.library import Draft, Fault
from press.content.model.blocks import KeyFigure, KeyFiguresBlock
from press.content.text.parts import Placeholder, walk
from press.problems import Problem

RULE = "key-figures"


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with key figures."""
    for key, block in draft.blocks.items():
        if isinstance(block, KeyFiguresBlock):
            yield from (Fault(problem, f"block:{key}") for problem in _of_block(draft, block))


def _of_block(draft: Draft, block: KeyFiguresBlock) -> Iterator[Problem]:
    for row in block.rows:
        if message := unknown(draft, row.value):
            yield Problem(row.value.place, message, "reference")
    shown = drawn_values(draft, block)
    rows = {id(row.value): row for row in block.rows}
    notes = [*_out_of_order(shown)]
    for each in shown:
        notes += _undated(draft, rows[id(each.ref)], each)
        notes += _unnamed(draft, rows[id(each.ref)], each)
    yield from (Problem(typed.place, message, RULE) for typed, message in notes)


def _out_of_order(shown: list[DrawnValue]) -> Iterator[Note]:
    """Yield figures that are given twice, or stand behind one of a later year."""
    for number, each in enumerate(shown):
        before = max((other.year[-4:] for other in shown[:number]), default="")
        if each.ref in [other.ref for other in shown[:number]]:
            yield each.ref, f"'{each.ref}' is a key figure already; take one out"
        elif each.year and each.year[-4:] < before:
            what = f"'{each.ref}' is of {each.year} and stands behind a figure of {before}"
            yield each.ref, f"{what}: put the key figures in order of time"


def _undated(draft: Draft, row: KeyFigure, shown: DrawnValue) -> Iterator[Note]:
    """Yield a figure without a year, and a dating that does not print it."""
    if not shown.year:
        what = f"'{shown.ref}' has no year, and key figures are dated"
        yield shown.ref, f"{what}: choose another, or tell it in a text"
    elif row.dating:
        dates = [part for part in walk(row.dating.parts) if isinstance(part, Placeholder)]
        known = {
            draft.claims[part.claim].year_of(part.name)
            for part in dates
            if part.form == "year" and part.claim in draft.claims
        }
        if shown.year not in known:
            yield (
                row.dating,
                f"this does not date '{shown.ref}': print its year as {{{shown.ref}:year}}",
            )


def _unnamed(draft: Draft, row: KeyFigure, shown: DrawnValue) -> Iterator[Note]:
    """Yield a figure whose label does not say what it counts, or says another measure."""
    value = shown.value
    if message := measures.misleading(draft, measures.words(row.label), [value]):
        yield row.label, message
    if not value.signed and not named(str(value.unit), printed(draft, row.label), habits_in(draft)):
        what = f"'{shown.ref}' counts {value.unit}, which its label does not say"
        yield row.label, f"{what}: name them"
