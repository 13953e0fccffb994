"""Describe the charts that compare: values over years, in groups, then and now, and against targets."""

from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from press.content.model import typed
from press.content.model.scalar_type import refused
from press.content.model.spec import Labelled
from press.content.model.typed import Strict, ValueRef
from press.content.scalar import Scalar
from press.content.text.markdown import Markdown
from press.problems import counted

MOST_BARS = 24  # of all groups: the drawing is no higher than half a page
Role = Literal["", "marked", "then", "now", "target", "note"]


@dataclass(frozen=True, slots=True)
class Charted:
    """A value of a chart, and what it is there."""

    label: Markdown  # of its series, row or group
    value: Scalar
    role: Role = ""
    series: Markdown | None = None  # of a bar in a group


class Bar(Labelled):
    """A value among others; where one is marked, the others are grey."""

    marked: typed.Flag = False

    @property
    def role(self) -> Role:
        """What it is among the bars."""
        return "marked" if self.marked else ""


class Series(Strict):
    """Values of one thing in several years."""

    label: typed.Heading
    values: Annotated[tuple[ValueRef, ...], Field(min_length=2, max_length=12)]
    marked: typed.Flag = False  # the one that the title is about


class Lines(Strict):
    """Values over years, a line for each series; a year that is left out breaks its line."""

    series: Annotated[tuple[Series, ...], Field(min_length=1, max_length=6)]
    start: typed.Number | None = None  # of the axis; not given: zero
    notes: Annotated[tuple[Labelled, ...], Field(max_length=3)] = ()  # what happened in a year

    @model_validator(mode="after")
    def one_is_marked(self) -> Self:
        """Refuse lines of which a reader would not know which the title is about."""
        if len(self.series) > 1 and sum(series.marked for series in self.series) != 1:
            raise refused("one of several series has 'marked: true', the one of the title")
        return self

    @property
    def data(self) -> tuple[Charted, ...]:
        """All values, those of each series in a row, then the notes."""
        alone = len(self.series) == 1
        return tuple(
            Charted(each.label, value, "marked" if each.marked or alone else "")
            for each in self.series
            for value in each.values
        ) + tuple(Charted(note.label, note.value, "note") for note in self.notes)


class Group(Strict):
    """A value for each of the series."""

    label: typed.Heading
    values: Annotated[tuple[ValueRef, ...], Field(min_length=2, max_length=4)]


class Grouped(Strict):
    """Bars in groups; the first series is marked."""

    series: Annotated[tuple[typed.Heading, ...], Field(min_length=2, max_length=4)]
    groups: Annotated[tuple[Group, ...], Field(min_length=2, max_length=12)]

    @model_validator(mode="after")
    def groups_are_whole(self) -> Self:
        """Refuse a group without a value for each series, and more bars than a page has room for."""
        for group in self.groups:
            if len(group.values) != len(self.series):
                what = f"'{group.label}' has {counted(len(group.values), 'value')}"
                raise refused(f"{what}, and the series need {len(self.series)}: give one for each")
        if (bars := len(self.groups) * len(self.series)) > MOST_BARS:
            raise refused(f"these are {bars} bars, and {MOST_BARS} have room: take fewer groups")
        return self

    @property
    def data(self) -> tuple[Charted, ...]:
        """All values, group by group."""
        return tuple(
            Charted(group.label, value, "" if at else "marked", self.series[at])
            for group in self.groups
            for at, value in enumerate(group.values)
        )


class Change(Strict):
    """A value of then and of now."""

    label: typed.Heading
    then: ValueRef
    now: ValueRef

    @property
    def data(self) -> tuple[Charted, ...]:
        """Both values."""
        return Charted(self.label, self.then, "then"), Charted(self.label, self.now, "now")


class Goal(Strict):
    """A value, and what it is meant to be."""

    label: typed.Heading
    value: ValueRef
    target: ValueRef

    @property
    def data(self) -> tuple[Charted, ...]:
        """Both values."""
        return Charted(self.label, self.value), Charted(self.label, self.target, "target")
