"""Report what was measured: a table, a file, a chart, the figures of the README, and what got worse."""

import json
import os
import platform
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import vl_convert
from pydantic import TypeAdapter, ValidationError

from press.problems import ConfigurationError, counted
from press.tools.bench import cases, goals
from press.tools.bench.peers import PEERS, Means
from press.tools.bench.timing import MEASURES, Timing

RATIOS = ("ratio", "lowest - highest", "ratio of processor time")
HEAD = ("", "briefs", "Press", "other", "", *RATIOS, "MiB of both", "kB of both", "goal")
MADE, FILE, CHART = ".press/bench", "bench.json", "bench.svg"
COLOURS = (
    "#0b5d57",
    "#e07b00",
    "#c8373f",
    "#2a8fbd",
    "#6b8e23",
    "#b8860b",
    "#8e5a9c",
)  # of Press, then peers
TOLERANCE = 1.1  # of a ratio, beyond the spread of the one that is stored
COMPARED = {"wall": "by the clock", "cpu": "of processor"}
MARKS = ("<!-- what inv bench --record wrote -->\n", "<!-- end -->\n")


class Report(NamedTuple):
    """What a task says of its measures."""

    lines: list[tuple[str, ...]]  # of a table, its head first
    numbers: Iterable[int]  # columns of the table
    notes: list[str]
    wrong: list[str]  # what should be better
    facts: dict[str, Any]  # for a program


@dataclass(frozen=True)
class Figures:
    """What was measured on a machine, in so many turns."""

    rounds: int
    machine: dict[str, Any]
    rows: list[Timing]


def measure(
    means: Means, counts: Sequence[int], rounds: int, progress: cases.Progress, *, check: bool
) -> Report:
    """Measure all cases, and write the figures; with *check* say what got worse since those in the docs.

    Raises:
        ConfigurationError: a case fails, or there are no figures to compare with.
    """
    known = stored(means.root) if check else None
    now = Figures(rounds, here(), cases.bench(means, counts, rounds, progress))
    write(means.root / MADE, now)
    notes = [*left_out(now.rows, means), *(uncompared(now, known) if known else ())]
    wrong = [*worse(now, known)] if known else []
    facts = asdict(now) | {"worse": wrong, "notes": notes}
    return Report([HEAD, *map(cells, now.rows)], range(1, 4), notes, wrong, facts)


def here() -> dict[str, Any]:
    """Return what a ratio may depend on of this machine."""
    machine = {"processors": os.cpu_count(), "system": platform.system()}
    return machine | {"python": platform.python_version()}


def cells(row: Timing) -> tuple[str, ...]:
    """Return the line of *row* in the table: seconds and ratios by the clock, or of what alone was measured."""
    measure = next(iter(row.ratios))
    ratio, cpu = row.ratios[measure], row.ratios.get("cpu")
    sides = (f"{getattr(side, measure):.3g} {MEASURES[measure]}" for side in (row.press, row.other))
    spread = f"{ratio.low:.2f} - {ratio.high:.2f}"
    sizes = "{} / {}".format(*row.kilobytes) if row.kilobytes[1] else ""
    memory = f"{row.press.memory:.0f} / {row.other.memory:.0f}" if "memory" in row.ratios else ""
    ratios = (f"{ratio.median:.2f}", spread, f"{cpu.median:.2f}" if cpu else "")
    verdict = goals.verdict(row)
    return (row.name, str(row.briefs), *sides, row.other_name, *ratios, memory, sizes, verdict)


def left_out(rows: list[Timing], means: Means) -> Iterator[str]:
    """Yield what is not in the table: peers that are missing, and goals of which nothing was measured."""
    for peer in PEERS:
        if way_out := peer.lacks(means):
            yield f"not compared with {peer.name}, which is not here: {way_out}"
    for goal in goals.left_open(rows):
        yield f"not measured in this run: {goal}"


