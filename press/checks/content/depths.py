"""Check from which depth on sections and blocks are shown, and the texts that take their places in the short form."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from press.checks.content.verdicts import citations
from press.content.library import Draft, Fault, fault
from press.content.model import Brief
from press.content.model.kinds import KINDS, SECTIONS, Sections

RULE = "depth"
BESIDE = "qualified"  # of a claim that stands without what overtook it


def check(draft: Draft) -> Iterator[Fault]:
    """Yield depths that say what nobody would get, and short texts that cite what the brief does not."""
    for name, brief in draft.briefs.items():
        blocks = [
            (section, draft.blocks[key], key)
            for section, ids in brief.sections
            for key in ids
            if key in draft.blocks
        ]
        cited = {each.claim for each in citations(brief)}
        cited |= {
            each.claim for _, block, _ in blocks for each in citations(block) if not each.short
        }
        yield from _sections(name, brief)
        for section, block, key in blocks:
            place, owner = draft.places[f"block:{key}"], f"block:{key}"
            longer = block.depth not in {None, "short"}
            if SECTIONS[section].front and longer:
                message = f"page 1 is in all forms of a brief, and so is '{key}': take 'depth' out"
                yield fault(place, f"{message}; a 'short' text may stand in its place", RULE, owner)
            elif getattr(block, "short", None) and longer:
                message = f"no form would show the short text of '{key}': take it out"
                yield fault(place, f"{message}, or 'depth: {block.depth}'", RULE, owner)
            for each in citations(block):
                if each.short and each.claim not in cited:
                    what = (
                        f"only this short text cites '{each.claim}', whose note no page would have"
                    )
                    way_out = "cite it in a text that the whole brief has"
                    yield fault(each.place, f"{what}: {way_out}", RULE, owner)


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
