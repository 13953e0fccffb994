"""Passages: sentences joined over line ends and page breaks, with locators that a reader finds again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.content.model.sources import Correction
from press.content.scalar import Scalar
from press.ingest.corrections import corrected
from press.ingest.document import Cell, Document, Paragraph
from press.ingest.passages import Piece, fingerprint, located, pieces

SHARED = Path(__file__).parents[3] / "shared" / "review"


def document(*paragraphs: str | Paragraph) -> Document:
    """Return a document of these paragraphs, whose lines end at '/'."""
    return Document(
        tuple(
            each if isinstance(each, Paragraph) else Paragraph(tuple(each.split("/")))
            for each in paragraphs
        )
    )


def cut(*paragraphs: str | Paragraph, way: str = "paragraph") -> dict[str, str]:
    """Return the passages of a document by locator."""
    return {each.locator: each.words for each in located(pieces(document(*paragraphs), "en"), way)}


@pytest.mark.parametrize(
    ("paragraphs", "passages"),
    [
        (["Gates open. They shut."], {"P1.1": "Gates open.", "P1.2": "They shut."}),
        (["Gates/open at/night."], {"P1.1": "Gates open at night."}),
        (
            ["One gate opens at", "night. It shuts."],
            {"P1.1": "One gate opens at night.", "P1.2": "It shuts."},
        ),
        (["Gates open.", "They shut."], {"P1.1": "Gates open.", "P2.1": "They shut."}),
        (
            ["These are open:", "gates;", "II. doors;", "and windows.", "All shut."],
            {
                "P1.1": "These are open:",
                "P1.2": "gates;",
                "P1.3": "II. doors;",
                "P1.4": "and windows.",
                "P2.1": "All shut.",
            },
        ),
        (
            ["Gates.4 Doors open.”5 All,6 then."],
            {"P1.1": "Gates.4", "P1.2": "Doors open.”5", "P1.3": "All,6 then."},
        ),
        (
            ["Dr. Elm of St. Oak has 3.5 gates. No. 5 is shut."],
            {"P1.1": "Dr. Elm of St. Oak has 3.5 gates.", "P1.2": "No. 5 is shut."},
        ),
        (
            ["Of gates/Gates of the town open at night and/shut in the morning."],
            {
                "P0.1": "Of gates",
                "P1.1": "Gates of the town open at night and shut in the morning.",
            },
        ),
    ],
)
def test_a_text_is_cut_into_its_sentences(paragraphs: list[str], passages: dict[str, str]) -> None:
    """Page breaks divide no sentence, marks and abbreviations end none, a list belongs to its sentence."""
    assert cut(*paragraphs) == passages


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("A rehabi-/litation of gates.", "A rehabilitation of gates."),
        ("An anti-frost gate. Anti-/frost gates open.", "Anti-frost gates open."),
        ("The gate is free. A gate-/free town.", "A gate-free town."),
        ("Frostless gates. A frost-/less gate.", "A frostless gate."),
        ("From 2011-/2012 on.", "From 2011- 2012 on."),
        ("From 2011–/2012 on.", "From 2011–2012 on."),
        ("Frost-less gates are well-/known. A re‐/port.", "Frost-less gates are well-known."),
        (
            "A random-/effects model, of ran-/dom-effects.",
            "A random-effects model, of random-effects.",
        ),
        ("A gate of 5-/HT2A and MDMA-/Drugs.", "A gate of 5-HT2A and MDMADrugs."),
        ("A rate (p = ./01) of MDMB-4en-/PINACA.", "A rate (p = .01) of MDMB-4en-PINACA."),
        ("As doi:/10.1002 has it.", "As doi:10.1002 has it."),
        ("Of gates./⁹ They rust.", "Of gates.9"),
    ],
)
def test_a_hyphen_at_a_line_end_stays_where_it_belongs_to_the_word(lines: str, words: str) -> None:
    """The text itself tells, where it has the word elsewhere."""
    assert words in cut(lines).values()


def test_an_address_and_a_dash_without_spaces_are_cut_at_a_line_end() -> None:
    """Words around a spaced dash stay apart."""
    lines = (
        "See https://",
        "oak.org/",
        "gates/or — gates—",
        "all of them",
        "—rust; ash/",
        "Elm —",
        "yew.",
    )
    [words] = cut(Paragraph(lines)).values()
    assert words == "See https://oak.org/gates/or — gates—all of them—rust; ash/ Elm — yew."


def test_locators_are_counted_by_page_or_section() -> None:
    """Rows of tables have their own."""
    text = (
        Paragraph(("Gates open. They shut.",), page="iv", section="1"),
        Paragraph(("A gate | 5",), "row", page="iv", section="1", cell=Cell(2, 4)),
        Paragraph(("They rust.",), page="5", section="2.1"),
    )
    assert [*cut(*text, way="page")] == ["p. iv, 1", "p. iv, 2", "Table 2, row 4", "p. 5, 1"]
    assert [*cut(*text, way="section")] == ["§1, 1", "§1, 2", "Table 2, row 4", "§2.1, 1"]


def test_a_sentence_behind_a_page_break_has_the_label_of_its_page() -> None:
    """One that the break cuts has that of the page on which it begins."""
    text = (
        Paragraph(("Gates open. They shut at",), page="4"),
        Paragraph(("night. They rust.",), page="5"),
        Paragraph(("All of them,",), page="5"),
        Paragraph(("always",), page="6"),
        Paragraph(("and",), page="7"),
        Paragraph(("ever. So it is.",), page="8"),
    )
    found = cut(*text, way="page")
    assert found == {
        "p. 4, 1": "Gates open.",
        "p. 4, 2": "They shut at night.",
        "p. 5, 1": "They rust.",
        "p. 5, 2": "All of them, always and ever.",
        "p. 8, 1": "So it is.",
    }


@given(st.lists(st.text(alphabet="ab .,;:A1-\n", min_size=1), max_size=6))
def test_no_word_is_lost_and_no_locator_is_given_twice(texts: list[str]) -> None:
    """Whatever the text."""
    paragraphs = [Paragraph(tuple(text.split("\n"))) for text in texts]
    found = located(pieces(Document(tuple(paragraphs)), "en"), "paragraph")
    letters = "".join(char for text in texts for char in text if char.isalnum())
    assert "".join(char for each in found for char in each.words if char.isalnum()) == letters
    assert len({each.locator for each in found}) == len(found)


def correction(**fields: str | int) -> Correction:
    """Return a correction as it is read."""
    return Correction.model_validate({key: Scalar(str(value)) for key, value in fields.items()})


def corrections_of(found: tuple[Piece, ...], *typed: Correction) -> list[tuple[str, str]]:
    """Return locators and words after these corrections."""
    pieces_, _, problems = corrected(found, typed, "paragraph")
    assert problems == ()
    return [(each.locator, each.words) for each in pieces_]


def test_an_author_corrects_where_passages_end() -> None:
    """Each correction is done to what the ones before have left."""
    found = pieces(document("Gates open. They shut. All rust."), "en")
    joined = corrections_of(found, correction(join="P1.1"))
    assert joined == [("P1.1", "Gates open. They shut."), ("P1.2", "All rust.")]
    both = corrections_of(found, correction(join="P1.1"), correction(split="P1.1", words=1))
    assert both == [("P1.1", "Gates"), ("P1.2", "open. They shut."), ("P1.3", "All rust.")]


def test_a_correction_stays_with_its_words() -> None:
    """Where a sentence comes before them, they have another locator, and the correction still finds them."""
    typed = correction(join="P1.1")
    cut_ = pieces(document("Gates open. They shut."), "en")
    _, [digits], _ = corrected(cut_, [typed], "paragraph")
    later = pieces(document("First this. Gates open. They shut."), "en")
    assert corrections_of(later, correction(join="P1.1", begins=digits))[1:] == [
        ("P1.2", "Gates open. They shut.")
    ]
    _, _, problems = corrected(
        pieces(document("All else."), "en"), [correction(join="P1.1", begins=digits)], "paragraph"
    )
    assert "no passage is P1.1 any more" in problems[0].message


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([correction(join="P1.9")], "no passage is P1.9 any more, or none follows it"),
        ([correction(join="P1.3")], "no passage is P1.3 any more, or none follows it"),
        ([correction(split="P1.2", words=2)], "passage P1.2 has 2 words"),
        (
            [correction(join="P1.1"), correction(split="P1.1", words=2)],
            "what is done to P1.1 here undoes another correction",
        ),
        (
            [correction(split="P1.1", words=1), correction(join="P1.1")],
            "what is done to P1.1 here undoes another correction",
        ),
    ],
)
def test_corrections_that_cannot_be_done_are_told(typed: list[Correction], said: str) -> None:
    """Where they fit nowhere, or contradict each other; the others are done."""
    _, _, [problem] = corrected(
        pieces(document("Gates open. They shut. All rust."), "en"), typed, "paragraph"
    )
    assert problem.message == f"{said}; take this correction out, or write it anew"


def test_the_first_review_gives_its_passages() -> None:
    """All 92 of them, with their locators and fingerprints, and without a correction."""
    if not SHARED.exists():
        pytest.skip("not run: needs the review, which is no part of the project")
    text = (SHARED / "review.txt").read_text("utf-8")
    with (SHARED / "passages.tsv").open(encoding="utf-8") as file:
        wanted = {
            row["locator"]: row["text"]
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    paragraphs = [block.replace("\n", "/") for block in text.strip("\n").split("\n\n")]
    found = cut(*paragraphs)
    assert len(wanted) == 92
    assert {name: fingerprint(words) for name, words in found.items()} == {
        name: fingerprint(words) for name, words in wanted.items()
    }
