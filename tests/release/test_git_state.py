"""What git says of a series and of Press, each in its own repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press.ground.paths import Folders
from press.release.freeze import git_state
from tests.support.project import needs, run

if TYPE_CHECKING:
    from pathlib import Path


def committed(folder: Path) -> str:
    """Commit all that is in a folder, and return the commit."""
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    words = (["init", "-q"], ["add", "-A"], [*own, "commit", "-qm", "all"], ["rev-parse", "HEAD"])
    return [run(["git", *each], folder).stdout for each in words][-1].strip()


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return the folders of a Press and of a series that lie apart."""
    for name in ("clone/press/a.py", "clone/templates/page.html.j2", "town/series.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return Folders.of(tmp_path / "clone", tmp_path / "town")


def test_both_commits_are_known(folders: Folders) -> None:
    """Of each, what is not committed too; what git says of one is not said of the other."""
    needs("git")
    code, template = folders.code / "a.py", folders.templates / "page.html.j2"
    series = folders.content / "series.yaml"
    seen = dict.fromkeys((code, template, series), "")
    commits = committed(folders.content), committed(folders.root)
    template.write_text("other", "utf-8")
    trees = git_state.look(folders, seen), git_state.look_at_press(folders, seen)
    assert tuple(tree.commit for tree in trees) == commits
    assert commits[0] != commits[1]
    assert [tree.uncommitted for tree in trees] == [(), (template,)]
    assert trees[1].as_json()["uncommitted"] == ["templates/page.html.j2"]


def test_one_without_a_repository_does_not_hide_the_other(folders: Folders) -> None:
    """The reason says of which it is."""
    needs("git")
    seen = {folders.code / "a.py": "", folders.content / "series.yaml": ""}
    commit = committed(folders.content)
    assert git_state.look(folders, seen).commit == commit
    assert git_state.look_at_press(folders, seen).reason == "Press is in no git repository"
