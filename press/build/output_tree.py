"""Compare a new tree of outputs with the old one, and exchange the two."""

import json
import posixpath
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from press.build.formats import format_of, media_type
from press.content.model import Series
from press.ground import sums, swap
from press.ground.sums import SUMS
from press.ground.swap import MANIFEST
from press.page.cut import linked

STALE = "stale"  # the folder of what must not be taken for current
INDEX = "index.html"
SITE = (INDEX, "evidence.html")


@dataclass(frozen=True)
class OutputFile:
    """A file of the outputs, and what the manifest says of it beside its path, digest, size and type."""

    path: str
    content: bytes
    facts: Mapping[str, Any]

    @property
    def format(self) -> str:
        """The format of a file of an edition, '' of any other."""
        row = format_of(self.path)
        return row.name if row else ""

    @property
    def stale(self) -> bool:
        """Whether it is out of date, and lies apart."""
        return self.path.startswith(f"{STALE}/")

    def linked(self, there: Container[str]) -> Self:
        """Return a page with just those links that lead to what is *there*; a stale one stays as it was."""
        if self.stale or not self.path.endswith(".html"):
            return self
        folder = posixpath.dirname(self.path)

        def exists(to: str) -> bool:
            return posixpath.normpath(posixpath.join(folder, to)) in there

        text = self.content.decode("utf-8", "surrogateescape")  # an old file may be damaged
        return replace(self, content=linked(text, exists).encode("utf-8", "surrogateescape"))


@dataclass(frozen=True)
class OldTree:
    """The outputs of the last build, in *folder*."""

    folder: Path

    @cached_property
    def entries(self) -> Mapping[str, dict[str, Any]]:
        """What their manifest says, by path."""
        try:
            outputs = json.loads((self.folder / MANIFEST).read_bytes())["outputs"]
            return {str(entry["path"]): entry for entry in outputs}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def read(self, path: str) -> bytes | None:
        """Return the content of the file *path*, or None."""
        file = self.folder / path
        return file.read_bytes() if file.is_file() and not file.is_symlink() else None

    def paths(self) -> set[str]:
        """Return the paths of all that is in the folder."""
        every = self.folder.rglob("*") if self.folder.is_dir() else ()
        return {path.relative_to(self.folder).as_posix() for path in every if not path.is_dir()}

    def replacing(self, path: str, content: bytes, series: Series) -> Mapping[str, bytes]:
        """Return all files that the manifest lists, whatever became of them, but with *content* for *path*."""
        kept = {name: data for name in self.entries if (data := self.read(name)) is not None}
        entries = [self.entries[name] for name in kept if name != path]
        entries.append(entry(path, content, {}))
        return seal(kept | {path: content}, entries, series)


@dataclass(frozen=True)
class Changes:
    """How a new tree differs from the old one."""

    fresh: Mapping[str, bytes]  # files that are written
    kept: tuple[str, ...]  # files of the old tree
    gone: tuple[str, ...]  # files of the old tree, and what its manifest has and somebody removed
    strange: tuple[str, ...]  # of these, what no build put there


def entry(path: str, data: bytes, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the manifest says of one output."""
    size, kind = len(data), media_type(path)
    return {"path": path, "sha256": sums.sha256(data), "size": size, "type": kind, **facts}


def seal(
    files: Mapping[str, bytes], entries: Iterable[Mapping[str, Any]], series: Series
) -> dict[str, bytes]:
    """Return *files* with their manifest, made of *entries*, and their digests.

    The manifest holds no time of day, no host and no absolute path.
    """
    rows = sorted(entries, key=lambda entry: str(entry["path"]))
    head: dict[str, object] = {"schema": 1, "series": str(series.name), **identity(series)}
    head["release"] = series.release.isoformat()
    listed = f"{json.dumps(head | {'outputs': rows}, ensure_ascii=False, indent=1)}\n".encode()
    digests = {str(row["path"]): str(row["sha256"]) for row in rows}
    sealed = sums.write(digests | {MANIFEST: sums.sha256(listed)})
    return {**files, SUMS: sealed, MANIFEST: listed}


def identity(series: Series) -> dict[str, str]:
    """Return what a manifest says, so that no other series uses its folder; a series without an id has none."""
    return {"id": str(series.id)} if series.id else {}


def compare(files: Mapping[str, bytes], old: OldTree) -> Changes:
    """Return how *files* differ from the *old* tree."""
    kept = {path: content for path, content in files.items() if old.read(path) == content}
    fresh = {path: content for path, content in files.items() if path not in kept}
    known = {*old.entries, MANIFEST, SUMS}
    gone = tuple(sorted((old.paths() | known) - files.keys()))
    return Changes(fresh, tuple(kept), gone, tuple(path for path in gone if path not in known))


def exchange(out: Path, changes: Changes) -> None:
    """Put the new tree in the place of the old one, unless it is the same."""
    if not changes.fresh and not changes.gone:
        return
    with swap.stage(out) as tree:
        for path in changes.kept:
            tree.keep(path)
        for path, content in changes.fresh.items():
            tree.write(path, content)
        tree.commit()
