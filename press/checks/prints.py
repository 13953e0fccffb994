"""A finished print: what the engine complained of, what does not stand where it should, and how long it became."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from press.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.pdf.facts import Facts

SMALLEST = 7.5  # points (LOOK: type)
SHOWN = 5  # pieces of text named for one block; a table that runs off the page would else fill the screen
WORDS = {"tr": "row", "li": "item", "figure": "figure", "table": "table"} | {
    f"h{level}": "heading" for level in range(1, 7)
}  # for what should stay whole


@dataclass(frozen=True)
class Printed:
    """What is to be checked of one edition."""

    brief: str
    language: str
    facts: Facts
    pdf_bytes: int
    html_bytes: int
    limits: Mapping[str, Any]
    letters: Mapping[str, int]  # that have to be printed, by block
    front: frozenset[str]  # blocks of page 1
    body: frozenset[str]  # blocks of the sections before 'since'
    places: Mapping[str, Place]

    def place(self, block: str) -> Place:
        """Return where *block* was written, or where the brief begins."""
        return self.places.get(f"block:{block}", self.places[f"brief:{self.brief}"])


def check(printed: Printed) -> Iterator[Problem]:
    """Yield every fault of the print."""
    yield from _engine(printed)
    yield from _lost(printed)
    yield from _geometry(printed)
    yield from _budget(printed)


def _lost(printed: Printed) -> Iterator[Problem]:
    """Yield blocks of which letters are on the page and not on paper, and what has left page 1."""
    for block, letters in sorted(printed.letters.items()):
        got = printed.facts.letters.get(block, 0)
        if got < letters:
            message = f"the print shows {got} of the {letters} letters of this text: it does not fit; shorten it"
            yield Problem(printed.place(block), message, "lost")
    for block in sorted(printed.front):
        page = max(printed.facts.blocks.get(block, (1,)))
        if page > 1:
            message = f"this block has to be on page 1 and stands on page {page}; shorten what is on page 1"
            yield Problem(printed.place(block), message, "page-one")


def _engine(printed: Printed) -> Iterator[Problem]:
    here, facts = printed.place(""), printed.facts
    for complaint in facts.complaints:
        glyph = "notdef" in complaint or "glyph" in complaint.lower()
        yield Problem(
            here, f"the print engine complains: {complaint}", "glyph" if glyph else "engine"
        )
    for url in facts.denied:
        yield Problem(
            here, f"the page asks for '{url[:80]}', which is not among its assets", "link"
        )
    for family in facts.families:
        yield Problem(
            here,
            f"the page asks for the font family '{family}', which Press does not have",
            "family",
        )


def _geometry(printed: Printed) -> Iterator[Problem]:
    facts, named = printed.facts, dict[str, int]()
    for ink in facts.ink:
        named[ink.block] = named.get(ink.block, 0) + 1
        if named[ink.block] <= SHOWN:
            text = ink.text if len(ink.text) <= 40 else ink.text[:40] + "…"  # noqa: PLR2004 - characters
            yield Problem(
                printed.place(ink.block),
                f"'{text}' {ink.fault} on page {ink.page}; shorten it or split the block",
                "geometry",
            )
    for heading in facts.stranded:
        yield Problem(
            printed.place(heading.block),
            f"the heading '{heading.text}' is stranded at the end of page {heading.page}",
            "geometry",
        )
    for split in facts.split:
        yield Problem(
            printed.place(split.block),
            f"a {WORDS.get(split.tag, 'block')} is split over pages {split.page} and {split.page + 1}; shorten it",
            "geometry",
        )
    if facts.smallest and facts.smallest.points < SMALLEST - 0.01:
        yield Problem(
            printed.place(facts.smallest.block),
            f"'{facts.smallest.text[:40]}' is {facts.smallest.points:.1f} pt; none may be under {SMALLEST} pt",
            "geometry",
        )


def _budget(printed: Printed) -> Iterator[Problem]:
    facts = printed.facts
    last = max(
        (max(pages) for block, pages in facts.blocks.items() if block in printed.body), default=0
    )
    sizes = {
        "body_pages": last,
        "page_one_words": facts.sheets[0].words if facts.sheets else 0,
        "pages": facts.pages,
        "html_kilobytes": -(-printed.html_bytes // 1000),
        "pdf_kilobytes": -(-printed.pdf_bytes // 1000),
    }
    words = {
        "body_pages": "pages before 'since'",
        "page_one_words": "words on page 1",
        "pages": "pages",
        "html_kilobytes": "kB of HTML",
        "pdf_kilobytes": "kB of PDF",
    }
    for name, size in sizes.items():
        if name in printed.limits and size > printed.limits[name]:
            yield Problem(
                printed.place(""),
                f"the brief has {size} {words[name]}; content/limits.yaml allows {printed.limits[name]}",
                "budget",
            )
