"""What `inv new` begins: a series that builds as it is, and things in it whose words are to be written."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from press import checks
from press.content.library import load
from press.content.model.kinds import KINDS
from press.ground.paths import Folders
from press.ingest import new_block, new_entry
from press.ingest.new_series import NewSeries, write
from press.problems import ContentRefusedError, RefusedError, UsageError
from tests.support.folders import HERE
from tests.support.project import STRACE, files, needs, run

if TYPE_CHECKING:
    from press.problems import Problem

PRESS = [sys.executable, "-I", "-X", "utf8", "-m", "press"]
WISHES = NewSeries('Meals in the "Vale"', "The: town", "meals@town.xx", ("ministry",), ("en",))
GIVEN = ("--name", WISHES.name, "--publisher", WISHES.publisher, "--contact", WISHES.contact)
VALUES = ("schools_serving.all", "schools_serving.serving")
STRIP = ("free_meals.before", "pupils_eating.pupils", "free_meals.latest", *VALUES)


@pytest.fixture
def town(tmp_path: Path) -> Folders:
    """Return a new series with one brief."""
    write(HERE, tmp_path / "town", WISHES)
    return Folders.of(HERE.root, tmp_path / "town")


def found(town: Folders) -> list[Problem]:
    """Return what is wrong with a series."""
    draft = load(town.content, ".")
    return [fault.problem for fault in (*draft.faults, *checks.of_library(draft, town.fonts))]


def test_a_new_series_builds_without_a_warning(tmp_path: Path) -> None:
    """In all depths, with a brief for each audience; outputs and releases are its own, and editors find its schemas."""
    audiences = [f"--audience={name}" for name in ("ministry", "school-heads", "parents")]
    made = run([*PRESS, "new", "series", "town", *GIVEN, *audiences], tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    town = tmp_path / "town"
    built = json.loads(run([*PRESS, "build", "--output", "json"], town).stdout)
    assert (built["status"], built["problems"]) == (0, [])
    assert {each["brief"] for each in built["editions"]} == {"ministry", "school-heads", "parents"}
    page = (town / "build" / "en" / "school-heads.html").read_text("utf-8")
    assert "For school heads" in page
    assert "The: town" in page
    assert "Meals in the" in page
    assert (town / "build" / "en" / "parents-short.pdf").exists()
    assert json.loads((town / "build" / "manifest.json").read_bytes())["id"] == "town"
    assert (town / ".press-version").read_text("utf-8") == f"{HERE.version}\n"
    assert "build/" in (town / ".gitignore").read_text("utf-8").split()
    schema = (town / "briefs" / "parents.yaml").read_text("utf-8").partition("\n")[0]
    assert (town / "briefs" / schema.partition("$schema=")[2]).is_file()
    assert files(tmp_path).keys() == {f"town/{name}" for name in files(town)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "needs --name and --publisher and --contact and --audience; on a terminal it asks"),
        ((*GIVEN, "--audience", "a", "--far", "3"), "takes no --far"),
        ((*GIVEN, "--audience", "Big Ministry"), "--audience: "),
        ((*GIVEN[:4], "--contact", "nowhere", "--audience", "a"), "--contact: "),
        ((*GIVEN, *["--audience", "a", "--audience", "a"]), "--audience: one is given twice"),
        ((*GIVEN, *(f"--audience={each}" for each in "abcd")), "has at most 3 briefs"),
        ((*GIVEN, "--audience", "a", "--lang", "xx"), "--lang: there is no 'xx'"),
    ],
)
def test_what_cannot_be_a_series_is_refused(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    """Before anything is written."""
    done = run([*PRESS, "new", "series", "town", *words], tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert not [*tmp_path.iterdir()]


def test_no_folder_in_use_becomes_a_series(town: Folders) -> None:
    """Nor one in another series, which would refuse it."""
    before = files(town.content)
    for folder, said in (
        (town.content, "is there, and has files in it"),
        (town.content / "series.yaml", "is there, and is no folder"),
        (town.content / "deep" / "other", "lies in the series"),
    ):
        with pytest.raises(UsageError, match=said):
            write(HERE, folder, WISHES)
    with pytest.raises(ContentRefusedError, match="Windows keeps this name for itself"):
        write(
            HERE, town.content.with_name("other"), NewSeries("a", "b", "a@b.xx", ("con",), ("en",))
        )
    assert files(town.content) == before
    assert [path.name for path in town.content.parent.iterdir()] == ["town"]


def test_a_terminal_is_asked_until_the_answer_will_do(tmp_path: Path) -> None:
    """What was given as an option is not asked for."""
    terminal, end = pty.openpty()
    command = [*PRESS, "new", "series", "town", *GIVEN[:4]]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=end, stderr=end, stdout=subprocess.PIPE
    ) as process:
        os.write(terminal, b"nowhere\nmeals@town.xx\nministry, parents\n")
        assert process.wait() == 0
    asked = os.read(terminal, 10_000).decode()
    os.close(end)
    os.close(terminal)
    assert asked.count("At which mail address") == 2
    assert "expected a web address with https:// or a mail address, found 'nowhere'" in asked
    assert "What is the series called?" not in asked
    assert (tmp_path / "town" / "briefs" / "parents.yaml").is_file()


def test_the_folder_where_the_user_stands_becomes_a_series(tmp_path: Path) -> None:
    """It is filled, not exchanged for another, or else she would stand in one that is gone."""
    (here := tmp_path / "town").mkdir()
    before = here.stat().st_ino
    done = run([*PRESS, "new", "series", ".", *GIVEN, "--audience", "a"], here)
    assert (done.returncode, done.stderr) == (0, "")
    assert "next: read README.md" in done.stdout
    assert here.stat().st_ino == before
    assert (here / "series.yaml").is_file()
    assert [*tmp_path.iterdir()] == [here]


def test_a_killed_run_leaves_no_half_series(tmp_path: Path) -> None:
    """The folder is there when it is whole; the next run takes away what was beside it."""
    needs("strace")
    command = [*PRESS, "new", "series", "town", *GIVEN, "--audience", "a"]
    kill = [*STRACE, "-o", "/dev/null", "-etrace=rename", "-einject=rename:signal=KILL:when=4"]
    assert run([*kill, *command], tmp_path).returncode in {-9, 137}
    assert [path.name[:10] for path in tmp_path.iterdir()] == [".town.next"]
    assert run(command, tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["town"]


def test_each_kind_of_block_can_be_begun(town: Folders) -> None:
    """With no mistake but that its words are to be written; all else in the files stays."""
    with pytest.raises(UsageError, match="put a PNG or JPEG file into images/ first"):
        new_block.add_block(town, "image", "ministry", section="evidence")
    (town.content / "images").mkdir()
    for name in ("a.png", "town.png"):
        Image.new("RGB", (1200, 800), "teal").save(town.content / "images" / name)
    before = {name: data.splitlines() for name, data in files(town.content).items()}
    new_entry.add_brief(town, "parents")
    kinds = {path.stem for path in (HERE.code / "starter" / "blocks").iterdir()}
    assert kinds == KINDS.keys()
    for kind in sorted(kinds - {"ask"}):
        values = {"figure": VALUES, "key_figures": STRIP}.get(kind, ())
        section = "evidence" if kind in {"table", "paragraph", "note", "quote", "image"} else ""
        added = new_block.add_block(town, kind, "parents", section=section, values=values)
        line = (
            Path(town.content, "blocks/parents.yaml")
            .read_text("utf-8")
            .splitlines()[added.place.line - 1]
        )
        assert "o be written" in line or line == "    file: a.png"
    problems = found(town)
    assert not [problem for problem in problems if problem.severity == "error"]
    unwritten = {problem.place.line for problem in problems if problem.rule == "unwritten"}
    lines = Path(town.content, "blocks/parents.yaml").read_text("utf-8").splitlines()
    assert unwritten >= {number for number, line in enumerate(lines, 1) if '"To be written' in line}
    after = {name: data.splitlines() for name, data in files(town.content).items()}
    assert {name: after[name] for name in before} == before


def test_a_brief_is_begun_again_where_a_run_was_killed(town: Folders) -> None:
    """In a folder with outputs its file is written last, so that it marks the brief as whole."""
    added = new_entry.add_brief(town, "parents")
    assert [path.parent.name for path in added.files] == ["blocks", "briefs"]
    assert added.place.path.endswith("briefs/parents.yaml")
    whole = files(town.content)
    (town.content / "briefs" / "parents.yaml").unlink()
    new_entry.add_brief(town, "parents")
    assert files(town.content) == whole


def test_a_block_goes_to_the_end_of_its_section(town: Folders) -> None:
    """Comments stay; an id in use, another section, and a brief that is final are refused, and nothing is written."""
    path = town.content / "briefs" / "ministry.yaml"
    text = path.read_text("utf-8")
    listed = "    - ministry-message-shared\n"
    assert new_block.add_block(town, "message", "ministry").id == "ministry-message"
    assert path.read_text("utf-8") == text.replace(listed, f"{listed}    - ministry-message\n")
    signed: dict[str, Any] = {
        "kind": "quote",
        "audience": "ministry",
        "section": "foreword",
        "name": "signed",
    }
    assert new_block.add_block(town, **signed).id == "signed"
    assert path.read_text("utf-8").endswith(
        "made: [made-review, made-claims]\n  foreword: [signed]\n"
    )
    figure = {"kind": "figure", "section": "", "name": ""}
    for wrong, said in (
        ({}, "there is a block 'signed' in"),
        ({"kind": "verse"}, "there is no starter for 'verse'; write inv new block with one of alt"),
        ({"kind": "step", "section": "problem"}, "a block 'step' goes into one of next"),
        ({**figure, "values": ("food_left.shares",)}, "did you mean 'food_left.share'"),
        ({**figure, "values": VALUES[:1]}, "twice or more; of a share, once"),
        ({"audience": "ministries"}, "no brief is called 'ministries'"),
    ):
        with pytest.raises(UsageError, match=said):
            new_block.add_block(town, **signed | wrong)
    with pytest.raises(ContentRefusedError, match="expected at most 1 entry, found 2"):
        new_block.add_block(town, "ask", "ministry")
    head = path.read_text("utf-8").partition("openers:")[0]
    path.write_text(head + "sections: {main: [ministry-main], made: [made-review]}\n", "utf-8")
    with pytest.raises(
        RefusedError, match=r"'foreword: \[ministry-quote\]' belongs under 'sections'"
    ):
        new_block.add_block(town, "quote", "ministry", section="foreword")


def test_a_claim_and_its_source_can_be_begun(town: Folders) -> None:
    """The claim has what is known of its passage, and stands behind the others of its source, with their line ends."""
    path = town.content / "claims" / "meals.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n"))
    old = path.read_bytes()
    assert new_entry.add_claim(town, "review", "P4.1", "").id == "review_p4_1"
    assert new_entry.add_claim(town, "review", "P4.1", "").id == "review_p4_1_2"
    assert path.read_bytes().startswith(old + b"\r\nreview_p4_1:\r\n  ref: C016\r\n")
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    draft = load(town.content, ".")
    claim = draft.claims["review_p4_1"]
    assert (claim.passage, claim.year, claim.use) == ("18429615", "2024", "do_not_use")
    new_entry.add_source(town, "law-2020")
    assert not [problem for problem in found(town) if problem.severity == "error"]
    for locator, said in (("P9.9", "has no passage 'P9.9'"),):
        with pytest.raises(UsageError, match=said):
            new_entry.add_claim(town, "review", locator, "")
    for name in ("../outside", "Law", "review"):
        with pytest.raises(UsageError, match=r"cannot name a source: |there is a source 'review'"):
            new_entry.add_source(town, name)
    with pytest.raises(UsageError, match="no source is called 'reviews'; did you mean 'review'"):
        new_entry.add_claim(town, "reviews", "P4.1", "")


def test_a_final_brief_has_no_words_to_be_written(town: Folders) -> None:
    """Nor what all share, where a brief is final; such a brief gets no new blocks."""
    new_block.add_block(town, "step", "ministry")
    new_entry.add_claim(town, "review", "P4.1", "")
    path = town.content / "briefs" / "ministry.yaml"
    path.write_text(path.read_text("utf-8").replace("status: draft", "status: final"), "utf-8")
    refused = {
        problem.place.path
        for problem in found(town)
        if problem.rule == "unwritten" and problem.severity == "error"
    }
    assert refused == {"blocks/ministry.yaml", "claims/meals.yaml"}
    with pytest.raises(UsageError, match="is final; write 'status: draft' there first"):
        new_block.add_block(town, "step", "ministry")


def test_the_command_says_where_to_go_on(town: Folders) -> None:
    """With the line of the first words to write; without an option it says which."""
    done = run([*PRESS, "new", "claim", "--source", "review", "--passage", "P4.1"], town.content)
    path = town.content / "claims" / "meals.yaml"
    line = (
        path.read_text("utf-8")
        .splitlines()
        .index('  claim: "To be written: what the passage says, in your words"')
        + 1
    )
    assert done.stdout.endswith(f"next: write its words, from claims/meals.yaml:{line}:1 on\n")
    for words, said in (
        (("claim",), "write inv new claim --source … --passage …; see also inv new --help"),
        (("block", "step", "note", "--audience=a"), "write inv new block KIND"),
        (("blocks",), "inv new makes no 'blocks'; did you mean 'block'?"),
    ):
        done = run([*PRESS, "new", *words], town.content)
        assert done.returncode == 2
        assert said in done.stderr
