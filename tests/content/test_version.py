"""A series that is written for a newer Press is refused by whatever reads it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from press.build import catalogue, explain
from press.build.build_request import Request
from press.ground.paths import Folders
from press.ingest.comparison import compare
from press.ingest.new_entry import SeriesOnDisk
from press.ingest.tables.claims_export import export_claims
from press.problems import ContentRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return the folders of a copy of the small library."""
    content = Path(shutil.copytree(ROOT / "tests" / "library", tmp_path / "content"))
    return Folders(ROOT, content, *(tmp_path / name for name in ("b", "r", "k", ".press")))


@pytest.mark.parametrize(
    "read",
    [
        SeriesOnDisk,
        lambda folders: catalogue.make(Request(folders)),
        lambda folders: compare(folders, folders.work),
        lambda folders: explain.claim(folders, "quiet"),
        lambda folders: export_claims(folders, folders.work / "claims.csv"),
    ],
    ids=["new", "catalogue", "compare", "explain", "export"],
)
@pytest.mark.parametrize(
    ("version", "said"),
    [("999.1", "this series is written for Press 999.1"), ("9" * 5000, "this is no version")],
    ids=["newer", "endless"],
)
def test_a_series_of_a_newer_press_is_refused(
    folders: Folders, read: Callable[[Folders], object], version: str, said: str
) -> None:
    """Before anything is made of it."""
    (folders.content / ".press-version").write_text(version, "utf-8")
    with pytest.raises(ContentRefusedError) as refused:
        read(folders)
    [problem] = refused.value.problems
    assert problem.message.startswith(said)
