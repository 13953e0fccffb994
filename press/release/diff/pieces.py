"""Read an edition, as JSON, into the pieces that a reader sees, with all their texts.

All that is in the JSON ends up in a line; an unknown key gets a line of its own.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from press.release.diff.word_spans import Line, WordToken, joined, line, shown, words

TITLE, SERIES, NOTES, REFERENCES = "title", "series", "notes", "references"
HEAD = ("title", "name", "summary", "label")  # the fields of the head of a brief
LISTS = frozenset({"sections", "notes", "sources"})
# fields as they are read; all others follow, by name
ORDER = (
    *("title", "subtitle", "label", "shown", "unit", "text", "who", "does", "by", "takes"),
    *("harm", "sign", "origin", "columns", "rows", "data", "basis", "bases", "locator", "year"),
    *("dating", "derived", "caveat", "citation"),
)
# what is called otherwise in words than in the data
NAMES = {
    "accent": "colour",
    "alternative": "text alternative",
    "asset": "file",
    "data": "value of",
    "dating": "year",
    "depth": "shown",
    "derived": "worked out as",
    "digest": "picture",
    "dim": "light ground",
    "does": "does what",
    "harm": "possible harm",
    "label": "audience",
    "figure": "number",
    "latest": "latest dated figure",
    "open": "open edge",
    "release": "release date",
    "supersedes": "corrected release",
    "released": "month of release",
    "rows": "row",
    "share": "length",
    "short": "text of the short form",
    "shown": "value",
    "sign": "sign of success",
    "start": "start of the scale",
    "summary": "standfirst",
    "takes": "what it takes",
}
# What a figure's value is drawn by: a reader sees it as a length, and in words in the fields beside.
DRAWN = ("share", "open", "low", "high", "bound", "first", "last", "role")
DRAWING = "drawing of"
SHOWN = {  # where readers find what is shown from a depth on
    "short": "in all forms",
    "brief": "in the brief and on the page, not in the short form",
    "screen": "on the page alone, not in print",
}
COMMA, CELL, END = WordToken("\0,", ", "), WordToken("\0|", " | "), WordToken("\0¶", "\n")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value where it is printed."""

    claim: str
    value: str  # its name; for one in a figure, which does not tell it, its label
    text: str
    named: bool


@dataclass
class Piece:
    """One thing that a reader sees: a block, a note, a reference, the head of a brief, or its series."""

    section: str
    block: str  # as it is called
    lines: dict[str, Line] = field(default_factory=dict)  # by what they are
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of the items of a list
    values: list[Shown] = field(default_factory=list)
    number: str = ""  # of a note, or the mark of a reference


def read(edition: Mapping[str, Any]) -> dict[str, Piece]:
    """Return what a reader of *edition* sees, in order, by keys that outlast a change of order.

    Raises:
        KeyError, TypeError, AttributeError, ValueError, RecursionError: it is not an edition.
    """
    reader = _PieceReader({note["number"]: str(note["claim"]) for note in edition["notes"]})
    pieces: dict[str, Piece] = {}
    for kind, piece in _pieces(edition, reader):
        pieces[_once(f"{kind} {piece.block}", pieces)] = piece
    return pieces


def _pieces(edition: Mapping[str, Any], reader: "_PieceReader") -> Iterator[tuple[str, Piece]]:
    yield "head", reader.piece(TITLE, TITLE, {key: edition[key] for key in HEAD if key in edition})
    for section in edition["sections"]:
        more = {key: value for key, value in section.items() if key not in {"name", "blocks"}}
        if any(more.values()):
            yield "section", reader.piece(section["name"], section["name"], more)
        for block in section["blocks"]:
            yield "block", reader.piece(section["name"], block["id"], block, but={"id"})
    for note in edition["notes"]:
        name = f"note on {note['claim']}"
        yield "note", reader.piece(NOTES, name, note, but={"claim", "number"}, number="number")
    for source in edition["sources"]:
        name = f"reference {source['id']}"
        yield "reference", reader.piece(REFERENCES, name, source, but={"id", "mark"}, number="mark")
    rest = {key: value for key, value in edition.items() if key not in {*HEAD, *LISTS}}
    yield "series", reader.piece(SERIES, SERIES, rest)


