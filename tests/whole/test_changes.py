"""What changed is made anew, what did not is kept, and `plan` says so beforehand."""

from __future__ import annotations

import os
import shutil
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from press.build import plan
from press.build.formats import FORMATS
from press.content.model.identity import Voices
from press.edition.edition import Edition
from press.edition.resolve import OF_BRIEF
from tests.support.project import files, mark, marks, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.project import Project

CLAIMS = "content/claims/gardens.yaml"
BOTH = {"en/blue": "new", "en/red": "new"}
NONE = {"en/blue": "kept", "en/red": "kept"}
RED_FILES = {*(f"en/red{row.ending}" for row in FORMATS.values()), "data/en/red.json"}
ABOUT_ALL = {
    "index.html",
    "evidence.html",
    "data/claims.json",
    "data/claims.csv",
    "manifest.json",
    "SHA256SUMS",
}
# Runs a command line with a clock that stands still, as one does that ticks slowly.
STILL = """
import sys
from press.ground import file_state
file_state.clock = lambda _, now=int(sys.argv.pop(1)): now
from press.__main__ import lean
sys.exit(lean()(sys.argv))
"""
GREEN_BLOCKS = """\
green-main:
  message:
    text: Emerald words for the green reader only.[^quiet]
green-message:
  message:
    text: Children are {visitors.children} of visitors, the survey says.
green-ask:
  ask:
    text: "Gardeners: by {by}, plant a tree.[^quiet]"
    by: 2027-06
    basis: The date is ours.
"""
GREEN = """\
label: For green readers
status: draft
accent: "#14532d"
title: Gardens are green[^quiet]
summary: What green readers should know.
sections:
  main: [green-main]
  messages: [green-message]
  ask: [green-ask]
  made: [shared-made]
"""


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """Return the names of files that are in one only, or are not the same in both."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def test_a_claim_that_one_edition_prints_renders_that_one(project: Project) -> None:
    """`plan` names it with the reason, the build makes it, and the other keeps its very files."""
    project.edit("content/briefs/blue.yaml", "  country: [blue-figures]\n", "")
    project.made()
    project.edit(CLAIMS, "of them at schools.", "of them near schools.")
    before = files(project.out)
    assert project.planned() == {"en/red": ["claim 'gardens' changed"]}
    others = sorted(before.keys() - RED_FILES - ABOUT_ALL)
    untouched = marks(project.out, others)
    assert project.made() == {"en/red": "new", "en/blue": "kept"}
    changed = {"en/red.html", "data/en/red.json"}  # paper has less of a note
    assert changed <= differing(before, files(project.out)) <= RED_FILES | ABOUT_ALL
    assert {"en/blue.html", "en/blue.pdf"} <= set(others)
    assert marks(project.out, others) == untouched
    assert project.planned() == {}
    assert project.made() == NONE


def test_a_claim_that_all_editions_print_renders_all(project: Project) -> None:
    """The reason is the same for each."""
    project.edit(CLAIMS, "Gardens are quiet.", "Gardens are calm.")
    assert project.planned() == {name: ["claim 'quiet' changed"] for name in BOTH}


def test_a_source_that_all_editions_name_renders_all(project: Project) -> None:
    """The reason names it."""
    name = next((project.root / "content" / "sources").glob("*.yaml")).stem
    project.edit(f"content/sources/{name}.yaml", "A survey of gardens", "A survey of parks")
    assert project.planned() == {brief: [f"source '{name}' changed"] for brief in BOTH}


def test_a_claim_that_no_edition_prints_renders_none(project: Project) -> None:
    """Only what tells of all claims becomes another."""
    project.edit(CLAIMS, "Towns have gardens.", "Towns have meadows.")
    before = files(project.out)
    assert project.planned() == {}
    assert project.made() == NONE
    assert differing(before, files(project.out)) == ABOUT_ALL - {"index.html"}


def test_a_plan_names_a_brief_with_a_mistake(project: Project) -> None:
    """It would not be rendered, which is said in the summary too."""
    project.edit("content/briefs/red.yaml", "status: final", "status: finl")
    done = project.run("plan")
    assert done.returncode == 1
    assert "not rendered before their mistakes are mended: en/red\n" in done.stdout
    assert done.stdout.endswith("1 edition would be rendered; 1 error\n")


def test_a_plan_names_outputs_that_were_edited(project: Project) -> None:
    """Nothing has to be rendered for them, but a build writes them anew."""
    project.append("build/en/red.html", b" ")
    (project.root / "build/en/blue.pdf").unlink()
    assert project.good("plan").startswith(
        "not as they were built, and made anew: build/en/blue.pdf, build/en/red.html\n"
    )
    assert project.planned() == {}
    project.good("build")
    assert "not as they were built" not in project.good("plan")


def test_a_plan_has_a_reason_for_each_field_of_an_edition() -> None:
    """A change of another would be one that "is not in the store"."""
    own = {"brief", "language", "title", "sections", "notes", "sources", "works", "depth"}
    follow = {"name", "released", "latest", "aged"}  # from the title, the series and the sources
    names = {each.name for each in fields(Edition)}
    assert {*plan.SERIES, *OF_BRIEF, *Voices.model_fields, *own, *follow} == names


def test_an_edit_that_keeps_size_and_time_is_seen(project: Project) -> None:
    """`rsync -t` and `cp -p` leave such files."""
    path = project.root / "content/blocks/red.yaml"
    status = path.stat()
    project.edit("content/blocks/red.yaml", "They are quiet.", "They are tidal.")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert project.planned().keys() == {"en/red"}
    project.edit("content/blocks/red.yaml", "They are tidal.", "They are quiet.")
    assert project.planned() == {}


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("blocks/red", "red reader only", "red reader", "block 'red-main' changed"),
        ("briefs/red", "Gardens are counted", "Gardens count", "the title changed"),
        ("briefs/red", "status: final", "status: draft", "the brief's own lines changed"),
        ("briefs/red", "red-message, red-second", "red-message", "block 'red-second' is gone"),
    ],
)
def test_a_plan_says_what_changed(
    project: Project, name: str, old: str, new: str, reason: str
) -> None:
    """An author knows it again."""
    project.edit(f"content/{name}.yaml", old, new)
    planned = project.planned()
    assert list(planned) == ["en/red"]
    assert reason in planned["en/red"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("templates/blocks/message/message.html.j2", b"\n", "a template or style changed"),
        ("templates/styles/base.css", b"/* new */", "a template or style changed"),
        ("templates/fonts/PressSans-Regular.ttf", b"\0", "a font changed"),
        ("press/page/colours.py", b"# new\n", "the code of Press changed"),
    ],
)
def test_a_byte_of_a_tool_renders_all(
    project: Project, name: str, data: bytes, reason: str
) -> None:
    """Nobody has to know what a template, a font or a line of code is for."""
    project.append(name, data)
    assert project.planned() == {name: [reason] for name in BOTH}


@pytest.mark.turns
@pytest.mark.parametrize("name", ["deliver/mail/message.py", "cli/display.py", "release/shelf.py"])
def test_code_that_has_no_hand_in_them_renders_nothing(project: Project, name: str) -> None:
    """A change in the mailer makes no page and no print anew."""
    project.append(f"press/{name}", b"# new\n")
    assert project.planned() == {}
    assert project.made() == NONE


def test_a_build_renders_what_the_plan_said(project: Project) -> None:
    """With another font all prints are made anew, and a second build makes none."""
    project.append("templates/fonts/PressSans-Regular.ttf", b"\0")
    assert project.made() == BOTH
    assert project.made() == NONE


def test_a_plan_makes_nothing(project: Project) -> None:
    """Outputs, store and the folder above are as they were; the build after it has all to do."""
    project.edit("content/blocks/red.yaml", "red reader only", "red reader")
    before = marks(project.out), files(project.root / ".press" / "store")
    assert project.planned()
    assert (marks(project.out), files(project.root / ".press" / "store")) == before


def test_a_plan_for_pages_asks_for_no_prints(project: Project) -> None:
    """What `--format html` would not make is not in its plan."""
    shutil.rmtree(project.root / ".press" / "store")
    project.edit("content/series.yaml", "The town", "The village")
    assert set(project.planned("--format", "html")) == set(BOTH)
    assert project.made("--format", "html") == BOTH
    assert project.planned("--format", "html") == {}
    assert set(project.planned()) == set(BOTH)


def test_a_change_that_is_undone_renders_nothing(project: Project) -> None:
    """The store remembers; the outputs are the first ones, byte for byte."""
    before = files(project.out)
    project.edit("content/series.yaml", "The town", "The village")
    assert set(project.planned()) == set(BOTH)
    assert project.made("--format", "html") == BOTH
    project.edit("content/series.yaml", "The village", "The town")
    assert project.planned() == {}
    assert project.made() == NONE
    assert files(project.out) == before


def test_a_change_that_makes_no_difference_writes_nothing(project: Project) -> None:
    """A comment of the author's is no reason to replace the outputs by the same ones."""
    project.append("content/series.yaml", b"# the town pays for it\n")
    before = marks(project.out)
    assert project.planned() == {}
    assert project.made() == NONE
    assert marks(project.out) == before
    assert "nothing changed" in project.good("build")


