"""What a series says at the end of every brief: address with QR code, funder, disclaimer, partners' signs."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from press.build import editions
from press.build import prints as printing
from press.build.build_request import named
from press.content import library
from press.edition import edition
from press.problems import ContentRefusedError
from tests.support.editions import UNKNOWN, faults_of_layout, outputs, printed_once, produce
from tests.support.folders import HERE
from tests.support.plan import NOTE
from tests.support.turns import in_turn

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARY = Path(__file__).parents[1] / "library"
PARTNER = HERE.templates / "catalogue" / "images" / "partner.svg"
TOLD = re.compile(r"the brief has \d+ (?:pages|words)|the last page is \d+% full")
PUBLISHED = """\
address: https://policy.town.xx/briefs
funder: Paid for by the Fund for Gardens of the Town, grant 2024/17
disclaimer: The views expressed here are those of the authors, and not those of the Fund.
logos: [{file: partner.svg, name: The partner}]
"""
SERIES = """\
address: https://town.xx/gardens/
funder: Paid for by the Fund for Gardens, grant 2024/17
disclaimer: The views are those of the town.
logos: [{file: partner.svg, name: The partner}, {file: friend.png, name: The friend}]
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library, whose series has all there is."""
    folder = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    (folder / "images").mkdir()
    shutil.copy(PARTNER, folder / "images")
    Image.new("RGB", (300, 100), "#123456").save(folder / "images" / "friend.png", dpi=(9, 9))
    change(folder, "", SERIES)
    return folder


def change(content: Path, old: str, new: str) -> None:
    """Put *new* in the place of *old* in the series, or at its end."""
    path = content / "series.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")


def made(content: Path, *, printing: bool = False) -> editions.Product:
    """Return the editions of *content*."""
    audiences = ("red",) if printing else ()
    return produce(content.parent, content, printing=printing, audiences=audiences)


def page(product: editions.Product) -> str:
    """Return the red page as it is handed out."""
    return product.finished["en", "red"].files["html"].decode()


def test_all_of_it_is_on_paper(content: Path) -> None:
    """The print has every word, a QR code as a drawing, both signs, and nothing to complain of."""
    product = made(content, printing=True)
    assert [str(one) for one in product.problems] == []
    pdf = pypdfium2.PdfDocument(product.finished["en", "red"].files["pdf"])
    last = pdf[len(pdf) - 1]
    words = "".join(last.get_textpage().get_text_range().split())  # a line may end anywhere
    for said in ("town.xx/gardens/en/red.html", "grant2024/17", "thoseofthetown."):
        assert said in words
    kinds = [one.type for one in last.get_objects(max_depth=5)]
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds  # the PNG; the SVG and the code are paths
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH) > 3


def test_all_of_it_is_on_the_screen(content: Path) -> None:
    """The page has the same, its signs inside and with their names."""
    text = page(made(content))
    assert 'href="https://town.xx/gardens/en/red.html"' in text
    assert 'aria-label="QR code of this brief’s address"' in text
    assert "Paid for by the Fund for Gardens, grant 2024/17" in text
    assert 'src="data:image/svg+xml;base64,' in text
    assert text.count('alt="The partner"') == text.count('alt="The friend"') == 1
    assert "asset:" not in text


def test_a_sign_brings_nothing_but_itself(content: Path) -> None:
    """A drawing is the cleaned one, and a picture has no word of its file's own."""
    text = page(made(content))
    drawn = text.partition("data:image/svg+xml;base64,")[2].partition('"')[0]
    assert b"<title>" not in base64.b64decode(drawn)
    pixels = text.partition("data:image/png;base64,")[2].partition('"')[0]
    assert Image.open(io.BytesIO(base64.b64decode(pixels))).info == {}


def test_a_series_without_it_has_no_place_for_it(content: Path) -> None:
    """No empty frame is left where nothing was asked for."""
    change(content, SERIES, "")
    shutil.rmtree(content / "images")
    text = page(made(content))
    assert 'class="colophon__code' not in text
    assert 'class="colophon__logos' not in text
    assert 'class="masthead__logo' not in text


def test_the_edition_tells_it(content: Path) -> None:
    """Whoever writes another form of a brief finds it there."""
    told = json.loads(edition.to_json(made(content).editions["en", "blue"]))
    assert told["address"] == "https://town.xx/gardens/en/blue.html"
    assert told["funder"].startswith("Paid for")
    assert told["logos"][0] == {
        "asset": "images/partner.svg",
        "width": 120,
        "height": 40,
        "name": "The partner",
    }


def test_the_index_tells_it_too(content: Path, tmp_path: Path) -> None:
    """Who comes to the series first learns who paid for it."""
    index = outputs(made(content), tmp_path / "out")["index.html"].decode()
    for said in ("https://town.xx/gardens/", "grant 2024/17", "those of the town."):
        assert said in index
    assert 'alt="The partner"' in index
    assert "asset:" not in index


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "https://town",
            "http://town",
            "series.yaml:8:10: error: expected a web address with",
        ),
        (
            "partner.svg",
            "partners.svg",
            "no picture images/partners.svg; did you mean 'partner.svg'?",
        ),
        ("partner.svg", "partner.gif", "expected the name of a PNG or SVG file in images/"),
        (", name: The friend", "", "missing key 'name'"),
        ("the town.", "the \U0001f333.", "no font here can draw"),
        ("the town.", "the {town}.", "no markup is read here"),
        ("https://town.xx/gardens/", "https://town.xx/<b>", "expected a web address with"),
    ],
)
def test_a_mistake_is_told_where_it_was_typed(content: Path, old: str, new: str, said: str) -> None:
    """It is in what all briefs share, so that nothing is built."""
    change(content, old, new)
    with pytest.raises(ContentRefusedError) as refused:
        made(content)
    assert said in str(refused.value)


