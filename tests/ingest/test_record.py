"""The record beside a review: the same in each form, its fields named as in CSL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from press.ingest.record import Record, record
from press.problems import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

BIBTEX = r"""@comment{no}
@article{key,
  author = {M{\"u}ller, J{\'o}zef and {World Health Organization} and Jean de la Fontaine and Smith, Jr., Ann},
  title = {Deaths in {HIV} care --- 50\% of \emph{all} {\v S}koda,
    a review},
  journal = {No}, year = 2019, month = mar, day = 5,
  doi = {https://doi.org/10.1016/x\_y},
  url = {https://Example.org/a%20b?c=d_e},
}"""
RIS = """TY  - JOUR
AU  - Müller, Józef
AU  - World Health Organization
AU  - de la Fontaine, Jean
AU  - Smith Jr., Ann
TI  - Deaths in HIV care — 50% of all Škoda, a review
PY  - 2019
DA  - 2019/03/05/
DO  - 10.1016/x_y
UR  - https://Example.org/a%20b?c=d_e
ER  - """
CSL = {
    "type": "article-journal",
    "author": [
        {"family": "Müller", "given": "Józef"},
        {"literal": "World Health Organization"},
        {"family": "Fontaine", "given": "Jean", "non-dropping-particle": "de la"},
        {"family": "Smith", "given": "Ann", "suffix": "Jr."},
    ],
    "title": "Deaths in HIV care — 50% of all Škoda, a review",
    "issued": {"date-parts": [[2019, "3", 5]]},
    "DOI": "10.1016/x_y",
    "URL": "https://Example.org/a%20b?c=d_e",
}
EXPECTED = Record(
    author=("Müller, Józef", "World Health Organization", "de la Fontaine, Jean", "Smith Jr., Ann"),
    title="Deaths in HIV care — 50% of all Škoda, a review",
    issued="2019-03-05",
    addresses=("https://doi.org/10.1016/x_y", "https://example.org/a%20b?c=d_e"),
)


def beside(folder: Path, ending: str, text: str) -> Path:
    """Write a record and return the review beside it."""
    (folder / f"review{ending}").write_text(text, encoding="utf-8")
    return folder / "review.pdf"


@pytest.mark.parametrize(
    ("ending", "text"),
    [(".bib", BIBTEX), (".ris", RIS), (".json", json.dumps(CSL)), (".json", json.dumps([CSL]))],
)
def test_each_form_says_the_same(tmp_path: Path, ending: str, text: str) -> None:
    """Names, accents, the day and both addresses."""
    assert record(beside(tmp_path, ending, text)) == EXPECTED


def test_without_a_file_there_is_no_record(tmp_path: Path) -> None:
    """That of another review is not taken."""
    beside(tmp_path, ".bib", BIBTEX)
    assert record(tmp_path / "other.pdf") is None


@pytest.mark.parametrize(
    ("ending", "text", "expected"),
    [
        (
            ".bib",
            "@techreport{k, institution={UNODC}, title={T}, date={2019-03}}",
            Record(("UNODC",), "T", "2019-03", kind="report"),
        ),
        (".bib", "@misc{k, title={T}, year={2019}}", Record(title="T", issued="2019")),
        (
            ".ris",
            "TY  - RPRT\nA1  - UNODC\nT1  - T\nY1  - 2019\nER  - ",
            Record(("UNODC",), "T", "2019", kind="report"),
        ),
        (".ris", "TY  - NEWS\nTI  - T\nUR  - ftp://a.org\nER  - ", Record(title="T", kind="news")),
        (
            ".json",
            '{"type": "legislation", "title": "T", "issued": {"raw": "2019-3"}}',
            Record(title="T", issued="2019-03", kind="law"),
        ),
        (
            ".json",
            '{"title": "T", "DOI": "doi:10.1000/A<b c"}',
            Record(title="T", addresses=("https://doi.org/10.1000/A%3Cb",)),
        ),
    ],
)
def test_what_is_not_said_stays_empty(
    tmp_path: Path, ending: str, text: str, expected: Record
) -> None:
    """A kind is taken where the type tells it: an article may be anything."""
    assert record(beside(tmp_path, ending, text)) == expected


@pytest.mark.parametrize(
    ("ending", "text", "said"),
    [
        (".bib", "", "has 0 records in BibTeX; keep that of the review"),
        (".bib", BIBTEX + BIBTEX.replace("key", "other"), "has 2 records in BibTeX"),
        (".bib", "@article{key, title = {No", "has a mistake in its BibTeX"),
        (".bib", "@misc{k, title={T}, year={soon}}", "has the date 'soon'; write it as '2018'"),
        (".bib", "@misc{k, title={T}, date={2019-13}}", "has the date '2019-13'"),
        (".ris", "Some words.", "has 0 records in RIS"),
        (".ris", "TY  - JOUR\nTI  - cut", "RIS"),
        (".json", "{", "cannot be read as CSL-JSON"),
        (".json", '"words"', "cannot be read as CSL-JSON"),
        (".json", "[" * 5000, "cannot be read as CSL-JSON"),
        (".json", " " * 1_100_000, "is larger than 1 MB"),
        (".json", "\x00", "is no text"),
    ],
)
def test_a_record_with_a_fault_is_named(tmp_path: Path, ending: str, text: str, said: str) -> None:
    """It is in the record's file, not in the review."""
    with pytest.raises(RefusedError, match=said) as refused:
        record(beside(tmp_path, ending, text))
    assert str(refused.value).startswith(f"{tmp_path / 'review'}{ending}: ")


def test_two_records_of_one_review_are_refused(tmp_path: Path) -> None:
    """One of them would be forgotten when the other changes."""
    beside(tmp_path, ".bib", BIBTEX)
    with pytest.raises(
        RefusedError, match=r"review\.bib and .*review\.ris are records of one review"
    ):
        record(beside(tmp_path, ".ris", RIS))
