"""Text that does not stand where it should is found with its block; text that does is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press.print.facts import MARGIN, NO_BLOCK, Lone, Smallest, Split, Stranded, Title
from press.print.pdf import text_off_sheet
from tests.print.test_pdf_samples import ASSETS, faultless, page, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.print.server.client import PrintServer

WORD = "Pneumonoultramicroscopicsilicovolcanoconiosis"
LONG = "a text that is far too long for the narrow place in which somebody put it "
SMALL = "@page { size: 100mm 60mm; margin: 10mm } body { hyphens: manual } h2 { font-size: 10pt; margin: 0 }"
FIXED = "table-layout: fixed; width: 100%"
PLAIN = "body { hyphens: manual }"
FILLER = "<div style='height: 20mm'>a</div>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    """Run one server for all pages."""
    with serving(tmp_path_factory.mktemp("geometry")) as running:
        yield running


def drawing(text: str) -> str:
    """Return an SVG of 100 by 20 px around *text*."""
    frame = 'width="100" height="20" viewBox="0 0 100 20"'
    return f'<svg aria-label="a drawing" xmlns="http://www.w3.org/2000/svg" {frame}>{text}</svg>'


def label(text: str, **attributes: object) -> str:
    """Return a text of a drawing."""
    given = {"y": 15, "font-size": 12, "font-family": "Press Sans", **attributes}
    said = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in given.items())
    return f"<text {said}>{text}</text>"


def drawn(*labels: str) -> str:
    """Return a block with a drawing in it."""
    return f"<div data-block=x style='padding-left: 20mm'>{drawing(''.join(labels))}</div>"


def moved(text: str) -> str:
    """Return *text*, 60 px to the right in its drawing."""
    return f'<g transform="translate(60 0)">{text}</g>'


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<table data-block=x><tr>" + f"<td>{WORD}" * 14 + "</table>", "leaves the sheet sideways"),
        (
            "<table data-block=x><tr>" + f"<td>{WORD}" * 2 + f"<td>{WORD[:20]}</table>",
            "leaves the type area sideways",
        ),
        (
            f"<table data-block=x style='{FIXED}'><tr><td>{WORD}{'<td>a' * 9}</table>",
            "leaves its cell sideways",
        ),
        (f"<p data-block=x>{WORD * 2}lungs", "leaves the type area sideways"),
        (
            "<p data-block=x style='position: absolute; left: 170mm; width: 60mm'>out of it",
            "leaves the type area",
        ),
        (
            "<p data-block=x style='position: absolute; left: 205mm; width: 60mm'>out",
            "leaves the sheet",
        ),
        (
            f"<p data-block=x style='overflow: hidden; height: 5mm; width: 40mm'>{LONG}",
            "is clipped in height",
        ),
        (
            f"<p data-block=x style='overflow: hidden; white-space: nowrap; width: 9mm'>{LONG}",
            "is clipped sideways",
        ),
        (
            "<div data-block=x><p style='transform: translateX(165mm)'>moved out of the page",
            "leaves the sheet",
        ),
        (
            "<div data-block=x><p style='transform: rotate(90deg); width: 160mm'>turned by its middle",
            "leaves the sheet in height",
        ),
        (
            f"<div data-block=x style='width: 40mm; white-space: nowrap'>{LONG}</div>",
            "leaves its block sideways",
        ),
        (
            f"<div class=columns><p data-block=x style='white-space: nowrap'>{LONG}</p><p>a</div>",
            "leaves its column sideways",
        ),
        (drawn(label("label outside", x=80)), "leaves its drawing sideways"),
        (drawn(moved(label("label", x=30))), "leaves its drawing sideways"),
        (drawn(label("label", x=9, text_anchor="end")), "leaves its drawing sideways"),
        (drawn(label("label", x=9, dy=12)), "leaves its drawing in height"),
        (
            "<img data-block=x alt=bars src=asset:bars.svg style='width: 180mm'>",
            "leaves the type area sideways",
        ),
    ],
)
def test_a_fault_is_found_with_its_block(server: PrintServer, body: str, fault: str) -> None:
    """The block with the fault is named, and no other."""
    facts = server.print(page(f"<p data-block=good>{LONG}</p>{body}", PLAIN), ASSETS).facts
    left = [ink for ink in facts.ink if "printed over" not in ink.fault]
    assert {ink.block for ink in left} == {"x"}, facts.ink
    assert any(ink.fault.startswith(fault) for ink in facts.ink), facts.ink


@pytest.mark.parametrize(
    "body",
    [
        "<table data-block=x style='width: 100%'><tr>" + "<td>some words" * 6 + "</table>",
        f"<p data-block=x style='overflow-wrap: anywhere'>{WORD * 3}",
        f"<p data-block=x style='overflow: hidden'>{LONG}",
        "<h1 data-block=x style='line-height: 0.8; margin: 0'>Áccents at the top, ygq",
        f"<ul data-block=x><li>{LONG}</li></ul><ol data-block=y><li>{LONG}</li></ol>",
        f"<ul style='padding-left: 6mm'><li data-block=x>{LONG}</li></ul>",
        f"<div data-block=x style='display: flex; gap: 5mm'><p>{LONG}</p><p>{LONG}</p></div>",
        f"<div data-block=x style='display: grid; grid-template-columns: 1fr 2fr'><p>{LONG}</p><p>{LONG}</p></div>",
        f"<div data-block=x style='float: right; width: 50mm'>{LONG}</div><p>{LONG}",
        drawn(label("label", x=90, text_anchor="end")),
        drawn(label("label", x=50, text_anchor="middle"), moved(label("a", x=9))),
        drawn(label("<tspan x='9'>one</tspan><tspan x='60'>two</tspan>")),
        "<p data-block=x style='visibility: hidden; margin-left: 300mm'>not there",
        f"<div data-block=x class=columns><p>{LONG * 5}<span class=note>{LONG * 3}</span>{LONG * 5}</p></div>",
    ],
)
def test_what_stands_right_is_no_fault(server: PrintServer, body: str) -> None:
    """Layouts of every kind, accents, markers and labels that fit are left alone."""
    facts = server.print(page(f"<h2>Head</h2>{body}<p>{LONG}", PLAIN), ASSETS).facts
    assert faultless(facts), facts


def test_the_margin_has_a_name_of_its_own(server: PrintServer) -> None:
    """A running head that does not fit is told as the margin's."""
    style = f"@page {{ @top-left {{ content: '{LONG}'; white-space: nowrap; width: 20mm }} }}"
    [ink] = server.print(page("<p>a", style), ASSETS).facts.ink
    assert (ink.block, ink.page) == (MARGIN, 1)
    assert ink.fault.startswith("leaves its margin box sideways")


