"""What overtook a claim is told with its year, wherever that is, and beside the claim that it qualifies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press.build import report
from press.checks.content import qualifiers, verdicts
from press.checks.prose import read
from press.content import library
from tests.checks.test_editorial import prepared
from tests.support.editions import produce

if TYPE_CHECKING:
    from pathlib import Path

LATER = """
citation: A later count
kind: official statistics
author: [Gardens Office]
title: A later count
outside: true
seen: 2026-01-02
passages:
  L1:
    fingerprint: 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed
    values: ["2025", "50", "30"]
"""
CLAIM = """
recount:
  ref: L1
  source: later
  locator: L1
  passage: 7692c3ad
  claim: In {recount.total:year} there were {recount.total} gardens, {recount.schools} of them at schools.
  values:
    total: {number: 50, unit: gardens}
    schools: {number: 30, unit: gardens}
  year: 2025
  kind: statistic
  basis: outside
  use: ok
"""
TOLD = "In {recount.total:year} there were {recount.total} gardens."


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the small library, in which a later count overtook the first."""
    content = prepared(tmp_path)
    (content / "sources/later.yaml").write_text(LATER, "utf-8")
    claims = content / "claims/gardens.yaml"
    text = claims.read_text("utf-8")
    assert "\n  references" in text
    qualified = text.replace("\n  references", "\n  qualified_by: [recount]\n  references", 1)
    claims.write_text(qualified + CLAIM, "utf-8")
    return content


def with_blocks(content: Path, sections: str, blocks: str) -> list[str]:
    """Return what is said of the brief 'red' with *blocks* in more *sections*."""
    brief = content / "briefs/red.yaml"
    text = brief.read_text("utf-8")
    assert text.count("  made:") == 1
    brief.write_text(text.replace("  made:", f"{sections}  made:"), "utf-8")
    (content / "blocks/more.yaml").write_text(blocks or "{}", "utf-8")
    draft = library.load(content, "")
    assert draft.faults == []
    reading = read(draft, "red", "en")
    found = [
        *verdicts.check(draft),
        *qualifiers.references(draft),
        *qualifiers.check(draft, reading),
    ]
    return [
        f"{fault.problem.place.path.rpartition('/')[2]}:{fault.problem.place.line} {fault.problem.message}"
        f" [{fault.problem.rule}]"
        for fault in found
    ]


ALONE = (
    "red.yaml:4 brief 'red' prints 'gardens' without what overtook it: cite recount beside it, or say why not "
    "under 'unqualified' in the brief [qualified]"
)


def paragraph(name: str, text: str) -> str:
    """Return a block of text."""
    return f"{name}:\n  paragraph:\n    text: '{text}'\n"


def test_a_claim_is_not_printed_without_what_overtook_it(content: Path) -> None:
    """In a section behind page 1 it is far from what it overtook."""
    assert with_blocks(content, "", "") == [ALONE]
    assert with_blocks(content, "  evidence: [later]\n", paragraph("later", TOLD)) == [ALONE]


@pytest.mark.parametrize(
    ("sections", "blocks"),
    [
        # beside it in its section, or in the next block, which is in another one
        (
            "  evidence: [old, other, later]\n",
            {"old": "Old.[^gardens]", "other": "A.", "later": TOLD},
        ),
        ("  evidence: [old]\n  unknown: [later]\n", {"old": "Old.[^gardens]", "later": TOLD}),
        ("  evidence: [old]\n", {"old": f"Old.[^gardens] {TOLD}"}),
    ],
)
def test_beside_is_what_a_reader_sees_together(
    content: Path, sections: str, blocks: dict[str, str]
) -> None:
    """Once is enough: a reader of one section sees both."""
    typed = "".join(paragraph(name, text) for name, text in blocks.items())
    assert with_blocks(content, sections, typed) == []


def test_page_one_is_seen_as_a_whole(content: Path) -> None:
    """A message qualifies what the figure shows."""
    path = content / "blocks/red.yaml"
    text, old = (
        path.read_text("utf-8"),
        "The survey says {visitors.children} of visitors are children.",
    )
    assert old in text
    path.write_text(text.replace(old, TOLD), "utf-8")
    assert with_blocks(content, "", "") == []


def test_what_is_two_blocks_away_in_another_section_is_far(content: Path) -> None:
    """The reader of one does not see the other."""
    typed = paragraph("old", "Old.[^gardens]") + paragraph("other", "A.") + paragraph("later", TOLD)
    sections = "  evidence: [old, other]\n  unknown: [later]\n"
    assert with_blocks(content, sections, typed) == [ALONE]


def test_a_mistyped_exception_is_told(content: Path) -> None:
    """With the claim that is meant."""
    brief = content / "briefs/red.yaml"
    text = brief.read_text("utf-8")
    brief.write_text(f"{text}unqualified: {{garden: other gardens were counted}}\n", "utf-8")
    [said, mistyped] = with_blocks(content, "", "")
    assert said == ALONE
    assert "take the exception out; did you mean 'gardens'?" in mistyped


