"""Write the claims as data: `claims.json` and `claims.csv`."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from press.content.library import Library
from press.content.model import Claim
from press.content.model.claims import marks
from press.edition import edition as ed
from press.edition import language, resolve

COLUMNS = (
    *("id", "ref", "source", "mark", "locator", "use", "kind", "basis", "year", "dated", "unclear"),
    *("claim", "values", "caveat", "references", "qualified_by", "reason", "cited_in"),
)
UNPRINTABLE = "do_not_use"
FORMULA = tuple("=+-@\t\r\n")  # a spreadsheet takes a cell that begins so for a formula


def claims(library: Library, editions: Iterable[ed.Edition], spoken: str) -> list[dict[str, Any]]:
    """Return every claim as a row; one that may not be printed has a reason and no text."""
    cited: dict[str, list[str]] = {}
    for edition in editions:
        for note in edition.notes:
            cited.setdefault(note.claim, []).append(f"{edition.language}/{edition.brief}")
    writer = resolve.Writer(library, spoken)
    return [
        _row(writer, key, claim, cited.get(key, []))
        for key, claim in sorted(library.claims.items())
    ]


def _row(writer: resolve.Writer, key: str, claim: Claim, cited: list[str]) -> dict[str, Any]:
    row = {
        name: str(getattr(claim, name))
        for name in ("ref", "source", "locator", "use", "kind", "basis")
    }
    caveat = ed.plain_text(resolve.without_marks(writer.line(claim.caveat)))
    mark = marks(writer.library.sources).get(claim.source, "")
    always: dict[str, Any] = {"id": str(key), **row, "mark": mark, "cited_in": cited}
    if claim.use == UNPRINTABLE:
        return {**always, "reason": caveat or "not fit to be printed"}
    spoken, keys = writer.spoken, [str(name) for name in claim.values]
    shown = {
        name: resolve.shown(writer.library, spoken, (str(key), name), "").replace("−", "-")
        for name in keys  # a program reads no other minus
    }
    return {
        **always,
        "year": language.years(claim.year_of()) or "not stated",
        "dated": claim.dated,
        "unclear": claim.unclear,
        "claim": ed.plain_text(resolve.without_marks(writer.line(claim.claim))),
        "values": shown,
        "caveat": caveat,
        "references": [str(mark) for mark in claim.references],
        "qualified_by": [str(name) for name in claim.qualified_by],
    }


def as_json(rows: list[dict[str, Any]]) -> bytes:
    """Return *rows* as JSON."""
    value = {"schema": 1, "claims": rows}
    return f"{json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    """Return *rows* as CSV that a spreadsheet opens as text: no cell can be taken for a formula."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if isinstance(value, dict):
        value = "; ".join(f"{name}: {shown}" for name, shown in value.items())
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
