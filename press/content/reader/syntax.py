"""Explain where YAML is broken: in words for what an author meant, which is most often prose."""

import re
from dataclasses import dataclass
from typing import Final

from press.content.reader.messages import IN_QUOTES, NO_SPACE
from press.problems import counted

# The words of libyaml that an explanation rests on; a test says when an upgrade changes them.
WORDINGS: Final = (
    "while scanning a quoted scalar",
    "mapping values are not allowed",
    "could not find expected ':'",
    "found unexpected ':'",
    "did not find expected key",
    "did not find expected '-' indicator",
    "did not find expected ',' or",
    "did not find expected <document start>",
)
(
    _OPEN_QUOTE,
    _COLON_IN_TEXT,
    _NO_COLON,
    _NO_SPACE_AFTER,
    _NO_KEY,
    _NO_DASH,
    _NO_COMMA,
    _LESS_DEEP,
) = WORDINGS
_TAB: Final = re.compile(r" *\t")
_KEY: Final = re.compile(r" *(?:- +)*[\w.-]+ *:(?=\s|\Z)")
_DASH: Final = re.compile(r" *([–—•]|-(?=\w))")
_ITEM: Final = re.compile(r" *- ")
_HEADER: Final = re.compile(r"[:-] +[|>][-+1-9]{0,2} *(?:#.*)?$")  # of a text below it
_WORD: Final = re.compile(r" *(?:- +)*([\w-]+) *")
_REMARKS: Final = re.compile("#.*")
_VALUE: Final = re.compile(r" *(?:- +)*(?:[\w.-]+ *: +)?(?=\S)")
_FIRST: Final = re.compile(r"^( *)(?=[^\s#])", re.MULTILINE)
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
    if tab := _TAB.match(fault.text, fault.line):  # it leads to almost any complaint
        return tab.end() - 1, "a tab cannot indent; use spaces"
    explanations = (
        _quote,
        _no_space,
        _no_comma,
        _first_character,
        _line_above,
        _colon,
        _indentation,
        _first_line,
    )
    for explanation in explanations:
        if answer := explanation(fault):
            return answer
    way_out = "if it is a text, put it in single quotes or under '>-'"
    return fault.at, f"this is not YAML ({fault.problem}); {way_out}"


def _quote(fault: Complaint) -> tuple[int, str] | None:
    if fault.context == _OPEN_QUOTE:
        return fault.since, "the quote that opens here is never closed; close it, or use '>-'"
    goes_on = fault.problem == _NO_KEY or fault.problem.startswith(_COLON_IN_TEXT)
    if goes_on and fault.before.endswith(("'", '"')):
        if opened := _opened(fault, fault.before[-1]):
            closes = f"is closed only in line {fault.text.count(chr(10), 0, fault.at) + 1}"
            return opened, f"the quote that opens here {closes}; close it where its text ends"
        return fault.at, "the text continues after its closing quote; put all of it under '>-'"
    return None


def _no_space(fault: Complaint) -> tuple[int, str] | None:
    if fault.problem in {_NO_COLON, _NO_SPACE_AFTER}:
        if match := NO_SPACE.match(fault.text, fault.since):
            return match.end() - 1, f"put a space after '{match[1][-1]}'"
        return fault.since, _aligned(fault, fault.since)
    return None


def _opened(fault: Complaint, quote: str) -> int:
    """Return where a *quote* above opens that has keys after it, or 0."""
    above = re.compile(rf"^ *(?:- +)*(?:[\w.-]+ *: +)?({quote})(?:(?!{quote}).)*$", re.MULTILINE)
    opened = [match.start(1) for match in above.finditer(fault.text, 0, fault.line)]
    lines = fault.text[opened[-1] : fault.line].split("\n")[1:] if opened else []
    return opened[-1] if any(_KEY.match(line) for line in lines) else 0


def _no_comma(fault: Complaint) -> tuple[int, str] | None:
    """Explain two items without a comma between; a line less deep shows that the bracket was never closed."""
    inside = fault.text.count("\n", fault.since, fault.at) == 0 or (
        _indent(fault.text, fault.at) > _indent(fault.text, fault.since)
    )
    closes = fault.text[fault.at : fault.at + 1] in ("", "]", "}")
    if not fault.problem.startswith(_NO_COMMA) or closes or not inside:
        return None
    return fault.at, "a comma is missing before this item, or the bracket before it is not closed"


def _indent(text: str, at: int) -> int:
    """Return by how many spaces the line of *at* is indented."""
    line = text[text.rfind("\n", 0, at) + 1 :]
    return len(line) - len(line.lstrip(" "))


