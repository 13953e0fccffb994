"""Tell what rests on a passage: claims, and the briefs that cite them."""

from collections.abc import Iterator
from typing import NamedTuple

from press.checks.content.verdicts import citations
from press.content.library import Draft
from press.problems import Place


def resting(draft: Draft, source: str, locator: str) -> dict[str, list[str]]:
    """Return the claims that rest on a passage of *source*, each with the briefs that cite it."""
    return {
        str(key): briefs(draft, str(key))
        for key, claim in draft.claims.items()
        if (claim.source, claim.locator) == (source, locator)
    }


def briefs(draft: Draft, claim: str) -> list[str]:
    """Return the briefs that cite a claim."""
    return [*dict.fromkeys(spot.brief for spot in printing(draft, claim) if spot.brief)]


class Spot(NamedTuple):
    """Where a claim is printed; brief and section are '' in a block of no brief, block is '' in a brief's own texts."""

    brief: str
    section: str
    block: str
    depth: str  # of the brief, from which on it is shown there; '' in a block of no brief
    only_for: tuple[str, ...]  # audiences
    places: tuple[Place, ...]  # in the file


def printing(draft: Draft, claim: str) -> Iterator[Spot]:
    """Yield where a claim is printed."""
    spots = [(str(brief), "title", "") for brief in draft.briefs]
    for brief, given in draft.briefs.items():
        spots += [(str(brief), section, str(key)) for section, ids in given.sections for key in ids]
    named = {key for _, _, key in spots}
    spots += [("", "", str(key)) for key in draft.blocks if key not in named]
    for brief, section, key in spots:
        model = draft.blocks.get(key) if key else draft.briefs[brief]
        places = (
            tuple(each.place for each in citations(model) if each.claim == claim) if model else ()
        )
        if places:
            only = tuple(map(str, getattr(model, "audiences", None) or ()))
            depth = "short" if brief else ""  # where a title is
            if brief and key:
                depth = draft.briefs[brief].depth(section, draft.blocks[key])
            yield Spot(brief, section, key, depth, only, places)


def in_words(claims: dict[str, list[str]]) -> str:
    """Return claims with their briefs as a message says them: ': claims shops (health), prices (in no brief)'."""
    rows = (f"{name} ({', '.join(cited) or 'in no brief'})" for name, cited in claims.items())
    return f": claims {', '.join(rows)}" if claims else ""
