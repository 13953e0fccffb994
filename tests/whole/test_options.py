"""One run at a time, only what is asked for, and nothing in a folder of somebody else's."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from press.build.formats import FORMATS
from tests.support.project import environment, files, marks
from tests.support.warm import SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.project import Project, Run

CLAIMS = "content/claims/gardens.yaml"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
NAMES = ", ".join(sorted(FORMATS))
LOCKED = "inv: another run (process 1, build) is working here; wait for it or stop it\n"


# --- one run at a time ---


@pytest.fixture
def locked(project: Project) -> Iterator[Project]:
    """Return a project whose lock somebody holds."""
    with (project.root / ".press" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("process 1, build")
        lock.flush()
        yield project


@pytest.mark.parametrize("task", ["build", "plan", "check", "clean"])
def test_a_second_run_is_told_to_come_again(locked: Project, task: str) -> None:
    """It does not wait, names the first, and touches nothing."""
    before = marks(locked.out)
    done = locked.run(task)
    assert (done.returncode, done.stdout, done.stderr) == (75, "", LOCKED)
    assert marks(locked.out) == before


@pytest.mark.parametrize("option", [("--accept", "town"), ("--texts", "texts")])
def test_no_second_run_edits_content(locked: Project, option: tuple[str, str]) -> None:
    """Whether or not there is something to edit."""
    done = locked.run("check", *option)
    assert (done.returncode, done.stderr) == (75, LOCKED)


# --- only what is asked for ---


def test_another_audience_keeps_its_files(project: Project) -> None:
    """A change that concerns both is made in the one that is asked for."""
    project.edit(CLAIMS, "Gardens are quiet.", "Gardens are calm.")
    others = marks(project.out, ["en/blue.html", "en/blue.pdf", "data/en/blue.json"])
    assert project.made("--audience", "red") == {"en/blue": "kept", "en/red": "new"}
    assert marks(project.out, others) == others
    assert b"Gardens are calm." in (project.out / "en" / "red.html").read_bytes()
    assert list(project.planned()) == ["en/blue"]


def test_another_format_keeps_its_files(project: Project) -> None:
    """The prints are as they were, and the next whole build makes them."""
    project.edit("content/series.yaml", "name: Gardens of the town", "name: Parks of a town")
    others = marks(project.out, ["en/blue.pdf", "en/red.pdf"])
    project.made("--format", "html")
    assert marks(project.out, others) == others
    assert b"Parks of a town" in (project.out / "en" / "blue.html").read_bytes()
    assert list(project.planned()) == ["en/blue", "en/red"]


def test_one_format_of_one_audience(project: Project) -> None:
    """Both limits hold together; the language is the only one there is."""
    project.edit(CLAIMS, "Gardens are quiet.", "Gardens are calm.")
    before = files(project.out)
    project.made("--format", "html", "--audience", "red", "--lang", "en")
    after = files(project.out)
    changed = {name for name in before if before[name] != after[name]}
    assert {name for name in changed if name.startswith("en/")} == {"en/red.html"}
    assert after.keys() == before.keys()


def test_all_that_is_asked_for_one_by_one_is_all(built: Project, project: Project) -> None:
    """From nothing, the parts add up to the whole, manifest and index too."""
    shutil.rmtree(project.out)
    for brief in ("red", "blue"):
        for kind in reversed(FORMATS):
            project.made("--audience", brief, "--format", kind)
    assert files(project.out) == files(built.out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--audience", "reed"), "--audience: there is no 'reed'; did you mean 'red'?"),
        (("--lang", "ru"), "--lang: there is no 'ru'; expected one of en"),
        (("--format", "docx"), f"--format: there is no 'docx'; expected one of {NAMES}"),
        (("--jobs", "-1"), "--jobs is a whole number from 1"),
        (("--content", "contents"), "there is no folder contents; name the content's folder"),
        (("--content", "templates"), "templates has no series.yaml: it is no folder of content"),
        (("--output", "xml"), "--output is text, json or github, not 'xml'"),
    ],
)
def test_a_wrong_option_is_refused(project: Project, words: tuple[str, ...], said: str) -> None:
    """Before anything is done, with the way out."""
    before = marks(project.out)
    done = project.run("build", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert marks(project.out) == before


# --- where the outputs go ---


@pytest.fixture
def photographs(project: Project) -> Path:
    """Return a folder of somebody's."""
    folder = project.root / "photographs"
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"\xff\xd8")
    return folder


def test_a_folder_of_somebody_elses_is_refused(project: Project, photographs: Path) -> None:
    """At once, before anything is rendered."""
    shutil.rmtree(project.root / ".press" / "store")
    before = marks(photographs)
    done = project.run("build", "--out", "photographs")
    said = "inv: photographs is not an output folder of Press; choose another --out or empty it\n"
    assert (done.returncode, done.stdout, done.stderr) == (74, "", said)
    assert marks(photographs) == before
    assert not (project.root / ".press" / "store").exists()


@pytest.mark.parametrize("manifest", ["", "{}", '{"name": "my web app"}', "[1]"])
@pytest.mark.parametrize("task", ["build", "clean", "catalogue"])
def test_a_manifest_of_another_program_makes_no_folder_ours(
    project: Project, photographs: Path, task: str, manifest: str
) -> None:
    """Many programs have a file of that name."""
    (photographs / "manifest.json").write_text(manifest, "utf-8")
    before = marks(photographs)
    done = project.run(task, "--out", "photographs")
    assert (done.returncode, "is not an output folder of Press" in done.stderr) == (74, True)
    assert marks(photographs) == before


