"""Folders that nothing may fill, by whatever name they are given."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from press.ground import places
from tests.support.folders import HERE


@pytest.mark.parametrize("name", ["/", "/bin", "/boot", "/dev", "/etc", "/lib", "/proc", "/usr"])
@pytest.mark.parametrize("spelling", ["{}", "{}/", "/{}", "//{}/", "/usr/..{}", "{}/./", "{}/x/.."])
def test_a_folder_of_the_system_is_known_by_every_name(name: str, spelling: str) -> None:
    """Slashes, dots and the parent of a folder in it lead to the same place."""
    assert places.forbidden(Path(spelling.format(name))) == places.OF_SYSTEM


@pytest.mark.parametrize("name", ["/", "/etc", "/sys", "/var", "/proc/1/root"])
def test_a_link_to_a_folder_of_the_system_is_seen_through(name: str, tmp_path: Path) -> None:
    """Also two of them, one after the other, and one to the root as a process sees it."""
    (tmp_path / "first").symlink_to(name)
    (tmp_path / "second").symlink_to("first")
    if os.access(name, os.X_OK):
        assert places.forbidden(tmp_path / "second") == places.OF_SYSTEM


def test_the_root_of_another_system_is_one(tmp_path: Path) -> None:
    """Such as one that is mounted to be mended."""
    assert places.forbidden(tmp_path) == ""
    for name in ("etc", "usr", "dev"):
        (tmp_path / name).mkdir()
    assert places.forbidden(tmp_path) == places.OF_SYSTEM
    assert places.forbidden(tmp_path / "usr") == ""


def test_the_home_is_one_and_a_folder_in_it_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The home that the environment names, and the one that the system knows."""
    (tmp_path / "link").symlink_to(tmp_path / "home")
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "link"))
    assert places.forbidden(tmp_path / "home") == places.HOME
    assert places.forbidden(Path(pwd.getpwuid(os.getuid()).pw_dir))
    assert places.forbidden(tmp_path / "home" / "site") == ""


@pytest.mark.parametrize("kind", ["folder", "file", "broken link"])
def test_the_root_of_a_work_tree_is_one(kind: str, tmp_path: Path) -> None:
    """A second work tree and a submodule have a file there; folders in it are none, but those that git keeps."""
    git = tmp_path / ".git"
    if kind == "folder":
        (git / "hooks").mkdir(parents=True)
        assert places.forbidden(git / "hooks").endswith("git's own")
    elif kind == "file":
        git.write_text("gitdir: elsewhere")
    else:
        git.symlink_to("nowhere")
    assert places.forbidden(tmp_path) == places.OF_GIT
    assert places.forbidden(tmp_path / "site") == ""


def test_a_repository_without_a_work_tree_is_one(tmp_path: Path) -> None:
    """As a server has it: what git keeps lies in the folder itself."""
    for name in ("objects", "refs", "hooks"):
        (tmp_path / name).mkdir()
    assert places.forbidden(tmp_path / "hooks") == ""
    (tmp_path / "HEAD").touch()
    for folder in (tmp_path, tmp_path / "hooks" / "new"):
        assert places.forbidden(folder) == "lies in a folder of git's own"


def test_a_circle_of_links_is_no_place(tmp_path: Path) -> None:
    """And no traceback."""
    (tmp_path / "circle").symlink_to("circle")
    assert places.real(tmp_path / "circle") == tmp_path / "circle"
    assert places.forbidden(tmp_path / "circle") == ""


def test_places_for_a_site_are_none() -> None:
    """Where sites usually lie, and a folder of the project that nobody uses."""
    for name in ("/var/www/briefs", "/srv", "/mnt/stick", "/media/me/stick", HERE.root / "site"):
        assert places.forbidden(Path(name)) == ""
