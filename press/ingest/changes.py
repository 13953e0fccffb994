"""Compare two indexes of a source's passages: which stayed, moved, changed, went or came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher


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


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> Changes:
    """Return what became of the passages *old*, fingerprints by locator in the order of the text.

    Where words were exchanged for others between passages that stayed, they are taken for a change of these.
    """
    stayed: dict[str, str] = {}
    gaps: list[tuple[list[str], list[str]]] = []
    before, after = [*old], [*new]
    matcher = SequenceMatcher(None, [*old.values()], [*new.values()], autojunk=False)
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
        changed |= dict(zip(gone_too, here_too, strict=False))
        went += gone_too[len(here_too) :]
        came += here_too[len(gone_too) :]
    shifted = {was: now for was, now in stayed.items() if was != now}
    return Changes(shifted, moved, changed, tuple(went), tuple(came))


def _moved(
    old: Mapping[str, str], new: Mapping[str, str], gaps: list[tuple[list[str], list[str]]]
) -> dict[str, str]:
    """Return the passages that went in one gap and came, word by word, in another."""
    free = {new[name]: name for _, here in gaps for name in reversed(here)}
    return {name: free.pop(old[name]) for gone, _ in gaps for name in gone if old[name] in free}
