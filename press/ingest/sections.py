"""Number the sections of a text: by the numbers of its headings, or by their order and levels."""

import re
from collections.abc import Iterable, Iterator, Sequence

_OWN = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?\s+\S")


def numbers(headings: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield the number of the section below each heading, '3.2'; *headings* are levels and texts.

    Level 1 is the highest; 0 is that of a title, which begins no section.
    """
    own = [match[1] if (match := _OWN.match(text)) else "" for _, text in headings]
    levels = [level for level, _ in headings]
    if "1" in own:
        yield from _as_stated(levels, own)
    elif levels.count(1) == 1 and levels[0] <= 1:  # it is the title
        yield from _counted(level * (level > 1) for level in levels)
    else:
        yield from _counted(levels)


def _as_stated(levels: Sequence[int], own: Sequence[str]) -> Iterator[str]:
    """Yield the headings' own numbers; one without belongs to the section before it, unless its level has numbers."""
    section, above = "", 0
    numbered = {level for level, number in zip(levels, own, strict=True) if number}
    for level, number in zip(levels, own, strict=True):
        if number or (level <= above and level in numbered):
            section, above = number, level
        yield section


def _counted(levels: Iterable[int]) -> Iterator[str]:
    """Yield numbers by order and level: '1', '1.1', '2'."""
    open_sections: list[tuple[int, int]] = []  # level and number of each
    for level in levels:
        number = 0
        while open_sections and open_sections[-1][0] >= level > 0:
            number = open_sections.pop()[1]
        if level:
            open_sections.append((level, number + 1))
        yield ".".join(str(number) for _, number in open_sections) if level else ""