@dataclass(frozen=True)
class _PieceReader:
    """Reads the pieces of one edition."""

    claims: Mapping[Any, str]  # by the numbers of their notes

    def piece(
        self,
        section: object,
        block: object,
        fields: Mapping[str, Any],
        *,
        but: Container[str] = (),
        number: str = "",
    ) -> Piece:
        """Return a piece with all *fields* but those that name it, and with the number in the field *number*."""
        piece = Piece(str(section), str(block), number=str(fields[number]) if number else "")
        for key in sorted(fields, key=_place):
            name, value = _once(NAMES.get(key, key), piece.lines), fields[key]
            if key not in but and isinstance(value, list) and any(map(_structured, value)):
                self._items(piece, name, value)
            elif key == "depth":
                piece.lines[name] = line(SHOWN.get(value, str(value)))
            elif key not in but:
                piece.lines[name] = joined(self._tokens(piece, value))
        return piece

    def _items(self, piece: Piece, what: str, items: list[Any]) -> None:
        """Add a line for each row of a table or value of a figure, by what comes first in it."""
        names: list[str] = []
        drawn: dict[str, Line] = {}
        for item in items:
            names.append(_once(self._title(item), names))
            fields: Any = item
            if isinstance(item, dict) and "shown" in item:
                lengths = {key: item[key] for key in DRAWN if key in item}
                drawn[f"{DRAWING} '{names[-1]}'"] = joined(self._tokens(piece, lengths))
                fields = {key: value for key, value in item.items() if key not in DRAWN}
            piece.lines[f"{what} '{names[-1]}'"] = joined(self._tokens(piece, fields))
        piece.lines |= drawn
        piece.orders[what] = tuple(names)

    def _title(self, item: Any) -> str:  # noqa: ANN401 - JSON
        """Return the words by which an item is known."""
        first = item.get("label", "") if isinstance(item, dict) else item[0] if item else ""
        return words(self._tokens(Piece("", ""), first))

    def _tokens(self, piece: Piece, value: Any) -> Iterator[WordToken]:  # noqa: ANN401 - JSON
        """Yield what is read in *value*; the values of claims in it are added to *piece*."""
        if isinstance(value, list):
            for place, item in enumerate(value):
                if place and not _inline(item):
                    yield CELL if isinstance(item, list) else COMMA
                elif place and item["type"] in {"par", "bullets"}:
                    yield END
                yield from self._tokens(piece, item)
        elif _inline(value):
            yield from self._inline(piece, value)
        elif isinstance(value, dict):
            yield from self._fields(piece, value)
        elif value is not None and value is not False:
            yield from line("yes" if value is True else str(value))

    def _fields(self, piece: Piece, value: Mapping[str, Any]) -> Iterator[WordToken]:
        """Yield the words of a mapping: a basis, or the fields of a figure's value that say something."""
        if value.keys() == {"name", "unclear"}:
            yield from line(f"{value['name']}{' (unclear)' if value['unclear'] else ''}")
            return
        if "shown" in value and "note" in value:
            claim = self.claims.get(value["note"], "")
            text = str(value["shown"])
            piece.values.append(Shown(claim, self._title(value), text, named=False))
        full = [key for key in sorted(value, key=_place) if value[key] not in ("", 0, None, [])]
        for place, key in enumerate(full):
            mark = key == "note" and not isinstance(value[key], list | dict)
            noted = {"type": "marks", "notes": [value[key]]} if mark else value[key]
            yield from (WordToken("\0;", "; "),) if place else ()
            yield from line("" if key == "label" else f"{NAMES.get(key, key)}: ")
            yield from self._tokens(piece, noted)

    def _inline(self, piece: Piece, part: Mapping[str, Any]) -> Iterator[WordToken]:
        kind = part["type"]
        if kind == "marks":
            for note in part["notes"]:
                yield WordToken(f"\0note {self.claims.get(note, note)}", f"[{note}]")
        elif kind in {"run", "number"}:
            yield from line(text := str(part["text"]))
            if kind == "number":
                piece.values.append(Shown(str(part["claim"]), str(part["value"]), text, named=True))
        elif kind == "bullets":
            for place, item in enumerate(part["items"], 1):
                sign = f"{place}. " if part["ordered"] else "• "
                yield WordToken(f"\0{sign}", f"\n{sign}" if place > 1 else sign)
                yield from self._tokens(piece, item)
        else:
            yield from self._wrapped(piece, part)

    def _wrapped(self, piece: Piece, part: Mapping[str, Any]) -> Iterator[WordToken]:
        """Yield words that are set apart, between the signs of Markdown."""
        signs = {
            "strong": ("**", "**"),
            "emphasis": ("*", "*"),
            "link": ("[", f"]({part.get('href', '')})"),
            "foreign": ("[", f"](lang:{part.get('language', '')})"),
        }
        before, after = signs.get(part["type"], ("", ""))
        yield from [WordToken(f"\0{before}", before)] if before else []
        yield from self._tokens(piece, part["children"])
        yield from [WordToken(f"\0{after}", shown(line(after)))] if after else []


def _place(key: str) -> tuple[int, str]:
    return (ORDER.index(key) if key in ORDER else len(ORDER), key)


def _inline(value: object) -> bool:
    return isinstance(value, dict) and "type" in value


def _structured(value: object) -> bool:
    """Return True if an item of a list is a row of lines, or a mapping with a label."""
    row = isinstance(value, list) and any(isinstance(cell, list) for cell in value)
    return row or (isinstance(value, dict) and "label" in value)


def _once(name: str, known: Container[str]) -> str:
    """Return *name*, with a number after it where it is taken."""
    numbered = (f"{name} ({number})" for number in count(2))
    return next(free for free in chain([name], numbered) if free not in known)
