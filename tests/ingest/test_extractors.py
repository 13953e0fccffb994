"""What is found in a text, a page, a document and a PDF: paragraphs in reading order, sections, tables, marks."""

from __future__ import annotations

import io
from random import Random

import pikepdf
import pytest

from press.ingest.columns import Line
from press.ingest.document import Cell, Document, Paragraph
from press.ingest.formats import read
from press.ingest.pdf_paragraphs import paragraphs
from tests.ingest import makers

HYPHENS = "\u2010-"


def words(document: Document) -> list[str]:
    """Return each paragraph in one line, as a reader of the file sees it."""
    return [" / ".join(each.lines) for each in document.paragraphs]


def sections(html: str) -> list[str]:
    """Return the sections of the paragraphs of a page."""
    return [each.section for each in read(".html", html.encode()).paragraphs if each.kind == "text"]


def test_a_text_is_divided_at_its_blank_lines() -> None:
    """Its lines stay as they are; a form feed ends a page."""
    document = read(".txt", b"One \n line\r\n\r\n \nTwo.\n\n\n\fThree\n\f\n")
    assert document.paragraphs == (
        Paragraph(("One ", " line"), page="1"),
        Paragraph(("Two.",), page="1"),
        Paragraph(("Three",), page="2"),
    )
    assert read(".txt", b"One").paragraphs == (Paragraph(("One",)),)


def test_running_heads_of_a_text_are_left_out() -> None:
    """Lines that come again and cut sentences; a heading or a caption that comes again does not."""
    head = "\n\nReviews, vol. {}\n\n".format
    text = f"One gate{head(1)}opens. Two{head(2)}shut.{head(3)}Table 1\n\nA. Table 2\n\nTable 2\n\nTable 3"
    assert words(read(".txt", text.encode())) == [
        *("One gate", "opens. Two", "shut."),
        *("Table 1", "A. Table 2", "Table 2", "Table 3"),
    ]


PAGE = """<!doctype html><title>No</title><body><header><a href=/>Home</a></header><nav><p>No</nav>
<h1>The title</h1><p>First words <script>no()</script>of<!-- no -->
<b>three</b>.<br>Line two<p hidden>No<p style="display: none">No<div>Loose <p>inner</p> text</div>
<ul><li>One<li><p>Two</p><p>Three</ul><dl><dt>Term<dd>Meaning</dl>
<table><tr><td>Layout</table><figure><svg><text>No</text></svg><figcaption>A caption</figcaption></figure>
old<br><br>style<footer><a href=/>No</a></footer>"""


def test_of_a_page_its_text_is_read() -> None:
    """What a browser sets apart is a paragraph; what leads around in the site is left out."""
    document = read(".html", PAGE.encode())
    assert [(each.kind, " / ".join(each.lines)) for each in document.paragraphs] == [
        ("heading", "The title"),
        ("text", "First words of three. / Line two"),
        ("text", "Loose"),
        ("text", "inner"),
        ("text", "text"),
        ("item", "One"),
        ("item", "Two"),
        ("item", "Three"),
        ("text", "Term"),
        ("item", "Meaning"),
        ("text", "Layout"),
        ("text", "A caption"),
        ("text", "old"),
        ("text", "style"),
    ]


def test_a_head_with_the_title_is_read() -> None:
    """Its links lead to the authors."""
    page = "<body><header><h1>Title</h1><p><a href=/a>A. Author</a></header><p>Text"
    assert words(read(".html", page.encode())) == ["Title", "A. Author", "Text"]


