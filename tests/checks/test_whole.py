"""A text is whole: it does not break off, repeat itself or wait to be written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from press.checks.content import structure, whole
from press.content import library


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library."""
    return Path(shutil.copytree(Path(__file__).parents[1] / "library", tmp_path / "content"))


def said(content: Path, new: str, old: str = "Gates are shut.", file: str = "blue") -> list[str]:
    """Return what is said once *new* is in the place of *old*."""
    path = content / f"blocks/{file}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, f">-\n      {new}", 1), "utf-8")
    read = library.load(content, "")
    assert read.faults == []
    return [fault.problem.message for fault in whole.check(read)]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Gates are shut. Publish the", "this breaks off after 'Gates are shut. Publish the'"),
        ("Gates are shut AND the", "this breaks off after"),
        ("Gates are shut and", "this breaks off after"),
        ("Gates are shut,", "this breaks off after"),
        ("Gates are", "this breaks off after"),
        ("TODO: rewrite this.", "'TODO' waits to be replaced"),
        ("Gates are shut [citation needed].", "'[citation needed]' waits to be replaced"),
        ("Gates of [insert name] are shut.", "'[insert name]' waits to be replaced"),
        ("To be written: what is wrong.", "'To be written: what is wrong."),
        ("To be written: what is wrong, and", "'To be written: what is wrong, and"),
        ("Lorem ipsum dolor.", "'Lorem ipsum' waits to be replaced"),
        ("The townâ€™s gates are shut.", "'â€™' is '’' in a wrong encoding"),
        ("CafÃ© gates are shut.", "'Ã©' is 'é' in a wrong encoding"),
        ("A townÂ°s gates are shut.", "'Â°' is '°' in a wrong encoding"),
        (
            "Gates are shut today. They rest. Gates are shut today.",
            "this sentence is in the text twice",
        ),
        (
            "Gates of all towns are Gates of all towns are shut.",
            "'Gates of all towns are' is here twice",
        ),
        ("Gates of the the town are shut.", "'the' is here twice"),
        (
            "All {gardens.total} gardens rest. They do. All {gardens.total} gardens rest.",
            "this sentence is in the text twice",
        ),
        (
            "In all {gardens.total} green {gardens.total:unit} are shut.",
            "'{gardens.total}' is printed twice in a row; take one out",
        ),
        ("Gates are shut (since May.", "this ( has no partner; add it, or type \\("),
        ("Gates are shut since May).", "this ) has no partner"),
        ("Gates are “shut.", "this “ has no partner"),
        ("Gates are shut.” They say.", "this ” has no partner"),
        ("Gates are ‘shut.", "this ‘ has no partner"),
        ("Gates are «shut.", "this « has no partner"),
        ('Gates are "shut.', 'this " has no partner'),
        ("Gates (of **towns) are** shut (all.", "this ( has no partner"),
    ],
)
def test_what_is_not_whole_is_told(content: Path, typed: str, message: str) -> None:
    """At its place, with what is wrong."""
    found = said(content, typed)
    assert [each[: len(message)] for each in found] == [message]


@pytest.mark.parametrize(
    "typed",
    [
        "Gates are “shut.”",
        "Gates are shut (since May).",
        "Gates (of the (old) town) are “shut (all)”, 'closed' and \"locked\".",
        "‘Gates’ of the towns’ rims aren’t «shut».",
        "Gates of a kind \\( and towns’ gates are shut; a smiley \\).",
        "Is it? It is. Is it? It is.",
        "In {gardens.total:year}, {gardens.total} gardens were shut.",
        "The rules are still to be written.",
        "ÉLAN «CAFÉ» is shut. Nothing is to do, to be to-do.",
        "[Who?](https://example.org) is a magazine, [sic].",
    ],
)
def test_what_is_whole_is_free(content: Path, typed: str) -> None:
    """Ordinary prose is not refused."""
    assert said(content, typed) == []


@pytest.mark.parametrize(
    ("second", "sound"), [("“They stay so.”", True), ("They stay so.”", False)]
)
def test_a_quotation_may_go_on(content: Path, second: str, sound: bool) -> None:  # noqa: FBT001 - a case
    """Each of its paragraphs opens it again, and the last one closes it."""
    path = content / "blocks/shared.yaml"
    text = f"text: |\n      “Gates are shut.\n\n      {second}\n\n      "
    path.write_text(path.read_text("utf-8").replace("text: >-\n      ", text, 1), "utf-8")
    read = library.load(content, "")
    assert read.faults == []
    found = [fault.problem.message[:6] for fault in whole.check(read)]
    assert found == ([] if sound else ["this “", "this ”"])


def test_an_option_without_an_end_or_a_claim_is_told(content: Path) -> None:
    """Its last line may have been lost."""
    rest = "\n    by: 2027-06\n    takes"
    assert said(content, f"open the{rest}", f"open the gates.[^quiet]{rest}") == [
        "this breaks off after 'open the'; end the sentence"
    ]
    [told] = [fault.problem for fault in structure.check(library.load(content, ""))]
    assert told.message == "this alternative cites no claim; cite the one that supports it"
    assert told.severity == "warning"
