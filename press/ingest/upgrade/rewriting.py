"""Rewrite what older names say in the files of a series: kinds of block, sections, limits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple, get_args

from press.content.model.choices import SectionName
from press.content.model.kinds import KINDS, Sections
from press.content.model.series import Limits, Thresholds
from press.content.moved import moved
from press.content.scalar import Items, Keys, Scalar
from press.ingest.upgrade.splices import Splice, Splices, UnsureError
from press.problems import Place

BY_HAND = "the program is not sure how it is typed: write it by hand"


class Note(NamedTuple):
    """What was done at a place, or is left to do."""

    place: Place
    message: str


@dataclass
class Rewriting:
    """The files of a series, and what is rewritten in them."""

    files: Mapping[Path, tuple[Keys, Splices]]
    done: list[Note] = field(default_factory=list)
    left: list[Note] = field(default_factory=list)

    def inside(self, folder: str) -> list[tuple[Keys, Splices]]:
        """Return the files of a *folder*, or the file of this name."""
        return [
            file for path, file in self.files.items() if folder in {path.parent.name, path.name}
        ]

    def attempt(self, splices: Splices, place: Place, message: str, made: Iterator[Splice]) -> None:
        """Take up the splices that are *made* and note it; leave all as it is where they are not sure of it."""
        try:
            splices.taken += list(made)
        except UnsureError:
            self.left.append(Note(place, f"{message}; {BY_HAND}"))
        else:
            self.done.append(Note(place, message))


def rewrite_names(rewriting: Rewriting) -> None:
    """Rewrite the kinds of blocks, the sections of briefs, and the limits that have other names now or are gone."""
    for blocks, splices in rewriting.inside("blocks"):
        for block in (block for block in blocks.values() if isinstance(block, Keys)):
            _names(rewriting, splices, block, KINDS)
    for brief, splices in rewriting.inside("briefs"):
        if isinstance(sections := brief.find("sections"), Keys):
            _sections(rewriting, splices, sections)
    for limits, splices in rewriting.inside("limits.yaml"):
        _limits(rewriting, splices, limits)
    for terms, splices in rewriting.inside("terms"):
        for avoid in (each for each in _items(terms.find("avoid")) if isinstance(each, Keys)):
            _value(rewriting, splices, avoid.find("unless"), Items())


def _names(rewriting: Rewriting, splices: Splices, keys: Keys, known: Iterable[str]) -> None:
    """Rewrite keys that are no longer *known*."""
    rows = {key: row for key in keys if (row := moved(key, known))}
    gone = frozenset(str(key) for key, row in rows.items() if not row.new)
    for key, row in rows.items():
        if row.new in keys:
            message = f"{row.fate}, which is here too: take one of them out"
            rewriting.left.append(Note(key.place, message))
        elif row.new:
            rewriting.attempt(splices, key.place, row.fate, splices.rename(key, row.new))
        else:
            rewriting.attempt(splices, key.place, row.fate, splices.remove(keys, key, gone))


def _limits(rewriting: Rewriting, splices: Splices, limits: Keys) -> None:
    _names(rewriting, splices, limits, Limits.model_fields)
    groups = [limits.find("all")]
    for name in ("audiences", "languages"):
        group = limits.find(name)
        groups += group.values() if isinstance(group, Keys) else ()
    for thresholds in (group for group in groups if isinstance(group, Keys)):
        _names(rewriting, splices, thresholds, Thresholds.model_fields)
        for section in (items := _items(thresholds.find("sections"))):
            _value(rewriting, splices, section, items)


def _value(rewriting: Rewriting, splices: Splices, value: object, beside: Items) -> None:
    """Rewrite a *value* that is the name of a section, or take it out of what is *beside* it."""
    if isinstance(value, Scalar) and (row := moved(value, get_args(SectionName))):
        twice = row.new in beside
        made = splices.remove(beside, value) if twice else splices.rename(value, row.new)
        rewriting.attempt(splices, value.place, row.fate, made)


def _sections(rewriting: Rewriting, splices: Splices, sections: Keys) -> None:
    """Put the blocks of sections that are part of another one now at its end."""
    for key in sections:
        row = moved(key, Sections.model_fields)
        if row is None:
            continue
        message = f"{row.fate}; its heading is not printed"
        old, new = sections[key], sections.find(row.new)
        if row.new not in sections:
            rewriting.attempt(splices, key.place, message, splices.rename(key, row.new))
        elif isinstance(old, Items) and isinstance(new, Items) and _is_flat(old):
            if twice := [name for name in old if name in new]:
                message += f"; {', '.join(map(str, twice))} stood in both, and is printed once"
            names = [str(name) for name in old if name not in new]
            made = chain(splices.append(new, names), splices.remove(sections, key))
            rewriting.attempt(splices, key.place, message, made)
        else:
            rewriting.left.append(Note(key.place, f"{row.fate}; {BY_HAND}"))


def _is_flat(items: Items) -> bool:
    return all(isinstance(item, Scalar) for item in items)


def _items(value: object) -> Items:
    return value if isinstance(value, Items) else Items()
