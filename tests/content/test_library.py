"""A draft holds what could be read; a library has all that is resolved, and is made only where it is there."""

from __future__ import annotations

import gc
import shutil
from typing import TYPE_CHECKING

import pytest

from press.content import library
from press.content.scalar import TextFile
from press.problems import ContentRefusedError
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

SMALL = HERE.root / "tests" / "library"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the small library, to be changed."""
    return shutil.copytree(SMALL, tmp_path / "content")


def test_a_whole_draft_is_a_library(folder: Path) -> None:
    """All that was read is in it."""
    draft = library.load(folder, "")
    whole = library.sound(draft)
    assert draft.faults == []
    assert (whole.series, whole.limits) == (draft.series, draft.limits)
    assert (whole.claims, whole.blocks) == (draft.claims, draft.blocks)


def test_a_file_that_has_not_changed_is_not_read_anew(folder: Path) -> None:
    """Its entries are those of before; in a file that has changed, each has the place where it is now."""
    before, path = library.load(folder, ""), folder / "blocks" / "red.yaml"
    path.write_text(f"# one line more\n{path.read_text('utf-8')}", "utf-8")
    after = library.load(folder, "")
    assert {name for name, block in after.blocks.items() if block is not before.blocks[name]} == {
        name
        for name in after.blocks
        if after.places[f"block:{name}"].path.endswith("blocks/red.yaml")
    }
    assert all(after.claims[name] is claim for name, claim in before.claims.items())
    assert after.places["block:red-main"].line == before.places["block:red-main"].line + 1


@pytest.mark.parametrize("name", ["series.yaml", "limits.yaml"])
def test_what_all_briefs_share_has_to_be_there(folder: Path, name: str) -> None:
    """Without the series or its limits nothing is built, and the draft says what is wrong."""
    (folder / name).write_text("name: [\n", encoding="utf-8")
    draft = library.load(folder, "here")
    assert draft.briefs
    with pytest.raises(ContentRefusedError, match=f"here/{name}:"):
        library.sound(draft)


@pytest.mark.parametrize(
    "name", ["health.yaml~", ".health.yaml.swp", "health.swo", "#health.yaml#"]
)
@pytest.mark.parametrize("where", ["", "blocks", "briefs", "images"])
def test_what_editors_leave_is_passed_over(folder: Path, where: str, name: str) -> None:
    """A backup file beside the one that is being edited is no mistake."""
    (folder / where).mkdir(exist_ok=True)
    (folder / where / name).write_text("half a file: [", encoding="utf-8")
    assert library.load(folder, "").faults == []


def test_outputs_lie_in_the_folder_of_a_series_and_not_in_the_content_of_a_clone(
    folder: Path,
) -> None:
    """Tables of claims and readers, too. Elsewhere nothing reads them, and nothing says that they are no outputs."""
    (folder / "releases").mkdir()
    [fault] = library.load(folder, "").faults
    assert "nothing reads 'releases'" in fault.problem.message
    (folder / "claims.csv").touch()
    assert len(library.load(folder, "").faults) == 2
    series = folder / "series.yaml"
    series.write_text(f"id: gardens-of-the-town\n{series.read_text('utf-8')}", "utf-8")
    assert library.load(folder, "").faults == []


@pytest.mark.parametrize("name", ["health.yml", "health.yaml.txt", "health~.txt"])
def test_what_is_in_the_wrong_place_is_reported(folder: Path, name: str) -> None:
    """A file that an author may take for content is not passed over."""
    (folder / "blocks" / name).write_text("", encoding="utf-8")
    [fault] = library.load(folder, "").faults
    assert f"nothing reads '{name}'" in fault.problem.message


def test_a_value_is_found_by_its_name() -> None:
    """A reference to a claim or a value that does not exist leads to none."""
    draft = library.load(SMALL, "")
    claim, name = next(
        (key, next(iter(one.values))) for key, one in draft.claims.items() if one.values
    )
    assert draft.value(f"{claim}.{name}") is draft.claims[claim].value(name)
    assert draft.value(f"{claim}.nothing") is None
    assert draft.value("nothing.nothing") is None


@pytest.mark.parametrize("line", ['"id": town', "id: >-\n  town", "? id\n: town"])
def test_an_id_is_typed_as_one_plain_line(folder: Path, line: str) -> None:
    """By it the folder is found before YAML is read; one that only YAML sees would be no id there."""
    path = folder / "series.yaml"
    text = path.read_text("utf-8")
    path.write_text(f"{line}\n{text}", encoding="utf-8")
    said = [fault.problem.message for fault in library.load(folder, "").faults]
    assert said == ["write the id on a line of its own that begins with it: id: town"]
    for plain in ("id: town", "id: 'town'  # small", '\ufeffid: "town"\r'):
        path.write_text(f"{plain}\n{text}", encoding="utf-8")
        assert library.load(folder, "").faults == []


def test_of_a_file_that_is_read_again_only_the_latest_text_is_kept(folder: Path) -> None:
    """A preview runs for days, and a file is saved hundreds of times."""
    path = folder / "blocks" / "red.yaml"
    for number in range(9):
        path.write_text(f"# {number}\n{path.read_text('utf-8')}", "utf-8")
        library.load(folder, "kept")
    gc.collect()
    texts = [each for each in gc.get_objects() if isinstance(each, TextFile)]
    [latest] = [each.text for each in texts if each.path == "kept/blocks/red.yaml"]
    assert latest.startswith("# 8\n# 7\n")
