"""Take claims in from a table: new ones, and others for those that are there."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from press.checks import of_library
from press.content.library import CLAIM_ID, Draft, files_of, load
from press.content.model import Claim
from press.content.reader import validate
from press.content.scalar import Keys, Scalar
from press.ground import swap
from press.ground.paths import Folders, shown
from press.ingest.tables.claim_edits import edit, new_file, new_text
from press.ingest.tables.claims_table import ORDER, ClaimsTable, Row, read_table
from press.ingest.tables.columns import FILE, ID, VALUES, Column
from press.ingest.tables.spreadsheet import RULE
from press.ingest.upgrade.series_files import Texts, read_files, write_files
from press.ingest.upgrade.splices import BY_HAND, Splices, UnsureError
from press.problems import ContentRefusedError, Place, Problem, RefusedError, errors

_FILE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


@dataclass(frozen=True)
class Imported:
    """What taking in a table of claims came to."""

    texts: Texts
    new: tuple[str, ...]  # claims
    changed: Mapping[str, tuple[str, ...]]  # claims, and their keys that are others
    same: tuple[str, ...]
    unaccepted: tuple[
        str, ...
    ]  # claims that do not say for which words of their passage they were written
    problems: tuple[Problem, ...]  # that were not there before: of these claims, and warnings


@dataclass(frozen=True)
class _Typed:
    """The claims of a series as they are typed, each with its file."""

    files: Mapping[Path, Splices]
    claims: Mapping[str, tuple[Path, Keys]]


def import_claims(folders: Folders, file: Path, *, dry: bool = False) -> Imported:
    """Write the claims of the table in *file* into a series, unless it is a *dry* run: all, or none.

    Raises:
        ContentRefusedError: the table has mistakes, or the series would have more of them than it has.
        RefusedError: a claim is typed in a way that the program is not sure of; others as of `write_files`.
    """
    swap.sweep(folders.content)
    table = read_table(file)
    draft = load(folders.content, shown(folders.content))
    typed = _typed(folders.content)
    rows = _by_claim(table, typed)
    _refuse_without_columns(table, [name for name in rows if name not in typed.claims])
    given = {name: _claim(table, name, rows[name], typed) for name in rows}
    old = {name: typed.claims[name][1] for name in rows if name in typed.claims}
    changed = {name: claim for name, claim in given.items() if claim != old.get(name)}
    paths = {
        name: folders.content / "claims" / f"{_file(table, name, rows[name], typed)}.yaml"
        for name in given
    }
    if not changed:
        return Imported({}, (), {}, tuple(rows), (), ())
    after = _with_claims(table, draft, changed, rows)
    problems = _more(folders, draft, after)
    unaccepted = {
        after.claims[name].locator.place: name
        for name in changed
        if after.claims[name].passage is None
    }
    # only who has compared a claim with its passage may accept that, and only when it is written
    open_ones = [each for each in problems if each.rule == "passage" and each.place in unaccepted]
    if set(errors(problems)) - set(open_ones):
        raise ContentRefusedError(map(table.named, problems))
    texts = _texts(typed, changed, paths)
    _prove(folders, texts, draft, after)
    if not dry:
        write_files(folders, texts, dry=False)
    return Imported(
        texts,
        tuple(name for name in changed if name not in old),
        {name: _keys(old[name], changed[name]) for name in changed if name in old},
        tuple(name for name in rows if name not in changed),
        tuple(unaccepted[each.place] for each in open_ones),
        tuple(map(table.named, problems)),
    )


def _typed(folder: Path) -> _Typed:
    files = read_files(path for path, _ in files_of(folder, "claims", ""))
    claims = {
        str(name): (path, claim)
        for path, file in files.items()
        for name, claim in file.tree.items()
        if isinstance(claim, Keys)
    }
    return _Typed(files, claims)


def _by_claim(table: ClaimsTable, typed: _Typed) -> dict[str, list[Row]]:
    """Return the rows of each claim, known by its id, or by its ref where that is enough."""
    rows, wrong = dict[str, list[Row]](), list[Problem]()
    for row in table.rows:
        try:
            rows.setdefault(_name(row, typed), []).append(row)
        except ValueError as error:
            wrong.append(Problem(_first(row).place, str(error), RULE))
    table.refuse(wrong)
    return rows


def _name(row: Row, typed: _Typed) -> str:
    """Return the id of the claim of a *row*.

    Raises:
        ValueError: the row has none, and its ref leads to no claim.
    """
    cells = {column.name: str(cell) for column, cell in row.items()}
    if name := cells.get("id"):
        return name
    ref, source = cells.get("ref"), cells.get("source")
    if not ref:
        raise ValueError("this row has neither an id nor a ref")
    names = [
        name
        for name, (_, claim) in typed.claims.items()
        if claim.find("ref") == ref and (not source or claim.find("source") == source)
    ]
    if len(names) != 1:
        found = f"several claims have the ref {ref}" if names else f"no claim has the ref {ref}"
        way_out = "write the id of one" if names else "a new claim needs an id"
        raise ValueError(f"{found}; {way_out}")
    return names[0]


def _refuse_without_columns(table: ClaimsTable, new: list[str]) -> None:
    """Refuse *new* claims of a table that lacks columns which each claim needs."""
    lacks = [each.name for each in ORDER if each.needed and each not in table.columns]
    if new and lacks:
        names, add = "', '".join(lacks), "it" if len(lacks) == 1 else "them"
        message = f"claim '{new[0]}' is new, and the first row has no column '{names}'; add {add}"
        raise ContentRefusedError([Problem(Place(table.path), message, RULE)])


def _claim(table: ClaimsTable, name: str, rows: list[Row], typed: _Typed) -> Keys:
    """Return a claim as it would be typed: keys without a column stay, an empty cell takes its key out."""
    key = Scalar(name, _first(rows[0]).origin)
    claim = _copy(typed.claims[name][1]) if name in typed.claims else Keys((), key.place)
    wrong = list[Problem]()
    own = {column: [row[column] for row in rows] for column in rows[0] if not column.of_value}
    for column, cells in own.items():
        full = [cell for cell in cells if cell.strip()]
        for cell in full[1:]:
            if cell != full[0]:
                what = f"row {full[0].place.line} has another {column.name} for '{name}'"
                wrong.append(Problem(cell.place, f"{what}; leave one of them empty", RULE))
        if column not in {ID, FILE}:
            _put(claim, column.path, column, [*full, Scalar("", cells[0].origin)][0], wrong)
    _put_values(claim, rows, wrong)
    table.refuse(wrong)
    return claim


def _put_values(claim: Keys, rows: list[Row], wrong: list[Problem]) -> None:
    """Put the values of the *rows* of a claim in the place of those it has, if there is a column of them."""
    of_value = [column for column in rows[0] if column.of_value]
    if not of_value:
        if len(rows) > 1:
            cell = next(iter(rows[1].values()))
            message = (
                f"row {next(iter(rows[0].values())).place.line} is of the same claim; take one out"
            )
            wrong.append(Problem(cell.place, message, RULE))
        return
    old = claim.pop(VALUES, None)  # type: ignore[call-overload]  # a scalar is looked up by its text
    values = Keys((), claim.place)
    for row in rows:
        filled = [column for column in of_value if row[column].strip()]
        name = next(row[column] for column in of_value if column.path == (VALUES,))
        if not name and (filled or len(rows) > 1):
            message = "a further row of a claim needs the name of a value"
            wrong.append(Problem(name.place, message, RULE))
        elif name and name in values:
            wrong.append(Problem(name.place, f"value '{name}' has a row above; take one out", RULE))
        elif name:
            before = old.find(name) if isinstance(old, Keys) else None
            value = values[name] = (
                _copy(before) if isinstance(before, Keys) else Keys((), name.place)
            )
            for column in of_value:
                if column.path != (VALUES,):
                    _put(value, column.path[1:], column, row[column], wrong)
    if values:
        claim[Scalar(VALUES, claim.place)] = values


def _copy(keys: Keys) -> Keys:
    return Keys(
        ((key, _copy(value) if isinstance(value, Keys) else value) for key, value in keys.items()),
        keys.place,
        flow=keys.flow,
    )


def _put(
    keys: Keys, path: tuple[str, ...], column: Column, cell: Scalar, wrong: list[Problem]
) -> None:
    """Let what a *cell* holds be under the keys of a *path*, or take the last of them out."""
    step, *rest = path
    held = keys.find(step)
    if rest:
        inner = held if isinstance(held, Keys) else Keys((), cell.place)
        _put(inner, tuple(rest), column, cell, wrong)
        value: object = inner or None
    else:
        try:
            value = column.typed(cell) if cell.strip() else None
        except ValueError as error:
            wrong.append(Problem(cell.place, str(error), RULE))
            return
        if isinstance(held, Scalar) and held != value and held.strip() == value:
            value = held  # with the line breaks at its end
    key = Scalar(step, cell.origin)
    if value is None:
        keys.pop(key, None)
    else:
        keys[key] = value


def _keys(old: Keys, new: Keys) -> tuple[str, ...]:
    """Return which keys of a claim are others, in the order of a claim."""
    return tuple(key for key in Claim.model_fields if old.find(key) != new.find(key))


def _file(table: ClaimsTable, name: str, rows: list[Row], typed: _Typed) -> str:
    """Return the name of the file in which a claim is, or belongs, without its ending."""
    known = typed.claims[name][0] if name in typed.claims else None
    cells = (row[FILE] for row in rows if row.get(FILE))
    cell = next(cells, Scalar("", _first(rows[0]).origin))
    stem = str(cell).removesuffix(".yaml") or (known.stem if known else Path(table.path).stem)
    if known and stem != known.stem:
        message = f"claim '{name}' is in {shown(known)}; a table moves no claim"
        table.refuse([Problem(cell.place, message, RULE)])
    if not known and not _FILE.fullmatch(stem):
        message = f"'{stem}' can't name a file of claims; write small letters, digits and '-' in a column 'file'"
        table.refuse([Problem(cell.place, message, RULE)])
    return stem


def _first(row: Row) -> Scalar:
    """Return the cell of a *row* that names its claim."""
    return row.get(ID) or next(iter(row.values()))


def _with_claims(
    table: ClaimsTable, draft: Draft, changed: Mapping[str, Keys], rows: Mapping[str, list[Row]]
) -> Draft:
    """Return *draft* with the claims that a table changes, whose places are in the table."""
    wrong, claims, places = list[Problem](), {**draft.claims}, {**draft.places}
    for name, typed in changed.items():
        key = Scalar(name, _first(rows[name][0]).place)
        _, mistakes = validate(CLAIM_ID, key)
        claim, more = validate(Claim, typed, key)
        wrong += (*mistakes, *more)
        if claim:
            claims[name] = claim
            places.setdefault(f"claim:{name}", key.place)
    table.refuse(wrong)
    broken = draft.broken - {f"claim:{name}" for name in changed}
    return replace(draft, claims=claims, places=places, broken=broken)


def _more(folders: Folders, before: Draft, after: Draft) -> tuple[Problem, ...]:
    """Return the problems of a series that it had not before: neither at their place nor, of a claim, in its file."""
    old, new = (
        [fault.problem for fault in of_library(draft, folders.fonts)] for draft in (before, after)
    )
    here, still = ({(each.place, each.rule) for each in problems} for problems in (old, new))
    moved = Counter(
        (each.rule, each.message) for each in old if (each.place, each.rule) not in still
    )
    more = []
    for problem in sorted(new):
        if (problem.place, problem.rule) not in here:
            moved[problem.rule, problem.message] -= 1
            more += [problem] * (moved[problem.rule, problem.message] < 0)
    return tuple(more)


def _texts(typed: _Typed, changed: Mapping[str, Keys], paths: Mapping[str, Path]) -> Texts:
    """Return the files that change.

    Raises:
        RefusedError: a claim is typed in a way that the program is not sure of.
    """
    new = dict[Path, dict[str, Keys]]()
    for name, claim in changed.items():
        if name not in typed.claims:
            new.setdefault(paths[name], {})[name] = claim
            continue
        path, old = typed.claims[name]
        try:
            typed.files[path].taken += edit(typed.files[path], old, claim)
        except UnsureError:
            raise RefusedError(f"{old.place}: claim '{name}': {BY_HAND}") from None
    for path, claims in new.items():
        if path in typed.files:
            typed.files[path].taken.append(new_text(typed.files[path], claims))
    texts = {path: (each.data, each.result()) for path, each in typed.files.items() if each.taken}
    fresh = {
        path: (b"", new_file(claims)) for path, claims in new.items() if path not in typed.files
    }
    return texts | fresh


def _prove(folders: Folders, texts: Texts, before: Draft, after: Draft) -> None:
    """Read what is to be written, as the next run will: it has the claims of the table.

    Raises:
        ContentRefusedError: a file would have more mistakes.
        RefusedError: a claim would be another one.
    """
    draft = write_files(folders, texts, dry=True)
    known = {(fault.problem.rule, fault.problem.message) for fault in before.faults}
    found = errors(fault.problem for fault in draft.faults)
    if wrong := [each for each in found if (each.rule, each.message) not in known]:
        raise ContentRefusedError(wrong)
    for name, claim in after.claims.items():
        if draft.claims.get(name) != claim:
            raise RefusedError(f"{draft.places[f'claim:{name}']}: claim '{name}': {BY_HAND}")