def test_a_change_in_the_tick_of_the_build_is_seen(project: Project) -> None:
    """Of the same size and time, but later: what is as young as the state is read again."""
    path = project.root / CLAIMS
    project.edit(CLAIMS, "Towns have gardens.", "Towns have gardenz.")
    now = path.stat().st_mtime_ns
    done = run(project.python("-c", STILL, str(now), "build"), project.root)
    assert done.returncode == 0, done
    assert b"gardenz" in (project.out / "data" / "claims.json").read_bytes()
    project.edit(CLAIMS, "Towns have gardenz.", "Towns have gardens.")
    os.utime(path, ns=(now, now))
    assert project.made() == NONE
    assert b"gardenz" not in (project.out / "data" / "claims.json").read_bytes()


# --- outputs that somebody touched ---


def rewritten(out: Path) -> None:
    """Add a line to a page."""
    with (out / "en" / "red.html").open("a") as file:
        file.write("<p>and more")


def replaced(out: Path) -> None:
    """Put a link in the place of a print."""
    (out / "en" / "red.pdf").unlink()
    (out / "en" / "red.pdf").symlink_to("blue.pdf")


def foldered(out: Path) -> None:
    """Put a folder in the place of a page."""
    (out / "en" / "red.html").unlink()
    (out / "en" / "red.html").mkdir()
    (out / "en" / "red.html" / "page").write_text("a page")