def test_a_picture_may_stand_in_the_margin(server: PrintServer) -> None:
    """It belongs to no element and to no block."""
    style = "@page { @top-left { content: url(asset:dot.png) } }"
    facts = server.print(page("<p data-block=b>a", style), ASSETS).facts
    assert faultless(facts), facts
    assert facts.blocks == {"b": (1,)}


def test_a_heading_at_the_end_of_a_page_is_stranded(server: PrintServer) -> None:
    """It is told with page, block and text; the one that has its text beside it is not."""
    body = (
        "<section data-block=a><h2>Good</h2><p>text</p></section>"
        "<section data-block=b><h2>Left <em>alone</em></h2><p style='break-before: page'>text</p></section>"
    )
    facts = server.print(page(body, SMALL), ASSETS).facts
    assert facts.stranded == (Stranded(1, "b", "Left alone"),)


def test_a_heading_at_the_end_of_a_column_is_stranded(server: PrintServer) -> None:
    """A column ends as a page does."""
    body = "<div class=columns data-block=a><p>a</p><h2>Alone</h2><p style='break-before: column'>text</p></div>"
    facts = server.print(page(body), ASSETS).facts
    assert facts.stranded == (Stranded(1, "a", "Alone"),)


def test_a_heading_over_columns_is_not_stranded(server: PrintServer) -> None:
    """What it heads may begin in a column, or stand beside it."""
    body = (
        f"<h2>Over</h2><div class=columns><p>{LONG * 9}</p><h2>In</h2><p>{LONG}</p></div>"
        "<div class=columns><p>a</p><h2>Last</h2></div><p>below</p>"
    )
    assert not server.print(page(body), ASSETS).facts.stranded


@pytest.mark.parametrize(
    ("body", "tag"),
    [
        ("<table data-block=x><tr><td>" + "a<br>" * 12 + "</table>", "tr"),
        ("<figure data-block=x>" + "a<br>" * 12 + "</figure>", "figure"),
        ("<div data-block=x data-whole>" + "<p>a</p>" * 9 + "</div>", "div"),
        ("<div class=columns><div data-block=x data-whole>" + "a<br>" * 6 + "</div></div>", "div"),
    ],
)
def test_what_should_stay_whole_and_does_not_is_told(
    server: PrintServer, body: str, tag: str
) -> None:
    """A row, a figure and what is marked so may stand on one page and in one column only."""
    assert server.print(page(body, SMALL), ASSETS).facts.split == (Split(1, "x", tag),)


