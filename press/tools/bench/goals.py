"""State how fast Press should be, and say of a comparison whether it is so."""

from collections.abc import Iterator
from dataclasses import dataclass

from press.tools.bench.timing import Timing

PLAIN, LISTING, WARM = "plain WeasyPrint", "inv --list", "a plain warm render"
# What is compared with no other command, but with what the goal allows.
PAGE_SHOWN, ROOM, CHECKING = "100 ms", "0.02 MiB a brief", "20 s of processor"
FIXED = {PAGE_SHOWN, ROOM, CHECKING}
ALL = 0


@dataclass(frozen=True)
class Goal:
    """The most that a case may take, as a share of what another takes."""

    case: str
    briefs: int  # ALL: however many there are
    other: str
    limit: float
    measure: str = "wall"
    each: float = 0.0  # s, which every brief may take besides

    def is_of(self, row: Timing) -> bool:
        """Return True if *row* is of this goal."""
        same = (self.case, self.other) == (row.name, row.other_name)
        return same and self.briefs in {ALL, row.briefs} and self.measure in row.ratios

    def met(self, row: Timing) -> bool:
        """Return True if *row* keeps to it."""
        more = self.each * row.briefs / float(getattr(row.other, self.measure))
        return row.ratios[self.measure].median <= self.limit + more

    def __str__(self) -> str:
        unit = "processor " if self.measure == "cpu" else ""
        return f"{unit}≤ {self.limit:g}" + (
            f", and {self.each * 1000:g} ms a brief" if self.each else ""
        )


GOALS = (
    Goal("cold", 1, PLAIN, 1.5),
    Goal("cold", 1, PLAIN, 1.5, "cpu"),
    Goal("cold", 3, PLAIN, 1.0),
    Goal("cold", 3, PLAIN, 1.0, "cpu"),
    Goal("cold", 12, PLAIN, 0.45),
    Goal("cold", 12, "Chromium", 0.8),
    Goal("one block edited", ALL, f"{PLAIN}, that brief", 0.9),
    Goal("unchanged", ALL, LISTING, 1.1, each=0.0002),
    Goal("unchanged, one audience", ALL, LISTING, 1.1, each=0.0002),
    Goal("preview: edit to HTML", ALL, PAGE_SHOWN, 1.0),
    Goal("preview: edit to picture", ALL, WARM, 0.6),
    Goal("cold, two workers", 12, "one worker", 0.588),  # 1 / 1.7
    Goal("a page more of a long brief", ALL, "a page more of a short one", 1.5, "cpu"),
    Goal("memory of a brief more", ALL, ROOM, 1.0, "memory"),
    Goal("check, without prints", 100, CHECKING, 1.0, "cpu"),
)


def verdict(row: Timing) -> str:
    """Return the goals that are set for *row*, each with whether it is met."""
    return "; ".join(
        f"{goal} {'met' if goal.met(row) else 'MISSED'}" for goal in GOALS if goal.is_of(row)
    )


def left_open(rows: list[Timing]) -> Iterator[str]:
    """Yield the goals of which no row is."""
    for goal in GOALS:
        if not any(map(goal.is_of, rows)):
            briefs = f", {goal.briefs} briefs" if goal.briefs else ""
            yield f"{goal.case}{briefs}, beside {goal.other}: {goal}"
