"""Edit single words in files of content, and leave the rest of each file as its author typed it."""

from pathlib import Path

from press.content.scalar import Scalar
from press.ground.disk import write_whole


class Edits:
    """Edits at the places of scalars that were read; nothing is written before all are known."""

    def __init__(self) -> None:
        self._of: dict[str, list[tuple[int, int, str, str]]] = {}

    def __bool__(self) -> bool:
        return bool(self._of)

    def replace(self, scalar: Scalar, new: str) -> None:
        """Let *new* stand in the place of a scalar of one line."""
        self._keep(scalar, str(scalar), new)

    def insert(self, scalar: Scalar, key: str, value: str) -> None:
        """Let a key with its value, in quotes, follow the key whose value *scalar* is."""
        self._keep(scalar, str(scalar), f'{scalar}\0{key}: "{value}"')

    def _keep(self, scalar: Scalar, old: str, new: str) -> None:
        place = scalar.place
        self._of.setdefault(place.path, []).append((place.line, place.column, old, new))

    def write(self) -> None:
        """Write all files, each whole.

        Raises:
            OutputError: one could not be written.
        """
        for name, edits in self._of.items():
            path = Path(name)
            lines = path.read_text("utf-8").split("\n")
            for line, column, old, new in sorted(edits, reverse=True):
                lines[line - 1] = _edited(lines[line - 1], column - 1, old, new)
            write_whole(path, "\n".join(lines).encode())


def _edited(line: str, at: int, old: str, new: str) -> str:
    before, rest = line[:at], line[at:]
    word, _, more = new.partition("\0")
    if "," in word and rest[:1] not in {"'", '"'}:
        word = f'"{word}"'  # what else would divide it in a list
    rest = rest.replace(old, word, 1)
    if not more:
        return before + rest
    indent = " " * (len(line) - len(line.lstrip()))
    flow = before.lstrip().startswith(("{", "- {")) or "{" in before
    if not flow:
        return f"{before}{rest}\n{indent}{more}"
    end = rest.index(word) + len(word) + (rest[:1] in "'\"")
    return f"{before}{rest[:end]}, {more}{rest[end:]}"
