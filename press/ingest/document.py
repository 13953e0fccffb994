"""Say what a review's file holds: its paragraphs, as they were extracted, with their places."""

from dataclasses import dataclass
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
    section: str = ""  # '3.2', the number of the section, where headings divide the text
    cell: Cell | None = None  # of a row


@dataclass(frozen=True)
class Document:
    """All that was extracted from a file."""

    paragraphs: tuple[Paragraph, ...]
    empty_pages: tuple[str, ...] = ()  # labels of pages without text: pictures, scans
