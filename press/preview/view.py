"""Turn an edition that was made into what a preview shows of it."""

from collections import Counter
from collections.abc import Iterator

from press.build.formats import FORMATS
from press.build.library_check import every_name
from press.build.output_tree import OutputFile
from press.build.prints import allowed, standard_of
from press.build.stages import Means, Page, Printed
from press.checks.budgets import LINES, TITLE
from press.content.library import Library
from press.content.model.kinds import FRONT
from press.preview.board import EditionView, Share, name_of

HTML = FORMATS["html"]


def edition_of(
    library: Library, printed: Printed, means: Means, before: EditionView | None
) -> EditionView:
    """Return what is shown of an edition; what is not known of it yet is as *before*."""
    source = printed.page.manuscript
    language, brief = source.name
    there = {f"{spoken}/{name}{HTML.ending}" for spoken, name in every_name(library)}
    page = HTML.make(printed, means.folders.fonts)
    file = OutputFile(f"{language}/{brief}{HTML.ending}", page, {}).linked(there)
    forms = {"brief": printed, "short": printed.short}
    prints = {
        row.label: (name_of(made.print.pdf), made.print.pdf, made.print.facts.pages)
        for row in FORMATS.values()
        if row.use == "print" and (made := forms[row.needs]) and made.print
    }
    read = bool(printed.page.words)
    return EditionView(
        key=source.key,
        label=str(library.briefs[brief].label),
        html=file.content,
        sections=tuple(_sections(library, printed.page)) if read or not before else before.sections,
        budgets=tuple(_budgets(library, printed)) if read or not before else before.budgets,
        prints=prints or (before.prints if before else {}),
        printed=source.key if prints or not before else before.printed,
    )


def _sections(library: Library, page: Page) -> Iterator[Share]:
    """Yield the words of each section of *page* that are printed, in order, and those of page 1 that are in none."""
    standard, words = standard_of(library, page), Counter[str]()
    for block, section in standard.sections.items():
        words[section] += standard.words.get(block, 0)
    words[LINES] = standard.words.get("", 0)
    yield from (Share(name, count) for name, count in words.items() if count)


def _budgets(library: Library, printed: Printed) -> Iterator[Share]:
    """Yield the words of what has a budget: page 1, the brief and its short form."""
    page, short = printed.page, printed.short
    limits = allowed(library.limits, page.manuscript.edition)
    known = {each.part: each.words or 0 for each in _sections(library, page)}
    front = sum(known.get(part, 0) for part in (TITLE, *FRONT, LINES))
    sheets = printed.print.facts.sheets if printed.print else ()
    yield Share(
        "page 1", sheets[0].words if sheets else front or None, limits.get("page_one_words")
    )
    yield Share("brief", _words(printed), limits.get("words"))
    yield Share("short form", _words(short) if short else None, limits.get("short_words"))


def _words(printed: Printed) -> int | None:
    """Return how many words a print has, None where it is not printed."""
    return sum(sheet.words for sheet in printed.print.facts.sheets) if printed.print else None
