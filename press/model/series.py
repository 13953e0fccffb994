"""What all briefs share: the series, its limits, and the words of a language."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from press.model.typed import (
    Address,
    BlockId,
    Day,
    Fraction,
    Language,
    Number,
    Plain,
    Strict,
    Whole,
)


class Series(Strict):
    """`content/series.yaml`: what all briefs share."""

    name: Plain
    publisher: Plain
    contact: Address
    licence: Literal["CC BY 4.0"]
    release: Day  # the only date in the outputs
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]


class Thresholds(Strict):
    """How much is too much."""

    pages: Whole | None = None  # A4, the whole print
    html_kilobytes: Whole | None = None
    pdf_kilobytes: Whole | None = None


class Limits(Strict):
    """`content/limits.yaml`: every threshold of the checks; an audience's or a language's own ones win."""

    all: Thresholds
    audiences: dict[BlockId, Thresholds] = Field(default_factory=dict)
    languages: dict[Language, Thresholds] = Field(default_factory=dict)

    def of(self, audience: str, language: str) -> dict[str, int]:
        """Return the thresholds for one edition, by name; what is not set is not in it."""
        own = [self.all]
        own += [some for key, some in self.languages.items() if key == language]
        own += [some for name, some in self.audiences.items() if name == audience]
        known: dict[str, int] = {}
        for thresholds in own:
            known |= thresholds.model_dump(exclude_none=True)
        return known


class OfficialName(Strict):
    """A name whose number or word is free, since it is part of it."""

    name: Plain
    source: Plain


class Terms(Strict):
    """`content/terms/<lang>.yaml`: the words of one language that the checks know."""

    numbers: dict[Plain, Number]  # cardinal words from two on
    fractions: dict[Plain, Fraction]
    multiples: tuple[Plain, ...]  # words such as 'double', refused and never printed
    official_names: tuple[OfficialName, ...] = ()
