"""Time builds beside a plain WeasyPrint script that prints the same pages with the same faces.

Every figure is of a whole process and its children: wall and processor time in seconds, peak memory of the largest
process in MB. Two commands take turns, and the ratio is the median of the ratios of their turns, so that a machine
whose speed drifts does not distort it.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from press.page import fonts
from press.page.cut import printed
from press.problems import ConfigurationError
from press.tools import bench_mail, bench_preview

Progress = Callable[[int, int, str], None]

PARTS = ("press", "templates", "requirements", "tasks.py", "pyproject.toml", "inv")
# Dark enough for text on white: drawings of copies in another colour are drawn, not taken from the store.
ACCENTS = ("#0b5d57", "#7a4a00", "#1f4e8c", "#6b2d5c", "#4d5d0b", "#8c1f1f")
EDIT = "Again, "
READERS = 500  # of a mailing
SCRIPT = """\
import pathlib, sys
from weasyprint import HTML
for name in sys.argv[1:]:
    page = pathlib.Path(name)
    HTML(filename=page).write_pdf(page.with_suffix(".pdf"), pdf_tags=True)
"""
HEAD = ("", "briefs", "press s", "other s", "", "ratio", "from - to", "cpu ratio", "MB")


@dataclass(frozen=True)
class Spent:
    """What one process and its children took."""

    wall: float  # s
    cpu: float  # s, user and system
    memory: float  # MB, of the largest process


@dataclass(frozen=True)
class Timing:
    """One comparison: the medians of each side, and of the ratios of their turns."""

    name: str
    briefs: int
    press: Spent
    other: Spent
    other_name: str
    wall_ratio: float
    wall_spread: tuple[float, float]  # the lowest and the highest ratio
    cpu_ratio: float

    def cells(self) -> tuple[str, ...]:
        """Return its line of the table."""
        times = (f"{self.press.wall:.2f}", f"{self.other.wall:.2f}", self.other_name)
        spread = "{:.2f} - {:.2f}".format(*self.wall_spread)
        ratios = (f"{self.wall_ratio:.2f}", spread, f"{self.cpu_ratio:.2f}")
        return (self.name, str(self.briefs), *times, *ratios, f"{self.press.memory:.0f}")


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
        """Change the summary of one brief, each time to words that no print is kept of."""
        path = self.root / "content" / "briefs" / f"{self.briefs[0]}.yaml"
        text = path.read_text("utf-8")
        edited = re.sub(r"(?m)^(summary: (?:>-\n +)?)", rf"\1{EDIT}", text, count=1)
        path.write_text(edited, "utf-8")


def bench(root: Path, counts: Sequence[int], rounds: int, progress: Progress) -> tuple[Timing, ...]:
    """Time builds of as many briefs as each of *counts* says, in *rounds* turns; *root* is the project's folder.

    Raises:
        ConfigurationError: a command that is measured fails.
    """
    rows: list[Timing] = []
    with TemporaryDirectory(prefix="press-bench-") as folder:
        for count in counts:
            place = prepared(root, Path(folder) / str(count), count)
            for row in compared(place, rounds):
                rows.append(row)
                progress(len(rows), 4 * len(counts) + 2, f"{row.name}, {count} briefs")
        rows += [previewed(place, rounds), mailed(place, rounds)]
    return tuple(rows)


def previewed(place: Bench, rounds: int) -> Timing:
    """Return how long an edit takes to the page of a preview, beside a build; only the time is measured."""
    command, brief = place.press("preview", "--no-open"), place.briefs[0]
    waits = [*bench_preview.edits(command, place.root, place.edit, brief, rounds)]
    turns = []
    for wait in waits:
        place.edit()
        turns.append((Spent(wait, 0, 0), spent(place.press("build"), place.root)))
    return timing("preview: edit to HTML", len(place.briefs), "inv build", turns)


def mailed(place: Bench, rounds: int, readers: int = READERS) -> Timing:
    """Return the comparison of a mailing to so many *readers*; its name says how many of them a second."""
    audience = place.briefs[0]
    send = place.press("send", "--audience", audience, "--to", str(place.root / "readers.csv"))
    send += ["--draft", "--really", "--readers", str(readers)]
    turns = []
    with bench_mail.serving() as port:
        script = [sys.executable, "-I", *bench_mail.lay_out(place.root, port, audience, readers)]
        spent(place.press("release", "--draft", "--uncommitted"), place.root)
        for _ in range(rounds):
            for path in (place.root / "releases").glob("*.ledger.sqlite"):
                path.unlink()
            turns.append((spent(send, place.root), spent(script, place.root)))
    rate = readers / median(ours.wall for ours, _ in turns)
    return timing(f"mail, {rate:.0f} a second", 1, "plain script", turns)


def compared(place: Bench, rounds: int) -> Iterator[Timing]:
    """Yield the comparisons of one copy of the project: cold, edited, unchanged, and unchanged for one audience."""
    build, audience = place.press("build"), place.press("build", "--audience", place.briefs[0])
    script = ("plain script", place.script())
    listing = ("inv --list", place.press("--list"))
    pairs: tuple[tuple[str, list[str], Callable[[], object], tuple[str, list[str]]], ...] = (
        ("cold", build, place.forget, script),
        ("one brief edited", build, place.edit, script),
        ("unchanged", build, bool, listing),
        ("unchanged, one audience", audience, bool, listing),
    )
    for name, ours, prepare, (other, theirs) in pairs:
        turns = []
        for _ in range(rounds):
            prepare()
            turns.append((spent(ours, place.root), spent(theirs, place.root)))
        yield timing(name, len(place.briefs), other, turns)


def timing(name: str, briefs: int, other: str, turns: Sequence[tuple[Spent, Spent]]) -> Timing:
    """Return the comparison of *turns*, each of which is of our side and of the other."""
    press, others = (
        Spent(*(round(median(column), 3) for column in zip(*map(astuple, side), strict=True)))
        for side in zip(*turns, strict=True)
    )
    walls = [round(ours.wall / theirs.wall, 3) for ours, theirs in turns]
    cpu = round(median(ours.cpu / theirs.cpu for ours, theirs in turns), 3)
    return Timing(name, briefs, press, others, other, median(walls), (min(walls), max(walls)), cpu)


def spent(command: list[str], folder: Path) -> Spent:
    """Run *command* in *folder*, with its faces, and return what it took.

    Raises:
        ConfigurationError: it fails.
    """
    log = folder / "bench.log"
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "plain" / "fonts.conf")}
    began = perf_counter()
    to_log = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    actions = [to_log, (os.POSIX_SPAWN_DUP2, 1, 2)]
    with chdir(folder):
        process = os.posix_spawn(command[0], command, environment, file_actions=actions)
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
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, place / source.name, ignore=ignored)
        else:
            shutil.copy2(source, place)
    (place / ".venv").symlink_to(sys.prefix)
    bench = Bench(place, multiplied(root / "content", place / "content", count))
    plain = place / "plain"
    plain.mkdir()
    (plain / "script.py").write_text(SCRIPT, "utf-8")
    faces = fonts.fontconfig(place / "templates" / "fonts", plain / "cache")
    (plain / "fonts.conf").write_text(faces, "utf-8")
    spent(bench.press("build"), place)
    for brief in bench.briefs:
        [page] = (place / "build").glob(f"*/{brief}.html")
        (plain / page.name).write_text(printed(page.read_text("utf-8")), "utf-8")
    spent(bench.script(), place)  # fills the cache of the faces
    return bench


def multiplied(source: Path, content: Path, count: int) -> tuple[str, ...]:
    """Copy the content *source* so that it has *count* briefs, each in its own colour; return their ids."""
    shutil.copytree(source, content)
    texts = {path: path.read_text("utf-8") for path in sorted((content / "briefs").glob("*.yaml"))}
    for path in texts:
        path.unlink()
    limits = content / "limits.yaml"
    text = re.sub(r"(?m)^  shared_percent: .*$", "  shared_percent: 100", limits.read_text("utf-8"))
    limits.write_text(text, "utf-8")
    briefs = []
    for number in range(count):
        turn, which = divmod(number, len(texts))
        path = list(texts)[which]
        briefs.append(f"{path.stem}-{turn}" if turn else path.stem)
        accent = f'accent: "{ACCENTS[number % len(ACCENTS)]}"'
        text = re.sub(r"(?m)^accent: .*$", accent, texts[path])
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(turn))  # no two are alike
        text = re.sub(r"(?m)^(label: .*[^\"'\n])([\"']?)$", rf"\1 {letters}\2", text)
        path.with_stem(briefs[-1]).write_text(text, "utf-8")
    return tuple(briefs)
