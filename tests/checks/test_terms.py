"""The words of a series, and the rules that a language has words for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from press.checks.content import terms
from press.content import library


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library."""
    return Path(shutil.copytree(Path(__file__).parents[1] / "library", tmp_path / "content"))


def said(content: Path, old: str, new: str) -> list[str]:
    """Return what is said of the terms with *new* in the place of *old*."""
    path = content / "terms/en.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    read = library.load(content, "")
    assert read.faults == []
    return [str(fault.problem).partition("terms/")[2] for fault in terms.check(read)]


def test_a_phrase_is_tied_to_a_claim_that_there_is(content: Path) -> None:
    """Else nothing could ever be said with it."""
    tied = "tied: [{phrase: quiet gates, claim: quite}]"
    [problem] = said(content, "official", f"{tied}\nofficial")
    assert (
        problem
        == "en.yaml:1:37: error: no claim is called 'quite'; did you mean 'quiet'? [reference]"
    )


@pytest.mark.parametrize("item", ["works - saves", "works -saves", "works, saves", "works • saves"])
def test_two_words_in_one_item_are_refused(content: Path, item: str) -> None:
    """A line end is missing, and neither would be found."""
    path = content / "terms/en.yaml"
    path.write_text(f"{path.read_text('utf-8')}services:\n  - {item}\n", "utf-8")
    [fault] = library.load(content, "").faults
    assert f"expected one word or phrase, the next on a line of its own, found '{item}'" in str(
        fault
    )
