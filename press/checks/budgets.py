"""Check budgets of words and kilobytes, and say what they are spent on: by section, by block, and what could give."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from press.checks.standard import Standard
from press.content.model.kinds import FRONT
from press.problems import Problem

TITLE = "title"  # the section of the brief's title
LINES = "masthead and headings"  # words on page 1 in no block
REST = "notes, references and headings"  # words in no block
NOTES = "notes and references"  # words in these, whatever their block
NAMED = 2  # of the longest blocks


def page_one(standard: Standard, printed: int = 0) -> Iterator[Problem]:
    """Yield a page 1 of too many words, at its longest block; *printed* is what its print has, if there is one."""
    words = {block: standard.words.get(block, 0) for block in (TITLE, *standard.of(FRONT))}
    words[LINES] = max(printed - sum(words.values()), 0) if printed else standard.words.get("", 0)
    count = sum(words.values())
    most = standard.limits.get("page_one_words", count)
    if count > most:
        over, first = count - most, (*by_length(words, standard.sections), TITLE)[0]
        what = f"page 1 has {count} words; limits.yaml allows {most}: cut {over}"
        message = f"{what}; {spent(words, standard.sections, over)}"
        yield Problem(standard.place(first), message, "budget")


def whole(standard: Standard, sheets: Sequence[int]) -> Iterator[Problem]:
    """Yield a print of too many words, at its longest block; *sheets* has those of each page."""
    count, most = sum(sheets), standard.limits.get("words")
    if most is None or count <= most:
        return
    over, words = count - most, {block: standard.words.get(block, 0) for block in standard.sections}
    words[REST] = max(count - sum(words.values()), 0)
    first = (*by_length(words, standard.sections), TITLE)[0]
    pages = ", ".join(f"page {page} {number}" for page, number in enumerate(sheets, 1))
    what = (
        f"the brief has {count} words with everything on it; limits.yaml allows {most}: cut {over}"
    )
    message = f"{what} ({pages}); {spent(words, standard.sections, over)}"
    yield Problem(standard.place(first), message + standard.way_out, "budget")


def too_large(
    standard: Standard, sizes: Mapping[str, tuple[int, str, Callable[[], str]]]
) -> Iterator[Problem]:
    """Yield files that are too large.

    *sizes* are kilobytes, their unit, and what returns on what they are spent, by their limit.
    """
    for name, (count, unit, spent_on) in sizes.items():
        most = standard.limits.get(name, count)
        if count > most:
            what = f"the brief has {count} {unit}; limits.yaml allows {most}: cut {count - most}"
            yield Problem(standard.place(""), f"{what}{spent_on()}", "budget")


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
