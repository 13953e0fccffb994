"""Find a source's own reference marks in its sentences: 'prisons.4', '[3, 4]', '(Smith 2012)', '(12)'."""

import re

_NUMBERS = r"\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_RAISED, "0123456789")
# Digits behind a sign that follows a word, or glued to a word of four letters; more letters behind are none of these.
MARK = re.compile(
    rf"(?<=[^\W\d_][.,;:!?)\]\"”’»])(?P<glued>{_NUMBERS})(?=\s|\Z|[.,;:])"
    rf"|(?:(?<=[^\W\d_][\"”’»)\]][.,;:!?])|(?<=[^\W\d_][.,;:!?][\"”’»)\]]))(?P<quoted>{_NUMBERS})(?=\s|\Z)"
    rf"|(?<=[a-zа-яё]{{4}})(?P<raised>\d{{1,2}}(?:,\d{{1,2}})*)(?=[\s.,;:)]|\Z)"
    rf"|(?:(?<=[\s.,;:!?)\]\"”’»])|(?<=[a-zа-яё]{{4}}))(?P<small>[{_RAISED}]+(?:[,–-][{_RAISED}]+)*)"
    rf"|(?<!range\s)(?<!IQR\s)(?<!CI\s)\[(?P<square>{_NUMBERS})\]"
    r"|\((?P<named>[^\W\d_][^()\d]{1,60}\s(?:1[89]|20)\d\d[a-z]?(?:;[^()\d]{1,60}\s(?:1[89]|20)\d\d[a-z]?)*)\)"
)

_ROUND = re.compile(
    rf"(?<!\d\s)\((?P<round>{_NUMBERS})\)"
)  # behind a number it is a share: '15 (60)'
_WITH_ROUND = re.compile(f"{_ROUND.pattern}|{MARK.pattern}")
_LEAST = 8  # numbers in round brackets, most of those up to the highest: these are marks
_MOST = 0.6


def marks_of(text: str) -> re.Pattern[str]:
    """Return the pattern of marks in a whole text, with '(12)' among them where it counts its references so."""
    seen = {
        int(digits) for match in _ROUND.finditer(text) for digits in re.findall(r"\d+", match[1])
    }
    return _WITH_ROUND if len(seen) >= _LEAST and len(seen) > _MOST * max(seen) else MARK


def references(words: str, mark: re.Pattern[str] = MARK) -> tuple[str, ...]:
    """Return the marks in a sentence, each once: '1,2' is two."""
    found: list[str] = []
    for match in mark.finditer(words):
        text = next(group for group in match.groups() if group).translate(_PLAIN)
        parts = text.split(";") if match["named"] else text.split(",")
        found += [" ".join(part.split()).replace("–", "-") for part in parts]
    return tuple(dict.fromkeys(found))


def without_marks(words: str, mark: re.Pattern[str] = MARK) -> str:
    """Return a sentence in which spaces are in the place of its marks."""
    return mark.sub(lambda match: " " * len(match[0]), words)
