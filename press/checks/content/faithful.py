"""Check that a sentence says what the claims that it prints say: nothing turned, added, lost or told of others."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from textwrap import shorten

from press.checks.content import swapped
from press.checks.content.numbers import ROMAN
from press.checks.content.wording import PROPOSING, READ_WHOLE
from press.checks.phrases import STEM, mask, matches, mentions
from press.checks.prose import Reading, Sentence, beside
from press.content.languages import LANGUAGES, Habits
from press.content.library import Draft, Fault, fault
from press.content.model import Claim
from press.content.model.blocks import FigureBlock
from press.content.model.kinds import SECTIONS
from press.content.text.markdown import Markdown
from press.content.text.parts import plain

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
QUOTE = "quote"  # a kind of block: its words are those of who said them
SHORT = 3  # letters of a word that says little
NEAR = 4  # words behind a denial or 'of', of which it is said


def of_claims(draft: Draft) -> Iterator[Fault]:
    """Yield words to keep that are not in the claim itself."""
    for claim in draft.claims.values():
        own = f"{_text(claim.claim, claim.caveat)} year {claim.year}"
        for words in (words for words in claim.keep if not mentions(own, words.split(" / "))):
            message = f"the claim itself does not say '{words}': write it as it stands there"
            yield fault(words.place, message, "kept")


def check(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield where a sentence parts from the claims that it prints."""
    yield from reading.judge(draft, _judge)


def _judge(draft: Draft, reading: Reading, at: int, sentence: Sentence) -> Iterator[Fault]:
    terms, habits = draft.words(reading.language), LANGUAGES[reading.language]
    denies = re.compile(habits.denials or "(?!)", re.IGNORECASE)
    names = [str(name.name) for name in terms.official_names]
    first = (each.capitalize() for each in habits.harmless)  # words of a label: 'In all'
    harmless = *names, *map(str, terms.services), *habits.harmless, *first
    found = {name: draft.claims[name] for name in sentence.about if name in draft.claims}
    claims = {name: claim for name, claim in found.items() if claim.use != "do_not_use"}
    for name, claim in claims.items():
        open_to = name not in sentence.claims and denies.search(sentence.text)
        for start, words in () if open_to else matches(sentence.text, claim.never):
            message = f"'{words}' may not be said of '{name}', as the claim's 'never' has it"
            yield sentence.breach(message, "never", start)
    section = SECTIONS.get(sentence.section)
    asks = section and section.gaps and not (sentence.values or sentence.shown)
    if claims and not asks and sentence.kind not in {*PROPOSING, QUOTE}:
        near = " ".join(each.text for each in _near(draft, reading, at))
        said = " ".join(_said(claim) for claim in claims.values())
        own = " ".join(_text(claim.claim) for claim in claims.values())
        line, said, own = (mask(each, harmless) for each in (typed_words(sentence), said, own))
        yield from _turned(sentence, line, said, habits)
        yield from _more(sentence, line, (said, own), habits)
        yield from swapped.check(draft, sentence, habits)
        # in a text the sentence behind may say of whom, a label is read alone
        around = sentence.text if sentence.name == "label" else near
        yield from _shares_of_others(sentence, (line, around), claims, habits)
        if sentence.claims or sentence.name == "label":  # a title may say what its figure lacks
            yield from _denied(sentence, line, claims, habits)
        yield from _dropped(draft, sentence, (line, near), claims, habits)
        yield from strangers(draft, sentence, line, claims, habits)


def typed_words(sentence: Sentence) -> str:
    """Return the words of a sentence, blank where a value is printed."""
    at = (-1, *sentence.at, -1)
    alone = (
        before != here != after for before, here, after in zip(at, at[1:], at[2:], strict=False)
    )
    return "".join(char if typed else " " for char, typed in zip(sentence.text, alone, strict=True))


@lru_cache(maxsize=4096)
def _text(*lines: Markdown | None) -> str:
    """Return the words of *lines*, such as those of a claim, with '0' for each value."""
    return " ".join(plain(line.parts, lambda _: "0") for line in lines if line)


def _said(claim: Claim) -> str:
    """Return all that a claim says, with the wholes of its shares."""
    return " ".join((_text(claim.claim, claim.caveat), *_wholes(claim)))


def _wholes(claim: Claim) -> Iterator[str]:
    """Yield of whom a claim tells: the wholes of its shares, who is compared with whom."""
    every = (*(value.of for value in claim.values.values()), claim.population, claim.comparator)
    yield from (str(each) for each in every if each)


