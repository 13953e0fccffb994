"""Briefs: which block stands in which section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from press.content.model.typed import BlockId, Colour, Line, Plain, Status, Strict

if TYPE_CHECKING:
    from collections.abc import Iterator

Ids = tuple[BlockId, ...]


class Sections(Strict):
    """Which blocks stand in which section, in the order in which they are printed."""

    main: Annotated[Ids, Field(max_length=1)] = ()
    messages: Ids = ()
    figure: Annotated[Ids, Field(max_length=1)] = ()
    ask: Annotated[Ids, Field(max_length=1)] = ()
    problem: Ids = ()
    evidence: Ids = ()
    options: Ids = ()
    implementation: Ids = ()
    unknown: Ids = ()
    since: Ids = ()
    made: Ids = ()

    def __iter__(self) -> Iterator[tuple[str, Ids]]:  # type: ignore[override]
        return iter((name, getattr(self, name)) for name in type(self).model_fields)


_PROSE = frozenset({"paragraph", "figure", "table", "note", "image"})
KINDS_IN: dict[str, frozenset[str]] = {
    **dict.fromkeys(Sections.model_fields, _PROSE),
    "main": frozenset({"message"}),
    "messages": frozenset({"message"}),
    "figure": frozenset({"figure"}),
    "ask": frozenset({"ask"}),
    "options": _PROSE | {"problem", "option"},
}  # section -> the kinds of block that may stand in it


class Brief(Strict):
    """`content/briefs/<audience>.yaml`: the document for one audience."""

    label: Plain  # 'For health professionals'
    status: Status
    accent: Colour
    title: Line
    summary: Plain | None = None  # for whom and what, in the index of the series
    question: Plain | None = None  # what it answers, in the index too
    sections: Sections
