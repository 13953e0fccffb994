"""Build many times in a row, each time after an edit, beside a preview that shows them: nothing may grow for ever."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import mean
from subprocess import Popen
from tempfile import TemporaryDirectory

from press.ground.store import LIMIT, Store
from press.problems import ConfigurationError
from press.tools.bench.content import Bench, copied
from press.tools.bench.previewing import running

SAMPLES = 20
STORE = 32  # MiB that a store may have: reached after some tens of builds
GROWTH = 1.1  # the most that the last quarter may have of what the second had
HEAD = ("builds", "build MiB", "preview MiB", "preview files", "store MiB", "files kept")


@dataclass(frozen=True)
class Sample:
    """What there was after some builds."""

    builds: int
    build: float  # MiB of memory, of the largest process of a build
    preview: float  # MiB of memory, of the preview
    handles: int  # open files of the preview
    store: float  # MiB
    kept: int  # files in .press

    def cells(self) -> tuple[str, ...]:
        """Return its row of a table."""
        return tuple(
            f"{each:.1f}" if isinstance(each, float) else str(each) for each in astuple(self)
        )


def samples(root: Path, builds: int, progress: Callable[[int, int, str], None]) -> list[Sample]:
    """Build so many times in a copy of the project in *root*, and return what there was now and then.

    Raises:
        ConfigurationError: the system does not tell what a process has, or a build fails.
    """
    if not Path("/proc/self/status").exists():
        raise ConfigurationError("this system does not tell what a process has; measure on Linux")
    os.environ[LIMIT] = str(STORE)
    with TemporaryDirectory(prefix="press-bench-") as folder:
        bench = copied(root, Path(folder) / "soak", 1)
        return [*_soak(bench, builds, progress)]


def _soak(bench: Bench, builds: int, progress: Callable[[int, int, str], None]) -> Iterator[Sample]:
    with running(bench, bench.press("preview", "--no-open")) as preview:
        for number in range(1, builds + 1):
            bench.edit()
            spent = bench.run("build")
            progress(number, builds, "")
            if number % max(1, builds // SAMPLES) == 0:
                yield _sample(bench, number, spent.memory, preview)


def _sample(bench: Bench, builds: int, memory: float, preview: Popen[str]) -> Sample:
    own = Path("/proc", str(preview.pid))
    status = (own / "status").read_text("utf-8")
    resident = int(status.partition("VmRSS:")[2].split()[0]) / (1 << 10)
    work = bench.root / ".press"
    _, size = Store(work / "store").size()
    kept = sum(path.is_file() for path in work.rglob("*"))
    handles = len(list((own / "fd").iterdir()))
    return Sample(builds, memory, resident, handles, size / (1 << 20), kept)


def growing(samples: Sequence[Sample]) -> Iterator[str]:
    """Yield what has not levelled off: its mean in the last quarter is more than in the second."""
    quarter = len(samples) // 4
    if not quarter:
        yield f"too few builds to tell: {4} would do"
        return
    second, last = samples[quarter : 2 * quarter], samples[-quarter:]
    for at, name in enumerate(HEAD[1:], 1):
        before, after = (mean(astuple(each)[at] for each in part) for part in (second, last))
        if after > GROWTH * before:
            yield f"{name} grow: {before:.1f} in the second quarter, {after:.1f} in the last"
