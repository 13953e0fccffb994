"""Paths are shown as a user would type them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from press.ground.paths import Folders, series_around, series_id, shown


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/home/of/press/content/briefs/red.yaml", "content/briefs/red.yaml"),
        ("/home/of/press", "."),
        ("/home/of/other", "../other"),
        ("/tmp/other", "/tmp/other"),  # noqa: S108 - not opened
    ],
)
def test_the_shorter_way_to_write_a_path_is_shown(
    monkeypatch: pytest.MonkeyPatch, path: str, wanted: str
) -> None:
    """A long way up and down again is no help."""
    monkeypatch.setattr("os.getcwd", lambda: "/home/of/press")
    assert shown(Path(path)) == wanted


def test_folders_have_their_usual_places(tmp_path: Path) -> None:
    """What belongs to the program lies below the root, wherever a run reads and writes."""
    folders = Folders.of(tmp_path)
    assert folders.content == tmp_path / "content"
    assert folders.store == tmp_path / ".press" / "store"
    assert folders.fonts == tmp_path / "templates" / "fonts"
    assert Folders.here().lock.is_file()


def test_a_clone_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    """What a wheel brings has the same name, and no package in it."""
    (tmp_path / "installed" / "press").mkdir(parents=True)
    assert not Folders.of(tmp_path / "installed").installed
    (tmp_path / "press" / "installed").mkdir(parents=True)
    assert Folders.of(tmp_path / "press" / "installed").installed


def test_the_id_of_a_series_is_read_from_a_file_alone(tmp_path: Path) -> None:
    """Of a FIFO nothing would ever come."""
    os.mkfifo(tmp_path / "series.yaml")
    assert series_id(tmp_path) == ""


def test_no_series_is_around_a_folder_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folders of the clone are those of a user who stands nowhere."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert series_around() is None
    assert Folders.here().lock.is_file()
