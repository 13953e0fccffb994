"""A build with no change renders nothing, writes nothing, and costs about as much as a list of the tasks."""

from __future__ import annotations

import json
import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from press.build.formats import FORMATS
from tests.support.project import Project, copied, marks, run

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "weasyprint",
    "pydantic",
    "pydantic_core",
    "jinja2",
    "babel",
    "yaml",
    "PIL",
    "rich",
    "fontTools",
    "pypdfium2",
}
SAID = {
    "build": "nothing changed, nothing was rendered: build is up to date",
    "plan": "nothing would be rendered",
}
# Tells on standard error how often Python did what it reports to whoever audits it.
COUNTED = """
import collections, json, sys
counts = collections.Counter()
sys.addaudithook(lambda event, _: counts.update([event]))
from press.__main__ import lean
status = lean()(sys.argv)
print(json.dumps(counts), file=sys.stderr)
sys.exit(status)
"""
# Prints on standard error how many texts were parsed, and how many there are in all that was read.
PARSED = """
import sys
from press.content import library
from press.checks.phrases import markup
from press.content.text import markdown
read, load, calls, drafts = markdown.read, library.load, [], []
markdown.read = lambda value: calls.append(value) or read(value)
library.load = lambda *where: drafts.append(load(*where)) or drafts[-1]
from press.__main__ import lean
status = lean()(sys.argv)
tables = [table for each in drafts for table in (each.claims, each.blocks, each.briefs, each.sources)]
models = [value for table in tables for value in table.values()]
places = {text.place for value in models for _, text in markup(value)}
print(len(calls), len(places), file=sys.stderr)
sys.exit(status)
"""
# Leaves what a build of so many more briefs would leave: the outputs of one again and again, and the state.
MANY = """
import shutil, sys
from dataclasses import asdict, replace
from press.build import build_request as asked, last_build as past; from press.ground import file_state
from press.build.formats import FORMATS
from press.ground.paths import Folders
folders = Folders.here()
request = asked.Request(folders)
before = past.remembered(request)
[(asked_for, answer)] = before.answers.items()
rows, parts = list(answer["rows"]), dict(before.parts)
for number in range(int(sys.argv[1])):
    made = [f"build/en/X{row.ending}" for row in FORMATS.values()]
    for old in ("content/briefs/X.yaml", *made, "build/data/en/X.json"):
        path, names = folders.root / old, ("red", f"red-{number}")
        shutil.copy2(*(path.with_name(path.name.replace("X", name)) for name in names))
    rows.append({**rows[-1], "brief": f"red-{number}"})
    parts[f"en/red-{number}"] = before.parts["en/red"]
began = file_state.clock(folders.work) + 10**12  # long after all files were written
inputs, outputs = file_state.scan(asked.sources(folders)), file_state.scan([request.out])
answers = {asked_for: {**answer, "rows": rows}}
after = replace(before, inputs=inputs, outputs=outputs, began=began, ended=began, answers=answers, parts=parts)
file_state.save(request.state, asdict(after))
"""


