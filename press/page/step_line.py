"""Place the steps of a brief on a line of time, to scale, under the numbers of their list."""

from collections.abc import Sequence
from typing import NamedTuple

from press.edition.edition import Step

LENGTH = 440.0  # of the line, in points
APART = 19.0  # points between two numbers on one level; those that are nearer stand on several
YEAR = 12
QUARTER = 3


class Stop(NamedTuple):
    """A step on the line."""

    number: int
    at: float  # points from its beginning
    level: int  # 0 on the line, 1 above it
    asked: bool


class StepLine(NamedTuple):
    """What is drawn: the steps, and where quarters and years begin."""

    stops: tuple[Stop, ...]
    quarters: tuple[float, ...]
    years: tuple[tuple[int, float], ...]
    levels: int


def step_line(steps: Sequence[Step], release: str) -> StepLine:
    """Return the line from the month of *release* ('2026-11-24') to that of the last step."""
    first = YEAR * int(release[:4]) + int(release[5:7]) - 1  # in months, as all that follows
    last = max([1, *(step.month for step in steps)])
    begins = {first + each: LENGTH * each / last for each in range(1, last + 1)}
    stops: list[Stop] = []
    ends: list[float] = []  # of each level, where its last number is
    for number, step in enumerate(steps, 1):
        at = LENGTH * max(0, step.month) / last
        level = next((each for each, end in enumerate(ends) if abs(at - end) >= APART), len(ends))
        ends[level : level + 1] = [at]
        stops.append(Stop(number, round(at, 1), level, step.asked))
    quarters = (round(at, 1) for month, at in begins.items() if month % QUARTER == 0)
    years = ((month // YEAR, round(at, 1)) for month, at in begins.items() if month % YEAR == 0)
    return StepLine(tuple(stops), tuple(quarters), tuple(years), len(ends))
