"""The running text of a brief, as a reader reads it: a library and a brief in, its sentences in printed order out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from press.checks.content.texts import paragraphs
from press.content import text
from press.content.model import KINDS, markup
from press.edition import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from press.content.library import Draft
    from press.content.model import Brief
    from press.content.scalar import Scalar
    from press.problems import Place

WORD = re.compile(r"\w+(?:[\u2019'.,\u2013/-]\w+)*")
TITLE = "title"


@dataclass(frozen=True)
class Sentence:
    """One sentence as it is printed, and where each of its characters was typed."""

    owner: str  # 'block:<id>' or 'brief:<id>'
    section: str
    kind: str  # of block, or 'title'
    name: str  # of the field
    scalar: Scalar
    text: str
    at: tuple[int, ...]
    claims: tuple[str, ...]
    values: tuple[tuple[str, str, str], ...]  # claim, name, form
    paragraph: int  # of the brief
    apart: bool

    def place(self, offset: int = 0) -> Place:
        """Return where the character at *offset* was typed."""
        return self.scalar.at(self.at[offset] if offset < len(self.at) else 0)

    @cached_property
    def words(self) -> int:
        """The number of words."""
        return len(WORD.findall(self.text))


@dataclass
class Reading:
    """A brief as it is read, from the title on."""

    name: str
    brief: Brief
    language: str
    sentences: list[Sentence] = field(default_factory=list)

    def of(self, *sections: str) -> Iterator[Sentence]:
        """Yield the sentences of *sections*, those of tables apart."""
        yield from (one for one in self.sentences if one.section in sections and not one.apart)


def read(draft: Draft, name: str, language: str) -> Reading:
    """Return the sentences of the brief called *name*; blocks that could not be read are left out."""
    brief = draft.briefs[name]
    reading = Reading(name, brief, language)
    _add(draft, reading, (f"brief:{name}", TITLE, TITLE), brief)
    for section, ids in brief.sections:
        for key in ids:
            if key in draft.blocks:
                whose = (f"block:{key}", section, draft.kinds[key])
                _add(draft, reading, whose, draft.blocks[key])
    return reading


def _add(draft: Draft, reading: Reading, whose: tuple[str, str, str], model: BaseModel) -> None:
    for name, scalar, kind in markup(model):
        if name == "alternative":
            continue  # nobody sees it
        parts, faults = text.parse(str(scalar), blocks=kind == "blocks")
        for paragraph in () if faults else paragraphs(parts):
            number = reading.sentences[-1].paragraph + 1 if reading.sentences else 1
            cited = text.cited_at_sentence_ends(paragraph)
            for parts_of in text.sentences(cited):
                reading.sentences.append(
                    _sentence(draft, reading, whose, (name, scalar, parts_of, number))
                )


def _sentence(
    draft: Draft,
    reading: Reading,
    whose: tuple[str, str, str],
    what: tuple[str, Scalar, tuple[text.Inline, ...], int],
) -> Sentence:
    name, scalar, parts, number = what
    chars: list[tuple[str, int]] = []
    claims: list[str] = []
    values: list[tuple[str, str, str]] = []
    for part in text.walk(parts):
        if isinstance(part, text.Words):
            chars += [(char, part.at + offset) for offset, char in enumerate(part.text)]
        elif isinstance(part, text.Value):
            shown = _shown(draft, reading.language, part)
            chars += [(char, part.at) for char in shown]
            values.append((str(part.claim), str(part.name), part.form))
        elif isinstance(part, text.Own):
            chars += [(char, part.at) for char in "November 2026"]  # two words, as any month has
        if isinstance(part, text.Value | text.Cite):
            claims.append(str(part.claim))
    while chars and chars[0][0].isspace():
        chars.pop(0)
    return Sentence(
        *whose,
        name,
        scalar,
        "".join(char for char, _ in chars),
        tuple(at for _, at in chars),
        tuple(dict.fromkeys(claims)),
        tuple(values),
        number,
        whose[2] != TITLE and KINDS[whose[2]].apart,
    )


def _shown(draft: Draft, language: str, part: text.Value) -> str:
    claim = draft.claims.get(part.claim)
    if claim is None or part.name not in claim.values:
        return "?"
    return resolve.shown(draft, language, (str(part.claim), str(part.name)), part.form) or "?"
