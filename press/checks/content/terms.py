"""Check the words of a language against what Press knows of it, and against the claims."""

import re
from collections.abc import Iterator
from fractions import Fraction

from press.content.languages import LANGUAGES, Habits
from press.content.library import ALL, Draft, Fault, fault
from press.content.model import Terms
from press.problems import did_you_mean


def check(draft: Draft) -> Iterator[Fault]:
    """Yield words for numbers that mean another one, and phrases of claims that do not exist."""
    for language, terms in draft.terms.items():
        if language in LANGUAGES:
            yield from _amounts(terms, LANGUAGES[language])
        for tied in terms.tied:
            known = draft.names("claim")
            if tied.claim not in known and "unread:claim" not in draft.broken:
                hint = did_you_mean(tied.claim, known)
                yield fault(
                    tied.claim.place, f"no claim is called '{tied.claim}'{hint}", "reference"
                )


def _amounts(terms: Terms, habits: Habits) -> Iterator[Fault]:
    names = {Fraction(number): word for word, number in reversed(list(habits.numbers.items()))}
    names |= {Fraction(1, part): word for word, part in reversed(list(habits.fractions.items()))}
    printed: set[Fraction] = set()
    for word, typed in (*terms.numbers.items(), *terms.fractions.items()) if names else ():
        amount, stated = _amount(str(word), habits), Fraction(typed)
        if amount is None:
            message = f"'{word}' is no word for a number{did_you_mean(word, names.values())}"
        elif amount != stated:
            message = f"'{word}' is {amount}, not {typed}"
        elif stated not in printed and names.get(stated, word) != word:
            first = names[stated]
            message = f"'{word}' would be printed for {typed}; put '{first}' before it"
        else:
            message = ""
        printed.add(stated)
        if message:
            yield fault(typed.place, message, "number", ALL)


def _amount(word: str, habits: Habits) -> Fraction | None:
    """Return what *word* means, such as 'twenty-one', 'two dozen' or 'three quarters'; None if it is not known."""
    total = Fraction(0)
    for part in re.split(r"[ -]", word):
        if number := habits.numbers.get(part):
            total = total * number if 0 < total < number else total + number
        elif number := habits.fractions.get(part) or habits.fractions.get(part.removesuffix("s")):
            total = (total or Fraction(1)) / number
        elif part not in habits.small.split():
            return None
    return total or None
