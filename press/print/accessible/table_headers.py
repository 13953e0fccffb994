"""Tell each cell of a table its headers, where spans or groups of rows hide them.

By HTML, 4.9.12.2, written as ISO 32000-1, Table 349 says.
"""

from collections.abc import Iterator
from typing import NamedTuple

from press.print.accessible.nodes import Node

GROUPS = ("rowgroup", "colgroup")


class Cell(NamedTuple):
    """A cell and the rectangle of the grid that it fills."""

    node: Node
    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def scope(self) -> str:
        """What it heads; '' if it is no header."""
        return self.node.element.get("scope", "col") if self.node.tag == "TH" else ""

    def heads(self, cell: "Cell") -> bool:
        """Return whether it is a header of *cell*."""
        if self.node is cell.node or not self.scope:
            return False
        if self.scope == "rowgroup":
            return _group(self) is _group(cell) and self.row < cell.row
        if self.scope == "row":
            return (
                self.column < cell.column
                and self.row <= cell.last_row
                and cell.row <= self.last_row
            )
        overlap = self.column <= cell.last_column and cell.column <= self.last_column
        return self.row < cell.row and overlap


def give_headers(table: Node, name: str) -> None:
    """Name the headers of *table* after *name* and give each cell those it has, if scopes alone do not tell."""
    cells = list(_cells(table))
    heads = [cell for cell in cells if cell.scope]
    if not any(cell.scope in GROUPS or _spans(cell) for cell in heads):
        return
    for number, cell in enumerate(heads, 1):
        cell.node.name = f"{name}-{number}"
    for cell in cells:
        cell.node.headers = [head.node for head in heads if head.heads(cell)]


def _cells(table: Node) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for row, node in enumerate(node for node in table.nodes() if node.tag == "TR"):
        column = 0
        for each in node.nodes():
            if each.tag not in {"TH", "TD"}:
                continue
            while (row, column) in taken:
                column += 1
            down, across = (int(each.attributes.get(key, 1)) for key in ("RowSpan", "ColSpan"))
            cell = Cell(each, row, column, row + down - 1, column + across - 1)
            taken |= {
                (r, c) for r in range(row, row + down) for c in range(column, column + across)
            }
            yield cell


def _spans(cell: Cell) -> bool:
    return cell.row != cell.last_row or cell.column != cell.last_column


def _group(cell: Cell) -> Node | None:
    return cell.node.within("THead", "TBody", "TFoot")
