"""From the content folder to finished editions: a folder and a store in, pages and prints and all problems, out.

Nothing is written but the store, which keeps each result under the digest of all that it depends on.
"""

from __future__ import annotations

import base64
import importlib.metadata
import json
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, as_completed
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Any

from press import figures, fonts, language, paths, resolve, store
from press.checks import layout, pages, prints
from press.checks.layout import Standard
from press.checks.prose import BODY, FRONT
from press.compose import Composer, Way, screen_ready
from press.drawings import Drawn, Studio, drawing_key, drawn
from press.edition import Edition, as_json, dumped
from press.fitting import Fit, Fitted, Step, worn
from press.page import printed
from press.pdf import Facts, Print, PrintFailedError
from press.problems import ContentRefusedError, Problem, errors
from press.soundness import Name, Wanted, concerns, every_name, names, sound
from press.workers import fit_job

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from press.library import Library
    from press.model import Limits

Progress = Callable[[int, int, str], None]  # done, of how many, what was done last
SCRIPTS = {"en": "latin"}
KINDS = {"png": "png", "svg": "svg+xml"}  # of images
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
    ways: tuple[Way, ...]  # to the same brief in other languages, and to the other briefs
    page_key: str
    commissions: tuple[figures.Commission, ...] = ()
    drawing_keys: tuple[str, ...] = ()
    print_key: str = ""
    page: str = ""
    print: Print | None = None
    fit: Fit = field(default_factory=Fit)  # the setting that `page` and `print` are in
    mended: str = ""  # what that setting mended
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
    jobs: int = 0  # 0: as many as there are processors

    @property
    def studio(self) -> Studio:
        """What drawings are made with."""
        return Studio(self.kept, self.tools.code, self.tools.fonts, self.jobs)


@dataclass
class Product:
    """All editions that were asked for, the sound ones finished."""

    library: Library
    composer: Composer
    editions: dict[Name, Edition]  # all that could be resolved
    works: dict[Name, Work]  # those that were asked for
    faulty: frozenset[Name]  # those that were asked for and may not be handed out
    problems: tuple[Problem, ...]
    studio: Studio

    def keys(self) -> frozenset[str]:
        """Return the keys under which the store has what this product is made of."""
        every = (
            (work.page_key, work.print_key, *work.drawing_keys) for work in self.works.values()
        )
        return frozenset(key for keys in every for key in keys if key)

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
    compose_all(library, list(works.values()), composer, means)
    print_all(library, [work for work in works.values() if not errors(work.problems)], means)
    problems = [fault.problem for fault in faults if concerns(library, fault, wanted)]
    problems += [problem for work in works.values() for problem in work.problems]
    lost = {name for name in every_name(library) if name[1] in faulty and wanted.has(name)}
    lost |= {name for name, work in works.items() if errors(work.problems)}
    editions = {name: work.edition for name, work in every.items()}
    told = tuple(sorted(set(problems)))
    product = Product(library, composer, editions, works, frozenset(lost), told, means.studio)
    if lost and not any(True for _ in product.sound()):
        raise ContentRefusedError(product.problems)
    return product


def started(library: Library, name: Name, tools: Tools) -> Work:
    """Return the work of one edition, with the key of its page."""
    edition, ways = resolve.resolve(library, name[1], name[0]), ways_from(library, name)
    commissions = tuple(figures.commissions(edition))
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
    assert library.series is not None  # noqa: S101 - else all was refused
    spoken, brief = name
    others = [
        Way(f"../{other}/{brief}.html", language.own_name(other), other)
        for other in library.series.languages
        if other != spoken
    ]
    labels = ((one, str(given.label)) for one, given in sorted(library.briefs.items()))
    return (*others, *(Way("" if one == brief else f"{one}.html", label) for one, label in labels))


def images_of(library: Library, edition: Edition) -> str:
    """Return the names and digests of the images in *edition*."""
    return json.dumps(
        {name: store.key(data) for name, data in sorted(assets_of(library, edition).items())}
    )


def assets_of(library: Library, edition: Edition) -> dict[str, bytes]:
    """Return the images of *edition* by the name under which its page refers to them."""
    shown = (getattr(one, "asset", "") for one in (*edition.blocks(), *edition.logos))
    return {asset: library.images[asset.partition("/")[2]].data for asset in shown if asset}


