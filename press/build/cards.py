"""Make cards, the pictures that networks show beside a link to a brief; they are kept by key."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from press.build.fit import MARKER, Fit, balance, set_page
from press.build.keys import print_key
from press.build.prints import standard_of
from press.build.stages import Card, Means, Name, Page, Printed
from press.checks import page as page_check
from press.checks import print as print_check
from press.checks.standard import Standard
from press.content.library import Library
from press.content.pictures import png
from press.ground import signals
from press.page.compose import Composer
from press.page.elements import elements_of
from press.print.facts import NO_BLOCK, Facts
from press.print.pdf import first_page
from press.print.pool import setup as print_setup
from press.print.pool import thread_server, with_text_off_sheet
from press.print.server.client import PrintFailedError, Setup
from press.problems import Problem, errors

TEMPLATE = "card/card.html.j2"
WIDTH = 1200  # pixels, as the style has it
COLOURS = 128
# Pixels of the title, of the words about the key number and of the names: the first are taken that leave room for all.
SIZES = (
    *((96, 30, 24), (80, 30, 24), (66, 30, 24), (54, 30, 24), (46, 28, 24), (40, 26, 24)),
    *((40, 26, 18), (34, 24, 16)),  # names of offices cannot be shortened
)
LOWEST = 155.5  # mm from the top to the last line, as the style has it; nothing else stops at its padding
NO_ROOM = "there is no room for this on the card for link previews, even in small type; shorten it"


@dataclass(frozen=True)
class Asked:
    """The cards of some editions: those that the store has, and those that are being made, with their keys."""

    kept: Mapping[Name, Card]
    waiting: Mapping[Future[Card], tuple[Name, str]]


def ask_cards(library: Library, pages: Sequence[Page], composer: Composer, means: Means) -> Asked:
    """Have cards made for those of *pages* that are sound, many at once."""
    kept: dict[Name, Card] = {}
    waiting: dict[Future[Card], tuple[Name, str]] = {}
    for page in (page for page in pages if means.pool and not errors(page.problems)):
        name = page.manuscript.name
        html = composer.fill(TEMPLATE, edition=page.manuscript.edition)
        key = print_key(html, {}, {}, means.dependencies)
        if (data := means.store.get(key)) is not None:
            kept[name] = Card(key, data)
        elif means.pool:
            setup = print_setup(means.folders.work, means.folders.fonts)
            standard = standard_of(library, page)
            waiting[means.pool.submit(card_job, html, {}, standard, setup)] = name, key
    return Asked(kept, waiting)


def add_cards(printed: Sequence[Printed], asked: Asked, means: Means) -> list[Printed]:
    """Return what is *printed* with its cards; what has no print has none."""
    cards = {**asked.kept}
    for future in signals.wait(asked.waiting):
        name, key = asked.waiting[future]
        cards[name] = replace(future.result(), key=key)
        if cards[name].png:
            means.store.put(key, cards[name].png)
    return [
        replace(made, card=cards.get(made.page.manuscript.name, Card())) if made.print else made
        for made in printed
    ]


def card_job(html: str, images: Mapping[str, bytes], standard: Standard, setup: Setup) -> Card:
    """Make a card with the largest type for which it has room, on the print server of this thread."""
    server = thread_server(setup)
    server.begin(images)
    try:
        for title, words, names in SIZES:
            sizes = f":root{{--type-title:{title}px;--type-words:{words}px;--type-names:{names}px}}"
            page = html.replace(MARKER, sizes + MARKER, 1)
            if not (problems := tuple(faults(standard, html, server.lay_out(page)))):
                break
        else:
            return Card(problems=problems)
        share, _ = balance(page, standard, server)
        made = with_text_off_sheet(server.write(set_page(page, Fit(share))))
        if problems := tuple(faults(standard, html, made.facts)):
            return Card(problems=problems)
    except PrintFailedError as error:
        return Card(problems=(Problem(standard.title, str(error), "engine"),))
    raster = first_page(made.pdf, WIDTH)
    return Card(png=png(raster.data, raster.width, raster.height, COLOURS))


def faults(standard: Standard, html: str, facts: Facts) -> Iterator[Problem]:
    """Yield what is wrong with a card: what has no room, or else what is out of place."""
    letters = page_check.letters(page_check.spots(elements_of(html)))
    cut = {block for block, count in letters.items() if facts.letters.get(block, 0) < count}
    cut |= {block for block, pages in facts.blocks.items() if max(pages) > 1}
    if cut or facts.pages > 1 or facts.sheets[0].filled_mm > LOWEST:
        # what is cut may be short, and pushed out by a long title
        block = max(sorted({*cut, "title"} - {NO_BLOCK}), key=lambda each: letters.get(each, 0))
        longest = max(standard.shared, key=len)
        shared = block == "title" and len(longest) > letters["title"]
        place = standard.place(NO_BLOCK, longest) if shared else standard.place(block)
        yield Problem(place, NO_ROOM, "geometry")
    else:
        plain = replace(standard, limits={}, letters={}, sections={})
        yield from print_check.check(plain, replace(facts, foreign_tags=""))  # a picture has none
