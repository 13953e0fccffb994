"""Check the text of the briefs by the rules of EDITORIAL, less the exceptions that blocks declare."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from typing import Any, TypeAlias

from press.checks import prose
from press.checks.content import (
    alternatives,
    depths,
    faithful,
    frames,
    lengths,
    qualifiers,
    tellings,
    uncited,
    wording,
)
from press.checks.prose import Reading
from press.content.library import Draft, Fault, fault
from press.problems import counted, in_draft


@dataclass(frozen=True)
class Judged:
    """What is wrong with one brief in one language, what of it the others may not share, and what is counted in it."""

    breaches: tuple[Fault, ...]  # its own, then those of its short form
    main: str  # its main message
    cited: frozenset[str]  # by its key messages
    counts: Mapping[str, float]  # the highest beside each limit, by the name of that


# Returns what was found of a language and a brief before, or what is found by the last argument now.
Known: TypeAlias = Callable[[str, str, Callable[[], Judged]], Judged]


def check(draft: Draft, known: Known = lambda _language, _name, judge: judge()) -> Iterator[Fault]:
    """Yield the rules that a brief breaks, in every language that it is made in."""
    if draft.limits is None or draft.series is None:
        return
    # where a block could not be read, what the others break would be guessed
    whole = [
        name
        for name, brief in draft.briefs.items()
        if draft.blocks.keys() >= {key for _, ids in brief.sections for key in ids}
    ]
    judge_of = judge(draft)
    for language in draft.series.languages:
        if not draft.unread("term", language):
            judges = {name: partial(judge_of, language, name) for name in whole}
            judged = {name: known(language, name, each) for name, each in judges.items()}
            every = (breach for each in judged.values() for breach in each.breaches)
            shared = _shared(draft, judged, draft.limits.of("", language))
            for breach in dict.fromkeys((*every, *shared)):
                yield from _fault(draft, breach)


def judge(draft: Draft) -> Callable[[str, str], Judged]:
    """Return what judges a brief of *draft* in a language, whole and in its short form; shared texts are read once."""
    known: dict[str, prose.Known] = defaultdict(prose.Known)

    @cache
    def shorter() -> tuple[Draft, uncited.Longer]:
        return depths.short_form(draft), depths.longer_claims(draft)

    return lambda language, name: _judge(draft, *shorter(), known[language], (language, name))


def _judge(
    draft: Draft,
    short: Draft,
    longer: uncited.Longer,
    known: prose.Known,
    edition: tuple[str, str],
) -> Judged:
    """Judge a brief in a language, in both forms, which are of two drafts that share what is *known* of texts."""
    language, name = edition
    reading = uncited.with_claims(draft, prose.read(draft, name, language, known), {})
    counts = [*lengths.counted_in(draft, reading)]
    breaches = dict.fromkeys(_breaches(draft, reading, counts))
    only = frozenset(f"block:{key}" for key in longer)  # other texts are judged above
    shorter = uncited.with_claims(short, prose.read(short, name, language, known), longer)
    for each in _breaches(short, replace(shorter, only=only), lengths.counted_in(short, shorter)):
        if each not in breaches and depths.of_short_form(draft, each):
            message = f"in the short form, {each.problem.message}"
            breaches[replace(each, problem=replace(each.problem, message=message))] = None
    cited = frozenset(claim for each in reading.of("messages") for claim in each.claims)
    main = " ".join(each.text for each in reading.of("main")).casefold()
    highest = lengths.highest(draft, reading, counts)
    times = map(len, tellings.by_claim(draft, reading).values())
    highest["finding_times"] = max(times, default=0)
    return Judged(tuple(breaches), main, cited, highest)


def _breaches(draft: Draft, reading: Reading, counts: Iterable[lengths.Count]) -> Iterator[Fault]:
    own = draft.limits.of(reading.name, reading.language) if draft.limits else {}
    yield from lengths.check(draft, reading, own, counts)
    yield from alternatives.check(draft, reading, own)
    yield from tellings.check(draft, reading, own)
    yield from wording.check(draft, reading)
    yield from qualifiers.check(draft, reading)
    yield from faithful.check(draft, reading)
    yield from frames.check(draft, reading)


def _fault(draft: Draft, breach: Fault) -> Iterator[Fault]:
    """Yield *breach*, unless its block sets the rule aside."""
    owner, rule = breach.owner, breach.problem.rule
    block = draft.blocks.get(owner.removeprefix("block:"))
    if block and any(allow.rule == rule for allow in block.allow):
        return
    briefs = draft.owners(owner)
    drafts = briefs and all(draft.briefs[name].status == "draft" for name in briefs)
    yield Fault(in_draft(breach.problem), owner) if drafts else breach


def _shared(
    draft: Draft, judged: Mapping[str, Judged], limits: Mapping[str, Any]
) -> Iterator[Fault]:
    """Yield main messages and claims of key messages that a brief shares with others; the first of these is named."""
    most = limits.get("shared_percent")
    mains: dict[str, str] = {}
    for at, (name, one) in enumerate(judged.items()):
        owner, place = f"brief:{name}", draft.briefs[name].title.place
        if one.main and (first := mains.setdefault(one.main, name)) != name:
            yield fault(place, f"its main message is that of brief '{first}'", "shared", owner)
        for first, other in islice(judged.items(), at):
            fewer, shared = min(len(one.cited), len(other.cited)), len(one.cited & other.cited)
            if most is not None and fewer and shared * 100 >= most * fewer:
                what = f"{shared} of {counted(fewer, 'claim')} under its key messages stand under those"
                yield fault(place, f"{what} of brief '{first}' too", "shared", owner)
                break
