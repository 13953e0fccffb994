"""Compare two indexes of a source's passages: which stayed, moved, changed, went or came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from press.content.model.sources import Passage
from press.ingest.index import Entry


@dataclass(frozen=True)
class Changes:
    """What became of passages, by their old locators; of new ones by the new."""

    shifted: dict[str, str] = field(default_factory=dict)  # only counted anew: old locator -> new
    moved: dict[str, str] = field(default_factory=dict)  # to another place of the text, likewise
    changed: dict[str, str] = field(default_factory=dict)  # have other words, likewise
    went: tuple[str, ...] = ()
    came: tuple[str, ...] = ()

    @property
    def now(self) -> dict[str, str]:
        """The new locators of the passages that are still there."""
        return self.shifted | self.moved | self.changed


class Print(NamedTuple):
    """What is known of a passage's words: their fingerprint, and values, units and marks."""

    fingerprint: str
    holds: frozenset[str] = frozenset()


def prints(passages: Mapping[Any, Passage | Entry]) -> dict[str, Print]:
    """Return what an index knows of its passages, by locator."""
    return {
        str(key): Print(
            str(each.fingerprint),
            frozenset(map(str, (*each.values, *each.units.values(), *each.references))),
        )
        for key, each in passages.items()
    }


def changes(old: Mapping[str, Print], new: Mapping[str, Print]) -> Changes:
    """Return what became of the passages *old*, by locator in the order of the text.

    Where words were exchanged for others between passages that stayed, they are taken for a change of these; where
    there are fewer now, of those that hold the most of what is there.
    """
    stayed: dict[str, str] = {}
    gaps: list[tuple[list[str], list[str]]] = []
    before, after = [*old], [*new]
    was, now = ([each.fingerprint for each in passages.values()] for passages in (old, new))
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for what, start, end, first, last in matcher.get_opcodes():
        if what == "equal":
            stayed |= dict(zip(before[start:end], after[first:last], strict=True))
        else:
            gaps.append((before[start:end], after[first:last]))
    moved = _moved(old, new, gaps)
    changed: dict[str, str] = {}
    went, came = [], []
    for gone, here in gaps:
        gone_too = [name for name in gone if name not in moved]
        here_too = [name for name in here if name not in moved.values()]
        stay = _most_alike(gone_too, here_too, old, new)
        new_words = _most_alike(here_too, gone_too, new, old)
        changed |= dict(zip(stay, new_words, strict=True))
        went += [name for name in gone_too if name not in changed]
        came += [name for name in here_too if name not in new_words]
    shifted = {name: here for name, here in stayed.items() if name != here}
    return Changes(shifted, moved, changed, tuple(went), tuple(came))


def _most_alike(
    some: list[str], others: list[str], mine: Mapping[str, Print], theirs: Mapping[str, Print]
) -> list[str]:
    """Return as many of *some* as there are *others*, those that hold the most of what one of them holds."""

    def alike(name: str) -> int:
        return max(len(mine[name].holds & theirs[other].holds) for other in others)

    best = (
        sorted(some, key=alike, reverse=True)[: len(others)]
        if len(some) > len(others) > 0
        else some[: len(others)]
    )
    return [name for name in some if name in best]


def _moved(
    old: Mapping[str, Print], new: Mapping[str, Print], gaps: list[tuple[list[str], list[str]]]
) -> dict[str, str]:
    """Return the passages that went in one gap and came, word by word, in another."""
    free = {new[name].fingerprint: name for _, here in gaps for name in reversed(here)}
    return {
        name: free.pop(old[name].fingerprint)
        for gone, _ in gaps
        for name in gone
        if old[name].fingerprint in free
    }
