"""A text of the short form keeps the rules of the text in whose place it stands, and its form keeps what overtook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press.checks.content import editorial
from press.content import library
from tests.checks.test_editorial import BLUE, RED, change, found, prepared
from tests.checks.test_qualifiers import CLAIM, LATER

if TYPE_CHECKING:
    from pathlib import Path

SECOND = "red-second:\n  message:\n"
SHORTENED = [  # the short text, and what is said of it
    ("'{visitors.children} of visitors are children.'", "attribution", "the verdict on 'visitors'"),
    ("'The survey says all are children.[^visitors]'", "absolute", "'all' is more than"),
    ("'All are children.'", "absolute", "'All' is more than"),
    ("'They were mostly in Rome.'", "named", "nothing cited here names 'Rome'"),
    (
        "'The survey says not {visitors.children} of visitors are children.'",
        "denied",
        "'not' denies what is cited here",
    ),
    (
        "'The survey says that, as anyone may see, {visitors.children} of visitors are boys and girls.'",
        "sentence",
        "the limit is 12",
    ),
    ("'The survey says weeds are for children.[^visitors]'", "word", "say 'wild plants'"),
]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the small library with words, services and limits of its own."""
    return prepared(tmp_path)


@pytest.mark.parametrize(("short", "rule", "words"), SHORTENED)
def test_a_short_text_keeps_the_rules(content: Path, short: str, rule: str, words: str) -> None:
    """It is told at its place, and as of the short form."""
    change(content, RED, SECOND, f"{SECOND}    short: {short}\n")
    said = [(place, message) for place, _, name, message in found(content) if name == rule]
    assert len(said) == 1
    place, message = said[0]
    assert place.startswith("blocks/red.yaml:9:")
    assert message.startswith("in the short form, ")
    assert words in message


def test_a_short_text_that_says_the_same_is_left_alone(content: Path) -> None:
    """It may be shorter, and say less."""
    change(
        content,
        RED,
        SECOND,
        f"{SECOND}    short: 'Children are visitors, the survey says.[^visitors]'\n",
    )
    assert found(content) == []


def test_what_overtook_a_claim_in_a_row_that_the_short_form_has_not(content: Path) -> None:
    """A legal basis is in the whole brief; on the sheet nothing stands beside what it overtook."""
    (content / "sources/later.yaml").write_text(LATER, "utf-8")
    change(
        content,
        "claims/gardens.yaml",
        "basis: own\n  use: ok\n",
        "basis: own\n  use: ok\n  qualified_by: [recount]\n",
    )
    with (content / "claims/gardens.yaml").open("a", encoding="utf-8") as claims:
        claims.write(CLAIM)
    told = "In {recount.total:year} there were {recount.total} gardens."
    change(content, BLUE, "legal: Rules of each school", f"legal: '{told}'")
    draft = library.load(content, "")
    assert draft.faults == []
    every = (fault.problem.message for fault in editorial.check(draft))
    said = [message for message in every if "brief 'blue' prints 'quiet' without" in message]
    assert [message.partition(",")[0] for message in said] == ["in the short form"]
