"""Say what a budget of words is spent on: how much each section has, which blocks are the longest, what could give."""

from collections import Counter
from collections.abc import Mapping

TITLE = "title"  # the section of the brief's title
NAMED = 2  # of the longest blocks


def spent(words: Mapping[str, int], sections: Mapping[str, str], over: int) -> str:
    """Return where *words* that are *over* a budget stand: how many are in which section, and what could give.

    *sections* has that of each block; what else has words, such as headings, is named as it is.
    """
    shares = Counter[str]()
    for block, number in words.items():
        shares[sections.get(block, block)] += number
    listed = ", ".join(f"{name} {number}" for name, number in shares.items() if number)
    blocks = by_length(words, sections)
    named = [f"'{block}' ({words[block]})" for block in blocks[:NAMED]]
    of_section = Counter(sections[block] for block in blocks)
    # a section may do without one of several blocks
    enough = [block for block in blocks if words[block] >= over and of_section[sections[block]] > 1]
    give = f"; without '{enough[-1]}' ({words[enough[-1]]}) it would do" if enough else ""
    first = f"; its longest {'block is' if len(named) == 1 else 'blocks are'} {' and '.join(named)}"
    return f"it holds {listed}{first * bool(named)}{give}"


def by_length(words: Mapping[str, int], sections: Mapping[str, str]) -> list[str]:
    """Return the blocks of *sections* that have words, longest first, without the title."""
    blocks = (block for block, section in sections.items() if section != TITLE and words.get(block))
    return sorted(blocks, key=lambda block: (-words[block], block))
