"""Every number on paper is traced: to a value, a note, a date, a page, a passage, or to what an author declared."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from press.checks.content.dates import AHEAD
from press.content import library
from press.content.model.blocks import (
    AlternativeBlock,
    AskBlock,
    Block,
    FigureBlock,
    KeyFiguresBlock,
    StepBlock,
)
from press.content.model.sources import marks
from press.content.text import parts as text
from press.edition import edition as ed
from press.edition import language, resolve
from press.page.cut import printed
from press.page.elements import Element, elements_of
from tests.support.editions import printed_once
from tests.support.folders import HERE
from tests.support.paper import on_paper
from tests.support.reading import as_told, parted, running_lines
from tests.support.series import in_content
from tests.support.signs import on_page
from tests.support.site import OUR_BRIEFS, ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from press.content.library import Library

LIBRARY = Path(__file__).parents[1] / "library"
GRADED = LIBRARY.with_name("graded")
# The ends of a whole and the ticks of a scale of ratios or years, which belong to their drawings.
AXES = {"share": ("1%",), "intervals": ("0.5", "1", "2")}
AXES["timeline"] = tuple(map(str, range(1995, 2030, 5)))
FORMS = ("", "year", "unit", "words", "fraction")


class Printed(NamedTuple):
    """A brief on paper, with what it was made of."""

    library: Library
    edition: ed.Edition
    page: str
    pdf: bytes


@pytest.fixture(scope="module")
def prints(work: Path) -> dict[str, Printed]:
    """Return the briefs of the small library and of the series."""
    found: dict[str, Printed] = {}
    for content in (LIBRARY, GRADED, *([HERE.content] if in_content() else [])):
        product = printed_once(work, content)
        known = library.sound(library.load(content, ""))
        for (_, brief), made in product.sound():
            page, pdf = made.files["html"].decode(), made.files["pdf"]
            found[brief] = Printed(known, made.edition, printed(page), pdf)
    return found


def untraced(brief: Printed) -> list[str]:
    """Return the texts of a page, as it is printed, that have a number which nothing explains."""
    return [*_in(brief, elements_of(brief.page), _everywhere(brief))]


def _in(brief: Printed, element: Element, known: tuple[str, ...]) -> Iterator[str]:
    """Yield texts in *element* with a number that is neither a value nor in one of the *known* phrases."""
    if element.tag in {"style", "head"}:
        return
    if "data-value" in element.given:
        known = (*known, *_forms(brief, *element.given["data-value"].split(".")))
    elif called := re.fullmatch(r"#(?:note|call)-(\d+)", element.given.get("href", "")):
        known = (called[1],)
    elif name := element.given.get("data-block"):
        known = (*known, *_of_block(brief, name))
    elif "reference" in element.given.get("class", "").split():
        known = (*known, *_of_references(brief))
    elif "steps__drawing" in element.given.get("class", "").split():
        known = (*known, *_of_steps(brief))
    for part in element.content:
        if isinstance(part, Element):
            yield from _in(brief, part, known)
        elif re.search(r"\d", _without(part, known)):
            yield " ".join(part.split())


def _without(line: str, phrases: Iterable[str]) -> str:
    """Return *line* without the *phrases*, as far as each stands by itself."""
    line = re.sub(r"[\u2060\u00ad]", "", line)
    for phrase in sorted(filter(None, phrases), key=len, reverse=True):
        line = re.sub(rf"(?<!\w)(?<!\d[.,]){re.escape(phrase)}(?![.,]?\d)(?!\w)", " ", line)
    return line


def _forms(brief: Printed, claim: str, value: str) -> Iterator[str]:
    """Yield how a value may be printed, at the head of a sentence too."""
    for form in FORMS:
        shown = resolve.shown(brief.library, "en", (claim, value), form)
        yield from (shown, shown[:1].upper() + shown[1:])


def _everywhere(brief: Printed) -> tuple[str, ...]:
    """Return what any text may say: dates and names of the series, official names, marks of sources."""
    edition, known = brief.edition, brief.library
    names = [str(name.name) for name in known.words("en").official_names]
    own = (edition.series, edition.label, edition.publisher, edition.contact, edition.name)
    dates = (edition.released, edition.latest, *(source.seen for source in edition.sources))
    return (
        *own,
        *dates,
        edition.digest[:8],
        edition.licence,
        *names,
        *marks(known.sources).values(),
    )


def _of_block(brief: Printed, name: str) -> Iterator[str]:
    """Yield what a block or note may say beside the values that it prints."""
    if name.startswith("note-"):
        [note] = [each for each in brief.edition.notes if f"note-{each.number}" == name]
        place = f"{note.mark} {note.locator}", note.locator
        yield from (*place, note.year, *note.references, note.studies, note.participants)
        yield from (note.searched, *(share.shown for share in note.shares))
        yield from (source.mark for source in brief.edition.sources if source.id == note.source)
        return
    block = brief.library.blocks.get(name)
    if block is None:
        return  # the title
    yield from (str(free.text) for free in block.free)
    if (by := getattr(block, "by", "not stated")) != "not stated":
        yield language.month(dt.date.fromisoformat(f"{by}-01"), "en")
    if day := getattr(block, "date", None):
        yield language.day(day, "en")
    if isinstance(block, AlternativeBlock | AskBlock | StepBlock):  # dates to come are its own
        year = brief.library.series.release.year
        yield from map(str, range(year + 1, year + AHEAD + 1))
    [shown] = [each for each in brief.edition.blocks() if each.id == name]
    yield from _shown(brief, block, shown)


def _shown(brief: Printed, block: Block, shown: ed.Block) -> Iterator[str]:
    """Yield what a block says by its form: its number among others, values of its rows, what its drawing has."""
    if isinstance(shown, ed.Message):
        yield from (basis.dated for basis in shown.bases)
    if isinstance(shown, ed.Step):
        yield str(_steps(brief).index(shown) + 1)
    if isinstance(block, KeyFiguresBlock):
        for row in block.rows:
            yield from _forms(brief, *str(row.value).split("."))
    if isinstance(shown, ed.Figure) and isinstance(block, FigureBlock):
        for part in text.walk(block.alternative.parts):
            if isinstance(part, text.Placeholder):
                yield from _forms(brief, part.claim, part.name)
        yield from (f"Figure {shown.figure}", *AXES.get(shown.form, ()))
        if shown.map:
            yield from (shown.map.source, shown.map.date)
        for datum in shown.data:  # its drawing has the values of its rows, and their years
            yield from (datum.shown, datum.dating, datum.unit, datum.derived)
            yield from (each.text for each in datum.label if isinstance(each, ed.Number))


def _steps(brief: Printed) -> list[ed.Step]:
    return [each for each in brief.edition.blocks() if isinstance(each, ed.Step)]


def _of_steps(brief: Printed) -> Iterator[str]:
    """Yield what the line of time has: the numbers of the list, and the years that begin before its last step."""
    steps, release = _steps(brief), dt.date.fromisoformat(brief.edition.release)
    yield from (str(number) for number, _ in enumerate(steps, 1))
    months = release.month - 1 + max(step.month for step in steps)
    yield from (str(release.year + each) for each in range(1, months // 12 + 1))


def _of_references(brief: Printed) -> Iterator[str]:
    for source in brief.edition.sources:
        yield from (source.citation, source.mark, source.seen, source.latest)
        yield from map(str, source.notes)
        for address in source.addresses:
            bare = address.partition("://")[2]
            yield from (bare, bare.partition("/")[0])


@pytest.mark.parametrize("brief", ["blue", "red", "heads", *ours(*OUR_BRIEFS)])
def test_every_number_on_paper_is_traced(prints: dict[str, Printed], brief: str) -> None:
    """What is read on paper is what the page has, word for word; each number of that is explained."""
    made = prints[brief]
    paper = on_paper(made.pdf)
    assert parted(on_page(as_told(made.page)), paper.signs) == ""
    assert untraced(made) == []
    edition, many = made.edition, len(paper.unread)
    draft = f"Draft {edition.digest[:8]}: not for distribution" if edition.draft else ""
    foot = f"{edition.series} · {edition.label} · {edition.released}"
    heads = [each for each in elements_of(made.page).elements() if each.tag == "header"]
    feet = [heads[0].given["data-voices"], *([foot] * (many - 1))]  # page 1 says who speaks
    expected = [f"{draft}{said}{number} of {many}" for number, said in enumerate(feet, 1)]
    assert running_lines(made.page, paper.unread) == ["".join(line.split()) for line in expected]


def test_a_number_that_nothing_explains_is_found(prints: dict[str, Printed]) -> None:
    """One that was typed, one that is another value, a wrong mark and a year of another note."""
    red = prints["red"]
    old = re.search(r'<span class="number" data-value="gardens.total">[^<]*40</span>', red.page)
    assert old
    for new in (
        f"7 {old[0]}",
        old[0].replace("40", "41"),
        old[0].replace("40", "140"),
        old[0].replace("gardens.total", "gardens.schools"),
    ):
        assert untraced(red._replace(page=red.page.replace(old[0], new, 1))), new
    mark = 'href="#note-1" role="doc-noteref">1<'
    assert mark in red.page
    assert untraced(red._replace(page=red.page.replace(mark, mark.replace(">1<", ">2<"), 1)))
    year = "P1.1\xa0· 2020–2021"
    assert year in red.page
    assert untraced(red._replace(page=red.page.replace(year, "P1.1\xa0· 2019")))


def test_a_wrong_number_of_steps_or_key_figures_is_found(prints: dict[str, Printed]) -> None:
    """The line of time has the years and numbers of its steps alone, a step its own number, a key figure its value."""
    blue = prints["blue"]
    for old, new in (
        (">2027</text>", ">2026</text>"),
        (">2027</text>", ">2028</text>"),
        (">2</text>", ">3</text>"),
        ('step__number">1<', 'step__number">2<'),
        ('key-figure__value">32<', 'key-figure__value">33<'),
    ):
        assert blue.page.count(old) == 1, old
        assert untraced(blue._replace(page=blue.page.replace(old, new))), new
