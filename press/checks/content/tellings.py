"""Check what a brief tells: no finding too often, the old in the past tense, first a figure about the matter."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from press.checks.content.faithful import stems
from press.checks.content.uncited import OPENER
from press.checks.content.verdicts import Citation, citations, figure_refs
from press.checks.prose import TITLE, Reading
from press.content.languages import LANGUAGES
from press.content.library import Draft, Fault, fault
from press.content.model import Claim
from press.content.model.blocks import FigureBlock
from press.content.model.kinds import KINDS
from press.content.reader.messages import clip
from press.problems import Place, counted

LEAST = 2  # longer words of an item by which it is known


def check(draft: Draft, reading: Reading, limits: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is told too often or in the wrong tense, and a first figure that shares nothing with title and ask."""
    yield from _repeated(draft, reading, limits.get("finding_times"))
    yield from _gaps(reading)
    yield from _first_figure(draft, reading)
    yield from _present(draft, reading, limits.get("present_years"))


def _cited(draft: Draft, reading: Reading) -> Iterator[tuple[str, str, dict[str, Place]]]:
    """Yield the title and each block with its section, and the claims it cites, with the first place of each."""
    yield TITLE, TITLE, _places(citations(reading.brief.title))
    for section, ids in reading.brief.sections:
        for key in (each for each in ids if each in draft.blocks):
            block, cited = draft.blocks[key], reading.known.cited
            if id(block) not in cited:
                cited[id(block)] = _places(citations(block))
            yield key, section, cited[id(block)]


def _places(cited: Iterator[Citation]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for citation in cited:
        places.setdefault(citation.claim, citation.place)
    return places


def by_claim(draft: Draft, reading: Reading) -> dict[str, list[tuple[str, Place]]]:
    """Return where each claim is told: title and blocks. Under alternatives and steps it is a reason."""
    told: dict[str, list[tuple[str, Place]]] = {}
    for name, section, places in _cited(draft, reading):
        if section in {"options", "next"} and KINDS[draft.kinds[name]].proposes:
            continue
        for claim, place in places.items():
            told.setdefault(claim, []).append((name, place))
    return told


def _repeated(draft: Draft, reading: Reading, most: int | None) -> Iterator[Fault]:
    """Yield claims that stand in the title and blocks more than *most* times, where it is once too often."""
    if most is None:
        return
    for claim, where in by_claim(draft, reading).items():
        if len(where) > most:
            names = ", ".join(name for name, _ in where)
            what = f"finding '{claim}' is told {counted(len(where), 'time')}: in {names}"
            message = f"{what}; limits.yaml allows {most}: leave it out where it is not needed"
            yield fault(where[most][1], message, "repeated", f"brief:{reading.name}", "warning")


def _gaps(reading: Reading) -> Iterator[Fault]:
    """Yield what stands in the box of what is not known twice, and what another sentence tells as well."""
    missing = LANGUAGES[reading.language].missing
    box = [(each, stems(each.text)) for each in reading.sentences if each.name == "items"]
    every = (each for each in reading.sentences if missing and each.name != "items")
    others = [each for each in every if re.search(missing, each.text, re.IGNORECASE)]
    for at, (item, words) in enumerate(box):
        if words and words in [before for _, before in box[:at]]:
            yield item.breach("this stands in the box already: take it out", "gaps")
        for other in others if len(words) >= LEAST else ():
            if len(words & stems(other.text)) * 4 >= len(words) * 3:
                what = f"the box of what is not known has this too: '{clip(item.text)}'"
                yield other.breach(f"{what}; tell it once, there", "gaps")


def _first_figure(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield a figure of page 1 that shows no value of a claim in title or ask."""
    about = {
        claim
        for _, section, places in _cited(draft, reading)
        for claim in places
        if section in {TITLE, "ask"}
    }
    for key in reading.brief.sections.figure if about else ():
        block = draft.blocks.get(key)
        shown = (
            {ref.partition(".")[0] for ref in figure_refs(block)}
            if isinstance(block, FigureBlock)
            else set()
        )
        if shown and shown.isdisjoint(about):
            what = "this figure of page 1 shows nothing that stands in the title or the ask"
            way_out = f"show one of {', '.join(sorted(about))}, or cite in the ask what it shows"
            yield fault(key.place, f"{what}: {way_out}", "first-figure", f"brief:{reading.name}")


def _present(draft: Draft, reading: Reading, most: int | None) -> Iterator[Fault]:
    """Yield sentences that tell in the present what is undated, or more than *most* years old at the release."""
    present = LANGUAGES[reading.language].present
    if most is None or not present or draft.series is None:
        return
    first = draft.series.release.year - most
    for sentence in reading.sentences:
        kind = KINDS.get(sentence.kind)
        names = sentence.about if sentence.name == OPENER else sentence.claims
        claims = [draft.claims[name] for name in names if name in draft.claims]
        if (kind and kind.proposes) or not claims:
            continue
        old = all(_is_old(draft, claim, first) for claim in claims)
        if old and (found := re.search(present, sentence.text)):
            what = f"'{found[0]}' tells in the present what is undated, or from before {first}"
            yield sentence.breach(f"{what}: tell it in the past", "tense", found.start())


def _is_old(draft: Draft, claim: Claim, first: int) -> bool:
    """Return whether *claim* is of the series' own source, and undated or from before the year *first*."""
    source = draft.sources.get(claim.source)
    if source is None or source.outside:
        return False
    years = re.findall(r"\d{4}", str(source.searched or claim.year_of()))
    return int(max(years, default=0)) < first