def imported(project: Project, *words: str) -> set[str]:
    """Return the packages that a command line imports."""
    done = run(project.python("-X", "importtime", "-m", "press", *words), project.root)
    assert done.returncode == 0
    modules = re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE)
    return {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize("task", ["build", "plan"])
def test_nothing_heavy_is_imported(project: Project, task: str) -> None:
    """What has not changed is known without the libraries that would make it."""
    packages = imported(project, task)
    assert {"press", "invoke"} <= packages
    assert not packages & HEAVY


def test_a_part_is_as_quickly_known_as_the_whole(project: Project) -> None:
    """After a build of all without a problem, and after one of just that part."""
    part = ("build", "--audience", "red", "--format", "html")
    assert not imported(project, *part) & HEAVY
    assert project.made("--audience", "red") == {"en/blue": "kept", "en/red": "kept"}
    project.edit("content/claims/gardens.yaml", "Gardens are quiet.", "Gardens are calm.")
    assert project.made(*part[1:]) == {"en/blue": "kept", "en/red": "new"}
    assert not imported(project, *part) & HEAVY
    left = project.run(*part).stdout
    assert "left as they were, and out of date: en/blue.html" in left
    assert imported(project, "build", "--audience", "red") >= {"pydantic"}


def test_parts_and_the_whole_take_turns(project: Project) -> None:
    """Each is answered as before, with its warnings, as long as neither content nor outputs change."""
    project.edit("content/limits.yaml", "blue: {pages: 3}", "red: {grade: 1}")
    every = [(), ("--audience", "red"), ("--audience", "blue")]
    told = [project.run("build", *words).stdout for words in every]
    assert "warning" in told[0]
    assert "warning" not in told[2]
    for words, before in zip(every, told, strict=True):
        again = project.run("build", *words).stdout
        assert re.findall("warning.*", again) == re.findall("warning.*", before)
        assert not imported(project, "build", *words) & HEAVY
    project.edit("content/claims/gardens.yaml", "Towns have gardens.", "Towns have trees.")
    project.made()
    said = [project.run("build", *words).stdout for words in every]
    assert [re.findall("warning: .*", each) for each in said[:2]] == [
        re.findall("warning: .*", each) for each in told[:2]
    ]
    assert "warning" not in said[2]
    assert not imported(project, "build", "--audience", "red") & HEAVY  # the whole has said it


def test_a_part_is_not_passed_over_when_it_was_touched(project: Project) -> None:
    """Or when it is not what was built."""
    (project.out / "en" / "red.html").write_bytes(b"other")
    assert imported(project, "build", "--audience", "red") >= {"pydantic"}
    assert (project.out / "en" / "red.html").read_bytes() != b"other"


def test_a_part_vouches_for_no_output_that_was_changed_by_hand(project: Project) -> None:
    """Nor for one that somebody removed: the list of digests has what was built, and the build says so."""
    digest = project.manifest()["en/red.html"]["sha256"]
    for _ in range(2):
        (project.out / "en" / "red.html").write_bytes(b"by hand")
        said = project.good("build", "--audience", "blue")
        assert "left as they were, and out of date: en/red.html" in said
        assert project.manifest()["en/red.html"]["sha256"] == digest
    (project.out / "en" / "red.pdf").unlink()
    assert "removed: en/red.pdf" in project.good("build", "--audience", "blue")
    project.made()
    assert "nothing changed" in project.good("build", "--audience", "blue")
    assert project.manifest()["en/red.html"]["sha256"] == digest


@pytest.mark.parametrize("task", ["build", "check", "plan"])
def test_a_wrong_limit_of_the_store_is_refused_at_once(project: Project, task: str) -> None:
    """Not when all is done: the answer would be lost."""
    project.edit("content/claims/gardens.yaml", "Towns have gardens.", "Towns have trees.")
    done = project.run(task, PRESS_STORE_MIB="0")
    assert (done.returncode, done.stdout) == (2, "")
    assert "PRESS_STORE_MIB is '0'; give a whole number of MiB, such as 1024" in done.stderr
    assert "gardens" in (project.out / "en" / "red.html").read_text("utf-8")


def test_what_is_heavy_would_be_seen(project: Project) -> None:
    """With a change, the same look finds it."""
    project.edit("content/claims/gardens.yaml", "Towns have gardens.", "Towns have trees.")
    assert imported(project, "plan") >= {"pydantic", "jinja2", "babel", "yaml"}


def test_each_text_is_parsed_once(project: Project) -> None:
    """In a build that reads, checks, resolves and composes them."""
    project.edit("content/claims/gardens.yaml", "Towns have gardens.", "Towns have trees.")
    done = run(project.python("-c", PARSED, "build"), project.root)
    assert done.returncode == 0, done
    parsed, texts = map(int, done.stderr.split())
    assert parsed == texts > 0


@pytest.mark.parametrize("task", ["build", "plan"])
def test_nothing_is_written(project: Project, task: str) -> None:
    """All outputs, their folders and what is in the store keep their bytes, times and inodes."""
    store = project.root / ".press" / "store"
    before = marks(project.out), marks(store), set(project.root.iterdir())
    assert SAID[task] in project.good(task)
    assert (marks(project.out), marks(store), set(project.root.iterdir())) == before


def test_all_editions_are_kept(project: Project) -> None:
    """A program learns it too."""
    assert project.made() == {"en/blue": "kept", "en/red": "kept"}


@pytest.mark.parametrize("task", ["build", "plan"])
def test_a_touched_file_changes_nothing(project: Project, task: str) -> None:
    """Only the time is another: somebody saved it as it was, or copied the folder."""
    for name in ("content", "templates", "press", "build"):
        for path in (project.root / name).rglob("*"):
            os.utime(path)
    before = marks(project.out)
    assert SAID[task] in project.good(task)
    assert marks(project.out) == before


def counted(project: Project, task: str) -> dict[str, int]:
    """Return how often each thing happens that Python reports, in a run with no change."""
    done = run(project.python("-c", COUNTED, task), project.root)
    assert done.returncode == 0, done
    assert SAID[task] in done.stdout
    counts: dict[str, int] = json.loads(done.stderr)
    return counts


@pytest.fixture(scope="module")
def many(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with two briefs, which stays; `grown` gives it more."""
    root: Path = tmp_path_factory.mktemp("many").resolve() / "project"
    project = copied(root)
    for name in ("build", ".press"):
        shutil.copytree(built.root / name, root / name)
    return project


def grown(project: Project, number: int) -> Project:
    """Let *project* be as a build of *number* more briefs leaves it."""
    done = run(project.python("-c", MANY, str(number)), project.root)
    assert (done.returncode, done.stderr) == (0, "")
    return project


def test_a_thousand_briefs_take_no_more_work_than_two(many: Project) -> None:
    """No file is opened, listed or imported for one of them: their sizes and times tell all."""
    grown(many, 0)
    for _ in ("compiled", "counted"):  # what Python keeps is there the second time
        few = {task: counted(many, task) for task in SAID}
    assert few["build"]["open"] > 10
    grown(many, 998)
    assert len(list((many.out / "en").iterdir())) == 1000 * len(FORMATS)
    assert {task: counted(many, task) for task in SAID} == few
