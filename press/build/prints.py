"""Pages in; their prints, from the store or new, each in the setting that serves it best and judged, out."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from press.build.fit import Fit, Fitted, Step, fit_job, worn
from press.build.workshop import Means, Tools, Work, assets_of, images_of, written
from press.checks import layout, page
from press.checks import print as prints
from press.checks.layout import Standard
from press.content.model.kinds import BODY, FRONT
from press.ground import signals, store
from press.page.cut import printed
from press.print.facts import Facts, Print
from press.print.pool import setup
from press.print.server.client import PrintFailedError
from press.problems import Problem

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from press.content.library import Library
    from press.content.model import Limits
    from press.edition.edition import Edition

CORRECTED = 10  # words on page 1 that say so


def print_all(library: Library, works: list[Work], means: Means) -> None:
    """Give each of *works* its print, from the store or new, and judge it; many are printed at once."""
    waiting: dict[Future[Fitted], Work] = {}
    given = setup(means.folders.work, means.folders.fonts)
    for work in works:
        work.print_key = print_key(library, work, means.tools)
        data = means.kept.get(work.print_key)
        if means.pool is None:
            work.page = worn(work.page, unpacked(data).fit if data else Fit())
        elif data is not None:
            wear(work, unpacked(data))
        else:
            paper, assets = printed(work.page), assets_of(library, work.edition)
            future = means.pool.submit(fit_job, paper, assets, standard(library, work), given)
            waiting[future] = work
    means.progress(0, len(waiting), "")
    for done, future in enumerate(signals.wait(waiting), 1):
        receive(library, waiting[future], future, means.kept)
        edition = waiting[future].edition
        means.progress(done, len(waiting), f"{edition.language}/{edition.brief}")
    for work in works if means.pool is not None else ():
        judge(library, work, means.folders.fonts)


def print_key(library: Library, work: Work, tools: Tools) -> str:
    """Return the digest of all that the print of *work* depends on."""
    return store.key(
        "print",
        printed(work.page),
        images_of(library, work.edition),
        json.dumps(layout_limits(library, work.edition)),
        tools.code,
        tools.fonts,
        tools.libraries,
    )


def layout_limits(library: Library, edition: Edition) -> dict[str, Any]:
    """Return the limits that have a say in the setting of *edition*."""
    limits = allowed(library.limits, edition)
    return {name: limits[name] for name in layout.LIMITS if name in limits}


def allowed(limits: Limits, edition: Edition) -> dict[str, Any]:
    """Return the thresholds for *edition*; a correction may take a page more: no brief is too full for one."""
    known = limits.of(edition.brief, edition.language)
    if edition.correction:
        more = {"pages": 1, "page_one_words": CORRECTED}
        known |= {name: known[name] + extra for name, extra in more.items() if name in known}
    return known


def receive(library: Library, work: Work, future: Future[Fitted], kept: store.Store) -> None:
    """Keep the print that *future* brings, or the reason why there is none."""
    try:
        made = future.result()
    except PrintFailedError as error:
        place = standard(library, work).place(error.block)
        work.problems.append(Problem(place, str(error), "engine"))
    else:
        kept.put(work.print_key, packed(made))
        wear(work, made)
        work.new = True


def wear(work: Work, made: Fitted) -> None:
    """Give *work* its print, and its page the same setting."""
    work.print, work.fit, work.mended = made
    work.page = worn(work.page, work.fit)


def judge(library: Library, work: Work, faces: Path) -> None:
    """Add what is wrong with the print of *work*."""
    if work.print is None:
        return
    sizes = {
        "html_kilobytes": -(-len(written(library, work, faces)) // 1000),
        "pdf_kilobytes": -(-len(work.print.pdf) // 1000),
    }
    found = prints.check(standard(library, work), work.print.facts, sizes)
    work.problems += (one for one in found if one.rule not in library.limits.rules_set_aside())


def standard(library: Library, work: Work) -> Standard:
    """Return what the print of *work* is held to."""
    brief, language = work.edition.brief, work.edition.language
    return Standard(
        brief=brief,
        language=language,
        limits=allowed(library.limits, work.edition),
        letters=page.letters(work.page),
        front=blocks_in(work.edition, FRONT),
        body=blocks_in(work.edition, BODY),
        title=library.briefs[brief].title.place,
        places=library.places,
    )


def blocks_in(edition: Edition, sections: tuple[str, ...]) -> frozenset[str]:
    """Return the ids of the blocks in these sections."""
    return frozenset(
        block.id for one in edition.sections if one.name in sections for block in one.blocks
    )


def packed(made: Fitted) -> bytes:
    """Return a print and its setting as one string of bytes for the store."""
    told = {"facts": made.print.facts.to_json(), "fit": astuple(made.fit), "mended": made.mended}
    head = json.dumps(told, ensure_ascii=False).encode()
    return len(head).to_bytes(8, "big") + head + made.print.pdf


def unpacked(data: bytes) -> Fitted:
    """Return what `packed` made a string of bytes of."""
    end = 8 + int.from_bytes(data[:8], "big")
    told = json.loads(data[8:end])
    done = Print(data[end:], Facts.from_json(told["facts"]))
    title, front, rest = told["fit"]
    fit = Fit(title, Step(*front), Step(*rest))
    return Fitted(done, fit, told["mended"])
