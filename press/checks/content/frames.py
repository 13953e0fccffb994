"""Check frames: each names who speaks below it, and nothing of another source stands there."""

import re
from collections.abc import Iterator

from press.checks.content import faithful
from press.checks.phrases import mask, mentions
from press.checks.prose import Reading, Sentence, beside
from press.content.languages import LANGUAGES, Habits
from press.content.library import Draft, Fault
from press.content.model import Terms
from press.content.reader.messages import clip

RULE = "frame"


def check(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield frames without a speaker, speakers that no claim below has, and claims of others below them."""
    terms, habits = draft.words(reading.language), LANGUAGES[reading.language]
    below: dict[Sentence, list[Sentence]] = {
        each: [] for each in reading.sentences if each.name == "frame"
    }
    for sentence in reading.sentences:
        speaking = (each for each in sentence.frames if _speaks(draft, each, terms, habits))
        if frame := next(speaking, None):
            below.setdefault(frame, []).append(sentence)
            yield from _of_others(draft, reading, sentence, frame.text, terms)
    for frame, inside in below.items():
        known = terms.attribution or habits.attribution
        if known and not _speaks(draft, frame, terms, habits):
            way_out = (
                f"say who does, as in 'What {next(iter(terms.attribution), 'the report')} reported'"
            )
            yield frame.breach(f"this frame does not say who speaks: {way_out}", RULE)
        cited = {name for each in (frame, *inside) for name in each.about}
        claims = {name: draft.claims[name] for name in sorted(cited & draft.claims.keys())}
        if claims and frame.name == "frame":
            words = faithful.typed_words(frame)
            yield from faithful.strangers(draft, frame, words, claims, habits)


def _speaks(draft: Draft, frame: Sentence, terms: Terms, habits: Habits) -> bool:
    """Return whether *frame* names a speaker, or says that its sources came later.

    For the head of a column a verb does not suffice: 'reports' may be its subject.
    """
    verbs = habits.attribution if frame.name == "frame" else ()
    says = mentions(frame.text, (*terms.attribution, *verbs)) or _named(draft, frame.text)
    return bool(says or _is(habits.works, frame.text) or _is(habits.later, frame.text))


def _named(draft: Draft, text: str) -> set[str]:
    """Return the sources that *text* names."""
    return {name for name, source in draft.sources.items() if mask(text, source.names) != text}


def _is(pattern: str, text: str) -> bool:
    return bool(re.search(pattern or "(?!)", text, re.IGNORECASE))


def _of_others(
    draft: Draft, reading: Reading, sentence: Sentence, frame: str, terms: Terms
) -> Iterator[Fault]:
    """Yield claims of sources for which *frame* does not speak, and which the sentence does not name either.

    A figure names them anywhere, as in its source.
    """
    habits, itself, near = LANGUAGES[reading.language], _named(draft, sentence.text), "the sentence"
    if sentence.kind == "figure":
        whole = (each.text for each in beside(draft, reading, sentence))
        itself, near = _named(draft, " ".join(whole)), "the figure's source"
    named, later = _named(draft, frame), _is(habits.later, frame)
    own = (
        mentions(frame, terms.attribution) or _is(habits.works, frame) or _is(habits.missing, frame)
    )
    for name in sentence.answers_for:
        source = draft.sources.get(draft.claims[name].source) if name in draft.claims else None
        if source is None or draft.claims[name].source in named | itself:
            continue
        if later if source.outside else own or not (named or later):
            continue
        what = f"'{name}' is not of whom the frame '{clip(frame)}' names"
        if source.outside:
            what = f"'{name}' became known later, and stands below the frame '{clip(frame)}' as if that said it"
        called = f", as '{source.names[0]}'" if source.names else ""
        yield sentence.breach(f"{what}: move it, or name its source in {near}{called}", RULE)
