"""List the names that older series have for what is called otherwise now, or is gone.

One table, for two readers: the messages of `check` and `build`, and `./inv upgrade`, which rewrites what it can.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Moved:
    """A name that is no longer known where it was."""

    what: str  # kind, section, limit or key
    old: str
    new: str = ""  # '' for what is gone
    among: str = ""  # a name that is known in the same place, for what is gone
    why: str = ""

    @property
    def fate(self) -> str:
        """What has become of it."""
        end = f"is now '{self.new}'" if self.new else "is gone"
        return f"{self.what} '{self.old}' {end}{self.why and f': {self.why}'}"

    @property
    def message(self) -> str:
        """What has become of it, and the way out."""
        return f"{self.fate}; ./inv upgrade {'rewrites it' if self.new else 'takes it out'}"


ALL_PRINTED = "'pages' and 'words' count all that is printed now"
TABLE = (
    Moved("kind", "option", "alternative"),
    Moved("section", "since", "evidence", why="later facts stand there, each with its year"),
    Moved("limit", "body_pages", among="hole_percent", why=ALL_PRINTED),
    Moved("limit", "fold", among="hole_percent", why=ALL_PRINTED),
    Moved(
        "key",
        "allow",
        among="all",
        why="only blocks set rules aside, and budgets bind final briefs",
    ),
)
# What older series have not, and only an author can write: sections, and what these rules ask for.
NEW_SECTIONS = ("country", "next", "objections")
BY_HAND = frozenset({"alternatives", "lacking", "ask"})
# What a paragraph of a section may have that is a block of another kind now.
PARAGRAPHS = (
    (
        "unknown",
        re.compile(r"^- ", re.MULTILINE),
        "a list of gaps is a block 'gaps' now, and the words above it a paragraph of their own",
    ),
    (
        "implementation",
        re.compile(r"^\*\*\s*[\"“„«]", re.MULTILINE),
        "objections are blocks 'objection' now, of the section 'objections' behind 'implementation'",
    ),
)
STEPS = "what is done whichever alternative is chosen is a block 'step' of the section 'next'"


def moved(name: str, known: Iterable[str]) -> Moved | None:
    """Return what has become of *name* where these are *known*, or None if it was never known there."""
    names = frozenset(map(str, known))
    rows = (row for row in TABLE if row.old == name and name not in names)
    return next((row for row in rows if (row.new or row.among) in names), None)
