"""`inv diff`, run as its users run it: releases, builds and content, and all that can be wrong with them."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.project import Project

ID = "2026-01-15.1"
TEXT = ("content/blocks/red.yaml", "They are quiet.", "They are still.")
NOTHING = "nothing that a reader sees has changed\n"


def released(project: Project, name: str = ID) -> Path:
    """Put a release of the data that was built into the project, and return its folder."""
    folder = project.root / "releases" / name
    shutil.copytree(project.out / "data", folder / "data")
    write(folder, name)
    return folder


def write(folder: Path, name: str = ID) -> None:
    """Write the manifest of a release for what is in *folder*."""
    files = [
        {
            "path": path.relative_to(folder).as_posix(),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "size": path.stat().st_size,
            "type": "application/json",
        }
        for path in sorted(folder.rglob("*.json"))
        if path.name != "manifest.json"
    ]
    facts = {"schema": 1, "kind": "release", "release": name, "files": files}
    (folder / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")


def told(project: Project, *words: str) -> dict[str, Any]:
    """Return what a comparison that succeeds tells programs."""
    read: dict[str, Any] = json.loads(project.good("diff", *words, "--output", "json"))
    return read


def states(comparison: dict[str, Any]) -> dict[str, str]:
    """Return what became of each edition."""
    return {one["edition"]: one["state"] for one in comparison["editions"]}


def test_a_release_is_compared_with_the_content(project: Project) -> None:
    """By its id, as the latest one, or by its folder; a difference is no failure."""
    folder = released(project)
    assert project.good("diff", ID).endswith(NOTHING)
    project.edit(*TEXT)
    words = project.good("diff", ID, "tree")
    assert words.startswith(f"from {ID} to the working tree:\n")
    assert "They are [-quiet-]." in words
    assert "They are {+still+}." in words
    assert words == project.good("diff") == project.good("diff", str(folder))


def test_two_releases_are_compared_without_any_content(project: Project) -> None:
    """The older one comes first; the tenth of a day is later than the ninth."""
    released(project, "2026-01-15.9")
    project.edit(*TEXT)
    project.good("build", "--jobs", "1", "--format", "html")
    released(project, "2026-01-15.10")
    shutil.rmtree(project.content)
    read = told(project, "2026-01-15.9", "latest")
    assert (read["status"], read["old"], read["new"]) == (0, "2026-01-15.9", "2026-01-15.10")
    assert states(read["comparison"]) == {"en/blue": "same", "en/red": "changed"}


def test_a_build_is_compared_with_the_content(project: Project) -> None:
    """As 'build', or by its folder."""
    project.edit(*TEXT)
    words = project.good("diff", "build")
    assert words.startswith(
        "from build to the working tree:\n\nen/blue: no change\n\nen/red: 1 change"
    )
    assert words.replace("build", "out", 1) == project.good("diff", moved(project))


def moved(project: Project) -> str:
    """Return the name of a copy of what was built."""
    shutil.copytree(project.out, project.root / "out")
    return "out"


def test_other_content_is_compared_where_it_is_asked_for(project: Project) -> None:
    """'tree' is then that folder."""
    shutil.copytree(project.content, project.root / "other")
    project.edit(TEXT[0].replace("content", "other"), *TEXT[1:])
    assert project.good("diff", "build").endswith(NOTHING)
    assert "{+still+}" in project.good("diff", "build", "tree", "--content", "other")


def test_nothing_is_written(project: Project) -> None:
    """Neither the outputs nor the store are touched, and no lock is needed."""
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*") if path.is_file()}
    project.good("diff", "build")
    after = {path: path.stat().st_mtime_ns for path in project.root.rglob("*") if path.is_file()}
    assert {path for path in after if "__pycache__" not in path.parts} <= before.keys()
    assert all(
        after[path] == time for path, time in before.items() if "__pycache__" not in path.parts
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["2026-01-15.2"],
            "there is no release or folder '2026-01-15.2'; did you mean '2026-01-15.1'?",
        ),
        (["tre"], "there is no release or folder 'tre'; did you mean 'tree'?"),
        (
            [""],
            "there is no release or folder ''; expected one of 2026-01-15.1, build, latest, tree",
        ),
        (["tree", "--html", "diff.txt"], "--html needs the name of a page, such as diff.html"),
        (["build", ID, "--content", ""], "--content needs the name of a folder"),
        (["tree", "tree", "tree"], "no task is called 'tree'"),
        (
            ["tree", "--content", "nowhere"],
            "there is no folder nowhere; name the content's folder with --content",
        ),
        (["tree", "--output", "xml"], "--output is text, json or github, not 'xml'"),
    ],
)
def test_a_mistake_in_the_command_has_status_2(
    project: Project, words: list[str], said: str
) -> None:
    """With a way out, in one line."""
    released(project)
    done = project.run("diff", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"inv: {said}\n")


def test_without_a_release_there_is_no_latest(project: Project) -> None:
    """The message names what to do."""
    done = project.run("diff")
    said = "inv: there is no release yet; name what to compare: inv diff OLD NEW\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_before_the_first_build_there_is_no_build(project: Project) -> None:
    """The message names the task that makes it."""
    shutil.rmtree(project.out)
    done = project.run("diff", "build")
    said = "inv: nothing has been built yet; ./inv build makes the briefs\n"
    assert (done.returncode, done.stderr) == (2, said)


def damaged(folder: Path) -> str:
    """Change one letter of a brief's data."""
    path = folder / "data" / "en" / "red.json"
    path.write_bytes(path.read_bytes().replace(b"crimson", b"crimsen"))
    return "data/en/red.json is not the file that was released; ./inv verify shows what changed"


