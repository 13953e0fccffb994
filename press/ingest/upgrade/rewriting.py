"""Rewrite what older names say in the files of a series: kinds of block, sections, limits."""

from collections.abc import Iterable
from itertools import chain
from typing import get_args

from press.content.model.choices import SectionName
from press.content.model.kinds import KINDS, Sections
from press.content.model.series import Limits, Thresholds
from press.content.moved import moved
from press.content.scalar import Items, Keys, Scalar
from press.ingest.upgrade.splices import BY_HAND, Note, Splices


def rewrite_names(splices: Splices, place: str) -> None:
    """Rewrite the names of kinds, sections and limits in a file, which has its *place* in the folder of content."""
    tree = splices.tree
    if place == "blocks":
        for block in (each for each in tree.values() if isinstance(each, Keys)):
            _names(splices, block, KINDS)
    elif place == "briefs":
        if isinstance(sections := tree.find("sections"), Keys):
            _sections(splices, sections)
    elif place == "terms":
        for avoid in (each for each in _items(tree.find("avoid")) if isinstance(each, Keys)):
            _section_of_word(splices, avoid.find("unless"))
    else:
        _limits(splices, tree)


def _names(splices: Splices, keys: Keys, known: Iterable[str]) -> None:
    """Rewrite keys that are no longer *known*."""
    rows = {key: row for key in keys if (row := moved(key, known))}
    gone = frozenset(str(key) for key, row in rows.items() if not row.new)
    for key, row in rows.items():
        if row.new in keys:
            message = f"{row.fate}, which is here too: take one of them out"
            splices.left.append(Note(key.place, message))
        elif row.new:
            splices.attempt(key.place, row.fate, splices.rename(key, row.new))
        else:
            splices.attempt(key.place, row.fate, splices.remove(keys, key, gone))


def _limits(splices: Splices, limits: Keys) -> None:
    _names(splices, limits, Limits.model_fields)
    groups = [limits.find("all")]
    for name in ("audiences", "languages"):
        group = limits.find(name)
        groups += group.values() if isinstance(group, Keys) else ()
    for thresholds in (group for group in groups if isinstance(group, Keys)):
        _names(splices, thresholds, Thresholds.model_fields)
        for section in (items := _items(thresholds.find("sections"))):
            _value(splices, section, items)


def _value(splices: Splices, value: object, beside: Items) -> None:
    """Rewrite a *value* that is the name of a section, or take it out of what is *beside* it."""
    if isinstance(value, Scalar) and (row := moved(value, get_args(SectionName))):
        twice = row.new in beside
        made = splices.remove(beside, value) if twice else splices.rename(value, row.new)
        splices.attempt(value.place, row.fate, made)


def _section_of_word(splices: Splices, section: object) -> None:
    """Rewrite the section in which a word may stand, and say that it may stand in more places by that."""
    if isinstance(section, Scalar) and (row := moved(section, get_args(SectionName))):
        _value(splices, section, Items())
        message = f"'unless: {row.new}' lets the word stand in all of '{row.new}', not in what was '{row.old}' alone"
        splices.left.append(Note(section.place, f"{message}: take it out, or look at its texts"))


def _sections(splices: Splices, sections: Keys) -> None:
    """Put the blocks of sections that are part of another one now at its end."""
    for key in sections:
        row = moved(key, Sections.model_fields)
        if row is None:
            continue
        message = f"{row.fate}; its heading is not printed"
        old, new = sections[key], sections.find(row.new)
        if row.new not in sections:
            splices.attempt(key.place, message, splices.rename(key, row.new))
        elif isinstance(old, Items) and isinstance(new, Items) and _is_flat(old):
            if twice := [name for name in old if name in new]:
                message += f"; {', '.join(map(str, twice))} stood in both, and is printed once"
            names = [str(name) for name in old if name not in new]
            made = chain(splices.append(new, names), splices.remove(sections, key))
            splices.attempt(key.place, message, made)
        else:
            splices.left.append(Note(key.place, f"{row.fate}; {BY_HAND}"))


def _is_flat(items: Items) -> bool:
    return all(isinstance(item, Scalar) for item in items)


def _items(value: object) -> Items:
    return value if isinstance(value, Items) else Items()
