"""Compare what two words of the user name, and write the result."""

from dataclasses import dataclass
from pathlib import Path

from press.ground import paths
from press.ground.disk import write_whole
from press.ground.paths import Folders
from press.problems import FAILED, OK, OutputError
from press.release.diff.comparison import Comparison, compare
from press.release.diff.sides import Side, open_side


@dataclass(frozen=True)
class ComparedSides:
    """A comparison, and between what."""

    old: Side
    new: Side
    comparison: Comparison
    folders: Folders

    @property
    def unfit(self) -> tuple[str, ...]:
        """Return the editions that could not be compared, each with the side that lacks it."""
        return tuple(
            f"{name} ({side.name})" for side in (self.old, self.new) for name in sorted(side.unfit)
        )

    @property
    def status(self) -> int:
        """Return the exit status: a difference is no failure, a mistake in the content is one."""
        return FAILED if self.unfit or self.old.problems or self.new.problems else OK

    def write(self, path: Path) -> None:
        """Write the comparison to *path* as a page that needs no other file, whole or not at all.

        Raises:
            OutputError: it cannot be written there.
        """
        from press.release.diff import comparison_page  # noqa: PLC0415 - heavy

        own = (self.folders.releases, self.folders.build, self.folders.kits, self.folders.content)
        for folder in own:
            if path.resolve().is_relative_to(folder.resolve()):
                shown = f"{paths.shown(path)} would change what is in {paths.shown(folder)}"
                raise OutputError(f"{shown}; choose another place")
        every = [*self.new.editions.values(), *self.old.editions.values(), {}]
        head = comparison_page.Head(self.old.name, self.new.name, self.unfit, every[0])
        write_whole(path, comparison_page.written(head, self.comparison, self.folders))


def difference(old: str, new: str, folders: Folders, page: Path | None = None) -> ComparedSides:
    """Compare what two words name; an edition that one of the sides should have and lacks is left out.

    The comparison is also written to *page*, if it is given.

    Raises:
        UsageError, ContentRefusedError, OutputError: see `open_side` and `write`.
    """
    both = open_side(old, folders), open_side(new, folders)
    unfit = both[0].unfit | both[1].unfit
    editions = [
        {name: edition for name, edition in side.editions.items() if name not in unfit}
        for side in both
    ]
    whole = ComparedSides(*both, compare(*editions), folders)
    if page:
        whole.write(page)
    return whole
