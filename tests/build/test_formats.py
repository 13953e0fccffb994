"""Formats: a row and its maker are enough for a new one to be in all outputs."""

from __future__ import annotations

import base64
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from press.build import build, editions, formats
from press.build.build_request import Request
from press.build.formats import FORMATS, Format
from press.cli.build_answers import answer
from press.problems import ConfigurationError, ContentRefusedError
from press.release import freeze
from tests.support.editions import outputs, produce
from tests.support.folders import apart

if TYPE_CHECKING:
    from press.ground.paths import Folders

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture
def text(monkeypatch: pytest.MonkeyPatch) -> Format:
    """Have a third format: the title alone, as plain text."""
    row = Format(
        name="txt",
        ending=".txt",
        type="text/plain",
        title="Text",
        label="Plain text",
        use="screen",
        limit="",
        make=lambda printed, _: printed.page.manuscript.edition.name.encode(),
        searched="page",
    )
    monkeypatch.setitem(FORMATS, row.name, row)
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


def test_the_index_has_the_order_of_the_series(tmp_path: Path) -> None:
    """The series names one of its briefs, which comes first; the other comes behind."""
    content = shutil.copytree(LIBRARY, tmp_path / "content")
    series = content / "series.yaml"
    series.write_text(series.read_text("utf-8") + "order: [red]\n", "utf-8")
    product = produce(tmp_path, content)
    index = outputs(product, tmp_path / "none", tuple(FORMATS))["index.html"].decode()
    assert re.findall('<h3 class="shelf__title"><a href="en/(.*?).html">', index) == ["red", "blue"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a folder in which the small library was built in the formats of before, and what was said."""
    place = tmp_path_factory.mktemp("built")
    return place, built_in(apart(place, LIBRARY))


def built_in(folders: Folders) -> str:
    """Build, and return what was said."""
    return answer(build.build(Request(folders), lambda *_: None), folders.build).text


def test_the_index_shows_page_1_and_a_number_of_each_brief(built: tuple[Path, str]) -> None:
    """The pictures are inside, none is larger than 60 kB; the number says what it counts, and when."""
    index = (apart(built[0]).build / "index.html").read_text("utf-8")
    pictures = re.findall(
        '<img src="data:image/png;base64,(.*?)" alt="Page 1 of the brief: (.*?)">', index
    )
    assert [label for _, label in pictures] == ["For blue readers", "For red readers"]
    assert all(len(base64.b64decode(picture)) < 60_000 for picture, _ in pictures)
    number = r'shelf__value">(.+?)</span> <span class="shelf__words">(.+?) <span class="shelf__dating">(.+?)<'
    words = ("Schools have 8 of 40 gardens", "Number of gardens, 2020–2021")
    assert re.findall(number, index) == [("8", *words)]  # one has no figure


@pytest.mark.usefixtures("text")
def test_a_new_row_is_in_summary_and_release(built: tuple[Path, str], tmp_path: Path) -> None:
    """It is asked for with all others, has a column, and is handed on in the zip."""
    request = Request(apart(tmp_path, LIBRARY))
    shutil.copytree(apart(built[0]).store, request.folders.store)
    outcome = build.build(request, lambda *_: None)
    assert (outcome.status, request.formats) == (0, ("html", "pdf", "short", "card", "txt"))
    assert answer(outcome).text.splitlines()[0].split()[-5:] == [
        "HTML",
        "PDF",
        "Short",
        "Card",
        "Text",
    ]
    [row, _] = json.loads(answer(outcome).as_json())["editions"]
    assert min(row["txt_bytes"], row["card_bytes"], row["short_bytes"]) > 0
    wishes = freeze.Wishes(draft=True, uncommitted=True)
    release = freeze.release(request, wishes, lambda *_: None).release.folder
    cards = {path.relative_to(release).as_posix() for path in release.rglob("*.png")}
    assert {"en/blue.card.png", "en/red.card.png"} < cards
    names = {path.relative_to(release).as_posix() for path in release.rglob("*.txt")}
    assert "en/red.txt" in names
    assert [name for name in names if name.startswith("handouts/") and "_red_en_" in name]
    handout = next(release.glob("handouts/*_red_en_*.zip")).read_bytes()
    assert (release / "en/red.txt").read_bytes() in handout


@pytest.mark.usefixtures("text")
def test_new_files_of_kept_editions_are_counted(built: tuple[Path, str]) -> None:
    """A build that writes a format for the first time does not say that all was kept."""
    place, said = built
    assert "2 editions rendered, 0 kept, " in said
    folders = apart(place, LIBRARY)
    assert "0 editions rendered, 2 kept, 5 files written" in built_in(
        folders
    )  # with the index and digests
    assert "nothing was rendered" in built_in(folders)


def test_a_format_that_was_not_asked_for_is_kept(tmp_path: Path) -> None:
    """Whatever it holds."""
    old = tmp_path / "out" / "en" / "red.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"%PDF-1.7 old")
    tree = outputs(produce(tmp_path, LIBRARY), tmp_path / "out", ("html",))
    assert tree["en/red.pdf"] == b"%PDF-1.7 old"


def test_a_format_of_text_loses_no_word(
    tmp_path: Path, text: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on the page is not in another file by itself: the text, and that it is a draft."""
    monkeypatch.setitem(FORMATS, "txt", replace(text, searched=bytes.decode))
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    brief = content / "briefs" / "red.yaml"
    brief.write_text(brief.read_text("utf-8").replace("status: final", "status: draft"), "utf-8")
    with pytest.raises(ContentRefusedError) as refused:
        produce(tmp_path, content)
    said = str(refused.value)
    assert "blocks/blue.yaml:1:1: error: the Text file leaves out the words" in said
    assert "the Text file does not say that this is draft" in said


def test_a_format_says_where_its_words_are_looked_for() -> None:
    """A row that leaves this open is refused as soon as it is read."""
    row = {key: value for key, value in vars(FORMATS["html"]).items() if key != "searched"}
    with pytest.raises(TypeError, match="searched"):
        Format(**row)


def test_the_titles_of_the_index_lead_to_the_page() -> None:
    """They lead to the first format that is for a screen; another may not come before it."""
    assert next(name for name, row in FORMATS.items() if row.use == "screen") == "html"


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
