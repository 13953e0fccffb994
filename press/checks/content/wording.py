"""Words: those to avoid, and acronyms that nobody has spelled out (EDITORIAL: words; language)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press.checks.phrases import masked, matches
from press.checks.prose import Finding
from press.content.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.checks.prose import Reading
    from press.content.library import Draft

ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,7}s?(?![\w-])")


def check(draft: Draft, reading: Reading) -> Iterator[Finding]:
    """Yield words to avoid and acronyms at their first use."""
    terms = draft.terms[reading.language]
    names = [str(name.name) for name in terms.official_names]
    naming = "|".join(LANGUAGES[reading.language].naming)
    spelled: set[str] = set(map(str, terms.acronyms))
    for one in reading.sentences:
        line = masked(one.text, names)
        for avoid in (word for word in terms.avoid if word.unless != one.section):
            for start, word in matches(line, [avoid.word]):
                message = f"'{word}': say '{avoid.say}' ({avoid.reason})"
                yield Finding(one.owner, one.place(start), message, "word")
        spelled |= set(re.findall(r"\(([A-Z][A-Z0-9]{1,7})s?\b", line))
        spelled |= set(re.findall(rf"(?:{naming}) ([A-Z][A-Z0-9]{{1,7}})\b", line))
        for match in ACRONYM.finditer(line) if terms.acronyms else ():
            name = match[0].removesuffix("s")
            if name not in spelled and len(name) > 1:
                spelled.add(name)
                message = f"'{name}' is not spelled out at its first use: write the name and then ({name})"
                yield Finding(one.owner, one.place(match.start()), message, "acronym")