@pytest.mark.parametrize(
    "body",
    [
        "<table><thead><tr><th>head</thead>"
        + "<tr><td>a</tr>" * 12
        + "</table>",  # its head is repeated
        "<div data-whole><div class=columns>" + "a<br>" * 6 + "</div></div>",
        "<div>" + "a<br>" * 12 + "</div>",
        "<div data-whole style='position: fixed; bottom: 0'>a</div>" + "b<br>" * 12,
    ],
)
def test_what_is_repeated_or_may_be_split_is_not(server: PrintServer, body: str) -> None:
    """Heads of tables and what is fixed stand on every page; columns inside of the element do not split it."""
    facts = server.print(page(body, SMALL), ASSETS).facts
    assert faultless(facts), facts


def test_blocks_know_their_pages(server: PrintServer) -> None:
    """A block stands where its text and that of its inner blocks stands."""
    body = (
        f"<div data-block=outer>{FILLER}<p data-block=inner style='break-before: page'>a</p></div>"
    )
    facts = server.print(page(f"{body}<div data-block=empty></div>", SMALL), ASSETS).facts
    assert facts.blocks == {"inner": (2,), "outer": (1, 2)}


def test_the_head_of_a_table_counts_once(server: PrintServer) -> None:
    """Its copies on later pages would else hide that other letters are lost."""
    body = f"<table><thead><tr><th>head</thead>{'<tr><td>row' * 40}</table>"
    facts = server.print(page(body, SMALL), ASSETS).facts
    assert facts.pages > 2
    assert facts.letters == {NO_BLOCK: len("head") + 40 * len("row")}


def test_sheets_know_how_full_they_are(server: PrintServer) -> None:
    """Ink counts, down to the last line; margins and footnotes do not."""
    body = f"{FILLER}<p>three more words<span class=note>and a note</span></p>"
    [sheet] = server.print(page(body, SMALL), ASSETS).facts.sheets
    assert (sheet.page, sheet.area_mm) == (1, 40)
    assert 20 < sheet.filled_mm < 30
    assert sheet.words in {7, 8, 9}  # the call and the number of the note are words, too


def test_a_broken_word_is_one_word(server: PrintServer) -> None:
    """The hyphen that the engine sets does not make two words of one."""
    body = "<p lang=en style='width: 12mm; hyphens: auto'>extraordinarily representative"
    [sheet] = server.print(page(body), ASSETS).facts.sheets
    assert sheet.words == 2


def test_the_smallest_text_is_told(server: PrintServer) -> None:
    """Labels in drawings count at the size at which they are printed; raised figures do not."""
    scaled = "<img alt=bars src=asset:bars.svg style='width: 150px'>"  # half its width
    body = f"<p>a<sup>2</sup></p><p data-block=small style='font-size: 7pt'>b</p><p data-block=bars>{scaled}"
    smallest = server.print(page(body), ASSETS).facts.smallest
    assert smallest is not None
    assert (smallest.points, smallest.block) == (4.5, "bars")


def test_the_pdf_itself_is_looked_at(server: PrintServer) -> None:
    """Characters off the sheet are found in the finished file, whatever put them there."""
    body = (
        "<p>fine</p><p style='transform: translateX(172mm)'>moved by a transform</p>"
        f"<div style='margin-left: 150mm'>{drawn(label('a label that leaves', x=60))}</div>"
    )
    found = text_off_sheet(server.print(page(body), ASSETS).pdf)
    assert [ink.page for ink in found] == [1]
    assert "transform" in found[0].text
    assert "leaves" in found[0].text
    assert not text_off_sheet(server.print(page(), ASSETS).pdf)


COLUMNS = "<div style='columns: 2; column-fill: auto; height: 30mm'>"
LINES = "<p data-block=x style='orphans: 1; widows: 1'>"


