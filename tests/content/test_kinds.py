"""The rows of the kinds of block and of the sections: nothing that needs every kind may lack one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from press.content.languages import LANGUAGES
from press.content.model import blocks, kinds
from press.content.model.blocks import Block, FramedBlock
from press.content.model.typed import Day, Line  # noqa: TC001 - pydantic reads the annotations
from press.edition import edition as ed
from press.edition.resolve import makers
from press.page.compose import Composer, runs
from press.problems import ConfigurationError
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path


class Poem(Block):
    """A kind that nobody has built in."""

    text: Line
    lines: tuple[Line, ...]
    until: Day


def test_the_sections_differ_as_their_rows_say() -> None:
    """Sections on page 1, those whose words are counted, and the kinds that a section takes come from the rows."""
    assert kinds.FRONT == ("main", "foreword", "messages", "figure", "ask")
    assert tuple(kinds.SECTIONS)[:-1] == kinds.BODY
    assert kinds.kinds_in("main") == {"message"}
    assert kinds.KINDS.keys() - kinds.kinds_in("evidence") == {
        "message",
        "problem",
        "alternative",
        "step",
        "ask",
        "key_figures",
        "objection",
        "gaps",
    }
    assert kinds.kinds_in("next") == {"step"}
    assert kinds.kinds_in("options") == kinds.kinds_in("evidence") | {"problem", "alternative"}
    assert all(kinds.kinds_in(section) for section in kinds.SECTIONS)


def test_each_model_of_a_block_is_of_a_kind() -> None:
    """One without a row would be dead: no author could write it."""
    classes = [each for each in vars(blocks).values() if isinstance(each, type)]
    models = {each for each in classes if issubclass(each, Block)} - {Block, FramedBlock}
    assert models == set(kinds.MODELS.values())


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (
            set(kinds.KINDS) - {"note"},
            "block kind 'note' has a row in KINDS and is missing in here",
        ),
        ({*kinds.KINDS, "poem"}, "block kind 'poem' is in here and has no row in KINDS"),
    ],
)
def test_a_table_has_every_kind_and_no_other(names: set[str], message: str) -> None:
    """A kind that is left out, or has no row, is named."""
    with pytest.raises(ConfigurationError, match=message):
        kinds.complete(dict.fromkeys(names), "here")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (kinds.BlockKind(Poem, ("preface",)), "the row of block kind 'poem' names what does not"),
        (kinds.BlockKind(Poem, row_of="verse"), "the row of block kind 'poem' names what does not"),
    ],
)
def test_a_row_names_what_there_is(
    monkeypatch: pytest.MonkeyPatch, row: kinds.BlockKind, message: str
) -> None:
    """A kind cannot be placed in a section, or in a table, that does not exist."""
    monkeypatch.setitem(kinds.KINDS, "poem", row)
    with pytest.raises(ConfigurationError, match=message):
        kinds._check()


def test_a_section_without_its_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A section that the rows do not know would take no block, and be printed nowhere."""
    monkeypatch.delitem(kinds.SECTIONS, "made")
    with pytest.raises(ConfigurationError, match="the fields of Sections, their rows"):
        kinds._check()


def test_a_language_without_its_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A series could name it, and nothing would know its numbers or its quotes."""
    monkeypatch.delitem(LANGUAGES, "en")
    with pytest.raises(ConfigurationError, match="the rows of LANGUAGES differ"):
        kinds._check()


def test_a_kind_with_more_than_texts_needs_a_maker(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an edition shows of a kind is never guessed."""
    monkeypatch.delitem(makers.MAKERS, "message")
    with pytest.raises(
        ConfigurationError, match=r"block kind 'message' needs a maker .* for bases"
    ):
        makers._check()


@dataclass(frozen=True, slots=True)
class Verse(ed.BlockForm):
    """A form without the day, for which nothing would be said."""

    text: ed.Inlines


@dataclass(frozen=True, slots=True)
class Prose(ed.BlockForm):
    """A form that keeps one line where a poem has several paragraphs, or the marks of Markdown."""

    text: str
    lines: tuple[ed.Parts, ...]
    until: str


@pytest.mark.parametrize(("form", "fields"), [(Verse, "lines, until"), (Prose, "lines, text")])
def test_a_form_has_the_fields_of_its_model_in_their_types(
    monkeypatch: pytest.MonkeyPatch, form: type, fields: str
) -> None:
    """A field that is dropped, or printed with its markup, would not be missed."""
    monkeypatch.setitem(kinds.KINDS, "poem", kinds.BlockKind(Poem))
    monkeypatch.setattr(makers, "FORMS", {**makers.FORMS, "poem": form})
    with pytest.raises(ConfigurationError, match=f"'poem' needs a maker .*, for {fields}$"):
        makers._check()


def test_a_maker_without_a_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A maker that no kind asks for is a row that was forgotten."""
    monkeypatch.setitem(makers.MAKERS, "poem", makers.MAKERS["message"])
    with pytest.raises(ConfigurationError, match=r"'poem' is in MAKERS .* has no row in KINDS"):
        makers._check()


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("note/note.html.j2", "block kind 'note' has no templates/blocks/note/note.html.j2"),
        ("note/note.css", "block kind 'note' has no templates/blocks/note/note.css"),
        ("note/post.html.j2", "block kind 'note' has no templates/blocks/note/post.html.j2"),
        ("note", "block kind 'note' has a row in KINDS and is missing in templates/blocks"),
    ],
)
def test_templates_without_a_kind_are_refused_at_once(
    tmp_path: Path, gone: str, message: str
) -> None:
    """A brief without that kind would not show that its template is missing."""
    shutil.copytree(HERE.templates / "blocks", tmp_path / "blocks")
    Composer((tmp_path,))
    path = tmp_path / "blocks" / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(ConfigurationError, match=message):
        Composer((tmp_path,))


def test_a_template_of_no_kind_is_refused(tmp_path: Path) -> None:
    """A folder for a kind without a row would be dead, and its style on every page."""
    shutil.copytree(HERE.templates / "blocks", tmp_path / "blocks")
    shutil.copytree(tmp_path / "blocks" / "note", tmp_path / "blocks" / "poem")
    with pytest.raises(ConfigurationError, match="'poem' is in templates/blocks"):
        Composer((tmp_path,))


def test_rows_of_a_table_are_printed_together() -> None:
    """A problem is a row of the table of its options."""
    problem = ed.Problem("a", ())
    option = ed.Alternative("b", (), (), "", (), (), (), "stated")
    [run] = runs((problem, option))
    assert run == ("alternative", (problem, option))
