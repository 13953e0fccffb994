"""Find what rates are per, as in 'deaths per 100,000 people': a number that is no value, and needs its passage."""

import re
from collections.abc import Iterator

from press.content.library import Draft
from press.content.model.blocks import FigureBlock
from press.content.text.markdown import Markdown
from press.edition.resolve import claims_in

PER = re.compile(r"\bper 1[0,. ]*0\b")
NO_DIGITS = re.compile(r"\D")


def in_unit(draft: Draft, name: str, unit: str) -> Iterator[str]:
    """Yield what *unit* is per, such as 'per 100,000', where the passage of the claim called *name* has that number."""
    claim = draft.claims.get(name)
    source = draft.sources.get(claim.source) if claim else None
    passage = source.passages.get(claim.locator) if source and claim else None
    known = {NO_DIGITS.sub("", str(value)) for value in passage.values} if passage else set()
    gone = claim is not None and passage is None  # which is another mistake
    yield from (found for found in PER.findall(unit) if gone or NO_DIGITS.sub("", found) in known)


def with_unit(draft: Draft, markdown: Markdown, number: str) -> str:
    """Return the value that a text prints or whose claim it cites, and whose unit has *number*; '' if there is none."""
    for name in claims_in(markdown.parts):
        values = draft.claims[name].values.items() if name in draft.claims else ()
        for key, value in values:
            if re.search(rf"(?<![\d,.]){re.escape(number)}(?![\d,.]*\d)", value.unit):
                return f"{name}.{key}"
    return ""


def in_figure(draft: Draft, owner: str, field: str) -> Iterator[str]:
    """Yield what the units of a figure's values are per, which its subtitle may say."""
    block = draft.blocks.get(owner.removeprefix("block:"))
    if field == "subtitle" and isinstance(block, FigureBlock):
        values = (draft.value(str(datum.value)) for datum in block.data if datum.value is not None)
        for value in filter(None, values):
            yield from PER.findall(str(value.unit))
