"""Check the layout of a print against its limits; another setting may mend some of the problems."""

from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from press.checks.budgets import NOTES, REST, by_length, spent
from press.checks.standard import Standard
from press.content.model.kinds import FRONT, SECTIONS
from press.print.facts import NO_BLOCK, Facts, Lone, Sheet, Split, Stranded, Title
from press.problems import Problem, counted

# The limits by which a setting is chosen for the pages.
LIMITS = ("pages", "hole_percent", "last_page_percent", "title_last_words")
OUT_OF_PLACE = ("lost", "page-one")
FULL_LINES = (
    5  # of running text; the median of fewer depends on their words more than on their width
)
SAID = {  # what is counted by page: what it is, and the way out
    "attributions": ("names its source", "name it once, and let the next sentences speak"),
    "gaps": ("says that something is not known", "tell what is missing once, in 'unknown'"),
}
# for what should stay whole
WORDS = {"tr": "a row", "li": "an item", "figure": "a figure", "table": "a table"} | {
    f"h{level}": "a heading" for level in range(1, 7)
}


class Mendable(NamedTuple):
    """A problem that another setting of the same content may mend."""

    problem: Problem
    aim: str  # what is so when it is mended
    front: bool  # it is on page 1, or where what belongs there goes on


def check(standard: Standard, facts: Facts) -> Iterator[Problem]:
    """Yield every fault of the layout; holes only where nothing is lost or out of place."""
    found = tuple(dict.fromkeys(each.problem for each in mendable(standard, facts)))
    lost = any(problem.rule in OUT_OF_PLACE for problem in found)
    yield from (problem for problem in found if not (lost and problem.rule == "layout"))
    yield from _title(standard, facts)
    yield from _measures(standard, facts)
    for limit in SAID:
        yield from _said(standard, facts, limit)
    most, share = standard.limits.get("notes_percent"), notes_percent(standard, facts)
    if most is not None and share > most:
        what = f"notes and references are {share}% of the printed words"
        way_out = "cite fewer claims, or let only the screen show some of the blocks that do"
        message = f"{what}; limits.yaml allows {most}%: {way_out}"
        yield Problem(standard.place(""), message, "notes")


def mendable(standard: Standard, facts: Facts) -> Iterator[Mendable]:
    """Yield what another setting may mend: what is lost, parted, too long or empty."""
    yield from _lost(standard, facts)
    yield from _parted(standard, facts)
    yield from _pages(standard, facts)
    yield from _empty(standard, facts)


def _front_pages(standard: Standard, facts: Facts) -> int:
    """Return how many pages what belongs on page 1 takes."""
    pages = (page for block in standard.of(FRONT) for page in facts.blocks.get(block, ()))
    return max(pages, default=1)


def is_short(standard: Standard, title: Title) -> bool:
    """Return whether the last line of a title has too few words."""
    least = int(standard.limits.get("title_last_words", 0))
    return title.lines > 1 and title.last_words < least


def _is_high(standard: Standard, title: Title) -> bool:
    return title.lines > int(standard.limits.get("title_lines", title.lines))


def _lost(standard: Standard, facts: Facts) -> Iterator[Mendable]:
    """Yield blocks that are not printed whole, and what is no longer on page 1."""
    for block, letters in sorted(standard.letters.items()):
        printed = facts.letters.get(block, 0)
        whose, way_out = "this text", "shorten it"
        if block == NO_BLOCK:
            whose = "the lines between the blocks, as under the key messages"
            way_out = "shorten what is on page 1"
        if printed < letters:
            what = f"the print shows {printed} of the {counted(letters, 'letter')} of {whose}"
            front = block in {*standard.of(FRONT), "title", NO_BLOCK}
            problem = Problem(standard.place(block), f"{what}: it does not fit; {way_out}", "lost")
            yield Mendable(problem, "nothing is lost", front)
    for block in sorted(standard.of(FRONT)):
        page = max(facts.blocks.get(block, (1,)))
        if page > 1:
            place, mend = standard.place(block), "shorten what is on page 1"
            message = f"this block has to be on page 1 and is on page {page}; {mend}"
            if any(_is_high(standard, title) for title in facts.titles):  # no block is to blame
                place = standard.title
                message = "the title takes the place of what belongs on page 1; shorten the title"
            problem = Problem(place, message, "page-one")
            yield Mendable(problem, "it holds what belongs there", front=True)


