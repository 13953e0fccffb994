"""The same words on both: the text of a print in reading order is that of the page's printed part, word for word."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
import pytest

from press.build import catalogue
from press.build.library_check import check_library
from press.edition import resolve
from press.page.compose import Composer
from press.page.cut import printed
from press.page.styles import colours_style
from press.print import pool as workers
from press.problems import errors
from tests.print.test_pdf_samples import page as sample
from tests.support.composing import COMPOSER, page_of
from tests.support.editions import means, printed_once
from tests.support.editions import page_of as edition_page
from tests.support.folders import HERE, setup
from tests.support.paper import HYPHENS, on_paper
from tests.support.printing import print_job
from tests.support.reading import as_told, parted, running_lines
from tests.support.series import in_content
from tests.support.signs import on_page
from tests.support.site import OUR_BRIEFS, ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.build.stages import Means
    from press.edition.edition import Edition

LIBRARY = Path(__file__).parents[1] / "library"
GRADED = LIBRARY.with_name("graded")
BRIEFS = ["blue", "red", "heads", "catalogue", *ours(*OUR_BRIEFS)]


class Both(NamedTuple):
    """A brief on the screen and on paper."""

    page: str
    pdf: bytes

    def parted(self, *, painted: bool = False) -> str:
        """Return where their texts part, that of the print as it is read aloud or as it is painted."""
        page = self.page if painted else as_told(printed(self.page))
        return parted(on_page(page), on_paper(self.pdf, painted=painted).signs)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[workers.Pool]:
    """Return what prints."""
    with workers.Pool(0, setup(tmp_path_factory.mktemp("pool"))) as pool:
        yield pool


@pytest.fixture(scope="module")
def briefs(pool: workers.Pool, work: Path) -> dict[str, Both]:
    """Return the briefs of both small libraries and of our series, and the catalogue."""
    found = {"catalogue": shown(pool, means(work))}
    series = [printed_once(work, LIBRARY), printed_once(work, GRADED)]
    for product in (*series, *([printed_once(work)] if in_content() else [])):
        assert errors(product.problems) == ()
        for (_, brief), made in product.sound():
            found[brief] = Both(made.files["html"].decode(), made.files["pdf"])
    return found


def shown(pool: workers.Pool, given: Means) -> Both:
    """Return the catalogue, which a build does not print."""
    page = edition_page(catalogue.examples(HERE), ("en", catalogue.BRIEF), given)
    return on_both(pool, page.html, page.manuscript.images)


def on_both(
    pool: workers.Pool, page: str, assets: Mapping[str, bytes] = MappingProxyType({})
) -> Both:
    """Print *page*, with what is for paper."""
    return Both(page, pool.submit(print_job, printed(page), dict(assets), pool.setup).result().pdf)


@pytest.mark.parametrize("brief", BRIEFS)
def test_print_and_page_say_the_same_words(briefs: dict[str, Both], brief: str) -> None:
    """Every word is on both, in the same order, and none is on one alone."""
    assert len(on_page(briefs[brief].page)) > 500
    assert briefs[brief].parted() == ""


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_print_is_painted_in_the_order_of_its_words(briefs: dict[str, Both], brief: str) -> None:
    """Programs that know no tags read it in this order."""
    assert briefs[brief].parted(painted=True) == ""


@pytest.mark.parametrize("style", ["position:relative", "float:left;width:100%"])
def test_what_is_painted_last_is_seen(edition: Edition, pool: workers.Pool, style: str) -> None:
    """The engine paints what is positioned, and what floats, out of order; both look the same."""
    page = page_of(edition).replace("</style>", f".message__text{{{style}}}</style>", 1)
    both = on_both(pool, page)
    assert both.parted() == ""
    assert "the page goes on with" in both.parted(painted=True)


@pytest.mark.parametrize("brief", BRIEFS)
def test_only_running_lines_are_not_read(briefs: dict[str, Both], brief: str) -> None:
    """What is on paper and in no part of the structure: head and foot of each sheet, heads of tables, shapes."""
    given = r'data-foot="([^"]+)" data-draft="([^"]*)" data-voices="([^"]+)"'
    found = re.search(given, briefs[brief].page)
    assert found
    foot, draft, voices = ("".join(unescape(text).split()) for text in found.groups())
    unread = running_lines(printed(briefs[brief].page), on_paper(briefs[brief].pdf).unread)
    for number, text in enumerate(unread, 1):
        count = f"{number}of{len(unread)}"
        said = voices if number == 1 else foot
        assert len(text) == len(said + draft + count)
        assert all(part in text for part in (said, draft, count))


def test_another_order_of_reading_is_seen(briefs: dict[str, Both]) -> None:
    """What looks the same may be read aloud otherwise: the parts of the structure in another order."""
    html, pdf = briefs["red"]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        kids = next(several(document.Root.StructTreeRoot.K))
        kids[0], kids[1] = kids[1], kids[0]
        out = io.BytesIO()
        document.save(out)
    assert "the page goes on with" in Both(html, out.getvalue()).parted()


def several(node: pikepdf.Object) -> Iterator[pikepdf.Array]:
    """Yield the lists of parts of a structure that have more than one, outermost first."""
    if isinstance(node, pikepdf.Array):
        if len(node) > 1:
            yield node
        for kid in node:
            yield from several(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/K" in node:
        yield from several(node.K)


# Faults, each made in a copy of the templates.


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Return a small brief."""
    library, faults, _, _ = check_library(replace(HERE, content=LIBRARY))
    assert not faults
    return resolve.resolve(library, "red", "en")


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Return a copy of the templates."""
    return Path(
        shutil.copytree(
            HERE.templates, tmp_path / "templates", ignore=shutil.ignore_patterns("fonts")
        )
    )


def with_fault(templates: Path, edition: Edition, pool: workers.Pool) -> Both:
    """Compose *edition* with *templates* and print it."""
    return on_both(pool, page_of(edition, composer=Composer((templates,))))


STYLES = {
    "columns in another order": ".masthead__release{order:-1}",
    "a number left out": ".number{display:none}",
    "a line left out": ".standing{visibility:hidden}",
    "a word that comes twice": '.title::after{content:" counted"}',
    "words run together": ".number{margin-left:-.3em}",
    "a word torn apart": ".title{width:20mm;overflow-wrap:anywhere}",
    "items with wrong numbers": ".messages .message{counter-increment:message 2}",
}


@pytest.mark.parametrize("fault", STYLES)
def test_a_style_that_changes_the_words_is_seen(
    edition: Edition, pool: workers.Pool, fault: str
) -> None:
    """A style applies to paper alone, so that it can make the two tell different stories."""
    page = page_of(edition).replace("</style>", f"{STYLES[fault]}</style>", 1)
    assert STYLES[fault] in page
    assert "the page goes on with" in on_both(pool, page).parted()


def test_what_is_hidden_on_paper_and_not_marked_so_is_seen(
    templates: Path, edition: Edition, pool: workers.Pool
) -> None:
    """A style alone takes nothing out of a print that the page has."""
    path = templates / "blocks" / "figure" / "figure.html.j2"
    text, marked = path.read_text("utf-8"), '<details class="figure__data" data-screen>'
    assert text.count(marked) == 1
    path.write_text(text.replace(marked, '<details class="figure__data">'), encoding="utf-8")
    assert "the page goes on with" in with_fault(templates, edition, pool).parted()


# What a brief may come to have.


def both(pool: workers.Pool, body: str, style: str = "") -> Both:
    """Print a page around *body*."""
    html = sample(body, style)
    return Both(html, pool.submit(print_job, html, {}, pool.setup).result().pdf)


DRAWING = """<p>Before.</p>
<figure><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 90" width="300" height="90" role="img" aria-label="A">
<title>Not shown</title><desc>Nor this</desc><rect width="200" height="30" fill="#9fc4bf"/>
<g font-family="Press Sans" font-size="12"><text x="4" y="50">Outside prisons 41</text>
<g transform="translate(290 50)"><text text-anchor="end">In prisons 7</text></g>
<text x="4" y="80">Two <tspan font-weight="600">parts</tspan></text></g></svg>
<figcaption>A caption</figcaption></figure><p>Behind.</p>"""


def test_the_words_of_a_drawing_are_words(pool: workers.Pool) -> None:
    """Text in an SVG is read where the drawing stands; what only names it is not."""
    drawn = both(pool, DRAWING)
    assert drawn.parted() == ""
    other = drawn.page.replace("In prisons 7", "In prisons 8")
    assert (
        Both(other, drawn.pdf)
        .parted()
        .endswith(
            "the page goes on with '8 Two parts A caption Behind.'"
            " and the print with '7 Two parts A caption Behind.'"
        )
    )


def test_the_head_of_a_table_comes_again_on_the_next_sheet(pool: workers.Pool) -> None:
    """A head that is printed on each sheet is read once, and two tables with one head have two."""
    rows = "".join(f"<tr><td>Row</td><td>{number}</td></tr>" for number in range(90))
    table = (
        f"<table><thead><tr><th>What</th><th>Number</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    long = both(pool, f"{table}<p>Between.</p>{table}")
    again = [sheet.count("WhatNumber") for sheet in on_paper(long.pdf).unread]
    assert again[0] == 0
    assert sum(again) > 2
    assert long.parted() == ""
    alone = long.page.replace("<th>What</th><th>Number</th>", "<th>What</th>")
    assert Both(alone, long.pdf).parted().startswith("after 'What' the page goes on with 'Row 0")


def test_a_head_that_comes_again_is_no_running_line(pool: workers.Pool) -> None:
    """Nor is one with hyphens at the ends of lines or a note mark joined to its word; another word stays."""
    head = "<tr><th>Responsibilities of organisations\u2060<sup>8</sup></th><th>Number</th></tr>"
    rows = "".join(f"<tr><td>Row</td><td>{number}</td></tr>" for number in range(90))
    body = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    long = both(pool, body, "th{width:22mm}")
    unread = on_paper(long.pdf).unread
    assert any(sign in unread[1] for sign in HYPHENS)
    assert running_lines(long.page, unread) == [str(number) for number, _ in enumerate(unread, 1)]
    other = long.page.replace(">Number<", ">Numbers<")
    assert running_lines(other, unread)[1] == unread[1] != ""


LISTS = """<div class="paragraph" data-prose>
<ul><li>One<ul><li>Inner<ol><li>Deep</li><li>Deeper</li></ol></li></ul></li><li><p>Two</p><p>Second part</p></li></ul>
<ol><li>First</li><li>Second<ul><li>Inner</li></ul></li><li>Third
<ol><li>Inner</li></ol></li></ol></div><p>Behind.</p>"""


def test_lists_in_lists_have_their_signs_and_numbers(pool: workers.Pool) -> None:
    """Each sign is in the faces, in its place, and painted with its item."""
    names = ("styles/tokens.css", "styles/base.css", "blocks/paragraph/paragraph.css")
    style = (COMPOSER.texts[name] for name in names)
    html = sample(LISTS, "".join((colours_style("#123456"), *style)))
    made = pool.submit(print_job, html, {}, pool.setup).result()
    assert made.facts.complaints == ()
    assert (made.facts.ink, made.facts.stranded, made.facts.lone) == ((), (), ())
    both = Both(html, made.pdf)
    assert both.parted() == both.parted(painted=True) == ""
    signs = "".join(f"{' ' * bool(sign.before)}{sign.text}" for sign in on_paper(made.pdf).signs)
    assert " ".join(signs.split()) == (
        "• One – Inner 1. Deep 2. Deeper • Two Second part"
        " 1. First 2. Second – Inner 3. Third 1. Inner Behind."
    )


def test_hyphens_and_addresses_at_the_end_of_a_line_are_the_same_words(pool: workers.Pool) -> None:
    """Typesetting cuts words; the words stay."""
    body = (
        "<p>Responsibilities of non-governmental organisations for responsible rehabilitation programmes</p>"
        "<p style='overflow-wrap:anywhere;hyphens:manual'>example.org/a_long_address_without_any_place_to_cut_it</p>"
    )
    narrow = both(pool, body, "p{width:22mm}")
    assert any(sign.text in HYPHENS for sign in on_paper(narrow.pdf).signs)
    assert narrow.parted() == ""
