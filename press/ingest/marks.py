"""Find a source's own reference marks in its sentences: 'prisons.4', '[3, 4]', '(Smith 2012)', '(12)'."""

import re
from collections.abc import Iterator

_NUMBERS = r"\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN = str.maketrans(RAISED, "0123456789")
_YEAR = r"(?:1[89]|20)\d\d[a-z]?"
_YEARS = rf"{_YEAR}(?:,\s{_YEAR})*(?:,\spp?\.\s?\d+(?:[–-]\d+)?)?"  # '2017a, 2017b', '2020, p. 17'
_NAME = r"[A-ZА-ЯЁ][^\W\d_]+(?:[-’'][^\W\d_]+)*"
# Before a year in brackets, and no author: '(in 2012)', '(March 2019)'
_NO_NAME = (
    r"(?!(?:in|on|from|until|till|since|by|to|of|after|before|during|early|late|mid|about|population|Jan(?:uary)?"
    r"|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?"
    r"|Dec(?:ember)?)\.?\s(?:1[89]|20)\d\d)"
)
_CITED = rf"{_NO_NAME}[^\W\d_][^()\d]{{1,80}}\s{_YEARS}"
# Digits behind a sign that follows a word, or glued to a word of four letters; more letters behind are none of these.
MARK = re.compile(
    rf"(?<=[^\W\d_][.,;:!?)\]\"”’»])(?P<glued>{_NUMBERS})(?=\s|\Z|[.,;:](?!\d))"
    rf"|(?:(?<=[^\W\d_][\"”’»)\]][.,;:!?])|(?<=[^\W\d_][.,;:!?][\"”’»)\]])|(?<=\d[.,!?][\"”’»]))(?P<quoted>{_NUMBERS})(?=\s|\Z)"
    rf"|(?<=[a-zа-яё]{{4}})(?P<raised>\d{{1,2}}(?:,\d{{1,2}})*)(?=[\s.,;:)]|\Z)"
    rf"|(?:(?<=[\s.,;:!?)\]\"”’»%])|(?<=[a-zа-яё]{{4}})|(?<=\d)(?<!\b10))(?P<small>[{RAISED}]+(?:[,–-][{RAISED}]+)*)"
    rf"|(?<!range\s)(?<!IQR\s)(?<!CI\s)\[(?P<square>{_NUMBERS})\]"
    rf"|\((?P<named>{_CITED}(?:;\s?{_CITED})*)\)"
)
# 'Smith et al. (2019)', 'Jones and Lee (2017a, 2017b)', 'Oak (2020, p. 17)', which are words of their sentence;
# ten names at most, or an index of authors takes minutes
_NARRATED = re.compile(
    rf"(?P<who>{_NAME}(?:,?\s(?:et\sal\.?|and\scolleagues|и\sдр\.)|(?:,\s{_NAME}){{0,9}},?\s(?:and|&|и)\s{_NAME}))\s\((?P<when>{_YEARS})\)"
    rf"|(?P<one>{_NAME})\s\((?P<dated>{_YEAR}(?:,\s{_YEAR})*(?:,\spp?\.\s?\d+(?:[–-]\d+)?|(?<=[a-z])))\)"
)

# behind a number it is a share: '15 (60)'
_ROUND = re.compile(rf"(?<!\d\s)\((?P<round>{_NUMBERS})\)")
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
    """Return the marks in a sentence, each once and without commas: '1,2' is two."""
    every = sorted(
        [*mark.finditer(words), *_NARRATED.finditer(words)], key=lambda match: match.start()
    )
    return tuple(dict.fromkeys(each for match in every for each in _each(match)))


def _each(match: re.Match[str]) -> Iterator[str]:
    if match.re is _NARRATED:
        who, when = (match["who"] or match["one"]), (match["when"] or match["dated"])
        parts = [f"{who} {year}" for year in re.findall(_YEAR, when)]
    elif match["named"]:
        cited = (
            re.split(rf"\s(?={_YEAR})", part, maxsplit=1) for part in match["named"].split(";")
        )
        parts = [f"{who} {year}" for who, when in cited for year in re.findall(_YEAR, when)]
    else:
        parts = next(filter(None, match.groups())).translate(PLAIN).split(",")
    yield from (" ".join(part.split()).replace("–", "-").replace(",", "") for part in parts)


def without_marks(words: str, mark: re.Pattern[str] = MARK) -> str:
    """Return a sentence in which spaces are in the place of its marks."""
    for each in (mark, _NARRATED):
        words = each.sub(lambda match: " " * len(match[0]), words)
    return words
