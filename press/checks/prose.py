"""Read the text of a brief as its readers do: sentence by sentence, in the order in which they are printed."""

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import groupby
from typing import TypeAlias

from press.checks.content.texts import slips
from press.checks.phrases import line_of, markup
from press.content.library import Draft, Fault, fault
from press.content.model import KINDS, Brief
from press.content.model.blocks import Block, FigureBlock, Showing, TableBlock
from press.content.scalar import Scalar
from press.content.text import parts as text
from press.content.text.markdown import Markdown
from press.content.text.parts import paragraphs
from press.content.text.sentences import cite_at_sentence_ends, sentences
from press.edition import resolve
from press.edition.language import month
from press.problems import Place

WORD = re.compile(r"\w+(?:[\u2019'.,\u2013/-]\w+)*")
TITLE = "title"
Values: TypeAlias = tuple[tuple[str, str, str], ...]  # claim, name, form
Cut: TypeAlias = tuple[str, tuple[int, ...], tuple[str, ...], Values]
Judge: TypeAlias = Callable[[Draft, "Reading", int, "Sentence"], Iterator[Fault]]


@dataclass(frozen=True)
class Sentence:
    """One sentence as it is printed."""

    owner: str  # 'block:<id>' or 'brief:<id>'
    section: str
    kind: str  # of block, or 'title', of which the openers and frames of sections are too
    name: str  # of the field
    scalar: Scalar
    paragraph: int  # of the brief
    text: str  # as it is printed
    at: tuple[int, ...]  # where each character was typed
    claims: tuple[str, ...]  # that it cites
    values: Values  # that it prints
    # what may name its speaker for it, the nearest first: the head of its column, the frame of its block or section
    frames: "tuple[Sentence, ...]" = field(default=(), compare=False)
    shown: tuple[str, ...] = ()  # claims whose values it stands beside
    alone: tuple[str, ...] = ()  # of these, those that the rest of its figure does not cite

    @property
    def about(self) -> tuple[str, ...]:
        """The claims that it may not contradict: those it cites, and those whose values stand beside it."""
        return tuple(dict.fromkeys((*self.claims, *self.shown)))

    @property
    def answers_for(self) -> tuple[str, ...]:
        """The claims for which it says all that may not be missing: the title of a figure does so for its rows."""
        return (*self.claims, *self.alone)

    @property
    def tabular(self) -> bool:
        """Whether it is in a table, the words of which are not counted as the brief's."""
        return self.kind != TITLE and KINDS[self.kind].tabular

    def place(self, offset: int = 0) -> Place:
        """Return where the character at *offset* was typed."""
        return self.scalar.at(self.at[offset] if offset < len(self.at) else 0)

    def breach(self, message: str, rule: str, offset: int = 0) -> Fault:
        """Return a breach of a rule in it, at *offset*."""
        return fault(self.place(offset), message, rule, self.owner)

    @cached_property
    def words(self) -> int:
        """The number of words."""
        return len(WORD.findall(self.text))


@dataclass
class Known:
    """What was found in one language of texts that several briefs have, or a brief and its short form."""

    cuts: dict[tuple[Markdown, tuple[text.Part, ...]], list[list[Cut]]] = field(
        default_factory=dict
    )
    faults: dict[Hashable, tuple[Fault, ...]] = field(default_factory=dict)  # of blocks
    cited: dict[int, dict[str, Place]] = field(default_factory=dict)  # in a block, by its identity


@dataclass
class Reading:
    """A brief as it is read, from the title on."""

    name: str
    brief: Brief
    language: str
    sentences: list[Sentence] = field(default_factory=list)
    only: frozenset[str] | None = None  # owners whose sentences are judged one by one; None: all
    known: Known = field(default_factory=Known)

    def judged(self) -> Iterator[tuple[int, Sentence]]:
        """Yield each sentence that is judged by itself, with its number."""
        yield from (
            (at, each)
            for at, each in enumerate(self.sentences)
            if self.only is None or each.owner in self.only
        )

    def judge(self, draft: Draft, judge: Judge) -> Iterator[Fault]:
        """Yield what *judge* finds in each sentence that is judged by itself.

        A block is judged once for all briefs that have it in the same section, under the same frames and claims:
        *judge* may look at what else is in the block, and at nothing else of the brief.
        """
        for (owner, section), group in groupby(
            self.judged(), lambda pair: (pair[1].owner, pair[1].section)
        ):
            inside = [*group]
            first = inside[0][1].paragraph
            given = tuple(
                (each.paragraph - first, each.claims, each.shown, each.alone, _texts(each.frames))
                for _, each in inside
            )
            block = draft.blocks.get(owner.removeprefix("block:"))
            place = judge, owner, id(block), section, given
            if block is None or (faults := self.known.faults.get(place)) is None:
                faults = tuple(fault for pair in inside for fault in judge(draft, self, *pair))
                if block is not None:
                    self.known.faults[place] = faults
            yield from faults

    @property
    def whole(self) -> tuple[str, Place]:
        """The owner and the place of what is wrong with the brief as a whole."""
        return f"brief:{self.name}", self.brief.title.place

    def breach(self, message: str, rule: str) -> Fault:
        """Return a breach of a rule in the brief as a whole."""
        return fault(self.brief.title.place, message, rule, f"brief:{self.name}")

    def of(self, *sections: str) -> Iterator[Sentence]:
        """Yield the sentences of *sections*, those of tables apart."""
        yield from (
            each for each in self.sentences if each.section in sections and not each.tabular
        )


