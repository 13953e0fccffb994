"""Make finished editions of the content: read, check, resolve, compose, print. Nothing is written but the store."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeAlias

from press.build.build_request import Request
from press.build.cards import Asked, add_cards, ask_cards
from press.build.formats import FORMATS, size, spent
from press.build.library_check import Checked, check_library, concerns, every_name
from press.build.pages import compose_pages, resolved, short_of, sizes_of_pictures, write_manuscript
from press.build.prints import print_pages, standard_of
from press.build.stages import FinishedEdition, Manuscript, Means, Name, Printed
from press.checks import budgets
from press.checks import page as page_check
from press.checks import print as print_check
from press.checks.content import editorial
from press.content.library import Fault, Library
from press.content.model.series import Thresholds
from press.edition.edition import Edition
from press.page.compose import Composer
from press.page.styles import with_place
from press.problems import ConfigurationError, ContentRefusedError, Place, Problem, errors, in_draft

Counts: TypeAlias = Callable[[Name], Mapping[str, float]]
Beside: TypeAlias = Callable[[Library, Composer, Means], object]


@dataclass(frozen=True)
class Product:
    """All editions that were asked for, the sound ones finished."""

    library: Library
    composer: Composer
    means: Means
    editions: Mapping[Name, Edition]  # all that could be resolved
    finished: Mapping[Name, FinishedEdition]  # those that were asked for
    faulty: frozenset[Name]  # those that were asked for and may not be handed out
    problems: tuple[Problem, ...]
    faults: tuple[Fault, ...]  # those of them that are of the content, with their owners
    counts: Counts  # in the texts of an edition, by the name of the limit beside it

    def sound(self) -> Iterator[tuple[Name, FinishedEdition]]:
        """Yield the editions that may be handed out."""
        yield from (item for item in self.finished.items() if item[0] not in self.faulty)

    @cached_property
    def by_edition(self) -> Mapping[Name, set[Problem]]:
        """The problems of each edition and of its content; not those of all."""
        found = {name: {*made.problems} for name, made in self.finished.items()}
        languages = self.library.series.languages
        for fault in self.faults:
            for brief in self.library.owners(fault.owner):
                for language in languages:
                    found.setdefault((language, brief), set()).add(fault.problem)
        return found

    def concerned(self) -> dict[Problem, frozenset[Name]]:
        """Return the editions that each problem concerns, none where it is of no edition in particular."""
        found: dict[Problem, frozenset[Name]] = {}
        for name, problems in self.by_edition.items():
            for problem in problems:
                found[problem] = found.get(problem, frozenset()) | {name}
        of_all = (each.problem for each in self.faults if not self.library.owners(each.owner))
        return found | dict.fromkeys(of_all, frozenset[Name]())

    def prune_store(self) -> None:
        """Keep the store within its limit; what these editions are made of stays."""
        keys = (edition.keys for edition in self.finished.values())
        self.means.store.prune(frozenset[str]().union(*keys))


def check_limits() -> None:
    """Refuse a format that is held to a limit which limits.yaml cannot name.

    Raises:
        ConfigurationError: there is one.
    """
    for name, row in FORMATS.items():
        if row.limit and row.limit not in Thresholds.model_fields:
            raise ConfigurationError(
                f"format '{name}' has the limit '{row.limit}', which no limit is called"
            )


def produce(request: Request, means: Means, beside: Beside = lambda *_: None) -> Product:
    """Make the editions that are asked for; *beside* makes what else there is while they are printed.

    Raises:
        ContentRefusedError: there is a mistake in what all briefs share, or no brief is sound.
    """
    product = make(request, means, check_library(means.folders, means=means), beside)
    if product.faulty and not any(True for _ in product.sound()):
        raise ContentRefusedError(product.problems)
    return product


def make(
    request: Request, means: Means, checked: Checked, beside: Beside = lambda *_: None
) -> Product:
    """Make the editions that are asked for, as far as they can be, of content that was *checked*."""
    library, faults, faulty, known = checked
    composer = means.composer
    names = [name for name in every_name(library) if request.has(*name)]
    sources = [
        write_manuscript(library, name, means, known) for name in names if name[1] not in faulty
    ]
    printed = _print(library, sources, composer, means, beside)
    finished = {made.page.manuscript.name: finish(library, made, means) for made in printed}
    faults = tuple(fault for fault in faults if concerns(library, fault, request))
    problems = {fault.problem for fault in faults}
    problems |= {problem for made in finished.values() for problem in made.problems}
    lost = {name for name in names if name not in finished or errors(finished[name].problems)}
    editions = {
        name: finished[name].edition if name in finished else resolved(library, name, known)
        for name in every_name(library)
        if name[1] not in faulty
    }
    every = tuple(sorted(problems))
    judge = editorial.judge(library)
    counts: Counts = partial(known.counts, library) if known else lambda name: judge(*name).counts
    return Product(
        library, composer, means, editions, finished, frozenset(lost), every, faults, counts
    )


def _print(
    library: Library, sources: list[Manuscript], composer: Composer, means: Means, beside: Beside
) -> list[Printed]:
    """Return *sources* printed, each with its card and its short form, as far as they are wanted."""
    every = [*sources]
    if means.pool and "short" in means.prints:
        every += [short_of(library, source, means) for source in sources]
    pages = compose_pages(library, every, composer, means)
    asked: list[Asked] = []

    def meanwhile() -> None:
        asked.append(ask_cards(library, pages[: len(sources)], composer, means))
        beside(library, composer, means)

    printed = print_pages(library, pages, means, meanwhile)
    shorts = {made.page.manuscript.name: made for made in printed[len(sources) :]}
    wholes = add_cards(printed[: len(sources)], asked[0], means)
    return [replace(made, short=shorts.get(made.page.manuscript.name)) for made in wholes]


def finish(library: Library, printed: Printed, means: Means) -> FinishedEdition:
    """Make the files of an edition in all formats, and judge its print."""
    edition, faces = printed.page.manuscript.edition, means.folders.fonts
    short = printed.short
    prints = {"brief": printed.print, "short": short and short.print}
    files = {
        name: row.make(printed, faces)
        for name, row in FORMATS.items()
        if printed.html and (not row.needs or prints[row.needs])
    }
    problems = [*_faults(library, printed, files), *printed.card.problems]
    problems += print_check.pictures(
        standard_of(library, printed.page), sizes_of_pictures(printed.page.manuscript)
    )
    for name, data in files.items():
        if callable(text := FORMATS[name].searched):
            what = f"the {FORMATS[name].title} file"
            problems += page_check.lost(text(data), edition, library.places, what)
    known = {_without_numbers(problem) for problem in problems}
    for each in _faults(library, short, files) if short else ():
        if _without_numbers(each) not in known:
            problems.append(replace(each, message=f"in the short form, {each.message}"))
    problems = [with_place(problem, *means.folders.template_folders) for problem in problems]
    if edition.draft:
        problems = [in_draft(problem) for problem in problems]
    return FinishedEdition(printed, files, tuple(problems))


def _without_numbers(problem: Problem) -> tuple[Place, str]:
    """Return where a problem is and what it says but for numbers: what the brief has too is told once."""
    return problem.place, re.sub(r"\d+", "", problem.message)


def _faults(library: Library, printed: Printed, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what is wrong with a page and its print, and what is too much in the *files* that are made of them."""
    yield from (*printed.page.problems, *printed.problems)
    standard, made = standard_of(library, printed.page), printed.print
    sheets = made.facts.sheets if made else ()
    yield from budgets.page_one(standard, sheets[0].words if sheets else 0)
    yield from budgets.whole(standard, [sheet.words for sheet in sheets])
    form = printed.page.manuscript.form
    sizes = {
        row.limit: (*size(row, data), partial(spent, row, data))
        for name, data in files.items()
        for row in (FORMATS[name],)
        if (row.needs or "brief") == form
    }
    yield from budgets.too_large(standard, sizes)
    yield from print_check.check(standard, made.facts) if made else ()


check_limits()
