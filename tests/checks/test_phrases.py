"""Phrases are found in a line as a pattern that ignores case finds them, however many there are."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from press.checks.phrases import matches

LETTERS = st.text("aiIıİsSſßKkµμ é\u0307-", min_size=1, max_size=4).filter(str.strip)


@given(line=st.text("aiIıİsSſßKkµμ é\u0307-.", max_size=24), phrases=st.lists(LETTERS, max_size=4))
@example(line="İn ıt", phrases=["in", "it"])
@example(line="\u212aept", phrases=["kept"])
def test_a_phrase_is_found_as_its_pattern_finds_it(line: str, phrases: list[str]) -> None:
    """Also letters that have several capitals, or whose small form is two characters."""
    words = "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    found = [(each.start(), each[0]) for each in pattern.finditer(line)] if phrases else []
    assert [*matches(line, phrases)] == found


def test_a_star_stands_for_any_ending() -> None:
    """At the end of a phrase, in any case."""
    assert [*matches("It CAUSED this because", ["caus*"])] == [(3, "CAUSED")]
