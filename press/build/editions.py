"""From the content folder to finished editions: a folder and a store in, pages and prints and all problems, out.

Nothing is written but the store, which keeps each result under the digest of all that it depends on.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from press.build.figure_drawings import Drawn, drawing_key, drawn
from press.build.library_check import Name, Wanted, concerns, every_name, names, sound
from press.build.prints import print_all
from press.build.workshop import Means, Work, images_of
from press.checks import page
from press.edition import language, resolve
from press.edition.edition import Edition, as_json, dumped
from press.ground import signals, store
from press.page import figures
from press.page.compose import Composer, Way
from press.problems import ContentRefusedError, Problem, errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.content.library import Library

ENGINE = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "Pyphen",
    "pillow",
    "fonttools",
    "pypdfium2",
)
COMPOSING = ("Jinja2", "MarkupSafe", "babel", "segno")


@dataclass
class Product:
    """All editions that were asked for, the sound ones finished."""

    library: Library
    composer: Composer
    editions: dict[Name, Edition]  # all that could be resolved
    works: dict[Name, Work]  # those that were asked for
    faulty: frozenset[Name]  # those that were asked for and may not be handed out
    problems: tuple[Problem, ...]
    means: Means

    def keys(self) -> frozenset[str]:
        """Return the keys under which the store has what this product is made of."""
        every = (
            (work.page_key, work.print_key, *work.drawing_keys) for work in self.works.values()
        )
        return frozenset(key for keys in every for key in keys if key)

    def sound(self) -> Iterator[tuple[Name, Work]]:
        """Yield the editions that may be handed out."""
        yield from ((name, work) for name, work in self.works.items() if name not in self.faulty)


def produce(wanted: Wanted, means: Means) -> Product:
    """Read, check, resolve, compose and print what is *wanted*.

    Raises:
        ContentRefusedError: there is a mistake in what all briefs share, or no brief is sound.
    """
    library, faults, faulty = sound(means.folders)
    composer = Composer(means.folders.templates)
    every = {name: started(library, name, means) for name in names(library, faulty)}
    works = {name: work for name, work in every.items() if wanted.has(name)}
    compose_all(library, list(works.values()), composer, means)
    print_all(library, [work for work in works.values() if not errors(work.problems)], means)
    problems = [fault.problem for fault in faults if concerns(library, fault, wanted)]
    problems += [problem for work in works.values() for problem in work.problems]
    lost = {name for name in every_name(library) if name[1] in faulty and wanted.has(name)}
    lost |= {name for name, work in works.items() if errors(work.problems)}
    editions = {name: work.edition for name, work in every.items()}
    told = tuple(sorted(set(problems)))
    product = Product(library, composer, editions, works, frozenset(lost), told, means)
    if lost and not any(True for _ in product.sound()):
        raise ContentRefusedError(product.problems)
    return product


def started(library: Library, name: Name, means: Means) -> Work:
    """Return the work of one edition, with the key of its page."""
    edition, ways = resolve.resolve(library, name[1], name[0]), ways_from(library, name)
    commissions = tuple(figures.commissions(edition, means.folders.fonts))
    tools = means.tools
    keys = [drawing_key(one, tools.code, tools.fonts) for one in commissions]
    key = store.key(
        "page",
        dumped(edition),
        json.dumps(as_json(ways), sort_keys=True),
        tools.code,
        tools.templates,
        tools.libraries,
        images_of(library, edition),
        *keys,
    )
    return Work(edition, ways, key, commissions, tuple(keys))


def ways_from(library: Library, name: Name) -> tuple[Way, ...]:
    """Return the ways from the page called *name* to other languages, and to all briefs whose labels are known."""
    spoken, brief = name
    others = [
        Way(f"../{other}/{brief}.html", language.own_name(other), other)
        for other in library.series.languages
        if other != spoken
    ]
    labels = ((one, str(given.label)) for one, given in sorted(library.briefs.items()))
    return (*others, *(Way("" if one == brief else f"{one}.html", label) for one, label in labels))


def compose_all(library: Library, works: list[Work], composer: Composer, means: Means) -> None:
    """Give each of *works* its page, from the store or composed, and check it; first its figures are drawn."""
    for work in works:
        work.page = (means.kept.get(work.page_key) or b"").decode()
    missing = [work for work in works if not work.page]
    made = drawn(means.studio, (one for work in missing for one in work.commissions))
    for work in missing:
        signals.check()
        work.problems += faults(library, work, made)
        if not errors(work.problems):
            drawings = {one.name: made[one].svg for one in work.commissions}
            work.page, work.new = composer.page(work.edition, work.ways, drawings), True
            means.kept.put(work.page_key, work.page.encode())
    for work in works:
        if not errors(work.problems):
            work.problems += page.check(work.page, work.edition, library.places)


def faults(
    library: Library, work: Work, made: Mapping[figures.Commission, Drawn]
) -> Iterator[Problem]:
    """Yield the figures of *work* that could not be drawn."""
    told = {(one.block, made[one].fault) for one in work.commissions if made[one].fault}
    for block, fault in sorted(told):
        message = f"this figure cannot be drawn: {fault}"
        yield Problem(library.places[f"block:{block}"], message, "figure")


def versions() -> str:
    """Return the Python and the versions of the libraries that have a hand in the results."""
    found = {name: importlib.metadata.version(name) for name in (*ENGINE, *COMPOSING)}
    return json.dumps({"python": sys.version_info[:2], **found})
