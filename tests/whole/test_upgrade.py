"""A series for older keys is moved on the command line, and built: `inv upgrade`."""

from __future__ import annotations

import html
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.project import ROOT, Project, copied, files, needs
from tests.whole.test_release import git

if TYPE_CHECKING:
    from pathlib import Path

WAY_BACK = "git could not bring back what is not committed"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project whose series was written for older keys."""
    project = copied(tmp_path / "project")
    shutil.rmtree(project.content)
    shutil.copytree(ROOT / "tests" / "older", project.content)
    return project


def test_a_series_is_moved_and_built(project: Project) -> None:
    """First it is told and shown, then it is written; what it says is on the pages."""
    needs("git")
    for task in ("check", "build"):
        told = project.run(task)
        assert told.returncode == 65
        assert told.stdout.count("./inv upgrade rewrites it") > 5
    before = files(project.content)
    shown = project.run("upgrade", "--dry-run")
    assert (shown.returncode, files(project.content)) == (0, before)
    assert "--- content/briefs/council.yaml\n+++ content/briefs/council.yaml\n@@ " in shown.stdout
    assert "\n-  option:\t# kind\n+  alternative:\t# kind\n" in shown.stdout
    assert "files would be rewritten; " in shown.stdout

    git(project, "init", "-q")
    (project.root / ".gitignore").write_text(".venv\n/build\n.press\n__pycache__\n", "utf-8")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "all")
    done = json.loads(project.good("upgrade", "--output", "json"))
    assert (done["status"], done["written"], len(done["files"])) == (0, True, 6)
    assert {each["message"][:12] for each in done["rewritten"]} >= {"kind 'option", "section 'sin"}
    changed = git(project, "diff", "--name-only", "--", "content").split("\n")
    assert changed == sorted(done["files"])

    assert project.made() == {"en/council": "new", "en/homes": "new"}
    page = html.unescape((project.out / "en/council.html").read_text("utf-8"))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for words in (
        "Begin with the main pipe.",
        "We have no money.",
        "Nobody has counted:",
        "old ones too, as in «Ош»",
        "Of these 6 were schools.",
    ):
        assert words in text
    assert "nothing is left to rewrite" in project.good("upgrade")


def test_what_git_cannot_bring_back_is_rewritten_only_when_told_so(project: Project) -> None:
    """In no repository; and in one where a file that would be rewritten has changed since, or is new."""
    needs("git")
    before = files(project.content)
    done = project.run("upgrade")
    assert (done.returncode, done.stdout) == (65, "")
    reason = "the content is in no git repository"
    assert f"{reason}, and {WAY_BACK}; copy the folder, then give --uncommitted" in done.stderr

    git(project, "init", "-q")
    (project.root / ".gitignore").write_text(".venv\n/build\n.press\n__pycache__\n", "utf-8")
    git(project, "add", "-A", ":!content/terms")
    git(project, "commit", "-qm", "all")
    project.append("content/briefs/homes.yaml", b"\n# more\n")
    project.append("content/series.yaml", b"# which is not rewritten\n")
    done = project.run("upgrade")
    names = "content/briefs/homes.yaml, content/terms/en.yaml"
    assert (done.returncode, f"{WAY_BACK}: commit {names} first" in done.stderr) == (65, True)
    assert files(project.content)["limits.yaml"] == before["limits.yaml"]

    assert "6 files rewritten" in project.good("upgrade", "--uncommitted")
    assert files(project.content)["briefs/homes.yaml"].endswith(b"\n# more\n")


def test_a_folder_that_is_no_series_is_a_mistake_in_the_command(project: Project) -> None:
    """So is one that does not exist."""
    for name in ("press", "nowhere"):
        done = project.run("upgrade", "--content", name)
        assert done.returncode == 2
        assert f"{name} has no series.yaml; name the content's folder with --content" in done.stderr


def test_mistakes_that_stay_are_told(project: Project) -> None:
    """With the place where they are after it."""
    project.edit("content/blocks/council.yaml", '  "option":\n', '  "option":\n    cost: 5\n')
    done = project.run("upgrade", "--uncommitted")
    assert done.returncode == 1
    assert re.search(r"council\.yaml:39:5: error: unknown key 'cost'", done.stdout)
    assert "6 files rewritten" in done.stdout