def _near(draft: Draft, reading: Reading, at: int) -> list[Sentence]:
    """Return a sentence and those behind it that cite nothing; of a table the row, of a figure all."""
    here, rest = reading.sentences[at], reading.sentences[at + 1 :]
    if here.kind in READ_WHOLE:
        return beside(draft, reading, here)
    behind = takewhile(lambda each: each.paragraph == here.paragraph and not each.claims, rest)
    return [here, *behind]


def _turned(sentence: Sentence, line: str, said: str, habits: Habits) -> Iterator[Fault]:
    """Yield words that turn those of the claims."""
    for pair in habits.opposites:
        for here, there in (pair, pair[::-1]):
            turned = next(matches(said, there.split()), None)
            if turned and not mentions(said, here.split()):
                for start, word in matches(line, here.split()):
                    message = f"'{word}' turns what is cited here, which says '{turned[1]}'"
                    yield sentence.breach(message, "turned", start)


def _more(sentence: Sentence, line: str, texts: tuple[str, str], habits: Habits) -> Iterator[Fault]:
    """Yield words that say more than the claims do; *texts* are all that these say, and their words without caveats.

    A caveat ("only one of the causes") allows its own words, and no others.
    """
    said, own = texts
    vague = "is an amount that nothing cited here gives: print its value, or take it out"
    for rule, allowed, words, what in (
        ("absolute", own, habits.absolutes, "is more than what is cited here says: take it out"),
        ("absolute", own, habits.vague, vague),
        ("cause", said, habits.causes, "gives a cause, and what is cited here does not"),
    ):
        also = (*words, *(habits.causal if rule == "cause" else ()))
        for start, word in () if mentions(allowed, also) else matches(line, words):
            if not mentions(said, [word]):
                yield sentence.breach(f"'{word}' {what}", rule, start)
    yield from _of_another(sentence, line, said, habits)
    yield from _ruled(sentence, line, said, habits)


def _of_another(sentence: Sentence, line: str, said: str, habits: Habits) -> Iterator[Fault]:
    """Yield a cause or an effect of which the claims have no word, though they give another one."""
    if not mentions(said, (*habits.causes, *habits.causal)):
        return
    judging = [word for pair in habits.opposites for side in pair for word in side.split()]
    for start, word in matches(line, habits.causes):
        behind = re.split(habits.clauses, line[start + len(word) :])[0]
        longer = [each for each in WORD.findall(behind) if len(each) > SHORT][:NEAR]
        named = stems(" ".join(each for each in longer if not mentions(each, judging)))
        if named and named.isdisjoint(stems(said)):
            message = f"'{word}' gives another cause or effect than what is cited here"
            yield sentence.breach(f"{message}: say what it says", "cause", start)


def _shares_of_others(
    sentence: Sentence, texts: tuple[str, str], claims: dict[str, Claim], habits: Habits
) -> Iterator[Fault]:
    """Yield shares that the words behind them make shares of others than those of whom their claims tell.

    *texts* are the sentence, and all that is read with it.
    """
    line, near = texts
    wholes = [
        str(each.of)
        for claim in claims.values()
        for each in claim.values.values()
        if each.of and each.of != "not stated"
    ]
    known = stems(" ".join((*wholes, *map(_said, claims.values()))))
    looks = wholes and stems(" ".join(wholes)).isdisjoint(stems(near))
    for found in re.finditer(habits.share_of or "(?!)", line, re.IGNORECASE) if looks else ():
        words = WORD.findall(re.split(r"[,;:.]|\s\s", line[found.end() :].strip())[0])[:NEAR]
        if stems(" ".join(words)) and known.isdisjoint(stems(" ".join(words))):
            message = f"'of {' '.join(words)}': what is cited here is of '{wholes[0]}'; say of whom"
            yield sentence.breach(message, "swapped", found.start())


def _ruled(sentence: Sentence, line: str, said: str, habits: Habits) -> Iterator[Fault]:
    """Yield words that make a rule or an average of a value, which the claims do not."""
    averages = rf"(?i)\s*\b(?:{'|'.join((*habits.averages, *habits.averaged)) or '(?!)'})\b"
    if not any(form != "year" for _, _, form in sentence.values):
        return
    if mentions(said, habits.usual) or re.search(averages, said):
        return
    first = re.match(averages, line)  # elsewhere in a sentence it may be of something else
    found = [(first.start(), first[0].strip())] if first else []
    for start, word in (*found, *matches(line, habits.usual)):
        message = f"'{word}' makes a rule of a value, which nothing cited here does: take it out"
        yield sentence.breach(message, "absolute", start)


