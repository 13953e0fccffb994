"""The layout of a print: what it is held to and its facts in, problems out; some of them another setting may mend."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from press.print.facts import NO_BLOCK
from press.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.print.facts import Facts, Sheet, Title

# The limits that faults are judged by: those that have a say in which setting a page gets.
LIMITS = ("pages", "body_pages", "hole_percent", "last_page_percent", "title_last_words")
OUT_OF_PLACE = ("lost", "page-one")
FULL_LINES = 5  # of running text; the middle of fewer says more of their words than of their width
WORDS = {"tr": "a row", "li": "an item", "figure": "a figure", "table": "a table"} | {
    f"h{level}": "a heading" for level in range(1, 7)
}  # for what should stay whole


@dataclass(frozen=True)
class Standard:
    """What the print of one edition is held to."""

    brief: str
    language: str
    limits: Mapping[str, Any]
    letters: Mapping[str, int]  # that have to be printed, by block
    front: frozenset[str]  # blocks of page 1
    body: frozenset[str]  # blocks of the sections before 'since'
    title: Place
    places: Mapping[str, Place]

    def place(self, block: str) -> Place:
        """Return where *block* was written, or where the brief begins."""
        if block == "title":
            return self.title
        return self.places.get(f"block:{block}", self.places[f"brief:{self.brief}"])


class Fault(NamedTuple):
    """A problem that another setting of the same content may mend."""

    problem: Problem
    aim: str  # what is so when it is mended
    front: bool  # it is a fault of page 1


def check(standard: Standard, facts: Facts) -> Iterator[Problem]:
    """Yield every fault of the layout; of holes nothing is said while something is out of its place."""
    found = [fault.problem for fault in faults(standard, facts)]
    lost = any(problem.rule in OUT_OF_PLACE for problem in found)
    yield from (one for one in found if not (lost and one.rule == "layout"))
    yield from _title(standard, facts)
    yield from _measures(standard, facts)
    yield from _fold(standard, facts)


def faults(standard: Standard, facts: Facts) -> Iterator[Fault]:
    """Yield what another setting may mend: what is lost, parted, too long or empty."""
    yield from _lost(standard, facts)
    yield from _parted(standard, facts)
    yield from _pages(standard, facts)
    yield from _empty(standard, facts)


def is_short(standard: Standard, title: Title) -> bool:
    """Say whether the last line of a title has too few words."""
    least = int(standard.limits.get("title_last_words", 0))
    return title.lines > 1 and title.last_words < least


def _lost(standard: Standard, facts: Facts) -> Iterator[Fault]:
    """Yield blocks of which letters are on the page and not on paper, and what has left page 1."""
    for block, letters in sorted(standard.letters.items()):
        got = facts.letters.get(block, 0)
        if got < letters:
            own = block == NO_BLOCK
            whose = (
                "the lines between the blocks, as under the key messages" if own else "this text"
            )
            way = "shorten what is on page 1" if own else "shorten it"
            message = (
                f"the print shows {got} of the {letters} letters of {whose}: it does not fit; {way}"
            )
            front = block in {*standard.front, "title", NO_BLOCK}
            yield Fault(Problem(standard.place(block), message, "lost"), "nothing is lost", front)
    for block in sorted(standard.front):
        page = max(facts.blocks.get(block, (1,)))
        if page > 1:
            message = f"this block has to be on page 1 and stands on page {page}; shorten what is on page 1"
            problem = Problem(standard.place(block), message, "page-one")
            yield Fault(problem, "it holds what belongs there", front=True)


def _parted(standard: Standard, facts: Facts) -> Iterator[Fault]:
    """Yield what stands apart from what it belongs to: headings, halves, lines."""
    for heading in facts.stranded:
        message = f"the heading '{heading.text}' is stranded at the end of page {heading.page}"
        problem = Problem(standard.place(heading.block), message, "geometry")
        yield Fault(problem, "no heading is stranded", heading.page == 1)
    for split in facts.split:
        word = WORDS.get(split.tag, "a block")
        message = f"{word} is split over pages {split.page} and {split.page + 1}; shorten it"
        problem = Problem(standard.place(split.block), message, "geometry")
        yield Fault(problem, "nothing is split", split.page == 1)
    for line in facts.lone:
        message = (
            f"the {line.end} line of a paragraph, '{line.text[:40]}', stands alone on page {line.page}"
            "; reword the paragraph"
        )
        problem = Problem(standard.place(line.block), message, "geometry")
        yield Fault(problem, "no line stands alone", line.page == 1)


def _pages(standard: Standard, facts: Facts) -> Iterator[Fault]:
    """Yield pages that are too many."""
    body = (max(pages) for block, pages in facts.blocks.items() if block in standard.body)
    counts = {
        "body_pages": (max(body, default=0), "pages before 'since'"),
        "pages": (facts.pages, "pages"),
    }
    for name, (count, what) in counts.items():
        most = standard.limits.get(name)
        if most is not None and count > most:
            message = f"the brief has {count} {what}; content/limits.yaml allows {most}"
            problem = Problem(standard.place(""), message, "budget")
            yield Fault(problem, f"there are no more than {most} {what}", front=False)


def _empty(standard: Standard, facts: Facts) -> Iterator[Fault]:
    """Yield holes, and a last page that is too empty."""
    most, least = standard.limits.get("hole_percent"), standard.limits.get("last_page_percent")
    for sheet in facts.sheets:
        if most is not None and _percent(sheet.hole_mm, sheet) > most:
            message = (
                f"page {sheet.page} has a hole of {sheet.hole_mm:.0f} mm by this block, "
                f"{_percent(sheet.hole_mm, sheet):.0f}% of its height; move or shorten what comes after it"
            )
            problem = Problem(standard.place(sheet.hole_block), message, "layout", "warning")
            yield Fault(problem, f"page {sheet.page} has no hole", sheet.page == 1)
    last = facts.sheets[-1] if facts.sheets else None
    if last and least is not None and _percent(last.filled_mm, last) < least:
        message = (
            f"the last page is {_percent(last.filled_mm, last):.0f}% full; "
            f"content/limits.yaml asks for {least}%: shorten the brief, or say more"
        )
        problem = Problem(standard.place(""), message, "layout", "warning")
        yield Fault(problem, f"the last page is at least {least}% full", last.page == 1)


def _title(standard: Standard, facts: Facts) -> Iterator[Problem]:
    """Yield a title that is too high, or ends in a line that is too short."""
    most = standard.limits.get("title_lines")
    for title in facts.titles:
        if most is not None and title.lines > most:
            message = f"the title has {title.lines} lines; at most {most} are allowed: shorten it"
            yield Problem(standard.title, message, "layout", "warning")
        if is_short(standard, title):
            message = (
                f"the title has {_count(title.last_words, 'word')} on its last line; reword it"
            )
            yield Problem(standard.title, message, "layout", "warning")


def _measures(standard: Standard, facts: Facts) -> Iterator[Problem]:
    """Yield the block farthest off, if the lines of running text are in the middle too short or too long to be read."""
    lines = [count for counts in facts.measures.values() for count in counts]
    middle = median(lines) if len(lines) >= FULL_LINES else None
    least, most = (standard.limits.get(f"line_characters_{end}") for end in ("least", "most"))
    if middle is None or least is None or most is None or least <= middle <= most:
        return
    wish = (least + most) / 2
    block = max(facts.measures, key=lambda one: abs(median(facts.measures[one]) - wish))
    message = (
        f"a full line of running text has {middle:g} characters in the middle; {least} to {most} are read with "
        "ease: use words that break better, or another width in templates/blocks/paragraph/"
    )
    yield Problem(standard.place(block), message, "layout", "warning")


def _fold(standard: Standard, facts: Facts) -> Iterator[Problem]:
    sheets = standard.limits.get("fold")
    if sheets and facts.pages % sheets:
        pages = _count(facts.pages, "page")
        message = (
            f"{pages} do not fold; a multiple of {sheets} does: shorten the brief, or say more"
        )
        yield Problem(standard.place(""), message, "fold", "warning")


def _percent(millimetres: float, sheet: Sheet) -> float:
    return 100 * millimetres / sheet.area_mm if sheet.area_mm else 100.0


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
