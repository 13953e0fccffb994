"""Make the catalogue: every kind of block, from the examples beside the templates, in the colours of audiences."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from press import checks
from press.build.build_request import Request, refuse_out, sources
from press.build.figure_drawings import draw
from press.build.keys import catalogue_key, dependencies
from press.build.output_tree import OldTree, compare, exchange
from press.build.pages import images_of
from press.build.stages import Means
from press.checks import page as page_check
from press.content import library, version
from press.content.library import Library
from press.content.model import KINDS, Brief
from press.content.model.kinds import complete
from press.edition import resolve
from press.edition.edition import Block, Edition, Section
from press.ground import file_state, lock, paths, swap
from press.ground.paths import Folders
from press.page import figures
from press.page.compose import Composer, inside
from press.page.elements import elements_of
from press.page.embed import embed
from press.page.styles import with_place
from press.problems import ContentRefusedError, PressError, Problem, errors

NAME = "catalogue.html"
BRIEF = "catalogue"
MOST_LOOKS = 6  # audiences in whose colours each kind is shown: a page with a hundred shows less
SCHEMA = "# yaml-language-server:"  # how a line for editors begins


def make(request: Request) -> Path:
    """Write the catalogue alone, in the colours of the content's audiences, and return where it is.

    Raises:
        ContentRefusedError: the series or an example could not be read.
        BusyError, OutputError, ConfigurationError: likewise, nothing is touched.
    """
    folders, out = request.folders, request.out
    with lock.hold(folders.work, "catalogue"):
        refuse_out(folders, out)
        swap.sweep(out)
        draft = version.read(folders)
        if draft.series is None or not draft.briefs:
            raise ContentRefusedError(fault.problem for fault in draft.faults)
        means = Means(folders, dependencies(folders, file_state.scan(sources(folders))))
        content = page(Composer(folders.template_folders), means, draft.briefs.values())
        old = OldTree(out)
        exchange(out, compare(old.replacing(NAME, content, draft.series), old))
        return out / NAME


def examples(folders: Folders) -> Library:
    """Return the examples beside the templates as content.

    Raises:
        ContentRefusedError: an example is wrong.
    """
    found = sorted(folders.templates.glob("blocks/*/examples.yaml"))
    where = folders.templates / "catalogue"
    read = library.load(where, paths.shown(where), [(path, paths.shown(path)) for path in found])
    faults = (*read.faults, *checks.of_library(read, folders.fonts))
    problems = [fault.problem for fault in faults]
    if errors(problems):
        raise ContentRefusedError(problems)
    return library.sound(read)


def beside(library: Library, composer: Composer, means: Means) -> None:
    """Make the catalogue for the outputs of *library*, so that the store has it when they are listed.

    A failure is not reported here: it comes again when they are listed, and is reported there.
    """
    with suppress(PressError):
        page(composer, means, tuple(library.briefs.values()))


def page(composer: Composer, means: Means, briefs: Collection[Brief]) -> bytes:
    """Return the catalogue in the colours of *briefs*; it is made once, and kept by its key.

    Raises:
        ContentRefusedError, ConfigurationError, OutputError: as `new_page`, or the store may not be written.
    """
    shown = tuple(islice(briefs, MOST_LOOKS))
    looks = [(str(brief.label), str(brief.accent)) for brief in shown]
    key, store = catalogue_key(looks, len(briefs), means.dependencies), means.store
    if (kept := store.get(key)) is not None:
        return kept
    made = new_page(composer, means, shown, len(briefs))
    store.put(key, made)
    return made


def new_page(composer: Composer, means: Means, briefs: Collection[Brief], audiences: int) -> bytes:
    """Return the catalogue in the colours of *briefs*, of so many *audiences*, as a page that needs no other file.

    Raises:
        ContentRefusedError: an example is wrong, cannot be drawn, or is not all there.
        ConfigurationError: a kind of block has no example.
    """
    read = examples(means.folders)
    shown = resolve.resolve(read, BRIEF, "en")
    complete(
        {block.kind: block for block in shown.blocks()}, f"templates/catalogue/briefs/{BRIEF}.yaml"
    )
    html = composer.fill(
        "site/catalogue.html.j2",
        edition=shown,
        entries=tuple(entries(shown, briefs, means.folders.templates)),
        accents=[str(brief.accent) for brief in briefs],
        audiences=audiences,
        drawings=inside(drawings(read, shown, means, len(briefs))),
    )
    if lost := tuple(
        page_check.lost(page_check.words(page_check.spots(elements_of(html))), shown, read.places)
    ):
        where = means.folders.template_folders
        raise ContentRefusedError(with_place(each, *where) for each in lost)
    return embed(html, "en", images_of(read, shown), means.folders.fonts)


def drawings(read: Library, shown: Edition, means: Means, samples: int) -> dict[str, str]:
    """Return the drawings of all samples by name; on a screen, a sample takes the colours around it."""
    every = figures.commissions(shown, means.folders.fonts, read.maps)
    asked = tuple(drawing for drawing in every if drawing.narrow)  # as wide as a sample
    made = draw(means, asked)
    if faults := [drawing for drawing in asked if made[drawing].fault]:
        raise ContentRefusedError(
            Problem(read.places[f"block:{drawing.block}"], made[drawing].fault, "figure")
            for drawing in faults
        )
    return {
        replace(drawing, block=f"{drawing.block}-{number}").name: made[drawing].svg
        for drawing in asked
        for number in range(1, samples + 1)
    }


def entries(shown: Edition, briefs: Collection[Brief], templates: Path) -> Iterator[dict[str, Any]]:
    """Yield each kind of block, what it is, how it is typed and how it looks, in the order of the brief of examples.

    A sample is the number and the label of an audience, and a section; its blocks have ids of their own.
    """
    for kind in dict.fromkeys(KINDS[block.kind].row_of or block.kind for block in shown.blocks()):
        own = [name for name, row in KINDS.items() if row.row_of == kind] + [kind]  # in one table
        files = (templates / "blocks" / name / "examples.yaml" for name in own)
        lines = (line for file in files for line in file.read_text("utf-8").splitlines())
        yield {
            "kind": kind,
            "says": (KINDS[kind].model.__doc__ or "").strip().replace("`", ""),
            "typed": "\n".join(line for line in lines if not line.startswith(SCHEMA)),
            "wide": KINDS[kind].wide,  # a sample needs the whole width
            "samples": [
                (number, str(brief.label), Section(section.name, numbered(blocks, number)))
                for section in shown.sections
                if (blocks := [block for block in section.blocks if block.kind in own])
                for number, brief in enumerate(briefs, 1)
            ],
        }


def numbered(blocks: Iterable[Block], number: int) -> tuple[Block, ...]:
    """Return *blocks* with ids of their own: no two samples on a page share one."""
    return tuple(replace(block, id=f"{block.id}-{number}") for block in blocks)