def gone(folder: Path) -> str:
    """Remove a brief's data."""
    (folder / "data" / "en" / "red.json").unlink()
    return "data/en/red.json: no such file or directory"


def no_manifest(folder: Path) -> str:
    """Remove the manifest."""
    (folder / "manifest.json").unlink()
    return "manifest.json: no such file or directory"


def cut_off(folder: Path) -> str:
    """Cut the manifest off."""
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes()[:-20])
    return "manifest.json is damaged"


def a_list(folder: Path) -> str:
    """Put something else into the place of the manifest."""
    (folder / "manifest.json").write_text("[]", encoding="utf-8")
    return "manifest.json is neither of a release nor of a build"


def nothing_known(folder: Path) -> str:
    """Put somebody else's manifest there."""
    (folder / "manifest.json").write_text('{"outputs": [1]}', encoding="utf-8")
    return "manifest.json is not the manifest of a build"


def no_edition(folder: Path) -> str:
    """Put something else into the place of a brief's data, with the right digest."""
    (folder / "data" / "en" / "red.json").write_text('{"notes": [{}]}', encoding="utf-8")
    write(folder)
    return "data/en/red.json is not the data of a brief"


def deep(folder: Path) -> str:
    """Put endless brackets into the place of a brief's data, with the right digest."""
    (folder / "data" / "en" / "red.json").write_text("[" * 100_000, encoding="utf-8")
    write(folder)
    return "data/en/red.json is not the data of a brief"


@pytest.mark.parametrize(
    "damage", [damaged, gone, no_manifest, cut_off, a_list, nothing_known, no_edition, deep]
)
def test_what_was_not_released_so_is_not_compared(
    project: Project, damage: Callable[[Path], str]
) -> None:
    """A file that was changed, lost or is no edition: status 74 and its name."""
    said = damage(released(project))
    done = project.run("diff", ID, "--html", "diff.html")
    assert not (project.root / "diff.html").exists()
    place = f"inv: releases/{ID}/"
    assert (done.returncode, done.stdout, done.stderr) == (74, "", f"{place}{said}\n")


