"""Check what overtook a claim: it is dated wherever it is printed, and printed beside the claim that it qualifies."""

import re
from collections.abc import Iterable, Iterator

from press.checks.content.verdicts import citations, figure_refs
from press.checks.prose import Reading, Sentence
from press.content.languages import LANGUAGES
from press.content.library import Draft, Fault, fault
from press.content.model import Source
from press.content.model.blocks import FigureBlock, KeyFiguresBlock
from press.content.model.kinds import FRONT
from press.problems import Place, did_you_mean, nothing_called

RULE = "qualified"
# forms of figure that print the year of each value
DATED = ("tiles", "timeline", "line", "then_now")


def references(draft: Draft) -> Iterator[Fault]:
    """Yield qualifiers that are no claims, that may not be printed, or that a claim would be to itself."""
    known = draft.names("claim")
    for key, name in (
        (key, name) for key, claim in draft.claims.items() for name in claim.qualified_by
    ):
        claim, message = draft.claims.get(name), ""
        if name not in known and "unread:claim" not in draft.broken:
            message = nothing_called("claim", name, known)
        elif name == key:
            message = "a claim cannot qualify itself; take it out"
        elif claim and claim.use == "do_not_use":
            message = f"claim '{name}' may not be printed, and so qualifies nothing; take it out"
        if message:
            yield fault(name.place, message, "reference")


def check(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield later claims without their year, and claims without what overtook them."""
    yield from _undated(draft, reading)
    yield from _misattributed(draft, reading)
    yield from _alone(draft, reading)


def _undated(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield later claims of which the sentence, the head of its paragraph or the figure prints no year."""
    heads: dict[int, Sentence] = {}  # the first sentence of each paragraph: of a list, of each item
    for sentence in reading.sentences:
        first = heads.setdefault(sentence.paragraph, sentence)
        block = draft.blocks.get(sentence.owner.removeprefix("block:"))
        if isinstance(block, KeyFiguresBlock):
            continue  # each is dated
        near, claims = [sentence, *_head(draft, first)], dict.fromkeys(sentence.claims)
        if isinstance(block, FigureBlock):
            near = [other for other in reading.sentences if other.owner == sentence.owner]
            if sentence.name == "title" and block.form not in DATED:
                claims |= dict.fromkeys(ref.partition(".")[0] for ref in figure_refs(block))
        dated = [value[:2] for other in near for value in other.values if value[2] == "year"]
        printed = {
            draft.claims[name].year_of(value) for name, value in dated if name in draft.claims
        }
        for name in claims:
            claim = draft.claims.get(name)
            source = claim and draft.sources.get(claim.source)
            years = {claim.year_of(key) for key in ("", *claim.values)} - {""} if claim else set()
            if claim and source and source.outside and printed.isdisjoint(years):
                value = next(iter(claim.values), "value")
                what = f"claim '{name}' became known later: print its year in the same sentence"
                yield sentence.breach(f"{what}, as {{{name}.{value}:year}}", "since")


def _misattributed(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield sentences in which the series' own source says what became known later."""
    habits = LANGUAGES[reading.language]
    says = "|".join(map(re.escape, habits.attribution))
    own = {
        word for source in draft.sources.values() if not source.outside for word in _called(source)
    }
    for sentence in reading.sentences if says else ():
        claims = [draft.claims[name] for name in sentence.about if name in draft.claims]
        sources = [draft.sources[claim.source] for claim in claims if claim.source in draft.sources]
        if not sources or not all(source.outside for source in sources):
            continue
        words = "|".join(map(re.escape, own.difference(*map(_called, sources)))) or "(?!)"
        between = rf"\W+(?:{'|'.join(habits.adverbs.split())}|\W)*"
        behind = rf"\b(?P<by>{words}){between}\b(?:{says}|{'|'.join(habits.telling.split()) or '(?!)'})\b"
        before = rf"\b(?:{says})\W+(?:\w+\W+)?(?P<of>{words})\b(?![’'])"
        alone = rf"\b(?P<alone>{words if sentence.name == 'source' else '(?!)'})\b"
        if found := re.search(f"{behind}|{before}|{alone}", sentence.text, re.IGNORECASE):
            what = f"'{found[found.lastgroup or 0]}' did not say what became known later"
            yield sentence.breach(f"{what}: name who did", "since", found.start())


def _called(source: Source) -> set[str]:
    """Return the words by which a text may call a source."""
    return {
        str(source.kind).rpartition(" ")[2].casefold(),
        *(name.casefold() for name in source.names),
    }


def _head(draft: Draft, first: Sentence) -> Iterator[Sentence]:
    """Yield the sentence that begins a paragraph if a year is before its colon: '2016: …' dates all that follows."""
    head, colon, _ = first.text.partition(":")
    years = {
        draft.claims[name].year_of(value)
        for name, value, form in first.values
        if form == "year" and name in draft.claims
    }
    if colon and any(year and year in head for year in years):
        yield first


def _alone(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield claims that the brief prints, but nowhere beside one that qualifies them; and exceptions not needed."""
    brief, owner = reading.brief, f"brief:{reading.name}"
    # in the order of print, with their sections: '' on page 1
    pieces = [("", [*citations(brief.title)])]
    for section, ids in brief.sections:
        where = "" if section in FRONT else section
        pieces += [(where, [*citations(typed)]) for typed in brief.heads(section).values()]
        pieces += [(where, [*citations(draft.blocks[key])]) for key in ids]
    cited = [(where, {citation.claim for citation in piece}) for where, piece in pieces]
    alone: dict[str, tuple[Place, str]] = {}
    for citation in (citation for _, piece in pieces for citation in piece):
        claim = draft.claims.get(citation.claim)
        qualifiers = [str(name) for name in claim.qualified_by] if claim else []
        if draft.claims.keys() & set(qualifiers) and not _beside(cited, citation.claim, qualifiers):
            alone.setdefault(citation.claim, (citation.place, " or ".join(qualifiers)))
    for name, (place, ways_out) in alone.items():
        if name not in brief.unqualified:
            what = f"brief '{reading.name}' prints '{name}' without what overtook it"
            way_out = f"cite {ways_out} beside it, or say why not under 'unqualified' in the brief"
            yield fault(place, f"{what}: {way_out}", RULE, owner)
    for name in (name for name in brief.unqualified if name not in alone):
        what = f"'{name}' is not printed here without what overtook it"
        way_out = f"take the exception out{did_you_mean(name, alone)}"
        yield fault(name.place, f"{what}: {way_out}", RULE, owner, "warning")


def _beside(cited: list[tuple[str, set[str]]], name: str, qualifiers: Iterable[str]) -> bool:
    """Return True if a reader sees a claim with one of its *qualifiers*: on page 1, in a section, or the next block."""
    here = [number for number, (_, claims) in enumerate(cited) if name in claims]
    seen = {cited[number][0] for number in here}
    after = {number + 1 for number in here if cited[number][0]}  # page 1 ends before the next block
    return any(
        not claims.isdisjoint(qualifiers)
        for number, (where, claims) in enumerate(cited)
        if where in seen or number in after
    )
