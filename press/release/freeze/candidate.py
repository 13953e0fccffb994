"""Describe what is to be released: a build that is what the content gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press.build import handout, report, site_pages
from press.build.editions import Product
from press.build.output_files import Outputs
from press.build.output_tree import INDEX, STALE, identity
from press.content.model import Series
from press.content.model.releases import Score
from press.edition.edition import Edition
from press.ground import paths, sums
from press.ground.paths import Folders
from press.ground.sums import SUMS
from press.release import signatures
from press.release.freeze.git_state import Tree
from press.release.freeze.made_from import Inputs

NOT_RELEASED = ("catalogue.html", "manifest.json", SUMS)


@dataclass(frozen=True)
class Wishes:
    """What may be released all the same, and how."""

    draft: bool = False
    uncommitted: bool = False
    stale: bool = False  # without the briefs that have mistakes
    key: Path | None = None  # to sign with

    @property
    def signature(self) -> str | None:
        """The name of the file of the signature; reads the key, and refuses what is none."""
        return signatures.kind_of_secret(self.key) if self.key else None


@dataclass(frozen=True)
class Subject:
    """What is to be released."""

    folders: Folders
    product: Product
    built: Outputs
    inputs: Inputs
    trees: Mapping[str, Tree]  # "tree" of the series, "press_tree" of code and templates

    @property
    def series(self) -> Series:
        """The series that the content tells of."""
        return self.product.library.series

    @property
    def slug(self) -> str:
        """What names of files begin with."""
        return str(self.series.slug or handout.slug(str(self.series.name)))

    def editions(self) -> list[Edition]:
        """Return the editions that are released."""
        return [made.edition for _, made in self.product.sound()]

    def files(self, news: site_pages.News | None = None) -> dict[str, bytes]:
        """Return the outputs of the build that are released; the index tells *news*, and no file that is stale."""
        shelf = [entry for entry in self.built.shelf if not entry.stale]
        shelf += news.lacking if news else ()
        kept = {
            name: data
            for name, data in self.built.files.items()
            if name not in NOT_RELEASED and not name.startswith(f"{STALE}/")
        }
        return kept | {INDEX: site_pages.index(self.product, self.built.files, shelf, news)}

    def facts(self) -> dict[str, Any]:
        """Return what a release says about itself beside its files, its number and where it came from."""
        series, correction = self.series, self.series.supersedes
        return {
            "date": series.release.isoformat(),
            "series": str(series.name),
            **identity(series),
            "slug": self.slug,
            "publisher": str(series.publisher),
            "contact": str(series.contact),
            "licence": series.licence,
            "languages": [str(language) for language in series.languages],
            "supersedes": str(correction.release) if correction else None,
            "erratum": str(correction.erratum) if correction else None,
            "corrected": sorted({made.brief for made in self.editions() if made.correction}),
            **self.unfit(),
            "digest": self.digest(),
        }

    def unfit(self) -> dict[str, list[str]]:
        """Return what `obstacles` looks at: the editions that are drafts, and those with mistakes."""
        return {
            "drafts": [f"{made.language}/{made.brief}" for made in self.editions() if made.draft],
            "stale": sorted("/".join(name) for name in self.product.faulty),
        }

    def scores(self) -> dict[str, Score]:
        """Return how far each edition keeps the rules, which is no part of what is handed out."""
        scores = report.scores(self.product)
        return {"/".join(name): scores[name] for name, _ in self.product.sound()}

    def digest(self) -> str:
        """Return a digest of all that is handed out, whatever the number of the release."""
        composer = self.product.composer
        template = composer.texts["handout/READ-ME.txt.j2"]
        words = repr(sorted(composer.templates.words.items())) if composer.templates.words else ""
        files = self.files() | {handout.README: f"{template}{words}".encode()}
        return sums.sha256(sums.write(sums.digests(files)))

    def warnings(self) -> list[dict[str, Any]]:
        """Return where the content has warnings; their words may quote what is in no output."""
        where = paths.start(paths.shown(self.folders.content))  # the user may stand anywhere
        return [
            {
                "path": f"content/{problem.place.path.removeprefix(where)}",
                "line": problem.place.line,
                "rule": problem.rule,
            }
            for problem in self.product.problems
            if problem.severity == "warning"
        ]
