"""Say what taking in a review, comparing it with its text or accepting its words came to."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from press.cli.answers import Answer
from press.ground import paths
from press.problems import FAILED, OK, REFUSED, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from press.ground.paths import Folders
    from press.ingest.comparison import Comparison
    from press.ingest.new_map import Cut
    from press.ingest.review import Ingested

MOST = 5  # passages that are named as unread


def of_ingested(done: Ingested) -> Answer:
    """Return the answer of taking in a review; where claims rest on words that are no more, it has failed."""
    from press.ingest.resting import resting  # noqa: PLC0415 - `inv --list` needs none

    found, name = done.changes, done.path.stem
    touched = (*found.moved, *found.changed, *found.went)
    claims = {locator: resting(done.draft, name, locator) for locator in touched}
    facts = {
        "file": paths.shown(done.path),
        "new": done.new,
        "passages": len(done.index.passages),
        "changes": asdict(found),
        "claims": claims,
        "followed": done.followed,
        "empty_pages": done.empty_pages,
        "unread": done.unread,
    }
    lost = any(claims[locator] for locator in (*found.changed, *found.went))
    return Answer(FAILED if lost else OK, (), "\n".join(_lines(done, claims)), facts)


def _lines(done: Ingested, claims: Mapping[str, dict[str, list[str]]]) -> Iterator[str]:
    from press.ingest.resting import in_words  # noqa: PLC0415 - likewise

    found = done.changes
    for what, places in (("has other words", found.changed), ("moved", found.moved)):
        for was, now in places.items():
            where = "" if was == now else f", and is {now} now"
            yield f"{was} {what}{where}{in_words(claims[was])}"
    yield from (f"{name} went{in_words(claims[name])}" for name in found.went)
    yield from (f"{name} is new" for name in found.came)
    if done.empty_pages:
        pages = ", ".join(f"page {page}" for page in done.empty_pages)
        yield f"no text on {pages}: pictures or scans, to be read by eye"
    if done.unread:
        where = ", ".join(done.unread[:MOST]) + " and others" * (len(done.unread) > MOST)
        yield f"letters without a name ('\ufffd') in {where}: read these by eye, or take another copy"
    yield _summary(done)
    if done.new:
        first = next(iter(done.index.passages), "")
        claim = f"'source: {done.path.stem}', 'locator: {first}'"
        yield f"next: complete its record in that file, then write claims with {claim}"
    if accept := [f"--accept {name}" for was in found.changed for name in claims[was]]:
        yield f"next: compare these claims with their passages, then ./inv check {' '.join(accept)}"
    if gone := [name for was in found.went for name in claims[was]]:
        yield f"next: give {', '.join(gone)} another passage, or take them out"


def _summary(done: Ingested) -> str:
    passages = done.index.passages.values()
    numbers = (
        counted(len(passages), "passage"),
        counted(sum(len(each.values) for each in passages), "value"),
        counted(sum(len(each.references) for each in passages), "reference mark"),
    )
    ends = "" if done.written else ", as before"
    if shifted := len(done.changes.shifted):
        ends += f"; {counted(shifted, 'passage')} counted anew, {'its' if shifted == 1 else 'their'} words as before"
    ends += f"; {counted(len(done.followed), 'claim')} followed" if done.followed else ""
    return f"{paths.shown(done.path)}: {', '.join(numbers)}{ends}"


def of_map(cut: Cut) -> Answer:
    """Return the answer of cutting a map: what is on it, and what its author has to look at."""
    lines = [f"{paths.shown(cut.path)}: {counted(len(cut.areas), 'area')}: {', '.join(cut.areas)}"]
    if cut.left_out:
        lines.append(
            f"left out: {counted(cut.left_out, 'part')} of these countries, far from the rest"
        )
    if cut.apart[1]:
        name, degrees = cut.apart
        what = f"parts of {name} are so far from the rest that it is small on the map"
        lines.append(f"small: {what}; --far {degrees} leaves them out")
    disputed = ", ".join(cut.disputed) or "none that Natural Earth notes"
    lines += [
        f"disputed: {disputed}; add 'disputed: true' to others that are, such as those it gives to one side",
        "next: compare its borders with what they should show, then sign it under 'checked'",
    ]
    facts = {"areas": cut.areas, "disputed": cut.disputed, "left_out": cut.left_out}
    return Answer(OK, (), "\n".join(lines), {"file": paths.shown(cut.path), **facts})


def of_export(folders: Folders, file: Path, separator: str) -> Answer:
    """Write the claims of a series into a table and return how many they are."""
    from press.build.build_request import refuse_own  # noqa: PLC0415 - likewise
    from press.ingest.tables import export_claims  # noqa: PLC0415 - likewise

    if file.parent != folders.home:  # where a series outside of a clone has its tables
        refuse_own(file, folders, "file")
    number, name = export_claims(folders, file, separator), paths.shown(file)
    return Answer(
        text=f"{name}: {counted(number, 'claim')}", facts={"file": name, "claims": number}
    )


def with_comparison(answer: Answer, compared: Comparison | None) -> Answer:
    """Return the answer of a check with what comparing texts came to."""
    if compared is None or not compared.problems:
        return answer
    problems = (*compared.problems, *answer.problems)
    return replace(answer, status=REFUSED, problems=problems)


def acceptance(folders: Folders, names: Iterable[str], compared: Comparison | None) -> Answer:
    """Write into claims for which words they are meant; return what their passages say, where that is known."""
    from press.content import version  # noqa: PLC0415 - likewise
    from press.ingest.review import accept  # noqa: PLC0415

    draft = version.read(folders)
    done = accept(draft, tuple(names))
    words = compared.words if compared else {}
    lines = []
    for name, locator in done.items():
        said = words.get((str(draft.claims[name].source), locator))
        lines.append(f"{name} is meant for passage {locator}" + (f": {said}" if said else ""))
    return Answer(OK, (), "\n".join(lines), {"accepted": done})