def test_what_somebody_put_into_the_outputs_is_named_when_it_goes(project: Project) -> None:
    """A build makes the folder anew."""
    (project.out / "mine.txt").write_text("mine", "utf-8")
    project.append("content/series.yaml", b"# changed\n")
    assert "mine.txt" in project.good("build")
    assert not (project.out / "mine.txt").exists()


@pytest.mark.parametrize("out", [".", "content", "content/new", "templates/new", "press/new", "/"])
def test_a_folder_that_outputs_are_made_from_is_refused(project: Project, out: str) -> None:
    """Not even where a file in it has the name of our manifest."""
    (project.root / "manifest.json").write_text("{}")
    (project.content / "manifest.json").write_text("{}")
    before = marks(project.content), marks(project.out)
    done = project.run("build", "--out", out)
    assert (done.returncode, done.stdout) == (74, "")
    assert done.stderr == f"inv: {out} holds what outputs are made of; choose another --out\n"
    assert (marks(project.content), marks(project.out)) == before


def test_a_home_that_is_empty_is_no_folder_of_outputs(project: Project, tmp_path: Path) -> None:
    """It would be exchanged for one of ours, and removed by clean."""
    for task in ("build", "clean", "kit"):
        done = project.run(task, "--out", str(tmp_path), HOME=str(tmp_path))
        assert (done.returncode, list(tmp_path.iterdir())) == (74, [])
        assert done.stderr.endswith("is your home folder; choose another --out\n")


def test_another_folder_gets_the_same_outputs(built: Project, project: Project) -> None:
    """The usual one is not touched, and each remembers what it has."""
    before = marks(project.out)
    project.good("build", "--out", "elsewhere/outputs")
    assert files(project.root / "elsewhere" / "outputs") == files(built.out)
    assert marks(project.out) == before
    assert "nothing changed" in project.good("build")
    assert "nothing changed" in project.good("build", "--out", "elsewhere/outputs")


def test_clean_removes_the_outputs_only(project: Project) -> None:
    """What is kept between builds stays, so that the next one renders nothing."""
    content, store = marks(project.content), files(project.root / ".press" / "store")
    assert project.good("clean") == "removed build\n"
    assert not project.out.exists()
    assert (marks(project.content), files(project.root / ".press" / "store")) == (content, store)
    assert project.made() == {"en/blue": "kept", "en/red": "kept"}
    assert project.good("clean", "--store").startswith("removed build, ")
    assert not (project.root / ".press" / "store").exists()
    assert project.good("clean") == "there was nothing to remove\n"


def test_clean_leaves_a_folder_of_somebody_elses(project: Project, photographs: Path) -> None:
    """A mistyped --out costs nothing."""
    before = marks(photographs)
    done = project.run("clean", "--out", "photographs")
    said = "inv: photographs is not an output folder of Press; it is left as it is\n"
    assert (done.returncode, done.stdout, done.stderr) == (74, "", said)
    assert marks(photographs) == before


def test_clean_leaves_what_outputs_are_made_from(project: Project) -> None:
    """Not even a file with the name of our manifest makes the content an output."""
    (project.content / "manifest.json").write_text("{}")
    before = marks(project.content)
    done = project.run("clean", "--out", "content")
    assert (done.returncode, done.stdout) == (74, "")
    assert marks(project.content) == before


# --- what is said, and where ---


def faulty(project: Project) -> None:
    """Put a fault into one brief."""
    project.edit("content/blocks/red.yaml", "{visitors.children} are", "{visitors.x} are")


def refused(project: Project) -> None:
    """Put a fault into what all share."""
    project.edit("content/series.yaml", "publisher:", "publishr:")


@pytest.mark.parametrize(
    ("task", "prepare", "status"),
    [
        ("build", None, 0),
        ("build", faulty, 1),
        ("build", refused, 65),
        ("check", faulty, 1),
        ("check", refused, 65),
        ("plan", None, 0),
        ("plan", faulty, 1),
        ("plan", refused, 65),
    ],
)
def test_a_program_reads_one_document(
    project: Project, task: str, prepare: object, status: int
) -> None:
    """With `--output json` nothing else is on standard output, and nothing on standard error."""
    if callable(prepare):
        prepare(project)
    done = project.run(task, "--output", "json")
    assert (done.returncode, done.stderr) == (status, "")
    told = json.loads(done.stdout)
    assert bool(status) is bool(isinstance(told, dict) and told["problems"])
    if isinstance(told, dict):
        assert told["status"] == status


def test_a_pipe_gets_no_progress_and_no_colour(project: Project) -> None:
    """Where something is rendered and something is wrong."""
    project.edit("content/blocks/blue.yaml", "blue reader only", "blue reader")
    faulty(project)
    done = project.run("build", TERM="xterm-256color")
    assert (done.returncode, done.stderr) == (1, "")
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout


def on_a_terminal(project: Project, *words: str, **more: str) -> Run:
    """Run a command line with a terminal as its standard output, which alone is read."""
    ours, theirs = pty.openpty()
    command = project.command(*words)
    shown = b""
    with subprocess.Popen(
        command,
        cwd=project.root,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(theirs)
        while select.select([ours], [], [], SECONDS)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # all of the other end is closed
                break
        os.close(ours)
    return subprocess.CompletedProcess(command, process.returncode, shown.decode(), "")


@pytest.mark.parametrize(
    ("more", "coloured"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
    ids=["terminal", "NO_COLOR", "dumb"],
)
def test_colour_is_for_those_who_want_it(
    project: Project, more: dict[str, str], *, coloured: bool
) -> None:
    """On a terminal a problem has its line and a caret in any case."""
    refused(project)
    done = on_a_terminal(project, "build", **more)
    assert done.returncode == 65
    assert bool(COLOUR.search(done.stdout)) is coloured
    assert re.search(r"^ +publishr:.*\r?\n +\^", done.stdout, re.MULTILINE)
