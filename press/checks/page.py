"""Check a composed page: dead links, ids given twice, pictures without a text alternative, lost words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from press.checks.budgets import NOTES
from press.edition.edition import Edition, Evidence, Figure, named_texts, plain_text
from press.page.elements import Element, foreign
from press.page.style_faults import hiding_classes
from press.problems import Place, Problem

# pre: how the examples of the catalogue are typed
SILENT = frozenset({"style", "script", "title", "pre", "select"})
UNSEEN = "\N{WORD JOINER}"  # of compose
NO_BLOCK = "(page)"  # the same word as in the facts of a print
FRONT = "page 1"
PARTS = {  # by the classes of what is in them; references have how to cite, too
    "masthead": FRONT,
    "front": FRONT,
    "section--notes": NOTES,
    "section--references": NOTES,
}


class Spot(NamedTuple):
    """An element or a text of a page, and what holds for the text there."""

    node: Element | str
    block: str = NO_BLOCK
    read: bool = True  # it is among the words of the page, as note marks are not
    printed: bool = True  # it is on paper too
    part: str = ""  # of the page: FRONT, NOTES or another


Spots: TypeAlias = tuple[Spot, ...]  # of a page, read once


def spots(page: Element) -> Spots:
    """Return all elements and texts of a page, in their order."""
    found: list[Spot] = []
    _gather(Spot(page), found)
    return tuple(found)


def _gather(above: Spot, found: list[Spot]) -> None:
    _, block, read, printed, part = above
    for node in above.node.content if isinstance(above.node, Element) else ():
        if isinstance(node, str):
            found.append(Spot(node, block, read, printed, part))
        else:
            here = _of_element(node, above)
            found.append(here)
            _gather(here, found)


def _of_element(node: Element, above: Spot) -> Spot:
    hidden, marks, part = _of_classes(node.given.get("class", ""))
    screen = "data-screen" in node.given
    spoken = node.tag not in SILENT and (screen or not hidden)  # what is not for paper may open
    heard = node.given.get("aria-hidden") != "true" and not marks
    return Spot(
        node,
        node.given.get("data-block", above.block),
        read=above.read and spoken and heard,
        printed=above.printed and spoken and not screen,
        part=part or above.part,
    )


@lru_cache(1024)  # of so few, in so many elements
def _of_classes(classes: str) -> tuple[bool, bool, str]:
    """Return whether what has *classes* is hidden, whether it is note marks, and the part that it begins."""
    names = classes.split()
    part = next((PARTS[name] for name in names if name in PARTS), "")
    return not hiding_classes().isdisjoint(names), "marks" in names, part


def letters(page: Spots) -> Counter[str]:
    """Return how many letters and digits of each block of *page* have to be printed."""
    count = Counter[str]()
    for spot in page:
        if spot.printed and isinstance(spot.node, str):
            count[spot.block] += sum(map(str.isalnum, spot.node))
    return count


def word_counts(page: Spots) -> Counter[str]:
    """Return how many words of each block of *page* are printed.

    Under '' are those of page 1 that are in no block: the masthead, headings, and the numbers of items. Under NOTES are
    all of notes and references, also those that are in a block.
    """
    count = Counter[str]()
    for spot in page:
        if isinstance(spot.node, Element):
            count[""] += spot.part == FRONT and spot.node.tag == "li"
        elif spot.printed and spot.read:
            number = sum(any(map(str.isalnum, word)) for word in spot.node.split())
            where = "" if spot.block == NO_BLOCK else spot.block
            count[where] += number if where or spot.part == FRONT else 0
            count[NOTES] += number if spot.part == NOTES else 0
    return count


def phrases(page: Spots, pattern: str) -> Counter[str]:
    """Return how often each block of *page* says on paper what *pattern* finds, in whatever case."""
    texts: dict[str, str] = {}
    for spot in page if pattern else ():
        if spot.printed and spot.read and isinstance(spot.node, str):
            texts[spot.block] = texts.get(spot.block, "") + spot.node
    found = {
        block: len(re.findall(pattern, folded(text), re.IGNORECASE))
        for block, text in texts.items()
    }
    return Counter({block: number for block, number in found.items() if number})


def check(page: Spots, edition: Edition, places: Mapping[str, Place]) -> Iterator[Problem]:
    """Yield what is wrong with the *page* of *edition*; *places* has where its blocks were written."""
    for block, message, rule in _faults(page):
        place = places.get(f"block:{block}", places[f"brief:{edition.brief}"])
        yield Problem(place, message, rule)
    paper = folded(words(page, printed=True))
    yield from lost(words(page), edition, places, paper=paper)
    for text in filter(None, map(folded, edition.voices())):
        if text not in paper:
            message = f"the template leaves out '{text[:60]}', which says who speaks"
            yield Problem(places[f"brief:{edition.brief}"], message, "lost")


def _faults(page: Spots) -> Iterator[tuple[str, str, str]]:
    """Yield the block, the message and the rule of what is wrong with links, ids and pictures."""
    elements = [(spot.node, spot.block) for spot in page if isinstance(spot.node, Element)]
    ids = Counter(element.given["id"] for element, _ in elements if "id" in element.given)
    for element, block in elements:
        targets = [element.given["popovertarget"]] if "popovertarget" in element.given else []
        if element.given.get("href", "").startswith("#"):
            targets.append(element.given["href"][1:])
        for target in targets:
            if target not in ids:
                yield block, f"a link leads to '#{target}', which is not on the page", "anchor"
    for name, count in ids.items():
        if count > 1:
            yield name, f"the id '{name}' is on the page {count} times", "anchor"
    for element, block in elements:
        for message in foreign(element):
            yield block, message, "markup"
        if _lacks_alternative(element):
            yield block, f"a <{element.tag}> has no text alternative", "alternative"


def words(page: Spots, *, printed: bool = False) -> str:
    """Return the words of *page*, or those that are *printed* alone."""
    read = (spot for spot in page if spot.read and (spot.printed or not printed))
    return "".join(spot.node for spot in read if isinstance(spot.node, str))


def lost(
    words: str,
    edition: Edition,
    places: Mapping[str, Place],
    what: str = "the template",
    paper: str = "",
) -> Iterator[Problem]:
    """Yield what *words* leave out of *edition*: those of its page, of a post or of *what* else is made of it.

    With words on *paper*, all that is printed has to be there: but figures and notes, of which paper has less.
    """
    shown, brief = folded(words), places[f"brief:{edition.brief}"]
    printed = folded(paper) or shown
    for section in edition.sections:
        for head in (folded(plain_text(each)) for each in (section.opener, section.frame)):
            if head not in printed:
                message = (
                    f"{what} leaves out the words '{head[:60]}' above the section '{section.name}'"
                )
                yield Problem(brief, message, "lost")
    for thing in (*edition.blocks(), *edition.notes):
        screen = isinstance(thing, Figure | Evidence) or thing.depth == "screen"
        page = shown if screen else printed  # values of figures and notes are words for screens
        key, whose = (
            (f"claim:{thing.claim}", f"evidence note '{thing.claim}'")
            if isinstance(thing, Evidence)
            else (f"block:{thing.id}", f"{thing.kind} '{thing.id}'")
        )
        for field, text in ((field, folded(text)) for field, text in named_texts(thing)):
            if text not in page:
                message = f"{what} leaves out the words '{text[:60]}', '{field}' of the {whose}"
                yield Problem(places.get(key, brief), message, "lost")
    if edition.draft and edition.digest[:8] not in shown:
        yield Problem(brief, f"{what} does not say that this is draft {edition.digest[:8]}", "lost")
    if edition.correction and folded(edition.correction.text) not in shown:
        yield Problem(brief, f"{what} does not say what was corrected", "lost")


def _lacks_alternative(element: Element) -> bool:
    names = (element.given.get(name) for name in ("alt", "aria-label", "aria-labelledby"))
    named = next(filter(None, names), "").strip()
    return not named and (element.tag == "img" or element.given.get("role") == "img")


def folded(text: str) -> str:
    """Return *text* with single spaces, and without what is not seen."""
    return " ".join(text.replace(UNSEEN, "").split())
