"""Read a table of claims: its columns by their names, and the rows of each claim."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from press.content.csv_rows import simplify
from press.content.model.sources import letters
from press.content.scalar import Scalar
from press.ingest.tables.columns import FILE, ID, Column, columns
from press.ingest.tables.spreadsheet import RULE, read_cells
from press.problems import ContentRefusedError, Problem, did_you_mean

MOST_PROBLEMS = 100
ORDER = (ID, FILE, *columns())
Row = dict[Column, Scalar]  # of each column of the table; an empty cell is ''


@dataclass(frozen=True)
class ClaimsTable:
    """The rows of a table of claims, and the places of its columns."""

    path: str  # as shown to the user
    columns: tuple[Column | None, ...]  # None: one without a name and cells
    rows: tuple[Row, ...]

    def named(self, problem: Problem) -> Problem:
        """Return a *problem* of the table with the cell as a spreadsheet names it, such as 'cell D7, locator'."""
        place = problem.place
        if place.path != self.path:
            return problem
        column = self.columns[place.column - 1] if place.column <= len(self.columns) else None
        cell = f"{letters(place.column - 1).upper()}{place.line}"
        what = f"cell {cell}{f', {column.name}' if column else ''}"
        return replace(problem, message=f"{what}: {problem.message}")

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Refuse the table where it has *problems*.

        Raises:
            ContentRefusedError: it has some.
        """
        if wrong := [self.named(problem) for problem in problems]:
            raise ContentRefusedError(wrong[:MOST_PROBLEMS])


def read_table(path: Path) -> ClaimsTable:
    """Return the table in the file at *path*.

    Raises:
        ContentRefusedError: it has columns or rows that cannot be read.
        OutputError: it could not be read.
    """
    head, *below = read_cells(path)
    known = {column.name: column for column in ORDER}
    wrong, found = list[Problem](), list[Column | None]()
    for at, cell in enumerate(head):
        name = simplify(cell)
        column = known.get(name)
        full = any(row[at].strip() for row in below if at < len(row))
        if column in found and column:
            wrong.append(mistake(cell, f"the column '{name}' is there twice; take one out"))
        elif not column and (name or full):
            what = (
                f"no column is called '{cell.strip()[:40]}'"
                if name
                else "the first row has no name for this column"
            )
            way_out = did_you_mean(name, known, most=0) if name else ""
            wrong.append(mistake(cell, what + (way_out or "; docs/tables.md lists their names")))
        found.append(column)
    names = {column.name for column in found if column}
    if "id" not in names and "ref" not in names:
        wrong.append(mistake(head[0], "a table of claims needs a column 'id', or 'ref'"))
    if "value" not in names and (of := [each for each in found if each and each.of_value]):
        what = f"'{of[0].name}' is of a value, whose name is in a column 'value': add it"
        wrong.append(mistake(head[found.index(of[0])], what))
    for cell in (cell for row in below for cell in row[len(head) :] if cell.strip()):
        what = "this cell is beyond the last column of the first row"
        wrong.append(mistake(cell, f"{what}; put a text with the separator in quotes"))
    rows = tuple(_row(row, found) for row in below)
    table = ClaimsTable(head[0].place.path, tuple(found), rows)
    table.refuse(wrong)
    return table


def _row(cells: list[Scalar], columns: list[Column | None]) -> Row:
    """Return the cells of a row by their columns, in the order of a claim; the last ones may be missing."""
    end = cells[0].place
    missing = (Scalar("", replace(end, column=at + 1)) for at in range(len(cells), len(columns)))
    pairs = zip(columns, [*cells, *missing], strict=False)
    row = {column: Scalar(cell.strip(" "), cell.origin) for column, cell in pairs if column}
    return {column: row[column] for column in sorted(row, key=ORDER.index)}


def mistake(cell: Scalar, message: str) -> Problem:
    """Return what is wrong with a *cell*."""
    return Problem(cell.place, message, RULE)