def filed(out: Path) -> None:
    """Put a file in the place of a folder."""
    shutil.rmtree(out / "data")
    (out / "data").write_text("no data")


def added(out: Path) -> None:
    """Add files, and a folder."""
    (out / "Notes.txt").write_text("mine")
    (out / "en" / "old").mkdir()
    (out / "en" / "old" / "red.pdf").write_bytes(b"%PDF-1.7")
    (out / "en" / "link").symlink_to("nowhere")


TOUCHED = {
    "changed": rewritten,
    "emptied": lambda out: (out / "manifest.json").write_text(""),
    "deleted": lambda out: (out / "en" / "red.pdf").unlink(),
    "sums deleted": lambda out: (out / "SHA256SUMS").unlink(),
    "folder deleted": lambda out: shutil.rmtree(out / "en"),
    "all deleted": shutil.rmtree,
    "replaced by a link": replaced,
    "replaced by a folder": foldered,
    "replaced by a file": filed,
    "added": added,
}


@pytest.mark.parametrize("touch", TOUCHED.values(), ids=TOUCHED)
def test_an_output_that_somebody_touched_is_put_right(
    project: Project, touch: Callable[[Path], object]
) -> None:
    """All are as they were built, nothing is rendered for it, and those that were right are kept."""
    before = files(project.out)
    touch(project.out)
    touched = differing(before, files(project.out)) | {
        name for name in before if (project.out / name).is_symlink()
    }
    assert touched
    right = marks(project.out, before.keys() - touched)
    assert project.made() == NONE
    assert files(project.out) == before
    assert not [path for path in project.out.rglob("*") if path.is_symlink()]
    assert marks(project.out, right) == right


def test_outputs_that_were_put_right_are_known(project: Project) -> None:
    """The plan promises no rendering, and after the build nothing is left to do."""
    rewritten(project.out)
    assert project.planned() == {}
    assert project.made() == NONE
    assert "nothing changed" in project.good("build")


def test_outputs_without_their_manifest_are_left_to_their_owner(project: Project) -> None:
    """By it alone a folder is known as ours; the message says what to do, and nothing is lost."""
    (project.out / "manifest.json").unlink()
    before = marks(project.out)
    done = project.run("build")
    expected = "inv: build is not an output folder of Press; choose another --out or empty it\n"
    assert (done.returncode, done.stdout, done.stderr) == (74, "", expected)
    assert marks(project.out) == before


# --- another audience ---


def test_another_audience_is_a_matter_of_files(project: Project) -> None:
    """Two files more: one edition more is made, listed and offered; the others lead to it, and keep their prints."""
    others = marks(project.out, ["en/red.pdf", "en/blue.pdf", "data/en/red.json"])
    (project.content / "briefs" / "green.yaml").write_text(GREEN)
    (project.content / "blocks" / "green.yaml").write_text(GREEN_BLOCKS)
    labels = ["the other briefs' labels changed"]
    planned = {"en/blue": labels, "en/green": ["it was never built"], "en/red": labels}
    assert project.planned() == planned
    assert project.made("--audience", "green") == {**NONE, "en/green": "new"}
    assert project.made() == {"en/blue": "new", "en/green": "kept", "en/red": "new"}
    assert marks(project.out, others) == others
    found = files(project.out)
    assert {"en/green.html", "en/green.pdf", "data/en/green.json"} <= found.keys()
    assert b"Emerald words" in found["en/green.html"]
    assert b'href="green.html">For green readers</a>' in found["en/red.html"]
    assert b'href="en/green.html"' in found["index.html"]
    assert b"For green readers" in found["index.html"]
    assert project.manifest()["en/green.pdf"]["status"] == "draft"


def test_a_brief_that_is_deleted_is_gone_from_everywhere(project: Project) -> None:
    """No output is left of it, and no word; the other loses its way there, and keeps its print."""
    blue = mark(project.out / "en" / "blue.pdf")
    (project.content / "briefs" / "red.yaml").unlink()
    (project.content / "blocks" / "red.yaml").unlink()
    assert project.planned() == {"en/blue": ["the other briefs' labels changed"]}
    assert project.made() == {"en/blue": "new"}
    assert mark(project.out / "en" / "blue.pdf") == blue
    found = files(project.out)
    assert not [name for name in found if "red." in name]
    assert not [
        name for name, content in found.items() if b"en/red" in content or b"red.html" in content
    ]
