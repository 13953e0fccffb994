"""Each file of a series names its schema to editors, and the schema is there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from press.content import library
from press.content.schema_lines import LINE, mend
from press.ground.paths import Folders
from tests.support.folders import HERE
from tests.support.project import files

SMALL = HERE.root / "tests" / "library"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return a series in a folder of its own."""
    content = Path(shutil.copytree(SMALL, tmp_path / "town"))
    (content / "mail.yaml").write_bytes(b"\xef\xbb\xbfattach: pdf\r\n")
    return Folders.of(HERE.root, content)


def test_every_file_of_a_series_leads_to_its_schema(folders: Folders) -> None:
    """What else is in a file stays, byte for byte; what has a right line is not written again."""
    before = files(folders.content)
    brief = folders.content / "briefs" / "red.yaml"
    brief.write_bytes(
        b"# yaml-language-server: $schema=../../elsewhere.json\n" + brief.read_bytes()
    )
    written = {path.relative_to(folders.content).as_posix() for path in mend(folders)}
    assert {name for name in written if not name.startswith(".press")} == before.keys()
    after = files(folders.content)
    for name, data in before.items():
        [line] = LINE.findall(after[name])
        path = (folders.content / name).parent / line.decode().partition("=")[2]
        assert path.resolve() == folders.work / "schema" / path.name
        assert path.read_bytes() == (folders.code / "schema" / path.name).read_bytes()
        assert re.sub(re.escape(line) + rb"\r?\n", b"", after[name]) == data
    assert after["mail.yaml"].startswith(b"\xef\xbb\xbf# yaml-language-server: $schema=.press/")
    assert b"briefs.json" not in after["briefs/red.yaml"]
    assert mend(folders) == ()
    assert library.load(folders.content, "").faults == library.load(SMALL, "").faults


def test_a_file_that_cannot_be_read_is_left_as_it_is(folders: Folders) -> None:
    """A line of bytes before one in UTF-16 would spoil it."""
    path = folders.content / "limits.yaml"
    data = path.read_text("utf-8").encode("utf-16")
    path.write_bytes(data)
    assert path not in mend(folders)
    assert path.read_bytes() == data


@pytest.mark.series
def test_the_series_of_a_clone_has_the_schemas_of_its_code(tmp_path: Path) -> None:
    """Their lines lead there already."""
    shutil.copytree(HERE.content, tmp_path / "content")
    shutil.copytree(HERE.code / "schema", tmp_path / "press" / "schema")
    assert mend(Folders.of(tmp_path)) == ()
