"""Read the text of a brief as its readers do: sentence by sentence, in the order in which they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

from press.checks.phrases import paragraphs
from press.content import text
from press.content.model import KINDS
from press.content.model.markup import markup
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


class Breach(NamedTuple):
    """A breach of an editorial rule; the table of the rules says how severe it is."""

    owner: str  # 'block:<id>' or 'brief:<id>'
    place: Place
    message: str
    rule: str


class Printed(NamedTuple):
    """What a sentence prints, and the claims that it cites."""

    text: str
    at: tuple[int, ...]  # where each character was typed
    claims: tuple[str, ...]
    values: tuple[tuple[str, str, str], ...]  # claim, name, form


@dataclass(frozen=True)
class Sentence:
    """One sentence as it is printed."""

    owner: str  # 'block:<id>' or 'brief:<id>'
    section: str
    kind: str  # of block, or 'title'
    name: str  # of the field
    scalar: Scalar
    paragraph: int  # of the brief
    printed: Printed

    @property
    def text(self) -> str:
        """Its characters."""
        return self.printed.text

    @property
    def apart(self) -> bool:
        """Whether it is in a table, the words of which are not counted as the brief's."""
        return self.kind != TITLE and KINDS[self.kind].apart

    def place(self, offset: int = 0) -> Place:
        """Return where the character at *offset* was typed."""
        at = self.printed.at
        return self.scalar.at(at[offset] if offset < len(at) else 0)

    def breach(self, message: str, rule: str, offset: int = 0) -> Breach:
        """Return a breach of a rule in it, at *offset*."""
        return Breach(self.owner, self.place(offset), message, rule)

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

    @property
    def whole(self) -> tuple[str, Place]:
        """The owner and the place of what is wrong with the brief as a whole."""
        return f"brief:{self.name}", self.brief.title.place

    def of(self, *sections: str) -> Iterator[Sentence]:
        """Yield the sentences of *sections*, those of tables apart."""
        yield from (each for each in self.sentences if each.section in sections and not each.apart)


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
    """Add the sentences of *model*; *whose* are the first three fields of each."""
    for name, scalar in markup(model):
        if name == "alternative":
            continue  # it is not in sight
        for paragraph in () if scalar.faults else paragraphs(scalar.parts):
            number = reading.sentences[-1].paragraph + 1 if reading.sentences else 1
            for children in text.sentences(text.cite_at_sentence_ends(paragraph)):
                printed = _printed(draft, reading.language, children)
                reading.sentences.append(Sentence(*whose, name, scalar, number, printed))


def _printed(draft: Draft, language: str, children: tuple[text.Inline, ...]) -> Printed:
    chars: list[tuple[str, int]] = []
    parts = tuple(text.walk(children))
    values = [part for part in parts if isinstance(part, text.Placeholder)]
    for part in parts:
        if isinstance(part, text.Words):
            chars += [(char, part.at + offset) for offset, char in enumerate(part.text)]
        elif isinstance(part, text.Placeholder):
            chars += [(char, part.at) for char in _shown(draft, language, part)]
        elif isinstance(part, text.Own):
            chars += [(char, part.at) for char in "November 2026"]  # two words, as any month has
    chars = list(dropwhile(lambda pair: pair[0].isspace(), chars))
    cited = [str(part.claim) for part in parts if isinstance(part, text.Placeholder | text.Cite)]
    return Printed(
        "".join(char for char, _ in chars),
        tuple(at for _, at in chars),
        tuple(dict.fromkeys(cited)),
        tuple((str(part.claim), str(part.name), part.form) for part in values),
    )


def _shown(draft: Draft, language: str, part: text.Placeholder) -> str:
    known = draft.value(f"{part.claim}.{part.name}")
    shown = known and resolve.shown(draft, language, (part.claim, part.name), part.form)
    return shown or "?"