def _parted(standard: Standard, facts: Facts) -> Iterator[Mendable]:
    """Yield what is apart from what it belongs to: headings, halves, lines."""
    parted: list[tuple[Stranded | Split | Lone, str, str]] = []
    for heading in facts.stranded:
        what = f"the heading '{heading.text}' is stranded at the end of page {heading.page}"
        parted.append((heading, what, "no heading is stranded"))
    for split in facts.split:
        what = f"{WORDS.get(split.tag, 'a block')} is split over pages {split.page} and {split.page + 1}"
        parted.append((split, f"{what}; shorten it", "nothing is split"))
    for line in facts.lone:
        what = (
            f"the {line.end} line of a paragraph, '{line.text[:40]}', is alone on page {line.page}"
        )
        parted.append((line, f"{what}; reword the paragraph", "no line is alone"))
    front = _front_pages(standard, facts)
    for fact, message, aim in parted:
        problem = Problem(standard.place(fact.block), message, "geometry")
        yield Mendable(problem, aim, fact.page <= front)


def _pages(standard: Standard, facts: Facts) -> Iterator[Mendable]:
    """Yield pages that are too many, at the first block that is on one of them; a short form fills its sheet."""
    blocks = [block for block in standard.of(SECTIONS) if block in facts.blocks]
    count, most = facts.pages, standard.limits.get("pages", facts.pages)
    if count > most:
        late = [block for block in blocks if max(facts.blocks[block]) > most]
        over = sum(sheet.words for sheet in facts.sheets if most < sheet.page)
        words = {block: standard.words.get(block, 0) for block in blocks}
        words[REST] = sum(sheet.words for sheet in facts.sheets) - sum(words.values())
        place = standard.place((late or by_length(words, standard.sections) or [""])[0])
        what = f"the brief has {count} pages; limits.yaml allows {most}"
        way_out = f"cut about {counted(over, 'word')}, or a figure"
        message = f"{what}: {way_out}; {spent(words, standard.sections, over)}{standard.way_out}"
        aim = f"there are no more than {counted(most, 'page')}"
        front = count - _front_pages(standard, facts) < most
        yield Mendable(Problem(place, message, "budget"), aim, front)
    elif standard.depth == "short" and count < most:
        what = f"the brief has {counted(count, 'page')}, and a sheet {most}"
        message = (
            f"{what}: show more blocks in it by 'depth: short', or give more of them a 'short' text"
        )
        problem = Problem(standard.place(""), message, "budget")
        yield Mendable(problem, "it fills a sheet", front=False)


def _empty(standard: Standard, facts: Facts) -> Iterator[Mendable]:
    """Yield holes, and a last page that is too empty."""
    most, least = standard.limits.get("hole_percent"), standard.limits.get("last_page_percent")
    front = _front_pages(standard, facts)
    for sheet in facts.sheets:
        hole = _percent(sheet.hole_mm, sheet)
        beyond = 1 < sheet.page <= front  # of page 1: the block that is out of place is reported
        if most is not None and hole > most and not beyond:
            what = f"page {sheet.page} has a hole of {sheet.hole_mm:.0f} mm by this block, {hole:.0f}% of its height"
            way_out = (
                "move or shorten what comes after it, or crop a tall picture there to a wide one"
            )
            if sheet.page == 1 and sheet.hole_ends_page:
                space = f"{sheet.hole_mm:.0f} mm below this block, {hole:.0f}% of its height"
                what = f"page 1 is too short: it is empty for {space}"
                way_out = "say more in the key messages, or give the figure more room"
            problem = _warning(standard, sheet.hole_block, f"{what}; {way_out}")
            yield Mendable(problem, f"page {sheet.page} has no hole", sheet.page == 1)
    last = facts.sheets[-1] if facts.sheets else None
    if last and least is not None and _percent(last.filled_mm, last) < least:
        what = f"the last page is {_percent(last.filled_mm, last):.0f}% full; limits.yaml asks for {least}%"
        problem = _warning(standard, "", f"{what}: shorten the brief, or say more")
        yield Mendable(problem, f"the last page is at least {least}% full", last.page <= front)


