"""Divide a text into paragraphs and lists, and refuse lines that are neither."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from press.content.text.inline import inlines
from press.content.text.parts import ItemList, Part, Slip, TextParagraph

CODE_INDENT: Final = 4  # columns; a line indented so far is code in CommonMark
_MARKER: Final = re.compile(r"(?P<sign>(?P<number>[0-9]{1,9})[.)]|[-+*])(?:[ \t]++|\Z)")


class _Line(NamedTuple):
    """One line; its ink is what is left without white space at both ends."""

    start: int
    at: int  # where its ink begins
    end: int  # where its ink ends
    column: int  # at which its ink begins

    @property
    def blank(self) -> bool:
        """Whether it has no ink."""
        return self.at == self.end


class _Refused(NamedTuple):
    """A kind of line that is not text."""

    pattern: re.Pattern[str]
    message: str
    rule: str = "markdown"
    whole: bool = False  # nothing in the line is text
    interrupts: bool = True  # also where a paragraph has begun


_INDENTED: Final = _Refused(
    re.compile(""), "four spaces at the start of a line make code; remove them"
)
_TABLE: Final = "a table is a block of its own; remove it from the text"
_REFUSED: Final = (
    _Refused(
        re.compile(r"#{1,6}(?=[ \t]|$)"),
        "a heading belongs to a section or block; remove the #, or type \\#",
    ),
    _Refused(
        re.compile(r"(?:=++|-++)$|([-*_])(?:[ \t]*+\1){2,}$"),
        "a line of signs alone makes a heading or a rule; remove it",
        whole=True,
    ),
    _Refused(re.compile(r"(?:```|~~~).*+$"), "code has no place in a brief; remove it", whole=True),
    _Refused(
        re.compile(r">"), "a line that starts with > is a block quote; use words, or type \\>"
    ),
    _Refused(
        re.compile(r"\|?[ \t]*+(?::?-++:?[ \t]*+\|[ \t]*+)+(?::?-++:?)?$"), _TABLE, whole=True
    ),
    _Refused(re.compile(r"\|"), f"{_TABLE}, or type \\|"),
    _Refused(
        re.compile(r"\[\^[^\[\]\n]*+\]:"),
        "a note has no text of its own; cite a claim with [^claim] and remove what follows",
        rule="citation",
    ),
    _Refused(
        re.compile(r"\[(?!\^)[^\[\]\n]*+\]:"),
        "an address is in its link; write [words](https://...), or type \\[",
        interrupts=False,
    ),
)


def read(value: str) -> tuple[tuple[Part, ...], list[Slip]]:
    """Return the paragraphs and lists of *value*, and what is wrong with them in any order."""
    reader = _BlockReader(value)
    return tuple(reader.parts()), reader.faults


class _BlockReader:
    """Takes the lines of a text one after another, and gathers faults."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.lines = deque(_lines(value))
        self.faults: list[Slip] = []

    def parts(self) -> Iterator[Part]:
        """Yield all paragraphs and lists."""
        while line := self._next(0):
            marker = self._marker(line, 0)
            yield self._list(line.at, marker) if marker else self._paragraph(0)

    def _next(self, indent: int) -> _Line | None:
        """Pass over lines without text; return the next one if it is indented as deep."""
        while self.lines and (self.lines[0].blank or self.lines[0].column >= indent):
            refused = self._refused(self.lines[0], indent)
            if refused:
                self._fault(self.lines[0].at, refused.message, refused.rule)
            if not self.lines[0].blank and not (refused and refused.whole):
                return self.lines[0]
            self.lines.popleft()
        return None

    def _refused(self, line: _Line, indent: int) -> _Refused | None:
        """Return what *line* is instead of text."""
        if line.blank:
            return None
        if line.column - indent >= CODE_INDENT:
            return _INDENTED
        found = (kind for kind in _REFUSED if kind.pattern.match(self.value, line.at, line.end))
        return next(found, None)

    def _marker(self, line: _Line, indent: int) -> re.Match[str] | None:
        """Return the number or sign that makes *line* an item of a list."""
        refused = self._refused(line, indent)
        return None if refused else _MARKER.match(self.value, line.at, line.end)

    def _list(self, at: int, first: re.Match[str]) -> ItemList:
        items: list[tuple[TextParagraph, ...]] = []
        marker: re.Match[str] | None = first
        while marker and marker["sign"][-1] == first["sign"][-1]:
            items.append(self._item(marker, len(items) + 1))
            line = self._next(0)
            marker = self._marker(line, 0) if line else None
        return ItemList(tuple(items), first["number"] is not None, at)

    def _item(self, marker: re.Match[str], number: int) -> tuple[TextParagraph, ...]:
        """Return the paragraphs of an item; its number must be printed as typed, a year included."""
        line, typed = self.lines.popleft(), marker["number"]
        past = _column(self.value, line.start, marker.end("sign"))
        column = _column(self.value, line.start, marker.end())
        starts = marker.end() < line.end
        if starts:
            self.lines.appendleft(line._replace(at=marker.end(), column=column))
        indent = column if starts and column - past <= CODE_INDENT else past + 1
        over = not starts and bool(self.lines) and self.lines[0].blank
        paragraphs = () if over else tuple(self._paragraphs(indent))
        if not paragraphs:
            self._fault(line.at, "this item is empty; write its text or remove it")
        elif typed and typed != str(number):
            way_out = f"type {number}, or {typed}\\. if it is no item"
            self._fault(line.at, f"this item is printed as {number}; {way_out}")
        return paragraphs

    def _paragraphs(self, indent: int) -> Iterator[TextParagraph]:
        """Yield the paragraphs of an item, a list inside it read as one."""
        while line := self._next(indent):
            if self._marker(line, indent):
                way_out = "make it sentences, or type a \\ before it"
                self._fault(line.at, f"a list inside a list is not read; {way_out}")
            yield self._paragraph(indent)

    def _paragraph(self, indent: int) -> TextParagraph:
        first = last = self.lines.popleft()
        while self.lines and not self._interrupts(self.lines[0], indent):
            last = self.lines.popleft()
        return TextParagraph(inlines(self.value, first.at, last.end, self.faults), first.at)

    def _interrupts(self, line: _Line, indent: int) -> bool:
        """Return whether a paragraph ends before *line*, as CommonMark has it."""
        if line.blank:
            return True
        if line.column - indent >= CODE_INDENT:
            return False
        if refused := self._refused(line, indent):
            return refused.interrupts
        marker = self._marker(line, indent)
        if not marker or line.column < indent:
            return marker is not None and line.column < CODE_INDENT
        return marker.end() < line.end and int(marker["number"] or 1) == 1

    def _fault(self, at: int, message: str, rule: str = "markdown") -> None:
        self.faults.append(Slip(at, message, rule))


def _lines(value: str) -> Iterator[_Line]:
    start = 0
    for line in value.split("\n"):
        at = start + len(line) - len(line.lstrip(" \t"))
        end = at + len(line.strip(" \t"))
        yield _Line(start, at, end, _column(value, start, at))
        start += len(line) + 1


def _column(value: str, start: int, at: int) -> int:
    """Return the column of *at* in the line that begins at *start*; tabs are four wide."""
    return len(value[start:at].expandtabs(4))