def test_the_main_part_of_a_page_is_read_alone() -> None:
    """What stands around it is the site's."""
    page = "<p>Around<main><header><h1>Title</h1></header><p>Text</main><p>Around"
    assert words(read(".html", page.encode())) == ["Title", "Text"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>0<h1>A</h1><p>1<h2>B</h2><p>1.1<h2>C</h2><p>1.2<h1>D</h1><p>2", "0 1 1.1 1.2 2"),
        ("<h1>T</h1><p>0<h2>A</h2><p>1<h4>B</h4><p>1.1<h3>C</h3><p>1.2<h2>D</h2><p>2", "0 1 1.1 1.2 2"),
        ("<header><h1>Title</h1></header><h1>A</h1><p>1<h1>B</h1><p>2", "1 2"),
        ("<h2>A</h2><p>0<h2>1. B</h2><p>1<h3>1.4 C</h3><p>1.4<h4>D</h4><p>1.4<h2>3 E</h2><p>3", "0 1 1.4 1.4 3"),
        ("<h2>1. A</h2><p>1<h2>Thanks</h2><p>0", "1 0"),
        ("<h2>1. A</h2><p>1<h1>Of a figure</h1><p>1", "1 1"),
        ("<h2>2019 in figures</h2><p>1<h2>5 lessons</h2><p>2", "1 2"),
    ],
)  # fmt: skip
def test_headings_make_sections(html: str, expected: str) -> None:
    """Their own numbers are taken; else they are counted, below a single title."""
    assert sections(html) == [number.strip("0") for number in expected.split()]


def test_rows_of_tables_are_told_apart() -> None:
    """A table has the number that its caption states, above it or in it; a heading of columns is a row."""
    page = """<p>Before<table><tr><th>A<th>B<tr><td>1<td>2 <p>x</p> <b>y</b>z</table>
    <p>Table 4. Deaths<table><thead><tr><th>A<th>B<tbody><tr><td><td>2</table>
    <table><caption>Table 7: Cases</caption><tr><td>1<td>2</table>
    <table><caption>Table 7</caption><tr><td>1<td>2</table>"""
    rows = [each for each in read(".html", page.encode()).paragraphs if each.kind == "row"]
    assert [(each.cell, each.lines) for each in rows] == [
        (Cell(1, 1), ("A", "B")),
        (Cell(1, 2), ("1", "2 x yz")),
        (Cell(4, 1), ("A", "B")),
        (Cell(4, 2), ("", "2")),
        (Cell(7, 1), ("1", "2")),
        (Cell(8, 1), ("1", "2")),
    ]


def test_raised_figures_are_marks_that_change_no_number() -> None:
    """Behind a word they are glued, as in a plain text; behind a figure they stay raised."""
    page = """<p>Prisons<sup>4</sup> have.<sup><a href='#n'>5, 6</a></sup> In 2019<sup>7</sup>,
    10<sup>3</sup>, 5%<sup>8–9</sup>, 1<sup>st</sup>."""
    [line] = words(read(".html", page.encode()))
    assert line == "Prisons4 have.5, 6 In 2019⁷, 10³, 5%⁸–⁹, 1st."


def test_markdown() -> None:
    """Its record at the top is left out, its footnotes keep their numbers."""
    text = """---\ntitle: No\n---\n# Title\n\nWords\nof **two**[^1] lines.\n\n## 1. Part\n\n- One\n
| A | B |\n|---|---|\n| 1 | 2 |\n\n[^1]: Note.\n"""
    document = read(".md", text.encode())
    assert words(document) == [
        "Title",
        "Words of two[1] lines.",
        "1. Part",
        "One",
        "A / B",
        "1 / 2",
        "[1] Note.",
    ]
    assert [each.section for each in document.paragraphs[1:3]] == ["", "1"]
    assert [each.cell for each in document.paragraphs[4:6]] == [Cell(1, 1), Cell(1, 2)]


def test_a_document_of_word() -> None:
    """Headings make sections, the title none; footnotes have marks, and their texts stand at the end."""
    body = (
        makers.paragraph("The title", "Title"),
        makers.paragraph("Part", "Heading1"),
        makers.paragraph("Some words.|2"),
        makers.paragraph("Smaller", "Heading2"),
        makers.paragraph("Table 3. Deaths"),
        makers.table(("A", "B"), ("1", "2")),
        makers.paragraph("Another part", "Heading1"),
        makers.paragraph("More words.|3"),
    )
    document = read(".docx", makers.docx(*body, notes={2: "A note.", 3: "Another."}))
    assert [(each.section, " / ".join(each.lines)) for each in document.paragraphs] == [
        ("", "The title"),
        ("1", "Part"),
        ("1", "Some words.[1]"),
        ("1.1", "Smaller"),
        ("1.1", "Table 3. Deaths"),
        ("1.1", "A / B"),
        ("1.1", "1 / 2"),
        ("2", "Another part"),
        ("2", "More words.[2]"),
        ("2", "A note."),
        ("2", "Another."),
    ]
    assert document.paragraphs[6].cell == Cell(3, 2)


