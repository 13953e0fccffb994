"""How briefs, blocks, audiences, figures and claims hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.checks.content import charts
from press.checks.content.verdicts import citations
from press.content import evidence
from press.content.library import UNREAD, Fault, Library
from press.content.model import Figure, ImageBlock, Message, Table
from press.content.model.kinds import kinds_in
from press.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content.model import Block, Brief
    from press.content.scalar import Scalar

WORDS = {"source": "source", "image": "image", "term": "the terms of language"}


def check(library: Library) -> Iterator[Fault]:
    """Yield what does not fit together."""
    for source in library.sources.values():
        yield from map(Fault, evidence.unreadable(source))
    for key, claim in library.claims.items():
        if not _unread(library, "source", claim.source):
            yield from map(Fault, evidence.check(key, claim, library.sources))
    yield from _rows(library)
    for key, block in library.blocks.items():
        yield from (Fault(problem, f"block:{key}") for problem in _block(library, block))
    for name, brief in library.briefs.items():
        yield from (Fault(problem, f"brief:{name}") for problem in _sections(library, name, brief))
    yield from _limits(library)
    yield from _logos(library)
    yield from _corrected(library)
    yield from _backed(library)
    yield from map(Fault, _unused(library))


def _unread(library: Library, what: str, name: str) -> bool:
    """Say whether the thing called *name* is there, or may be, but was not read, which is reported."""
    return not {f"{what}:{name}", f"unread:{what}"}.isdisjoint(library.broken)


def _block(library: Library, block: Block) -> Iterator[Problem]:
    yield from _audiences(library, block.audiences or ())
    if isinstance(block, Figure):
        yield from charts.check(library, block)
    if isinstance(block, Table):
        yield from _ragged(block)
    if (
        isinstance(block, ImageBlock)
        and block.file not in library.images
        and not _unread(library, "image", block.file)
    ):
        hint = did_you_mean(block.file, library.images)
        message = f"there is no content/images/{block.file}{hint}"
        yield Problem(block.file.place, message, "reference")


def _logos(library: Library) -> Iterator[Fault]:
    """Yield logos without a file, which all briefs would miss."""
    for logo in library.series.logos if library.series else ():
        if logo.file not in library.images and not _unread(library, "image", logo.file):
            hint = did_you_mean(logo.file, library.images)
            message = f"there is no content/images/{logo.file}{hint}"
            yield Fault(Problem(logo.file.place, message, "reference"))


def _ragged(table: Table) -> Iterator[Problem]:
    """Yield rows that have more or fewer cells than there are columns."""
    for row in table.rows:
        if len(row) != len(table.columns):
            message = f"this row has {len(row)} cells, but there are {len(table.columns)} columns"
            yield Problem(row[0].place, message, "schema")


def _backed(library: Library) -> Iterator[Fault]:
    """Yield titles and key messages that rest on no claim."""
    for name, brief in library.briefs.items():
        yield from _nothing(f"brief:{name}", "title", brief, brief.title)
    for key in dict.fromkeys(
        key for one in library.briefs.values() for key in one.sections.messages
    ):
        block = library.blocks.get(key)
        if isinstance(block, Message):
            yield from _nothing(f"block:{key}", "key message", block, block.text)


def _nothing(owner: str, what: str, model: Block | Brief, typed: Scalar) -> Iterator[Fault]:
    if not any(citations(model)):
        message = f"nothing stands behind this {what}; cite a claim"
        yield Fault(Problem(typed.place, message, "citation", "warning"), owner)


def _unused(library: Library) -> Iterator[Problem]:
    """Yield what is read and serves nothing; what could not be read may use it."""
    used = {
        "source": {claim.source for claim in library.claims.values()},
        "image": {one.file for one in library.blocks.values() if isinstance(one, ImageBlock)}
        | {one.file for one in (library.series.logos if library.series else ())},
        "term": set(library.series.languages) if library.series else library.terms.keys(),
    }
    users = {"source": "claim", "image": "block", "term": "series"}
    for what, names in used.items():
        if not any(users[what] in name for name in library.broken):
            for name in sorted(library.names(what) - set(map(str, names))):
                place = library.places[f"{what}:{name}"]
                message = f"nothing uses {WORDS[what]} '{name}'; take the file out"
                yield Problem(place, message, "file", "warning")


def _rows(library: Library) -> Iterator[Fault]:
    """Yield claims that stand for the same row of the table of claims."""
    rows: dict[tuple[str, str], str] = {}
    for key, claim in library.claims.items():
        first = rows.setdefault((claim.source, claim.ref), key)
        if first != key:
            yield Fault(
                Problem(
                    claim.ref.place,
                    f"{claim.ref} is the ref of claim '{first}' already",
                    "reference",
                )
            )


def _audiences(library: Library, named: tuple[Scalar, ...]) -> Iterator[Problem]:
    known = library.names("brief")
    for audience in named:
        if audience not in known and "unread:brief" not in library.broken:
            yield Problem(
                audience.place,
                f"no audience is called '{audience}'{did_you_mean(audience, known)}",
                "audience",
            )


def _corrected(library: Library) -> Iterator[Fault]:
    given = library.series.supersedes if library.series else None
    yield from (Fault(problem) for problem in _audiences(library, given.audiences if given else ()))


def _limits(library: Library) -> Iterator[Fault]:
    for audience in library.limits.audiences if library.limits else ():
        yield from (Fault(problem) for problem in _audiences(library, (audience,)))


def _sections(library: Library, name: str, brief: Brief) -> Iterator[Problem]:
    seen: set[str] = set()
    for section, ids in brief.sections:
        for key in ids:
            if key not in library.names("block") and UNREAD in library.broken:
                pass  # it may be in the file that could not be read, which is reported
            elif key not in library.names("block"):
                yield Problem(
                    key.place,
                    f"no block is called '{key}'{did_you_mean(key, library.names('block'))}",
                    "reference",
                )
            elif key in seen:
                yield Problem(key.place, f"block '{key}' is in this brief already", "reference")
            elif key in library.blocks:  # else it is broken, and reported as such
                yield from _placed(library, name, section, key)
            seen.add(key)


def _placed(library: Library, name: str, section: str, key: Scalar) -> Iterator[Problem]:
    allowed, kind = kinds_in(section), library.kinds[key]
    if kind not in allowed:
        yield Problem(
            key.place,
            f"section '{section}' takes no {kind}; it takes {', '.join(sorted(allowed))}",
            "section",
        )
    meant = library.blocks[key].audiences
    if meant is not None and name not in meant and library.names("brief") >= set(meant):
        yield Problem(
            key.place,
            f"block '{key}' is meant for {', '.join(meant)} and not for {name}",
            "audience",
        )