def test_a_build_that_somebody_changed_is_not_compared(project: Project) -> None:
    """Its manifest vouches for what was built."""
    project.append("build/data/en/red.json", b" ")
    done = project.run("diff", "build", "--output", "json")
    said = "build is not as it was built; ./inv build makes it anew"
    assert (done.returncode, done.stderr) == (74, f"inv: {said}\n")
    assert json.loads(done.stdout)["message"] == said


def test_a_mistake_in_what_all_share_is_refused(project: Project) -> None:
    """The problems are shown as a check shows them, and nothing is compared."""
    project.edit("content/series.yaml", "licence: CC BY 4.0", "licence: none")
    done = project.run("diff", "build")
    assert (done.returncode, done.stderr) == (65, "")
    assert done.stdout.startswith("content/series.yaml:4:10: error: ")
    assert "from build" not in done.stdout


def test_a_brief_with_a_mistake_is_left_out_by_name(project: Project) -> None:
    """It is neither gone nor the same; the others are compared."""
    project.edit("content/blocks/red.yaml", "{visitors.children} are", "{visitors.nobody} are")
    done = project.run("diff", "build", "--output", "json")
    read = json.loads(done.stdout)
    assert (done.returncode, done.stderr, read["status"]) == (1, "", 1)
    assert [one["rule"] for one in read["problems"]] == ["reference"]
    assert read["not_compared"] == ["en/red (the working tree)"]
    assert states(read["comparison"]) == {"en/blue": "same"}
    words = project.run("diff", "build").stdout
    assert words.startswith("content/blocks/red.yaml:")
    assert words.endswith(
        "nothing has changed in what could be compared\n\nnot compared: en/red (the working tree)\n"
    )


def test_a_change_that_only_the_evidence_page_shows_is_told(project: Project) -> None:
    """No brief prints the claim; text, page and data say so."""
    project.edit(
        "content/claims/gardens.yaml", "Towns have gardens.", "Towns have gardens and trees."
    )
    done = project.run("diff", "build", "--html", "out.html", "--output", "json")
    told = json.loads(done.stdout)["comparison"]
    assert (done.returncode, told["same"], told["evidence"]) == (0, False, True)
    assert states(told) == {"en/blue": "same", "en/red": "same"}
    text = project.good("diff", "build")
    assert text.endswith("\n\nthe evidence page has changed; data/claims.json has what it says\n")
    assert "that a reader sees has changed" not in text
    assert "The evidence page has changed." in (project.root / "out.html").read_text("utf-8")


def test_where_nothing_could_be_compared_nothing_is_said_of_the_rest(project: Project) -> None:
    """All briefs have a mistake that hides them: neither text nor page says that what was compared is the same."""
    for brief in ("red", "blue"):
        project.edit(f"content/briefs/{brief}.yaml", f"{brief}-main", "nobody-main")
    done = project.run("diff", "build", "--html", "out.html")
    assert (done.returncode, "nothing could be compared\n\nnot compared: " in done.stdout) == (
        1,
        True,
    )
    assert "nothing has changed" not in done.stdout
    assert "Nothing could be compared." in (project.root / "out.html").read_text("utf-8")


def test_a_brief_with_a_mistake_is_compared_where_it_can_be(project: Project) -> None:
    """A mistake that keeps no text from being read does not hide what changed."""
    project.edit(*TEXT)
    project.edit("content/blocks/red.yaml", "title: Schools have", "title: Schools have 999 of")
    done = project.run("diff", "build", "--output", "json")
    read = json.loads(done.stdout)
    assert (done.returncode, [one["rule"] for one in read["problems"]]) == (1, ["number"])
    assert read["not_compared"] == []
    assert states(read["comparison"]) == {"en/blue": "same", "en/red": "changed"}