def read(draft: Draft, name: str, language: str, known: Known | None = None) -> Reading:
    """Return the sentences of the brief called *name*; blocks that could not be read are left out.

    Texts that are *known* already, in this language and with the same claims, are not cut into sentences again.
    """
    brief = draft.briefs[name]
    reading = Reading(name, brief, language, known=known or Known())
    own = f"brief:{name}"
    _add(draft, reading, (own, TITLE, TITLE), markup(brief.title, TITLE))
    for section, ids in brief.sections:
        for head, typed in brief.heads(section).items() if ids else ():
            _add(draft, reading, (own, section, TITLE), markup(typed, head))
        above = _frame(reading.sentences, own, section)
        for key in ids:
            if key in draft.blocks:
                whose = (f"block:{key}", section, draft.kinds[key])
                begin = len(reading.sentences)
                _add(draft, reading, whose, markup(draft.blocks[key]))
                block, inside = draft.blocks[key], reading.sentences[begin:]
                nearer = _frame(inside, whose[0], section) or above
                inside = [*_framed(block, inside, nearer)]
                reading.sentences[begin:] = _beside_values(block, inside)
    return reading


def beside(draft: Draft, reading: Reading, here: Sentence) -> list[Sentence]:
    """Return what is read together with a sentence of a table or figure: in rows its row, else the whole block."""
    rows = getattr(draft.blocks[here.owner.removeprefix("block:")], "rows", ())
    cells = [[id(cell) for _, cell in markup(row)] for row in rows]
    row = next((row for row in cells if id(here.scalar) in row), [])
    whole = (each for each in reading.sentences if each.owner == here.owner)
    return [each for each in whole if not row or id(each.scalar) in row]


def _texts(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    return tuple(each.text for each in sentences)


def _frame(sentences: list[Sentence], owner: str, section: str) -> tuple[Sentence, ...]:
    """Return the sentences of the frame of a section or block."""
    named = (each for each in sentences if each.name == "frame")
    return tuple(each for each in named if (each.owner, each.section) == (owner, section))


def _framed(
    block: Block, inside: list[Sentence], above: tuple[Sentence, ...]
) -> Iterator[Sentence]:
    """Yield the sentences of *block* with their frames: cells of a table have the heads of their columns, too."""
    heads: dict[int, list[Sentence]] = {}
    table = block if isinstance(block, TableBlock) else None
    for row in table.rows if table else ():
        for head, cell in zip(table.columns if table else (), row, strict=False):
            heads[id(cell)] = [each for each in inside if each.scalar is head]
    for each in inside:
        frames = (*heads.get(id(each.scalar), ()), *above)
        yield replace(each, frames=frames) if each.name != "frame" else each


def _beside_values(block: Block, inside: list[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences of *block*, each with the claims of the values that stand beside it."""
    if not isinstance(block, Showing):
        yield from inside
        return
    rows: dict[int, list[str]] = {}
    for datum in block.data:
        claim = [datum.value.partition(".")[0]] if datum.value else []
        others = (getattr(datum, name, None) for name in ("series", "dating"))
        for words in filter(None, (datum.label, *others)):
            rows.setdefault(id(words), []).extend(claim)
    every = [claim for claims in rows.values() for claim in claims]
    cited = dict.fromkeys(claim for each in inside for claim in each.claims)
    every += cited if rows else ()
    for each in inside:
        shown = dict.fromkeys(rows.get(id(each.scalar), every))
        alone = [claim for claim in shown if claim not in each.claims]
        if isinstance(block, FigureBlock):
            first = each.scalar is block.title
            alone = [claim for claim in alone if first and claim not in cited]
        elif each.name != "label":
            alone = []
        yield replace(each, shown=tuple(shown), alone=tuple(alone))


def _add(
    draft: Draft,
    reading: Reading,
    whose: tuple[str, str, str],
    texts: Iterable[tuple[str, Markdown]],
) -> None:
    """Add the sentences of *texts*, by the names of their fields; *whose* are the first three fields of each."""
    for name, scalar in texts:
        if name in {"alternative", "short"}:
            continue  # it is not in sight, or takes the place of another text in the short form
        text_as_read = scalar, scalar.parts  # the same text may be one paragraph, or several
        if (cut := reading.known.cuts.get(text_as_read)) is None:
            cut = reading.known.cuts[text_as_read] = [*_cut(draft, reading.language, scalar)]
        for paragraph in cut:
            number = reading.sentences[-1].paragraph + 1 if reading.sentences else 1
            reading.sentences += [
                Sentence(*whose, name, scalar, number, printed, at, claims, values)
                for printed, at, claims, values in paragraph
            ]


def _cut(draft: Draft, language: str, scalar: Markdown) -> Iterator[list[Cut]]:
    """Yield the sentences of each paragraph of a text: as printed, where each character was typed, claims, values."""
    marks = [found for found, _, rule in slips(draft, scalar) if rule == "citation"]
    unread = {at for found in marks for at in range(*found.span())}
    for paragraph in () if scalar.faults else paragraphs(scalar.parts):
        found: list[Cut] = []
        for children in sentences(cite_at_sentence_ends(paragraph, language), language):
            line = line_of(children, partial(_shown, draft, language))
            line = line.without(unread) if unread else line  # they are no words of it
            blank = len(line.text) - len(line.text.lstrip())
            values = tuple(
                (str(part.claim), str(part.name), part.form)
                for part in text.walk(children)
                if isinstance(part, text.Placeholder)
            )
            claims = resolve.claims_in(children)
            found.append((line.text[blank:], line.at[blank:], claims, values))
        yield found


def _shown(draft: Draft, language: str, part: text.Placeholder | text.Own) -> str:
    if isinstance(part, text.Own):
        day = draft.series.release if draft.series else dt.date.min
        return month(day, language)  # as long as any other date
    known = draft.value(f"{part.claim}.{part.name}")
    shown = known and resolve.shown(draft, language, (part.claim, part.name), part.form)
    return shown or "?"
