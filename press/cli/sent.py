"""What came of sending: an outcome in, words for a person or JSON for a program out."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from press.deliver.mail.distribution import OPEN
from press.problems import errors, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from press.deliver.mail.mailing import Copy, SendResult

HEAD = ("row", "address", "language", "file", "size", "how", "state", "answer")
UNCERTAIN = (
    "unknown: whether these arrived, nobody can say. Ask them, or send again with --resend-unknown."
)


def text(outcome: SendResult) -> str:
    """Return *outcome* as a table with its totals."""
    lines = [*_table([HEAD, *map(_cells, outcome.copies)])] if outcome.copies else []
    states = Counter(copy.state or "new" for copy in outcome.copies)
    totals = ", ".join(f"{state} {count}" for state, count in sorted(states.items()))
    languages = Counter(copy.edition.language for copy in outcome.copies)
    spoken = ", ".join(f"{code} {count}" for code, count in sorted(languages.items()))
    lines.append(
        f"release {outcome.release}, {outcome.audience}: {_readers(len(outcome.copies))}"
        + (f" ({spoken}; {totals})" if outcome.copies else "")
    )
    if states["unknown"]:
        lines.append(UNCERTAIN)
    if outcome.written:
        lines.append(f"written: {', '.join(outcome.written)}")
    lines.append(_verdict(outcome))
    return "\n".join(lines)


def _verdict(outcome: SendResult) -> str:
    """Return the last line: what was done, or how to have it done."""
    if outcome.message:
        left = sum(copy.state in OPEN for copy in outcome.copies)
        return (
            f"stopped: {visible(outcome.message)}\n{_readers(left)} left; the same command goes on"
        )
    if outcome.really:
        return f"done: {_readers(outcome.chosen)} tried in this run"
    if errors(outcome.problems):
        return "nothing was sent, and nothing will be to anybody before the mistakes are mended"
    if not outcome.chosen:
        return "nothing was sent, and nobody is left to be sent to"
    number = f"--readers {outcome.chosen}"
    return f"nothing was sent; {_readers(outcome.chosen)} would be sent to with --really {number}"


def _readers(number: int) -> str:
    return f"{number} reader{'' if number == 1 else 's'}"


def _cells(copy: Copy) -> tuple[str, ...]:
    edition = copy.edition
    return (
        str(copy.reader.row),
        visible(copy.reader.address),
        edition.language,
        visible(edition.file_name),
        f"{-(-edition.file.size // 1000)} kB",
        "linked" if edition.link else "attached",
        copy.state or "new",
        visible(copy.answer),
    )


def _table(lines: Sequence[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()


def as_json(outcome: SendResult) -> str:
    """Return *outcome* for programs."""
    told: dict[str, Any] = {
        "status": outcome.status,
        "problems": [
            {"path": one.place.path, "line": one.place.line, "column": one.place.column}
            | {"severity": one.severity, "message": one.message, "rule": one.rule}
            for one in sorted(outcome.problems)
        ],
        "message": outcome.message,
        "release": outcome.release,
        "audience": outcome.audience,
        "purpose": outcome.purpose,
        "really": outcome.really,
        "readers": outcome.chosen,
        "states": dict(sorted(Counter(copy.state or "new" for copy in outcome.copies).items())),
        "copies": [_facts(copy) for copy in outcome.copies],
        "written": outcome.written,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _facts(copy: Copy) -> dict[str, Any]:
    return {
        "row": copy.reader.row,
        "address": copy.reader.address,
        "name": copy.reader.name,
        "language": copy.edition.language,
        "file": copy.edition.file.path,
        "size": copy.edition.file.size,
        "link": copy.edition.link,
        "state": copy.state or "new",
        "answer": copy.answer,
        "message_id": copy.message_id,
        "time": copy.time,
    }
