"""Where a print and its page part: the signs of both in, the first difference out, if there is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press.page.elements import elements_of
from tests.support.paper import HYPHENS
from tests.support.signs import UNSEEN

if TYPE_CHECKING:
    from tests.support.signs import Sign

HARD = "-\u2010\u2011"
BREAKS = "-/–—.?&=_:" + HYPHENS  # behind these a line may end inside of a word
SHOWN = 8  # words around the place where two texts part


def parted(page: list[Sign], paper: list[Sign]) -> str:
    """Return where the two texts part, or '' where they are the same but for what typesetting changes.

    - A hyphen at the end of a line is no character of the text: it may be in print alone.
    - Lines end where the text has a space, an element begins or ends, or behind a character that allows it;
      an address, which no hyphen may change, is cut anywhere.
    - White space has no width; the edge of an element may look like a space (cells, columns) or like nothing.
    - The number or bullet of an item is made by CSS: it may stand in print, and then has to be the right one.
    """
    at = place = 0
    while at < len(page) and place < len(paper):
        wanted, found = page[at], paper[place]
        if wanted.marker:
            at, place = at + 1, place + marker_at(wanted.marker, paper, place)
        elif hyphen_at(paper, place):
            at, place = at + (wanted.text in HARD), place + 1
        elif wanted.text == found.text and fits(page, at, paper, place):
            at, place = at + 1, place + 1
        else:
            break
    rest = [sign for sign in page[at:] if not sign.marker]
    if not rest and place == len(paper):
        return ""
    return (
        f"after '{words(page[:at], last=True)}' the page goes on with '{words(rest)}'"
        f" and the print with '{words(paper[place:])}'"
    )


def as_told(html: str) -> str:
    """Return *html* with pictures that come after a caption behind all words of their figure: these are the caption."""
    every = list(elements_of(html).elements())
    for figure in reversed([each for each in every if each.tag == "figure"]):
        caption = next(each.begin for each in figure.elements() if each.tag == "figcaption")
        pictures = (each for each in figure.elements() if each.given.get("role") == "img")
        for picture in (each for each in pictures if each.begin > caption):
            end = figure.end - len("</figure>")
            drawn, behind = html[picture.begin : picture.end], html[picture.end : end]
            html = html[: picture.begin] + behind + drawn + html[end:]
    return html


def running_lines(page: str, unread: list[str]) -> list[str]:
    """Return what is *unread* on each sheet without the shapes of *page*, all of them, and the heads of its tables."""
    elements = list(elements_of(page).elements())
    heads = {each.text() for each in elements if each.tag == "thead"}
    shapes = [each.text() for each in elements if each.given.get("aria-hidden") == "true"]
    assert sum(text.count(shape) for text in unread for shape in set(shapes)) == len(shapes)
    again = "|".join(map(as_repeated, heads)) or "(?!)"
    bare = [re.sub("|".join(set(shapes)) or "(?!)", "", text) for text in unread]
    return [bare[0], *(re.sub(again, "", text) for text in bare[1:])]


def as_repeated(head: str) -> str:
    """Return a pattern of the words of a table's *head* on a later sheet, without joiners, perhaps with hyphens."""
    shown = (char for char in head if not (char.isspace() or char in UNSEEN))
    return f"[{HYPHENS}]?".join(map(re.escape, shown)) or "(?!)"


def fits(page: list[Sign], at: int, paper: list[Sign], place: int) -> bool:
    """Say whether what stands before a sign in print may stand there."""
    wanted, found = page[at].before, paper[place].before
    if found == "\n":
        return wanted != "" or paper[place - 1].text in BREAKS or in_address(page, at)
    return wanted in {"|", found}


def in_address(page: list[Sign], at: int) -> bool:
    """Say whether a sign of the page stands inside of a word that has a slash."""
    first, last = at, at + 1
    while first > 0 and page[first].before == "":
        first -= 1
    while last < len(page) and page[last].before == "":
        last += 1
    return any(sign.text == "/" for sign in page[first:last])


def hyphen_at(paper: list[Sign], place: int) -> bool:
    """Say whether a hyphen ends a line here."""
    line_ends = place + 1 < len(paper) and paper[place + 1].before == "\n"
    return line_ends and paper[place].text in HYPHENS


def marker_at(markers: tuple[str, ...], paper: list[Sign], place: int) -> int:
    """Return how many signs of print are one of *markers*, alone."""
    for marker in markers:
        end = place + len(marker)
        if "".join(sign.text for sign in paper[place:end]) == marker:
            return len(marker) if end < len(paper) and paper[end].before else 0
    return 0


def words(signs: list[Sign], *, last: bool = False) -> str:
    """Return the first words of *signs*, or the last ones."""
    found = "".join(f"{' ' * bool(sign.before)}{sign.text}" for sign in signs).split()
    return " ".join(found[-SHOWN:] if last else found[:SHOWN]) or "nothing"
