"""Rewrite what older names say in the files of a series: kinds of block, sections, limits."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple, get_args

from press.content.model.choices import SectionName
from press.content.model.kinds import KINDS, Sections
from press.content.model.series import Limits, Thresholds
from press.content.moved import moved
from press.content.scalar import Items, Keys, Scalar
from press.ingest.upgrade.splices import Splices, UnsureError
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

    def sections(self) -> Iterator[tuple[Keys, Splices]]:
        """Yield the sections of each brief, and the splices of its file."""
        for brief, splices in self.inside("briefs"):
            if isinstance(sections := brief.find("sections"), Keys):
                yield sections, splices

    def attempt(self, places: Iterable[Place], message: str, rewrite: Callable[[], None]) -> None:
        """Rewrite something and note it at its *places*; leave it as it is where the splices are not sure of it."""
        kept = {name: splices.mark() for name, (_, splices) in self.files.items()}
        try:
            rewrite()
        except UnsureError:
            for name, (_, splices) in self.files.items():
                splices.back_to(kept[name])
            self.left += [Note(place, f"{message}; {BY_HAND}") for place in places]
        else:
            self.done += [Note(place, message) for place in places]


def rewrite_names(rewriting: Rewriting) -> None:
    """Rewrite the kinds of blocks, the sections of briefs, and the limits that have other names now or are gone."""
    for blocks, splices in rewriting.inside("blocks"):
        for block in (block for block in blocks.values() if isinstance(block, Keys)):
            _names(rewriting, splices, block, KINDS)
    for sections, splices in rewriting.sections():
        _sections(rewriting, splices, sections)
    for limits, splices in rewriting.inside("limits.yaml"):
        _limits(rewriting, splices, limits)
    for terms, splices in rewriting.inside("terms"):
        for avoid in (each for each in _items(terms.find("avoid")) if isinstance(each, Keys)):
            _value(rewriting, splices, avoid.find("unless"))


def _names(rewriting: Rewriting, splices: Splices, keys: Keys, known: Iterable[str]) -> None:
    """Rewrite keys that are no longer *known*."""
    for key in keys:
        if row := moved(key, known):
            if row.new in keys:
                message = f"{row.told}, which is here too: take one of them out"
                rewriting.left.append(Note(key.place, message))
            elif row.new:
                rewriting.attempt([key.place], row.told, partial(splices.rename, key, row.new))
            else:
                rewriting.attempt([key.place], row.told, partial(splices.remove, keys, {key}))


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


def _value(
    rewriting: Rewriting, splices: Splices, value: object, beside: Items | None = None
) -> None:
    """Rewrite a *value* that is the name of a section, or take it out of what is *beside* it."""
    if isinstance(value, Scalar) and (row := moved(value, get_args(SectionName))):
        rename = partial(splices.rename, value, row.new)
        if beside and row.new in beside:
            rename = partial(splices.remove, beside, {value})
        rewriting.attempt([value.place], row.told, rename)


def _sections(rewriting: Rewriting, splices: Splices, sections: Keys) -> None:
    """Put the blocks of sections that are part of another one now at its end."""
    for key in sections:
        row = moved(key, Sections.model_fields)
        if row is None:
            continue
        message = f"{row.told}; its heading is not printed"
        old, new = sections[key], sections.find(row.new)
        if row.new not in sections:
            rewriting.attempt([key.place], message, partial(splices.rename, key, row.new))
        elif isinstance(old, Items) and isinstance(new, Items):
            if twice := [name for name in old if name in new]:
                message += f"; {', '.join(map(str, twice))} stood in both, and is printed once"
            append = partial(_append, splices, sections, key, row.new)
            rewriting.attempt([key.place], message, append)
        else:
            rewriting.left.append(Note(key.place, f"{row.told}; {BY_HAND}"))


def _append(splices: Splices, sections: Keys, old: str, new: str) -> None:
    """Put the blocks of the section *old* behind those of *new*, with their comments where both have lines."""
    source, target = sections.find(old), sections.find(new)
    if not (isinstance(source, Items) and isinstance(target, Items)):
        raise UnsureError
    names = [str(name) for name in source if name not in target]
    lines = "" if target.flow or sections.flow else splices.item_lines(sections, old, names)
    splices.add(target, len(target), names, lines)
    splices.remove(sections, {old}, keep=not lines)


def _items(value: object) -> Items:
    return value if isinstance(value, Items) else Items()
