"""Take claims in from a table: new ones, and others for those that are there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from press.checks import of_library
from press.content import version
from press.content.library import CLAIM_ID, Draft, files_of
from press.content.model import Claim
from press.content.reader import validate
from press.content.scalar import Keys, Scalar
from press.ground import swap
from press.ground.paths import Folders, shown
from press.ingest.tables.claim_edits import edit, text_of
from press.ingest.tables.claim_rows import claim_of, first, rows_of_claims, typed_claims
from press.ingest.tables.claims_table import ORDER, ClaimsTable, Row, mistake, read_table
from press.ingest.tables.columns import FILE
from press.ingest.tables.spreadsheet import RULE
from press.ingest.upgrade.series_files import (
    Texts,
    append,
    expect_series,
    more_problems,
    read_files,
    write_files,
)
from press.ingest.upgrade.splices import BY_HAND, Splices, UnsureError
from press.problems import ContentRefusedError, Place, Problem, RefusedError, errors

_FILE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


@dataclass(frozen=True)
class ImportResult:
    """What taking in a table of claims came to."""

    texts: Texts
    new: tuple[str, ...]  # claims
    changed: Mapping[str, tuple[str, ...]]  # claims, and their keys that are others
    same: tuple[str, ...]
    unaccepted: tuple[str, ...]  # claims that do not say for which words of their passage
    problems: tuple[Problem, ...]  # that were not there before: of these claims, and warnings


def import_claims(folders: Folders, file: Path, *, dry: bool = False) -> ImportResult:
    """Write the claims of the table in *file* into a series, unless it is a *dry* run: all, or none.

    Raises:
        ContentRefusedError: the table has mistakes, or the series would have more of them than it has.
        RefusedError: a claim is typed in a way that the program is not sure of; others as of `write_files`.
    """
    expect_series(folders.content)
    swap.sweep(folders.content)
    table = read_table(file)
    draft = version.read(folders)
    files = read_files(path for path, _ in files_of(folders.content, "claims", ""))
    known = {str(name): (path, claim) for path, name, claim in typed_claims(files)}
    rows, wrong = rows_of_claims(table, known), list[Problem]()
    old = {name: known[name][1] for name in rows if name in known}
    _refuse_without_columns(table, [name for name in rows if name not in old])
    given = {name: claim_of(rows[name], old.get(name), wrong) for name in rows}
    stems = {name: _file(rows[name], file, known.get(name), wrong) for name in rows}
    table.refuse(wrong)
    changed = {name: claim for name, claim in given.items() if claim != old.get(name)}
    if not changed:
        return ImportResult({}, (), {}, tuple(rows), (), ())
    after = _with_claims(table, draft, changed, rows)
    problems, unaccepted = _judge(folders, table, draft, after)
    paths = {name: folders.content / "claims" / f"{stem}.yaml" for name, stem in stems.items()}
    texts = _texts(folders, files, changed, old, paths)
    write_files(folders, texts, partial(_prove, draft, after), dry=dry)
    return ImportResult(
        texts,
        tuple(name for name in changed if name not in old),
        {name: _keys(old[name], changed[name]) for name in changed if name in old},
        tuple(name for name in rows if name not in changed),
        unaccepted,
        problems,
    )


def _refuse_without_columns(table: ClaimsTable, new: list[str]) -> None:
    """Refuse *new* claims of a table that lacks columns which each claim needs."""
    lacks = [each.name for each in ORDER if each.needed and each not in table.columns]
    if new and lacks:
        names, add = "', '".join(lacks), "it" if len(lacks) == 1 else "them"
        message = f"claim '{new[0]}' is new, and the first row has no column '{names}'; add {add}"
        raise ContentRefusedError([Problem(Place(table.path), message, RULE)])


def _keys(old: Keys, new: Keys) -> tuple[str, ...]:
    """Return which keys of a claim are others, in the order of a claim."""
    return tuple(key for key in Claim.model_fields if old.find(key) != new.find(key))


def _file(
    rows: list[Row], table: Path, known: tuple[Path, Keys] | None, wrong: list[Problem]
) -> str:
    """Return the name of the file in which a claim is, or belongs, without its ending."""
    cells = (row[FILE] for row in rows if row.get(FILE))
    cell = next(cells, Scalar("", first(rows[0]).origin))
    stem = str(cell).removesuffix(".yaml") or (known[0] if known else table).stem
    if known and stem != known[0].stem:
        wrong.append(mistake(cell, f"this claim is in {shown(known[0])}; a table moves no claim"))
    elif not known and not _FILE.fullmatch(stem):
        way_out = "write small letters, digits and '-' in a column 'file'"
        wrong.append(mistake(cell, f"'{stem}' can't name a file of claims; {way_out}"))
    return stem


def _with_claims(
    table: ClaimsTable, draft: Draft, changed: Mapping[str, Keys], rows: Mapping[str, list[Row]]
) -> Draft:
    """Return *draft* with the claims that a table changes, whose places are in the table."""
    wrong, claims, places = list[Problem](), {**draft.claims}, {**draft.places}
    for name, typed in changed.items():
        key = Scalar(name, first(rows[name][0]).place)
        _, mistakes = validate(CLAIM_ID, key)
        claim, more = validate(Claim, typed, key)
        wrong += (*mistakes, *more)
        if claim:
            claims[name] = claim
            places.setdefault(f"claim:{name}", key.place)
    table.refuse(wrong)
    broken = draft.broken - {f"claim:{name}" for name in changed}
    return replace(draft, claims=claims, places=places, broken=broken)


def _judge(
    folders: Folders, table: ClaimsTable, before: Draft, after: Draft
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Return the problems that a table brings, and the claims whose words are to be accepted.

    Raises:
        ContentRefusedError: it brings mistakes.
    """
    old, new = (
        [fault.problem for fault in of_library(draft, folders.fonts)] for draft in (before, after)
    )
    problems = more_problems(old, new)
    # only who has compared a claim with its passage may accept it, and only when it is written
    waiting = {
        claim.locator.place: str(name)
        for name, claim in after.claims.items()
        if claim.passage is None
    }
    later = [each for each in problems if each.rule == "passage" and each.place in waiting]
    if set(errors(problems)) - {*later}:
        raise ContentRefusedError(map(table.named, problems))
    return tuple(map(table.named, problems)), tuple(waiting[each.place] for each in later)