def test_an_exception_has_its_reason_in_the_report(content: Path) -> None:
    """And nothing is said of it."""
    brief = content / "briefs/red.yaml"
    text = brief.read_text("utf-8")
    brief.write_text(f"{text}unqualified: {{gardens: other gardens were counted}}\n", "utf-8")
    assert with_blocks(content, "", "") == []
    (content / "blocks/more.yaml").unlink()
    [red] = [
        each
        for each in report.reports(produce(content.parent / "work", content))
        if each.brief == "red"
    ]
    assert red.set_aside == ("gardens: unqualified (other gardens were counted)",)


FIGURE = """
later:
  figure:
    title: Schools have {{recount.schools}} of {{recount.total}} gardens
    subtitle: Number of gardens{year}
    source: a count
    alternative: Bars.
    {form}:
      - {{label: At schools, value: recount.schools}}
      - {{label: In all, value: recount.total}}
"""
UNDATED = "claim 'recount' became known later: print its year in the same sentence, as {recount.total:year} [since]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TOLD, []),
        ("**{recount.total:year}:** There were {recount.total} gardens.", []),
        # the head of a paragraph dates it to its end, and the next one not
        ("**May {recount.total:year}:** All was counted. There were {recount.total} gardens.", []),
        (
            "**{gardens.total:year}:** All was new. There were {recount.total} gardens.",
            [f"more.yaml:3 {UNDATED}"],
        ),
        (
            "**Later:** In {recount.total:year} all was new. There were {recount.total} gardens.",
            [f"more.yaml:3 {UNDATED}"],
        ),
        ("Old.[^gardens] Later.[^recount]", [f"more.yaml:3 {UNDATED}"]),
        (
            "In {recount.total:year} all was new. There were {recount.total} gardens.",
            [f"more.yaml:3 {UNDATED}"],
        ),
        ("In {gardens.total:year} there were {recount.total} gardens.", [f"more.yaml:3 {UNDATED}"]),
    ],
)
def test_what_is_later_is_told_with_its_year(content: Path, text: str, said: list[str]) -> None:
    """In the same sentence, or before the colon that begins its paragraph."""
    typed = paragraph("later", f"{text} Old.[^gardens]")
    assert with_blocks(content, "  evidence: [later]\n", typed) == said


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("In {recount.total:year}, the study says, there were {recount.total} gardens.", "study"),
        ("The study also reports {recount.total} gardens in {recount.total:year}.", "study"),
        ("According to the study, {recount.total} were there in {recount.total:year}.", "study"),
        ("In {recount.total:year} the study found {recount.total} gardens.", "study"),
        ("The study did not count the {recount.total} of {recount.total:year}.", ""),
        ("The Gardens Board says there were {recount.total} in {recount.total:year}.", ""),
        ("In {recount.total:year} there were {recount.total}, where the study’s were fewer.", ""),
        (
            "Of {gardens.total} gardens, the study says, {recount.total} were left in {recount.total:year}.",
            "",
        ),
    ],
)
def test_the_source_of_the_series_did_not_say_what_is_later(
    content: Path, text: str, by: str
) -> None:
    """Nobody may read it as if the review had said it; a sentence that cites both may name it."""
    said = f"more.yaml:3 '{by}' did not say what became known later: name who did [since]"
    typed = paragraph("later", f"{text} Old.[^gardens]")
    assert with_blocks(content, "  evidence: [later]\n", typed) == ([said] if by else [])


def test_the_head_of_an_item_dates_it_and_not_the_next(content: Path) -> None:
    """Each item of a list has its own."""
    items = "- **{recount.total:year}:** It was new. All was seen.[^recount]\\n- Later.[^recount]"
    typed = f'later:\n  paragraph:\n    text: "{items} Old.[^gardens]"\n'
    assert with_blocks(content, "  evidence: [later]\n", typed) == [f"more.yaml:3 {UNDATED}"]


@pytest.mark.parametrize(
    ("form", "year", "said"),
    [
        ("bars", ", {recount.total:year}", []),
        ("bars", "", [f"more.yaml:4 {UNDATED}"]),
        ("bars", ", {gardens.total:year}", [f"more.yaml:4 {UNDATED}"]),
    ],
)
def test_a_later_figure_has_its_year(content: Path, form: str, year: str, said: list[str]) -> None:
    """In its title, its subtitle or its labels, which are read together."""
    blocks = FIGURE.format(form=form, year=year) + paragraph("old", "Old.[^gardens]")
    assert with_blocks(content, "  evidence: [later, old]\n", blocks) == said


def test_tiles_date_what_they_show(content: Path) -> None:
    """Each prints the year of its claim."""
    blocks = FIGURE.format(form="tiles", year="").replace(
        "{recount.schools} of {recount.total} ", ""
    )
    assert with_blocks(content, "  evidence: [later]\n", blocks) == [ALONE]
