"""Months and years to come are free where a brief proposes something; dates of the past need a claim everywhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from press.checks.content import texts
from press.content import library

LIBRARY = Path(__file__).parents[1] / "library"
PROPOSED = {  # what stands in the small library, whose release is of January 2026
    "takes": ("takes: A key", "takes: A key"),
    "step": ("does: look for the keys.", "does: look for the keys"),
    "basis": ("basis: The date is ours.", "basis: The date is ours"),
    "benefit": ("benefit: No evidence was found.", "benefit: No evidence was found"),
    "paragraph": ("text: Gates are shut.[^quiet]", "text: Gates are shut"),
}
OBJECTION = "blue-objection:\n  objection:\n    says: We wait\n    answer: We wait as well"


def numbers(tmp_path: Path, old: str, new: str, *, heads: str = "") -> list[str]:
    """Return what is said of numbers where *new* stands for *old* in blocks, and *heads* are added to the brief."""
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    blocks, brief = content / "blocks/blue.yaml", content / "briefs/blue.yaml"
    typed = f"{blocks.read_text('utf-8')}{OBJECTION}\n"
    assert old in typed
    blocks.write_text(typed.replace(old, new, 1), "utf-8")
    brief.write_text(f"{brief.read_text('utf-8')}  objections: [blue-objection]\n{heads}", "utf-8")
    read = library.load(content, "")
    assert read.faults == []
    found = (fault.problem for fault in texts.check(read))
    return [each.message.split("'")[1] for each in found if each.rule == "number"]


@pytest.mark.parametrize("field", ["takes", "step", "basis", "benefit"])
@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("by September 2027, from 2028 to 2030, in mid-2029 and on 1 March 2031", []),
        ("in January 2026 and by 2036", []),
        ("in December 2025, in 2024 and by 2037", ["2025", "2024", "2037"]),
        ("for 2030 beds, 2031 in all, at 2030%", ["2030", "2031", "2030%"]),
    ],
)
def test_dates_to_come_are_ours(tmp_path: Path, field: str, words: str, refused: list[str]) -> None:
    """They need no declaration in what is proposed; other numbers do."""
    old, new = PROPOSED[field]
    assert numbers(tmp_path, old, f"{new} {words}.") == refused


def test_elsewhere_a_date_needs_its_claim(tmp_path: Path) -> None:
    """What is told is not ours."""
    old, new = PROPOSED["paragraph"]
    assert numbers(tmp_path, old, f"{new} in March 2027.") == ["2027"]


@pytest.mark.parametrize(
    ("cite", "refused"), [("", {"2025"}), ("[^quiet]", {"2025", "2027", "2028"})]
)
def test_an_answer_and_a_head_have_such_dates_where_they_cite_nothing(
    tmp_path: Path, cite: str, refused: set[str]
) -> None:
    """Under a citation, a date would be that of the claim."""
    answer = f"We wait until March 2027 as well.{cite} It was so in March 2025."
    heads = f"openers: {{objections: 'By 2028 each gate is open{cite}'}}\n"
    told = numbers(tmp_path, "We wait as well", answer, heads=heads)
    assert set(told) == refused
