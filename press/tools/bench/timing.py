"""Compare what Press took with what another took: the ratios of their turns, their medians and spreads."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from statistics import median
from typing import Any

from press.tools.bench.spending import Spent

MEASURES = {"wall": "by the clock", "cpu": "of processor", "memory": "of memory"}
UNITS = {"wall": "s", "cpu": "s", "memory": "MiB"}


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
        if all(theirs for _, theirs in pairs) and any(ours for ours, _ in pairs):
            every = [round(ours / theirs, 3) for ours, theirs in pairs]
            ratios[measure] = Ratio(median(every), min(every), max(every))
    return Timing(name, briefs, press, others, other, ratios, kilobytes)


def timing_of(row: dict[str, Any]) -> Timing:
    """Return the comparison that a file has as *row*."""
    ratios = {measure: Ratio(**ratio) for measure, ratio in row["ratios"].items()}
    sides = {side: Spent(**row[side]) for side in ("press", "other")}
    return Timing(**(row | sides | {"ratios": ratios, "kilobytes": tuple(row["kilobytes"])}))
