"""Describe what a verification came to: the damage, what was proved and what was not."""

from dataclasses import dataclass
from typing import Literal

from press.problems import FAILED, OK, visible

Kind = Literal["changed", "lost", "added", "swapped", "moved", "papers", "signature"]


@dataclass(frozen=True, order=True)
class Damage:
    """One thing that is not as it was released."""

    path: str
    kind: Kind
    message: str

    def __post_init__(self) -> None:
        """Make it fit to be shown: names of files may hold anything."""
        object.__setattr__(self, "path", visible(self.path))
        object.__setattr__(self, "message", visible(self.message))

    def __str__(self) -> str:
        return f"{self.path}: {self.message} [{self.kind}]"


@dataclass(frozen=True)
class Verdict:
    """What one folder, zip or file came to."""

    path: str  # as the user would type it
    what: str  # 'release 2026-11-24.1', in words
    release: str  # its id, '' where it is not known
    damages: tuple[Damage, ...]
    proved: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what the reader should know of a sound release

    @property
    def status(self) -> int:
        """Return the exit status."""
        return FAILED if self.damages else OK
