"""Cut an edition to its short form: leave out what only longer forms show, and put short texts in their places."""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from press.content.model.kinds import KINDS
from press.edition import edition as ed

# Of a comparison; the short form has none of them.
LONG_ROWS = ("legal", "priced", "pays", "gains", "loses")


def short_form(edition: ed.Edition) -> ed.Edition:
    """Return the short form of *edition*, in which no text cites notes, since it has none."""
    bases = {note.number: note.basis for note in edition.notes}
    sections = []
    for section in edition.sections:
        blocks = (block for block in section.blocks if block.depth == "short")
        if shown := tuple(_shortened(block, bases) for block in blocks):
            sections.append(_without_notes(replace(section, blocks=shown)))
    own = (source for source in edition.sources if not source.outside)
    return replace(
        edition,
        depth="short",
        title=_without_notes(edition.title),
        sections=tuple(sections),
        notes=(),
        sources=tuple(replace(source, notes=()) for source in own),
    )


def _shortened(block: ed.Block, bases: dict[int, ed.Basis]) -> ed.Block:
    """Return *block* with its short text, if it has one, in the place of its text; of alternatives the main rows."""
    if isinstance(block, ed.Alternative):
        rows: dict[str, Any] = dict.fromkeys(LONG_ROWS, ())
        return replace(block, **rows)
    short = getattr(block, "short", ())
    if not short:
        return block
    changed: dict[str, Any] = {KINDS[block.kind].short: short, "short": ()}
    if isinstance(block, ed.Message):
        changed["bases"] = tuple(dict.fromkeys(bases[number] for number in _notes_of(short)))
    return replace(block, **changed)


def _notes_of(value: object) -> Iterator[int]:
    """Yield the notes that are called in *value*: a text or a part of one."""
    if isinstance(value, ed.Marks):
        yield from value.notes
    elif isinstance(value, tuple):
        for item in value:
            yield from _notes_of(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _notes_of(getattr(value, field.name))


def _without_notes(value: Any) -> Any:  # noqa: ANN401 - of whatever type, the same is returned
    """Return *value*, a section, a text, or a part of one, without marks and numbers of notes."""
    if isinstance(value, tuple):
        return tuple(_without_notes(item) for item in value if not isinstance(item, ed.Marks))
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: 0 if field.name == "note" else _without_notes(getattr(value, field.name))
        for field in dataclasses.fields(value)
    }
    return replace(value, **changed)
