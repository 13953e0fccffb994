"""Ask git what is committed of the inputs of a release."""

import base64
import csv
import importlib.metadata
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from press.build.build_request import sources
from press.ground import signals
from press.ground.paths import COMMIT, DISTRIBUTION, Folders
from press.problems import ConfigurationError
from press.release.freeze.made_from import named


@dataclass(frozen=True)
class Tree:
    """What git says: the commit, and what is not in it."""

    folders: Folders
    commit: str | None = None  # None: there is none, or it is not known
    uncommitted: tuple[Path, ...] = ()  # inputs that are not in the commit as they are
    reason: str = ""  # why there is no commit

    def as_json(self) -> dict[str, Any]:
        """Return it for the manifest."""
        known: dict[str, Any] = {"commit": self.commit, "clean": not self.uncommitted}
        if self.reason:
            known = {"commit": None, "clean": None, "reason": self.reason}
        return known | {"uncommitted": [named(path, self.folders) for path in self.uncommitted]}


def look(folders: Folders, inputs: Iterable[Path]) -> Tree:
    """Return what git says about those *inputs* that authors write, in the repository of the content.

    Raises:
        ConfigurationError: git refuses to say, and tells why.
    """
    written = [path for path in inputs if path.is_relative_to(folders.content)]
    content, work = folders.content.resolve(), folders.home.resolve() / folders.work.name
    return _look(replace(folders, content=content, work=work), content, written, "the content")


def look_at_press(folders: Folders, seen: Mapping[Path, str]) -> Tree:
    """Return what git says about code and templates of Press, or the wheel from which it was installed.

    *seen* are the inputs of a release, with their digests.

    Raises:
        ConfigurationError: git refuses to say, and tells why.
    """
    ours = {
        path: digest for path, digest in seen.items() if not path.is_relative_to(folders.content)
    }
    if folders.installed:
        return _wheel(folders, ours)
    return _look(folders, folders.root, ours, "Press")


def _wheel(folders: Folders, ours: Mapping[Path, str]) -> Tree:
    """Return of which commit the wheel was made, and which files are not as it brought them."""
    path = folders.root / COMMIT
    commit = path.read_text("utf-8").strip() if path.is_file() else ""
    if not commit:
        return Tree(folders, reason="this wheel of Press was not made of a commit")
    own = importlib.metadata.distribution(DISTRIBUTION)
    brought = {  # by the list itself: `files` of some versions leaves out what is gone
        Path(str(own.locate_file(name))).resolve(): base64.urlsafe_b64decode(f"{digest}=").hex()
        for name, hashed, _ in csv.reader((own.read_text("RECORD") or "").splitlines())
        if (digest := hashed.partition("=")[2])
    }
    changed = {path for path, digest in ours.items() if brought.get(path) != digest}
    gone = {each for each in brought if each.is_relative_to(folders.code) and not each.exists()}
    return Tree(folders, commit, tuple(sorted(changed | gone)))


def _look(folders: Folders, place: Path, inputs: Iterable[Path], what: str) -> Tree:
    """Return what git says about *inputs* in the repository around *place*, where *what* lies."""
    if not any((folder / ".git").exists() for folder in (place, *place.parents)):
        return Tree(folders, reason=f"{what} is in no git repository")
    if shutil.which("git") is None:
        return Tree(folders, reason="git is not installed here")
    root = Path(_git(place, "rev-parse", "--show-toplevel").rstrip("\n"))
    placed = [path.parent.resolve() / path.name for path in inputs]  # a link is what is committed
    inside = [path for path in placed if path.is_relative_to(root)]
    tagged = _git(root, "ls-files", "-v", "-z", "--", *map(str, inside)).split("\0")
    # other letters are of files that git was told not to watch, whatever has become of them
    known = {entry[2:] for entry in tagged if entry.startswith("H ")}
    words = ("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--")
    entries = _git(root, *words, *sorted({str(path.parent) for path in inside})).split("\0")
    changed = {entry[3:] for entry in entries if entry}
    places = [each.resolve() for each in sources(folders)]
    lost = {
        path
        for path in (root / name for name in changed)
        if not path.exists() and any(map(path.is_relative_to, places))
    }
    new = {path for path in inside if path.relative_to(root).as_posix() not in known - changed}
    uncommitted = tuple(sorted(new | lost))
    if len(inside) < len(placed):  # one commit cannot stand for two folders
        reason = f"part of {what} is in another repository"
        return Tree(folders, None, uncommitted, reason)
    commit = _git(root, "rev-parse", "--verify", "--quiet", "HEAD", missing="").strip()
    return Tree(folders, commit or None, uncommitted)  # a new repository has none


def _git(folder: Path, *words: str, missing: str | None = None) -> str:
    """Return what git prints; *missing* where it ends with 1, which is its no."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    # a repository may name a program that git would start for its watching of files
    command = ["git", "-C", str(folder), "--literal-pathspecs", "-c", "core.fsmonitor=false"]
    done = signals.run(
        [*command, *words],
        env=own | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="surrogateescape",
    )
    if done.returncode == 1 and missing is not None:
        return missing
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise ConfigurationError(f"git cannot say what is committed: {lines[0]}")
    return str(done.stdout)
