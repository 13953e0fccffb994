"""Build many times in a row, each time after an edit, beside a preview that shows them: nothing may grow for ever."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean

from press.ground.store import LIMIT, Store
from press.problems import ConfigurationError
from press.tools.bench.content import Bench, copied, scratch
from press.tools.bench.previewing import running
from press.tools.bench.report import MADE, Report

FILE = "soak.json"
SAMPLES = 20
STORE = 32  # MiB that a store may have: reached after some tens of builds
GROWTH = 1.1  # the most that the last quarter may have of what the second had
# Memory is of the largest process of a build; files are those that a preview has open, and those kept in .press.
HEAD = ("builds", "build MiB", "preview MiB", "preview files", "store MiB", "files kept")
Sample = tuple[float, ...]


def soak(root: Path, builds: int, progress: Callable[[int, int, str], None]) -> Report:
    """Build so many times in a copy of the project in *root*, and report what there was now and then.

    The figures are in `.press/bench` too, as they come: of a run that was ended they are all that there is.

    Raises:
        ConfigurationError: the system does not say what a process has, or a build fails.
    """
    if not Path("/proc/self/status").exists():
        raise ConfigurationError("this system does not say what a process has; measure on Linux")
    os.environ[LIMIT] = str(STORE)
    samples: list[Sample] = []
    (root / MADE).mkdir(parents=True, exist_ok=True)
    with scratch() as folder:
        bench = small(root, folder / "soak")
        with running(bench, bench.press("preview", "--no-open")) as preview:
            for number in range(1, builds + 1):
                progress(number - 1, builds, "")
                bench.edit()
                memory = bench.run("build").memory
                if number % max(1, builds // SAMPLES) == 0:
                    samples.append((number, memory, *_sample(bench, preview.pid)))
                    (root / MADE / FILE).write_text(json.dumps({"samples": samples}), "utf-8")
    grown = [*growing(samples)]
    lines = [HEAD, *(tuple(str(round(each, 1)) for each in sample) for sample in samples)]
    return Report(lines, range(6), [], grown, {"samples": samples, "grown": grown})


def small(root: Path, place: Path) -> Bench:
    """Copy the project to *place* with the series that `inv new series` writes: its brief is short."""
    bench = copied(root, place, 1)
    shutil.rmtree(place / "content")
    known = ("--name", "Meals", "--publisher", "The board", "--contact", "board@example.org")
    bench.run("new", "series", "content", *known, "--audience", "readers")
    return Bench(place, ("readers",))


def _sample(bench: Bench, preview: int) -> Sample:
    own, work = Path("/proc", str(preview)), bench.root / ".press"
    status = (own / "status").read_text("utf-8")
    resident = int(status.partition("VmRSS:")[2].split()[0]) / (1 << 10)
    _, size = Store(work / "store").size()
    kept = sum(path.is_file() for path in work.rglob("*"))
    return resident, len([*(own / "fd").iterdir()]), size / (1 << 20), kept


def growing(samples: Sequence[Sample]) -> Iterator[str]:
    """Yield what has not levelled off in *samples*, four or more: the last quarter has more than the second."""
    quarter = len(samples) // 4
    columns = list(zip(HEAD, zip(*samples, strict=True), strict=True))
    for name, column in columns[1:]:
        before, after = mean(column[quarter : 2 * quarter]), mean(column[-quarter:])
        if after > GROWTH * before:
            yield f"{name} grow: {before:.1f} in the second quarter, {after:.1f} in the last"
