"""Paths are shown as a user would type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.ground.paths import Folders, shown


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
