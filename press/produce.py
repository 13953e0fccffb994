"""From the content folder to finished editions: a folder and a store in, pages and prints and all problems, out.

Nothing is written but the store, which keeps each result under the digest of all that it depends on.
"""

from __future__ import annotations

import base64
import importlib.metadata
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from press import fonts, paths, resolve, store
from press.checks import pages, prints
from press.checks.prose import BODY, FRONT
from press.compose import Composer, screen_ready
from press.edition import Edition, dumped
from press.pdf import Facts, Print, PrintFailedError
from press.problems import ContentRefusedError, Problem, errors
from press.soundness import Name, Wanted, concerns, every_name, names, sound
from press.workers import print_job

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from press.library import Library

Progress = Callable[[int, int, str], None]  # done, of how many, what was done last
SCRIPTS = {"en": "latin"}
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
COMPOSING = ("Jinja2", "MarkupSafe", "babel", "markdown-it-py")


@dataclass(frozen=True)
class Tools:
    """What the results depend on beside the content, as digests: these say why something is made anew."""

    code: str
    templates: str
    fonts: str
    libraries: str  # of the machine, and the versions of our dependencies


@dataclass
class Work:
    """One edition on its way."""

    edition: Edition
    page_key: str
    print_key: str = ""
    page: str = ""
    print: Print | None = None
    new: bool = False  # something of it was made in this run
    problems: list[Problem] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many pages its print has, 0 without one."""
        return self.print.facts.pages if self.print else 0

    @property
    def words(self) -> int:
        """How many words its print has, 0 without one."""
        return sum(sheet.words for sheet in self.print.facts.sheets) if self.print else 0


@dataclass(frozen=True)
class Means:
    """What editions are made with."""

    kept: store.Store
    tools: Tools
    pool: Executor | None  # None: nothing is printed
    progress: Progress


@dataclass
class Product:
    """All editions that were asked for, the sound ones finished."""

    library: Library
    composer: Composer
    editions: dict[Name, Edition]  # all that could be resolved
    works: dict[Name, Work]  # those that were asked for
    faulty: frozenset[Name]  # those that were asked for and may not be handed out
    problems: tuple[Problem, ...]

    def keys(self) -> frozenset[str]:
        """Return the keys under which the store has what this product is made of."""
        both = ((work.page_key, work.print_key) for work in self.works.values())
        return frozenset(key for keys in both for key in keys if key)

    def sound(self) -> Iterator[tuple[Name, Work]]:
        """Yield the editions that may be handed out."""
        yield from ((name, work) for name, work in self.works.items() if name not in self.faulty)


def produce(folder: Path, wanted: Wanted, means: Means) -> Product:
    """Read, check, resolve, compose and print what is *wanted*.

    Raises:
        ContentRefusedError: there is a mistake in what all briefs share, or no brief is sound.
    """
    library, faults, faulty = sound(folder, paths.shown(folder))
    composer = Composer(paths.TEMPLATES)
    every = {name: started(library, name, means.tools) for name in names(library, faulty)}
    works = {name: work for name, work in every.items() if wanted.has(name)}
    for work in works.values():
        compose(work, composer, means.kept)
        work.problems += pages.check(work.page, work.edition, library.places)
    print_all(library, [work for work in works.values() if not errors(work.problems)], means)
    problems = [fault.problem for fault in faults if concerns(library, fault, wanted)]
    problems += [problem for work in works.values() for problem in work.problems]
    lost = {name for name in every_name(library) if name[1] in faulty and wanted.has(name)}
    lost |= {name for name, work in works.items() if errors(work.problems)}
    editions = {name: work.edition for name, work in every.items()}
    told = tuple(sorted(set(problems)))
    product = Product(library, composer, editions, works, frozenset(lost), told)
    if lost and not any(True for _ in product.sound()):
        raise ContentRefusedError(product.problems)
    return product


def started(library: Library, name: Name, tools: Tools) -> Work:
    """Return the work of one edition, with the key of its page."""
    edition = resolve.resolve(library, name[1], name[0])
    return Work(
        edition,
        store.key(
            "page",
            dumped(edition),
            tools.code,
            tools.templates,
            tools.libraries,
            images_of(library, edition),
        ),
    )


def images_of(library: Library, edition: Edition) -> str:
    """Return the names and digests of the images in *edition*."""
    return json.dumps(
        {name: store.key(data) for name, data in sorted(assets_of(library, edition).items())}
    )


def assets_of(library: Library, edition: Edition) -> dict[str, bytes]:
    """Return the images of *edition* by the name under which its page refers to them."""
    shown = (getattr(block, "asset", "") for block in edition.blocks())
    return {asset: library.images[asset.partition("/")[2]].data for asset in shown if asset}


def compose(work: Work, composer: Composer, kept: store.Store) -> None:
    """Give *work* its page, from the store or composed."""
    page = kept.get(work.page_key)
    if page is None:
        work.page, work.new = composer.page(work.edition), True
        kept.put(work.page_key, work.page.encode())
    else:
        work.page = page.decode()


def print_all(library: Library, works: list[Work], means: Means) -> None:
    """Give each of *works* its print, from the store or new, and judge it; many are printed at once."""
    if means.pool is None:
        return
    waiting: dict[Future[Print], Work] = {}
    for work in works:
        work.print_key = print_key(library, work, means.tools)
        if (data := means.kept.get(work.print_key)) is not None:
            work.print = unpacked(data)
        else:
            waiting[means.pool.submit(print_job, work.page, assets_of(library, work.edition))] = (
                work
            )
    means.progress(0, len(waiting), "")
    for done, future in enumerate(as_completed(waiting), 1):
        receive(library, waiting[future], future, means.kept)
        edition = waiting[future].edition
        means.progress(done, len(waiting), f"{edition.language}/{edition.brief}")
    for work in works:
        judge(library, work)


def print_key(library: Library, work: Work, tools: Tools) -> str:
    """Return the digest of all that the print of *work* depends on."""
    return store.key(
        "print",
        work.page,
        images_of(library, work.edition),
        tools.code,
        tools.fonts,
        tools.libraries,
    )


def receive(library: Library, work: Work, future: Future[Print], kept: store.Store) -> None:
    """Keep the print that *future* brings, or the reason why there is none."""
    try:
        work.print, work.new = future.result(), True
        kept.put(work.print_key, packed(work.print))
    except PrintFailedError as error:
        work.problems.append(
            Problem(library.places[f"brief:{work.edition.brief}"], str(error), "engine")
        )


def judge(library: Library, work: Work) -> None:
    """Add what is wrong with the print of *work*."""
    if work.print is None or library.limits is None:
        return
    printed = prints.Printed(
        brief=work.edition.brief,
        language=work.edition.language,
        facts=work.print.facts,
        pdf_bytes=len(work.print.pdf),
        html_bytes=len(written(library, work)),
        limits=library.limits.of(work.edition.brief, work.edition.language),
        letters=pages.elements_of(work.page).letters,
        front=blocks_in(work.edition, FRONT),
        body=blocks_in(work.edition, BODY),
        places=library.places,
    )
    work.problems += prints.check(printed)


def blocks_in(edition: Edition, sections: tuple[str, ...]) -> frozenset[str]:
    """Return the ids of the blocks in these sections."""
    return frozenset(
        block.id for one in edition.sections if one.name in sections for block in one.blocks
    )


def written(library: Library, work: Work) -> bytes:
    """Return the page as it is handed out: one file that needs no other."""
    return finished(work.page, work.edition.language, assets_of(library, work.edition))


def finished(page: str, language: str, assets: Mapping[str, bytes]) -> bytes:
    """Return *page* with fonts and images inside."""
    faces = fonts.screen_css(paths.FONTS, SCRIPTS[language])
    inside = {"fonts.css": f"*/\n{faces}/*"}
    for name, data in assets.items():
        kind = "png" if name.endswith(".png") else "jpeg"
        inside[name] = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    return screen_ready(page, inside).encode()


def packed(done: Print) -> bytes:
    """Return a print as one string of bytes for the store."""
    facts = done.facts.to_json().encode()
    return len(facts).to_bytes(8, "big") + facts + done.pdf


def unpacked(data: bytes) -> Print:
    """Return the print that `packed` made a string of bytes of."""
    length = int.from_bytes(data[:8], "big")
    return Print(data[8 + length :], Facts.from_json(data[8 : 8 + length].decode()))


def versions() -> str:
    """Return the Python and the versions of the libraries that have a hand in the results."""
    found = {name: importlib.metadata.version(name) for name in (*ENGINE, *COMPOSING)}
    return json.dumps({"python": sys.version_info[:2], **found})


def parts(work: Work) -> dict[str, str]:
    """Return a digest of each thing in an edition, by a name that an author understands."""
    edition = work.edition
    things: dict[str, object] = {f"block '{block.id}'": block for block in edition.blocks()}
    things |= {
        f"claim '{note.claim}'": (note.text, note.basis, note.locator, note.year, note.caveat)
        for note in edition.notes
    }
    things |= {
        "the title": edition.title,
        "the brief's own lines": (edition.label, edition.status, edition.accent, edition.summary),
    }
    things |= {
        "series.yaml": (
            edition.series,
            edition.publisher,
            edition.contact,
            edition.licence,
            edition.address,
            edition.release,
        )
    }
    return {name: store.key(repr(thing))[:16] for name, thing in things.items()}
