"""Say what a build, a check, a plan or the making of kits came to, and what is known of a claim."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from press.build.formats import FORMATS
from press.build.score import measures
from press.cli.answers import Answer, kilobytes, table
from press.ground import paths
from press.problems import FAILED, OK, counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from press.build.build_result import Coverage, Outcome, Planned, Report, Row
    from press.build.score import Measure
    from press.ground.paths import Folders
    from press.release.scores import Since

UNCHANGED = "nothing changed since the last build, which had errors"

FEW = 3  # sources that are named one by one


def answer(
    outcome: Outcome,
    out: Path | None = None,
    formats: Iterable[str] = tuple(FORMATS),
    since: Since | None = None,
) -> Answer:
    """Return the answer of a run whose outputs in *formats* are in *out*, None for one that wrote nothing.

    *since*: the scores of the release that those of the editions are compared with.
    """
    facts = {
        "editions": [row.as_json(FORMATS) for row in outcome.rows],
        "reports": [asdict(report) for report in outcome.reports],
        "since": asdict(since) if since else None,
        "coverage": [asdict(topic) for topic in outcome.coverage],
        "verified": dict(outcome.verified),
        "gone": outcome.gone,
        "left": outcome.left,
        "edited": outcome.edited,
        "held": outcome.held,
        "planned": None if outcome.planned is None else list(map(asdict, outcome.planned)),
    }
    skipped = [row.title for name, row in FORMATS.items() if name not in formats]
    said = _lines(outcome, paths.shown(out) if out else "", skipped, since)
    return Answer(outcome.status, outcome.problems, "\n".join(said), facts)


def of_kits(outcome: Outcome, out: Path) -> Answer:
    """Return the answer of a run that has made kits in *out*."""
    made = []
    for row in outcome.rows:
        folder = out / row.language / row.brief
        names = ", ".join(sorted(path.name for path in folder.iterdir()))
        made.append(f"{paths.shown(folder)}: {names}")
    if outcome.gone:
        made.append(f"removed: {', '.join(outcome.gone)}")
    said = f"{counted(len(outcome.rows), 'kit')} written; docs/posting.md says where each file goes"
    text = "\n".join([*made, "; ".join(filter(None, (said, _counts(outcome))))])
    return replace(answer(outcome, out), text=text)


def removal(removed: tuple[str, ...]) -> Answer:
    """Return the answer of a run that has *removed* outputs."""
    text = f"removed {', '.join(removed)}" if removed else "there was nothing to remove"
    return Answer(text=text, facts={"removed": removed})


def of_claim(folders: Folders, name: str) -> Answer:
    """Return the answer about the claim called *name*, as far as it can be read."""
    from press.build import explain  # noqa: PLC0415 - `inv --list` needs none of it

    known, problems = explain.claim(folders, name)
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


def _lines(
    outcome: Outcome, out: str, skipped: Iterable[str], since: Since | None
) -> Iterator[str]:
    if outcome.planned is not None:
        yield from _planned(outcome, outcome.planned)
        return
    yield from _scores(outcome.reports, since)
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


def _scores(reports: tuple[Report, ...], since: Since | None) -> Iterator[str]:
    """Yield a table for each language: how far its editions keep the rules, and what changed since a release."""
    if since and since.message:
        yield f"score: nothing to compare with: {since.message}"
    then = since.scores if since else {}
    head = f", since {since.release} in brackets" if since and then else ""
    for language in dict.fromkeys(report.language for report in reports):
        own = [report for report in reports if report.language == language]
        scores = [(each.score, then.get(f"{language}/{each.brief}")) for each in own]
        rules = {rule for both in scores for score in both if score for rule in score.breaches}
        rows = zip(*(measures(*both, rules) for both in scores), strict=True)
        cells = [(row[0].what, *map(_cell, row)) for row in rows]
        yield table([(f"score {language}{head}", *(report.brief for report in own)), *cells])


def _cell(measure: Measure) -> str:
    """Return a number of a score beside its limit, as '12/10 (−3, better)'."""
    if measure.number is None:
        return "–"
    limit = f"/{measure.limit:g}" if measure.limit else ""
    return f"{measure.number:g}{limit}{f' ({measure.since})' if measure.since else ''}"


def _reports(reports: Iterable[Report]) -> Iterator[str]:
    """Yield what claims each edition prints, and which rules it sets aside."""
    for report in reports:
        counts = {"basis": report.by_basis, "verdict": report.by_use}
        shares = (
            f"by {what}: {', '.join(f'{name} {count}' for name, count in numbers.items())}"
            for what, numbers in counts.items()
        )
        claims = f"{counted(sum(report.by_use.values()), 'claim')}, {'; '.join(shares)}"
        yield f"{report.language}/{report.brief}: {claims}"
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
    if not out:
        new = f", {made['new']} of them rendered for it" if made["new"] else ""
        sound = " without an error" if outcome.status else ""  # others were checked, and have one
        return f"{counted(len(outcome.rows), 'edition')} checked{sound}{new}"
    kept = len(outcome.rows) - made["new"] - made["stale"]
    words = f"{counted(made['new'], 'edition')} rendered, {kept} kept"
    if outcome.written:
        words += f", {counted(outcome.written, 'file')} written"
    stale = f"; {counted(made['stale'], 'edition')} out of date, in {out}/stale"
    return f"{words}: {out}{stale if made['stale'] else ''}"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        f"{row.language}/{row.brief}",
        row.status,
        _both(row.pages, row.short_pages),
        _both(row.words, row.short_words),
        *(kilobytes(size) if (size := row.sizes.get(name)) else "–" for name in FORMATS),
        row.made,
    )


def _both(brief: int, short: int) -> str:
    """Return a number of the brief and that of its short form: '4 + 2'."""
    return f"{brief or '–'} + {short}" if short else str(brief or "–")
