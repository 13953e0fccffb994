"""Check from which depth on sections and blocks are shown, and the texts that take their places in the short form."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from press.checks.content.verdicts import Citation, citations
from press.content.library import Draft, Fault, fault
from press.content.model import Brief
from press.content.model.blocks import AlternativeBlock
from press.content.model.kinds import KINDS, SECTIONS, Sections
from press.edition.depths import LONG_ROWS

RULE = "depth"
BESIDE = "qualified"  # of a claim that stands without what overtook it


def check(draft: Draft) -> Iterator[Fault]:
    """Yield depths without effect, and short texts that cite what the longer text does not."""
    for name, brief in draft.briefs.items():
        yield from _sections(name, brief)
        for section, ids in brief.sections:
            for key in (each for each in ids if each in draft.blocks):
                yield from _of_block(draft, section, key)
    for key, block in draft.blocks.items():
        yield from _others(f"block:{key}", [*citations(block)])


def _of_block(draft: Draft, section: str, key: str) -> Iterator[Fault]:
    """Yield the depth of a block that its section does not allow, or that hides its short text."""
    block, owner = draft.blocks[key], f"block:{key}"
    if block.depth in {None, "short"}:
        return
    if SECTIONS[section].front:
        what = f"page 1 is in all forms of a brief, and so is '{key}'"
        message = f"{what}: take 'depth' out; a 'short' text may stand in its place"
        yield fault(draft.places[owner], message, RULE, owner)
    elif getattr(block, "short", None):
        message = f"no form would show the short text of '{key}': take it out"
        yield fault(draft.places[owner], f"{message}, or 'depth: {block.depth}'", RULE, owner)


def _others(owner: str, cited: list[Citation]) -> Iterator[Fault]:
    """Yield claims and values of a short text that the other texts of its block have not."""
    own = {(each.claim, value) for each in cited if not each.short for value in ("", each.value)}
    for each in (each for each in cited if each.short and each[:2] not in own):
        what = f"print '{each.claim}.{each.value}'" if each.value else f"cite '{each.claim}'"
        way_out = "a short text tells nothing new: take it out here, or add it there"
        yield fault(each.place, f"the longer text does not {what}; {way_out}", RULE, owner)


def short_form(draft: Draft) -> Draft:
    """Return *draft* with nothing but what the short form of each brief prints."""
    briefs, blocks = {}, dict(draft.blocks)
    for name, brief in draft.briefs.items():
        given: dict[str, Any] = {}
        for section, ids in brief.sections:
            here = (key for key in ids if key in blocks)
            shown = (key for key in here if brief.depth(section, draft.blocks[key]) == "short")
            given[section] = tuple(shown)
        briefs[name] = brief.model_copy(update={"sections": Sections(**given)})
    for key, block in draft.blocks.items():
        if isinstance(block, AlternativeBlock):
            blocks[key] = block.model_copy(update=dict.fromkeys(LONG_ROWS))
        if short := getattr(block, "short", None):
            changed = {KINDS[draft.kinds[key]].short: short, "short": None}
            blocks[key] = block.model_copy(update=changed)
    return replace(draft, blocks=blocks, briefs=briefs)


def longer_claims(draft: Draft) -> dict[str, tuple[str, ...]]:
    """Return of each block with a short text the claims that its longer one cites."""
    blocks = {key: block for key, block in draft.blocks.items() if getattr(block, "short", None)}
    return {
        key: tuple(each.claim for each in citations(block) if not each.short)
        for key, block in blocks.items()
    }


def of_short_form(draft: Draft, breach: Fault) -> bool:
    """Return whether a *breach* in the short form is to be told: in a short text, or of what stands there alone."""
    block = draft.blocks.get(breach.owner.removeprefix("block:"))
    alone = breach.problem.rule == BESIDE and breach.problem.severity == "error"
    return alone or bool(getattr(block, "short", None))


def _sections(name: str, brief: Brief) -> Iterator[Fault]:
    for section, depth in brief.depths.items():
        ids = getattr(brief.sections, section)
        if SECTIONS[section].front and depth != "short" and ids:
            message = f"page 1 is in all forms of a brief: take '{section}' out of 'depths'"
            yield fault(ids[0].place, message, RULE, f"brief:{name}")
