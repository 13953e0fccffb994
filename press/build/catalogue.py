"""Make the catalogue: every kind of block, from the examples beside the templates, in the colours of each audience."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from press import checks
from press.build.build_request import Request, refuse_out, sources
from press.build.figure_drawings import draw
from press.build.keys import dependencies
from press.build.output_tree import OldTree, compare, exchange
from press.build.pages import images_of
from press.build.stages import Means
from press.content import library
from press.content.library import Draft, Library
from press.content.model import KINDS
from press.content.model.kinds import complete
from press.edition import resolve
from press.edition.edition import Edition, Section
from press.ground import file_state, lock, paths, swap
from press.ground.paths import Folders
from press.page import figures
from press.page.compose import Composer, inside
from press.page.embed import embed
from press.problems import ContentRefusedError, Problem, errors

NAME = "catalogue.html"
BRIEF = "catalogue"
SCHEMA = "# yaml-language-server:"  # how a line for editors begins


@dataclass(frozen=True)
class Look:
    """The colours of an audience, under its label."""

    label: str
    accent: str


@dataclass(frozen=True)
class Sample:
    """The examples of a kind as one audience sees them."""

    look: int  # from 1
    label: str
    section: Section


@dataclass(frozen=True)
class Entry:
    """A kind of block: what it is, how it is typed, and how it looks."""

    kind: str
    says: str
    typed: str
    wide: bool  # a sample needs the whole width
    samples: tuple[Sample, ...]


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
        draft = library.load(folders.content, paths.shown(folders.content))
        if draft.series is None or not draft.briefs:
            raise ContentRefusedError(fault.problem for fault in draft.faults)
        means = Means(folders, dependencies(folders, file_state.scan(sources(folders))))
        content = page(Composer(folders.templates), means, looks(draft))
        old = OldTree(out)
        exchange(out, compare(old.replacing(NAME, content, draft.series), old))
        return out / NAME


def looks(content: Draft) -> tuple[Look, ...]:
    """Return the looks of the briefs in *content* that could be read."""
    return tuple(Look(str(brief.label), str(brief.accent)) for brief in content.briefs.values())


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


def page(composer: Composer, means: Means, looks: tuple[Look, ...]) -> bytes:
    """Return the catalogue in these *looks* as a page that needs no other file.

    Raises:
        ContentRefusedError: an example is wrong, or cannot be drawn.
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
        entries=tuple(entries(shown, looks, means.folders.templates)),
        looks=looks,
        drawings=inside(drawings(read, shown, means, len(looks))),
    )
    return embed(html, "en", images_of(read, shown), means.folders.fonts)


def drawings(read: Library, shown: Edition, means: Means, samples: int) -> dict[str, str]:
    """Return the drawings of all samples by name; on a screen, a sample takes the colours around it."""
    every = figures.commissions(shown, means.folders.fonts)
    asked = tuple(drawing for drawing in every if drawing.narrow)  # as wide as a sample
    made = draw(means, asked)
    if faults := [drawing for drawing in asked if made[drawing].fault]:
        raise ContentRefusedError(
            Problem(read.places[f"block:{drawing.block}"], made[drawing].fault, "figure")
            for drawing in faults
        )
    return {
        replace(drawing, block=of_sample(drawing.block, number)).name: made[drawing].svg
        for drawing in asked
        for number in range(1, samples + 1)
    }


def entries(shown: Edition, looks: tuple[Look, ...], templates: Path) -> Iterator[Entry]:
    """Yield each kind of block in the order of the brief of examples; each sample has ids of its own."""
    pairs = [(section, block) for section in shown.sections for block in section.blocks]
    for kind in dict.fromkeys(table_of(block.kind) for _, block in pairs):
        own = [(section, block) for section, block in pairs if table_of(block.kind) == kind]
        parts = [
            Section(part.name, tuple(block for section, block in own if section is part))
            for part in dict.fromkeys(section for section, _ in own)
        ]
        yield Entry(
            kind=kind,
            says=(KINDS[kind].model.__doc__ or "").strip().replace("`", ""),
            typed=typed(kind, templates),
            wide=KINDS[kind].wide,
            samples=tuple(
                Sample(number, look.label, numbered(part, number))
                for part in parts
                for number, look in enumerate(looks, 1)
            ),
        )


def table_of(kind: str) -> str:
    """Return the kind whose table contains blocks of *kind*, or *kind* itself."""
    return KINDS[kind].row_of or kind


def numbered(part: Section, number: int) -> Section:
    """Return *part* with ids of its own: no two samples on a page share one."""
    blocks = (replace(block, id=of_sample(block.id, number)) for block in part.blocks)
    return Section(part.name, tuple(blocks))


def of_sample(block: str, number: int) -> str:
    """Return the id of *block* in its sample of this *number*."""
    return f"{block}-{number}"


def typed(kind: str, templates: Path) -> str:
    """Return the examples of *kind*, and of the kinds in the same table, as they are typed."""
    kinds = [other for other, row in KINDS.items() if row.row_of == kind] + [kind]
    lines = [
        line
        for each in kinds
        for line in (templates / "blocks" / each / "examples.yaml").read_text("utf-8").splitlines()
    ]
    return "\n".join(line for line in lines if not line.startswith(SCHEMA))
