"""Write the claims as data: `claims.json` and `claims.csv`."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from press.content.library import Library
from press.content.model import Claim
from press.content.model.sources import marks
from press.edition import edition as ed
from press.edition import language, resolve

COLUMNS = (
    *("id", "ref", "source", "mark", "locator", "topic"),
    *("use", "kind", "basis", "year", "dated", "unclear"),
    *("claim", "values", "of", "caveat", "references", "qualified_by", "cited_in"),
    *("certainty", "rater", "population", "comparator"),
    *("verified",),
    *("number_of_studies", "number_of_participants", "reason", "count"),
)
UNPRINTABLE = "do_not_use"
FORMULA = tuple("=+-@\t\r\n")  # a spreadsheet takes a cell that begins so for a formula


def claims(library: Library, editions: Iterable[ed.Edition], spoken: str) -> list[dict[str, Any]]:
    """Return every claim that may be printed as a row."""
    cited: dict[str, list[str]] = {}
    for edition in editions:
        for note in edition.notes:
            cited.setdefault(note.claim, []).append(f"{edition.language}/{edition.brief}")
    writer = resolve.Writer(library, spoken)
    return [
        _row(writer, key, claim, cited.get(key, []))
        for key, claim in sorted(library.claims.items())
        if claim.use != UNPRINTABLE
    ]


def withheld(library: Library, spoken: str) -> list[dict[str, Any]]:
    """Return how many claims of each source may not be printed, and why; neither their ids nor their passages."""
    writer, reasons = resolve.Writer(library, spoken), dict[str, Counter[str]]()
    for claim in library.claims.values():
        if claim.use == UNPRINTABLE:
            why = ed.plain_text(resolve.without_marks(writer.line(claim.caveat)))
            reasons.setdefault(str(claim.source), Counter())[why or "not fit to be printed"] += 1
    known = {str(name): mark for name, mark in marks(library.sources).items()}
    return [
        {
            "source": source,
            "mark": known.get(source, ""),
            "count": counts.total(),
            "reasons": dict(sorted(counts.items())),
        }
        for source, counts in sorted(reasons.items())
    ]


def _row(writer: resolve.Writer, key: str, claim: Claim, cited: list[str]) -> dict[str, Any]:
    row = {
        name: str(getattr(claim, name))
        for name in ("ref", "source", "locator", "use", "kind", "basis")
    }
    caveat = ed.plain_text(resolve.without_marks(writer.line(claim.caveat)))
    mark = marks(writer.library.sources).get(claim.source, "")
    spoken, keys = writer.spoken, [str(name) for name in claim.values]
    shown = {
        name: resolve.shown(writer.library, spoken, (str(key), name), "").replace("−", "-")
        for name in keys  # a program reads no other minus
    }
    return {
        "id": str(key),
        "verified": _verified(writer.library, claim),
        **row,
        "mark": mark,
        "topic": writer.library.topic(key),
        "cited_in": cited,
        **_finding(writer, claim),
        "year": language.years(claim.year_of()) or "not stated",
        "dated": claim.dated,
        "unclear": claim.unclear,
        "claim": ed.plain_text(resolve.without_marks(writer.line(claim.claim))),
        "values": shown,
        "caveat": caveat,
        "references": [str(mark) for mark in claim.references],
        "qualified_by": [str(name) for name in claim.qualified_by],
    }


def _verified(library: Library, claim: Claim) -> str:
    """Return the day on which the claim's passage was compared with its text, or 'not verified'."""
    found = library.sources[claim.source].verified
    return found.day.isoformat() if found else "not verified"


def _finding(writer: resolve.Writer, claim: Claim) -> dict[str, Any]:
    """Return what a review says of its finding, as far as it does."""
    words = {name: getattr(claim, name) for name in ("population", "comparator")}
    counts = {
        name: getattr(claim, name) for name in ("number_of_studies", "number_of_participants")
    }
    rated = claim.certainty
    return {
        **({"certainty": str(rated.rating), "rater": str(rated.rater)} if rated else {}),
        **{
            name: ed.plain_text(resolve.without_marks(writer.line(line)))
            for name, line in words.items()
            if line
        },
        **{name: int(count) for name, count in counts.items() if count is not None},
        **({"of": wholes} if (wholes := _wholes(writer, claim)) else {}),
    }


def _wholes(writer: resolve.Writer, claim: Claim) -> dict[str, str]:
    """Return what each share is one of, by the name of its value."""
    return {
        str(name): ed.plain_text(writer.line(value.of))
        for name, value in claim.values.items()
        if value.of
    }


def as_json(rows: list[dict[str, Any]], kept: list[dict[str, Any]]) -> bytes:
    """Return *rows*, and how many claims are *kept* back, as JSON."""
    value = {"schema": 2, "claims": rows, "withheld": kept}
    return f"{json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def as_csv(rows: list[dict[str, Any]], kept: list[dict[str, Any]]) -> bytes:
    """Return *rows*, and a row for each reason why claims are *kept* back, as CSV.

    A spreadsheet opens it as text: no cell can be taken for a formula.
    """
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    for source in kept:
        always = {"source": source["source"], "mark": source["mark"], "use": UNPRINTABLE}
        for reason, count in source["reasons"].items():
            table.writerow({**always, "reason": _cell(reason), "count": count})
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if isinstance(value, dict):
        value = "; ".join(f"{name}: {shown}" for name, shown in value.items())
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