def write(folder: Path, now: Figures) -> None:
    """Write figures and chart into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(now), indent=1, ensure_ascii=False) + "\n"
    (folder / FILE).write_text(text, "utf-8")
    (folder / CHART).write_text(chart(now.rows), "utf-8")


def record(root: Path) -> None:
    """Keep the figures and chart that were made last in the docs, and quote them in the README."""
    for name in (FILE, CHART):
        shutil.copy(root / MADE / name, root / "docs")
    readme = root / "README.md"
    readme.write_text(quoted(readme.read_text("utf-8"), stored(root)), "utf-8")


def stored(root: Path) -> Figures:
    """Return the figures that the docs have.

    Raises:
        ConfigurationError: there are none, or none that this Press has written.
    """
    try:
        return TypeAdapter(Figures).validate_json((root / "docs" / FILE).read_bytes())
    except (FileNotFoundError, ValidationError) as error:
        what = f"docs/{FILE} has no figures to compare with; ./inv bench --record writes them"
        raise ConfigurationError(what) from error


def worse(now: Figures, known: Figures) -> Iterator[str]:
    """Yield what got worse since the *known* figures: its median lies above their spread, by more than a tenth.

    What is compared with a fixed amount depends on the machine, and is left out.
    """
    before = {_title(row): row for row in known.rows if row.other_name not in goals.FIXED}
    for row in now.rows:
        old = before.get(_title(row), row).ratios
        for measure in [each for each in COMPARED if each in row.ratios and each in old]:
            ratio, was = row.ratios[measure], old[measure]
            if ratio.median > was.high * TOLERANCE and ratio.low > was.median:
                spread = f"{was.median:.2f} ({was.low:.2f} - {was.high:.2f})"
                what = f"{_title(row)}, {COMPARED[measure]}"
                yield f"worse: {what}: {ratio.median:.2f}, was {spread}"


def uncompared(now: Figures, known: Figures) -> Iterator[str]:
    """Yield which of the *known* figures have no like now, and whether they are of another machine."""
    here, there = now.machine["processors"], known.machine["processors"]
    if here != there:
        yield f"the stored ratios are of a machine with {counted(there, 'processor')}, this one has {here}"
    measured = set(map(_title, now.rows))
    for row in known.rows:
        if _title(row) not in measured:
            yield f"stored, and not measured now: {_title(row)}"


def quoted(readme: str, known: Figures) -> str:
    """Return the text of the *readme* with a table of the *known* figures between its marks."""
    ratio, spread, cpu = RATIOS
    head = ("", "briefs", "Press", "other", f"{ratio} ({spread})", cpu, "goal")
    lines = [head, ("---",) * len(head)]
    for row in known.rows:
        if goal := goals.verdict(row):
            name, briefs, press, other, beside, ratio, spread, cpu, *_ = cells(row)
            ratios = (f"{ratio} ({spread})", cpu)
            lines.append((name, briefs, press, f"{beside}: {other}", *ratios, goal))
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    begin, end = map(re.escape, MARKS)
    return re.sub(f"(?s)({begin}).*?({end})", lambda found: found[1] + table + found[2], readme)


def chart(rows: Sequence[Timing]) -> str:
    """Return a drawing of what a cold build costs by the number of briefs: a line for each tool."""
    builds = [row for row in rows if row.name == "cold"]
    points = _points(builds)
    scale = {"type": "log", "nice": False}
    tools = ["Press", *(peer.name for peer in PEERS)]
    there = [tool for tool in tools if any(tool == point["tool"] for point in points)]
    colours = dict(zip(tools, COLOURS, strict=True))
    ticks = {"values": sorted({row.briefs for row in builds})}
    color = {"field": "tool", "type": "nominal", "title": None}
    spec = {
        "data": {"values": points},
        "mark": {"type": "line", "point": True},
        "width": 300,
        "height": 260,
        "padding": {
            "left": 5,
            "top": 5,
            "right": 30,
            "bottom": 5,
        },  # the legend is wider than the engine thinks
        "encoding": {
            "x": {"field": "briefs", "type": "quantitative", "scale": scale, "axis": ticks},
            "y": {
                "field": "seconds",
                "type": "quantitative",
                "scale": {"type": "log"},
                "title": "seconds, on a logarithmic scale; less is better",
            },
            "color": color
            | {"scale": {"domain": there, "range": [colours[tool] for tool in there]}},
            "strokeWidth": {
                "condition": {"test": "datum.tool == 'Press'", "value": 4},
                "value": 1.5,
            },
            "column": {"field": "of", "title": "Seconds for PDFs of all briefs, nothing kept"},
        },
    }
    return str(vl_convert.vegalite_to_svg(spec, vl_version="6.4", allowed_base_urls=[]))


def _points(builds: Sequence[Timing]) -> list[dict[str, Any]]:
    return [
        {"tool": tool, "briefs": row.briefs, "seconds": getattr(side, measure), "of": of}
        for row in builds
        for tool, side in (("Press", row.press), (row.other_name, row.other))
        for measure, of in COMPARED.items()
    ]


def _title(row: Timing) -> str:
    return f"{row.name}, {counted(row.briefs, 'brief')}, beside {row.other_name}"
