"""What is written into a PDF for those who do not see it, and for programs: its structure, its words, its metadata."""

from __future__ import annotations

import datetime as dt
import getpass
import io
import re
import shutil
import socket
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from press.print import pdf as drawn
from tests.print.test_pdf_samples import BARS, faultless, serving
from tests.support.absence import absent
from tests.support.damages.kit import Object, elements, is_element, kids, walk
from tests.support.foreign_engine import print_foreign
from tests.support.prints import PRINTS, Printed, prints
from tests.support.rich_page import ASSETS, ROWS, rich_page
from tests.support.series import in_content
from tests.support.site import OUR_BRIEFS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST = 110_000  # bytes of a brief of ours
FILE = "a file"
READERS = {  # programs that open a file, and what they are asked
    "pdfinfo": [FILE],
    "pdftotext": [FILE, "-"],
    "pdffonts": [FILE],
    "pdfimages": ["-list", FILE],
    "mutool": ["info", FILE],
    "qpdf": ["--check", FILE],
}
SPARE = ("mutool", "qpdf")  # what these find, others find
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PACKET = {
    f"{DC}title": ["Brief & more"],
    f"{DC}creator": ["Ayla Demir, Institute of Parks", "The office of parks"],
    f"{DC}description": ["What parks cost & what they give."],
    f"{DC}subject": ["parks", "towns"],
    f"{DC}language": ["en"],
    f"{DC}publisher": ["The town"],
    f"{DC}date": ["2026-01-15"],
    f"{DC}source": ["A review of parks"],
    f"{DC}rights": ["CC BY 4.0"],
    "{http://ns.adobe.com/xap/1.0/rights/}WebStatement": [
        "https://creativecommons.org/licenses/by/4.0/"
    ],
    "{http://ns.adobe.com/xap/1.0/rights/}Marked": ["True"],
    "{http://ns.adobe.com/xap/1.0/}ModifyDate": ["2026-01-16"],
    "{http://www.aiim.org/pdfa/ns/id/}part": ["2"],
    "{http://www.aiim.org/pdfa/ns/id/}conformance": ["A"],
    "{http://www.aiim.org/pdfua/ns/id/}part": ["1"],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the PDF of a page with everything."""
    with serving(tmp_path_factory.mktemp("made")) as server:
        found = server.print(rich_page(), ASSETS)
    assert faultless(found.facts), found.facts
    return found.pdf


@pytest.fixture
def pdf(made: bytes) -> Iterator[pikepdf.Pdf]:
    """Open it."""
    with pikepdf.open(io.BytesIO(made)) as document:
        yield document


def tags(element: Object) -> list[str]:
    """Return the tags of the elements that an element contains."""
    return [str(kid.S) for kid in kids(element) if is_element(kid)]


def pages_of(pdf: pikepdf.Pdf, element: Object) -> set[int]:
    """Return the numbers of the pages, from 0, that an element and all in it name."""
    numbers = [page.obj.objgen for page in pdf.pages]
    named = [each.Pg for each in walk(element) if "/Pg" in each]
    named += [
        kid.Pg
        for each in walk(element)
        for kid in kids(each)
        if not isinstance(kid, int) and "/MCID" in kid
    ]
    return {numbers.index(page.objgen) for page in named}


def texts(pdf: pikepdf.Pdf, element: Object) -> str:
    """Return what an element says: through the fonts of its page, in the order of its marks."""
    shown = {number: marked(pdf, number) for number in range(len(pdf.pages))}
    numbers = [page.obj.objgen for page in pdf.pages]
    said = []
    for each in walk(element):
        page = numbers.index(each.Pg.objgen) if "/Pg" in each else 0
        for kid in kids(each):
            if isinstance(kid, int):
                said.append(shown[page].get(kid, ""))
            elif "/MCID" in kid:
                said.append(shown[numbers.index(kid.Pg.objgen)].get(int(kid.MCID), ""))
    return "".join(said)


def marked(pdf: pikepdf.Pdf, number: int) -> dict[int, str]:
    """Return the text of each mark of a page, as pdfium reads it."""
    with pypdfium2.PdfDocument(save(pdf)) as document:
        page = document[number]
        text = page.get_textpage()
        found: dict[int, str] = {}
        for each in page.get_objects(max_depth=1, textpage=text):
            mark = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(each)
            if mark >= 0 and each.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT:
                found[mark] = found.get(mark, "") + each.extract()
        return found


def save(pdf: pikepdf.Pdf) -> bytes:
    """Return the bytes of a file."""
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def test_a_table_over_pages_is_one(pdf: pikepdf.Pdf) -> None:
    """It has one head, one caption, a body for each group; where the head is printed again, nobody is told."""
    [table] = elements(pdf, "Table")
    assert pages_of(pdf, table) == {1, 2, 3}
    assert tags(table) == ["/Caption", "/THead", "/TBody", "/TBody"]
    [head] = elements(pdf, "THead")
    assert tags(head) == ["/TR", "/TR"]
    assert pages_of(pdf, head) == {1}
    assert len(elements(pdf, "TR")) == 2 + 2 * (1 + ROWS)
    for number in (2, 3):
        assert sum(kind == "/Header" for kind in artifacts(pdf, number)) >= 4


def artifacts(pdf: pikepdf.Pdf, number: int) -> list[str]:
    """Return what each artifact of a page is, as far as it says."""
    return [
        str(each.operands[1].get("/Subtype", each.operands[1].get("/Type", "")))
        for each in pikepdf.parse_content_stream(pdf.pages[number], "BDC")
        if each.operands[0] == "/Artifact"
    ]


def test_heads_and_feet_of_pages_are_no_content(pdf: pikepdf.Pdf) -> None:
    """They say that they are; the signs of decorations are of the layout."""
    for number in range(len(pdf.pages)):
        assert {"/Header", "/Footer"} <= set(artifacts(pdf, number))
    assert "/Layout" in artifacts(pdf, 1)
    assert len(elements(pdf, "Figure")) == 4


def test_rows_are_headed_by_their_group(pdf: pikepdf.Pdf) -> None:
    """A cell has the heads of its column and of its row, the spanned one above, and that of its group."""
    rows = elements(pdf, "TR")
    [name, *cells] = kids(rows[3])
    [group] = kids(rows[2])
    assert (group.A.Scope, group.A.ColSpan) == ("/Row", 3)
    assert name.A.Scope == "/Row"
    park, visits, summer, winter = [*kids(rows[0]), *kids(rows[1])]
    assert (park.A.RowSpan, visits.A.ColSpan) == (2, 2)
    for cell, column in zip(cells, (summer, winter), strict=True):
        heads = {str(each) for each in cell.A.Headers}
        assert heads == {str(each.ID) for each in (visits, column, group, name)}
    assert {str(each) for each in name.A.Headers} == {str(park.ID), str(group.ID)}


def test_each_number_is_a_label(pdf: pikepdf.Pdf) -> None:
    """Of ordered and other lists, and of notes; a list in an item is in its body."""
    items = elements(pdf, "LI")
    assert len(items) == 7
    assert all(tags(item) == ["/Lbl", "/LBody"] for item in items)
    outer, inner, innermost, notes = elements(pdf, "L")
    assert [str(each.A.ListNumbering) for each in (outer, inner, innermost, notes)] == [
        "/Decimal",
        "/Disc",
        "/Disc",
        "/Decimal",
    ]
    assert inner.P.S == innermost.P.S == "/LBody"
    assert [texts(pdf, kids(item)[0]).strip() for item in kids(outer)] == ["1", "2"]


def test_notes_lead_to_their_calls_and_back(pdf: pikepdf.Pdf) -> None:
    """A call says what its note says."""
    first, second = elements(pdf, "Note")
    calls = [each for each in elements(pdf, "Link") if "/Ref" in each]
    assert [call.Ref[0].objgen for call in calls] == [
        first.objgen,
        second.objgen,
        first.objgen,
    ]
    assert [each.objgen for each in first.Ref] == [calls[0].objgen, calls[2].objgen]
    [frame] = [kid.Obj for kid in kids(calls[0]) if not isinstance(kid, int)]
    assert frame.Contents == "1: A first note. It has two parts."


def test_a_link_over_lines_is_one(pdf: pikepdf.Pdf) -> None:
    """It has a frame for each line, which all say the same; each has the height of letters."""
    link = next(each for each in elements(pdf, "Link") if "/Ref" not in each)
    frames = [kid.Obj for kid in kids(link) if not isinstance(kid, int)]
    assert len(frames) == 3
    assert {(str(each.Contents), str(each.A.URI)) for each in frames} == {
        (
            "the long report on parks and gardens (https://parks.example.org/a)",
            "https://parks.example.org/a",
        )
    }
    every = [each for page in pdf.pages for each in page.obj.get("/Annots", [])]
    assert all(abs(float(each.Rect[3]) - float(each.Rect[1])) > 4 for each in every)


def test_figures_have_words_and_a_place(pdf: pikepdf.Pdf) -> None:
    """Tiles are one picture; a source belongs to the caption."""
    plan, bars, tiles, dot = elements(pdf, "Figure")
    assert [str(each.Alt) for each in (plan, bars, tiles, dot)] == [
        "map",
        "Bars: outside prisons 41",
        "Two numbers: 7 and 41",
        "dot",
    ]
    assert tags(bars) == tags(tiles) == ["/Caption"]
    [caption] = [kid for kid in kids(bars) if is_element(kid)]
    said = texts(pdf, caption)
    assert "Figure 1. Points" in said
    assert "Source: the review" in said
    width, height = map(float, pdf.pages[0].MediaBox[2:])
    for each in (plan, bars, tiles, dot):
        left, bottom, right, top = map(float, each.A.BBox)
        assert 0 < left < right < width
        assert 0 < bottom < top < height


def test_emphasis_is_kept(pdf: pikepdf.Pdf) -> None:
    """Readers of PDF 1.7 take it for a span."""
    assert texts(pdf, elements(pdf, "Strong")[0]).strip() == "Parks cool"
    assert texts(pdf, elements(pdf, "Em")[0]).strip() == "whole quarters"
    assert dict(pdf.Root.StructTreeRoot.RoleMap) == {"/Strong": "/Span", "/Em": "/Span"}


def test_each_language_is_named(pdf: pikepdf.Pdf) -> None:
    """Where it differs from that around it, and nowhere else."""
    [top] = elements(pdf, "Document")
    named = [each for each in walk(top) if "/Lang" in each]
    assert [(str(each.S), str(each.Lang)) for each in named] == [("/Span", "ru"), ("/P", "ky")]
    assert texts(pdf, named[0]).strip() == "Парки охлаждают целые кварталы."
    assert pdf.Root.Lang == "en"


@pytest.mark.parametrize("form", ["-raw", "-layout"])
def test_words_are_apart(made: bytes, tmp_path: Path, form: str) -> None:
    """Where lines end, between emphases and after numbers too; a word that is broken is whole again."""
    path = tmp_path / "made.pdf"
    path.write_bytes(made)
    told = read(["pdftotext", form, str(path), "-"])
    assert "\u00ad\n" in told
    assert "\u2010" not in told
    words = set(re.findall(r"[^\W\d]{3,}", re.sub("\u00ad\\s*", "", told)))
    known = set(re.findall(r"[^\W\d]{3,}", re.sub("\u00ad", "", rich_page() + BARS.decode())))
    assert words - known == set()
    assert {"responsibility", "municipalities", "interconnect", "целые"} <= words


def read(command: list[str]) -> str:
    """Return what a program prints; it has nothing to complain of."""
    if shutil.which(command[0]) is None:
        absent(f"needs {command[0]}")
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_metadata_are_those_of_the_page(pdf: pikepdf.Pdf) -> None:
    """Authors as they are printed, one by one; nothing of the machine, of who uses it, or of today."""
    data = pdf.Root.Metadata.read_bytes()
    root = ET.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", data))  # noqa: S314 - our own
    found = {
        each.tag: [item.text for item in each.iter(f"{RDF}li")] or [each.text]
        for each in root.iterfind(f"*/{RDF}Description/*")
    }
    assert {tag: found.get(tag) for tag in PACKET} == PACKET
    today = dt.datetime.now(tz=dt.UTC).date()
    strange = [today.isoformat(), f"{today:%Y%m%d}", socket.gethostname(), getpass.getuser()]
    told = data.decode() + "".join(f" {text}" for _, text in pdf.docinfo.items())
    assert not [each for each in strange if re.search(rf"\b{re.escape(each)}\b", told)]


def test_two_prints_are_the_same(made: bytes, tmp_path: Path) -> None:
    """Byte by byte, from another process in another folder."""
    with serving(tmp_path) as server:
        assert server.print(rich_page(), ASSETS).pdf == made


def test_what_is_seen_is_what_the_engine_draws(made: bytes, tmp_path: Path) -> None:
    """Structure and spaces move nothing: with the engine's own tags not a pixel differs."""
    foreign = print_foreign(tmp_path, rich_page(), ASSETS)
    assert foreign.pdf != made
    ours, theirs = drawn.pages(made, 144), drawn.pages(foreign.pdf, 144)
    assert len(ours) == len(theirs) == 5
    assert [
        number
        for number, pair in enumerate(zip(ours, theirs, strict=True), 1)
        if pair[0] != pair[1]
    ] == []


@pytest.fixture(scope="module")
def printed(work: Path) -> dict[str, Printed]:
    """Return the print of every edition that there is."""
    return prints(work)


@pytest.mark.series
def test_our_briefs_are_small(printed: dict[str, Printed]) -> None:
    """A reader with little bandwidth gets them."""
    assert in_content()
    sizes = {brief: len(printed[f"ours/en/{brief}"].pdf) for brief in OUR_BRIEFS}
    assert {brief: size for brief, size in sizes.items() if size > MOST} == {}


@pytest.mark.parametrize("program", READERS)
def test_programs_open_it_without_a_word(
    printed: dict[str, Printed], made: bytes, tmp_path: Path, program: str
) -> None:
    """None has anything to repair."""
    if program in SPARE and shutil.which(program) is None:
        pytest.skip(f"not run: needs {program}")
    for number, data in enumerate((made, *(each.pdf for each in printed.values()))):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data)
        read([program, *(str(path) if each == FILE else each for each in READERS[program])])


@pytest.mark.parametrize("name", PRINTS)
def test_libraries_open_it_without_a_word(printed: dict[str, Printed], name: str) -> None:
    """That of qpdf checks it; pdfium draws each page, none of which is blank."""
    data = printed[name].pdf
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.check_pdf_syntax() == []
        assert document.get_warnings() == []
    assert all(len(set(page.data)) > 2 for page in drawn.pages(data, 36))
