"""Check the words of sentences (EDITORIAL: the evidence; words; language).

Who says so, and how surely: attribution, judgements, benefits, years. Words to avoid; acronyms not spelled out.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from press.checks.content.numbers import ROMAN
from press.checks.content.qualifiers import DATED
from press.checks.phrases import mask, matches, may_be_in, mentions
from press.checks.prose import Reading, Sentence, beside
from press.content.languages import LANGUAGES, Habits
from press.content.library import Draft, Fault, fault
from press.content.model import KINDS, Claim, Terms
from press.content.model.blocks import FigureBlock
from press.content.quantity import CURRENCIES

PROPOSING = frozenset(name for name, kind in KINDS.items() if kind.proposes)
READ_WHOLE = frozenset(name for name, kind in KINDS.items() if kind.read_whole)
WORD = re.compile(r"(?<![\w-])[^\W\d_]\w+(?![\w$-])")  # 'US$' is a sign
LETTERS = range(2, 9)  # of an acronym
# forms of figures that date their values themselves, or as their author draws them
UNDATED = (*DATED, "spec")
NEAR = 4  # words between a service and a verb that says what it does


def check(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield what is stated more surely, or by others, than the claims support, and words to mend."""
    yield from reading.judge(draft, _judge)
    yield from _figures(draft, reading)
    yield from _vocabulary(draft.words(reading.language), reading, LANGUAGES[reading.language])


def _judge(draft: Draft, reading: Reading, _: int, sentence: Sentence) -> Iterator[Fault]:
    terms, habits = draft.words(reading.language), LANGUAGES[reading.language]
    claims = {name: draft.claims[name] for name in sentence.about if name in draft.claims}
    speakers = *terms.attribution, *habits.attribution
    # a figure says in its source who says so
    spoken = sentence.answers_for if sentence.name == "label" else sentence.claims
    answers = {name: claims[name] for name in spoken if name in claims}
    yield from _attribution(draft, speakers, reading, sentence, answers)
    yield from _years(draft, reading, sentence)
    yield from _phrases(terms, sentence, claims, habits)


def _attribution(
    draft: Draft,
    speakers: tuple[str, ...],
    reading: Reading,
    sentence: Sentence,
    claims: dict[str, Claim],
) -> Iterator[Fault]:
    if not speakers or sentence.kind in PROPOSING:
        return
    near = sentence.text
    if sentence.kind in READ_WHOLE:
        # another row, or the head of another column, does not speak for this one
        inside = (other for other in reading.sentences if other.owner == sentence.owner)
        row = {id(other.scalar) for other in beside(draft, reading, sentence)}
        read = [each.text for each in inside if each.name == "title" or id(each.scalar) in row]
        near = " ".join(read)
    near = " ".join((*(frame.text for frame in sentence.frames), near))
    for name, claim in claims.items():
        if claim.basis == "outside" or mentions(near, speakers):
            continue
        source = draft.sources.get(claim.source)
        if source and mask(near, source.names) != near:
            continue  # it names the source
        if claim.kind == "judgement":
            message = f"'{name}' is a judgement: say whose it is, as with '{speakers[0]}'"
            yield sentence.breach(message, "judgement")
        elif claim.use in ("caveat", "background"):
            message = f"the verdict on '{name}' is '{claim.use}': say who says so, as with '{speakers[0]}'"
            yield sentence.breach(message, "attribution")


def _years(draft: Draft, reading: Reading, sentence: Sentence) -> Iterator[Fault]:
    if sentence.kind in {"figure", "key_figures"}:
        return  # a figure is looked at as a whole
    near = [other for other in reading.sentences if other.owner == sentence.owner]
    values = [value for other in near for value in other.values]
    printed = {_year(draft, claim, name) for claim, name, form in values if form == "year"}
    for claim, name, form in sentence.values:
        year, value = _year(draft, claim, name), draft.value(f"{claim}.{name}")
        if value and (value.date or value.quantity.currency):
            continue  # it prints its year by itself
        if form != "year" and year and year not in printed:
            message = f"'{claim}.{name}' has a year, {year}: print it with {{{claim}.{name}:year}}"
            yield sentence.breach(message, "year")


