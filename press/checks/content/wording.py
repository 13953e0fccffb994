"""Find words to avoid, and acronyms that are not spelled out (EDITORIAL: words; language)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press.checks.phrases import mask, matches
from press.content.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.checks.prose import Breach, Reading
    from press.content.model import Terms

ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,7}s?(?![\w-])")


def check(terms: Terms, reading: Reading) -> Iterator[Breach]:
    """Yield words to avoid, and acronyms at their first use."""
    naming = "|".join(LANGUAGES[reading.language].naming)
    explained = re.compile(rf"(?:\(|(?:{naming}) )([A-Z][A-Z0-9]{{1,7}})s?\b")
    known = set(map(str, terms.acronyms))
    for sentence in reading.sentences:
        line = mask(sentence.text, [str(name.name) for name in terms.official_names])
        for avoid in (avoid for avoid in terms.avoid if avoid.unless != sentence.section):
            for start, word in matches(line, [avoid.word]):
                message = f"'{word}': say '{avoid.say}' ({avoid.reason})"
                yield sentence.breach(message, "word", start)
        known |= set(explained.findall(line))
        for match in ACRONYM.finditer(line) if terms.acronyms else ():
            name = match[0].removesuffix("s")
            if name not in known and len(name) > 1:
                known.add(name)
                what = f"'{name}' is not spelled out at its first use"
                yield sentence.breach(
                    f"{what}: write the name and then ({name})", "acronym", match.start()
                )
