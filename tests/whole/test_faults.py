"""A fault in one brief leaves the others built and its last good files marked; one in what all share stops all."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from press.build.formats import FORMATS
from tests.support.project import files, marks, run

if TYPE_CHECKING:
    from tests.support.project import Project

RED = "content/blocks/red.yaml"
ENDINGS = [row.ending for row in FORMATS.values()]
GOOD, FAULTY = "{visitors.children} are", "{visitors.childen} are"
SAID = "error: claim 'visitors' has no value 'childen'; did you mean 'children'? [reference]"
STALE = {"en/blue": "kept", "en/red": "stale"}
BLUE_FILES = ("en/blue.pdf", "data/en/blue.json")


def broken(project: Project) -> Project:
    """Put a fault into the red brief."""
    project.edit(RED, GOOD, FAULTY)
    return project


@pytest.fixture
def stale(project: Project) -> Project:
    """Return a project that was built, and once more with a fault in the red brief."""
    assert broken(project).made(status=1) == STALE
    return project


def test_a_fault_in_one_brief_is_told_with_its_place(project: Project) -> None:
    """The status says that the rest was done, and the summary what is out of date."""
    done = broken(project).run("build")
    assert (done.returncode, done.stderr) == (1, "")
    before = (project.root / RED).read_text().partition(FAULTY)[0].split("\n")
    assert done.stdout.splitlines()[0] == f"{RED}:{len(before)}:{len(before[-1]) + 1}: {SAID}"
    assert "1 edition out of date, in build/stale; 1 error" in done.stdout


def test_its_last_good_files_are_out_of_the_way(built: Project, stale: Project) -> None:
    """They are the very bytes, in a folder that tells; its data are gone, and so are the old names."""
    before, after = files(built.out), files(stale.out)
    for ending in ENDINGS:
        assert after[f"stale/en/red{ending}"] == before[f"en/red{ending}"]
    red = {name for name in after if re.search(r"red\W", name)}
    assert red == {f"stale/en/red{ending}" for ending in ENDINGS}


def test_manifest_and_index_mark_them(stale: Project) -> None:
    """A program and a person learn it where they look first."""
    told = stale.manifest()
    assert {told[f"stale/en/red{ending}"]["status"] for ending in ENDINGS} == {"stale"}
    index = (stale.out / "index.html").read_text()
    assert 'href="stale/en/red.html"' in index
    assert "Out of date: what it was made from has changed" in index
    assert 'href="en/red' not in index
    assert b"stale/en/red.pdf" in (stale.out / "SHA256SUMS").read_bytes()


def test_the_other_briefs_keep_their_files(project: Project) -> None:
    """A fault elsewhere is no reason to touch them."""
    before = marks(project.out, BLUE_FILES)
    broken(project).made(status=1)
    assert marks(project.out, BLUE_FILES) == before


def test_no_page_leads_to_a_brief_that_is_not_there(built: Project, project: Project) -> None:
    """Only the way to the faulty brief changes, and it is back when the brief is."""
    page, there = project.out / "en" / "blue.html", b' data-to="red.html" href="red.html"'
    good = page.read_bytes()
    assert good.count(there) == 1
    broken(project).made(status=1)
    assert page.read_bytes() == good.replace(there, b' data-to="red.html"')
    evidence = (project.out / "evidence.html").read_bytes()
    assert b'href="en/red.html"' not in evidence
    project.edit(RED, FAULTY, GOOD)
    project.made()
    assert files(project.out) == files(built.out)


def test_the_other_briefs_are_built(project: Project) -> None:
    """A change in one is made, whatever is wrong with another."""
    project.edit("content/blocks/blue.yaml", "blue reader only", "blue reader")
    assert broken(project).made("--format", "html", status=1) == {**STALE, "en/blue": "new"}
    assert b"for the blue reader." in (project.out / "en" / "blue.html").read_bytes()


def test_a_fault_that_stays_is_told_again(stale: Project) -> None:
    """With the same status and place, though nothing has changed and nothing is written."""
    before = marks(stale.out)
    done = stale.run("build")
    assert (done.returncode, done.stderr) == (1, "")
    assert re.match(rf"{RED}:\d+:\d+: {re.escape(SAID)}\n", done.stdout)
    assert "nothing changed since the last build, which had errors" in done.stdout
    assert marks(stale.out) == before


def test_a_fault_that_stays_is_told_from_where_the_user_stands(stale: Project) -> None:
    """Its path is the one that she would type."""
    done = run(stale.command("build"), stale.root / "templates")
    assert done.returncode == 1
    assert re.match(rf"\.\./{RED}:\d+:\d+: {re.escape(SAID)}\n", done.stdout)
    assert "nothing changed" in done.stdout


def test_a_brief_that_is_mended_is_back(built: Project, stale: Project) -> None:
    """All is as it was, without rendering."""
    stale.edit(RED, FAULTY, GOOD)
    assert stale.made() == {"en/blue": "kept", "en/red": "kept"}
    assert files(stale.out) == files(built.out)
    assert not (stale.out / "stale").exists()


def test_a_faulty_brief_that_is_deleted_is_gone(stale: Project) -> None:
    """Nothing stale is left of it."""
    (stale.content / "briefs" / "red.yaml").unlink()
    stale.edit(RED, FAULTY, GOOD)
    assert stale.made() == {"en/blue": "new"}  # its label is gone from the other page
    found = files(stale.out)
    assert not [name for name in found if "red." in name]
    assert not [name for name, content in found.items() if b"stale/en" in content]


def test_a_brief_with_a_fault_from_the_start_has_no_files(project: Project) -> None:
    """There is nothing good of it that could be out of date."""
    shutil.rmtree(project.out)
    assert broken(project).made(status=1) == {"en/blue": "kept"}
    assert not [name for name in files(project.out) if "red." in name]


def test_a_print_that_is_too_long_is_a_fault_of_its_brief(project: Project) -> None:
    """What is known only from the print counts like what is known before."""
    project.edit("content/limits.yaml", "blue: {pages: 3}", "blue: {pages: 3}\n  red: {pages: 1}")
    assert project.made(status=1) == STALE
    assert (project.out / "stale" / "en" / "red.pdf").is_file()


def test_a_build_of_another_audience_leaves_what_is_stale(stale: Project) -> None:
    """It is neither gone nor taken for current."""
    before = files(stale.out)
    assert stale.made("--audience", "blue") == STALE
    assert files(stale.out) == before


def test_a_build_of_one_format_leaves_the_stale_file_of_the_other(stale: Project) -> None:
    """Mended, the page is back; the print is still out of date."""
    stale.edit(RED, FAULTY, GOOD)
    stale.made("--format", "html")
    red = {name for name in files(stale.out) if re.search(r"red\W", name)}
    stale_files = {f"stale/en/red{ending}" for ending in ENDINGS if ending != ".html"}
    assert red == {"en/red.html", "data/en/red.json", *stale_files}
    assert stale.manifest()["stale/en/red.pdf"]["status"] == "stale"


# --- what all share ---

SHARED = {
    "claim": ("content/claims/gardens.yaml", "basis: expert\n", "basis: exprt\n"),
    "series": ("content/series.yaml", "publisher:", "publishr:"),
    "limits": ("content/limits.yaml", "all: {", "all: {{"),
    "terms": ("content/terms/en.yaml", "name: Agenda", "name: [Agenda"),
    "source": ("content/sources/survey.yaml", "kind: primary study\n", ""),
}


@pytest.mark.parametrize("name", SHARED)
def test_a_fault_in_what_all_share_changes_nothing(project: Project, name: str) -> None:
    """The status says so, each problem has its place, and no byte or inode is another."""
    file, old, new = SHARED[name]
    project.edit(file, old, new)
    before = marks(project.out)
    done = project.run("build")
    assert (done.returncode, done.stderr) == (65, "")
    assert [
        line for line in done.stdout.splitlines() if re.match(rf"{file}:\d+:\d+: error: ", line)
    ]
    assert marks(project.out) == before


def test_faults_in_all_briefs_change_nothing(project: Project) -> None:
    """Nothing could be built, and both faults are told at once."""
    broken(project)
    project.edit("content/blocks/blue.yaml", "{visitors.children}", "{visitors.childen}")
    before = marks(project.out)
    done = project.run("build", "--output", "json")
    assert done.returncode == 65
    told = json.loads(done.stdout)
    assert {one["path"] for one in told["problems"]} == {RED, "content/blocks/blue.yaml"}
    assert marks(project.out) == before


def test_faults_before_and_in_the_print_of_all_briefs_change_nothing(project: Project) -> None:
    """One brief cannot be resolved and the other is too long."""
    broken(project)
    project.edit("content/limits.yaml", "blue: {pages: 3}", "blue: {pages: 1}")
    before = marks(project.out)
    done = project.run("build")
    assert (done.returncode, done.stderr) == (65, "")
    assert SAID in done.stdout
    assert marks(project.out) == before


def test_after_a_refusal_the_old_content_is_current(project: Project) -> None:
    """What could not be built has left no trace in the state."""
    file, old, new = SHARED["claim"]
    project.edit(file, old, new)
    assert project.run("build").returncode == 65
    project.edit(file, new, old)
    assert "nothing changed" in project.good("build")


def test_a_plan_of_refused_content_is_refused(project: Project) -> None:
    """It tells the same problems with the same status."""
    file, old, new = SHARED["claim"]
    project.edit(file, old, new)
    plan, build = project.run("plan"), project.run("build")
    assert plan.returncode == build.returncode == 65
    assert plan.stdout == build.stdout
