"""Report what was measured: a table, a file, a chart, the figures of the README, and what got worse."""

import json
import os
import platform
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import vl_convert

from press.problems import counted
from press.tools.bench import goals
from press.tools.bench.peers import PEERS, Means
from press.tools.bench.timing import MEASURES, UNITS, Timing, timing_of

HEAD = ("", "briefs", "press", "other", "", "ratio", "from - to", "cpu ratio", "MiB", "kB", "goal")
NUMBERS = range(1, 4)  # columns of the table
FILE, CHART = "bench.json", "bench.svg"
TOLERANCE = 1.1  # of a ratio, beyond the spread of the one that is stored
NONE: dict[str, Any] = {
    "machine": {"processors": os.cpu_count()},
    "rows": [],
}  # nothing to compare with
MARKS = ("<!-- what inv bench --record wrote -->\n", "<!-- end -->\n")


def cells(row: Timing) -> tuple[str, ...]:
    """Return the line of *row* in the table: seconds and ratios by the clock, or of what alone was measured."""
    measure = next(iter(row.ratios))
    ratio, cpu = row.ratios[measure], row.ratios.get("cpu")
    sides = (f"{getattr(side, measure):.3g} {UNITS[measure]}" for side in (row.press, row.other))
    spread = f"{ratio.low:.2f} - {ratio.high:.2f}"
    sizes = "{} / {}".format(*row.kilobytes) if row.kilobytes[1] else ""
    memory = f"{row.press.memory:.0f} / {row.other.memory:.0f}" if "memory" in row.ratios else ""
    ratios = (f"{ratio.median:.2f}", spread, f"{cpu.median:.2f}" if cpu else "")
    verdict = goals.verdict(row)
    return (row.name, str(row.briefs), *sides, row.other_name, *ratios, memory, sizes, verdict)


def notes(rows: list[Timing], means: Means) -> Iterator[str]:
    """Yield what is not in the table: peers that are missing, and goals of which nothing was measured."""
    for peer in PEERS:
        if way_out := peer.lacks(means):
            yield f"not compared with {peer.name}, which is not here: {way_out}"
    for goal in goals.left_open(rows):
        yield f"not measured in this run: {goal}"


def facts(rows: list[Timing], rounds: int) -> dict[str, Any]:
    """Return what a file or a program gets."""
    machine = {"processors": os.cpu_count(), "system": platform.system()}
    machine["python"] = platform.python_version()
    return {"rounds": rounds, "machine": machine, "rows": [asdict(row) for row in rows]}


def write(folder: Path, known: dict[str, Any]) -> None:
    """Write figures and chart into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(known, indent=1, ensure_ascii=False) + "\n"
    (folder / FILE).write_text(text, "utf-8")
    (folder / CHART).write_text(chart([*map(timing_of, known["rows"])]), "utf-8")


def record(root: Path, known: dict[str, Any]) -> None:
    """Keep figures and chart in the docs, and quote them in the README."""
    write(root / "docs", known)
    readme = root / "README.md"
    readme.write_text(quoted(readme.read_text("utf-8"), known), "utf-8")


def stored(root: Path) -> dict[str, Any]:
    """Return the figures that the docs have."""
    return json.loads((root / "docs" / FILE).read_text("utf-8"))  # type: ignore[no-any-return] # as facts made it


def worse(rows: Sequence[Timing], known: dict[str, Any]) -> Iterator[str]:
    """Yield what got worse since the *known* figures: its median lies above their spread, by more than a tenth.

    What is compared with a fixed amount depends on the machine, and is left out.
    """
    before = {_key(row): row for row in map(timing_of, known["rows"])}
    for row in rows:
        old = before.get(_key(row))
        if old is None or row.other_name in goals.FIXED:
            continue
        for measure in (each for each in MEASURES if each in row.ratios and each in old.ratios):
            now, was = row.ratios[measure], old.ratios[measure]
            if now.median > was.high * TOLERANCE and now.low > was.median:
                what = (
                    f"{row.name}, {row.briefs} briefs, beside {row.other_name}, {MEASURES[measure]}"
                )
                yield f"worse: {what}: {now.median:.2f}, was {was.median:.2f} ({was.low:.2f} - {was.high:.2f})"


def uncompared(rows: Sequence[Timing], known: dict[str, Any]) -> Iterator[str]:
    """Yield which of the *known* figures have no like now, and whether they are of another machine."""
    now, then = os.cpu_count(), known["machine"]["processors"]
    if now != then:
        yield f"the stored ratios are of a machine with {counted(then, 'processor')}, this one has {now}"
    measured = {_key(row) for row in rows}
    for row in map(timing_of, known["rows"]):
        if _key(row) not in measured:
            yield f"stored, and not measured now: {row.name}, {row.briefs} briefs, beside {row.other_name}"


def quoted(readme: str, known: dict[str, Any]) -> str:
    """Return the text of the *readme* with a table of the *known* figures between its marks."""
    head = ("", "briefs", "Press", "beside", "ratio (lowest - highest)", "of processor", "goal")
    lines = [head, ("---",) * len(head)]
    for row in map(timing_of, known["rows"]):
        if goal := goals.verdict(row):
            name, briefs, press, other, beside, ratio, spread, cpu, *_ = cells(row)
            ratios = (f"{ratio} ({spread})", cpu)
            lines.append((name, briefs, press, f"{beside}: {other}", *ratios, goal))
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    begin, end = map(re.escape, MARKS)
    return re.sub(f"(?s)({begin}).*?({end})", lambda found: found[1] + table + found[2], readme)


def chart(rows: Sequence[Timing]) -> str:
    """Return a drawing of what a cold build costs by the number of briefs: a line for each tool."""
    points = []
    for row in rows:
        if row.name == "cold":
            for tool, side in (("Press", row.press), (row.other_name, row.other)):
                points += [
                    {"tool": tool, "briefs": row.briefs, "seconds": seconds, "of": of}
                    for seconds, of in ((side.wall, "by the clock"), (side.cpu, "of processor"))
                ]
    order = ["Press", *(peer.name for peer in PEERS)]
    scale = {"type": "log", "nice": False}
    ticks = {"values": sorted({row.briefs for row in rows if row.name == "cold"})}
    encoding: dict[str, Any] = {
        "x": {"field": "briefs", "type": "quantitative", "scale": scale, "axis": ticks},
        "y": {"field": "seconds", "type": "quantitative", "scale": scale, "aggregate": "median"},
        "color": {"field": "tool", "type": "nominal", "sort": order, "title": None},
        "strokeWidth": {"condition": {"test": "datum.tool == 'Press'", "value": 4}, "value": 1.5},
        "column": {"field": "of", "title": "Seconds for PDFs of all briefs, nothing kept"},
    }
    encoding["y"]["title"] = "seconds"
    mark = {"type": "line", "point": True}
    spec = {
        "data": {"values": points},
        "mark": mark,
        "encoding": encoding,
        "height": 260,
        "width": 300,
    }
    return str(vl_convert.vegalite_to_svg(spec, vl_version="6.4", allowed_base_urls=[]))


def _key(row: Timing) -> tuple[str, int, str]:
    return row.name, row.briefs, row.other_name