def _figures(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield figures that print the year of a value nowhere on paper; the table beneath is for screens."""
    for key in (key for _, ids in reading.brief.sections for key in ids):
        block = draft.blocks.get(key)
        if not isinstance(block, FigureBlock) or block.form in UNDATED:
            continue
        printed = {
            _year(draft, claim, name)
            for sentence in reading.sentences
            if sentence.owner == f"block:{key}"
            for claim, name, form in sentence.values
            if form == "year"
        }
        # a target is drawn with its year
        shown = (each.value for each in block.data if getattr(each, "role", "") != "target")
        for ref in filter(None, shown):
            (claim, _, name), value = ref.partition("."), draft.value(ref)
            year = _year(draft, claim, name)
            if value and value.unit != "year" and year and year not in printed:
                printed.add(year)  # once
                message = f"nothing in this figure says that '{ref}' is of {year}"
                way_out = f"print it in the subtitle, with {{{ref}:year}}"
                yield fault(block.subtitle.place, f"{message}: {way_out}", "year", f"block:{key}")


def _year(draft: Draft, claim: str, name: str) -> str:
    return draft.claims[claim].year_of(name) if claim in draft.claims else ""


def _phrases(
    terms: Terms, sentence: Sentence, claims: dict[str, Claim], habits: Habits
) -> Iterator[Fault]:
    quotes = habits.quotes
    quoted = rf"[{quotes[0]}\"].*?[{quotes[1]}\"]"
    unquoted = re.sub(quoted, lambda match: " " * len(match[0]), sentence.text)
    ours = not claims or any(claim.basis != "outside" for claim in claims.values())
    if ours:  # an issuer's own rating is printed as it is
        yield from _graded(sentence, unquoted, claims, habits)
    # what nobody knows, or what others say
    open_to = sentence.section == "unknown" and not sentence.values
    theirs = not claims and (sentence.kind == "quote" or sentence.name in {"says", "benefit"})
    if ours and not (open_to or theirs or any(map(_measures, claims.values()))):
        for start, phrase in benefits(terms, habits, unquoted):
            message = f"'{phrase}' claims a benefit, and no source measures it: say what is done, or the aim"
            yield sentence.breach(message, "benefit", start)
    asked = terms.gone if sentence.kind in PROPOSING else ()
    for gone in (gone for gone in asked if may_be_in(sentence.text, gone.name)):
        for start, name in matches(sentence.text, [gone.name]):
            message = f"'{name}' no longer exists ({gone.since}): name who acts today"
            yield sentence.breach(message, "gone", start)
    others = (tied for tied in terms.tied if tied.claim not in claims)
    for tied in (tied for tied in others if may_be_in(sentence.text, tied.phrase)):
        for start, phrase in matches(sentence.text, [tied.phrase]):
            message = f"'{phrase}' belongs to claim '{tied.claim}' only"
            yield sentence.breach(message, "tied", start)


def _measures(claim: Claim) -> bool:
    """Return whether its source measures an effect: pooled, or with an interval that is not of a share alone."""
    intervals = [value for value in claim.values.values() if value.interval]
    return claim.basis == "pooled" or any(claim.comparator or not each.of for each in intervals)


def _graded(
    sentence: Sentence, unquoted: str, claims: dict[str, Claim], habits: Habits
) -> Iterator[Fault]:
    """Yield words of certainty that no claim of the sentence has."""
    rated = {str(claim.certainty.rating) for claim in claims.values() if claim.certainty}
    for start, phrase in matches(unquoted, habits.graded):
        message = (
            f"'{phrase}' is not the certainty of what is cited here: {', '.join(sorted(rated))}"
        )
        if not rated:
            message = f"'{phrase}' speaks of graded evidence, and nothing cited here is graded: give the basis"
        if not rated or habits.graded.get(phrase.casefold()) not in {"", None, *rated}:
            yield sentence.breach(message, "certainty", start)


def benefits(terms: Terms, habits: Habits, line: str) -> Iterator[tuple[int, str]]:
    """Yield where a service is the subject of a verb of benefit, at most four words apart."""
    for start, service in matches(line, terms.services):
        after = line[start + len(service) :]
        for at, verb in matches(after, habits.benefits):
            between = after[:at].split()
            if (
                len(between) <= NEAR
                and not (between and between[-1] in habits.aims.split())
                and not re.search(r"[.;:,]", after[:at])
            ):
                yield start, f"{service} {after[: at + len(verb)].strip()}"


def _vocabulary(terms: Terms, reading: Reading, habits: Habits) -> Iterator[Fault]:
    """Yield words to avoid, and acronyms at their first use."""
    naming = ("(", *(f"{word} " for word in habits.naming))
    known = {*map(str, terms.acronyms), *CURRENCIES}
    for sentence in reading.sentences:
        line = mask(sentence.text, [str(name.name) for name in terms.official_names])
        avoided = (avoid for avoid in terms.avoid if avoid.unless != sentence.section)
        for avoid in (avoid for avoid in avoided if may_be_in(line, avoid.word)):
            for start, word in matches(line, [avoid.word]):
                message = f"'{word}': say '{avoid.say}' ({avoid.reason})"
                yield sentence.breach(message, "word", start)
        names = _acronyms(line, habits.plural)
        known |= {name for start, name in names if line[:start].endswith(naming)}
        for start, name in names:
            if name not in known:
                known.add(name)
                what = f"'{name}' is not spelled out at its first use"
                way_out = f"write the name and then ({name})"
                yield sentence.breach(f"{what}: {way_out}", "acronym", start)


@lru_cache(4096)  # blocks are in several briefs, and in the short form of each
def _acronyms(line: str, plural: str) -> tuple[tuple[int, str], ...]:
    """Return where the acronyms of a *line* begin, and their letters."""
    every = ((match.start(), _acronym(match[0], plural)) for match in WORD.finditer(line))
    return tuple((start, name) for start, name in every if name)


def _acronym(typed: str, plural: str) -> str:
    """Return the letters of *typed*, such as 'NGO' in 'NGOs', or '' if it is a word or a number."""
    name = typed.removesuffix(plural)
    return name if name.isupper() and len(name) in LETTERS and not ROMAN.fullmatch(name) else ""