def _texts(
    folders: Folders,
    files: Mapping[Path, Splices],
    changed: Mapping[str, Keys],
    old: Mapping[str, Keys],
    paths: Mapping[str, Path],
) -> Texts:
    """Return the files that change.

    Raises:
        RefusedError: a claim is typed in a way that the program is not sure of.
    """
    new = dict[Path, dict[str, Keys]]()
    for name, claim in changed.items():
        path = paths[name]
        if name not in old:
            new.setdefault(path, {})[name] = claim
            continue
        try:
            files[path].taken += edit(files[path], old[name], claim)
        except UnsureError:
            raise RefusedError(f"{old[name].place}: claim '{name}': {BY_HAND}") from None
    texts = {path: (file.data, file.result()) for path, file in files.items() if file.taken}
    for path, claims in new.items():
        data = files[path].data if path in files else b""
        before, after = texts.get(path, (data, data))
        texts[path] = before, append(folders, path, "claims", after, text_of(claims))
    return texts


def _prove(before: Draft, wanted: Draft, after: Draft) -> None:
    """Look at a series as the next run will read it: it has the claims that are *wanted*.

    Raises:
        ContentRefusedError: a file would have more mistakes.
        RefusedError: a claim would be another one.
    """
    old, new = ([fault.problem for fault in draft.faults] for draft in (before, after))
    if wrong := errors(more_problems(old, new)):
        raise ContentRefusedError(wrong)
    for name, claim in wanted.claims.items():
        if after.claims.get(name) != claim:
            raise RefusedError(f"{after.places[f'claim:{name}']}: claim '{name}': {BY_HAND}")
