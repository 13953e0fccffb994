"""Print pages, each in the setting that serves it best; prints are kept by key."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import astuple
from typing import Any

from press.build.fit import Fit, Fitted, Known, Step, fit_job, set_page
from press.build.keys import Dependencies, parts_key, print_key
from press.build.stages import Means, Page, Printed
from press.checks import layout
from press.checks.budgets import TITLE
from press.checks.standard import Standard
from press.content.library import Library
from press.content.model import Limits
from press.content.model.kinds import Sections
from press.edition.edition import Edition
from press.ground import signals
from press.print.facts import Facts, Print
from press.print.pool import setup as print_setup
from press.print.server.client import PrintFailedError
from press.problems import Place, Problem, errors

CORRECTED = 10  # words on page 1 that say so
SHORT = {"pages": "short_pages", "words": "short_words"}  # limits of the short form


def print_pages(
    library: Library,
    pages: Sequence[Page],
    means: Means,
    meanwhile: Callable[[], object] = lambda: None,
) -> list[Printed]:
    """Return each of *pages* with its print, from the store or new; one not wanted, only in its known setting.

    *meanwhile* is called while prints are made by other processes.
    """
    good = {page.manuscript.key: page for page in pages if not errors(page.problems)}
    keys = {source: key_of(library, page, means.dependencies) for source, page in good.items()}
    kept = {source: means.store.get(key) for source, key in keys.items()}
    made: dict[str, Fitted | Problem] = {
        source: unpack(data) for source, data in kept.items() if data is not None
    }
    forms = means.prints if means.pool else frozenset[str]()
    wanted = [source for source, page in good.items() if page.manuscript.form in forms]
    missing = [good[source] for source in wanted if source not in made]
    waiting = _ask(library, missing, means, means.pool) if means.pool else {}
    meanwhile()
    for page, fitted in _collect(library, waiting, means):
        source = page.manuscript.key
        made[source] = fitted
        if isinstance(fitted, Fitted):
            means.store.put(keys[source], pack(fitted))
            parts = {place: facts.to_json() for place, facts in fitted.parts.items()}
            means.store.put(_key_of_parts(page, means), json.dumps(parts).encode())
    new = {page.manuscript.key for page in missing}
    printed = [
        _printed(page, keys.get(source, ""), made.get(source), new=source in new)
        for page in pages
        for source in (page.manuscript.key,)
    ]
    return [
        each if each.page.manuscript.key in wanted else Printed(each.page, each.html)
        for each in printed
    ]


def _printed(page: Page, key: str, made: Fitted | Problem | None, *, new: bool) -> Printed:
    if isinstance(made, Fitted):
        html = set_page(page.html, made.fit)
        return Printed(page, html, key, made.print, made.mended, new=new)
    return Printed(page, page.html, key, problems=(made,) if made else ())


def _ask(
    library: Library, pages: Sequence[Page], means: Means, pool: Executor
) -> dict[Future[Fitted], Page]:
    """Have each of *pages* printed, the longest first, so that the processors are done at about the same time."""
    setup = print_setup(means.folders.work, means.folders.fonts)

    def ask(page: Page) -> Future[Fitted]:
        standard, known = standard_of(library, page), _known_parts(page, means)
        return pool.submit(fit_job, page.paper, page.manuscript.images, standard, setup, known)

    return {ask(page): page for page in sorted(pages, key=lambda page: -len(page.paper))}


def _known_parts(page: Page, means: Means) -> Known:
    """Return the facts of parts of a page that were laid out when the brief was last printed."""
    kept = json.loads(means.store.get(_key_of_parts(page, means)) or b"{}")
    return {place: Facts.from_json(facts) for place, facts in kept.items()}


def _key_of_parts(page: Page, means: Means) -> str:
    return parts_key("/".join((*page.manuscript.name, page.manuscript.form)), means.dependencies)


def _collect(
    library: Library, waiting: Mapping[Future[Fitted], Page], means: Means
) -> Iterator[tuple[Page, Fitted | Problem]]:
    """Yield each page as it is done: with its print, or with the problem that prevented it."""
    means.progress(0, len(waiting), "")
    for done, future in enumerate(signals.wait(waiting), 1):
        page = waiting[future]
        try:
            yield page, future.result()
        except PrintFailedError as error:
            yield page, Problem(standard_of(library, page).place(error.block), str(error), "engine")
        source = page.manuscript
        short = " (short)" if source.form == "short" else ""
        means.progress(done, len(waiting), f"{'/'.join(source.name)}{short}")


def key_of(library: Library, page: Page, known: Dependencies) -> str:
    """Return the key of the print of *page*."""
    limits = allowed(library.limits, page.manuscript.edition)
    chosen = {name: limits[name] for name in layout.LIMITS if name in limits}
    return print_key(page.paper, page.manuscript.images, chosen, known)


def allowed(limits: Limits, edition: Edition) -> dict[str, Any]:
    """Return the thresholds for *edition*; a correction may take a page more: no brief is too full for one."""
    known = limits.of(edition.brief, edition.language)
    if edition.depth == "short":
        known |= {name: known.get(own) for name, own in SHORT.items()}
        known = {name: most for name, most in known.items() if most is not None}
    if edition.correction:
        more = {"pages": 1, "page_one_words": CORRECTED}
        known |= {name: known[name] + extra for name, extra in more.items() if name in known}
    return known


def standard_of(library: Library, page: Page) -> Standard:
    """Return what the print of *page* is held to."""
    edition = page.manuscript.edition
    brief = library.briefs[edition.brief]
    heads = {  # openers and frames, by the name that they have as a block
        f"({name})": (name, typed.place)
        for name in Sections.model_fields
        for typed in brief.heads(name).values()
    }
    own = [f"brief:{edition.brief}", *(f"block:{block.id}" for block in edition.blocks())]
    own += [name.replace("images/", "image:") for name in page.manuscript.images]
    return Standard(
        brief=edition.brief,
        language=edition.language,
        depth=page.manuscript.form,
        limits=allowed(library.limits, edition),
        letters=page.letters,
        sections={"title": TITLE}
        | {head: name for head, (name, _) in heads.items()}
        | {block.id: section.name for section in edition.sections for block in section.blocks},
        words=page.words,
        said=page.said,
        title=library.briefs[edition.brief].title.place,
        places={name: library.places[name] for name in own if name in library.places}
        | {f"block:{head}": place for head, (_, place) in heads.items()},
        shared=(library.series.name, library.series.publisher, library.briefs[edition.brief].label),
        voices=_voices(library, edition.brief),
    )


def _voices(library: Library, name: str) -> Place | None:
    """Return where the first who speaks in the brief called *name* was written: the foot of page 1 names them."""
    for given in (library.briefs[name], library.series):
        lines = (*given.authors, given.authors_withheld, *given.reviewers, given.interests)
        if written := next(filter(None, lines), None):
            return written.place
    return None


def pack(made: Fitted) -> bytes:
    """Return a print and its setting as bytes for the store."""
    facts = {"facts": made.print.facts.to_json(), "fit": astuple(made.fit), "mended": made.mended}
    head = json.dumps(facts, ensure_ascii=False).encode()
    return len(head).to_bytes(8, "big") + head + made.print.pdf


def unpack(data: bytes) -> Fitted:
    """Return the print and the setting that `pack` has made *data* of."""
    end = 8 + int.from_bytes(data[:8], "big")
    head = json.loads(data[8:end])
    made = Print(data[end:], Facts.from_json(head["facts"]))
    title, front, rest = head["fit"]
    return Fitted(made, Fit(title, Step(*front), Step(*rest)), head["mended"])
