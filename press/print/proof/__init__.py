"""Prove a finished PDF: read it back, and compare what it tells with what the page says. The gate to pikepdf."""

import re
from collections.abc import Iterator

from press.print.facts import NO_BLOCK, Unproved
from press.print.proof.catalog import faults_of_packet
from press.print.proof.expected import Expected
from press.print.proof.reading import Reading, lies
from press.print.proof.tokens import UNSEEN, Token

SHOWN = 60  # characters of a text
PAGES = re.compile(r"\d+(?:\W*\w+\W*\d+)?")  # such as '2 of 5'
HEADINGS = tuple(f"H{level}" for level in range(1, 7))


def prove(pdf: bytes, page: str) -> tuple[Unproved, ...]:
    """Return where *pdf* does not tell what *page* says: words, structure, links, metadata."""
    wanted = Expected(page)
    try:
        found = Reading(pdf)
    except Exception as error:  # noqa: BLE001 - whatever is broken in a PDF, this is the answer
        return (Unproved(NO_BLOCK, f"it cannot be read back: {error}"),)
    faults = [*found.faults, *faults_of_packet(found.packet, wanted.language, wanted.head)]
    for kind in (_once, _beside, _boxes, _outline, _anchors):
        faults += kind(wanted, found)
    return (*_told(wanted, found), *(Unproved(NO_BLOCK, fault) for fault in dict.fromkeys(faults)))


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
    """Yield pages with content that is told twice, or by nobody."""
    for number, page in enumerate(found.shown):
        drawn = [each.mark for each in page if each.mark >= 0 and not each.artifact]
        told = [mark for at, mark in found.order if at == number]
        if sorted(set(drawn)) != sorted(told):
            yield f"page {number + 1} has content that is told twice, or by nobody"


def _beside(wanted: Expected, found: Reading) -> Iterator[str]:
    """Yield what a page shows beside its content: it may be a decoration, or what stands in its head or foot."""
    for number, page in enumerate(found.shown, 1):
        for each in page:
            text = each.text.translate(UNSEEN).strip()
            if text and each.mark < 0 and not each.artifact:
                yield f"page {number} shows something that is neither content nor decoration: '{text[:SHOWN]}'"
            elif each.artifact and not (text in wanted.untold or PAGES.fullmatch(text)):
                yield f"'{text[:SHOWN]}' on page {number} is told to nobody"


def _boxes(_: Expected, found: Reading) -> Iterator[str]:
    """Yield figures without a place on their sheet."""
    for box, marks in found.boxes:
        pages = {page for page, _ in marks}
        if len(pages) == 1 and not lies(box, found.sheets[pages.pop()]):
            yield "a figure does not say where it is"


def _outline(wanted: Expected, found: Reading) -> Iterator[str]:
    """Yield an outline that differs from the headings, in words, levels or pages."""
    pages = [token.page for token in found.tokens if token.tag in HEADINGS and not token.end]
    entries = [(level, text) for level, text, _ in found.outline]
    if entries != wanted.outline:
        yield "its outline has other entries than the page has headings"
    elif [page for *_, page in found.outline] != pages:
        yield "an entry of its outline leads to another page than that of its heading"


def _anchors(wanted: Expected, found: Reading) -> Iterator[str]:
    """Yield addresses inside of the document that lead nowhere, or to another page than that of what they name."""
    pages: dict[str, int] = {}
    for ours, theirs in zip(wanted.tokens, found.tokens, strict=False):
        for element in wanted.around(ours):
            pages.setdefault(element.get("id", ""), theirs.page)
    for address in {token.facts["address"] for token in found.tokens if "address" in token.facts}:
        name = address.removeprefix("#")
        if address.startswith("#") and found.anchors.get(name, -1) != pages.get(name):
            yield f"the link to '{address}' leads to another place"
