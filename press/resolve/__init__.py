"""A library, a brief and a language in; the edition, with every value resolved and every note numbered, out.

`resolve` expects a brief without errors: `press.checks` has seen to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import edition as ed
from press import language
from press.resolve.blocks import block, quantity_of
from press.resolve.lines import Writer, shown, without_marks

if TYPE_CHECKING:
    from press.library import Library

__all__ = ["Writer", "quantity_of", "resolve", "shown", "without_marks"]


def resolve(library: Library, name: str, spoken: str) -> ed.Edition:
    """Return the brief called *name* in the language *spoken*."""
    brief, series = library.briefs[name], library.series
    assert series is not None  # noqa: S101 - a library without it has no sound brief
    writer = Writer(library, spoken)
    title = writer.line(brief.title)
    sections = tuple(
        ed.Section(section, tuple(block(writer, id_) for id_ in ids))
        for section, ids in brief.sections
        if ids
    )
    notes = writer.evidence()
    return ed.Edition(
        brief=name,
        language=spoken,
        label=str(brief.label),
        status=brief.status,
        accent=str(brief.accent),
        series=str(series.name),
        publisher=str(series.publisher),
        contact=str(series.contact),
        licence=series.licence,
        release=series.release.isoformat(),
        released=language.month(series.release, spoken),
        latest=writer.own()["latest"],
        address=str(series.address or "").rstrip("/"),
        title=title,
        name=ed.said(title).strip(),
        summary=str(brief.summary or ""),
        sections=sections,
        notes=notes,
        sources=records(library, notes, spoken),
    )


def records(library: Library, notes: tuple[ed.Evidence, ...], spoken: str) -> tuple[ed.Record, ...]:
    """Return the sources of *notes* as they are cited, those outside the review numbered."""
    used = {name: library.sources[name] for name in dict.fromkeys(note.source for note in notes)}
    outside = [name for name, source in used.items() if source.outside]
    return tuple(
        ed.Record(
            id=name,
            citation=str(source.citation),
            kind=str(source.kind),
            latest=language.years(source.latest),
            mark=f"R{outside.index(name) + 1}" if source.outside else "",
            addresses=tuple(map(str, source.addresses)),
            seen=language.month(source.seen, spoken) if source.seen else "",
        )
        for name, source in used.items()
    )
