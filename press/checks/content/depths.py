"""Check from which depth on sections and blocks are shown, and the texts that take their places in the short form."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
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
    """Yield depths that say what nobody would get, and short texts that cite what the brief does not."""
    for name, brief in draft.briefs.items():
        yield from _sections(name, brief)
        keys = [(section, key) for section, ids in brief.sections for key in ids]
        pieces = [(section, key) for section, key in keys if key in draft.blocks]
        cited = {key: [*citations(draft.blocks[key])] for _, key in pieces}
        every = [*citations(brief), *chain.from_iterable(cited.values())]
        whole = {each.claim for each in every if not each.short}
        for section, key in pieces:
            yield from _of_block(draft, section, key)
            for each in cited[key]:
                if each.short and each.claim not in whole:
                    yield _alone(each, f"block:{key}")


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


def _alone(each: Citation, owner: str) -> Fault:
    what = f"only this short text cites '{each.claim}', whose note no page would have"
    return fault(each.place, f"{what}: cite it in a text that the whole brief has", RULE, owner)


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
