"""Write manuscripts, and compose their pages."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from press.build import keys
from press.build.figure_drawings import draw
from press.build.known_content import KnownContent
from press.build.stages import Manuscript, Means, Name, Page
from press.checks import page as page_check
from press.content.languages import LANGUAGES
from press.content.library import Library
from press.edition import language, resolve
from press.edition.depths import short_form
from press.edition.edition import Edition
from press.ground import signals
from press.ground.store import Store
from press.page import figures
from press.page.compose import Composer, Way
from press.page.cut import printed
from press.page.elements import elements_of
from press.page.vega.workers import Drawing
from press.problems import Problem

READ = ("paper", "letters", "words", "said")  # of a page, by its fields


def resolved(library: Library, name: Name, known: KnownContent | None = None) -> Edition:
    """Return the edition called *name*, which may be *known*."""
    return known.edition(library, name) if known else resolve.resolve(library, *name[::-1])


def write_manuscript(
    library: Library, name: Name, means: Means, known: KnownContent | None = None
) -> Manuscript:
    """Return the manuscript of the edition called *name*, which may be *known*, with the key of its page."""
    return _manuscript(library, resolved(library, name, known), ways_from(library, name), means)


def short_of(library: Library, whole: Manuscript, means: Means) -> Manuscript:
    """Return the manuscript of the short form of an edition; it is printed only, and has no ways to others."""
    return _manuscript(library, short_form(whole.edition), (), means)


def _manuscript(
    library: Library, edition: Edition, ways: tuple[Way, ...], means: Means
) -> Manuscript:
    images, known = images_of(library, edition), means.dependencies
    commissions = tuple(figures.commissions(edition, means.folders.fonts, library.maps))
    drawing_keys = tuple(keys.drawing_key(asked, known) for asked in commissions)
    key = keys.page_key(edition, ways, images, drawing_keys, known)
    return Manuscript(edition, ways, images, commissions, drawing_keys, key)


def ways_from(library: Library, name: Name) -> tuple[Way, ...]:
    """Return the ways from the page called *name* to other languages, and to all briefs whose labels are known."""
    spoken, brief = name
    others = [
        Way(f"../{other}/{brief}.html", language.own_name(other), other)
        for other in library.series.languages
        if other != spoken
    ]
    labels = {
        name: str(library.briefs[name].label)
        for name in library.ordered()
        if name in library.briefs
    }
    ways = (Way("" if key == brief else f"{key}.html", label) for key, label in labels.items())
    return (*others, *ways)


def images_of(library: Library, edition: Edition) -> dict[str, bytes]:
    """Return the images of *edition* by the name under which its page asks for them."""
    assets = {
        getattr(part, "asset", "") for part in (*edition.blocks(), edition.logo, *edition.logos)
    }
    every = library.images.values()
    return {picture.asset: picture.data for picture in every if picture.asset in assets}


def sizes_of_pictures(manuscript: Manuscript) -> dict[str, int]:
    """Return how many bytes each picture has inside a page, by the name of its block or file among the places."""
    blocks = {getattr(block, "asset", ""): block.id for block in manuscript.edition.blocks()}
    return {
        f"block:{blocks[name]}" if name in blocks else name.replace("images/", "image:"): len(
            b64encode(data)
        )
        for name, data in manuscript.images.items()
    }


def compose_pages(
    library: Library, manuscripts: Sequence[Manuscript], composer: Composer, means: Means
) -> list[Page]:
    """Return the page of each of *manuscripts*, from the store or composed, and checked."""
    composed = compose(library, manuscripts, composer, means)
    return [_read(library, page, means.store) if page.html else page for page in composed]


def _read(library: Library, page: Page, store: Store) -> Page:
    """Return *page*, read and checked; of one that was sound, the store has what was read."""
    source = page.manuscript
    if (kept := store.get(source.reading_key)) is not None:
        return replace(page, **json.loads(kept))
    whole = read_page(library, source, page.html, new=page.new)
    if not whole.problems:
        known = {name: getattr(whole, name) for name in READ}
        store.put(source.reading_key, json.dumps(known, ensure_ascii=False).encode())
    return whole


def compose(
    library: Library, manuscripts: Sequence[Manuscript], composer: Composer, means: Means
) -> list[Page]:
    """Return the page of each of *manuscripts*, from the store or composed, and not read yet."""
    store = means.store
    kept = {source.key: store.get(source.key) for source in manuscripts}
    missing = [source for source in manuscripts if kept[source.key] is None]
    drawings = draw(means, (asked for source in missing for asked in source.commissions))
    pages = []
    for source in manuscripts:
        signals.check()
        data = kept[source.key]
        if data is not None:
            pages.append(Page(source, data.decode()))
        elif problems := tuple(_undrawn(library, source, drawings)):
            pages.append(Page(source, problems=problems))
        else:
            svg = {asked.name: drawings[asked].svg for asked in source.commissions}
            html = composer.page(source.edition, source.ways, svg)
            store.put(source.key, html.encode())
            pages.append(Page(source, html, new=True))
    return pages


def read_page(library: Library, manuscript: Manuscript, html: str, *, new: bool) -> Page:
    """Return the page of *manuscript*, read and checked."""
    root = elements_of(html)
    spots = page_check.spots(root)
    problems = tuple(page_check.check(spots, manuscript.edition, library.places))
    letters, words = page_check.letters(spots), page_check.word_counts(spots)
    habits = LANGUAGES[manuscript.edition.language]
    said = {
        "attributions": page_check.phrases(spots, habits.works),
        "gaps": page_check.phrases(spots, habits.missing),
    }
    paper = printed(html, root)
    return Page(manuscript, html, paper, letters, words, said, new=new, problems=problems)


def _undrawn(
    library: Library, manuscript: Manuscript, drawings: Mapping[figures.Commission, Drawing]
) -> Iterator[Problem]:
    """Yield the figures of *manuscript* that could not be drawn."""
    faults = {(asked.block, drawings[asked].fault) for asked in manuscript.commissions}
    for block, fault in sorted(pair for pair in faults if pair[1]):
        message = f"this figure cannot be drawn: {fault}"
        yield Problem(library.places[f"block:{block}"], message, "figure")
