"""Two words of the user's in; what changed between what they name, as text, JSON and a page, out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from press.ground import paths
from press.ground.disk import write_whole
from press.problems import FAILED, OK, OutputError
from press.release.diff.comparison import Comparison, compare
from press.release.diff.sides import Side, side
from press.release.diff.word_spans import visible

if TYPE_CHECKING:
    from pathlib import Path

    from press.ground.paths import Folders

UNSEEN = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Report:
    """A comparison, and between what."""

    old: Side
    new: Side
    comparison: Comparison
    folders: Folders

    @property
    def unfit(self) -> tuple[str, ...]:
        """Return the editions that could not be compared, each with the side that lacks it."""
        return tuple(
            f"{name} ({one.name})" for one in (self.old, self.new) for name in sorted(one.unfit)
        )

    @property
    def status(self) -> int:
        """Return the exit status: a difference is no failure, an edition that was not compared is one."""
        return FAILED if self.unfit else OK

    def as_text(self, *, coloured: bool = False) -> str:
        """Return it for a terminal."""
        unfit = f"\nnot compared: {', '.join(map(visible, self.unfit))}\n" if self.unfit else ""
        names = f"from {visible(self.old.name)} to {visible(self.new.name)}:"
        return f"{names}\n\n{self.comparison.as_text(coloured=coloured)}{unfit}"

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        names = {"old": self.old.name, "new": self.new.name}
        return {**names, "not_compared": self.unfit, "comparison": self.comparison.as_json()}

    def write(self, path: Path) -> None:
        """Write the comparison to *path* as a page that needs no other file, whole or not at all.

        Raises:
            OutputError: it cannot be written there.
        """
        from press.release.diff import comparison_page as page  # noqa: PLC0415 - heavy

        own = (self.folders.releases, self.folders.build, self.folders.kits, self.folders.content)
        for folder in own:
            if path.resolve().is_relative_to(folder.resolve()):
                shown = f"{paths.shown(path)} would change what is in {paths.shown(folder)}"
                raise OutputError(f"{shown}; choose another place")
        every = [*self.new.editions.values(), *self.old.editions.values(), {}]
        head = page.Head(self.old.name, self.new.name, self.unfit, page.Series.of(every[0]))
        write_whole(path, page.written(head, self.comparison, self.folders))


def report(old: str, new: str, folders: Folders) -> Report:
    """Compare what two words name; an edition that one of the sides should have and lacks is left out.

    Raises:
        UsageError, ContentRefusedError, OutputError: see `side`.
    """
    both = side(old, folders), side(new, folders)
    unfit = both[0].unfit | both[1].unfit
    editions = [
        {name: edition for name, edition in one.editions.items() if name not in unfit}
        for one in both
    ]
    return Report(*both, compare(*editions), folders)


def dumped(value: dict[str, Any]) -> str:
    """Return JSON that acts on no terminal: what is not seen is escaped, and means the same."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
