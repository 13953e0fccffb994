"""One edition on its way in, and what it is made with; its page as it is handed out, and what it depends on, out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from press.build.figure_drawings import Studio
from press.build.fit import Fit
from press.ground import store
from press.page.embed import embed, needless_faces

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from press.content.library import Library
    from press.edition.edition import Edition
    from press.ground.paths import Folders
    from press.page import figures
    from press.page.compose import Way
    from press.print.facts import Print
    from press.problems import Problem

Progress = Callable[[int, int, str], None]  # done, of how many, what was done last


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

    folders: Folders
    tools: Tools
    pool: Executor | None = None  # None: nothing is printed
    progress: Progress = lambda *_: None
    jobs: int = 0  # 0: as many as there are processors

    @property
    def kept(self) -> store.Store:
        """Results by key."""
        return store.Store(self.folders.store)

    @property
    def studio(self) -> Studio:
        """What drawings are made with."""
        return Studio(self.folders, self.tools.code, self.tools.fonts, self.jobs)


def images_of(library: Library, edition: Edition) -> str:
    """Return the names and digests of the images in *edition*."""
    return json.dumps(
        {name: store.key(data) for name, data in sorted(assets_of(library, edition).items())}
    )


def assets_of(library: Library, edition: Edition) -> dict[str, bytes]:
    """Return the images of *edition* by the name under which its page refers to them."""
    shown = (getattr(one, "asset", "") for one in (*edition.blocks(), *edition.logos))
    return {asset: library.images[asset.partition("/")[2]].data for asset in shown if asset}


def written(library: Library, work: Work, faces: Path) -> bytes:
    """Return the page as it is handed out: one file that needs no other."""
    edition = work.edition
    assets = assets_of(library, edition)
    return embed(work.page, edition.language, assets, faces, needless_faces(edition))


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
