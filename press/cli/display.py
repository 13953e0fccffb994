"""What a run says: problems, plans, summaries and progress in, words for a terminal, a pipe or a program out."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press.build.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from press.build.build_result import Outcome, Planned, Report, Row
    from press.problems import Problem

MOST = 200  # problems shown to a person; a program gets all
WIDEST = 160  # characters of a line that are shown above a caret
RED, YELLOW, FAINT, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


def coloured() -> bool:
    """Say whether standard output is a terminal that may be coloured."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def show_problems(problems: Iterable[Problem]) -> None:
    """Print *problems* in order; on a terminal each with its line and a caret."""
    listed = sorted(problems)
    for problem in listed[:MOST]:
        print(_headline(problem))
        if sys.stdout.isatty() and (line := _line(problem)):
            print(line)
    if len(listed) > MOST:
        print(f"… and {len(listed) - MOST} more; --output json lists all")


def _headline(problem: Problem) -> str:
    if not coloured():
        return str(problem)
    colour = RED if problem.severity == "error" else YELLOW
    return f"{problem.place}: {colour}{problem.severity}{PLAIN}: {problem.message} {FAINT}[{problem.rule}]{PLAIN}"


def _line(problem: Problem) -> str:
    """Return the line that *problem* points at with a caret below it, or '' where there is none to show."""
    place = problem.place
    try:
        with Path(place.path).open(encoding="utf-8-sig", newline="") as file:
            text = next(
                (line for number, line in enumerate(file, 1) if number == place.line), ""
            ).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        return ""
    start = max(0, place.column - WIDEST // 2)
    shown = "".join(char if char.isprintable() else "·" for char in text[start : start + WIDEST])
    return f"    {shown}\n    {' ' * (place.column - 1 - start)}^" if shown.strip() else ""


def show_outcome(outcome: Outcome, out: str) -> None:
    """Print the summary table of a build or a check, what it removed and what it left, and how it went."""
    if outcome.planned is not None:
        show_plan(outcome.planned)
        return
    if outcome.rows:
        print(table(outcome.rows))
    for row in outcome.rows:
        if row.mended:
            print(f"mended: {row.language}/{row.brief}: {row.mended}")
    if outcome.gone:
        print(f"removed: {', '.join(outcome.gone)}")
    if outcome.left:
        print(f"left as they were, and out of date: {', '.join(outcome.left)}")
    counts = {
        kind: sum(problem.severity == kind for problem in outcome.problems)
        for kind in ("error", "warning")
    }
    found = " and ".join(_count(number, kind) for kind, number in counts.items() if number)
    print(f"{_verdict(outcome, out)}{f'; {found}' if found else ''}")


def show_reports(reports: Iterable[Report]) -> None:
    """Print what was counted in each edition."""
    for one in reports:
        grade = "–" if one.grade is None else f"{one.grade:g}"
        page = f", page 1: {one.page_one_words}" if one.page_one_words else ""
        print(
            f"{one.language}/{one.brief}: {one.words} words{page}; mean sentence {one.sentence_words:g}; grade {grade}"
        )
        counts = {"basis": one.by_basis, "verdict": one.by_use}
        told = (
            f"by {what}: {', '.join(f'{name} {count}' for name, count in found.items())}"
            for what, found in counts.items()
        )
        print(f"  {_count(one.claims, 'claim')}, {'; '.join(told)}")
        missed = [item for item, met in one.index.items() if not met]
        behind = f"; not: {', '.join(missed)}" if missed else ""
        counted = f"{len(one.index) - len(missed)} of {len(one.index)} items that can be counted"
        print(f"  CDC Clear Communication Index: {counted}{behind}")
        for set_aside in one.set_aside:
            print(f"  set aside in {set_aside}")


def _verdict(outcome: Outcome, out: str) -> str:
    stale = sum(row.made == "stale" for row in outcome.rows)
    if outcome.unchanged and outcome.status:
        return "nothing changed since the last build, which had errors"
    if outcome.unchanged:
        return f"nothing changed, nothing was rendered: {out} is up to date"
    made = sum(row.made == "new" for row in outcome.rows)
    said = f"{_count(made, 'edition')} rendered, {len(outcome.rows) - made - stale} kept"
    behind = f"; {_count(stale, 'edition')} out of date, in {out}/stale" if stale else ""
    return f"{said}: {out}{behind}" if out else said


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def table(rows: Iterable[Row]) -> str:
    """Return editions as a table of text."""
    sizes = [row.title for row in FORMATS.values()]
    head = ("edition", "status", "pages", "words", *sizes, "")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            _aligned(cell, width, column)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    def kilobytes(size: int) -> str:
        return f"{-(-size // 1000)} kB" if size else "–"

    return (
        f"{row.language}/{row.brief}",
        row.status,
        str(row.pages or "–"),
        str(row.words or "–"),
        *(kilobytes(row.sizes.get(suffix, 0)) for suffix in FORMATS),
        row.made,
    )


def _aligned(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column in range(2, 4 + len(FORMATS)) else cell.ljust(width)


def as_json(outcome: Outcome) -> str:
    """Return the outcome of a run for programs."""
    from dataclasses import asdict  # noqa: PLC0415 - not for every run

    told: dict[str, Any] = {
        "status": outcome.status,
        "problems": listed(outcome.problems),
        "editions": [row.as_json(FORMATS) for row in outcome.rows],
        "reports": [asdict(one) for one in outcome.reports],
        "gone": outcome.gone,
        "left": outcome.left,
        "planned": None if outcome.planned is None else [asdict(one) for one in outcome.planned],
        "message": outcome.message,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def listed(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems for programs, in order."""
    return [
        {"path": one.place.path, "line": one.place.line, "column": one.place.column}
        | {"severity": one.severity, "message": one.message, "rule": one.rule}
        for one in sorted(problems)
    ]


def show_plan(planned: Iterable[Planned]) -> None:
    """Print what a build would render, and why."""
    listed = list(planned)
    for one in listed:
        print(f"{one.language}/{one.brief}: {'; '.join(one.reasons)}")
    print(
        f"{_count(len(listed), 'edition')} would be rendered"
        if listed
        else "nothing would be rendered: all is as it was, or kept from an earlier build"
    )


@contextmanager
def progress(what: str, *, in_bytes: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on standard error while work goes on, on a terminal only; yields what is told of each step.

    It counts steps, or bytes.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total, _name: None
        return
    from rich.console import Console  # noqa: PLC0415 - heavy, and for terminals only
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
    )

    count = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), count)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def step(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{what} {name}".strip())

        yield step
