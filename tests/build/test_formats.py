"""Formats: a row and its maker are enough for a new one to be in all outputs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from press.build import build, editions, formats
from press.build.build_request import Request
from press.build.formats import FORMATS, Format
from press.cli.build_answers import answer
from press.problems import ConfigurationError
from press.release import freeze
from tests.support.editions import outputs, produce
from tests.support.folders import apart

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture
def text(monkeypatch: pytest.MonkeyPatch) -> Format:
    """Have a third format: the title alone, as plain text."""
    row = Format(
        suffix="txt",
        type="text/plain",
        title="Text",
        label="Plain text",
        use="screen",
        limit="",
        make=lambda printed, _: printed.page.manuscript.edition.name.encode(),
    )
    monkeypatch.setitem(FORMATS, row.suffix, row)
    return row


@pytest.mark.usefixtures("text")
def test_a_new_row_is_in_the_outputs(tmp_path: Path) -> None:
    """The file, the manifest, the digests and the index have it, and pages of before stay as they were."""
    product = produce(tmp_path, LIBRARY)
    tree = outputs(product, tmp_path / "none", tuple(FORMATS))
    title = product.editions["en", "red"].name
    assert tree["en/red.txt"] == title.encode()
    listed = {one["path"]: one for one in json.loads(tree["manifest.json"])["outputs"]}
    assert listed["en/red.txt"]["type"] == "text/plain"
    assert listed["en/red.txt"]["audience"] == "red"
    assert b"  en/red.txt\n" in tree["SHA256SUMS"]
    index = tree["index.html"].decode()
    assert '<a href="en/red.txt" download>Plain text' in index
    assert '<h3 class="shelf__title"><a href="en/red.html">' in index


@pytest.mark.usefixtures("text")
def test_a_new_row_is_in_summary_and_release(tmp_path: Path) -> None:
    """It is asked for with all others, has a column, and is handed on in the zip."""
    request = Request(apart(tmp_path, LIBRARY))
    outcome = build.build(request, lambda *_: None)
    assert (outcome.status, request.formats) == (0, ("html", "pdf", "txt"))
    assert answer(outcome).text.splitlines()[0].split()[-3:] == ["HTML", "PDF", "Text"]
    assert json.loads(answer(outcome).as_json())["editions"][0]["txt_bytes"] > 0
    wishes = freeze.Wishes(draft=True, uncommitted=True)
    release = freeze.release(request, wishes, lambda *_: None).release.folder
    names = {path.relative_to(release).as_posix() for path in release.rglob("*.txt")}
    assert "en/red.txt" in names
    assert [name for name in names if name.startswith("handouts/") and "_red_en_" in name]
    handout = next(release.glob("handouts/*_red_en_*.zip")).read_bytes()
    assert (release / "en/red.txt").read_bytes() in handout


def test_a_format_that_was_not_asked_for_is_kept(tmp_path: Path) -> None:
    """Whatever it holds."""
    old = tmp_path / "out" / "en" / "red.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"%PDF-1.7 old")
    tree = outputs(produce(tmp_path, LIBRARY), tmp_path / "out", ("html",))
    assert tree["en/red.pdf"] == b"%PDF-1.7 old"


def test_a_limit_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format whose limit limits.yaml cannot name would grow without end."""
    monkeypatch.setitem(FORMATS, "html", replace(FORMATS["html"], limit="html_megabytes"))
    with pytest.raises(ConfigurationError, match="format 'html' has the limit 'html_megabytes'"):
        editions.check_limits()


def test_each_output_has_a_media_type() -> None:
    """One that is unknown stops the run."""
    assert formats.media_type("en/red.pdf") == "application/pdf"
    with pytest.raises(KeyError):
        formats.media_type("en/red.epub")