SHARED = ("content/blocks/shared.yaml", "This brief rests", "This brief, of 9 trees, rests")
EDITS: dict[str, tuple[list[tuple[str, str, str]], dict[str, str]]] = {
    "what both briefs have": ([SHARED], {"en/blue": "changed", "en/red": "changed"}),
    "one of two that changed": (
        [TEXT, ("content/blocks/blue.yaml", "Azure words", "Azure 7 words")],
        {"en/blue": "changed", "en/red": "changed"},
    ),
    "a value that is gone": (
        [SHARED, ("content/blocks/red.yaml", "{visitors.children}", "{visitors.nobody}")],
        {"en/blue": "changed"},
    ),
    "words that are refused now": (
        [
            (
                "content/terms/en.yaml",
                "official_names:",
                "avoid: [{word: quiet, say: still, reason: it is, source: us}]\nofficial_names:",
            )
        ],
        {"en/blue": "same", "en/red": "same"},
    ),
    "a claim": ([("content/claims/gardens.yaml", "total: {number: 40", "total: {number: 41")], {}),
    "a source": ([("content/sources/survey.yaml", "outside: false", "outside: no")], {}),
}


@pytest.mark.parametrize("name", EDITS)
def test_in_the_middle_of_an_edit_nothing_is_called_unchanged(project: Project, name: str) -> None:
    """What can be resolved is compared, also where no brief is sound; what all share is refused as a whole."""
    edits, wanted = EDITS[name]
    for edit in edits:
        project.edit(*edit)
    done = project.run("diff", "build", "--html", "diff.html")
    assert done.returncode == (1 if wanted else 65), done
    assert ": error: " in done.stdout
    page = project.root / "diff.html"
    assert page.exists() == bool(wanted)
    for text in (done.stdout, page.read_text("utf-8") if wanted else ""):
        assert "that a reader sees has changed" not in text
    told = json.loads(project.run("diff", "build", "--output", "json").stdout)
    assert states(told.get("comparison", {"editions": []})) == wanted


def test_a_brief_that_is_stale_is_left_out_by_name(project: Project) -> None:
    """Its data are not those of a brief that is handed out."""
    project.edit("content/blocks/red.yaml", "{visitors.children} are", "{visitors.nobody} are")
    assert project.run("build", "--jobs", "1").returncode == 1
    project.edit("content/blocks/red.yaml", "{visitors.nobody} are", "{visitors.children} are")
    done = project.run("diff", "build")
    assert done.returncode == 1
    assert done.stdout.endswith("\nnot compared: en/red (build)\n")


def test_the_page_is_written_whole(project: Project) -> None:
    """It needs no other file; where it cannot be, the old one stays."""
    project.edit(*TEXT)
    (project.root / "diff.html").write_text("old", encoding="utf-8")
    words = project.good("diff", "build", "tree", "--html", "diff.html")
    page = (project.root / "diff.html").read_text("utf-8")
    assert "{+still+}" in words
    assert ">still<" in page
    assert "asset:" not in page
    done = project.run("diff", "build", "tree", "--html", "nowhere/diff.html")
    assert done.returncode == 74
    assert "no such file or directory" in done.stderr


def test_the_page_is_written_into_no_release(project: Project) -> None:
    """What was released never changes."""
    released(project)
    done = project.run("diff", ID, "--html", f"releases/{ID}/diff.html")
    said = f"inv: releases/{ID}/diff.html would change what is in releases; choose another place\n"
    assert (done.returncode, done.stderr) == (74, said)
    assert not (project.root / "releases" / ID / "diff.html").exists()


def test_json_acts_on_no_terminal_and_loses_nothing(project: Project) -> None:
    """Signs that turn the direction or begin a sequence are escaped, as JSON does."""
    folder = released(project)
    path = folder / "data" / "en" / "red.json"
    nasty = "\x9b31m\u202ea\u200b"
    edition = json.loads(path.read_bytes()) | {"name": nasty, "publisher": nasty}
    path.write_text(json.dumps(edition), encoding="utf-8")
    write(folder)
    printed = project.good("diff", "tree", ID, "--output", "json")
    assert all(char.isprintable() or char == "\n" for char in printed)
    _, red = json.loads(printed)["comparison"]["editions"]
    assert red["title"] == nasty
