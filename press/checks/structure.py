"""How briefs, blocks, audiences, figures and claims hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import evidence
from press.checks.verdicts import figure_refs
from press.library import ALL, UNREAD, Fault, Library
from press.model import KINDS_IN, Figure, ImageBlock
from press.problems import Problem, did_you_mean
from press.resolve import quantity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.model import Brief
    from press.scalar import Scalar


def check(library: Library) -> Iterator[Fault]:
    """Yield what does not fit together."""
    for key, claim in library.claims.items():
        yield from (Fault(problem, ALL) for problem in evidence.check(key, claim, library.sources))
    yield from _rows(library)
    for key, block in library.blocks.items():
        yield from (
            Fault(problem, f"block:{key}") for problem in _audiences(library, block.audiences or ())
        )
        if isinstance(block, Figure):
            yield from (Fault(problem, f"block:{key}") for problem in _figure(library, block))
        if (
            isinstance(block, ImageBlock)
            and block.file not in library.images
            and f"image:{block.file}" not in library.broken
        ):
            hint = did_you_mean(block.file, library.images)
            yield Fault(
                Problem(
                    block.file.place, f"there is no content/images/{block.file}{hint}", "reference"
                ),
                f"block:{key}",
            )
    for name, brief in library.briefs.items():
        yield from (Fault(problem, f"brief:{name}") for problem in _sections(library, name, brief))
    yield from _limits(library)


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
        if audience not in known:
            yield Problem(
                audience.place,
                f"no audience is called '{audience}'{did_you_mean(audience, known)}",
                "audience",
            )


def _limits(library: Library) -> Iterator[Fault]:
    for audience in library.limits.audiences if library.limits else ():
        yield from (Fault(problem) for problem in _audiences(library, (audience,)))


def _figure(library: Library, figure: Figure) -> Iterator[Problem]:
    units = set()
    for ref in figure_refs(figure):
        claim, _, name = ref.partition(".")
        if claim not in library.names("claim") and "unread:claim" not in library.broken:
            yield Problem(
                ref.place,
                f"no claim is called '{claim}'{did_you_mean(claim, library.names('claim'))}",
                "reference",
            )
        elif claim in library.claims:  # else it is broken, and reported as such
            values = library.claims[claim].values  # type: ignore[index]
            if name not in values:
                yield Problem(
                    ref.place,
                    f"claim '{claim}' has no value '{name}'{did_you_mean(name, values)}",
                    "reference",
                )
            else:
                units.add(str(values[name].unit))  # type: ignore[index]
                yield from _drawable(library, figure, ref)
    if len(units) > 1 and figure.tiles is None:
        yield Problem(
            figure.title.place,
            f"a figure compares values of one unit; these are {' and '.join(sorted(units))}: use tiles",
            "figure",
        )


def _drawable(library: Library, figure: Figure, ref: Scalar) -> Iterator[Problem]:
    stated = quantity_of(library, ref)
    if stated is None or figure.tiles is not None:
        return
    if figure.parts is not None and (stated.bound != "exact" or stated.low != stated.high):
        yield Problem(
            ref.place, f"'{ref}' is {stated}: only exact numbers are parts of a whole", "figure"
        )
    if figure.share is not None and not (stated.percent and 0 < stated.high <= 100):  # noqa: PLR2004 - per cent
        yield Problem(ref.place, f"'{ref}' is {stated}: a share is a number of percent", "figure")
    if stated.low < 0:
        yield Problem(ref.place, f"'{ref}' is below zero: bars start at zero", "figure")


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
    allowed, kind = KINDS_IN[section], library.kinds[key]
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
