"""A PDF that does not tell what its page says is found out, whatever is wrong with it; a sound one is not accused."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pikepdf
import pytest

from press.print.facts import NO_BLOCK, Unproved
from press.print.proof import prove
from tests.print.test_pdf_samples import faultless, page, serving
from tests.support.damages import DAMAGES
from tests.support.damages.kit import saved
from tests.support.folders import HERE
from tests.support.prints import PRINTS, Printed, prints
from tests.support.rich_page import ASSETS, rich_page

if TYPE_CHECKING:
    from pathlib import Path

PAGE = rich_page()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the PDF of a page with everything, without a fault."""
    with serving(tmp_path_factory.mktemp("good")) as server:
        made = server.print(PAGE, ASSETS)
    assert faultless(made.facts), made.facts
    assert made.facts.pages == 5
    return made.pdf


def test_a_good_pdf_is_sound(good: bytes) -> None:
    """It tells what its page says; another program that saves it does no harm."""
    assert prove(good, PAGE) == ()
    assert prove(saved(good, lambda _: None), PAGE) == ()


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found(good: bytes, name: str) -> None:
    """Each is told in words that fit."""
    damage = DAMAGES[name]
    told = [each.what for each in prove(saved(good, damage.change), PAGE)]
    assert any(damage.said in what for what in told), told


@pytest.mark.parametrize(
    ("damaged", "said"),
    [(b"", "cannot be read back"), (b"%PDF-1.7\n", "cannot be read back")],
)
def test_what_is_no_pdf_is_told(damaged: bytes, said: str) -> None:
    """It is no reason to stop without a word."""
    [told] = prove(damaged, PAGE)
    assert said in told.what
    assert told.block == NO_BLOCK