def test_a_drawing_that_is_not_fit_stops_all(content: Path) -> None:
    """It would be on every brief."""
    path = content / "images" / "partner.svg"
    path.write_text(
        path.read_text("utf-8").replace("<title>", "<script>1</script><title>"), "utf-8"
    )
    with pytest.raises(ContentRefusedError, match="it has a <script>; turn all into shapes"):
        made(content)


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<g fill="none"><path d="M0 0h90v30z"/></g>',
        '<path d="M500 500h90v30z" fill="#123456"/>',
        '<path d="M0 0h90v30z" fill="#ffffff"/>',
        '<path d="M0 0h90v30z" opacity="0.01"/>',
        '<defs><path d="M0 0h90v30z"/></defs>',
        '<clipPath id="a"/><path clip-path="url(#a)" d="M0 0h90v30z"/>',
    ],
)
def test_a_drawing_that_shows_nothing_stops_all(content: Path, inside: str) -> None:
    """It is drawn and looked at: empty, white, clear or outside of its box, it would be a hole in every brief."""
    box = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
    (content / "images" / "partner.svg").write_text(f"{box}{inside}</svg>", "utf-8")
    with pytest.raises(ContentRefusedError, match=r"partner.svg:1:1: error: nothing of it is seen"):
        made(content)


def test_a_sign_that_no_series_shows_is_told(content: Path) -> None:
    """A file that nothing uses is a warning, as for any picture."""
    change(content, "{file: partner.svg, name: The partner}, ", "")
    said = [str(one).partition("/images/")[2] for one in made(content).problems]
    assert said == [
        "partner.svg:1:1: warning: nothing uses image 'partner.svg'; take it out, or name it in a block [file]"
    ]


def test_another_label_makes_the_page_anew_and_not_the_print(content: Path) -> None:
    """The page shows the labels of the others; a print has nothing of them, so that its key stays."""
    before = made(content).finished["en", "blue"].printed
    path = content / "briefs" / "red.yaml"
    path.write_text(
        path.read_text("utf-8").replace("For red readers", "For readers in red"), "utf-8"
    )
    product = made(content)
    after = product.finished["en", "blue"].printed
    assert ">For readers in red</a>" in after.html
    assert after.page.manuscript.key != before.page.manuscript.key
    keys = [printing.key_of(product.library, made.page, UNKNOWN) for made in (before, after)]
    assert keys[0] == keys[1]


BRIEFS = "audiences: {red: {html_kilobytes: 200}, blue: {html_kilobytes: 200}}\n"


def test_a_page_beside_the_briefs_has_a_limit_too(content: Path, tmp_path: Path) -> None:
    """The index and the map of the evidence are as small as a page has to be, or nothing is written."""
    (content / "limits.yaml").write_text("all: {html_kilobytes: 30}\n" + BRIEFS, "utf-8")
    with pytest.raises(ContentRefusedError) as refused:
        outputs(made(content), tmp_path / "out")
    said = [str(one) for one in refused.value.problems if one.rule == "budget"]
    assert [one.partition(" has ")[0].rpartition(" ")[2] for one in said] == [
        "evidence.html",
        "index.html",
    ]
    assert "limits.yaml:1:1: error: " in said[0]
    assert "html_kilobytes allows 30: take claims out, or allow more" in said[0]


def test_a_question_stands_in_the_index(content: Path, tmp_path: Path) -> None:
    """It tells a reader which brief is hers; the brief itself does not change for it."""
    before = made(content).finished["en", "red"].manuscript.key
    path = content / "briefs" / "red.yaml"
    path.write_text(f"question: How many gardens are there?\n{path.read_text('utf-8')}", "utf-8")
    product = made(content)
    assert product.finished["en", "red"].manuscript.key == before
    index = outputs(product, tmp_path / "out")["index.html"]
    assert b"How many gardens are there?" in index
    assert library.load(content, "").briefs["red"].question == "How many gardens are there?"


@pytest.mark.series
def test_our_briefs_have_room_for_what_their_publisher_adds(
    tmp_path: Path, work: Path, record_property: Callable[[str, object], None]
) -> None:
    """Address, funder, disclaimer and a partner's sign are printed whole; a page or words more than may be are told."""
    content = Path(shutil.copytree(HERE.content, tmp_path / "content"))
    (content / "images").mkdir(exist_ok=True)
    shutil.copy(PARTNER, content / "images")
    change(content, "", PUBLISHED)
    audiences = named(content / "briefs")
    chosen = in_turn(audiences)
    if len(chosen) < len(audiences):
        note = (
            f"{len(chosen)} of our {len(audiences)} briefs is printed with all its publisher adds"
        )
        record_property(NOTE, f"{note}; CI=1 has all")
    product = produce(tmp_path, content, printing=True, audiences=tuple(chosen))
    before = printed_once(work, audiences=tuple(chosen))
    told = [each for each in faults_of_layout(product) if not TOLD.search(each)]
    assert told == []
    for name, made in product.finished.items():
        for form, pages in before.finished[name].pages.items():
            assert made.pages[form] - pages in {0, 1}, (name, form)
    assert len(list(product.sound())) == len(chosen) > 0
