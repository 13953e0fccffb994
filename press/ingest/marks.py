"""Find a source's own reference marks in its sentences: 'prisons.4', 'Conventions,7', '[3, 4]', '(Smith 2012)'."""

import re

_NUMBERS = r"\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*"
# Digits behind a sign that follows a word, or glued to a word of four letters; more letters behind are none of these.
MARK = re.compile(
    rf"(?<=[^\W\d_][.,;:!?)\]\"”’»])(?P<glued>{_NUMBERS})(?=\s|\Z|[.,;:])"
    rf"|(?:(?<=[^\W\d_][\"”’»)\]][.,;:!?])|(?<=[^\W\d_][.,;:!?][\"”’»)\]]))(?P<quoted>{_NUMBERS})(?=\s|\Z)"
    rf"|(?<=[a-zа-яё]{{4}})(?P<raised>\d{{1,2}}(?:,\d{{1,2}})*)(?=[\s.,;:)]|\Z)"
    rf"|\[(?P<square>{_NUMBERS})\]"
    r"|\((?P<named>[^\W\d_][^()\d]{1,60}\s(?:1[89]|20)\d\d[a-z]?(?:;[^()\d]{1,60}\s(?:1[89]|20)\d\d[a-z]?)*)\)"
)


def references(words: str) -> tuple[str, ...]:
    """Return the marks in a sentence, each once: '1,2' is two."""
    found: list[str] = []
    for match in MARK.finditer(words):
        text = next(group for group in match.groups() if group)
        parts = text.split(";") if match["named"] else text.split(",")
        found += [" ".join(part.split()).replace("–", "-") for part in parts]
    return tuple(dict.fromkeys(found))


def without_marks(words: str) -> str:
    """Return a sentence in which spaces are in the place of its marks."""
    return MARK.sub(lambda match: " " * len(match[0]), words)
