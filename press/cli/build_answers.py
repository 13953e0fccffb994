"""Say what a build, a check, a plan or the making of kits came to, and what is known of a claim."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from press.build.formats import FORMATS
from press.cli.answers import Answer, kilobytes, table
from press.ground import paths
from press.problems import FAILED, OK, counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from press.build.build_result import Coverage, Outcome, Planned, Report, Row
    from press.problems import Problem

UNCHANGED = "nothing changed since the last build, which had errors"

FEW = 3  # sources that are named one by one


def answer(
    outcome: Outcome, out: Path | None = None, formats: Iterable[str] = tuple(FORMATS)
) -> Answer:
    """Return the answer of a run whose outputs in *formats* are in *out*, None for one that wrote nothing."""
    facts = {
        "editions": [row.as_json(FORMATS) for row in outcome.rows],
        "reports": [asdict(report) for report in outcome.reports],
        "coverage": [asdict(topic) for topic in outcome.coverage],
        "verified": dict(outcome.verified),
        "gone": outcome.gone,
        "left": outcome.left,
        "edited": outcome.edited,
        "held": outcome.held,
        "planned": None if outcome.planned is None else list(map(asdict, outcome.planned)),
    }
    skipped = [row.title for suffix, row in FORMATS.items() if suffix not in formats]
    lines = _lines(outcome, paths.shown(out) if out else "", skipped)
    return Answer(outcome.status, outcome.problems, "\n".join(lines), facts)


def of_kits(outcome: Outcome, out: Path) -> Answer:
    """Return the answer of a run that has made kits in *out*."""
    lines = []
    for row in outcome.rows:
        folder = out / row.language / row.brief
        names = ", ".join(sorted(path.name for path in folder.iterdir()))
        lines.append(f"{paths.shown(folder)}: {names}")
    if outcome.gone:
        lines.append(f"removed: {', '.join(outcome.gone)}")
    made = f"{counted(len(outcome.rows), 'kit')} written; docs/posting.md says where each file goes"
    text = "\n".join([*lines, "; ".join(filter(None, (made, _counts(outcome))))])
    return replace(answer(outcome, out), text=text)


def removal(removed: tuple[str, ...]) -> Answer:
    """Return the answer of a run that has *removed* outputs."""
    text = f"removed {', '.join(removed)}" if removed else "there was nothing to remove"
    return Answer(text=text, facts={"removed": removed})


def explanation(known: Mapping[str, Any], problems: tuple[Problem, ...]) -> Answer:
    """Return the answer about a claim of which this is *known*, as far as *problems* let it be read."""
    text = table((key.replace("_", " "), visible(words)) for key, words in _known(known))
    return Answer(FAILED if problems else OK, problems, text, {"claim": known})


def _known(known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is known, each value and each place that prints the claim by itself."""
    for key, fact in known.items():
        if key == "values":
            yield from ((key, f"{name}: {_words(value)}") for name, value in fact.items())
        else:
            each = (fact or ["nowhere"]) if key == "printed" else [fact]
            yield from ((key, _words(one)) for one in each)


def _words(fact: object) -> str:
    """Return in words a fact that is meant for a program."""
    if isinstance(fact, dict):
        said = (f"{key} {_words(each)}" for key, each in fact.items() if each not in ("", [], ()))
        return "; ".join(said)
    if isinstance(fact, (list, tuple)):
        return ", ".join(map(_words, fact)) or "none"
    return {"True": "yes", "False": "no", "None": "none"}.get(str(fact), str(fact))


def _lines(outcome: Outcome, out: str, skipped: Iterable[str]) -> Iterator[str]:
    if outcome.planned is not None:
        yield from _planned(outcome, outcome.planned)
        return
    yield from _reports(outcome.reports)
    if outcome.coverage:
        yield _coverage(outcome.coverage)
    if outcome.verified:
        yield _verified(outcome.verified)
    if outcome.rows:
        sizes = [format_.title for format_ in FORMATS.values()]
        head = ("edition", "status", "pages", "words", *sizes, "")
        yield table([head, *map(_cells, outcome.rows)], range(2, len(head) - 1))
    for row in outcome.rows:
        if row.mended:
            yield f"mended: {row.language}/{row.brief}: {row.mended}"
    if outcome.gone:
        yield f"removed: {', '.join(outcome.gone)}"
    if outcome.left:
        yield f"left as they were, and out of date: {', '.join(outcome.left)}"
    less = f"no {' and no '.join(skipped)} was made" if skipped else ""
    yield "; ".join(filter(None, (_verdict(outcome, out), less, _counts(outcome))))


