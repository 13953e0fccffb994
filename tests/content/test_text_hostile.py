"""A text meant to hang or crash the reader is read in time, or refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from press.content.text.markdown import LONGEST, parse

ROOT = Path(__file__).parents[2]
BEGINNINGS = [
    *("[", "]", "(", "[(", "[[a]", "[a](", "[a](https://x.org) ", "![", "![a](", "[a][", "[a]: "),
    *(
        "*",
        "_",
        "**a",
        "*a ",
        "*a**b_c__",
        "*a_",
        "*_",
        "a*",
        "**a {a.b}. B** ",
        "*[a](https://x.org)*",
    ),
    *(
        "{",
        "{{",
        "{%",
        "{a",
        "{a.b:",
        "{a.b}. ",
        "{A.b}",
        "}",
        "[^",
        "[^a",
        "[^a]",
        "a. [^a] ",
        "[^A] ",
    ),
    *("<", "<a", "<a ", "<!--", "<a@", "&", "&#", "&a", "`", "``a", "~", "~~", "\\", "\\\n"),
    *(
        "- ",
        "- a\n",
        "- \n",
        "1. ",
        "1. a\n",
        "  - ",
        "> ",
        "a\n",
        "a  \n",
        "\n",
        " ",
        "\t",
        "    a\n\n",
    ),
    *(
        "#",
        "# ",
        "|",
        "|-",
        "-|",
        "---\n",
        "=\n",
        "* * ",
        "...",
        ". A",
        "A. ",
        "e.g. ",
        "'",
        '"',
        "a' ",
    ),
]
READ = """
import sys
from press.content.languages import LANGUAGES
from press.content.text.markdown import parse
from press.content.text.parts import TextParagraph, plain, walk
from press.content.text.sentences import cite_at_sentence_ends, sentences
from press.content.text.typography import tidy
for beginning in sys.argv[2:]:
    value = (beginning * int(sys.argv[1]))[: int(sys.argv[1])]
    parts, faults = parse(value)
    for part in parts:
        if isinstance(part, TextParagraph):
            cite_at_sentence_ends(part, "en"), sentences(part, "en")
    repr(parts), hash(parts), list(walk(parts)), plain(parts, repr), tidy(value, LANGUAGES["en"])
"""


def test_the_longest_text_is_read_in_time_whatever_it_holds() -> None:
    """What grows with the square of the length would need far more than the time given."""
    command = [sys.executable, "-c", READ, str(LONGEST), *BEGINNINGS]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=600).returncode == 0


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_is_longer_is_refused_unread(beginning: str) -> None:
    """A value of 200 kB is no text."""
    [fault] = parse(beginning * (200_000 // len(beginning)))[1]
    assert "split it" in fault.message


def test_lists_are_not_read_deeper_than_one() -> None:
    """A staircase of lists is refused on its second step."""
    stairs = "".join(f"{'  ' * step}- a\n" for step in range(100))
    _, faults = parse(stairs)
    assert faults[0].at == len("- a\n  ")
    assert len(faults) < LONGEST


def test_marks_are_not_kept_deeper_than_anyone_can_see() -> None:
    """What holds other parts is limited in depth, so that walking never fails."""
    parts, faults = parse("*a **b " * 400 + "c** d* " * 400)
    assert faults
    assert repr(parts)
