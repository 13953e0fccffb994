"""Explain where YAML is broken: in words for what an author meant, which is most often prose."""

import re
from dataclasses import dataclass
from typing import Final

from press.content.reader.messages import IN_QUOTES, NO_SPACE, begins_with, cannot_begin

# The words of libyaml that an explanation rests on; a test says when an upgrade changes them.
_OPEN_QUOTE: Final = "while scanning a quoted scalar"
_COLON_IN_TEXT: Final = "mapping values are not allowed"
_NO_COLON: Final = "could not find expected ':'"
_NO_SPACE_AFTER: Final = "found unexpected ':'"
_NO_KEY: Final = "did not find expected key"
_NO_DASH: Final = "did not find expected '-' indicator"
WORDINGS: Final = (
    _OPEN_QUOTE,
    _COLON_IN_TEXT,
    _NO_COLON,
    _NO_SPACE_AFTER,
    _NO_KEY,
    _NO_DASH,
)
_ALIGNED: Final = "this line is aligned with nothing above it; fix its indentation"
_TAB: Final = re.compile(r" *\t")
_KEY: Final = re.compile(r" *(?:- +)*[\w.-]+ *:(?=\s|\Z)")
_VALUE: Final = re.compile(r" *(?:- +)*(?:[\w.-]+ *: +)?(?=\S)")
_MARK: Final = re.compile(r"- |[\[{\]},@`%*&!|>?:]")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint of libyaml's. Indexes are code points of the text."""

    text: str
    problem: str
    context: str
    at: int
    since: int  # where the construct begins that the parser was in

    @property
    def line(self) -> int:
        """Where the line of the complaint begins."""
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """What is before the complaint on its line."""
        return self.text[self.line : self.at].strip(" ")


def explain(fault: Complaint) -> tuple[int, str]:
    """Return the index that an author should look at, and the message."""
    for explanation in (_tab, _quote, _no_space, _first_character, _colon, _indentation):
        if answer := explanation(fault):
            return answer
    way_out = "if it is a text, put it in single quotes or under '>-'"
    return fault.at, f"this is not YAML ({fault.problem}); {way_out}"


def _tab(fault: Complaint) -> tuple[int, str] | None:
    match = _TAB.match(fault.text, fault.line)  # it leads to almost any complaint
    return (match.end() - 1, "a tab cannot indent; use spaces") if match else None


def _quote(fault: Complaint) -> tuple[int, str] | None:
    if fault.context == _OPEN_QUOTE:
        return fault.since, "the quote that opens here is never closed; close it, or use '>-'"
    goes_on = fault.problem == _NO_KEY or fault.problem.startswith(_COLON_IN_TEXT)
    if goes_on and fault.before.endswith(("'", '"')):
        return fault.at, "the text continues after its closing quote; put all of it under '>-'"
    return None


def _no_space(fault: Complaint) -> tuple[int, str] | None:
    if fault.problem in {_NO_COLON, _NO_SPACE_AFTER}:
        if match := NO_SPACE.match(fault.text, fault.since):
            return match.end() - 1, f"put a space after '{match[1][-1]}'"
        return fault.since, _ALIGNED
    return None


def _first_character(fault: Complaint) -> tuple[int, str] | None:
    """Explain a value that begins with a character which YAML keeps for itself."""
    mark = fault.text[fault.since : fault.since + 1]
    if mark and mark in "[{":
        return fault.since, f"the '{mark}' that opens here is never closed; {begins_with(mark)}"
    value = _VALUE.match(fault.text, fault.line)
    first = _MARK.match(fault.text, value.end()) if value else None
    return (first.start(), cannot_begin(first[0])) if first else None


def _colon(fault: Complaint) -> tuple[int, str] | None:
    if not fault.problem.startswith(_COLON_IN_TEXT):
        return None
    key = _KEY.match(fault.text, fault.line)
    if key and key.end() == fault.at + 1 and fault.line:
        return fault.at - len(fault.before), _ALIGNED
    return fault.at, f"': ' cannot be in a text; {IN_QUOTES}"


def _indentation(fault: Complaint) -> tuple[int, str] | None:
    if fault.problem not in {_NO_KEY, _NO_DASH} or fault.before:
        return None
    above = fault.text.rfind("\n", 0, max(fault.line - 1, 0)) + 1
    cut = fault.text.find(" #", above, fault.line) + 1
    if cut and not _KEY.match(fault.text, fault.line):
        return cut, f"'#' begins a comment, and the text goes on below it; {IN_QUOTES}"
    return fault.at, _ALIGNED
