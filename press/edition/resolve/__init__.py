"""Resolve a brief in one language: make the edition, with every value shown and every note numbered.

`resolve` expects a brief without errors: `press.checks` has refused all others.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from press.content.library import Library
from press.content.model import Brief, Series
from press.content.model.identity import Logo, Voices
from press.content.model.sources import marks
from press.edition import edition as ed
from press.edition import language
from press.edition.resolve.lines import Writer, claims_in, shown, without_marks
from press.edition.resolve.makers import block, with_short

# Fields of an edition that are as the brief and the series have them.
OF_BRIEF = ("label", "status", "accent", "summary", "subject")
OF_SERIES = (
    "publisher",
    "contact",
    "licence",
    "release",
    "funder",
    "disclaimer",
    "colour",
    "paper",
)

REVIEWS = ("systematic review", "narrative review", "mini review")

__all__ = ["Writer", "claims_in", "logo", "record", "resolve", "shown", "without_marks"]


def resolve(library: Library, name: str, spoken: str) -> ed.Edition:
    """Return the brief called *name* in the language *spoken*."""
    brief, series = library.briefs[name], library.series
    writer = Writer(library, spoken)
    title = writer.line(brief.title)
    heads, blocks = _heads_and_blocks(writer, brief)
    sections = tuple(
        ed.Section(section, tuple(blocks[key] for key in ids), **heads[section])
        for section, ids in brief.sections
        if ids
    )
    notes = writer.evidence()
    address = f"{series.address.rstrip('/')}/{spoken}/{name}.html" if series.address else ""
    return ed.Edition(
        brief=name,
        language=spoken,
        **_texts(brief, OF_BRIEF),
        series=str(series.name),
        **_texts(series, OF_SERIES),
        released=writer.own()["release"],
        latest=writer.own()["latest"],
        aged=aged(library, library.limits.of(name, spoken).get("present_years")),
        works=works(library),
        title=title,
        name=ed.plain_text(title).strip(),
        sections=sections,
        notes=notes,
        sources=records(library, notes, spoken),
        address=address,
        logo=logo(library, series.logo) if series.logo else None,
        logos=tuple(logo(library, each) for each in series.logos),
        **voices(series, brief),
        correction=correction(series, name),
    )


def _heads_and_blocks(
    writer: Writer, brief: Brief
) -> tuple[dict[str, dict[str, ed.Inlines]], dict[str, ed.Block]]:
    """Return the opener and frame of each section of *brief*, and its blocks.

    Blocks that only a screen shows come last, and after them the short texts. Hence the notes of what is printed have
    the first numbers, in the order of print.
    """
    known = writer.library.blocks
    depths = {key: brief.depth(name, known[key]) for name, ids in brief.sections for key in ids}
    of_section = {key: name for name, ids in brief.sections for key in ids}
    heads: dict[str, dict[str, ed.Inlines]] = {}
    made: dict[str, ed.Block] = {}
    for key in sorted(depths, key=lambda key: depths[key] == "screen"):
        if (name := of_section[key]) not in heads:
            heads[name] = {head: writer.line(typed) for head, typed in brief.heads(name).items()}
        made[key] = replace(block(writer, key), depth=depths[key])
        if depths[key] != "screen":
            writer.printed = len(writer.numbers)
    return heads, {key: with_short(writer, each) for key, each in made.items()}


def _texts(model: Brief | Series, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: str(getattr(model, field) or "") for field in fields}


def logo(library: Library, given: Logo) -> ed.Logo:
    """Return the sign of the issuer or of a partner."""
    picture = library.images[str(given.file)]
    return ed.Logo(picture.asset, picture.width, picture.height, str(given.name))


def voices(series: Series, brief: Brief) -> dict[str, Any]:  # texts and tuples of texts
    """Return who speaks: what the brief says of itself, else what the series says of all."""
    own = {name: getattr(brief, name) or getattr(series, name) for name in Voices.model_fields}
    if brief.authors or brief.authors_withheld:  # one takes the place of the other
        own |= {name: getattr(brief, name) for name in ("authors", "authors_withheld")}
    return {
        name: tuple(map(str, value)) if isinstance(value, tuple) else str(value or "")
        for name, value in own.items()
    }


def correction(series: Series, name: str) -> ed.Correction | None:
    """Return what the brief called *name* corrects, None where nothing, or not in this brief."""
    given = series.supersedes
    if given is None or (given.audiences and name not in given.audiences):
        return None
    return ed.Correction(str(given.release), str(given.erratum))


def aged(library: Library, most: int | None) -> bool:
    """Return whether a source that is not outside is undated, or more than *most* years old at the release."""
    own = (source for source in library.sources.values() if not source.outside)
    now = library.series.release.year
    years = [re.findall(r"\d{4}", str(source.searched or source.dated(now))) for source in own]
    first = now - (most or 0)
    return most is not None and any(int(max(each, default=0)) < first for each in years)


def works(library: Library) -> tuple[str, ...]:
    """Return what each source is that is not outside: a review, a study, or a source of another kind."""
    words = {"primary study": "study"} | dict.fromkeys(REVIEWS, "review")
    own = (source for source in library.sources.values() if not source.outside)
    return tuple(words.get(source.kind, "source") for source in own)


def records(library: Library, notes: tuple[ed.Evidence, ...], spoken: str) -> tuple[ed.Record, ...]:
    """Return the sources of *notes* as they are cited, those from elsewhere numbered."""
    used = {name: library.sources[name] for name in dict.fromkeys(note.source for note in notes)}
    outside = [name for name, source in used.items() if source.outside]
    mark = marks(library.sources) | {name: f"R{at}" for at, name in enumerate(outside, 1)}
    made = []
    for name in used:
        own = [note for note in notes if note.source == name]
        numbers = (note.number for note in own)
        cited = record(library, name, spoken, mark[name], numbers)
        made.append(replace(cited, depth=own[0].depth))  # the first: those of screens come last
    return tuple(made)


def record(
    library: Library, name: str, spoken: str, mark: str = "", notes: Iterable[int] = ()
) -> ed.Record:
    """Return the source called *name* as it is cited, with its *mark* and the numbers of its *notes*."""
    source = library.sources[name]
    return ed.Record(
        id=name,
        citation=str(source.citation),
        kind=source.kind,
        latest=language.years(source.dated(library.series.release.year)),
        mark=mark,
        outside=source.outside,
        addresses=tuple(map(str, source.addresses)),
        seen=language.month(source.seen, spoken) if source.seen else "",
        lacks=source.lacks,
        unstated=str(source.unstated or ""),
        notes=tuple(notes),
    )
