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
    """What is longer than page 1 is an error at the block, and of its tags nothing is said."""
    lengthen(content, "Of the visitors", 300)
    told = refusal(content)
    assert "blocks/red.yaml:7:1: error: this block has to be on page 1 and is on page 3" in told
    assert "[tags]" not in told


def test_an_ask_that_leaves_page_1_is_refused(content: Path) -> None:
    """What has to stand on page 1 stands there or nowhere."""
    path = content / "blocks" / "red.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("count again.", f"count again. {FULL * 42}", 1), "utf-8")
    assert "this block has to be on page 1 and is on page 3" in refusal(content)


@pytest.mark.parametrize(
    ("file", "key"),
    [("series.yaml", "name: Gardens of the town"), ("briefs/red.yaml", "label: For red readers")],
)
def test_a_name_in_the_head_of_each_page_is_as_long_as_the_head(
    content: Path, file: str, key: str
) -> None:
    """The longest that may be typed is printed whole; a longer one is told at its place."""
    path, words = content / file, "a town of the valley " * 20
    text, field = path.read_text("utf-8"), key.partition(":")[0]
    path.write_text(text.replace(key, f"{field}: {words[:399].strip()}", 1), "utf-8")
    assert problems(content) == []
    path.write_text(text.replace(key, f"{field}: {words}", 1), "utf-8")
    told = refusal(content)
    assert f"{file}:1:{len(field) + 3}: error: a line has at most 400 characters" in told
    assert "geometry" not in told
