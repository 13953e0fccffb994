"""What names a value says its measure; vague amounts and typed citations are refused, honest prose is not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from press import checks
from press.content import library
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = HERE.root / "tests" / "library"
LABEL, SUBTITLE = "label: Elsewhere", "subtitle: Number of gardens, {gardens.total:year}"
TABLE = """blue-table:
  table:
    title: Gardens in {gardens.total:year}
    columns: [What, "HEAD"]
    rows:
      - ["ROW", "{CELL}"]
      - [Others, none]
"""
SPEC = """    spec:
      data:
        - {label: Elsewhere, value: gardens.others}
        - {label: Schools, value: gardens.schools}
      mark: point
      encoding:
        x: {field: value, type: quantitative, axis: {title: TITLE}}
        y: {field: label, type: nominal}
"""
GATES, SHARE = (
    "Gates are shut.[^quiet]",
    "Children are {visitors.children} of visitors, the survey says.",
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library."""
    return shutil.copytree(LIBRARY, tmp_path / "content")


def said(content: Path, file: str, old: str, new: str) -> list[str]:
    """Return what is wrong once *new* is in the place of *old* in a file."""
    path = content / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    read = library.load(content, "")
    assert read.faults == []
    return [fault.problem.message for fault in checks.of_library(read, HERE.fonts)]


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Area in hectares", "hectares"),
        ("Hectares", "Hectares"),
        ("Hectares elsewhere", ""),  # it may be a name
        ("Hectares of gardens", "Hectares"),
        ("Elsewhere (in km)", "km"),
        ("Elsewhere in years", "years"),
        ("Share of gardens", "Share of"),
        ("Percent elsewhere", "Percent"),
        ("Gardens in euros", "euros"),
        ("Gardens per head", "per head"),
        ("Gardens [km]", "km"),
        ("Gardens / km", "/ km"),
        ("Gardens a year", "a year"),
        ("Total hectares", "hectares"),
        ("Rate of gardens", "Rate of"),
        ("Proportion", "Proportion"),
        ("Number of gardens", ""),
        ("Men/women", ""),
        ("Periods", ""),
        ("Elsewhere in Osh", ""),
        ("Elsewhere, for years open", ""),
        ("Elsewhere in months of drought", ""),
        ("Gardens for hours of rest", ""),
    ],
)
def test_a_label_says_the_measure_of_its_value(content: Path, label: str, measure: str) -> None:
    """It is read as what the number counts, in brackets or not."""
    what = f"this says '{measure}', but its value counts gardens: correct one of them"
    found = said(content, "blocks/red.yaml", LABEL, f'label: "{label}"')
    assert [line for line in found if "this says" in line] == [what] * bool(measure)


@pytest.mark.parametrize(
    ("subtitle", "sound"),
    [("Hectares of gardens", False), ("Share of gardens", False), ("Gardens in town", True)],
)
def test_a_subtitle_says_a_measure_of_its_values(
    content: Path,
    subtitle: str,
    sound: bool,  # noqa: FBT001 - a case
) -> None:
    """It is the unit of the whole drawing."""
    new = SUBTITLE.replace("Number of gardens", subtitle)
    found = said(content, "blocks/red.yaml", SUBTITLE, new)
    assert [line for line in found if "its values count gardens" in line] == found
    assert bool(found) != sound


@pytest.mark.parametrize(
    ("title", "sound"), [("Gardens in hectares", False), ("Number of gardens", True)]
)
def test_an_axis_says_the_measure_of_its_values(
    content: Path,
    title: str,
    sound: bool,  # noqa: FBT001 - a case
) -> None:
    """The unit beside another measure is not enough."""
    form = (content / "blocks/red.yaml").read_text("utf-8").partition("    parts:")[2]
    old = f"    parts:{form.partition('red-ask:')[0]}"
    found = said(content, "blocks/red.yaml", old, SPEC.replace("TITLE", title))
    assert any("this says 'hectares'" in line for line in found) != sound


@pytest.mark.parametrize(
    ("head", "row", "cell", "measure"),
    [
        ("Area in hectares", "Gardens", "gardens.total", "hectares"),
        ("Share of gardens", "Gardens", "gardens.total", "Share of"),
        ("Gardens", "Area (hectares)", "gardens.total", "hectares"),
        ("Number of visitors", "Children", "visitors.children", "Number of"),
        ("Share of visitors", "Children", "visitors.children", ""),
        ("Number of gardens", "Gardens", "gardens.total", ""),
        ("Years", "Gardens", "gardens.total:year", ""),
    ],
)
def test_the_head_of_a_column_or_row_says_the_measure_of_its_values(
    content: Path, head: str, row: str, cell: str, measure: str
) -> None:
    """A cell has no room for a unit of its own."""
    table = TABLE.replace("HEAD", head).replace("ROW", row).replace("CELL", cell)
    found = said(content, "blocks/blue.yaml", "blue-option:", f"{table}blue-option:")
    assert [line.split("'")[1] for line in found if "this says" in line] == [measure] * bool(
        measure
    )


