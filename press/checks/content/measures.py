"""Check that labels, subtitles, axes and heads of tables say no other measure than that of the values they name."""

import re
from collections.abc import Iterable, Iterator

from press.checks.content.numbers import habits_in
from press.checks.content.units import named, signs
from press.checks.phrases import line_of
from press.content.languages import Habits
from press.content.library import Draft, Fault, fault
from press.content.model.blocks import TableBlock
from press.content.model.claims import Value
from press.content.quantity import CURRENCIES
from press.content.text import parts as text
from press.content.text.markdown import Markdown

RULE = "figure"
DATED = ("year", "date", "p")  # units that no measure is of


def check(draft: Draft) -> Iterator[Fault]:
    """Yield heads of columns and rows that say another measure than a value below or behind them."""
    for key, block in draft.blocks.items():
        heads = dict[int, tuple[Markdown, str]]()
        for head, cell in _cells(block) if isinstance(block, TableBlock) else ():
            if message := misleading(draft, words(head), [*_values(draft, cell)]):
                heads.setdefault(id(head), (head, message))
        for head, message in heads.values():
            yield fault(head.place, message, RULE, f"block:{key}")


def misleading(draft: Draft, label: str, values: list[Value]) -> str:
    """Return what is wrong where *label* says a measure that none of *values* is of, or ''."""
    measured = [value for value in values if value.unit not in DATED]
    for measure, kind, leads in _said(label, habits_in(draft)) if measured else ():
        free = leads and any(value.signed for value in measured)  # 'Hours of sleep', in percent
        if not free and not any(_is_of(draft, value, measure, kind) for value in measured):
            units = " and ".join(sorted({str(value.unit) for value in measured}))
            one = "its value counts" if len(measured) == 1 else "its values count"
            return f"this says '{measure}', but {one} {units}: correct one of them"
    return ""


def words(label: Markdown) -> str:
    """Return the words of a *label*, with '0' for each value."""
    return line_of(text.walk(label.parts), lambda _: "0").text


def _cells(table: TableBlock) -> Iterator[tuple[Markdown, Markdown]]:
    """Yield each head of a column or row, with each cell that it is the head of."""
    for row in table.rows:
        yield from zip(table.columns, row, strict=False)
        yield from ((row[0], cell) for cell in row[1:])


def _values(draft: Draft, cell: Markdown) -> Iterator[Value]:
    for part in text.walk(cell.parts):
        if isinstance(part, text.Placeholder) and part.form != "year":
            value = draft.value(f"{part.claim}.{part.name}")
            yield from [value] if value else ()


def _said(label: str, spoken: Iterable[Habits]) -> Iterator[tuple[str, str, bool]]:
    """Yield the measures that *label* says, each with its kind, and whether it leads the label."""
    for habits in spoken:
        short = "|".join(re.escape(sign) for each in habits.units.values() for sign in each)
        for known, kind in (
            *habits.measures.items(),
            (short, ""),
            *((each, "") for each in habits.units),
        ):
            last = r"(?=\s*(?:[,;:.)(]|\Z))"
            ends = last if kind == "time" or known == short else r"(?!\w)"
            into = rf"\b(?:{habits.measured_in})\s+"
            apart = rf"{into}(?P<a>{known}){ends}|[,;:–—]\s*(?P<b>{known})\s*\Z|[(\[](?P<c>{known})[)\]]"
            for found in re.finditer(apart, label, re.IGNORECASE):
                yield found[found.lastgroup or 0], kind, False
            last_word = re.search(rf"\s(?P<a>{known})\Z", label, re.IGNORECASE)
            if last_word and known in habits.measures and kind == "":
                yield last_word["a"], kind, True
            first = re.match(rf"(?P<a>{known})(?=\s+of\b|\s*[,;:(]|\s*\Z)", label, re.IGNORECASE)
            if first and known in habits.measures:
                yield first["a"], kind, True
        for known, kind in habits.amounting.items():
            for found in re.finditer(rf"(?<!\w)(?:{known})(?!\w)", label, re.IGNORECASE):
                yield found[0], kind, False


def _is_of(draft: Draft, value: Value, measure: str, kind: str) -> bool:
    """Return whether *value* is of this *measure*, in words or as its sign."""
    unit, spoken = str(value.unit), habits_in(draft)
    shares = (pattern for habits in spoken for pattern in habits.shares)
    share = value.share or any(re.search(each, unit, re.IGNORECASE) for each in shares)
    if kind in {"share", "count", "money"}:
        return {"share": share, "count": unit != "percent", "money": unit in CURRENCIES}[kind]
    if kind == "rate":
        return value.signed or named(measure.rpartition(" ")[2], unit, spoken)
    same = measure.casefold() in {sign.casefold() for sign in signs(unit, spoken)}
    return same or named(unit, measure, spoken)
