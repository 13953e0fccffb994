"""Check that a final brief says who speaks, and not in placeholders (EDITORIAL: how this brief was made, by whom)."""

import re
from collections.abc import Iterable, Iterator, Mapping

from press.checks.content.numbers import habits_in
from press.content.languages import Habits
from press.content.library import Draft, Fault, fault
from press.content.model import Brief, Series
from press.content.scalar import Scalar

RULE = "identity"
# Names that nobody can have (RFC 2606, RFC 6761), and what is typed in any language where something is missing.
NOBODY = (
    r"\b(?:example\.(?:com|net|org|edu)|[\w-]+\.(?:example|invalid|test|localhost))\b|\bN\.\s?N\.(?!\w)"
    r"|<[^<>]*>|_{2,}|\?{2,}"
)
GAPS = r"[\[{][^\[\]{}]*[\]}]|\.{3,}|…"  # likewise in names, where no sentence is
SETTLE_FIRST = "a draft can be final when it is settled who speaks"
SENTENCES = ("authors_withheld", "interests", "funder", "disclaimer")


def placeholders(spoken: Iterable[Habits], *, sentence: bool) -> re.Pattern[str]:
    """Return what matches the words that wait for others, in a *sentence* or in a name."""
    waiting = [
        habits.blank if sentence else f"{habits.blank}|{habits.unnamed}" for habits in spoken
    ]
    return re.compile("|".join([NOBODY, *([] if sentence else [GAPS]), *waiting]), re.IGNORECASE)


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what a final brief lacks of issuer, author and contact, and what is there only for the time being.

    Of drafts one line says what they wait for.
    """
    waiting = {kind: placeholders(habits_in(draft), sentence=kind) for kind in (True, False)}
    for name, brief in draft.briefs.items():
        if draft.series and brief.status == "final":
            for place, message, way_out in _lacks(draft.series, brief, waiting):
                yield fault(place.place, message + way_out, RULE, f"brief:{name}")
    if draft.series:
        drafts = (brief for brief in draft.briefs.values() if brief.status == "draft")
        lacks = [each for brief in drafts for each in _lacks(draft.series, brief, waiting)]
        if listed := "; ".join(dict.fromkeys(message for _, message, _ in lacks)):
            series = draft.series.name.place
            yield fault(series, f"{SETTLE_FIRST}: {listed}", RULE, severity="warning")


def _lacks(
    series: Series, brief: Brief, waiting: Mapping[bool, re.Pattern[str]]
) -> Iterator[tuple[Scalar, str, str]]:
    if not (series.authors or series.authors_withheld or brief.authors or brief.authors_withheld):
        what = "a final brief names its authors, people or an institution"
        way_out = "write 'authors: [...]' into series.yaml, or 'authors_withheld:' with the reason"
        yield brief.title, what, f": {way_out}"
    for key, text in _texts(series, brief):
        if found := waiting[key in SENTENCES].search(text):
            what = f"'{found[0]}' under '{key}' is a placeholder"
            yield text, what, ", and a brief is final; write what is true"


def _texts(series: Series, brief: Brief) -> Iterator[tuple[str, Scalar]]:
    one = ("name", "publisher", "contact", "address", "number", *SENTENCES)
    for model in (series, brief):
        yield from ((key, text) for key in one if (text := getattr(model, key, None)) is not None)
        yield from (("authors", text) for text in model.authors)
        yield from (("reviewers", text) for text in model.reviewers)
    yield "label", brief.label
    yield from (("name", logo.name) for logo in series.signs)