@pytest.mark.parametrize(
    ("right", "sentence", "word"),
    [
        (GATES, "Tons of gates are shut.[^quiet]", "Tons of"),
        (GATES, "A few gates are shut.[^quiet]", "A few"),
        (GATES, "Many gates are shut.[^quiet]", "Many"),
        (GATES, "How many gates are shut?[^quiet]", ""),
        (GATES, "Most gates are shut.[^quiet]", ""),
        (
            SHARE,
            "Typically, children are {visitors.children} of visitors, the survey says.",
            "Typically",
        ),
        (
            SHARE,
            "On the whole, children are {visitors.children} of visitors, the survey says.",
            "On the whole",
        ),
        (
            SHARE,
            "On average children are {visitors.children} of visitors, the survey says.",
            "On average",
        ),
        (
            SHARE,
            "Children are {visitors.children} of visitors, as a rule, the survey says.",
            "as a rule",
        ),
        (GATES, "Gates are typically shut.[^quiet]", ""),
    ],
)
def test_an_amount_or_a_rule_is_that_of_the_claim(
    content: Path, right: str, sentence: str, word: str
) -> None:
    """A reader takes it for a number, or for more than one value."""
    found = said(content, "blocks/blue.yaml", right, sentence)
    vague = ("is an amount that nothing", "makes a rule of a value")
    assert [line.split("'")[1] for line in found if any(each in line for each in vague)] == [
        word
    ] * bool(word)


def test_a_vague_amount_of_the_claim_may_be_said_in_other_words(content: Path) -> None:
    """'Many' is a fair word for 'numerous'."""
    file = content / "claims/gardens.yaml"
    file.write_text(
        file.read_text("utf-8").replace(
            "claim: Gardens are quiet", "claim: Numerous gates are shut"
        ),
        "utf-8",
    )
    found = said(content, "blocks/blue.yaml", GATES, "Many gates are shut.[^quiet]")
    assert not [line for line in found if "is an amount" in line]


@pytest.mark.parametrize(
    ("right", "sentence", "what"),
    [
        (GATES, "Gates are shut .[^quiet]", "nothing stands before this '.'"),
        (GATES, "Gates are  shut.[^quiet]", "two spaces stand between these words"),
        (GATES, "gates are shut.[^quiet]", "this begins with a small letter"),
        (GATES, "Gates are shut;- quiet.[^quiet]", "'-' begins an item here"),
        (GATES, "Gates are shut.  They are quiet ...[^quiet]", ""),
        (GATES, "|\n      - gates that are shut.[^quiet]", ""),
    ],
)
def test_what_an_edit_has_lost_is_told(content: Path, right: str, sentence: str, what: str) -> None:
    """A value that was deleted leaves its blanks, a line that was deleted a small letter."""
    found = said(content, "blocks/blue.yaml", right, sentence)
    lost = ("nothing stands", "two spaces", "a small letter", "begins an item")
    assert [what in line for line in found if any(each in line for each in lost)] == [True] * bool(
        what
    )


@pytest.mark.parametrize(
    ("names", "sound"),
    [
        ("Smith and Jones", False),
        ("Smith & Jones", False),
        ("Elm and Oak", True),
        ("Osh and Batken", True),
    ],
)
def test_two_names_in_brackets_are_known(
    content: Path,
    names: str,
    sound: bool,  # noqa: FBT001 - a case
) -> None:
    """As a citation they name authors of no source; as places they are named elsewhere."""
    blocks = content / "blocks/red.yaml"
    text = blocks.read_text("utf-8")
    blocks.write_text(text.replace("They are quiet.", "They are quiet in Osh and Batken."), "utf-8")
    found = said(content, "blocks/blue.yaml", GATES, f"Gates are shut ({names}).[^quiet]")
    assert any(f"'({names})' cites nothing" in line for line in found) != sound


def test_two_names_in_an_opener_are_read_once(content: Path) -> None:
    """Read twice, they would seem to be named elsewhere."""
    title = "title: Gardens"
    opener = f"openers: {{options: Gates are shut (Smith and Jones)}}\n{title}"
    found = said(content, "briefs/blue.yaml", title, opener)
    assert any("'(Smith and Jones)' cites nothing" in line for line in found)
