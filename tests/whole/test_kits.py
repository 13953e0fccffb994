"""`inv kit`, run as its users run it: whole folders, of what was asked for, and nobody else's."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from PIL import Image

from tests.support.project import files, marks

if TYPE_CHECKING:
    from tests.support.project import Project

NAMES = ("card.png", "excerpt.txt", "message.txt", "page-1.png", "post.html", "short.pdf")


def made(project: Project, *words: str) -> dict[str, bytes]:
    """Make kits, and return all files in their folder."""
    project.good("kit", "--jobs", "1", *words)
    return files(project.root / "kits")


def test_each_brief_has_its_kit(project: Project) -> None:
    """From what was built; its outputs and the store's prints stay as they are."""
    before = marks(project.out)
    found = made(project)
    kits = {f"en/{brief}/{name}" for brief in ("blue", "red") for name in NAMES}
    assert found.keys() == kits | {"manifest.json"}
    assert b"crimson" in found["en/red/post.html"].lower()
    assert (
        b"crimson"
        not in b"".join(content for name, content in found.items() if "blue" in name).lower()
    )
    picture = Image.open(io.BytesIO(found["en/red/page-1.png"]))
    assert picture.size == (1240, 1754)
    assert found["en/red/card.png"] == (project.out / "en" / "red.card.png").read_bytes()
    assert marks(project.out) == before
    assert made(project) == found


def test_what_was_written_where_is_said_and_what_comes_next(project: Project) -> None:
    """Each folder with its files, and the page that explains them."""
    lines = project.good("kit", "--jobs", "1").splitlines()
    assert f"kits/en/red: {', '.join(NAMES)}" in lines
    assert lines[-1] == "2 kits written; docs/posting.md says where each file goes"


def test_only_the_kit_that_is_asked_for_is_made_anew(project: Project) -> None:
    """The other one stays, though its brief has changed too."""
    before = made(project)
    project.edit("content/series.yaml", "publisher: The town", "publisher: The city")
    after = made(project, "--audience", "red")
    new = {name for name in after if after[name] != before[name]}
    assert new == {"en/red/card.png", "en/red/page-1.png", "en/red/post.html", "en/red/short.pdf"}
    assert after.keys() == before.keys()


def test_a_brief_with_a_mistake_has_no_kit(project: Project) -> None:
    """That of another brief is made all the same, and the exit status tells."""
    before = made(project)
    project.edit("content/blocks/red.yaml", "{visitors.children} are", "{visitors.nobody} are")
    done = project.run("kit", "--jobs", "1")
    assert done.returncode == 1
    after = files(project.root / "kits")
    assert before.keys() - after.keys() == {f"en/red/{name}" for name in NAMES}


def test_what_is_no_kit_does_not_stay(project: Project) -> None:
    """That of a brief that there is no longer, and a file that somebody put there."""
    before = made(project)
    (project.root / "kits" / "en" / "red" / "My Notes.txt").write_text("x", encoding="utf-8")
    (project.content / "briefs" / "blue.yaml").unlink()
    project.edit("content/limits.yaml", "\naudiences:\n  blue: {pages: 3}", "")
    gone = ", ".join([*(f"en/blue/{name}" for name in NAMES), "en/red/My Notes.txt"])
    assert f"removed: {gone}\n" in project.good("kit", "--jobs", "1")
    after = files(project.root / "kits")
    assert before.keys() - after.keys() == {f"en/blue/{name}" for name in NAMES}
    assert after.keys() < before.keys()


def test_a_folder_of_somebody_else_is_left_alone(project: Project) -> None:
    """So is the content, and that of a build is not taken for one of kits."""
    (project.root / "mine").mkdir()
    (project.root / "mine" / "a.txt").write_text("mine", encoding="utf-8")
    for name in ("mine", "content", "build"):
        before = marks(project.root / name)
        done = project.run("kit", "--jobs", "1", "--out", name)
        assert (done.returncode, done.stdout) == (74, "")
        assert done.stderr.startswith(f"inv: {name} ")
        assert marks(project.root / name) == before


def test_no_other_task_touches_kits(project: Project) -> None:
    """Neither does a build write into their folder, nor does clean remove it."""
    before = made(project)
    for task in ("build", "clean"):
        done = project.run(task, "--out", "kits")
        assert done.returncode == 74
        assert "kits is not an output folder of Press" in done.stderr
    assert files(project.root / "kits") == before


def test_the_sheets_are_made_where_they_are_asked_for(project: Project) -> None:
    """With the rest of the kit, for each audience alone; without the option they go."""
    project.good("kit", "--jobs", "1", "--test")
    found = files(project.root / "kits")
    names = {name for name in found if "test" in name}
    kinds = ("answers", "reader")
    assert names == {f"en/{brief}/test-{kind}.html" for brief in ("blue", "red") for kind in kinds}
    red, blue = (found[f"en/{brief}/test-answers.html"].decode() for brief in ("red", "blue"))
    assert ("Crimson" in red, "Azure" in red) == (True, False)
    assert ("Crimson" in blue, "Azure" in blue) == (False, True)
    assert "(page 1, What we ask of you)" in red
    assert re.search(r"<p>December 2027 <", red)
    project.good("kit", "--jobs", "1")
    assert not [name for name in files(project.root / "kits") if "test" in name]
