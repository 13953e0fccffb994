"""What a verification came to, as values: the damage, what was proved and what was not."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

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
    release: str  # its id, '' where nobody can say
    damages: tuple[Damage, ...]
    proved: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())  # what the reader should know of a sound release

    @property
    def status(self) -> int:
        """Return the exit status."""
        return FAILED if self.damages else OK

    def as_text(self) -> str:
        """Return it for a person."""
        lines = [str(damage) for damage in sorted(self.damages)]
        count = len(self.damages)
        found = (
            f"{count} thing{'s are' if count > 1 else ' is'} not as released" if count else "sound"
        )
        lines.append(f"{self.path}: {self.what}: {found}")
        for head, said in (
            ("proved", self.proved),
            ("not proved", self.unproved),
            ("note", self.notes),
        ):
            lines += [f"  {head}: {one}" for one in said]
        return visible_lines(lines)

    def as_json(self) -> dict[str, Any]:
        """Return it for a program."""
        told = asdict(self)
        damages = [asdict(damage) for damage in sorted(self.damages)]
        return {"status": self.status, "message": "", **told, "damages": damages}


def visible_lines(lines: list[str]) -> str:
    """Return *lines* as one text; a manifest from elsewhere may hold what acts on a terminal."""
    return "\n".join(visible(line) for line in lines)
