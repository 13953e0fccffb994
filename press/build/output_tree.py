"""The files of a new tree in, beside those of the old one; what is written, kept and gone out."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from press.build import manifest
from press.ground import sums
from press.ground.sums import SUMS
from press.page.cut import linked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from press.build import site_pages as site
    from press.build.build_result import Row
    from press.problems import Problem

STALE = "stale"
INDEX = "index.html"
SITE = (INDEX, "evidence.html")


@dataclass
class Outputs:
    """A tree: what is written anew, what is kept of the old one, and what of that disappears."""

    fresh: dict[str, bytes] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)  # of these, what no build put there
    left: list[str] = field(default_factory=list)  # nobody asked for them, and they are out of date
    rows: list[Row] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)  # of the manifest
    problems: list[Problem] = field(default_factory=list)  # of the pages beside the briefs


class Tree:
    """The new tree in the making, beside the old one."""

    def __init__(self, old: Path) -> None:
        self.old = old
        self.made = Outputs()
        self.files: dict[str, bytes] = {}
        self.shelf: list[site.Entry] = []  # the entries of the index
        self.there = set(SITE)  # what links may lead to, whether it is in the tree yet or not
        self.before = self._entries()

    def _entries(self) -> dict[str, dict[str, Any]]:
        """Return what the old manifest says, by path."""
        try:
            told = json.loads((self.old / manifest.NAME).read_bytes())
            return {str(one["path"]): one for one in told["outputs"]}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def read(self, name: str) -> bytes | None:
        """Return the old file *name*, or None."""
        path = self.old / name
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None

    def add(self, name: str, content: bytes, **facts: Any) -> None:  # noqa: ANN401 - JSON
        """Put *content* into the tree as *name*: current pages lead to what is there, stale ones stay as they were."""
        if name.endswith(".html") and not name.startswith(STALE):
            content = self._linked(name, content)
        self.files[name] = content
        self.made.entries.append(manifest.entry(name, content, facts))

    def _linked(self, name: str, page: bytes) -> bytes:
        def there(to: str) -> bool:
            return posixpath.normpath(posixpath.join(posixpath.dirname(name), to)) in self.there

        text = page.decode("utf-8", "surrogateescape")  # an old file may be damaged
        return linked(text, there).encode("utf-8", "surrogateescape")

    def keep_all(self) -> None:
        """Keep every file that the old manifest lists, and what it says of it, whatever became of the file."""
        for name, told in self.before.items():
            if (content := self.read(name)) is not None:
                self.files[name] = content
                self.made.entries.append(told)

    def seal(self, facts: Mapping[str, str]) -> None:
        """Put the manifest and the digests into the tree, with *facts* of the series."""
        told = manifest.written(facts, self.made.entries)
        digests = {str(one["path"]): str(one["sha256"]) for one in self.made.entries}
        self.files[SUMS] = sums.write(digests | {manifest.NAME: sums.sha256(told)})
        self.files[manifest.NAME] = told

    def finish(self) -> Outputs:
        """Return the tree."""
        for name, content in self.files.items():
            if self.read(name) == content:
                self.made.kept.append(name)
            else:
                self.made.fresh[name] = content
        old = (
            {
                path.relative_to(self.old).as_posix()
                for path in self.old.rglob("*")
                if not path.is_dir()
            }
            if self.old.is_dir()
            else set()
        )
        self.made.gone = sorted(old - self.files.keys())
        known = {*self.before, manifest.NAME, SUMS}
        self.made.strange = [name for name in self.made.gone if name not in known]
        return self.made
