"""Reviews in the manner of those that are published say the same in whatever form they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press.ingest import index
from press.ingest.formats import read
from press.ingest.marks import marks_of, references
from press.ingest.values import values
from tests.ingest import forms

if TYPE_CHECKING:
    from press.ingest.document import Document
    from press.ingest.index import Index

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


def page(name: str) -> Index:
    """Return the passages of a review that is a web page."""
    return passages(read(".html", forms.as_page(name)))


def rows(name: str) -> list[str]:
    """Return the rows of the tables of a review."""
    return [words for locator, words in page(name).words.items() if locator.startswith("Table")]


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
    assert [words for words in found.words.values() if words in rows(name)] == rows(name)


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