def _denied(
    sentence: Sentence, line: str, claims: dict[str, Claim], habits: Habits
) -> Iterator[Fault]:
    """Yield what denies more than the claims do."""
    if not habits.denials:
        return
    denies, gaps = (re.compile(each, re.IGNORECASE) for each in (habits.denials, habits.gaps))
    said = " ".join(_text(claim.claim) for claim in claims.values())
    others = (text for each in claims.values() for text in (_text(each.caveat), *_wholes(each)))
    known = stems(" ".join(text for text in others if denies.search(text)))
    rest = gaps.sub(lambda match: " " * len(match[0]), line)
    found = []
    for match in denies.finditer(rest):
        behind = WORD.findall(rest[match.end() :])
        if known.isdisjoint(stems(" ".join(behind[:NEAR]))):
            found.append(match)
    for match in found[len(denies.findall(said)) :]:
        claim = shorten(" ".join(str(each.claim) for each in claims.values()), 80, placeholder="…")
        message = f"'{match[0]}' denies what is cited here, which says: '{claim}'"
        yield sentence.breach(message, "denied", match.start())


def _dropped(
    draft: Draft,
    sentence: Sentence,
    texts: tuple[str, str],
    claims: dict[str, Claim],
    habits: Habits,
) -> Iterator[Fault]:
    """Yield words to keep that are missing, and a sentence that does not deny what its claims deny.

    *texts* are the sentence, and all that is read with it: a figure says it anywhere. One of years shows no values.
    """
    block = draft.blocks.get(sentence.owner.removeprefix("block:"))
    years = isinstance(block, FigureBlock) and block.timeline
    names = sentence.claims if years else sentence.answers_for
    for name in (name for name in names if name in claims):
        line = texts[name not in sentence.claims]
        for words in claims[name].keep:
            if not mentions(texts[1], words.split(" / ")):
                message = f"'{name}' is printed here without '{words}': put it back"
                yield sentence.breach(message, "kept")
        said = re.sub(habits.gaps, "", _text(claims[name].claim), flags=re.IGNORECASE)
        own = re.search(habits.denials or "(?!)", said, re.IGNORECASE)
        if own and not re.search(habits.denying, line, re.IGNORECASE):
            what = f"what is cited here says '{own[0]}', and this does not"
            yield sentence.breach(what, "denied")


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Return how the longer words of a text begin: 'suppl' of 'supply' and 'supplied'."""
    return frozenset(word[:STEM].casefold() for word in WORD.findall(text) if len(word) > SHORT)


def strangers(
    draft: Draft, sentence: Sentence, line: str, claims: dict[str, Claim], habits: Habits
) -> Iterator[Fault]:
    """Yield names and speakers that neither the claims nor their sources have."""
    sources = (draft.sources.get(claim.source) for claim in claims.values())
    said = [
        f"{source.citation} {source.kind} {' '.join(source.names)}" for source in sources if source
    ]
    said += [f"{_text(each.claim, each.caveat)} {' '.join(each.keep)}" for each in claims.values()]
    said += [key.replace("_", " ") for claim in claims.values() for key in claim.values]
    said += [f"{draft.series.name} {draft.series.publisher}"] if draft.series else []
    said += [frame.text for frame in sentence.frames]
    words = set(WORD.findall(" ".join(said)))
    folded = {word.casefold() for word in words}
    known = words | {word.casefold() for word in words if not word.isupper()}
    for match in re.finditer(habits.names or "(?!)", line):
        name = match[0].removesuffix("’s")
        other = known.isdisjoint({name, name if name.isupper() else name.casefold()})
        if other and not ROMAN.fullmatch(name):
            message = f"nothing cited here names '{name}': say what it says, or cite what does"
            yield sentence.breach(message, "named", match.start())
    for start, _ in matches(sentence.text, habits.speaking):
        clause = re.split(habits.clauses, sentence.text[:start])[-1]
        skipped = {*habits.adverbs.split(), *habits.helping.split()}
        by = [word for word in WORD.findall(clause) if word not in skipped]
        one = by[-1].casefold() if by else ""
        free = {*folded, *habits.speakers.split()}
        passive = one in habits.passive.split()  # 'it is said' names nobody
        if by and not passive and free.isdisjoint({one, one.rstrip("s"), f"{one}s"}):
            message = f"nothing cited here is said by '{by[-1]}': name who says so"
            yield sentence.breach(message, "speaker", start)
