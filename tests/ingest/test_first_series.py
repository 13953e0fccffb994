"""The index of the first review says what its text says, where the text is at hand."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from press.content.library import load
from press.ingest.comparison import compare
from tests.support.folders import HERE, apart

TEXT = Path(__file__).parents[3] / "shared" / "review" / "review.txt"


@pytest.mark.series
def test_each_fingerprint_value_and_mark_is_that_of_the_text(tmp_path: Path) -> None:
    """And the source's file says with which text it was compared."""
    if not TEXT.exists():
        pytest.skip("not run: needs the review, which is no part of the project")
    folders = apart(tmp_path, tmp_path / "content")
    shutil.copytree(HERE.content, folders.content)
    (tmp_path / "texts").mkdir()
    shutil.copy(TEXT, tmp_path / "texts")
    found = compare(folders, tmp_path / "texts")
    assert (found.problems, found.compared) == ((), ("review",))
    source = load(HERE.content, "content").sources["review"]
    assert source.verified
    assert source.compared
    assert source.compared.text == hashlib.sha256(TEXT.read_bytes()).hexdigest()
