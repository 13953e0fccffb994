"""Check where claims are cited: the verdict `use` of each says where it may be (EDITORIAL: the evidence)."""

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from press.checks.phrases import markup
from press.content.library import Draft, Fault, fault
from press.content.model.blocks import Showing
from press.content.model.kinds import SECTIONS, SectionKind
from press.content.scalar import Scalar
from press.content.text import parts as text
from press.content.text.markdown import Markdown
from press.problems import Place

RULE = "verdict"
MOST_CAVEATS = 2  # in a key message
TITLE = SectionKind(uses=frozenset({"ok"}))  # what holds for a title
WHERE = {
    "do_not_use": "it may not be printed anywhere",
    "background": "it may be cited in the section 'problem' only",
    "caveat": "title and ask cite claims that are 'ok'",
}


class Citation(NamedTuple):
    """A claim that is cited, and where."""

    claim: str
    value: str  # the name of its value that is printed, or ""
    place: Place
    short: bool = False  # in a text of the short form


def citations(model: BaseModel | Markdown) -> Iterator[Citation]:
    """Yield every claim that *model* cites or takes a value from."""
    for name, markdown in markup(model):
        for part in text.walk(markdown.parts):
            if isinstance(part, text.Placeholder | text.Cite):
                value = str(part.name) if isinstance(part, text.Placeholder) else ""
                place = markdown.at(part.at)
                yield Citation(str(part.claim), value, place, short=name == "short")
    for ref in figure_refs(model) if isinstance(model, Showing) else ():
        claim, _, value = ref.partition(".")
        yield Citation(claim, value, ref.place)


def figure_refs(figure: Showing) -> Iterator[Scalar]:
    """Yield the values that *figure* shows."""
    yield from (datum.value for datum in figure.data if datum.value is not None)


def check(draft: Draft) -> Iterator[Fault]:
    """Yield each claim that is cited where its verdict does not allow it."""
    cited: dict[tuple[str, str, str], BaseModel | Markdown] = {}
    for name, brief in draft.briefs.items():
        cited[f"brief:{name}", "title", ""] = brief.title
        for section, ids in brief.sections:
            heads = brief.heads(section).items()
            cited |= {(f"brief:{name}", section, head): typed for head, typed in heads}
            known = (key for key in ids if key in draft.blocks)
            cited |= {(f"block:{key}", section, ""): draft.blocks[key] for key in known}
    for (owner, section, _), model in cited.items():
        caveats: dict[str, Place] = {}
        for citation in citations(model):
            if claim := draft.claims.get(citation.claim):
                yield from _misplaced(draft, section, citation, owner)
                if claim.use == "caveat":
                    caveats[citation.claim] = citation.place
        if section == "messages" and len(caveats) > MOST_CAVEATS:
            what = f"a key message cites at most {MOST_CAVEATS} claims with a caveat"
            place = list(caveats.values())[MOST_CAVEATS]
            yield fault(place, f"{what}; this one has {len(caveats)}", RULE, owner)


def _misplaced(draft: Draft, section: str, citation: Citation, owner: str) -> Iterator[Fault]:
    name, claim = citation.claim, draft.claims[citation.claim]
    if claim.use not in SECTIONS.get(section, TITLE).uses:
        message = f"claim '{name}' is '{claim.use}': {WHERE[claim.use]}"
        yield fault(citation.place, message, RULE, owner)
    elif claim.use == "caveat" and section == "main" and citation.value:
        what = (
            f"the main message may refer to '{name}', whose use is 'caveat', but without its number"
        )
        yield fault(citation.place, f"{what}: cite it as [^{name}]", RULE, owner)
