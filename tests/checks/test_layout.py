"""What the facts of a print come to: each fault is told at its block, with a way out, and no other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from press.checks import budgets, layout
from press.checks import print as prints
from press.checks.standard import Standard
from press.print.facts import NO_BLOCK, Facts, Ink, Lone, Sheet, Smallest, Split, Stranded, Title
from press.problems import Place

LIMITS = {
    "hole_percent": 20,
    "last_page_percent": 50,
    "title_lines": 4,
    "title_last_words": 2,
    "line_characters_least": 45,
    "line_characters_most": 75,
    "pages": 5,
}
BRIEF, TITLE, BLOCK = "briefs/red.yaml:1:1", "briefs/red.yaml:4:8", "blocks.yaml:3:5"


def held_to(letters: int = 0, **limits: int) -> Standard:
    """Return what a brief is held to, of one block with so many letters."""
    return Standard(
        brief="red",
        language="en",
        limits=limits,
        letters={"block": letters, NO_BLOCK: letters},
        sections={"title": "title", "block": "messages", "body": "problem"},
        words={"": 9, "title": 8, "block": 20, "body": 40},
        title=Place("briefs/red.yaml", 4, 8),
        places={"brief:red": Place("briefs/red.yaml"), "block:block": Place("blocks.yaml", 3, 5)},
    )


def sound(**facts: Any) -> Facts:  # noqa: ANN401 - any of the facts
    """Return the facts of a print without a fault, but for these."""
    sheets = tuple(Sheet(number, 200, 250, 300, 50.0, "block") for number in range(1, 5))
    given: dict[str, Any] = {
        "letters": {"block": 9, NO_BLOCK: 9},
        "sheets": sheets,
        "titles": (Title("title", 4, 2),),
    }
    return Facts(**{"pages": 4, "measures": {"block": (45, 60, 60, 60, 75)}, **given, **facts})


def sheets(*last: float, hole: float = 0.0) -> tuple[Sheet, ...]:
    """Return pages of 250 mm, the last filled so far, each with such a hole."""
    return (
        *(Sheet(number, 250, 250, 300, hole, "block") for number in range(1, 4)),
        *(Sheet(4, filled, 250, 300, 0.0, "block") for filled in last),
    )


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "lone first line": (
        {"lone": (Lone(2, "block", "Gates are", "first"),)},
        (
            f"{BLOCK}: error: the first line of a paragraph, 'Gates are', is alone on page 2; reword the paragraph "
            "[geometry]"
        ),
    ),
    "lone last line": (
        {"lone": (Lone(3, "block", "shut.", "last"),)},
        (
            f"{BLOCK}: error: the last line of a paragraph, 'shut.', is alone on page 3; reword the paragraph "
            "[geometry]"
        ),
    ),
    "stranded": (
        {"stranded": (Stranded(2, "block", "Options"),)},
        f"{BLOCK}: error: the heading 'Options' is stranded at the end of page 2 [geometry]",
    ),
    "small": (
        {"smallest": Smallest(7.4, "block", "Gates")},
        f"{BLOCK}: error: 'Gates' is 7.4 pt; none may be under 7.5 pt [geometry]",
    ),
    "small mark": (
        {"smallest_mark": Smallest(5.9, "block", "12")},
        f"{BLOCK}: error: '12' is 5.9 pt; none may be under 6 pt [geometry]",
    ),
    "lost": (
        {"letters": {"block": 4, NO_BLOCK: 9}},
        f"{BLOCK}: error: the print shows 4 of the 9 letters of this text: it does not fit; shorten it [lost]",
    ),
    "lost between blocks": (
        {"letters": {"block": 9, NO_BLOCK: 4}},
        (
            f"{BRIEF}: error: the print shows 4 of the 9 letters of the lines between the blocks, as under the key "
            "messages: it does not fit; shorten what is on page 1 [lost]"
        ),
    ),
    "off page 1": (
        {"blocks": {"block": (1, 2)}},
        f"{BLOCK}: error: this block has to be on page 1 and is on page 2; shorten what is on page 1 [page-one]",
    ),
    "many pages": (
        {"pages": 8, "sheets": (*sheets(250.0), Sheet(5, 250, 250, 300), Sheet(8, 250, 250, 70))},
        (
            f"{BRIEF}: error: the brief has 8 pages; limits.yaml allows 5: cut about 70 words, or a figure; it "
            "holds notes, references and headings 1570 [budget]"
        ),
    ),
    "hole": (
        {"sheets": (Sheet(1, 200, 250, 300, 50.2, "block"), Sheet(2, 200, 250, 300))},
        (
            f"{BLOCK}: warning: page 1 has a hole of 50 mm by this block, 20% of its height; move or shorten what "
            "comes after it, or crop a tall picture there to a wide one [layout]"
        ),
    ),
    "last page": (
        {"sheets": sheets(124.0)},
        (
            f"{BRIEF}: warning: the last page is 50% full; limits.yaml asks for 50%: shorten the brief, or "
            "say more [layout]"
        ),
    ),
    "high title": (
        {"titles": (Title("title", 5, 2),)},
        f"{TITLE}: warning: the title has 5 lines; the limit is 4: shorten it [layout]",
    ),
    "last word of the title": (
        {"titles": (Title("title", 3, 1),)},
        f"{TITLE}: warning: the title has 1 word on its last line; reword it [layout]",
    ),
    "long lines": (
        {"measures": {"block": (76, 76, 76), "other": (75, 75)}},
        (
            f"{BLOCK}: warning: the median line of running text has 76 characters; 45 to 75 are easy to read: "
            "use words that break better, or another width in templates/blocks/paragraph/ [layout]"
        ),
    ),
    "short lines": (
        {"measures": {"block": (44, 40, 44), "other": (45, 45)}},
        (
            f"{BLOCK}: warning: the median line of running text has 44 characters; 45 to 75 are easy to read: "
            "use words that break better, or another width in templates/blocks/paragraph/ [layout]"
        ),
    ),
    "coarse picture": (
        {"resolutions": {"block": 109.4, "other": 110.0}},
        (
            f"{BLOCK}: warning: this picture has 109 pixels to the inch of paper, and looks coarse under 110; "
            "take a larger file of it [image]"
        ),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_at_its_place(fault: str) -> None:
    """One fact changed is one problem, and where the layout may mend it, a fault with an aim."""
    facts, said = FAULTS[fault]
    assert list(map(str, prints.check(held_to(9, **LIMITS), sound(**facts)))) == [said]


def test_a_title_that_is_too_high_is_all_there_is_to_mend() -> None:
    """What it pushes off page 1 is not named: its authors could shorten it without end."""
    facts = sound(blocks={"block": (2,), "other": (3,)}, titles=(Title("title", 19, 2),))
    standard = replace(held_to(9, **LIMITS), sections=dict.fromkeys(("block", "other"), "messages"))
    assert list(map(str, prints.check(standard, facts))) == [
        f"{TITLE}: error: the title takes the place of what belongs on page 1; shorten the title [page-one]",
        f"{TITLE}: warning: the title has 19 lines; the limit is 4: shorten it [layout]",
    ]


def test_a_word_too_long_for_the_title_is_told_there() -> None:
    """The piece of it that leaves the sheet belongs to no block, and no style is to blame."""
    ink = (
        Ink(1, "title", "Counterrevolution", "leaves the sheet sideways by 3.1 mm"),
        Ink(1, NO_BLOCK, "revolution", "is off the sheet"),
    )
    [problem] = prints.check(held_to(9, **LIMITS), sound(ink=ink))
    fault = "'Counterrevolution' leaves the sheet sideways by 3.1 mm on page 1"
    assert str(problem) == f"{TITLE}: error: {fault}; shorten the title [geometry]"
    [alone] = prints.check(held_to(9, **LIMITS), sound(ink=ink[1:]))
    assert str(alone).startswith(f"{BRIEF}: error: 'revolution' is off the sheet on page 1;")


def test_what_just_fits_is_no_fault() -> None:
    """A hole of a fifth, a half page, a title of four lines, lines of 45 to 75 characters, four pages."""
    assert not list(prints.check(held_to(9, **LIMITS), sound()))
    assert not list(prints.check(held_to(9, **LIMITS), sound(sheets=sheets(125.0, hole=50.0))))


def test_what_has_no_limit_is_no_fault() -> None:
    """Only what is parted or unreadable is wrong without a threshold."""
    facts = {key: value for row in FAULTS.values() for key, value in row[0].items()}
    rules = {one.rule for one in prints.check(held_to(), sound(**facts))}
    assert rules == {"geometry", "image", "page-one"}


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        (1, f"{BRIEF}: error: the brief has 1 page, and a sheet 2: show more blocks in it by 'depth: short', or "),
        (2, ""),
        (3, f"{BLOCK}: error: the brief has 3 pages; limits.yaml allows 2: cut about 300 words, or a figure"),
    ],
)  # fmt: skip
def test_a_short_form_fills_its_sheet(pages: int, said: str) -> None:
    """One page is too few, and three too many; what else would do is told."""
    short = replace(held_to(9, pages=2), depth="short")
    facts = sound(pages=pages, sheets=sheets()[:pages], blocks={"block": (1,)})
    told = list(map(str, prints.check(short, facts)))
    assert [line.startswith(said) for line in told] == [True] * (pages != 2)
    way_out = "give a block a 'short' text, or take it out of the short form by 'depth: brief'"
    assert [way_out in line for line in told if pages == 3] == [True] * (pages == 3)
    assert not list(prints.check(held_to(9, pages=4), sound(pages=1, sheets=sheets()[:1])))


def test_words_are_counted_with_everything_printed() -> None:
    """Where they are is told by page and by block, with what would do; what has no limit is not counted."""
    standard = held_to(9, words=600)
    [problem] = budgets.whole(standard, [250, 360])
    assert str(problem) == (
        f"{BRIEF}: error: the brief has 610 words with everything on it; limits.yaml allows 600: cut 10 (page "
        "1 250, page 2 360); it holds title 8, messages 20, problem 40, notes, references and headings 542; its "
        "longest blocks are 'body' (40) and 'block' (20) [budget]"
    )
    [problem] = budgets.whole(replace(standard, depth="short"), [250, 360])
    assert "by 'depth: brief'" in problem.message
    assert not list(budgets.whole(standard, [250, 350]))
    assert not list(budgets.whole(held_to(9), [250, 360]))


def test_holes_are_told_when_all_is_in_its_place() -> None:
    """A block that has left page 1 leaves a hole there, which nobody has to mend by itself."""
    facts = sound(blocks={"block": (2,)}, sheets=sheets(20.0, hole=90.0))
    assert {one.rule for one in prints.check(held_to(9, **LIMITS), facts)} == {"page-one"}
    aims = [fault.aim for fault in layout.mendable(held_to(9, **LIMITS), facts)]
    assert "page 1 has no hole" in aims  # another setting may fill it all the same


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("tr", "a row"),
        ("li", "an item"),
        ("figure", "a figure"),
        ("h3", "a heading"),
        ("p", "a block"),
    ],
)
def test_what_is_split_over_pages_is_told_in_words(tag: str, words: str) -> None:
    """No author has to know the tags of HTML."""
    facts = sound(split=(Split(2, "block", tag),))
    assert list(map(str, prints.check(held_to(), facts))) == [
        f"{BLOCK}: error: {words} is split over pages 2 and 3; shorten it [geometry]"
    ]


@pytest.mark.parametrize(
    ("limit", "words"), [("attributions", "names its source"), ("gaps", "is not known")]
)
def test_a_page_may_say_it_so_often_and_no_more(limit: str, words: str) -> None:
    """Blocks of one page are counted together, at the one that says it most; those of others apart."""
    facts = sound(blocks={"block": (1,), "body": (1, 2)})
    said = {limit: {"block": 3, "body": 2}}
    held = replace(held_to(9, **{limit: 4}), said=said)
    [problem] = prints.check(held, facts)
    assert str(problem).startswith(f"{BLOCK}: warning: page 1 ")
    assert f"{words} 5 times, this block 3; limits.yaml allows 4" in problem.message
    assert not list(prints.check(held, sound(blocks={"block": (1,), "body": (2,)})))
    assert not list(prints.check(replace(held, limits={}), facts))


def test_the_section_for_gaps_may_tell_them() -> None:
    """What is missing is told there."""
    facts = sound(blocks={"block": (1,), "body": (1,)})
    said = {name: {"block": 9} for name in ("attributions", "gaps")}
    held = replace(held_to(9, attributions=4, gaps=4), said=said, sections={"block": "unknown"})
    assert [problem.rule for problem in prints.check(held, facts)] == ["attributions"]