@pytest.mark.parametrize(
    ("body", "lone"),
    [
        (
            f"<div style='height: 30mm'>a</div>{LINES}one<br>two<br>three",
            Lone(1, "x", "one", "first"),
        ),
        (
            f"<div style='height: 26mm'>a</div>{LINES}one<br>two<br>three",
            Lone(2, "x", "three", "last"),
        ),
        (
            f"{COLUMNS}<div style='height: 18mm'>a</div>{LINES}one<br>two<br>three</div>",
            Lone(1, "x", "one", "first"),
        ),
        (
            (
                "<div style='height: 30mm'>a</div><ul><li data-block=x style='orphans: 1; widows: 1'>"
                "one<sup>1</sup><br>two<br>three</ul>"
            ),
            Lone(1, "x", "one", "first"),
        ),
    ],
)
def test_a_line_that_stands_alone_is_found(server: PrintServer, body: str, lone: Lone) -> None:
    """The first or last line of a paragraph at the end of a page or column, whatever the style allows."""
    assert server.print(page(body, SMALL), ASSETS).facts.lone == (lone,)


@pytest.mark.parametrize(
    "body",
    [
        f"<div style='height: 26mm'>a</div>{LINES}one<br>two<br>three<br>four",
        f"<div style='height: 30mm'>a</div>{LINES}one</p><p>one",
        "<div style='height: 30mm'>a</div><p data-block=x>one<br>two<br>three",
        f"{FILLER}<table><tr><td>one<td>two<tr><td>one<td>two<tr><td>one<td>two</table>",
    ],
)
def test_lines_that_have_company_do_not_stand_alone(server: PrintServer, body: str) -> None:
    """Two and two, paragraphs of one line, and what the engine keeps together."""
    assert not server.print(page(body, SMALL), ASSETS).facts.lone


@pytest.mark.parametrize(
    ("body", "height", "block"),
    [
        (f"<div data-block=x>a</div><div style='break-before: page'>{LONG}", 252.0, "x"),
        ("<p data-block=x>a<p style='margin-top: 100mm' data-block=y>b", 100.0, "x"),
        (
            (
                "<div style='columns: 2'><p style='height: 200mm' data-block=x>a</p>"
                "<p style='break-before: column; margin-top: 100mm'>b</p><p style='margin-top: 60mm'>c</div>"
            ),
            165.0,
            "x",
        ),
        (
            (
                "<div style='display: grid; grid-template-columns: 100mm 60mm'><p data-block=x>a</p>"
                f"<div>{FILLER * 5}</div></div>"
            ),
            80.0,
            "x",
        ),
    ],
)
def test_a_hole_is_measured(server: PrintServer, body: str, height: float, block: str) -> None:
    """The end of a page that is not the last, a gap, an empty column, the empty end of a wide one."""
    sheet = server.print(page(body, f"{PLAIN} p {{ margin: 0 }}"), ASSETS).facts.sheets[0]
    assert abs(sheet.hole_mm - height) < 8, sheet
    assert sheet.hole_block == block


@pytest.mark.parametrize(
    "body",
    [
        f"<p data-block=x>{LONG}",
        f"<p style='width: 110mm' data-block=x>{LONG * 30}",
        f"<div style='columns: 2'>{LONG * 30}</div>",
        f"<div style='columns: 2'>{LONG * 30}</div>{LONG * 200}",
        (
            "<div style='display: grid; grid-template-columns: 110mm 50mm'>"
            f"<p>{LONG * 20}</p><p>a</p></div>"
        ),
    ],
)
def test_white_that_is_no_hole(server: PrintServer, body: str) -> None:
    """The end of the last page, a margin beside narrow text, ragged lines, the end of a narrow column."""
    facts = server.print(page(body, PLAIN), ASSETS).facts
    assert facts.sheets[0].hole_mm < 15, facts.sheets


def test_titles_are_measured_without_their_marks(server: PrintServer) -> None:
    """Lines, and words on the last one; what is raised is no word."""
    body = "<h1 data-block=title>Gardens<br>are quiet <sup>1, 2</sup></h1><h1>One</h1><h2>None</h2>"
    facts = server.print(page(body), ASSETS).facts
    assert facts.titles == (Title("title", 2, 2), Title("(page)", 1, 1))


def test_full_lines_of_running_text_are_measured(server: PrintServer) -> None:
    """The last line of a paragraph is not full; marks, notes and tables are not counted."""
    word = "abcdefghi "
    body = (
        f"<div data-block=x data-prose><p>{word * 2}<sup>12</sup><br>{word * 3}<br>end</p>"
        f"<ul><li>{word}<br>a</ul></div>"
        f"<p data-block=y>{word}<br>{word}</p>"
    )
    assert server.print(page(body), ASSETS).facts.measures == {"x": (19, 29, 9)}


