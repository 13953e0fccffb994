"""Compare two editions block by block, in the order of reading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

from press.release.diff.pieces import DRAWING, NAMES, NOTES, REFERENCES, SHOWN, Piece
from press.release.diff.word_spans import Line, Span, line, same, shown, spans, words

Kind = Literal["text", "added", "removed", "moved", "order", "numbers"]
ECHOES = {"name": "title", "month of release": "release date"}  # change with what they are made of
UNSAID = frozenset({"kind", "form"})  # no texts of a block that is new or gone


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a reader sees changed; '' for what is not there."""

    kind: Kind
    section: str
    block: str
    what: str  # in it, such as 'who'
    old: Line
    new: Line

    @property
    def heading(self) -> str:
        """What it is about."""
        return self.what if self.kind in {"text", "order", "numbers"} else self.kind

    @property
    def sides(self) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Return old and new in spans; places and numbers are not looked at word by word."""
        if self.kind in {"moved", "numbers"}:
            return spans(self.old, ())[0], spans((), self.new)[1]
        return spans(self.old, self.new)


def changes(old: Mapping[str, Piece], new: Mapping[str, Piece]) -> Iterator[Change]:
    """Yield what changed, block by block."""
    order, moved = merged(tuple(old), tuple(new))
    for key in order:
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            yield from _alone(before, after)
            continue
        # what has a number has its place by that
        placed = before.section != NOTES and before.number == after.number
        if before.section != after.section or (key in moved and placed):
            places = [line(_place_of(key, side)) for side in (old, new)]
            yield Change("moved", after.section, after.block, "place", *places)
        yield from _texts(before, after)
    for section in (NOTES, REFERENCES):
        yield from _numbers(section, old, new)


def merged(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[list[str], set[str]]:
    """Return the names of both in one order, and those that stand elsewhere among the others than before."""
    order: list[str] = []
    moved: set[str] = set()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            order += [name for name in old[i1:i2] if name not in new]
            moved |= set(new[j1:j2]) & set(old)
        order += new[j1:j2]
    return order, moved


def _place_of(key: str, pieces: Mapping[str, Piece]) -> str:
    """Return where a piece is, in words."""
    section = pieces[key].section
    before = [name for name in takewhile(key.__ne__, pieces) if pieces[name].section == section]
    return f"in {section}, after {pieces[before[-1]].block}" if before else f"first in {section}"


def _alone(before: Piece | None, after: Piece | None) -> Iterator[Change]:
    """Yield the change for a piece that only one side has, with all its texts."""
    if after is not None:
        yield Change("added", after.section, after.block, "", (), _whole(after))
    elif before is not None:
        yield Change("removed", before.section, before.block, "", _whole(before), ())


def _whole(piece: Piece) -> Line:
    tokens: Line = ()
    for what, text in piece.lines.items():
        if what not in UNSAID and not what.startswith(DRAWING) and shown(text).strip():
            name = () if what == "text" or text[0].shown in what else line(f"{what}: ")
            tokens += (*(line("\n") if tokens else ()), *name, *text)
    return tokens


def _texts(before: Piece, after: Piece) -> Iterator[Change]:
    """Yield what changed inside a piece."""
    lines: set[str] = set()  # that changed
    for old_name, name in _pairs(before, after):
        old, new = before.lines.get(old_name, ()), after.lines.get(name, ())
        if name == NAMES["depth"] and not old and shown(new) != SHOWN["screen"]:
            continue  # of before there was a short form
        valued = any(what.startswith(f"{NAMES['data']} '") for what in lines)
        if same(old, new) or (valued and (name or old_name).startswith(DRAWING)):
            continue  # a value that changed says it in words
        if not (ECHOES.get(name) in lines and _echoes(name, before, after)):
            lines.add(name or old_name)
            yield Change("text", after.section, after.block, name or old_name, old, new)
    for what, names in after.orders.items():
        sides = before.orders.get(what, ()), names
        kept = {*sides[0]} & {*names}
        old, new = (line("; ".join(name for name in side if name in kept)) for side in sides)
        if not same(old, new):
            yield Change("order", after.section, after.block, f"order of {what}", old, new)


def _echoes(name: str, before: Piece, after: Piece) -> bool:
    """Return True if a line that is made of another one only followed it."""
    source = ECHOES[name]
    return source != "title" or all(
        words(side.lines.get(source, ())) == shown(side.lines.get(name, ())).strip()
        for side in (before, after)
    )


def _pairs(before: Piece, after: Piece) -> Iterator[tuple[str, str]]:
    """Yield the names of lines to compare: the same ones, and items of a list whose first words changed."""
    renamed: dict[str, str] = {}  # new name -> old name
    for what, names in after.orders.items():
        gone = [name for name in before.orders.get(what, ()) if name not in names]
        fresh = [name for name in names if name not in before.orders.get(what, ())]
        if len(gone) == len(fresh):
            renamed |= {f"{what} '{n}'": f"{what} '{o}'" for o, n in zip(gone, fresh, strict=True)}
    paired = set(renamed.values())
    for name in merged(tuple(before.lines), tuple(after.lines))[0]:
        if name not in paired:
            yield renamed.get(name, name), name if name in after.lines else ""


def _numbers(section: str, old: Mapping[str, Piece], new: Mapping[str, Piece]) -> Iterator[Change]:
    """Yield one change for all notes, or references, that are counted anew."""
    pairs = [
        (old[key].number, piece.number)
        for key, piece in new.items()
        if piece.section == section and key in old and old[key].number != piece.number
    ]
    if pairs:
        before, after = (
            line(", ".join(number or "–" for number in side)) for side in zip(*pairs, strict=True)
        )
        yield Change("numbers", section, section, "counted anew", before, after)
