"""What is on the page and not on paper is found: a first page that is too full loses nothing in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from press.problems import ContentRefusedError
from tests.support.editions import produce

pytestmark = pytest.mark.usefixtures("servers")
LIBRARY = Path(__file__).parents[1] / "library"
FULL = "Word after word. "


def problems(content: Path) -> list[str]:
    """Return what is wrong with the red brief of *content*, printed for real."""
    made = produce(content.parent, content, printing=True, audiences=("red",))
    return [str(problem) for problem in made.problems]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library, in which only the page limits the texts."""
    folder = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    (folder / "limits.yaml").write_text("all: {pages: 9}\n", "utf-8")
    return folder


def lengthen(content: Path, old: str, times: int) -> None:
    """Put many words before *old*."""
    path = content / "blocks" / "red.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, FULL * times + old, 1), "utf-8")


def refusal(content: Path) -> str:
    """Return the refusal of the red brief."""
    with pytest.raises(ContentRefusedError) as refused:
        problems(content)
    return "\n".join(map(str, refused.value.problems))


def test_a_first_page_that_holds_its_blocks_loses_nothing(content: Path) -> None:
    """The library as it is prints every letter of its page."""
    assert problems(content) == []


def test_a_message_that_does_not_fit_is_not_dropped_in_silence(content: Path) -> None:
    """The engine leaves out what a page's grid can't hold; that is an error at the block."""
    lengthen(content, "Of the visitors", 300)
    assert "letters of this text: it does not fit" in refusal(content)
    assert "blocks/red.yaml:7:1" in refusal(content)


def test_an_ask_that_leaves_page_1_is_refused(content: Path) -> None:
    """What has to stand on page 1 stands there or nowhere."""
    path = content / "blocks" / "red.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("count again.", f"count again. {FULL * 42}", 1), "utf-8")
    assert "this block has to be on page 1 and is on page 2" in refusal(content)


def test_a_name_that_is_too_long_is_told_at_its_place(content: Path) -> None:
    """It is in the series, which all briefs share, and not in the brief."""
    path = content / "series.yaml"
    text = path.read_text("utf-8")
    name = "a town of the valley " * 60
    path.write_text(text.replace("name: Gardens of the town", f"name: {name}", 1), "utf-8")
    told = refusal(content)
    assert "a town of the valley" in told
    assert "series.yaml:1:7" in told
    assert "briefs/red.yaml" not in told


def test_a_label_that_is_too_long_is_told_at_its_place(content: Path) -> None:
    """It is printed in the head of each page, outside of all blocks."""
    path = content / "briefs/red.yaml"
    label = "a town of the valley " * 60
    text = path.read_text("utf-8")
    path.write_text(text.replace("label: For red readers", f"label: {label}", 1), "utf-8")
    told = refusal(content)
    assert "briefs/red.yaml:1:8: error: " in told
    assert "a town of the valle…' leaves the sheet in height by" in told
    assert "briefs/red.yaml:1:1" not in told
