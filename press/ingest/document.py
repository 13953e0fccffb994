"""Say what a review's file holds: its paragraphs, as they were extracted, with their places."""

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Kind = Literal["text", "heading", "item", "row"]


class Cell(NamedTuple):
    """Where a row of a table stands, counted from 1."""

    table: int
    row: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, heading, item of a list or row of a table: its lines, from the start of the file on."""

    lines: tuple[str, ...]  # as extracted; of a row its cells
    kind: Kind = "text"
    page: str = ""  # the label of the page on which it begins, where the format has pages
    later: tuple[
        tuple[int, str], ...
    ] = ()  # of each other page its first line here, from 0, and its label
    section: str = ""  # '3.2', the number of the section, where headings divide the text
    cell: Cell | None = None  # of a row

    def with_rest(self, rest: "Paragraph") -> "Paragraph":
        """Return it with the lines of *rest*, which a page break has cut off."""
        count = len(self.lines)
        turned = ((count, rest.page),) * (rest.page != self.pages[-1])
        later = (*self.later, *turned, *((count + at, page) for at, page in rest.later))
        return replace(self, lines=self.lines + rest.lines, later=later)

    @property
    def pages(self) -> tuple[str, ...]:
        """The labels of its pages."""
        return (self.page, *(page for _, page in self.later))


@dataclass(frozen=True)
class Document:
    """All that was extracted from a file."""

    paragraphs: tuple[Paragraph, ...]
    empty_pages: tuple[str, ...] = ()  # labels of pages without text: pictures, scans