LONG = "rehabilitation detoxification responsibility international considerable organisations psychological"
WORDS = f"{LONG} the services of prisons were counted again and since then they grew by a quarter in most".split()


def sentence(name: str) -> str:
    """Return a sentence of sixty words, which are not those of another."""
    choice = Random(name)  # noqa: S311 - nothing is secret
    return f"Paragraph {name} begins here {' '.join(choice.choices(WORDS, k=60))} and ends."


TEXT = [sentence(name) for name in "ABCDEFGH"]


def plain(document: Document) -> list[str]:
    """Return the paragraphs of a PDF with their lines joined, and those joined that a page has cut."""
    found: list[str] = []
    for each in document.paragraphs:
        text = ""
        for line in each.lines:
            text = text[:-1] + line if text[-1:] in HYPHENS and text else f"{text} {line}".strip()
        if found and found[-1][-1] not in ".:" and text[0].islower():
            cut = found.pop()
            text = cut[:-1] + text if cut[-1] in HYPHENS else f"{cut} {text}"
        found.append(text)
    return found


@pytest.mark.parametrize(
    "style",
    [
        "",
        "p { text-indent: 0; margin-bottom: 3mm }",
        "body { text-align: left }",
        "body { line-height: 2.2 }",
        ".columns { columns: 1 }",
        ".columns { columns: 1 } body { line-height: 2.2; text-align: left }",
    ],
)
def test_a_pdf_is_read_in_the_order_of_its_columns(style: str) -> None:
    """Paragraphs begin where they are indented or stand apart; what repeats on the pages is left out."""
    abstract = sentence("of the whole width")
    body = "".join(f"<p>{text}" for text in TEXT)
    data = makers.pdf(
        f"<h1>A title</h1><p>{abstract}</p><div class=columns><h2>Introduction</h2>{body}</div>",
        style,
    )
    document = read(".pdf", data)
    assert plain(document) == ["A title", abstract, "Introduction", *TEXT]
    assert [each.kind for each in document.paragraphs[:4]] == ["heading", "text", "heading", "text"]
    assert [each.section for each in document.paragraphs[:4]] == ["", "", "1", "1"]
    pages = [each.page for each in document.paragraphs]
    assert pages == sorted(pages, key=int)
    assert pages[-1] > "1"
    assert document.empty_pages == ()


def test_a_line_is_hyphenated_in_a_pdf() -> None:
    """Otherwise the test above would show too little."""
    data = makers.pdf(f"<div class=columns><p>{'</p><p>'.join(TEXT)}</div>")
    assert any(line[-1] in HYPHENS for each in read(".pdf", data).paragraphs for line in each.lines)


def test_pages_have_their_labels_and_those_without_text_are_named() -> None:
    """A label is what a reader's program shows: roman numerals, or a number of the journal."""
    end = "<p style='break-after: page'>"
    pages = f"{end}Some words.</p>{end}&nbsp;</p>{end}Last words.</p><p>Cover.</p>"
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(makers.pdf(pages, makers.PLAIN))) as document:
        labels = [
            0,
            pikepdf.Dictionary(S=pikepdf.Name.r),
            1,
            pikepdf.Dictionary(S=pikepdf.Name.D, St=345, P="S"),
            3,
            pikepdf.Dictionary(P="Back of it"),
        ]
        document.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
        document.save(data)
    found = read(".pdf", data.getvalue())
    assert [(each.page, each.lines[0]) for each in found.paragraphs] == [
        ("i", "Some words."),
        ("S346", "Last words."),
        ("4", "Cover."),
    ]
    assert found.empty_pages == ("S345",)


def test_notes_and_captions_stand_behind_the_sentence_that_they_interrupt() -> None:
    """A note at the foot of a page, of smaller letters, comes between two halves of a sentence."""
    style = "@page { @footnote { margin-top: 2mm } } i { float: footnote; font-size: 60% }"
    data = makers.pdf(
        f"<p>{TEXT[0]}<i>A note of smaller letters.</i> {TEXT[1]} {' '.join(TEXT)}", style
    )
    document = read(".pdf", data)
    [number] = [
        at for at, each in enumerate(document.paragraphs) if "smaller letters" in each.lines[0]
    ]
    assert document.paragraphs[number].page == "1"
    assert document.paragraphs[number - 1].page > "1"
    assert document.paragraphs[number - 1].lines[-1].endswith("ends.")
    assert not document.paragraphs[0].lines[-1].endswith("ends.")


