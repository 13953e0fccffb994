"""Reviews in the manner of those that are published say the same in whatever form they come."""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from press.checks.content.evidence import check
from press.ingest import index
from press.ingest.comparison import compare
from press.ingest.document import Cell, Document, Paragraph
from press.ingest.formats import read
from press.ingest.marks import marks_of, references
from press.ingest.review import accept, ingest
from press.ingest.values import values
from tests.ingest import forms
from tests.ingest.test_review import Desk, desk

if TYPE_CHECKING:
    from press.ingest.index import Index

__all__ = ["desk"]  # a fixture

NAMES = ("letters", "mentors")
A4 = "@page { size: 210mm 200mm }"
STYLES = {
    "two columns": A4,
    "three columns": f"{A4} .columns {{ columns: 3 }} table {{ font-size: 6pt; hyphens: none }}",
    "one column": ".columns { columns: 1 } table { hyphens: none }",
    "hyphens of authors and of the program alike": f"{A4} body {{ hyphenate-character: '-' }}",
    "ragged, paragraphs apart": f"{A4} body {{ text-align: left }} p {{ text-indent: 0; margin-bottom: 2mm }}",
}


def passages(document: Document, way: str = "paragraph") -> Index:
    """Return the passages of a document."""
    return index.read(document, "en", way, ())


@cache
def page(name: str) -> Index:
    """Return the passages of a review that is a web page."""
    return passages(read(".html", forms.as_page(name)))


@cache
def rows(name: str) -> tuple[str, ...]:
    """Return the rows of the tables of a review."""
    return tuple(
        words for locator, words in page(name).words.items() if locator.startswith("Table")
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", [".md", ".docx"])
def test_a_page_a_document_and_markdown_say_the_same(name: str, ending: str) -> None:
    """To the rows of tables, with locators, values and marks."""
    found = passages(read(ending, forms.FORMS[ending](name)))
    assert found.words == page(name).words
    assert found.passages == page(name).passages


@pytest.mark.parametrize("name", NAMES)
def test_a_text_says_the_same(name: str) -> None:
    """But that the rows of a table are one passage; its lines end where they are full."""
    found = [*passages(read(".txt", forms.as_text(name))).words.values()]
    texts = [words for words in page(name).words.values() if words not in rows(name)]
    assert [words for words in found if words in texts] == texts
    assert " ".join(words for words in found if words not in texts) == " ".join(rows(name))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_pdf_says_the_same(name: str, style: str) -> None:
    """But for the lines of its tables, and a space where a line ends in a reference without one."""
    found = passages(read(".pdf", forms.as_pdf(name, style)), "page")
    wanted = [*page(name).words.values()]
    others = [words for words in found.words.values() if words not in wanted]
    listed = [words for words in wanted if "2014;109(3)" in words]
    texts = [words for words in wanted if words not in {*rows(name), *listed}]
    assert [words for words in found.words.values() if words in texts] == texts
    letters = {word for row in (*rows(name), *listed) for word in row.split()}
    assert {word for words in others for word in words.split()} <= {
        *letters,
        "414–22.",
        "2014;109(3):",
    }
    assert all(locator.startswith("p. ") for locator in found.words)


@pytest.mark.parametrize("name", NAMES)
def test_each_row_of_a_table_in_a_pdf_is_a_passage(name: str) -> None:
    """Where the page is wide enough, with the page and its place there; its cells are not told apart."""
    found = passages(read(".pdf", forms.as_pdf(name, STYLES["one column"])), "page")
    assert [words for words in found.words.values() if words in rows(name)] == [*rows(name)]


def test_numbers_in_cells_side_by_side_stay_apart() -> None:
    """An interval in a cell is that of the number before it; a word in the next cell is no unit."""
    cells = ("Elm 2022", "62", "300", "8.6", "Healthy", "0.14", "[0.01, 0.27]")
    row = Paragraph(cells, "row", cell=Cell(1, 1))
    [found] = passages(Document((row,))).passages.values()
    assert found.values == ("2022", "62", "300", "8.6", "0.14 (CI 0.01 to 0.27)")
    assert found.units == {}


@pytest.mark.parametrize("name", NAMES)
def test_values_and_marks_are_those_that_a_person_reads(name: str) -> None:
    """Sentence by sentence."""
    every = [(each["s"], each) for each in forms.sentences(name)]
    mark = marks_of("\n".join(forms.plain(text) for text, _ in every))
    assert len(every) > 30
    for text, each in every:
        words = forms.plain(text)
        found = [" ".join(filter(None, value)) for value in values(words, "en", mark)]
        assert (words, found, [*references(words, mark)]) == (words, each["v"], each["r"])


@pytest.mark.parametrize("name", NAMES)
def test_such_a_review_is_taken_in_and_compared(desk: Desk, name: str) -> None:
    """All its values, units and marks can stand in a source."""
    text = desk.text.with_name(f"{name}.html")
    text.write_bytes(forms.as_page(name))
    ingest(text, name, desk.folders, {"kind": "systematic review", "locators": "section"})
    source = desk.draft().sources[name]
    assert len(source.passages) == len(page(name).passages)
    assert name in compare(desk.folders, text.parent).compared


def test_a_review_in_russian_is_read() -> None:
    """Decimal commas, abbreviations that end no sentence, quotes, scales, bounds, numbers in words."""
    wanted: dict[str, list[Any]] = yaml.safe_load(
        (forms.REVIEWS / "russian.yaml").read_text("utf-8")
    )
    document = read(".txt", (forms.REVIEWS / "russian.txt").read_bytes())
    found = index.read(document, "ru", "paragraph", ())
    assert [*found.passages] == [*wanted]
    for locator, (begins, held, marks) in wanted.items():
        each = found.passages[locator]
        read_here = [" ".join(filter(None, (one, each.units.get(one)))) for one in each.values]
        assert found.words[locator].startswith(begins)
        assert (locator, read_here, [*each.references]) == (locator, held, marks)


def test_values_of_a_source_in_russian_can_be_claimed(desk: Desk) -> None:
    """The source says its language, and a claim its values as in any other."""
    shutil.copy(forms.REVIEWS / "russian.txt", desk.text.with_name("обзор.txt"))
    given = {"kind": "systematic review", "language": "ru"}
    ingest(desk.text.with_name("обзор.txt"), "russian", desk.folders, given)
    source = desk.draft().sources["russian"]
    assert source.language == "ru"
    [place] = [name for name, each in source.passages.items() if "1.2 million" in each.values]
    claim = f"""
costs:
  ref: C952
  source: russian
  locator: {place}
  claim: The costs were {{costs.then}} in {{costs.then:year}}.
  values:
    then: {{number: 1.2 million, unit: som}}
  year: 2010
  kind: statistic
  basis: own
  use: ok
"""
    desk.claims.write_text(desk.claims.read_text("utf-8") + claim, "utf-8")
    accept(desk.draft(), ("costs",))
    assert not [each for each in check(desk.draft()) if "costs" in each.problem.message]
