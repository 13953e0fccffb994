"""`inv catalogue`: one page is made anew, and the other outputs stay what they were."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.support.project import files

if TYPE_CHECKING:
    from tests.support.project import Project

NAME = "catalogue.html"
TEMPLATE = "templates/blocks/note/note.html.j2"
CHANGED = {NAME, "manifest.json", "SHA256SUMS"}


def test_it_shows_a_change_to_a_template_and_touches_no_brief(project: Project) -> None:
    """Only the catalogue, the manifest and the digests are new, and its path is printed."""
    before = files(project.out)
    project.edit(TEMPLATE, 'class="note"', 'class="note" data-changed')
    assert project.good("catalogue") == f"build/{NAME}\n"
    after = files(project.out)
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == CHANGED
    assert b"data-changed" in after[NAME]
    told = json.loads(after["manifest.json"])["outputs"]
    assert [one["size"] for one in told if one["path"] == NAME] == [len(after[NAME])]


def test_without_a_change_nothing_is_touched(project: Project) -> None:
    """The outputs are those of the build, manifest and all, and the next build has nothing to do."""
    before = files(project.out)
    project.good("catalogue")
    assert files(project.out) == before
    assert "nothing has changed" in project.good("build") or set(project.made().values()) == {
        "kept"
    }


def test_it_needs_no_build(project: Project) -> None:
    """In a folder of its own it stands alone, and a later build goes into the same folder."""
    project.good("catalogue", "--out", "elsewhere")
    assert set(files(project.root / "elsewhere")) == CHANGED
    project.good("build", "--out", "elsewhere")
    assert files(project.root / "elsewhere") == files(project.out)


def test_a_file_that_was_changed_by_hand_is_not_blessed(project: Project) -> None:
    """The manifest goes on to say what was built, not what is there."""
    page = project.out / "en" / "red.html"
    digest = project.manifest()["en/red.html"]["sha256"]
    page.write_bytes(page.read_bytes() + b"<!-- by hand -->")
    project.good("catalogue")
    assert project.manifest()["en/red.html"]["sha256"] == digest


def test_a_series_that_cannot_be_read_stops_it(project: Project) -> None:
    """There are no colours to show it in; nothing is touched."""
    before = files(project.out)
    project.edit("content/series.yaml", "publisher: The town\n", "")
    done = project.run("catalogue")
    assert (done.returncode, done.stderr) == (65, "")
    assert "missing key 'publisher'" in done.stdout
    assert files(project.out) == before


def test_a_template_that_drops_its_words_stops_it(project: Project) -> None:
    """No brief need have the kind for that; the example shows it."""
    before = files(project.out)
    project.edit(TEMPLATE, "{{ block.text|text }}", "")
    done = project.run("catalogue")
    assert done.returncode == 65
    line = (project.root / TEMPLATE).read_text().partition("data-block")[0].count("\n") + 1
    assert done.stdout.startswith(f"{TEMPLATE}:{line}:1: error: the template leaves out the words")
    assert "'text' of the note 'example-note'" in done.stdout
    assert files(project.out) == before


def test_a_folder_that_is_not_ours_is_left_alone(project: Project) -> None:
    """As a build, it writes into no folder of somebody's."""
    (project.root / "mine").mkdir()
    (project.root / "mine" / "letter.txt").write_text("dear", "utf-8")
    done = project.run("catalogue", "--out", "mine")
    assert done.returncode == 74
    assert "mine is not an output folder of Press" in done.stderr
    assert list(files(project.root / "mine")) == ["letter.txt"]
