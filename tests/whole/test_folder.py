"""A series may lie in any folder: it has its own outputs there, and no other series touches them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from press.build.build_request import refuse_other
from press.ground.paths import Folders
from press.problems import OutputError
from tests.support.project import ROOT, files, marks, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.project import Project, Run

ID = "id: town-gardens\n"
OTHERS = "is of the series 'village', and this is 'town-gardens'; choose another --{option}"


@pytest.fixture
def town(project: Project, tmp_path: Path) -> Path:
    """Return the small library as a series in a folder of its own; its prints need not be made anew."""
    folder = tmp_path / "town"
    shutil.copytree(project.content, folder)
    (folder / "series.yaml").write_text(ID + (folder / "series.yaml").read_text("utf-8"), "utf-8")
    shutil.copytree(project.root / ".press" / "store", folder / ".press" / "store")
    return folder


def at(folder: Path, project: Project, *words: str) -> Run:
    """Run a command line where a user stands."""
    return run(project.command(*words), folder)


def test_inside_a_series_commands_need_no_options(project: Project, town: Path) -> None:
    """From a folder in it too; what is made lies in it, and nothing in the folder of Press changes."""
    before = marks(project.root / "build"), marks(project.content)
    done = at(town / "briefs", project, "build", "--output", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert [each["made"] for each in json.loads(done.stdout)["editions"]] == ["kept", "kept"]
    made = files(town / "build")
    assert json.loads(made["manifest.json"])["id"] == "town-gardens"
    assert made["en/red.pdf"] == (project.out / "en" / "red.pdf").read_bytes()
    assert "nothing changed" in at(town, project, "build").stdout
    assert at(town, project, "kit", "--audience", "red").returncode == 0
    assert json.loads((town / "kits/manifest.json").read_bytes())["id"] == "town-gardens"
    assert (marks(project.root / "build"), marks(project.content)) == before


def test_what_is_made_of_another_series_is_left(
    project: Project, town: Path, released: Path
) -> None:
    """Outputs, kits and releases say whose they are; no task of another series fills or removes them."""
    mine = {"id": "village"}
    release = json.loads((released / "manifest.json").read_bytes())
    for name, manifest in {
        "build": {"schema": 1, **mine, "outputs": []},
        "kits": {"schema": 2, "kind": "kits", **mine, "files": []},
        "releases/2026-01-15.1": release | mine,
    }.items():
        (town / name).mkdir(parents=True)
        (town / name / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    before = marks(town)
    for words, place, option in (
        (("build",), "build", "out"),
        (("clean",), "build", "out"),
        (("kit",), "kits", "out"),
        (("release", "--out", "../other"), "releases/2026-01-15.1", "releases"),
    ):
        done = at(town, project, *words)
        way_out = ", or remove that folder" if option == "out" else ""
        way_out = f", or give the series that id back{way_out}"
        said = f"inv: {place} {OTHERS.format(option=option)}{way_out}\n"
        assert (done.returncode, done.stdout, done.stderr) == (74, "", said)
    after = marks(town)
    assert {name for name in before if before[name] != after[name]} <= {".press"}


def test_a_series_without_an_id_is_not_passed_over(project: Project, town: Path) -> None:
    """Else another series would be built, that of the clone; --content says that it is meant."""
    path = town / "series.yaml"
    path.write_text(path.read_text("utf-8").replace(ID, ""), "utf-8")
    done = at(town / "briefs", project, "build")
    assert (done.returncode, done.stdout) == (2, "")
    assert "../series.yaml has no line 'id: a-name', by which a series is known" in done.stderr
    assert at(town, project, "check", "--no-print", "--content", ".").returncode == 0


def test_the_series_of_a_clone_keeps_its_outputs_beside_it(project: Project) -> None:
    """With an id or without, wherever in the clone the user is."""
    done = at(project.content, project, "build")
    assert "nothing changed, nothing was rendered: ../build is up to date" in done.stdout
    project.edit(
        "content/series.yaml", "name: Gardens of the town", f"{ID}name: Gardens of the town"
    )
    assert at(project.content / "briefs", project, "plan").returncode == 0
    assert not (project.content / ".press").exists()


@pytest.mark.parametrize("name", [".", "blocks", "templates", "briefs/red"])
def test_what_a_series_is_made_of_is_no_place_for_outputs(
    project: Project, town: Path, name: str
) -> None:
    """Only the folders for outputs are, of those in it; else the next run would read what this one makes."""
    done = at(town, project, "build", "--out", name)
    said = f"inv: {name} holds what outputs are made of; choose another --out\n"
    assert (done.returncode, done.stderr) == (74, said)


def test_a_series_has_templates_of_its_own(project: Project, town: Path) -> None:
    """What they say is in its pages; one that leaves out words is refused, as is what replaces none."""
    own, wanted = town / "templates", ("build", "--audience", "red", "--format", "html")
    own.mkdir()
    (own / "words.yaml").write_text('"Evidence notes": Proofs\n', "utf-8")
    assert at(town, project, *wanted).returncode == 0
    assert "Proofs</h2>" in (town / "build/en/red.html").read_text("utf-8")
    paragraph = own / "blocks" / "paragraph" / "paragraph.html.j2"
    paragraph.parent.mkdir(parents=True)
    paragraph.write_text(
        '{% for block in blocks %}<p data-block="{{ block.id }}"></p>{% endfor %}', "utf-8"
    )
    done = at(town, project, *wanted)
    assert done.returncode == 65
    place = "\ntemplates/blocks/paragraph/paragraph.html.j2:1:1: error: the template leaves out the words"
    assert place in f"\n{done.stdout}"
    (own / "note.html.j2").touch()
    done = at(town, project, *wanted)
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr.startswith("inv: templates/note.html.j2: no template or style of Press")


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("9.0.1\n", "this series is written for Press 9.0.1, and this is 0."),
        ("soon\n", "this is no version of Press; remove the file, and let ./inv upgrade write it"),
    ],
)
def test_a_series_for_a_newer_press_is_refused(
    project: Project, town: Path, version: str, said: str
) -> None:
    """What it has may mean something else here; nor is it rewritten for an older one."""
    (town / ".press-version").write_text(version, "utf-8")
    for words in (("build",), ("upgrade", "--uncommitted")):
        done = at(town, project, *words)
        assert done.returncode == 65
        assert f".press-version:1:1: error: {said}" in done.stdout
    assert not (town / "build").exists()


def test_upgrade_notes_the_version_for_which_a_series_is_written(
    project: Project, town: Path
) -> None:
    """Once; a dry run, and one that leaves mistakes, do not."""
    (town / ".press-version").write_text("0.0.9\n", "utf-8")
    assert at(town, project, "upgrade", "--dry-run").returncode == 0
    assert (town / ".press-version").read_text("utf-8") == "0.0.9\n"
    version = run(project.command("--version"), town).stdout.removeprefix("Press ")
    note = f"the series is written for Press {version.strip()} now\n"
    assert at(town, project, "upgrade").stdout.endswith(note)
    assert (town / ".press-version").read_text("utf-8") == version
    assert note not in at(town, project, "upgrade").stdout


@pytest.mark.parametrize("series", [[], {}, "village"], ids=str)
def test_what_is_of_no_series_is_of_another(tmp_path: Path, series: object) -> None:
    """A manifest may say anything."""
    folders = Folders.of(ROOT, tmp_path)
    with pytest.raises(OutputError, match="is of the series"):
        refuse_other(folders, tmp_path / "build", series, "out")
