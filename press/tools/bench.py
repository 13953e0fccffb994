"""Measure builds: time Press beside a plain WeasyPrint script that prints the same pages with the same faces.

Every figure is of a whole process and its children: wall and processor time in seconds, peak memory of the largest
process in MB. Two commands take turns, and the ratio is the median of the ratios of their turns, so that a machine
whose speed drifts does not distort it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

from press.page import fonts
from press.page.cut import printed
from press.problems import OK, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Progress = Callable[[int, int, str], None]
    Command = list[str]
    Prepare = Callable[[], None]

PARTS = ("press", "templates", "requirements", "tasks.py", "pyproject.toml", "inv")
LEFT_OUT = shutil.ignore_patterns("__pycache__")
# Dark enough for text on white: drawings of copies in another colour are drawn, not taken from the store.
ACCENTS = ("#0b5d57", "#7a4a00", "#1f4e8c", "#6b2d5c", "#4d5d0b", "#8c1f1f")
EDIT = "Again: "  # what the summary of a brief begins with after every other edit
SCRIPT = """\
import pathlib, sys
from weasyprint import HTML
for name in sys.argv[1:]:
    page = pathlib.Path(name)
    HTML(filename=page).write_pdf(page.with_suffix(".pdf"), pdf_tags=True)
"""


@dataclass(frozen=True)
class Spent:
    """What one process and its children took."""

    wall: float  # s
    cpu: float  # s, user and system
    memory: float  # MB, of the largest process


@dataclass(frozen=True)
class Row:
    """One comparison: medians of each side, and of the ratios of their turns."""

    name: str
    briefs: int
    press: Spent
    other: Spent
    other_name: str
    wall_ratio: float
    wall_spread: tuple[float, float]  # the lowest and the highest ratio
    cpu_ratio: float


@dataclass(frozen=True)
class Measured:
    """All comparisons of a run."""

    rounds: int
    rows: tuple[Row, ...]
    status: int = OK

    def as_text(self) -> str:
        """Return a table."""
        head = ("", "briefs", "press s", "other s", "", "ratio", "from - to", "cpu ratio", "MB")
        lines = [head, *map(_cells, self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )

    def as_json(self) -> dict[str, Any]:
        """Return the same with all figures."""
        return asdict(self)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        str(row.briefs),
        f"{row.press.wall:.2f}",
        f"{row.other.wall:.2f}",
        row.other_name,
        f"{row.wall_ratio:.2f}",
        f"{row.wall_spread[0]:.2f} - {row.wall_spread[1]:.2f}",
        f"{row.cpu_ratio:.2f}",
        f"{row.press.memory:.0f}",
    )


@dataclass(frozen=True)
class Bench:
    """A copy of the project with content for some briefs, and the pages that a plain script prints."""

    root: Path
    briefs: tuple[str, ...]

    def press(self, *words: str) -> list[str]:
        """Return the command line of a task of the copy."""
        return [str(self.root / ".venv/bin/python"), *["-I", "-X", "utf8", "-m", "press"], *words]

    def script(self) -> list[str]:
        """Return the command line of the plain script."""
        pages = (str(self.root / "plain" / f"{brief}.html") for brief in self.briefs)
        return [sys.executable, "-I", str(self.root / "plain" / "script.py"), *pages]

    def forget(self) -> None:
        """Remove all that is kept between builds."""
        for name in ("build", ".press"):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def edit(self) -> None:
        """Change the summary of one brief, so that one has to be printed again."""
        path = self.root / "content" / "briefs" / f"{self.briefs[0]}.yaml"
        text = path.read_text("utf-8")
        plain, edited = "summary: >-\n  ", f"summary: >-\n  {EDIT}"
        old, new = (edited, plain) if edited in text else (plain, edited)
        path.write_text(text.replace(old, new, 1), "utf-8")


def bench(root: Path, counts: Sequence[int], rounds: int, progress: Progress) -> Measured:
    """Measure builds of as many briefs as each of *counts* says, in *rounds* turns; *root* is the project's folder.

    Raises:
        ConfigurationError: a command that is measured fails.
    """
    rows: list[Row] = []
    total = 4 * len(counts)
    with TemporaryDirectory(prefix="press-bench-") as folder:
        for count in counts:
            place = prepared(root, Path(folder) / str(count), count)
            for each in compared(place, rounds):
                rows.append(each)
                progress(len(rows), total, f"{each.name}, {count} briefs")
    return Measured(rounds, tuple(rows))


def compared(place: Bench, rounds: int) -> Iterator[Row]:
    """Yield the comparisons of one copy of the project: cold, edited, unchanged, and unchanged for one audience."""
    build, script, listing = place.press("build"), place.script(), place.press("--list")
    audience = place.press("build", "--audience", place.briefs[0])
    pairs: tuple[tuple[str, Command, Prepare, Command, str], ...] = (
        ("cold", build, place.forget, script, "plain script"),
        ("one brief edited", build, place.edit, script, "plain script"),
        ("unchanged", build, _nothing, listing, "inv --list"),
        ("unchanged, one audience", audience, _nothing, listing, "inv --list"),
    )
    for name, ours, prepare, theirs, other in pairs:
        turns = []
        for _ in range(rounds):
            prepare()
            turns.append((spent(ours, place.root), spent(theirs, place.root)))
        yield row(name, len(place.briefs), other, turns)


def _nothing() -> None:
    """Prepare nothing."""


def row(name: str, briefs: int, other: str, turns: Sequence[tuple[Spent, Spent]]) -> Row:
    """Return the comparison of *turns*, each of which is of our side and of the other."""
    walls = [ours.wall / theirs.wall for ours, theirs in turns]
    return Row(
        name,
        briefs,
        _medians([ours for ours, _ in turns]),
        _medians([theirs for _, theirs in turns]),
        other,
        round(median(walls), 3),
        (round(min(walls), 3), round(max(walls), 3)),
        round(median(ours.cpu / theirs.cpu for ours, theirs in turns), 3),
    )


def _medians(many: Sequence[Spent]) -> Spent:
    return Spent(*(round(median(values), 3) for values in zip(*map(_figures, many), strict=True)))


def _figures(spent: Spent) -> tuple[float, float, float]:
    return spent.wall, spent.cpu, spent.memory


def spent(command: Command, folder: Path) -> Spent:
    """Run *command* in *folder* and return what it took.

    Raises:
        ConfigurationError: it fails.
    """
    log = folder / "bench.log"
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "plain" / "fonts.conf")}
    began = perf_counter()
    process = os.posix_spawn(
        command[0],
        command,
        environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )
    _, status, used = os.wait4(process, 0)
    wall = perf_counter() - began
    if status:
        raise ConfigurationError(f"{' '.join(command)} failed:\n{log.read_text('utf-8')[-2000:]}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def prepared(root: Path, place: Path, count: int) -> Bench:
    """Copy the project to *place* with *count* briefs, build it, and keep its pages for the script."""
    place.mkdir(parents=True)
    for source in (root / name for name in PARTS):
        if source.is_dir():
            shutil.copytree(source, place / source.name, ignore=LEFT_OUT)
        else:
            shutil.copy2(source, place)
    (place / ".venv").symlink_to(sys.prefix)
    bench = Bench(place, multiplied(root / "content", place / "content", count))
    plain = place / "plain"
    plain.mkdir()
    (plain / "script.py").write_text(SCRIPT, "utf-8")
    (plain / "fonts.conf").write_text(
        fonts.fontconfig(place / "templates" / "fonts", plain / "cache"), "utf-8"
    )
    spent(bench.press("build"), place)
    for brief in bench.briefs:
        [page] = (place / "build").glob(f"*/{brief}.html")
        (plain / page.name).write_text(printed(page.read_text("utf-8")), "utf-8")
    spent(bench.script(), place)  # fills the cache of the faces
    return bench


def multiplied(source: Path, content: Path, count: int) -> tuple[str, ...]:
    """Copy the content *source* so that it has *count* briefs, each in its own colour; return their ids."""
    shutil.copytree(source, content)
    briefs = sorted((content / "briefs").glob("*.yaml"))
    texts = {path.stem: path.read_text("utf-8") for path in briefs}
    for path in briefs:
        path.unlink()
    limits = content / "limits.yaml"
    text = re.sub(r"(?m)^  shared_percent: .*$", "  shared_percent: 100", limits.read_text("utf-8"))
    limits.write_text(text, "utf-8")
    return tuple(_copied(content, texts, number) for number in range(count))


def _copied(content: Path, texts: dict[str, str], number: int) -> str:
    """Write the brief *number*, a copy of one of *texts*; return its id."""
    stem = list(texts)[number % len(texts)]
    turn = number // len(texts)
    name = f"{stem}-{turn}" if turn else stem
    accent = ACCENTS[number % len(ACCENTS)]
    text = re.sub(r"(?m)^accent: .*$", f'accent: "{accent}"', texts[stem])
    (content / "briefs" / f"{name}.yaml").write_text(text, "utf-8")
    return name
