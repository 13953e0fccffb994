"""Compare what Press took with what another took: the ratios of their turns, their medians and spreads."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from statistics import median

from press.tools.bench.spending import Spent

MEASURES = {"wall": "s", "cpu": "s", "memory": "MiB"}  # with their units


@dataclass(frozen=True)
class Ratio:
    """What Press took as a share of what the other took, turn by turn."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Timing:
    """One comparison: the medians of each side, and the ratios of their turns."""

    name: str
    briefs: int
    press: Spent
    other: Spent
    other_name: str
    ratios: dict[str, Ratio]  # by measure; one that was not measured is left out
    kilobytes: tuple[int, int] = (0, 0)  # of the PDFs of each side, where both print the same


def timing(
    name: str,
    briefs: int,
    other: str,
    turns: Sequence[tuple[Spent, Spent]],
    kilobytes: tuple[int, int] = (0, 0),
) -> Timing:
    """Return the comparison of *turns*, each of which is of our side and of the other."""
    press, others = (
        Spent(*(round(median(column), 4) for column in zip(*map(astuple, side), strict=True)))
        for side in zip(*turns, strict=True)
    )
    ratios = {}
    for measure in MEASURES:
        pairs = [(getattr(ours, measure), getattr(theirs, measure)) for ours, theirs in turns]
        if all(theirs for _, theirs in pairs):
            every = [round(ours / theirs, 3) for ours, theirs in pairs]
            ratios[measure] = Ratio(median(every), min(every), max(every))
    return Timing(name, briefs, press, others, other, ratios, kilobytes)
