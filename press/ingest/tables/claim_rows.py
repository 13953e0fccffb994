"""Make claims of the rows of a table: as they would be typed, each cell with its place."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from press.content.scalar import Keys, Scalar
from press.ingest.tables.claims_table import ClaimsTable, Row, mistake
from press.ingest.tables.columns import FILE, ID, VALUES, Column
from press.ingest.upgrade.splices import Splices
from press.problems import Problem

Known = Mapping[str, tuple[Path, Keys]]  # the claims of a series as they are typed, and their files


def rows_of_claims(table: ClaimsTable, known: Known) -> dict[str, list[Row]]:
    """Return the rows of each claim by its id, which the ref of one that is *known* leads to.

    Raises:
        ContentRefusedError: a row is of no claim.
    """
    rows, wrong = dict[str, list[Row]](), list[Problem]()
    for row in table.rows:
        try:
            rows.setdefault(_name(row, known), []).append(row)
        except ValueError as error:
            wrong.append(mistake(first(row), str(error)))
    table.refuse(wrong)
    return rows


def typed_claims(files: Mapping[Path, Splices]) -> Iterator[tuple[Path, Scalar, Keys]]:
    """Yield the claims in *files* as they are typed, each with its file and its id."""
    for path, file in files.items():
        yield from (
            (path, key, claim) for key, claim in file.tree.items() if isinstance(claim, Keys)
        )


def first(row: Row) -> Scalar:
    """Return the cell of a *row* that names its claim."""
    return row.get(ID) or next(iter(row.values()))


def _name(row: Row, known: Known) -> str:
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
    of_source = {
        name: claim
        for name, (_, claim) in known.items()
        if not source or source == claim.find("source")
    }
    names = [name for name, claim in of_source.items() if claim.find("ref") == ref]
    if not names:
        raise ValueError(f"no claim has the ref {ref}; a new claim needs an id")
    if len(names) > 1:
        raise ValueError(f"{' and '.join(names)} have the ref {ref}; write the id of one")
    return names[0]


def claim_of(rows: list[Row], old: Keys | None, wrong: list[Problem]) -> Keys:
    """Return the claim of some *rows*; keys without a column stay as in *old*, an empty cell takes its key out."""
    claim = _copy(old, first(rows[0]))
    for column in (column for column in rows[0] if not column.of_value):
        cells = [row[column] for row in rows]
        full = [cell for cell in cells if cell.strip()]
        for cell in (cell for cell in full if cell != full[0]):
            what = f"row {full[0].place.line} has another {column.name} for this claim"
            wrong.append(mistake(cell, f"{what}; leave one of them empty"))
        if column not in {ID, FILE}:
            _put(claim, column.path, column, full[0] if full else cells[0], wrong)
    if of_value := [column for column in rows[0] if column.of_value]:
        _put_values(claim, rows, of_value, wrong)
    elif len(rows) > 1:
        line = first(rows[0]).place.line
        wrong.append(mistake(first(rows[1]), f"row {line} is of the same claim; take one out"))
    return claim


def _put_values(claim: Keys, rows: list[Row], columns: list[Column], wrong: list[Problem]) -> None:
    """Put the values of some *rows* in the place of those that a claim has."""
    old = claim.pop(Scalar(VALUES), None)
    values = Keys((), claim.place)
    naming, *others = columns
    for row in rows:
        name = row[naming]
        if name in values:
            wrong.append(mistake(name, f"value '{name}' has a row above; take one out"))
        elif name:
            before = old.find(name) if isinstance(old, Keys) else None
            value = values[name] = _copy(before, name)
            for column in others:
                _put(value, column.path[1:], column, row[column], wrong)
        elif len(rows) > 1 or any(row[column].strip() for column in others):
            wrong.append(mistake(name, "a further row of a claim needs the name of a value"))
    if values:
        claim[Scalar(VALUES, claim.place)] = values


def _copy(value: object, cell: Scalar) -> Keys:
    """Return a copy of keys that may be changed, or none, at the place of a *cell*."""
    if not isinstance(value, Keys):
        return Keys((), cell.place)
    inner = (
        (key, _copy(each, cell) if isinstance(each, Keys) else each) for key, each in value.items()
    )
    return Keys(inner, value.place, flow=value.flow)


def _put(
    keys: Keys, path: tuple[str, ...], column: Column, cell: Scalar, wrong: list[Problem]
) -> None:
    """Let what a *cell* holds be under the keys of a *path*, or take the last of them out."""
    key, held = Scalar(path[0], cell.origin), keys.find(path[0])
    value: object = None
    if path[1:]:
        value = inner = held if isinstance(held, Keys) else Keys((), cell.place)
        _put(inner, path[1:], column, cell, wrong)
    elif cell.strip():
        try:
            value = column.typed(cell)
        except ValueError as error:
            wrong.append(mistake(cell, str(error)))
        if isinstance(held, Scalar) and held != value and held.strip() == value:
            value = held  # with the line breaks at its end
    if value or value is False:
        keys[key] = value
    else:
        keys.pop(key, None)
