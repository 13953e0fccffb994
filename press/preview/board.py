"""Hold what a preview shows: pages, words, prints and problems, as one value that is replaced as a whole."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from press.build.stages import Name
from press.problems import Problem


@dataclass(frozen=True)
class Share:
    """Words of a part of a brief, and how many it may have."""

    part: str  # a section, or what has a budget
    words: int | None  # None: not known before it is printed
    budget: int | None = None


@dataclass(frozen=True)
class EditionView:
    """An edition as it is shown; what is known of a page only when it is read or printed may be of an earlier one."""

    key: str  # of its page
    label: str
    html: bytes
    sections: tuple[Share, ...]
    budgets: tuple[Share, ...]
    # by label: the name of the PDF, itself, and how many pages it has
    prints: Mapping[str, tuple[str, bytes, int]] = field(default_factory=dict)
    printed: str = ""  # the key of the page that was printed

    def as_json(self) -> dict[str, Any]:
        """Return what the browser is told of it."""
        return {
            "label": self.label,
            "page": self.key,
            "prints": {title: [name, pages] for title, (name, _, pages) in self.prints.items()},
            "sections": list(map(vars, self.sections)),
            "budgets": list(map(vars, self.budgets)),
            "old": self.key != self.printed,
        }


@dataclass(frozen=True)
class State:
    """All that is shown."""

    number: int = 0  # of this state
    editions: Mapping[Name, EditionView] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    message: str = ""  # why nothing could be made, where it is no problem of the content
    at_work: str = "reading"  # '' when all is shown

    def as_json(self) -> dict[str, Any]:
        """Return what the browser is told."""
        return {
            "editions": {"/".join(name): each.as_json() for name, each in self.editions.items()},
            "problems": [
                {"place": str(each.place), "text": each.message, "rule": each.rule}
                | {"severity": each.severity}
                for each in sorted(self.problems, key=lambda each: (each.severity, each))
            ],
            "message": self.message,
            "at_work": self.at_work,
        }


class Board:
    """Where rounds of work put what they have made; a later round silences those before it."""

    def __init__(self) -> None:
        self.state = State()
        self.viewed: Name | None = None  # the edition that a browser asked for last
        self.round = 0
        self.tell: Callable[[], object] = lambda: None  # called after each change
        self._lock = threading.Lock()

    def begin(self) -> int:
        """Begin a round and return its number."""
        with self._lock:
            self.round += 1
            return self.round

    def show(self, number: int, **changes: object) -> None:
        """Show *changes* of the state that the round of this *number* has made, unless a later one has begun."""
        with self._lock:
            if number == self.round:
                counted = self.state.number + 1
                self.state = replace(self.state, number=counted, **changes)  # type: ignore[arg-type] # fields of it
        self.tell()

    def print(self, name: str) -> bytes | None:
        """Return the PDF that has this *name*, if it is shown."""
        prints = (
            each for edition in self.state.editions.values() for each in edition.prints.values()
        )
        return next((pdf for known, pdf, _ in prints if known == name), None)


def name_of(data: bytes) -> str:
    """Return a name for *data* that no other data have."""
    return hashlib.sha256(data).hexdigest()[:32]
