"""What is kept of content, faults and editions, is what would be made of it now, whatever was edited meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from press.build.library_check import check_library, every_name
from press.checks import prose
from press.checks.content import editorial
from press.content.version import read
from press.edition import resolve
from tests.support.editions import means
from tests.support.project import LIBRARY

if TYPE_CHECKING:
    from press.build.stages import Means, Name
    from press.content.library import Draft
    from press.edition.edition import Edition
    from press.ground.paths import Folders

EDITS = {
    "a brief": ("briefs/red.yaml", "Gardens are counted", "77 gardens are counted"),
    "a text": ("blocks/red.yaml", "filled, in crimson.", "filled, in crimson, as 77 say."),
    "a line above": ("blocks/red.yaml", "", "# a line more\n"),
    "a claim": ("claims/gardens.yaml", "use: ok", "use: do_not_use"),
    "a limit": ("limits.yaml", "{pages: 3, html", "{pages: 3, sentence_words: 2, html"),
    "a term": (
        "terms/en.yaml",
        "",
        "avoid:\n  - {word: gardens, say: beds, reason: plain, source: the town}\n",
    ),
}


def edit(content: Path, name: str, old: str, new: str) -> None:
    """Change a file of the content."""
    path = content / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a small library."""
    return Path(shutil.copytree(LIBRARY, tmp_path / "content"))


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_is_judged_as_if_nothing_were_known(
    tmp_path: Path, content: Path, what: str
) -> None:
    """With its file, line and column, also where only lines have moved; and once more from what is known by then."""
    given = means(tmp_path, content)
    before = check_library(given.folders, 0, given)[1]
    edit(content, *EDITS[what])
    _, anew, faulty, _ = check_library(given.folders, 0)
    for _ in range(2):
        library, known, as_faulty, kept = check_library(given.folders, 0, given)
        assert set(known) == set(anew)
        assert as_faulty == faulty
        judge, names = editorial.judge(library), [*every_name(library)]
        assert kept
        assert [kept.counts(library, each) for each in names] == [
            judge(*each).counts for each in names
        ]
    assert set(before) != set(anew) or what == "a line above"


@pytest.mark.parametrize("what", EDITS)
def test_an_edition_is_the_one_that_would_be_resolved_now(
    tmp_path: Path, content: Path, what: str
) -> None:
    """With its digest and its data, the first time and from what is kept by then."""
    given = means(tmp_path, content)
    _kept(given)
    edit(content, *EDITS[what])
    library = check_library(given.folders, 0).library
    names = [*every_name(library)]
    anew = {name: resolve.resolve(library, name[1], name[0]) for name in names}
    for _ in range(2):
        kept = _kept(given)
        assert kept == anew
        assert {name: each.json for name, each in kept.items()} == {
            name: each.json for name, each in anew.items()
        }


def _kept(given: Means) -> dict[Name, Edition]:
    library, _, _, known = check_library(given.folders, 0, given)
    assert known
    return {name: known.edition(library, name) for name in every_name(library)}


def test_only_the_brief_that_was_edited_is_judged_again(
    tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The blocks of the other are in other files."""
    judged = list[str]()

    def noted(draft: Draft, name: str, language: str, known: prose.Known) -> prose.Reading:
        judged.append(name)
        return reads(draft, name, language, known)

    reads = prose.read
    monkeypatch.setattr(prose, "read", noted)
    given = means(tmp_path, content)
    for _ in range(2):
        check_library(given.folders, 0, given)
    assert set(judged) == {"red", "blue"}
    judged.clear()
    edit(content, *EDITS["a text"])
    check_library(given.folders, 0, given)
    assert set(judged) == {"red"}


def test_what_was_written_while_it_was_read_is_not_kept(
    tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the faults of one state would be told of another."""
    given = means(tmp_path, content)

    def slowly(folders: Folders) -> Draft:
        draft = read(folders)
        edit(content, *EDITS["a text"])
        return draft

    monkeypatch.setattr("press.build.library_check.read", slowly)
    check_library(given.folders, 0, given)
    monkeypatch.undo()
    assert given.store.size() == (0, 0)
    assert set(check_library(given.folders, 0, given)[1]) == set(check_library(given.folders, 0)[1])
