"""Tell what rests on a passage: claims, and the briefs that cite them."""

from collections.abc import Iterator

from pydantic import BaseModel

from press.checks.content.verdicts import citations
from press.content.library import Draft


def resting(draft: Draft, source: str, locator: str) -> dict[str, list[str]]:
    """Return the claims that rest on a passage of *source*, each with the briefs that cite it."""
    return {
        str(key): briefs(draft, str(key))
        for key, claim in draft.claims.items()
        if (claim.source, claim.locator) == (source, locator)
    }


def briefs(draft: Draft, claim: str) -> list[str]:
    """Return the briefs that cite a claim."""
    return [
        str(name)
        for name in draft.briefs
        if any(found.claim == claim for piece in _pieces(draft, name) for found in citations(piece))
    ]


def _pieces(draft: Draft, brief: str) -> Iterator[BaseModel]:
    yield draft.briefs[brief]
    for _, ids in draft.briefs[brief].sections:
        yield from (draft.blocks[key] for key in ids if key in draft.blocks)


def in_words(claims: dict[str, list[str]]) -> str:
    """Return claims with their briefs as a message says them: ': claims shops (health), prices (in no brief)'."""
    rows = (f"{name} ({', '.join(cited) or 'in no brief'})" for name, cited in claims.items())
    return f": claims {', '.join(rows)}" if claims else ""
