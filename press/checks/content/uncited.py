"""Find what openers and short texts tell where they cite nothing: it is in the texts for which they stand."""

from collections.abc import Mapping
from dataclasses import replace

from press.checks.content.faithful import stems
from press.checks.phrases import mentions
from press.checks.prose import Reading, Sentence
from press.content.library import Draft
from press.content.model import Claim
from press.content.model.kinds import KINDS, SECTIONS
from press.content.text.parts import plain

OPENER = "opener"
Longer = Mapping[str, tuple[str, ...]]  # the claims of texts for which short ones stand, by block
LEAST = 3  # longer words of a sentence that tells a claim


def with_claims(draft: Draft, reading: Reading, longer: Longer) -> Reading:
    """Return *reading* with the claims of openers, and of short texts in the place of *longer* ones, that cite none.

    Such a sentence tells the claims that have three quarters of its longer words, as if it cited them. It may not
    contradict the others of its section or of its longer text. An opener has the frame of its section.
    """
    sentences = [_of_opener(each, reading) for each in reading.sentences]
    for at, each in enumerate(sentences):
        every = () if each.claims else _known(draft, each, reading, longer)
        known = {name: draft.claims[name] for name in every if name in draft.claims}
        claims = tuple(name for name, claim in known.items() if _tells(each, claim))
        beside = tuple(  # a word that may not be said of a claim is said of others
            name
            for name, claim in known.items()
            if name in claims or not mentions(each.text, claim.never)
        )
        if beside:
            sentences[at] = replace(each, claims=claims, shown=beside)
    return replace(reading, sentences=sentences)


def _of_opener(sentence: Sentence, reading: Reading) -> Sentence:
    if sentence.name != OPENER:
        return sentence
    frames = (each for each in reading.sentences if each.name == "frame")
    own = (sentence.owner, sentence.section)
    return replace(
        sentence, frames=tuple(each for each in frames if (each.owner, each.section) == own)
    )


def _known(draft: Draft, sentence: Sentence, reading: Reading, longer: Longer) -> tuple[str, ...]:
    """Return the claims of the section below an opener, or of the text for which a short one stands.

    Not where the brief proposes something, or says what is not known.
    """
    key = sentence.owner.removeprefix("block:")
    kind, section = draft.kinds.get(key, ""), SECTIONS.get(sentence.section)
    if section is None or section.gaps or (kind and KINDS[kind].proposes):
        return ()
    if sentence.name == OPENER:
        below = [each for each in reading.sentences if each.section == sentence.section]
        proposes = any(each.kind in KINDS and KINDS[each.kind].proposes for each in below)
        return () if proposes else tuple(name for each in below for name in each.claims)
    shortened = kind and sentence.name == KINDS[kind].short
    return longer.get(key, ()) if shortened else ()


def _tells(sentence: Sentence, claim: Claim) -> bool:
    words, own = stems(sentence.text), stems(plain(claim.claim.parts, lambda _: "0"))
    return len(words) >= LEAST and len(words & own) * 4 >= len(words) * 3