def _first_character(fault: Complaint) -> tuple[int, str] | None:
    """Explain a value that begins with a character which YAML keeps for itself."""
    mark = fault.text[fault.since : fault.since + 1]
    if mark and mark in "[{":
        return (
            fault.since,
            f"the '{mark}' that opens here is never closed; close it, or {IN_QUOTES}",
        )
    value = _VALUE.match(fault.text, fault.line)
    first = _MARK.match(fault.text, value.end()) if value else None
    if first and first.start() <= fault.at:  # else it is the key that is wrong
        return first.start(), f"a text cannot begin with '{first[0]}'; {IN_QUOTES}"
    return None


def _colon(fault: Complaint) -> tuple[int, str] | None:
    if not fault.problem.startswith(_COLON_IN_TEXT):
        return None
    key = _KEY.match(fault.text, fault.line)
    if key and key.end() == fault.at + 1 and fault.line:
        return fault.at - len(fault.before), _aligned(fault, fault.at)
    return fault.at, f"': ' cannot be in a text; {IN_QUOTES}"


def _line_above(fault: Complaint) -> tuple[int, str] | None:
    """Explain a key whose line above lacks its ':', or is too far left."""
    key = _KEY.match(fault.text, fault.line)
    colon = fault.problem.startswith(_COLON_IN_TEXT) and key and key.end() == fault.at + 1
    if not (colon or (key and fault.problem == _NO_KEY and not fault.before)):
        return None
    head, _, above = fault.text[: fault.line].rstrip().rpartition("\n")
    start, depth, own = len(head) + bool(head), _indent(above, 0), _indent(fault.text, fault.at)
    if _KEY.match(above):
        if depth < own <= _indent(head.rpartition("\n")[2], 0):
            way_out = f"begin it in column {own + 1}"
            return start + depth, f"this line is less deep than those around it; {way_out}"
    elif word := _WORD.match(above):
        first = depth == own and not _REMARKS.sub("", head).strip()
        if first or (depth < own and word.end() == len(above)):
            return start + word.end(1), f"put ':' after '{word[1]}'"
    return None


def _indentation(fault: Complaint) -> tuple[int, str] | None:
    if fault.problem not in {_NO_KEY, _NO_DASH} or fault.before:
        return None
    above = fault.text.rfind("\n", 0, max(fault.line - 1, 0)) + 1
    cut = fault.text.find(" #", above, fault.line) + 1
    if cut and not _KEY.match(fault.text, fault.line):
        return cut, f"'#' begins a comment, and the text goes on below it; {IN_QUOTES}"
    return fault.at, _aligned(fault, fault.at)


def _first_line(fault: Complaint) -> tuple[int, str] | None:
    """Explain a line that is less deep than the first of the file, which is named: it is the one that is wrong."""
    first = next((each for each in _FIRST.finditer(fault.text) if each.start(1) < fault.at), None)
    if fault.problem != _LESS_DEEP or not first or not first[1]:
        return None
    more, line = counted(len(first[1]), "column"), fault.text.count("\n", 0, fault.at) + 1
    what = f"this line is {more} deeper than line {line}, which is no part of it"
    return first.end(1), f"{what}; begin it in column 1, or put its key above it"


def _aligned(fault: Complaint, at: int) -> str:
    """Return the message for the line of *at*, which begins below no other."""
    start = fault.text.rfind("\n", 0, at) + 1
    if dash := _DASH.match(fault.text, start):
        return f"'{dash[1]}' begins no item; type '- '"
    is_key = bool(_KEY.match(fault.text, start))
    if not _ITEM.match(fault.text, start) and (
        above := text_above(fault.text, start, plain=not is_key)
    ):
        line, key, column = above
        under = f"begin it in column {column} if it belongs to the text of line {line}"
        if is_key:
            return (
                f"this line is aligned with nothing above it; begin it in column {key}, or {under}"
            )
        return f"this line has no key; {under}, else put ':' after its key"
    columns: list[int] = []  # of the lines above that it could continue, from the nearest on
    for line_above in reversed(fault.text[:start].splitlines()):
        column = _indent(line_above, 0) + 1
        if line_above.strip() and (not columns or column < columns[-1]):
            columns.append(column)
    others = [str(column) for column in columns if column != _indent(fault.text, at) + 1]
    way_out = f"begin it in column {' or '.join(others[:2])}" if others else "fix its indentation"
    return f"this line is aligned with nothing above it; {way_out}"


def text_above(text: str, start: int, *, plain: bool = False) -> tuple[int, int, int] | None:
    """Return the line of the key whose text may go on at *start*, and the columns of key and text.

    It is under '>-' or the like, or, where *plain*, beside its key.
    """
    least, first = _indent(text, start), 0
    for number, line in reversed([*enumerate(text[:start].splitlines(), 1)]):
        key, column = _KEY.match(line), _indent(line, 0)
        beside = plain and key and column <= least and line[key.end() :].strip()
        if key and (beside or _HEADER.search(line)):
            own = len(line) - len(line.lstrip(" -"))
            return number, own + 1, (first if first > own else own + 2) + 1
        if key and column <= least:
            return None
        if line.strip():
            least, first = min(least, column), column
    return None
