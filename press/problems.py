"""What can be wrong, and where: a mistake is a `Problem` (a value), a reason to stop is a `PressError` (raised)."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from press.rulebook import rules

OK = 0
FAILED = 1  # something failed, the rest was done
USAGE = 2
REFUSED = 65  # content refused, nothing could be done
IO = 74
TRY_AGAIN = 75  # locked or deferred
CONFIGURATION = 78  # the machine lacks something
INTERRUPTED = 130

Severity = Literal["error", "warning"]
# Control characters, those that turn the direction of writing, and bytes of a file's name that are no UTF-8.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    r"""Return *text* with what would act on a terminal, or could not be written, escaped as '\x1b'."""
    return _UNSEEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    point = ord(match[0])
    if 0xDC80 <= point <= 0xDCFF:  # noqa: PLR2004 - a byte that Python could not decode
        return f"\\x{point - 0xDC00:02x}"
    return match[0].encode("unicode_escape").decode("ascii")


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A position in a file of the author's. Line and column count from 1, columns in code points."""

    path: str  # relative to where the user stands
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One mistake that its author can mend."""

    place: Place
    message: str  # lower case: place, thing and way out
    rule: str  # the word in brackets
    severity: Severity = "error"

    def __post_init__(self) -> None:
        """Make all of it fit to be shown, as names of files may hold anything, and as severe as its rule.

        Raises:
            ConfigurationError: there is no such rule.
        """
        if self.rule not in rules():
            raise ConfigurationError(f"no rule is called '{self.rule}'; add it to press/rules.toml")
        if rules()[self.rule].warning:
            object.__setattr__(self, "severity", "warning")
        object.__setattr__(self, "message", visible(self.message))
        if _UNSEEN.search(self.place.path):
            shown = replace(self.place, path=visible(self.place.path))
            object.__setattr__(self, "place", shown)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message} [{self.rule}]"


def in_draft(problem: Problem) -> Problem:
    """Return a *problem* of a draft: a warning where its rule is for what is handed out."""
    return replace(problem, severity="warning") if rules()[problem.rule].draft else problem


class PressError(Exception):
    """Base of every error raised on purpose; `status` is the exit status it asks for."""

    status = FAILED


class UsageError(PressError):
    """The command line names something that does not exist, or options that do not go together."""

    status = USAGE


class RefusedError(PressError):
    """Something may not be done with this content or this release."""

    status = REFUSED


class ContentRefusedError(RefusedError):
    """The content has errors, so that nothing could be done."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class OutputError(PressError):
    """A file could not be read or written."""

    status = IO


class TryAgainError(PressError):
    """The same command may succeed later."""

    status = TRY_AGAIN


class BusyError(TryAgainError):
    """Another run holds the lock."""


class ConfigurationError(PressError):
    """The machine lacks something that Press needs; the message names the way to mend it."""

    status = CONFIGURATION


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those that stop what rests on them."""
    return tuple(problem for problem in problems if problem.severity == "error")


def counted(number: int, noun: str) -> str:
    """Return a *number* of things in words: '1 file', '2 files'."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


# Words that no hint may exchange: "less than" is not "more than".
_UP = "more least above over increase increased rise rose higher greater minimum gain after later"
_DOWN = "less fewer most below under decrease decreased fall fell lower smaller maximum loss before earlier"


def _opposite(name: str, other: str) -> bool:
    """Return whether words of the two point up and down, mistyped ones too."""
    one, two = map(_directions, (name, other))
    return bool(one and two and one.isdisjoint(two))


def _directions(name: str) -> set[bool]:
    up, down = _UP.split(), _DOWN.split()
    words = re.findall(r"[^\W\d_]+", name[:100].casefold())
    near = (difflib.get_close_matches(word, up + down, 1, 0.8) for word in words)
    return {word in up for found in near for word in found}


def did_you_mean(name: str, known: Iterable[str], *, most: int = 8, near: float = 0.6) -> str:
    """Return the way out for a mistyped *name*: '; did you mean 'x'?', the known ones, or nothing.

    *near*: the share of letters that the two have in common.
    """
    names = sorted(map(str, known))
    words = name[:100].split(" ")
    for close in difflib.get_close_matches(name[:100], names, 3, near):
        alike = map(difflib.get_close_matches, words, ([word] for word in close.split(" ")))
        read = len(words) != close.count(" ") + 1 or all(alike)
        if read and not _opposite(name, close):
            return f"; did you mean '{close}'?"
    if 0 < len(names) <= most:
        return f"; expected one of {', '.join(names)}"
    return ""


def nothing_called(what: str, name: str, known: Iterable[str]) -> str:
    """Return the message for the *name* of a claim or block that there is not, with the way out."""
    way_out = did_you_mean(name, known) or f"; write it in {what}s/, or name another"
    return f"no {what} is called '{name}'{way_out}"
