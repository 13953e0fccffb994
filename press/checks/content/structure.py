"""How briefs, blocks, audiences, figures and claims hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.checks.content import charts, evidence
from press.checks.content.verdicts import citations
from press.content.library import UNREAD, Draft, Fault
from press.content.model import Figure, ImageBlock, Message, Table
from press.content.model.kinds import kinds_in
from press.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content.model import Block, Brief
    from press.content.scalar import Scalar

WORDS = {"source": "source", "image": "image", "term": "the terms of language"}


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what does not fit together."""
    for source in draft.sources.values():
        yield from map(Fault, evidence.unreadable(source))
    for key, claim in draft.claims.items():
        if not draft.unread("source", claim.source):
            yield from map(Fault, evidence.check(key, claim, draft.sources))
    yield from _rows(draft)
    for key, block in draft.blocks.items():
        yield from (Fault(problem, f"block:{key}") for problem in _block(draft, block))
    for name, brief in draft.briefs.items():
        yield from (Fault(problem, f"brief:{name}") for problem in _sections(draft, name, brief))
    yield from _limits(draft)
    yield from _logos(draft)
    yield from _corrected(draft)
    yield from _backed(draft)
    yield from map(Fault, _unused(draft))


def _block(draft: Draft, block: Block) -> Iterator[Problem]:
    yield from _audiences(draft, block.audiences or ())
    if isinstance(block, Figure):
        yield from charts.check(draft, block)
    if isinstance(block, Table):
        yield from _ragged(block)
    if (
        isinstance(block, ImageBlock)
        and block.file not in draft.images
        and not draft.unread("image", block.file)
    ):
        hint = did_you_mean(block.file, draft.images)
        message = f"there is no content/images/{block.file}{hint}"
        yield Problem(block.file.place, message, "reference")


def _logos(draft: Draft) -> Iterator[Fault]:
    """Yield logos without a file, which all briefs would miss."""
    for logo in draft.series.logos if draft.series else ():
        if logo.file not in draft.images and not draft.unread("image", logo.file):
            hint = did_you_mean(logo.file, draft.images)
            message = f"there is no content/images/{logo.file}{hint}"
            yield Fault(Problem(logo.file.place, message, "reference"))


def _ragged(table: Table) -> Iterator[Problem]:
    """Yield rows that have more or fewer cells than there are columns."""
    for row in table.rows:
        if len(row) != len(table.columns):
            message = f"this row has {len(row)} cells, but there are {len(table.columns)} columns"
            yield Problem(row[0].place, message, "schema")


def _backed(draft: Draft) -> Iterator[Fault]:
    """Yield titles and key messages that rest on no claim."""
    for name, brief in draft.briefs.items():
        yield from _nothing(f"brief:{name}", "title", brief, brief.title)
    for key in dict.fromkeys(key for one in draft.briefs.values() for key in one.sections.messages):
        block = draft.blocks.get(key)
        if isinstance(block, Message):
            yield from _nothing(f"block:{key}", "key message", block, block.text)


def _nothing(owner: str, what: str, model: Block | Brief, typed: Scalar) -> Iterator[Fault]:
    if not any(citations(model)):
        message = f"nothing stands behind this {what}; cite a claim"
        yield Fault(Problem(typed.place, message, "citation", "warning"), owner)


def _unused(draft: Draft) -> Iterator[Problem]:
    """Yield what is read and serves nothing; what could not be read may use it."""
    used = {
        "source": {claim.source for claim in draft.claims.values()},
        "image": {one.file for one in draft.blocks.values() if isinstance(one, ImageBlock)}
        | {one.file for one in (draft.series.logos if draft.series else ())},
        "term": set(draft.series.languages) if draft.series else draft.terms.keys(),
    }
    users = {"source": "claim", "image": "block", "term": "series"}
    for what, names in used.items():
        if not any(users[what] in name for name in draft.broken):
            for name in sorted(draft.names(what) - set(map(str, names))):
                place = draft.places[f"{what}:{name}"]
                message = f"nothing uses {WORDS[what]} '{name}'; take the file out"
                yield Problem(place, message, "file", "warning")


def _rows(draft: Draft) -> Iterator[Fault]:
    """Yield claims that stand for the same row of the table of claims."""
    rows: dict[tuple[str, str], str] = {}
    for key, claim in draft.claims.items():
        first = rows.setdefault((claim.source, claim.ref), key)
        if first != key:
            yield Fault(
                Problem(
                    claim.ref.place,
                    f"{claim.ref} is the ref of claim '{first}' already",
                    "reference",
                )
            )


def _audiences(draft: Draft, named: tuple[Scalar, ...]) -> Iterator[Problem]:
    known = draft.names("brief")
    for audience in named:
        if audience not in known and "unread:brief" not in draft.broken:
            yield Problem(
                audience.place,
                f"no audience is called '{audience}'{did_you_mean(audience, known)}",
                "audience",
            )


def _corrected(draft: Draft) -> Iterator[Fault]:
    given = draft.series.supersedes if draft.series else None
    yield from (Fault(problem) for problem in _audiences(draft, given.audiences if given else ()))


def _limits(draft: Draft) -> Iterator[Fault]:
    for audience in draft.limits.audiences if draft.limits else ():
        yield from (Fault(problem) for problem in _audiences(draft, (audience,)))


def _sections(draft: Draft, name: str, brief: Brief) -> Iterator[Problem]:
    seen: set[str] = set()
    for section, ids in brief.sections:
        for key in ids:
            if key not in draft.names("block") and UNREAD in draft.broken:
                pass  # it may be in the file that could not be read, which is reported
            elif key not in draft.names("block"):
                yield Problem(
                    key.place,
                    f"no block is called '{key}'{did_you_mean(key, draft.names('block'))}",
                    "reference",
                )
            elif key in seen:
                yield Problem(key.place, f"block '{key}' is in this brief already", "reference")
            elif key in draft.blocks:  # else it is broken, and reported as such
                yield from _placed(draft, name, section, key)
            seen.add(key)


def _placed(draft: Draft, name: str, section: str, key: Scalar) -> Iterator[Problem]:
    allowed, kind = kinds_in(section), draft.kinds[key]
    if kind not in allowed:
        yield Problem(
            key.place,
            f"section '{section}' takes no {kind}; it takes {', '.join(sorted(allowed))}",
            "section",
        )
    meant = draft.blocks[key].audiences
    if meant is not None and name not in meant and draft.names("brief") >= set(meant):
        yield Problem(
            key.place,
            f"block '{key}' is meant for {', '.join(meant)} and not for {name}",
            "audience",
        )
