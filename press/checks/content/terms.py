"""Check what there is of words: the claims that they are tied to, and the rules that a language has words for."""

from collections.abc import Iterator

from press.checks.content.numbers import habits_in, spoken_in
from press.content.library import Draft, Fault, fault
from press.content.model import Series
from press.problems import did_you_mean
from press.rulebook import rules


def check(draft: Draft) -> Iterator[Fault]:
    """Yield phrases of claims that do not exist, and rules that do not hold in a language of the series."""
    for terms in draft.terms.values():
        for tied in terms.tied:
            known = draft.names("claim")
            if tied.claim not in known and "unread:claim" not in draft.broken:
                message = f"no claim is called '{tied.claim}'{did_you_mean(tied.claim, known)}"
                yield fault(tied.claim.place, message, "reference")
    if draft.series:
        yield from _languages(draft, draft.series)


def _languages(draft: Draft, series: Series) -> Iterator[Fault]:
    for language, habits in zip(spoken_in(draft), habits_in(draft), strict=True):
        needed = {name: rule.words for name, rule in rules().items() if rule.words}
        if without := [name for name, words in needed.items() if not getattr(habits, words)]:
            what = f"Press has no words of '{language}' for these rules, which find little or nothing in it"
            way_out = "add the words to press/content/languages, or look for this yourself"
            message = f"{what}: {', '.join(without)}; {way_out}"
            yield fault(series.name.place, message, "translation")
