"""Find dates that are ours: months and years to come, where a brief proposes, answers or heads a section."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from press.checks.content.dates import AHEAD
from press.checks.content.numbers import spoken_in
from press.checks.phrases import PlainLine, line_of, lines
from press.content.languages import LANGUAGES
from press.content.library import Draft
from press.content.model.kinds import KINDS
from press.content.text.markdown import Markdown
from press.content.text.parts import paragraphs
from press.content.text.sentences import cite_at_sentence_ends, sentences
from press.edition import language
from press.edition.resolve import claims_in

MONTHS = 12


def places(draft: Draft, owner: str, name: str, markdown: Markdown) -> Iterator[int]:
    """Yield where *markdown*, the field called *name* of *owner*, has such dates.

    What is proposed has them freely; the other texts only in sentences that cite no claim, or they would be its dates.
    """
    kind = draft.kinds.get(owner.removeprefix("block:"), "")
    proposed = kind in KINDS and KINDS[kind].proposes and name != "benefit"
    if not draft.series or not (proposed or name in {"openers", "benefit"} or kind == "objection"):
        return
    for code in (code for code in spoken_in(draft) if code in LANGUAGES):
        pattern = _to_come(draft.series.release, code)
        for line in lines(markdown.parts) if proposed else _citing_nothing(markdown, code):
            for match in pattern.finditer(line.text):
                yield from line.at[match.start() : match.end()]


def _citing_nothing(markdown: Markdown, code: str) -> Iterator[PlainLine]:
    """Yield the sentences that cite no claim and print no value of one."""
    for paragraph in paragraphs(markdown.parts):
        for children in sentences(cite_at_sentence_ends(paragraph, code), code):
            if not claims_in(children):
                yield line_of(children, lambda _: "\0")


@lru_cache(maxsize=16)
def _to_come(release: dt.date, code: str) -> re.Pattern[str]:
    """Return what matches the months from the release on, and later years behind a word such as 'by'.

    A year with the plural of a noun behind it may be a number: '2030 beds'.
    """
    habits = LANGUAGES[code]
    ahead = range(release.month - 1, release.month + AHEAD * MONTHS)
    days = (dt.date(release.year + at // MONTHS, at % MONTHS + 1, 1) for at in ahead)
    months = "|".join(re.escape(language.month(day, code)) for day in days)
    year = f"(?:{'|'.join(str(release.year + more) for more in range(1, AHEAD + 1))})"
    years = rf"{year}(?:[/–-]\d\d(?!\d)|\s?(?:[–-]|{habits.between_joins})\s?{year})?"
    counted = "|".join(habits.counted) or "(?!)"
    return re.compile(
        rf"(?i)(?<!\w)(?:(?:\d\d?\s)?(?:{months})|(?:{habits.before_years})[\s-]{years}"
        rf"(?!\s(?:{counted})\b))(?![\w%‰]|[.,]\d)"
    )
