"""Compare what two words of the user name, and write the result."""

from dataclasses import dataclass
from pathlib import Path

from press.build.build_request import refuse_own
from press.ground.disk import write_whole
from press.ground.paths import Folders
from press.problems import FAILED, OK
from press.release.diff.comparison import Comparison, compare
from press.release.diff.sides import Side, open_side


@dataclass(frozen=True)
class ComparedSides:
    """A comparison, and between what."""

    old: Side
    new: Side
    comparison: Comparison

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


def difference(old: str, new: str, folders: Folders, page: Path | None = None) -> ComparedSides:
    """Compare what two words name; an edition that one of the sides should have and lacks is left out.

    The comparison is also written to *page*, if it is given: one that needs no other file, whole or not at all.

    Raises:
        UsageError, ContentRefusedError, OutputError: see `open_side`; the page cannot be written there.
    """
    both = open_side(old, folders), open_side(new, folders)
    unfit = both[0].unfit | both[1].unfit
    editions = [
        {name: edition for name, edition in side.editions.items() if name not in unfit}
        for side in both
    ]
    claims = {side.claims for side in both} - {""}
    scores = both[0].scores, both[1].scores
    compared = ComparedSides(*both, compare(*editions, evidence=len(claims) > 1, scores=scores))
    if page:
        from press.release.diff import comparison_page  # noqa: PLC0415 - heavy

        refuse_own(page, folders, "html")
        every = [*compared.new.editions.values(), *compared.old.editions.values(), {}]
        names, partial = (both[0].name, both[1].name), compared.status != OK
        head = comparison_page.Head(*names, compared.unfit, every[0], partial)
        write_whole(page, comparison_page.written(head, compared.comparison, folders))
    return compared