def test_the_smallest_text_and_the_smallest_mark_are_two(server: PrintServer) -> None:
    """Marks may be smaller than text."""
    body = "<p data-block=x style='font-size: 8pt'>text<sup style='font-size: 6.2pt'>12</sup>"
    facts = server.print(page(body), ASSETS).facts
    assert (facts.smallest, facts.smallest_mark) == (
        Smallest(8.0, "x", "text"),
        Smallest(6.2, "x", "12"),
    )


@pytest.mark.parametrize(
    "head",
    ["<p data-leads>Head</p>", "<table><caption>Head</caption><tr style='break-before: page'>"],
)
def test_whatever_leads_can_be_stranded(server: PrintServer, head: str) -> None:
    """The title of a table, and a line that says what comes."""
    body = (
        f"<div data-block=x>{head}<td>a</div>"
        if "table" in head
        else f"<div data-block=x>{head}<p style='break-before: page'>a"
    )
    assert server.print(page(body, SMALL), ASSETS).facts.stranded == (Stranded(1, "x", "Head"),)


OVER = "<p data-block=x style='position: relative'>Words that are read"
HIGHER = "<span style='position: absolute; left: 0; top: 2px; margin: 0'>others</span>"


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (f"{OVER}{HIGHER}", [("others", "Words that are read")]),
        (
            "<p data-block=x style='margin: 0'>first<p data-block=y style='margin: -1em 0 0'>second",
            [("second", "first")],
        ),
        ("<p data-block=x style='line-height: 0.4'>one line<br>two", [("two", "one line")]),
        (drawn(label("under", x=5), label("over", x=12)), [("over", "under")]),
        ("<p data-block=x>x<sup>2</sup> and <em>f</em>f, V<b>A</b>", []),
        ("<p data-block=x style='line-height: 1'>gjpqy<br>ÅÉÖ", []),
        (drawn(label("one", x=0), label("two", x=60)), []),
    ],
)
def test_text_over_text_is_found(
    server: PrintServer, body: str, texts: list[tuple[str, str]]
) -> None:
    """Neither could be read; the same line, raised numbers and tight lines are no fault."""
    found = server.print(page(body, PLAIN), ASSETS).facts.ink
    over = [(ink.text, ink.fault) for ink in found if "printed over" in ink.fault]
    assert over == [(text, f"is printed over '{under}'") for text, under in texts]


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("color: #fff", "can hardly be seen (contrast 1.0 to 1; 3 are needed)"),
        ("color: transparent", "can hardly be seen"),
        ("color: rgb(0 0 0 / 10%)", "can hardly be seen"),
        ("opacity: 0", "can hardly be seen (contrast 1.0 to 1"),
        ("opacity: 0.3", "can hardly be seen"),
        ("background: #17211f", "can hardly be seen"),
        ("background: linear-gradient(#17211f, #17211f)", "has a picture behind it"),
        ("transform: rotate(180deg)", "is turned or mirrored"),
        ("transform: scaleX(-1)", "is turned or mirrored"),
        ("color: #333; background: #fff", ""),
        ("color: #fff; background: #1d4077", ""),
        ("transform: translateX(2px); opacity: 0.95", ""),
    ],
)
@pytest.mark.parametrize("inner", ["{}", "<b>{}</b>"])
def test_text_that_cannot_be_read_is_found(
    server: PrintServer, style: str, fault: str, inner: str
) -> None:
    """By its colour on what is behind it, and by how it is turned, whatever part of it says so."""
    body = f"<p data-block=good>sound<p data-block=x style='{style}'>{inner.format('words')}"
    found = server.print(page(body, PLAIN), ASSETS).facts.ink
    assert {(ink.block, ink.text) for ink in found} == ({("x", "words")} if fault else set())
    assert all(ink.fault.startswith(fault) for ink in found)


@pytest.mark.parametrize(
    ("content", "faults"), [("' 99 more words'", ["is no word of the page"]), ("'1'", [])]
)
def test_words_that_a_style_adds_are_found(
    server: PrintServer, content: str, faults: list[str]
) -> None:
    """Numbers of items are no words."""
    style = f"{PLAIN} p::after {{ content: {content} }}"
    found = server.print(page("<p data-block=x>words", style), ASSETS).facts.ink
    assert [ink.fault for ink in found] == faults
