"""Cut an edition to a depth: leave out what only a longer form shows, and put short texts in their places."""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from press.content.model.choices import Depth
from press.content.model.kinds import KINDS
from press.edition import edition as ed

DEPTHS: tuple[Depth, ...] = get_args(Depth)  # each has all of the one before it


def at_depth(edition: ed.Edition, depth: Depth) -> ed.Edition:
    """Return what *edition* says at *depth*; in the short form no text cites notes, since it has none."""
    sections = (
        replace(
            section, blocks=tuple(block for block in section.blocks if reaches(block.depth, depth))
        )
        for section in edition.sections
    )
    cut = replace(edition, depth=depth, sections=tuple(each for each in sections if each.blocks))
    return cut if depth != "short" else _short(cut)


def reaches(given: str, depth: Depth) -> bool:
    """Return whether what is shown from the depth *given* on is shown at *depth*."""
    return given in DEPTHS[: DEPTHS.index(depth) + 1]


def _short(edition: ed.Edition) -> ed.Edition:
    bases = {note.number: note.basis for note in edition.notes}
    sections = tuple(
        replace(
            section,
            blocks=tuple(_without_notes(_shortened(block, bases)) for block in section.blocks),
            opener=_without_notes(section.opener),
            frame=_without_notes(section.frame),
        )
        for section in edition.sections
    )
    own = (source for source in edition.sources if not source.outside)
    return replace(
        edition,
        title=_without_notes(edition.title),
        sections=sections,
        notes=(),
        sources=tuple(replace(source, notes=()) for source in own),
    )


def _shortened(block: ed.Block, bases: dict[int, ed.Basis]) -> ed.Block:
    """Return *block* with its short text, if it has one, in the place of its text; of alternatives the main rows."""
    if isinstance(block, ed.Alternative):
        return replace(block, legal=(), priced=(), pays=(), gains=(), loses=())
    short = getattr(block, "short", ())
    if not short:
        return block
    changed: dict[str, Any] = {KINDS[block.kind].short: short, "short": ()}
    if isinstance(block, ed.Message):
        changed["bases"] = tuple(dict.fromkeys(bases[number] for number in notes_of(short)))
    return replace(block, **changed)


def notes_of(value: object) -> Iterator[int]:
    """Yield the notes that are called in *value*: a text, a block, or parts of one."""
    if isinstance(value, ed.Marks):
        yield from value.notes
    elif isinstance(value, tuple):
        for item in value:
            yield from notes_of(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from notes_of(getattr(value, field.name))


def _without_notes(value: Any) -> Any:  # noqa: ANN401 - of whatever type, the same is returned
    """Return *value*, a text, a block, or a part of one, without marks and numbers of notes."""
    if isinstance(value, tuple):
        return tuple(_without_notes(item) for item in value if not isinstance(item, ed.Marks))
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: 0 if field.name == "note" else _without_notes(getattr(value, field.name))
        for field in dataclasses.fields(value)
    }
    return replace(value, **changed)