def _title(standard: Standard, facts: Facts) -> Iterator[Problem]:
    """Yield a title that is too high, or ends in a line that is too short."""
    for title in facts.titles:
        if _is_high(standard, title):
            what = (
                f"the title has {title.lines} lines; the limit is {standard.limits['title_lines']}"
            )
            yield _warning(standard, "title", f"{what}: shorten it")
        if is_short(standard, title):
            what = f"the title has {counted(title.last_words, 'word')} on its last line"
            yield _warning(standard, "title", f"{what}; reword it")


def _measures(standard: Standard, facts: Facts) -> Iterator[Problem]:
    """Yield the block farthest off, if the median line of running text is too short or too long to be read."""
    lines = [count for counts in facts.measures.values() for count in counts]
    middle = median(lines) if len(lines) >= FULL_LINES else None
    least, most = (standard.limits.get(f"line_characters_{end}") for end in ("least", "most"))
    if middle is None or least is None or most is None or least <= middle <= most:
        return
    wish = (least + most) / 2
    block = max(facts.measures, key=lambda name: abs(median(facts.measures[name]) - wish))
    message = (
        f"the median line of running text has {middle:g} characters; {least} to {most} are easy to read: "
        "use words that break better, or another width in templates/blocks/paragraph/"
    )
    yield _warning(standard, block, message)


def by_page(standard: Standard, facts: Facts, limit: str) -> dict[int, dict[str, int]]:
    """Return how often each block says what is counted by page, by the page where it begins."""
    told = SECTIONS if limit != "gaps" else [name for name, row in SECTIONS.items() if not row.gaps]
    pages: dict[int, dict[str, int]] = {}
    for block in standard.of(told):
        number = standard.said.get(limit, {}).get(block, 0)
        if number and block in facts.blocks:
            pages.setdefault(facts.blocks[block][0], {})[block] = number
    return pages


def _said(standard: Standard, facts: Facts, limit: str) -> Iterator[Problem]:
    """Yield the pages that say something too often, at the block that says it most."""
    most = standard.limits.get(limit)
    for page, blocks in sorted(by_page(standard, facts, limit).items()):
        if most is not None and (count := sum(blocks.values())) > most:
            first = max(blocks, key=lambda block: blocks[block])
            what, way_out = SAID[limit]
            often = f"page {page} {what} {counted(count, 'time')}, this block {blocks[first]}"
            message = f"{often}; limits.yaml allows {most}: {way_out}"
            yield Problem(standard.place(first), message, limit, "warning")


def highest(standard: Standard, facts: Facts) -> dict[str, int]:
    """Return the highest of all that is counted by page, by the name of its limit."""
    most: dict[str, int] = {}
    for limit in SAID:
        pages = by_page(standard, facts, limit).values()
        most[limit] = max((sum(blocks.values()) for blocks in pages), default=0)
    if facts.sheets:
        most["page_one_words"] = facts.sheets[0].words
        most["notes_percent"] = notes_percent(standard, facts)
    return most


def notes_percent(standard: Standard, facts: Facts) -> int:
    """Return the share of the printed words that are in notes and references."""
    printed = sum(sheet.words for sheet in facts.sheets)
    return round(100 * standard.words.get(NOTES, 0) / printed) if printed else 0


def _warning(standard: Standard, block: str, message: str) -> Problem:
    return Problem(standard.place(block), message, "layout")


def _percent(millimetres: float, sheet: Sheet) -> float:
    return 100 * millimetres / sheet.area_mm if sheet.area_mm else 100.0
