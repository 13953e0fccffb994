"""Name the parts of the structure of a document: its nodes, and the content that they hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from press.print.engine_types import Element


class Content(NamedTuple):
    """A text or a picture that the print marks as content."""

    page: int  # from 0
    number: int  # of the mark on its page
    element: Element
    pseudo: str  # such as "before"
    rect: tuple[float, float, float, float]  # left, bottom, right, top, in points


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure."""

    tag: str
    parent: "Node | None" = None
    element: Element = None
    kids: "list[Node | Content]" = field(default_factory=list)
    language: str = ""  # where it differs from that of what it is in
    alternative: str = ""
    expansion: str = ""  # of an abbreviation
    name: str = ""  # by which others refer to it
    attributes: dict[str, str | int] = field(default_factory=dict)
    headers: "list[Node]" = field(default_factory=list)  # of a cell
    refers: "list[Node]" = field(default_factory=list)  # of a call its note, of a note its calls

    def nodes(self) -> Iterator["Node"]:
        """Yield it and all nodes in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()

    def within(self, *tags: str) -> "Node | None":
        """Return the innermost node with one of *tags* that it is in, itself included."""
        node: Node | None = self
        while node and node.tag not in tags:
            node = node.parent
        return node

    def add(self, tag: str, element: Element = None, *, first: bool = False) -> "Node":
        """Return a new node at the end of this one, or at its beginning."""
        node = Node(tag, self, element)
        self.kids.insert(0 if first else len(self.kids), node)
        return node
