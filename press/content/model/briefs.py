"""Describe a brief: the document for one audience."""

from __future__ import annotations

from press.content.model.kinds import Sections  # noqa: TC001 - pydantic reads the annotations
from press.content.model.typed import Colour, Line, Plain, Status, Strict


class Brief(Strict):
    """`content/briefs/<audience>.yaml`: the document for one audience."""

    label: Plain  # 'For health professionals'
    status: Status
    accent: Colour
    title: Line
    summary: Plain | None = None  # for whom and what, in the index of the series
    question: Plain | None = None  # what it answers, in the index too
    sections: Sections
