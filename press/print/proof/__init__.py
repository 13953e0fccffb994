"""Prove a finished PDF: read it back, and compare what it tells with what the page says. The gate to pikepdf."""

import re
from collections.abc import Iterator

from press.print.facts import NO_BLOCK, Unproved
from press.print.pdf import places
from press.print.proof.catalog import faults_of_info, faults_of_packet
from press.print.proof.expected import Expected
from press.print.proof.placing import faults_of_places
from press.print.proof.reading import Reading
from press.print.proof.tokens import PICTURE, SHOWN, UNSEEN, Token

PAGES = re.compile(r"\d+(?:\W*\w+\W*\d+)?")  # such as '2 of 5'


def prove(pdf: bytes, page: str) -> tuple[Unproved, ...]:
    """Return where *pdf* does not tell what *page* says: words, structure, links, metadata."""
    wanted = Expected(page)
    try:
        return tuple(_unproved(pdf, wanted))
    except Exception as error:  # noqa: BLE001 - whatever is broken in a PDF, this is the answer
        return (Unproved(NO_BLOCK, f"it cannot be read back: {error}"),)


def _unproved(pdf: bytes, wanted: Expected) -> Iterator[Unproved]:
    found = Reading(pdf)
    yield from _told(wanted, found)
    faults = [*found.faults, *faults_of_places(wanted, found, places(pdf))]
    for kind in (_once, _beside, _outline, _whole):
        faults += kind(wanted, found)
    yield from (Unproved(NO_BLOCK, fault) for fault in dict.fromkeys(faults))


def _told(wanted: Expected, found: Reading) -> Iterator[Unproved]:
    """Yield the first place where the PDF tells something else than the page says."""
    for ours, theirs in zip(wanted.tokens, found.tokens, strict=False):
        if ours.told != theirs.told:
            told, said = map(_named, _parted(theirs, ours))
            yield Unproved(
                wanted.block(ours) or NO_BLOCK, f"it tells {told} where the page says {said}"
            )
            return
    if len(wanted.tokens) > len(found.tokens):
        ours = wanted.tokens[len(found.tokens)]
        yield Unproved(wanted.block(ours) or NO_BLOCK, f"it ends before {_named(ours)}")
    elif len(found.tokens) > len(wanted.tokens):
        yield Unproved(NO_BLOCK, f"it goes on with {_named(found.tokens[len(wanted.tokens)])}")


def _parted(theirs: Token, ours: Token) -> tuple[Token, Token]:
    """Return two texts from the word on with which they part, or two tokens as they are."""
    if theirs.tag or ours.tag:
        return theirs, ours
    pairs = enumerate(zip(theirs.text, ours.text, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), 0)
    begin = ours.text.rfind(" ", 0, same) + 1
    return theirs._replace(text=theirs.text[begin:]), ours._replace(text=ours.text[begin:])


def _named(token: Token) -> str:
    if not token.tag:
        return f"'{token.text.strip()[:SHOWN]}'"
    facts = "".join(f" {name}='{text[:SHOWN]}'" for name, text in sorted(token.facts.items()))
    return f"</{token.tag}>" if token.end else f"<{token.tag}{facts}>"


def _once(_: Expected, found: Reading) -> Iterator[str]:
    """Yield pages with content that is told twice or not at all, or that is drawn in another order than it is told."""
    for number, page in enumerate(found.shown):
        marks = (each.mark for each in page if each.mark >= 0 and not each.artifact)
        drawn = list(dict.fromkeys(marks))
        told = [mark for at, mark in found.order if at == number]
        if sorted(drawn) != sorted(told):
            yield f"page {number + 1} has content that is told twice, or not at all"
        elif drawn != told:
            pairs = zip(drawn, told, strict=True)
            texts = (found.texts.get((number, two), "") for one, two in pairs if one != two)
            words = filter(None, (text.translate(UNSEEN).strip() for text in texts))
            first = next(words, PICTURE)[:SHOWN]
            yield f"page {number + 1} is drawn in another order than it is read, from '{first}' on"


def _beside(wanted: Expected, found: Reading) -> Iterator[str]:
    """Yield what a page shows beside its content: it may be a decoration, or what stands in its head or foot."""
    pictures = wanted.untold.count(PICTURE)
    for number, page in enumerate(found.shown, 1):
        for each in page:
            text = each.text.translate(UNSEEN).strip()
            pictures -= each.artifact and text == PICTURE
            is_known = pictures >= 0 if text == PICTURE else text in wanted.untold
            if each.mark < 0 and not each.artifact:
                yield f"page {number} shows something that is neither content nor decoration: '{text[:SHOWN]}'"
            elif each.artifact and not (is_known or PAGES.fullmatch(text)):
                yield f"'{text[:SHOWN]}' on page {number} is not told, though it is no decoration"


def _whole(wanted: Expected, found: Reading) -> Iterator[str]:
    """Yield another language than that of the page, pages in another order, and other metadata."""
    if found.language != wanted.language:
        yield f"its language is '{found.language}', not '{wanted.language}'"
    pages = [page for page, _ in found.order]
    if pages != sorted(pages):
        yield "its pages are in another order than they are read"
    yield from faults_of_packet(found.packet, wanted.language, wanted.head)
    yield from faults_of_info(found.info, wanted.head)


def _outline(wanted: Expected, found: Reading) -> Iterator[str]:
    """Yield an outline that differs from the headings, in words or levels."""
    if [(level, text) for level, text, _ in found.outline] != wanted.outline:
        yield "its outline has other entries than the page has headings"
