"""Find the values of claims that changed between two editions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import starmap

from press.release.diff.pieces import Piece, Shown

Pieces = Mapping[str, Piece]
# A value's year is printed under its name as well, and is no form of the value itself.
YEARS = re.compile(r"(?:1[89]|20)[0-9]{2}(?:–(?:1[89]|20)[0-9]{2})?")


@dataclass(frozen=True, slots=True, order=True)
class BlockPlace:
    """A block of an edition."""

    edition: str  # such as 'en/health'
    block: str


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A claim's value that is another one now."""

    claim: str
    value: str  # its name; the label of one that only a figure prints
    old: str
    new: str
    where: tuple[BlockPlace, ...]  # where it is printed now


@dataclass(frozen=True, slots=True)
class _Pair:
    """What was printed of a value, and what is now."""

    claim: str
    value: str
    named: bool
    old: str
    new: str

    @property
    def folded(self) -> tuple[str, str, str]:
        """Return what it has in common with pairs that tell the same."""
        return self.claim, _folded(self.old), _folded(self.new)

    def tells(self, shown: Shown) -> bool:
        """Return True if *shown* is the new value."""
        alike = (shown.claim, _folded(shown.text)) == self.folded[::2]
        return alike and (shown.value == self.value or not shown.named)


def values(editions: Mapping[str, tuple[Pieces, Pieces]]) -> tuple[ChangedValue, ...]:
    """Return each value that changed in *editions* (old and new of each), with all blocks where it is printed now."""
    where: dict[_Pair, dict[BlockPlace, None]] = defaultdict(dict)
    for name, (old, new) in editions.items():
        for pair in _changed(old, new):
            blocks = (piece.block for piece in new.values() if any(map(pair.tells, piece.values)))
            where[pair] |= {BlockPlace(name, block): None for block in blocks}
    return tuple(
        ChangedValue(pair.claim, pair.value, pair.old, pair.new, tuple(places))
        for pair, places in _by_name(where)
    )


def _changed(old: Pieces, new: Pieces) -> dict[_Pair, None]:
    """Return the values that changed in one edition, as keys: seen block by block, then over all of it."""
    pairs: dict[_Pair, None] = {}
    for key, piece in new.items():
        pairs |= dict.fromkeys(_pairs(old[key].values, piece.values) if key in old else ())
    known = {(pair.claim, pair.value, text) for pair in pairs for text in (pair.old, pair.new)}
    before, after = (
        [
            value
            for piece in pieces.values()
            for value in piece.values
            if (value.claim, value.value, value.text) not in known
        ]
        for pieces in (old, new)
    )
    return pairs | dict.fromkeys(_pairs(before, after, every=False))


def _pairs(old: Iterable[Shown], new: Iterable[Shown], *, every: bool = True) -> Iterator[_Pair]:
    """Yield what both sides print of a value in different words, in order; not *every*: where it is one thing."""
    sides: dict[tuple[str, str, bool, bool], tuple[dict[str, str], dict[str, str]]]
    sides = defaultdict(lambda: ({}, {}))
    for number, side in enumerate((old, new)):
        for shown in side:
            name = (shown.claim, shown.value, shown.named, bool(YEARS.fullmatch(shown.text)))
            sides[name][number].setdefault(_folded(shown.text), shown.text)
    for (claim, value, named, _), (before, after) in sides.items():
        gone = [text for folded, text in before.items() if folded not in after]
        fresh = [text for folded, text in after.items() if folded not in before]
        if every or len(gone) == len(fresh) == 1:
            yield from starmap(partial(_Pair, claim, value, named), zip(gone, fresh, strict=False))


def _by_name(
    where: Mapping[_Pair, dict[BlockPlace, None]],
) -> Iterable[tuple[_Pair, dict[BlockPlace, None]]]:
    """Return *where* with a figure's values under their names, where the texts tell which these are."""
    named = {pair.folded for pair in where if pair.named}
    out: dict[tuple[object, ...], tuple[_Pair, dict[BlockPlace, None]]] = {}
    for pair, places in where.items():
        if pair.named or pair.folded not in named:
            kept, known = out.get(key := (pair.value, *pair.folded), (pair, {}))
            out[key] = (kept, known | places)
    return out.values()


def _folded(text: str) -> str:
    """Return *text* as it is written inside a sentence."""
    return text[:1].lower() + text[1:]
