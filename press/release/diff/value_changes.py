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


def values(editions: Mapping[str, tuple[Pieces, Pieces]]) -> tuple[ChangedValue, ...]:
    """Return each value that changed in *editions* (old and new of each), with all blocks where it is printed now."""
    where: dict[_Pair, dict[BlockPlace, None]] = {}
    for name, (old, new) in editions.items():
        for pair in _changed(old, new):
            found = where.setdefault(pair, {})
            found |= {BlockPlace(name, block): None for block in _blocks(new, pair)}
    return tuple(
        ChangedValue(pair.claim, pair.value, pair.old, pair.new, tuple(found))
        for pair, found in _told(where)
    )


def _changed(old: Pieces, new: Pieces) -> Iterator[_Pair]:
    """Yield the values that changed in one edition: seen block by block, then over all of it."""
    found: dict[_Pair, None] = {}
    for key, piece in new.items():
        found |= dict.fromkeys(_pairs(old[key].values, piece.values) if key in old else ())
    told = {(pair.claim, pair.value, text) for pair in found for text in (pair.old, pair.new)}
    before, after = (
        [one for one in _all(pieces) if (one.claim, one.value, one.text) not in told]
        for pieces in (old, new)
    )
    found |= dict.fromkeys(_pairs(before, after, every=False))
    yield from found


def _pairs(old: Iterable[Shown], new: Iterable[Shown], *, every: bool = True) -> Iterator[_Pair]:
    """Yield what both sides print of a value in different words, in order; not *every*: where it is one thing."""
    sides: dict[tuple[str, str, bool, bool], tuple[dict[str, str], dict[str, str]]]
    sides = defaultdict(lambda: ({}, {}))
    for number, shown in enumerate((old, new)):
        for one in shown:
            name = (one.claim, one.value, one.named, bool(YEARS.fullmatch(one.text)))
            sides[name][number].setdefault(_folded(one.text), one.text)
    for (claim, value, named, _), (before, after) in sides.items():
        gone = [text for folded, text in before.items() if folded not in after]
        fresh = [text for folded, text in after.items() if folded not in before]
        if every or len(gone) == len(fresh) == 1:
            yield from starmap(partial(_Pair, claim, value, named), zip(gone, fresh, strict=False))


def _all(pieces: Pieces) -> Iterator[Shown]:
    for piece in pieces.values():
        yield from piece.values


def _blocks(new: Pieces, pair: _Pair) -> Iterator[str]:
    """Yield the blocks in which the new value is printed."""
    for piece in new.values():
        if any(
            (one.claim, _folded(one.text)) == pair.folded[::2]
            and (one.value == pair.value or not one.named)
            for one in piece.values
        ):
            yield piece.block


def _told(
    where: Mapping[_Pair, dict[BlockPlace, None]],
) -> list[tuple[_Pair, dict[BlockPlace, None]]]:
    """Return *where* with a figure's values under their names, where the texts tell which these are."""
    named = {pair.folded for pair in where if pair.named}
    out: dict[tuple[object, ...], tuple[_Pair, dict[BlockPlace, None]]] = {}
    for pair, places in where.items():
        if pair.named or pair.folded not in named:
            kept, known = out.get(key := (pair.value, *pair.folded), (pair, {}))
            out[key] = (kept, known | places)
    return list(out.values())


def _folded(text: str) -> str:
    """Return *text* as it is written inside a sentence."""
    return text[:1].lower() + text[1:]
