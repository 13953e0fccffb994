"""A complaint of the YAML parser in; where the author slipped, and in which words to say so, out.

Most syntax errors in content are prose in a plain scalar that means something to YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.content.reader.messages import IN_QUOTES, NO_SPACE, begins_with, cannot_begin, clip

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = tuple[int, str]  # index in the text, message

_CLOSES = {"[": "]", "{": "}"}
_TAB = re.compile(r" *\t")
_ESCAPE = re.compile(r"\\\w{0,9}")
_KEY = re.compile(r" *(?:- +)*[\w.-]+ *:(?=\s|\Z)")
_VALUE = re.compile(r" *(?:- +)*(?:[\w.-]+ *: +)?(?=\S)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What the parser complains of. Indexes are code points of the text."""

    text: str
    problem: str  # in libyaml's words
    context: str
    at: int
    since: int  # where the construct begins that the parser was in

    @property
    def char(self) -> str:
        """The character complained of, '' at the end of the file."""
        return self.text[self.at : self.at + 1]

    @property
    def begin(self) -> int:
        """Where the line of the complaint begins."""
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """What stands before the complaint on its line."""
        return self.text[self.begin : self.at].strip(" ")

    @property
    def ink(self) -> int:
        """Where the first character that is no space stands on the line of the complaint."""
        line = self.text[self.begin : self.at]
        return self.begin + len(line) - len(line.lstrip(" "))

    @property
    def value(self) -> int:
        """Where the value on the line of the complaint begins, behind dashes and key."""
        match = _VALUE.match(self.text, self.begin)
        return match.end() if match else self.at


def explain(fault: Fault) -> tuple[int, str]:
    """Return the index that an author should look at, and what to say."""
    for trap in _TRAPS:
        if answer := trap(fault):
            return answer
    return fault.at, f"this is not YAML ({fault.problem}); {IN_QUOTES}"


def _tab(fault: Fault) -> Answer | None:
    match = _TAB.match(fault.text, fault.begin)
    return (match.end() - 1, "a tab cannot indent; use spaces") if match else None


def _escape(fault: Fault) -> Answer | None:
    if fault.context != "while parsing a quoted scalar":
        return None
    index = fault.text.rfind("\\", 0, fault.at + 1)
    match = _ESCAPE.match(fault.text, index)
    written = match[0] if match else "\\"
    if "unknown" in fault.problem:
        return index, f"'{written[:2]}' stands for nothing; write '\\\\' for a backslash"
    return index, f"'{written}' names no character; write the character itself"


def _open_quote(fault: Fault) -> Answer | None:
    if fault.context != "while scanning a quoted scalar":
        return None
    return fault.since, "the quote that opens here is never closed; close it, or use '>-'"


def _open_bracket(fault: Fault) -> Answer | None:
    if not fault.problem.startswith("did not find expected ',' or"):
        return None
    mark = fault.text[fault.since]
    if fault.begin > fault.since or not fault.char:
        return fault.since, f"the '{mark}' that opens here is never closed; {begins_with(mark)}"
    return fault.at, f"expected ',' or '{_CLOSES[mark]}', found '{fault.char}'; {begins_with(mark)}"


def _block_header(fault: Fault) -> Answer | None:
    if fault.context != "while scanning a block scalar":
        return None
    return fault.since, cannot_begin(fault.text[fault.since])


def _directive(fault: Fault) -> Answer | None:
    if "directive" not in fault.context + fault.problem and "incompatible" not in fault.problem:
        return None
    return fault.since, f"a line cannot begin with '%'; {IN_QUOTES}"


def _mark(fault: Fault) -> Answer | None:
    """Answer a value that begins with a character that YAML keeps for itself."""
    if fault.context in {"while scanning an alias", "while scanning an anchor"}:
        return fault.since, cannot_begin(fault.text[fault.since])
    if "a tag" in fault.context or "tag handle" in fault.problem:
        return fault.since, cannot_begin("!")
    if fault.problem.startswith("block sequence entries"):
        return fault.at, f"a list begins on a line of its own; {begins_with('- ')}"
    if fault.problem.startswith(("mapping keys", "found character that cannot start")):
        return fault.at, cannot_begin(fault.char)
    return None


def _no_content(fault: Fault) -> Answer | None:
    if fault.problem != "did not find expected node content":
        return None
    if not fault.char:
        return fault.at, "the file ends before a '[' or '{' is closed"
    if "flow" in fault.context:
        return fault.at, f"expected a value before '{fault.char}'"
    return fault.at, cannot_begin(fault.char)


def _second_value(fault: Fault) -> Answer | None:
    """Answer a ': ' where no key can be."""
    if not fault.problem.startswith("mapping values"):
        return None
    if fault.value < fault.at and fault.text[fault.value] in "[{":
        return fault.value, cannot_begin(fault.text[fault.value])
    if fault.before.endswith(('"', "'")):
        return _behind(fault)
    key = _KEY.match(fault.text, fault.begin)
    if key and key.end() == fault.at + 1 and fault.begin:
        message = "this line is indented, but the one above has its value already; align them"
        return fault.ink, f"{message}, or {IN_QUOTES}"
    return fault.at, f"': ' cannot stand in a text; {IN_QUOTES}"


def _behind(fault: Fault) -> Answer | None:
    """Answer a value that goes on behind the quote or bracket that closes it."""
    last = fault.before[-1:]
    if last == "'":
        return (
            fault.at,
            "the text goes on behind its closing quote; write '' for an apostrophe in it",
        )
    if last == '"':
        return fault.at, "the text goes on behind its closing quote; put all of it under '>-'"
    if last and last in "]}":
        opens = fault.text[fault.value]
        return (fault.value, cannot_begin(opens)) if opens in _CLOSES else None
    return None


def _stray_line(fault: Fault) -> Answer | None:
    """Answer what follows a whole entry and is none itself."""
    if fault.problem not in {"did not find expected key", "did not find expected '-' indicator"}:
        return None
    if fault.before:
        return _behind(fault) or (fault.at, f"'{fault.char}' cannot stand here; {IN_QUOTES}")
    if fault.char in "]}:":
        return fault.at, f"nothing stands before this '{fault.char}'; {begins_with(fault.char)}"
    above = fault.text.rfind("\n", 0, max(fault.begin - 1, 0)) + 1
    cut = fault.text.find(" #", above, fault.begin) + 1
    if cut and not _KEY.match(fault.text, fault.begin):
        return cut, f"'#' begins a comment, and the text goes on behind it; {IN_QUOTES}"
    return fault.at, "this line is aligned with nothing above it; mend its indentation"


def _no_colon(fault: Fault) -> Answer | None:
    if fault.problem == "found unexpected ':'":
        return fault.at, "put a space after ':'"
    if fault.problem != "could not find expected ':'":
        return None
    if match := NO_SPACE.match(fault.text, fault.since):
        return match.end() - 1, f"put a space after '{match[1][-1]}'"
    line = clip(fault.text[fault.since :].split("\n", 1)[0])
    return (
        fault.since,
        f"expected 'key: value', found '{line}'; indent it if it goes on with a text",
    )


def _second_document(fault: Fault) -> Answer | None:
    if "document start" not in fault.problem:
        return None
    return fault.at, "nothing may follow a line of '...'; take that line out"


_TRAPS: tuple[Callable[[Fault], Answer | None], ...] = (
    _tab,  # first: a tab leads to almost any complaint
    _escape,
    _open_quote,
    _open_bracket,
    _block_header,
    _directive,
    _mark,
    _no_content,
    _second_value,
    _stray_line,
    _no_colon,
    _second_document,
)