def test_half_a_pdf_is_told(good: bytes) -> None:
    """A file that ends early is repaired by libraries, without what came last."""
    assert prove(good[: len(good) // 2], PAGE)


def test_a_link_in_a_head_that_comes_again_is_one(tmp_path: Path) -> None:
    """The head of a table is content where it is first printed; its links are there, and lead on from no other page."""
    rows = "".join(f"<tr><td>Row</td><td>{number}</td></tr>" for number in range(90))
    head = '<tr><th scope="col">What</th><th scope="col"><a href="#last">Number</a></th></tr>'
    html = page(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table><p id='last'>Last.</p>")
    with serving(tmp_path) as server:
        made = server.print(html, ASSETS)
    assert made.facts.pages > 2
    assert prove(made.pdf, html) == ()
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        links = [len(sheet.get("/Annots", ())) for sheet in document.pages]
    assert links == [1, *[0] * (made.facts.pages - 1)]


def test_an_encrypted_pdf_is_told(good: bytes) -> None:
    """Without its password nobody reads it."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    [told] = prove(file.getvalue(), PAGE)
    assert "cannot be read back" in told.what


def test_another_version_of_pdf_is_told(good: bytes) -> None:
    """Both standards are of one version."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as document:
        document.save(file, force_version="2.0")
    assert Unproved(NO_BLOCK, "it is of PDF 2.0, not 1.7") in prove(file.getvalue(), PAGE)


def test_a_pdf_that_may_not_be_read_aloud_is_told(good: bytes) -> None:
    """It opens without a password, and forbids programs to read it."""
    file = io.BytesIO()
    forbidden = pikepdf.Permissions(accessibility=False, extract=False)
    with pikepdf.open(io.BytesIO(good)) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="a", allow=forbidden))
    assert Unproved(NO_BLOCK, "it is encrypted") in prove(file.getvalue(), PAGE)


def test_the_block_is_named(good: bytes) -> None:
    """What an author has written is where the message leads."""
    [told] = prove(good, PAGE.replace("Plant ", "Fell "))
    assert told == Unproved("lists", "it tells 'Plant' where the page says 'Fell'")


def test_a_proof_needs_no_engine() -> None:
    """It is made beside the servers, where WeasyPrint would only take time and memory."""
    program = "import sys, press.print.proof; print('weasyprint' in sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=HERE.root, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_pdf_of_another_page_is_told(good: bytes) -> None:
    """A mistake of the program as a whole."""
    assert prove(good, page())


@pytest.fixture(scope="module")
def printed(work: Path) -> dict[str, Printed]:
    """Return the print of every edition that there is, one with every kind of block among them."""
    return prints(work)


@pytest.mark.parametrize("name", PRINTS)
def test_an_edition_is_sound(printed: dict[str, Printed], name: str) -> None:
    """None is accused of what it did not do."""
    found = printed[name]
    assert prove(found.pdf, found.page) == ()


def test_content_that_is_drawn_too_late_is_told(tmp_path: Path) -> None:
    """What is placed out of the flow is painted last: machines that ignore tags would read it last too."""
    html = page("<p style='position: absolute; top: 0'>First.</p><p>Second.</p><p>Third.</p>")
    with serving(tmp_path) as server:
        made = server.print(html, {})
    told = [each.what for each in prove(made.pdf, html)]
    assert told == ["page 1 is drawn in another order than it is read, from 'First.' on"]


IN_LINE = "img { overflow: visible; width: 30mm; height: 30mm }"
NUMBERED = """
ol { list-style: none }
ol > li::before { content: counter(list-item) ".\\a0" }
"""


def test_a_keyword_that_is_there_twice_is_told_once(tmp_path: Path) -> None:
    """A series may be called as its readers are."""
    page = PAGE.replace('content="parks, towns"', 'content="towns, parks, towns"')
    assert page != PAGE
    with serving(tmp_path) as server:
        assert faultless(server.print(page, ASSETS).facts)


def test_a_stop_behind_the_number_of_an_item_is_no_fault(tmp_path: Path) -> None:
    """Styles give it, as those of paragraphs do; another number is told."""
    html = page("<ol><li>Plant limes.</li><li>Water them.</li></ol>", NUMBERED)
    with serving(tmp_path) as server:
        made = server.print(html, {})
        wrong = server.print(html.replace("<ol>", '<ol style="counter-reset: list-item 1">'), {})
    assert prove(made.pdf, html) == ()
    assert [each.what for each in prove(wrong.pdf, html)] == [
        "it tells '2' where the page says '1'"
    ]


def test_words_that_are_hidden_from_those_who_listen_are_told(tmp_path: Path) -> None:
    """A template may say so of signs only."""
    html = page("<p>Plant <span aria-hidden='true'>no</span> limes.</p>")
    with serving(tmp_path) as server:
        made = server.print(html, {})
    told = [each.what for each in prove(made.pdf, html)]
    assert told == ["'no' on page 1 is not told, though it is no decoration"]


def test_a_small_drawing_in_a_large_picture_is_sound(tmp_path: Path) -> None:
    """What a picture leaves white, as around a logo, is a part of it."""
    sign = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><path d="M20 20h9v9h-9z"/></svg>'
    html = page("<p>A <img src='asset:sign.svg' alt='sign'> of ours.</p>", IN_LINE)
    with serving(tmp_path) as server:
        made = server.print(html, {"sign.svg": sign})
    assert prove(made.pdf, html) == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "<p>Cool<sup><a href='#a' role='doc-noteref'>1</a></sup></p><p id='a'>A note</p>",
            "#a, which is no note",
        ),
        ("<p role='img'>7 parks</p>", "a picture (<p>) has no words that say what it shows"),
    ],
)
def test_what_the_page_lacks_itself_is_told(tmp_path: Path, body: str, said: str) -> None:
    """A template that leaves out what readers need is as wrong as a print."""
    with serving(tmp_path) as server:
        facts = server.print(page(body), {}).facts
    assert any(said in complaint for complaint in facts.complaints), facts.complaints
