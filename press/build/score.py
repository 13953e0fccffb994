"""Compare the scores of an edition: what is counted beside a limit, and how often each rule is broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.problems import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from press.content.model.releases import Score

ROWS = {  # what is counted, by its limit, in the order in which it is shown
    "page_one_words": "words on page 1",
    "words": "words with everything printed",
    "short_words": "words in the short form",
    "notes_percent": "% of all words in notes and references",
    "sentence_words": "words in the longest sentence",
    "mean_sentence_words": "words in a sentence, on average",
    "grade": "reading grade",
    "attributions": "a page names its source, at most",
    "gaps": "a page tells of gaps, at most",
    "finding_times": "a finding is told, at most",
    "claims": "claims cited in texts",
    "options_most": "alternatives",
    "steps": "steps",
}


@dataclass(frozen=True)
class Measure:
    """One number of a score, and what it was before."""

    what: str  # in words; a rule is in brackets, as after a message
    number: float | None  # None: not counted, as without a print
    limit: float | None
    before: float | None = None  # None: not known

    @property
    def change(self) -> float:
        """How much more it is than before, 0 where that is not known."""
        known = self.number is not None and self.before is not None
        return round((self.number or 0) - (self.before or 0), 1) if known else 0

    @property
    def verdict(self) -> str:
        """Whether less, or more, is over the limit than before: 'better', 'worse', or ''."""
        if self.limit is None or self.number is None or self.before is None:
            return ""
        now, then = (max(each - self.limit, 0) for each in (self.number, self.before))
        return "better" if now < then else "worse" if now > then else ""

    @property
    def since(self) -> str:
        """What became of it, in words: '−3, better', or '' where nothing has."""
        sign = "+" if self.change > 0 else "−"
        parts = f"{sign}{abs(self.change):g}", self.verdict
        return ", ".join(filter(None, parts)) if self.change else ""


def measures(score: Score, before: Score | None, rules: Iterable[str]) -> Iterator[Measure]:
    """Yield the numbers of *score*, those of *before* beside them: what is counted, then the breaches of *rules*."""
    then = before.counts if before else {}
    for name, what in ROWS.items():
        yield Measure(what, score.counts.get(name), score.limits.get(name), then.get(name))
    for rule in sorted(rules):
        old = before.breaches.get(rule, 0) if before else None
        yield Measure(f"[{visible(rule)}]", score.breaches.get(rule, 0), 0, old)


def changes(
    old: Mapping[str, Score], new: Mapping[str, Score]
) -> Iterator[tuple[str, tuple[Measure, ...]]]:
    """Yield each edition of which both have a score, with what has become more or less."""
    for name in sorted(old.keys() & new.keys()):
        rules = new[name].breaches.keys() | old[name].breaches.keys()
        every = measures(new[name], old[name], rules)
        if changed := tuple(each for each in every if each.change):
            yield name, changed
