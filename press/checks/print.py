"""Check a finished print: complaints of the engine, text that is out of place, and what is too much."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from press.checks import layout
from press.checks.standard import Standard
from press.print.facts import MARGIN, NO_BLOCK, Facts
from press.problems import Problem

SMALLEST = 7.5  # points (LOOK: type)
SMALLEST_MARK = 6.0  # points; of what is raised or lowered, as note marks are (likewise)
COARSE = 110  # pixels to the inch
LONGEST = 40  # characters of a text that are shown
SHOWN = 5  # pieces of text named for one block; a table that runs off the page would else fill the screen


def check(standard: Standard, facts: Facts) -> Iterator[Problem]:
    """Yield every fault of a print; what its PDF tells of a text that is lost, split or on another page is no other."""
    places = tuple(layout.check(standard, facts))
    lost = any(problem.rule in {*layout.OUT_OF_PLACE, "geometry"} for problem in places)
    yield from (each for each in _engine(standard, facts) if not (lost and each.rule == "tags"))
    yield from _ink(standard, facts)
    yield from _type(standard, facts)
    yield from _coarse(standard, facts)
    yield from places


def pictures(standard: Standard, sizes: Mapping[str, int]) -> Iterator[Problem]:
    """Yield the largest picture if all have more than their limit; *sizes* are in bytes, by names of places."""
    most, kilobytes = standard.limits.get("picture_kilobytes"), sum(sizes.values()) / 1000
    if most is not None and kilobytes > most:
        largest = max(sizes, key=lambda name: sizes[name])
        message = (
            f"the pictures of the brief have {kilobytes:.0f} kB; limits.yaml allows {most}: "
            f"this is the largest, with {sizes[largest] / 1000:.0f} kB; crop it, or leave a picture out"
        )
        yield Problem(standard.places[largest], message, "budget")


def _engine(standard: Standard, facts: Facts) -> Iterator[Problem]:
    here = standard.place("")
    for complaint in facts.complaints:
        glyph = "notdef" in complaint or "glyph" in complaint.lower()
        message = f"the print engine complains: {complaint}"
        yield Problem(here, message, "glyph" if glyph else "engine")
    for url in facts.denied:
        message = f"the page asks for '{url[:80]}', which is not among its assets"
        yield Problem(here, message, "link")
    if facts.foreign_tags:
        message = (
            f"the PDF has the tags of WeasyPrint {facts.foreign_tags}, a version that Press does not know: "
            "read aloud it is worse, and it does not conform to PDF/UA; install what requirements/core.lock has"
        )
        yield Problem(here, message, "engine", "warning")
    for each in facts.unproved:
        message = f"the PDF does not tell what its page says: {each.what}"
        yield Problem(standard.place(each.block), message, "tags")
    for family in facts.families:
        message = f"the page asks for the font family '{family}', which Press does not have"
        yield Problem(here, message, "family")


def _ink(standard: Standard, facts: Facts) -> Iterator[Problem]:
    named, blocks = Counter[str](), {ink.block for ink in facts.ink}
    for ink in facts.ink:
        # a piece of the title or of a foot, where it leaves the sheet
        if ink.block == NO_BLOCK and not blocks.isdisjoint({MARGIN, *["title"] * (ink.page == 1)}):
            continue
        named[ink.block] += 1
        if named[ink.block] <= SHOWN:
            text = ink.text if len(ink.text) <= LONGEST else ink.text[:LONGEST] + "…"
            moved = any(map(ink.fault.startswith, ("leaves", "is clipped", "is printed")))
            way_out = "shorten it or split the block" if moved else "mend the style"
            over = re.findall(r"'([^']+)'", ink.fault)
            place = standard.place(ink.block, *(each.strip("… ") for each in (ink.text, *over)))
            if place == standard.title:
                way_out = "shorten the title"
            elif moved and ink.block in {MARGIN, NO_BLOCK}:
                way_out = "shorten it"
            message = f"'{text}' {ink.fault} on page {ink.page}; {way_out}"
            yield Problem(place, message, "geometry")


def _coarse(standard: Standard, facts: Facts) -> Iterator[Problem]:
    """Yield the pictures of which one sees the pixels on paper."""
    for block, pixels in facts.resolutions.items():
        if pixels < COARSE:
            message = f"this picture has {pixels:.0f} pixels to the inch of paper, and looks coarse under {COARSE}"
            way_out = "take a larger file of it"
            yield Problem(standard.place(block), f"{message}; {way_out}", "image", "warning")


def _type(standard: Standard, facts: Facts) -> Iterator[Problem]:
    """Yield the smallest text and the smallest mark, if one cannot be read."""
    for smallest, least in ((facts.smallest, SMALLEST), (facts.smallest_mark, SMALLEST_MARK)):
        if smallest and smallest.points < least - 0.01:
            message = f"'{smallest.text[:40]}' is {smallest.points:.1f} pt; none may be under {least:g} pt"
            yield Problem(standard.place(smallest.block), message, "geometry")