def _planned(outcome: Outcome, planned: tuple[Planned, ...]) -> Iterator[str]:
    """Yield what a build would render, and why."""
    for edition in planned:
        yield f"{edition.language}/{edition.brief}: {'; '.join(edition.reasons)}"
    if outcome.edited:
        yield f"not as they were built, and made anew: {', '.join(outcome.edited)}"
    if outcome.held:
        yield f"not rendered before their mistakes are mended: {', '.join(outcome.held)}"
    verdict = f"{counted(len(planned), 'edition')} would be rendered"
    if outcome.unchanged and outcome.status:
        verdict = f"nothing would be rendered: {UNCHANGED}"
    elif not planned and not outcome.held:
        verdict = "nothing would be rendered: all is as it was, or kept from an earlier build"
    yield "; ".join(filter(None, (verdict, _counts(outcome))))


def _counts(outcome: Outcome) -> str:
    """Return how many errors and warnings there are."""
    kinds = Counter(problem.severity for problem in outcome.problems)
    return " and ".join(counted(number, kind) for kind, number in sorted(kinds.items()))


def _reports(reports: Iterable[Report]) -> Iterator[str]:
    """Yield what was counted in each edition."""
    for report in reports:
        grade = "–" if report.grade is None else f"{report.grade:g}"
        page = f", page 1: {report.page_one_words}" if report.page_one_words else ""
        yield (
            f"{report.language}/{report.brief}: {counted(report.words, 'word')}{page}; "
            f"mean sentence {report.sentence_words:g}; grade {grade}"
        )
        counts = {"basis": report.by_basis, "verdict": report.by_use}
        shares = (
            f"by {what}: {', '.join(f'{name} {count}' for name, count in numbers.items())}"
            for what, numbers in counts.items()
        )
        yield f"  {counted(report.claims, 'claim')}, {'; '.join(shares)}"
        missed = [item for item, met in report.index.items() if not met]
        unmet = f"; not: {', '.join(missed)}" if missed else ""
        items = f"{len(report.index) - len(missed)} of {counted(len(report.index), 'item')}"
        yield f"  CDC Clear Communication Index: {items} that can be counted{unmet}"
        yield from (f"  set aside in {where}" for where in report.set_aside)


def _coverage(topics: tuple[Coverage, ...]) -> str:
    """Return how many claims of each topic each brief prints, and how many are left."""
    briefs = tuple(topics[0].printed)
    rows = [
        (each.topic, each.claims, *each.printed.values(), each.restricted, each.unused)
        for each in topics
    ]
    total = ("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    head = ("claims on", "all", *briefs, "restricted", "unused")
    cells = [tuple(map(str, row)) for row in (*rows, total)]
    return table([head, *cells], range(1, len(head)))


def _verified(sources: Mapping[str, str]) -> str:
    """Return which sources were compared with their texts, and of how many nobody knows."""
    known = [f"{name} on {day}" for name, day in sources.items() if day]
    rest = [name for name, day in sources.items() if not day]
    done = f"compared with the text: {', '.join(known)}; " if known else ""
    named = ", ".join(rest) if len(rest) <= FEW else counted(len(rest), "source")
    return f"passages: {done}not verified: {named or 'none'}"


def _verdict(outcome: Outcome, out: str) -> str:
    """Return in words how the run went."""
    if outcome.unchanged and outcome.status:
        return UNCHANGED
    if outcome.unchanged:
        return f"nothing changed, nothing was rendered: {out} is up to date"
    made = Counter(row.made for row in outcome.rows)
    kept = len(outcome.rows) - made["new"] - made["stale"]
    words = f"{counted(made['new'], 'edition')} rendered, {kept} kept"
    if outcome.written:
        words += f", {counted(outcome.written, 'file')} written"
    stale = f"; {counted(made['stale'], 'edition')} out of date, in {out}/stale"
    return f"{words}: {out}{stale if made['stale'] else ''}" if out else words


def _cells(row: Row) -> tuple[str, ...]:
    return (
        f"{row.language}/{row.brief}",
        row.status,
        str(row.pages or "–"),
        str(row.words or "–"),
        *(kilobytes(size) if (size := row.sizes.get(suffix)) else "–" for suffix in FORMATS),
        row.made,
    )
