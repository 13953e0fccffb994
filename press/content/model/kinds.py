"""Describe a brief, and list its sections and the kinds of block: one row each, with all that differs between them.

A new kind is a row in KINDS with its model, a form in `press/edition/edition.py` (and a maker in
`press/edition/resolve/makers.py` where its fields are not all texts), and a folder in `templates/blocks/`. Each table
that has to know every kind is passed through `complete`, so that a kind is never left out in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, TypeVar, get_args

from pydantic import Field

from press.content.languages import LANGUAGES
from press.content.model import blocks
from press.content.model.choices import Depth, Language, SectionName, Status, Use
from press.content.model.identity import Voices
from press.content.model.typed import (
    BlockId,
    ClaimId,
    Colour,
    Head,
    Heading,
    Plain,
    Strict,
    Subject,
)
from press.problems import ConfigurationError

V = TypeVar("V")
Ids = Annotated[tuple[BlockId, ...], Field(max_length=60)]


@dataclass(frozen=True)
class SectionKind:
    """What holds for a section of a brief."""

    front: bool = False  # it is on page 1
    depth: Depth = "brief"  # from which on its blocks are shown, if nothing else is said
    body: bool = True  # it comes before 'made': its words and pages are counted
    uses: frozenset[Use] = frozenset({"ok", "caveat"})  # of claims that may be cited in it
    gaps: bool = False  # it tells what claims do not say
    text: bool = True  # it takes running text, unless it is on page 1


ONE = Field(max_length=1)
PAGE_ONE = SectionKind(front=True, depth="short")


class Sections(Strict):
    """The blocks of each section, in the order in which they are printed."""

    main: Annotated[Ids, ONE, PAGE_ONE] = ()
    foreword: Annotated[Ids, ONE, PAGE_ONE] = ()
    messages: Annotated[Ids, PAGE_ONE] = ()
    figure: Annotated[Ids, ONE, PAGE_ONE] = ()
    ask: Annotated[Ids, ONE, replace(PAGE_ONE, uses=frozenset({"ok"}))] = ()
    country: Annotated[Ids, ONE, SectionKind(text=False)] = ()
    problem: Annotated[Ids, SectionKind(uses=frozenset({"ok", "caveat", "background"}))] = ()
    evidence: Annotated[Ids, SectionKind()] = ()
    options: Annotated[Ids, SectionKind(depth="short")] = ()
    next: Annotated[Ids, SectionKind(depth="short", text=False)] = ()  # what happens next
    implementation: Annotated[Ids, SectionKind()] = ()
    objections: Annotated[Ids, SectionKind()] = ()
    unknown: Annotated[Ids, SectionKind(gaps=True)] = ()
    made: Annotated[Ids, SectionKind(body=False)] = ()


class Brief(Voices):
    """`briefs/<audience>.yaml`: the document for one audience."""

    label: Head  # 'For health professionals'
    status: Status
    accent: Colour
    title: Heading
    subject: Subject | None = None  # of the mail; without it, the title, cut
    summary: Plain | None = None  # for whom and what, in the index of the series
    question: Plain | None = None  # what it answers, in the index too
    # why what overtook a claim is not beside it
    unqualified: dict[ClaimId, Plain] = Field(default_factory=dict)
    # of sections, where not the usual
    depths: dict[SectionName, Depth] = Field(default_factory=dict)
    sections: Sections
    # a key sentence beside the heading of a section
    openers: dict[SectionName, Heading] = Field(default_factory=dict)
    # who speaks in a section, said once above its blocks
    frames: dict[SectionName, Heading] = Field(default_factory=dict)

    def heads(self, section: str) -> dict[str, Heading]:
        """Return the opener and the frame of *section*, as far as it has them, in the order of print."""
        heads = ("opener", self.openers), ("frame", self.frames)
        return {head: every[name] for head, every in heads for name in every if name == section}

    def depth(self, section: str, block: blocks.Block) -> Depth:
        """Return from which depth on *block* is shown in *section*; one with a short text is in all."""
        if block.depth or getattr(block, "short", None):
            return block.depth or "short"
        usual = (depth for name, depth in self.depths.items() if name == section)
        return next(usual, SECTIONS[section].depth)


SECTIONS: dict[str, SectionKind] = {
    name: row
    for name, field in Sections.model_fields.items()
    for row in field.metadata
    if isinstance(row, SectionKind)
}
FRONT = tuple(name for name, section in SECTIONS.items() if section.front)
BODY = tuple(name for name, section in SECTIONS.items() if section.body)
HEADED = tuple(name for name in SECTIONS if name not in {*FRONT, "country", "made"})  # by an opener
TEXT = tuple(name for name in SECTIONS if name not in FRONT and SECTIONS[name].text)


@dataclass(frozen=True)
class BlockKind:
    """What holds for a kind of block."""

    model: type[blocks.Block]
    sections: tuple[str, ...] = TEXT  # that take it
    row_of: str = ""  # the kind whose table it is a row of, and whose template prints both
    running: bool = False  # its sentences count for the mean length of sentences
    paragraphs: bool = False  # the sentences of each of its paragraphs are counted
    tabular: bool = False  # it is printed as a table, whose words are not counted with the brief's
    read_whole: bool = False  # its lines or cells are read together
    proposes: bool = False  # in it the brief itself proposes something
    short: str = "text"  # the field in whose place a short text stands, if the kind has one
    wide: bool = False  # an example of it takes the whole width of the catalogue


KINDS: dict[str, BlockKind] = {
    "paragraph": BlockKind(blocks.ParagraphBlock, running=True, paragraphs=True),
    "message": BlockKind(blocks.MessageBlock, ("main", "messages"), running=True),
    "figure": BlockKind(blocks.FigureBlock, (*TEXT, "figure"), read_whole=True),
    "table": BlockKind(blocks.TableBlock, tabular=True, read_whole=True, wide=True),
    "key_figures": BlockKind(blocks.KeyFiguresBlock, ("country",), read_whole=True, wide=True),
    "problem": BlockKind(blocks.ProblemBlock, ("options",), row_of="alternative", tabular=True),
    "alternative": BlockKind(
        blocks.AlternativeBlock, ("options",), tabular=True, proposes=True, wide=True
    ),
    "step": BlockKind(
        blocks.StepBlock, ("next",), tabular=True, proposes=True, short="does", wide=True
    ),
    "ask": BlockKind(blocks.AskBlock, ("ask",), running=True, proposes=True),
    "note": BlockKind(blocks.NoteBlock, running=True, paragraphs=True),
    "objection": BlockKind(
        blocks.ObjectionBlock, ("objections",), running=True, paragraphs=True, short="answer"
    ),
    "gaps": BlockKind(blocks.GapsBlock, ("unknown",), short="items"),
    "quote": BlockKind(blocks.QuoteBlock, (*TEXT, "foreword"), running=True, paragraphs=True),
    "image": BlockKind(blocks.ImageBlock),
}
MODELS: dict[str, type[blocks.Block]] = {name: kind.model for name, kind in KINDS.items()}


def kinds_in(section: str) -> frozenset[str]:
    """Return the kinds of block that *section* takes."""
    return frozenset(name for name, kind in KINDS.items() if section in kind.sections)


def complete(table: Mapping[str, V], where: str) -> Mapping[str, V]:
    """Return *table*, which has a row for each kind of block.

    Raises:
        ConfigurationError: it lacks a kind, or has one without a row in KINDS.
    """
    for name in sorted(KINDS.keys() - table.keys()):
        raise ConfigurationError(
            f"block kind '{name}' has a row in KINDS and is missing in {where}"
        )
    for name in sorted(table.keys() - KINDS.keys()):
        raise ConfigurationError(f"block kind '{name}' is in {where} and has no row in KINDS")
    return table


def _check() -> None:
    """Refuse tables that do not fit one another.

    Raises:
        ConfigurationError: a section or language lacks its row, or a kind names a section or kind that does not exist.
    """
    if get_args(Language) != tuple(LANGUAGES):
        raise ConfigurationError(
            "the codes of Language in typed.py and the rows of LANGUAGES differ"
        )
    if not tuple(Sections.model_fields) == tuple(SECTIONS) == get_args(SectionName):
        raise ConfigurationError("the fields of Sections, their rows and SectionName differ")
    for name, kind in KINDS.items():
        if not set(kind.sections) <= set(SECTIONS) or kind.row_of not in {"", *KINDS}:
            raise ConfigurationError(f"the row of block kind '{name}' names what does not exist")


_check()