def compose_all(library: Library, works: list[Work], composer: Composer, means: Means) -> None:
    """Give each of *works* its page, from the store or composed, and check it; first its figures are drawn."""
    for work in works:
        work.page = (means.kept.get(work.page_key) or b"").decode()
    missing = [work for work in works if not work.page]
    made = drawn(means.studio, (one for work in missing for one in work.commissions))
    for work in missing:
        work.problems += faults(library, work, made)
        if not errors(work.problems):
            drawings = {one.name: made[one].svg for one in work.commissions}
            work.page, work.new = composer.page(work.edition, work.ways, drawings), True
            means.kept.put(work.page_key, work.page.encode())
    for work in works:
        if not errors(work.problems):
            work.problems += pages.check(work.page, work.edition, library.places)


def faults(
    library: Library, work: Work, made: Mapping[figures.Commission, Drawn]
) -> Iterator[Problem]:
    """Yield the figures of *work* that could not be drawn."""
    told = {(one.block, made[one].fault) for one in work.commissions if made[one].fault}
    for block, fault in sorted(told):
        message = f"this figure cannot be drawn: {fault}"
        yield Problem(library.places[f"block:{block}"], message, "figure")


def print_all(library: Library, works: list[Work], means: Means) -> None:
    """Give each of *works* its print, from the store or new, and judge it; many are printed at once."""
    waiting: dict[Future[Fitted], Work] = {}
    for work in works:
        work.print_key = print_key(library, work, means.tools)
        data = means.kept.get(work.print_key)
        if means.pool is None:
            work.page = worn(work.page, unpacked(data).fit if data else Fit())
        elif data is not None:
            wear(work, unpacked(data))
        else:
            paper, assets = printed(work.page), assets_of(library, work.edition)
            future = means.pool.submit(fit_job, paper, assets, standard(library, work))
            waiting[future] = work
    means.progress(0, len(waiting), "")
    for done, future in enumerate(as_completed(waiting), 1):
        receive(library, waiting[future], future, means.kept)
        edition = waiting[future].edition
        means.progress(done, len(waiting), f"{edition.language}/{edition.brief}")
    for work in works if means.pool is not None else ():
        judge(library, work)


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
    limits = allowed(library.limits, edition) if library.limits else {}
    return {name: limits[name] for name in layout.LIMITS if name in limits}


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


def judge(library: Library, work: Work) -> None:
    """Add what is wrong with the print of *work*."""
    if work.print is None or library.limits is None:
        return
    sizes = {
        "html_kilobytes": -(-len(written(library, work)) // 1000),
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
        limits=allowed(library.limits, work.edition) if library.limits else {},
        letters=pages.elements_of(work.page).letters,
        front=blocks_in(work.edition, FRONT),
        body=blocks_in(work.edition, BODY),
        title=library.briefs[brief].title.place,
        places=library.places,
    )


def allowed(limits: Limits, edition: Edition) -> dict[str, Any]:
    """Return the thresholds for *edition*; a correction may take a page more: no brief is too full for one."""
    known = limits.of(edition.brief, edition.language)
    if edition.correction and "pages" in known:
        known["pages"] += 1
    return known


def blocks_in(edition: Edition, sections: tuple[str, ...]) -> frozenset[str]:
    """Return the ids of the blocks in these sections."""
    return frozenset(
        block.id for one in edition.sections if one.name in sections for block in one.blocks
    )


def written(library: Library, work: Work) -> bytes:
    """Return the page as it is handed out: one file that needs no other."""
    without = () if stressed(work.edition) else (fonts.ITALIC,)
    return finished(work.page, work.edition.language, assets_of(library, work.edition), without)


def stressed(edition: Edition) -> bool:
    """Say whether words outside of the notes are stressed."""
    return '"type": "emphasis"' in json.dumps(as_json((edition.title, edition.sections)))


def finished(
    page: str, language: str, assets: Mapping[str, bytes], without: Collection[fonts.Face] = ()
) -> bytes:
    """Return *page* with images and fonts inside, *without* the faces in which none of its words is set."""
    faces = fonts.screen_css(paths.FONTS, SCRIPTS[language], without)
    inside = {"fonts.css": f"*/\n{faces}/*"}
    for name, data in assets.items():
        kind = KINDS.get(name.rpartition(".")[2], "jpeg")
        inside[name] = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    return screen_ready(page, inside).encode()


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
        "the other briefs' labels": work.ways,
        "the brief's own lines": (edition.label, edition.status, edition.accent, edition.summary),
    }
    things |= {
        "series.yaml": (
            edition.series,
            edition.publisher,
            edition.contact,
            edition.licence,
            edition.release,
            edition.address,
            edition.funder,
            edition.disclaimer,
            edition.logos,
            edition.correction,
        )
    }
    return {name: store.key(repr(thing))[:16] for name, thing in things.items()}
