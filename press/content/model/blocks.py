"""Describe the blocks that a brief is made of: a model for each kind."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from press.content.model import choices, typed
from press.content.model.charts import Bar, Change, Charted, Goal, Grouped, Lines
from press.content.model.maps import MapSpec
from press.content.model.scalar_type import refused
from press.content.model.spec import Labelled, Spec
from press.content.model.typed import Line, Plain, Strict


class Free(Strict):
    """A number that needs no claim, with the reason."""

    text: typed.FreeText
    reason: Plain
    times: Annotated[int, Field(ge=1, le=20), typed.WHOLE] = 1  # that it stands in the block


class Allow(Strict):
    """A rule of length or wording that is set aside for one block, with the reason and who decided it."""

    rule: choices.Setting
    reason: Plain
    by: Plain


class Block(Strict):
    """A piece of a brief, for all audiences or for some.

    Where a kind has `short`, that stands in the place of its text in the short form of the brief.
    """

    depth: choices.Depth | None = None  # from which on it is shown; not given: as its section
    audiences: Annotated[tuple[typed.BlockId, ...], Field(min_length=1)] | None = None
    free: Annotated[tuple[Free, ...], Field(max_length=100)] = ()
    allow: tuple[Allow, ...] = ()


class FramedBlock(Block):
    """A piece whose claims somebody speaks who is named once, above it."""

    frame: typed.Heading | None = None  # not given: that of its section


class ParagraphBlock(FramedBlock):
    """Running text: one or more paragraphs, or a list."""

    text: typed.Text
    short: typed.Text | None = None


class MessageBlock(Block):
    """The main message, or a key message: full sentences that can be read alone."""

    text: Line
    short: Line | None = None


class Cell(Strict):
    """A tile: a value, or the open admission that the source states none."""

    label: typed.Heading
    value: typed.ValueRef | None = None  # none: printed as 'not stated'
    dating: Line | None = None


class FigureBlock(Block):
    """Claims' values as a picture, in one of the forms of the house or by a Vega-Lite specification."""

    forms: ClassVar = (
        *("parts", "share", "bars", "grouped", "line", "then_now", "target", "intervals", "tiles"),
        *("timeline", "map", "spec"),
    )
    title: typed.Heading  # states the finding
    subtitle: typed.Heading  # measure, place and period
    source: Line
    alternative: Line  # serves the same purpose for a reader who does not see the figure
    caveat: Line | None = None  # that decides how the figure reads; printed in its frame
    parts: Annotated[tuple[Labelled, ...], Field(min_length=2, max_length=6)] | None = None
    share: Labelled | None = None
    bars: Annotated[tuple[Bar, ...], Field(min_length=2, max_length=12)] | None = None
    grouped: Grouped | None = None
    line: Lines | None = None
    then_now: Annotated[tuple[Change, ...], Field(min_length=1, max_length=12)] | None = None
    target: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=12)] | None = None
    intervals: Annotated[tuple[Labelled, ...], Field(min_length=1, max_length=10)] | None = None
    # of intervals, the value that stands for no effect: 1 for ratios, which then have a log scale
    no_effect: typed.Number | None = None
    tiles: Annotated[tuple[Cell, ...], Field(min_length=2, max_length=8)] | None = None
    timeline: Annotated[tuple[Labelled, ...], Field(min_length=2, max_length=10)] | None = None
    map: MapSpec | None = None
    spec: Spec | None = None

    @model_validator(mode="after")
    def one_form(self) -> Self:
        """Refuse a figure without a form, or with two."""
        if sum(getattr(self, form) is not None for form in self.forms) != 1:
            raise refused(f"a figure needs exactly one of {', '.join(self.forms)}")
        if self.no_effect not in ((None,) if self.intervals is None else ("0", "1")):
            what = "intervals have a line of no effect, and no other figure has one"
            raise refused(
                f"{what}: write 'no_effect: 1' for ratios, 'no_effect: 0' for differences"
            )
        return self

    @property
    def form(self) -> str:
        """The name of its form."""
        return next(form for form in self.forms if getattr(self, form) is not None)

    @property
    def data(self) -> tuple[Labelled | Cell | Charted, ...]:
        """What it shows, whatever its form."""
        given = getattr(self, self.form)
        rows = given if isinstance(given, tuple) else (given,)
        return tuple(datum for row in rows for datum in getattr(row, "data", (row,)))


class TableBlock(FramedBlock):
    """Rows and columns of text."""

    title: typed.Heading
    columns: Annotated[tuple[typed.Heading, ...], Field(min_length=2, max_length=12)]
    # each as long as the columns
    rows: Annotated[
        tuple[Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)], ...],
        Field(min_length=1, max_length=100),
    ]


class KeyFigure(Labelled):
    """A dated value of the country; its label says of what."""

    dating: Line | None = None  # not given: the year of the value


class KeyFiguresBlock(Block):
    """The country in figures: a strip of dated values, in the same form in every brief."""

    title: typed.Heading
    rows: Annotated[tuple[KeyFigure, ...], Field(min_length=2, max_length=12)]

    @property
    def data(self) -> tuple[KeyFigure, ...]:
        """What it shows."""
        return self.rows


Showing = FigureBlock | KeyFiguresBlock  # blocks that show values beside their texts


class ProblemBlock(Block):
    """The problem that the alternatives behind it answer."""

    text: Line


class AlternativeBlock(Block):
    """One of several answers to a problem, of which one is to be chosen: a column of their table."""

    name: typed.Heading | None = None  # 'Set priorities and publish'
    who: Line
    does: Line
    by: typed.MonthOrNot
    legal: Line | None = None  # the basis in law
    benefit: Line | None = None  # with its source, or that no evidence was found
    takes: Line  # units and quantities, even where no price is known
    priced: Line | None = None  # who prices it, by when
    pays: Line | None = None
    gains: Line | None = None  # who
    loses: Line | None = None  # who
    harm: Line
    sign: Line
    status_quo: typed.Flag = False
    preferred: Line | None = None  # the reason; of one of them only
    # proposed by the source, or by us for a gap that it reports
    origin: Literal["stated", "derived"]


class StepBlock(Block):
    """One of the steps that follow, all of which are to be done, in the order of their months."""

    who: Line
    does: Line
    by: typed.Month
    takes: Line | None = None
    short: Line | None = None  # instead of 'does'


class AskBlock(Block):
    """The one thing that is asked of this reader."""

    text: Line  # `{by}` prints the date
    by: typed.Month
    basis: Line  # what in it is ours


class NoteBlock(FramedBlock):
    """A remark set apart from the running text."""

    text: typed.Text
    short: typed.Text | None = None


class ObjectionBlock(Block):
    """What this reader would object, in the reader's words, and the answer."""

    says: Line
    answer: typed.Text
    short: typed.Text | None = None


class GapsBlock(Block):
    """What is not known: one box, each item once."""

    items: Annotated[tuple[Line, ...], Field(min_length=1, max_length=20)]
    short: Annotated[tuple[Line, ...], Field(max_length=3)] = ()


class QuoteBlock(Block):
    """A signed statement: what somebody says, with name, role, institution and day."""

    words: typed.Text
    who: Plain
    role: Plain
    institution: Plain
    date: typed.Day


class ImageBlock(Block):
    """A photograph or a drawing from `images/`."""

    file: typed.Image
    alternative: Line = Field(description="say what the picture shows, for those who do not see it")
    caption: Line | None = None
