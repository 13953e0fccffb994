"""Edit single words in files of content, and leave the rest of each file as its author typed it."""

from pathlib import Path

from press.content import reader
from press.content.scalar import Scalar
from press.ground.disk import drop_parts, write_whole
from press.problems import UsageError


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
        """Write all files, each whole, if all can be.

        Raises:
            UsageError: what is typed at a place can't be edited here.
            OutputError: one could not be written.
        """
        texts: dict[Path, str] = {}
        for name, edits in self._of.items():
            lines = Path(name).read_text("utf-8").split("\n")
            for line, column, old, new in sorted(edits, reverse=True):
                lines[line - 1] = _edited(lines[line - 1], column - 1, old, new)
            texts[Path(name)] = "\n".join(lines)
            if reader.read_bytes(texts[Path(name)].encode(), name)[1]:
                each = "; ".join(
                    f"line {line}: {new.rpartition(chr(0))[2]}" for line, _, _, new in edits
                )
                raise UsageError(
                    f"{name} can't be edited by the program; write into it by hand: {each}"
                )
        for path, text in texts.items():
            write_text(path, text)


def write_text(path: Path, text: str) -> None:
    """Write a file of content, with the line ends that it has; what a killed run left beside it goes."""
    drop_parts(path.parent, f"{path.name}.")
    windows = path.exists() and b"\r\n" in path.read_bytes()
    write_whole(path, text.replace("\n", "\r\n" if windows else "\n").encode())


def _edited(line: str, at: int, old: str, new: str) -> str:
    before, rest = line[:at], line[at:]
    word, _, more = new.partition("\0")
    quote = rest[:1] if rest[:1] in {"'", '"'} else ""
    if not quote and "," in word:
        word = f'"{word}"'  # what else would divide it in a list
    end = len(quote) + len(old)
    if rest[len(quote) : end] != old:
        return "]"  # an alias or an escape: no line that can be read
    whole, after = f"{before}{quote}{word}{quote}", rest[end + len(quote) :]
    if not more:
        return whole + after
    if "{" in before or after.lstrip()[:1] in {",", "}"}:
        return f"{whole}, {more}{after}"
    indent = " " * (len(line) - len(line.lstrip()))
    return f"{whole}{after}\n{indent}{more}"
