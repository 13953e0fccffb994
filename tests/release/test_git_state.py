"""What git says of a series and of Press, each in its own repository."""

from __future__ import annotations

import base64
import hashlib
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


def test_a_deleted_file_that_is_no_input_is_none_of_a_release(folders: Folders) -> None:
    """A series in a folder of its own has its outputs and more beside what is read."""
    needs("git")
    town = folders.content
    for name in ("build/index.html", "README.md", "claims/a.yaml"):
        (town / name).parent.mkdir(exist_ok=True)
        (town / name).write_text(name, "utf-8")
    committed(town)
    for name in ("build/index.html", "README.md", "claims/a.yaml"):
        (town / name).unlink()
    tree = git_state.look(folders, [town / "series.yaml"])
    assert [path.name for path in tree.uncommitted] == ["a.yaml"]


@pytest.fixture
def wheel(folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """Return the folders of a Press that was installed from a wheel."""
    known, digest = tmp_path / "site" / "press_briefs-1.dist-info", hashlib.sha256(b"code").digest()
    known.mkdir(parents=True)
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: press-briefs\nVersion: 1\n")
    (known.parent / "press" / "installed").mkdir(parents=True)
    listed = f"sha256={base64.urlsafe_b64encode(digest).decode().rstrip('=')},4"
    (known / "RECORD").write_text(f"press/a.py,{listed}\npress/b.py,{listed}\n")
    for name in ("a.py", "b.py"):
        (known.parent / "press" / name).write_bytes(b"code")
    monkeypatch.syspath_prepend(known.parent)
    return Folders.of(known.parent / "press" / "installed", folders.content)


def test_what_is_missing_of_a_wheel_is_not_committed(wheel: Folders) -> None:
    """A file that was changed, and one that was removed."""
    (wheel.root / "commit").write_text("abc\n", "utf-8")
    seen = {wheel.code / "a.py": hashlib.sha256(b"code").hexdigest()}
    assert git_state.look_at_press(wheel, seen).as_json()["clean"]
    (wheel.code / "b.py").unlink()
    tree = git_state.look_at_press(wheel, seen | {wheel.code / "a.py": "other"})
    assert tree.as_json() == {
        "commit": "abc",
        "clean": False,
        "uncommitted": ["press/a.py", "press/b.py"],
    }


def test_a_wheel_may_be_made_of_no_commit(wheel: Folders) -> None:
    """As by `pip install` of a folder."""
    assert (
        git_state.look_at_press(wheel, {}).reason == "this wheel of Press was not made of a commit"
    )
