"""Two sets of editions as data in; what a reader would see changed, out."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Change:
    """One block or value of one brief, as it was and as it is; '' where there was or is none."""

    brief: str  # 'en/health'
    what: str  # 'brief', 'block' or 'value'
    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Comparison:
    """All that changed."""

    changes: tuple[Change, ...]

    def as_text(self) -> str:
        """Return the changes for a reader."""
        if not self.changes:
            return "Nothing that a reader sees has changed.\n"
        return "\n".join(map(_shown, self.changes)) + "\n"

    def as_json(self) -> dict[str, Any]:
        """Return the changes for programs."""
        return {"changes": [asdict(change) for change in self.changes]}


def compare(old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]) -> Comparison:
    """Return what changed between editions as JSON, by 'language/brief'."""
    return Comparison(tuple(_changes(old, new)))


def _changes(
    old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]
) -> Iterator[Change]:
    for brief in sorted(old.keys() | new.keys()):
        if brief not in old or brief not in new:
            names = [str(one[brief]["name"]) if brief in one else "" for one in (old, new)]
            yield Change(brief, "brief", brief, *names)
            continue
        for what, parts in (("value", _values), ("block", _blocks)):
            was, now = parts(old[brief]), parts(new[brief])
            for name in sorted(was.keys() | now.keys()):
                if was.get(name) != now.get(name):
                    yield Change(brief, what, name, was.get(name, ""), now.get(name, ""))


def _blocks(edition: dict[str, Any]) -> dict[str, str]:
    blocks = [block for section in edition["sections"] for block in section["blocks"]]
    rest = {key: value for key, value in edition.items() if key not in {"sections", "notes"}}
    return {"the brief's own lines": _text(rest)} | {
        str(block["id"]): _text(block) for block in blocks
    }


def _values(value: object) -> dict[str, str]:
    """Return the printed values in a part of an edition by claim and name."""
    found: dict[str, str] = {}
    if isinstance(value, dict) and value.get("type") == "number":
        found[f"{value['claim']}.{value['value']}"] = str(value["text"])
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            found |= _values(inner)
    return found


def _text(value: object) -> str:
    """Return all words in a part of an edition."""
    if isinstance(value, dict):
        inner = [part for key, part in value.items() if key not in {"type", "claim", "value"}]
        return re.sub(r"\s+", " ", " ".join(filter(None, map(_text, inner)))).strip()
    if isinstance(value, list):
        return re.sub(r"\s+", " ", "".join(map(_text, value)))
    return value if isinstance(value, str) else ""


def _shown(change: Change) -> str:
    lines = [f"{change.brief}, {change.what} {change.name}:"]
    lines += [f"  was: {change.old}"] if change.old else []
    lines += [f"  is:  {change.new}"] if change.new else []
    return "\n".join(lines)