def test_a_sentence_that_a_page_cuts_before_a_name_is_whole() -> None:
    """With a small letter it would be seen to go on; a heading on the next page is none of it."""
    names = " ".join("A" + "bcdefgh"[number % 7] * (number % 5 + 1) for number in range(600))
    page = f"<p style='hyphens: none'>{names}.<h2 style='break-before: page'>A heading</h2>"
    document = read(".pdf", makers.pdf(page))
    [text, heading] = document.paragraphs
    assert " ".join(text.lines) == f"{names}."
    assert (text.page, heading.kind, heading.page > "2") == ("1", "heading", True)


def test_a_wide_title_and_an_initial_begin_no_paragraph() -> None:
    """A line below them may be as full as its column is wide, and end in an abbreviation."""
    texts = [
        *(
            "Some words of the first line of a text by Prof.",
            "J. K. Oak, and those of the second line on",
        ),
        *("12 gates of the town, which rust more and more.", "Last words."),
    ]
    wide = Line("A title that goes across the whole page", 0, 500, 700, 18, bold=True)
    lines = [
        Line(text, 0, 5 * len(text), 600 - 12 * at, 10, bold=False) for at, text in enumerate(texts)
    ]
    found = paragraphs([("1", [wide, *lines])])
    assert [each.lines for each in found] == [(wide.text,), tuple(texts)]


def test_the_rest_of_a_caption_goes_to_it_and_that_of_the_text_to_the_text() -> None:
    """A page ends within a caption, and the next one begins with a paragraph."""
    aside = "<p style='font-size: 6pt; break-after: page'>Fig. 1. The gates that"
    rest = "<p style='font-size: 6pt'>Bishkek opened in spring.</p>"
    data = makers.pdf(f"<p>{TEXT[0]}</p>{aside}<p>Gates rust. {' '.join(TEXT)}</p>{rest}")
    found = words(read(".pdf", data))
    assert "Fig. 1. The gates that" in found
    assert not any("gates that / Gates rust" in each for each in found)


def test_a_letter_that_a_font_does_not_name_is_seen() -> None:
    """Some programs name each ligature with nothing."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(makers.pdf("<p>Some words.</p>", makers.PLAIN))) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and b"beginbfchar" in each.read_bytes():
                letters = each.read_bytes()
                assert b"<0064>" in letters
                each.write(letters.replace(b"<0064>", b"<0000>"))
        document.save(data)
    assert words(read(".pdf", data.getvalue())) == ["Some wor\ufffds."]


def test_headings_of_a_pdf_make_sections() -> None:
    """The larger one is the higher; their own numbers are taken."""
    page = "<h1>Title</h1><p>Aa.<h2>{}Bb</h2><p>Cc.<h3 style='font-size: 9pt'>Dd</h3><p>Ee.<h2>{}Ff</h2><p>Gg."
    for stated, expected in {("", ""): "0 1 1.1 2", ("1. ", "4. "): "0 1 1 4"}.items():
        document = read(".pdf", makers.pdf(page.format(*stated), makers.PLAIN))
        found = [each.section for each in document.paragraphs if each.kind == "text"]
        assert found == [number.strip("0") for number in expected.split()]


def test_raised_figures_of_a_pdf() -> None:
    """They are smaller than what they follow, and stand higher."""
    data = makers.pdf("<p>Prisons.<sup>4,5</sup> In 2019<sup>6</sup> and CO<sub>2</sub>.")
    assert "Prisons.4,5 In 2019⁶ and CO2." in words(read(".pdf", data))


def test_a_list_of_a_pdf_has_its_bullets_beside_its_texts() -> None:
    """They are drawn apart, and no column."""
    items = "".join(f"<li>{name} is one. {TEXT[2]}</li>" for name in ("First", "Second"))
    document = read(".pdf", makers.pdf(f"<p>Before it:<ul>{items}</ul><p>After it."))
    found = [each for each in document.paragraphs if each.kind == "item"]
    assert [each.lines[0].split(" is")[0] for each in found] == ["• First", "• Second"]
