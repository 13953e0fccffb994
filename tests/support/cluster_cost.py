"""Measure what editions cost that a cluster prints, at some sizes, and what 10,000 would: processor, memory, network.

`.venv/bin/python -m tests.support.cluster_cost 12 24 48` runs a scheduler and two workers on this machine, builds our
own briefs as often as each number says, each in another colour and with nothing kept, and prints the table of
docs/cluster.md, in seconds and MB. The last line takes each further edition to cost what it did between the two
largest sizes. Leave the machine alone meanwhile: other traffic on the loopback device counts as ours.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import psutil

from press.cli.answers import table
from press.tools.bench.content import multiplied
from press.tools.bench.spending import spent
from tests.support.clusters import Running, running
from tests.support.project import ROOT, copied

if TYPE_CHECKING:
    from collections.abc import Iterable

MANY = 10_000


class Cost(NamedTuple):
    """What so many editions cost."""

    editions: float
    parent: float  # processor seconds of the machine that builds
    workers: float  # likewise, print servers included
    scheduler: float
    memory: float  # MB, the most that the machine that builds had
    network: float  # MB that went over it
    clock: float  # seconds

    def cells(self) -> tuple[str, ...]:
        """Return its line of the table."""
        each = (self.parent, self.workers, self.scheduler, self.memory, self.network, self.clock)
        return (f"{self.editions:,.0f}", *(f"{number:,.0f}" for number in each))


HEAD = ("editions", "parent s", "workers s", "scheduler s", "parent MB", "network MB", "clock s")


def used(processes: Iterable[int]) -> float:
    """Return the processor seconds of *processes* and all that they have started, as long as their parents run."""
    total = 0.0
    for number in processes:
        first = psutil.Process(number)
        for process in (first, *first.children(recursive=True)):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def measured(place: Path, cluster: Running, editions: int) -> Cost:
    """Build so many editions, all anew, and return what that cost."""
    project = copied(place)
    shutil.rmtree(project.content)
    multiplied(ROOT / "content", project.content, editions)
    parts = [process.pid for process in cluster.processes]
    before = used(parts[:1]), used(parts[1:]), psutil.net_io_counters(pernic=True)["lo"].bytes_sent
    build = spent(project.command("build", "--executor", cluster.address), place)
    after = used(parts[:1]), used(parts[1:]), psutil.net_io_counters(pernic=True)["lo"].bytes_sent
    scheduler, workers, sent = (there - here for here, there in zip(before, after, strict=True))
    cost = Cost(editions, build.cpu, workers, scheduler, build.memory, sent / 1e6, build.wall)
    print(*cost.cells(), file=sys.stderr)
    return cost


def extrapolated(first: Cost, second: Cost) -> Cost:
    """Return what MANY editions cost, if each more costs as much as those between two measures."""
    share = (MANY - second.editions) / (second.editions - first.editions)
    return Cost(
        *(there + share * (there - here) for here, there in zip(first, second, strict=True))
    )


def main(sizes: list[int]) -> None:
    """Print the table."""
    with TemporaryDirectory(prefix="press-cluster-") as name, running(Path(name), 2) as cluster:
        place = Path(name).resolve()
        measured(place / "warm", cluster, 3)  # the print servers start
        costs = [measured(place / str(size), cluster, size) for size in sizes]
    costs.append(extrapolated(*costs[-2:]))
    print(table([HEAD, *(cost.cells() for cost in costs)]))


if __name__ == "__main__":
    main(sorted(map(int, sys.argv[1:])) or [12, 24, 48])
