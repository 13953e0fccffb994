"""Which claims may stand where: the verdict `use` of each claim that a brief cites (EDITORIAL: the evidence)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.content import text
from press.content.library import Draft, Fault
from press.content.model import Figure, markup
from press.content.model.kinds import SECTIONS, SectionKind
from press.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from press.content.scalar import Scalar

RULE = "verdict"
MOST_CAVEATS = 2  # in a key message
TITLE = SectionKind(uses=frozenset({"ok"}))  # what holds for a title
[SINCE] = [name for name, section in SECTIONS.items() if section.outside]
WHERE = {
    "do_not_use": "it may not be printed anywhere",
    "background": "it may stand in the section 'problem' only",
    "caveat": "title and ask rest on claims that are 'ok'",
}


@dataclass(frozen=True)
class Citation:
    """A claim that is cited, and where."""

    claim: str
    value: bool  # its number is printed
    place: Place


def citations(model: BaseModel) -> Iterator[Citation]:
    """Yield every claim that *model* cites or takes a value from."""
    for _, scalar in markup(model):
        for part in text.walk(scalar.parts):
            if isinstance(part, text.Value | text.Cite):
                yield Citation(str(part.claim), isinstance(part, text.Value), scalar.at(part.at))
    if isinstance(model, Figure):
        for ref in figure_refs(model):
            yield Citation(ref.partition(".")[0], value=True, place=ref.place)


def figure_refs(figure: Figure) -> Iterator[Scalar]:
    """Yield the values that *figure* shows."""
    for datum in figure.data:
        if datum.value is not None:
            yield datum.value


def check(draft: Draft) -> Iterator[Fault]:
    """Yield each claim that stands where its verdict does not let it stand."""
    for name, brief in draft.briefs.items():
        for citation in citations(brief):
            yield from _one(draft, "title", citation, f"brief:{name}")
    for section, key in dict.fromkeys(
        (section, key)
        for brief in draft.briefs.values()
        for section, ids in brief.sections
        for key in ids
    ):
        if key in draft.blocks:
            yield from _block(draft, section, key)


def _block(draft: Draft, section: str, key: Scalar) -> Iterator[Fault]:
    found = list(citations(draft.blocks[key]))
    for citation in found:
        yield from _one(draft, section, citation, f"block:{key}")
    caveats = {citation.claim: citation for citation in found if _use(draft, citation) == "caveat"}
    if section == "messages" and len(caveats) > MOST_CAVEATS:
        place = list(caveats.values())[MOST_CAVEATS].place
        yield Fault(
            Problem(
                place,
                f"a key message rests on {MOST_CAVEATS} claims with a caveat at most; this one has {len(caveats)}",
                RULE,
            ),
            f"block:{key}",
        )


def _one(draft: Draft, section: str, citation: Citation, owner: str) -> Iterator[Fault]:
    use = _use(draft, citation)
    if use and _known(draft, citation) and _outside(draft, citation) != (section == SINCE):
        where = (
            f"it may stand in the section '{SINCE}' only"
            if section != SINCE
            else f"the section '{SINCE}' takes other sources only"
        )
        told = "what became known since" if section != SINCE else "the review's"
        yield Fault(
            Problem(citation.place, f"claim '{citation.claim}' is {told}: {where}", "since"), owner
        )
    if use and use not in SECTIONS.get(section, TITLE).uses:
        yield Fault(
            Problem(citation.place, f"claim '{citation.claim}' is '{use}': {WHERE[use]}", RULE),
            owner,
        )
    elif use == "caveat" and section == "main" and citation.value:
        message = (
            f"the main message may refer to '{citation.claim}', whose use is 'caveat', but without its number:"
            f" cite it as [^{citation.claim}]"
        )
        yield Fault(Problem(citation.place, message, RULE), owner)


def _known(draft: Draft, citation: Citation) -> bool:
    return draft.claims[citation.claim].source in draft.sources


def _outside(draft: Draft, citation: Citation) -> bool:
    return draft.sources[draft.claims[citation.claim].source].outside


def _use(draft: Draft, citation: Citation) -> str:
    claim = draft.claims.get(citation.claim)
    return claim.use if claim else ""
