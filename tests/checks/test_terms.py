"""The words of a language mean what they mean."""

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


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("two: 2", "two: 7", "en.yaml:1:16: error: 'two' is 2, not 7 [number]"),
        ("twenty: 20", "forty: 90", "'forty' is 40, not 90"),
        ("twenty: 20", "thousand: 3000", "'thousand' is 1000, not 3000"),
        ("twenty: 20", "twenty-one: 22", "'twenty-one' is 21, not 22"),
        ("twenty: 20", "two dozen: 42", "'two dozen' is 24, not 42"),
        ("half: 1/2", "half: 1/3", "'half' is 1/2, not 1/3"),
        ("quarter: 1/4", "three quarters: 1/4", "'three quarters' is 3/4, not 1/4"),
        ("twenty: 20", "fourty: 40", "'fourty' is no word for a number; did you mean 'forty'?"),
        ("twenty: 20", "pair: 2", "'pair' is no word for a number"),
        ("twenty: 20", "dozen: 12", "'dozen' would be printed for 12; put 'twelve' before it"),
    ],
)
def test_a_word_may_not_mean_another_number(
    content: Path, old: str, new: str, message: str
) -> None:
    """It would be printed in the place of the claim's."""
    [problem] = said(content, old, new)
    assert message in problem


@pytest.mark.parametrize(
    "new",
    ["twelve: 12, dozen: 12", "twenty-one: 21", "two hundred: 200", "five hundred and two: 502"],
)
def test_a_word_for_its_number_is_sound(content: Path, new: str) -> None:
    """The first of two words is the one that the language prints."""
    assert said(content, "twenty: 20", new) == []


def test_a_phrase_is_tied_to_a_claim_that_there_is(content: Path) -> None:
    """Else nothing could ever be said with it."""
    tied = "\ntied: [{phrase: quiet gates, claim: quite}]"
    [problem] = said(content, "\nofficial", f"{tied}\nofficial")
    assert (
        problem
        == "en.yaml:4:37: error: no claim is called 'quite'; did you mean 'quiet'? [reference]"
    )


@pytest.mark.parametrize("item", ["works - saves", "works -saves", "works, saves", "works • saves"])
def test_two_words_in_one_item_are_refused(content: Path, item: str) -> None:
    """A line end is missing, and neither would be found."""
    path = content / "terms/en.yaml"
    path.write_text(f"{path.read_text('utf-8')}benefits:\n  - {item}\n", "utf-8")
    [fault] = library.load(content, "").faults
    assert f"expected one word or phrase, the next on a line of its own, found '{item}'" in str(
        fault
    )
