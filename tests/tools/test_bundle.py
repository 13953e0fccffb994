"""A wheel of Press does what a clone does, and asks for what the locks have."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from typing import TYPE_CHECKING

import pytest

from press.tools import bundle
from tests.support.absence import absent
from tests.support.folders import HERE
from tests.support.project import LIBRARY, run

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = tomllib.loads((HERE.root / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("core", PROJECT["dependencies"]),
        *(
            (name, asked[name != "ingest" :])
            for name, asked in PROJECT["optional-dependencies"].items()
        ),
    ],
)
def test_the_wheel_asks_for_what_the_locks_have(lock: str, asked: list[str]) -> None:
    """So that it prints what a clone prints."""
    text = (HERE.root / "requirements" / f"{lock}.in").read_text("utf-8")
    assert sorted(re.findall(r"^[\w.\[\]-]+==\S+", text, re.MULTILINE)) == sorted(asked)


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment that has, of all others, only the packages of this one."""
    if importlib.util.find_spec("hatchling") is None:
        absent("needs hatchling, which ./inv test sets up with a new .venv")
    place = tmp_path_factory.mktemp("wheel")
    wheel = bundle.make_wheel(HERE.root, place / "wheels", place / "source", place / "none")
    subprocess.run([sys.executable, "-m", "venv", place / "env"], check=True)
    python = place / "env" / "bin" / "python"
    install = ("-I", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    assert run([str(python), *install], place).returncode == 0
    [site] = (place / "env" / "lib").glob("python*/site-packages")
    (site / "others.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return place / "env" / "bin" / "press-briefs"


def test_an_installed_press_does_what_a_clone_does(command: Path, tmp_path: Path) -> None:
    """In the folder of a series; it says of which commit it is, and has no task for developers."""
    town = shutil.copytree(LIBRARY, tmp_path / "town")
    (town / "series.yaml").write_text(
        "id: town\n" + (town / "series.yaml").read_text("utf-8"), "utf-8"
    )
    done = run([str(command), "check", "--no-print", "--output", "json"], town / "blocks")
    assert (done.returncode, json.loads(done.stdout)["problems"]) == (0, [])
    listed = run([str(command), "--help"], town).stdout
    assert "Usage: press-briefs TASK" in listed
    assert re.findall(r"^  (build|test|bench|bundle|docs)\b", listed, re.MULTILINE) == ["build"]
    words = ("--name=Town", "--publisher=Town", "--contact=a@town.xx", "--audience=a")
    done = run([str(command), "new", "series", "other", *words], tmp_path)
    assert "run press-briefs build there" in done.stdout
    read_me = (tmp_path / "other" / "README.md").read_text("utf-8")
    assert ("`press-briefs check`" in read_me, "inv" in read_me.split()) == (True, False)
    done = run([str(command), "doctor", "--editor"], town)
    assert done.returncode == 0
    assert (town / ".press" / "schema" / "brief.json").is_file()
    done = run([str(command), "buidl"], tmp_path)
    assert done.stderr == "press-briefs: no task is called 'buidl'; did you mean 'build'?\n"
    done = run([str(command), "check"], tmp_path)
    assert (done.returncode, "or name it: --content DIR" in done.stderr) == (2, True)


def test_an_installed_press_knows_its_commit_and_what_was_changed(command: Path) -> None:
    """By the digests that the wheel brought; a release says so."""
    python = command.with_name("python")
    code = """
import json
from pathlib import Path
from press.ground import file_state
from press.ground.paths import Folders
from press.release.freeze.git_state import look_at_press
folders = Folders.here(Path("/nowhere"))
seen = {Path(path): file.digest for path, file in file_state.scan([folders.code]).items()}
print(json.dumps(look_at_press(folders, seen).as_json()))
"""
    commit = bundle.commit(HERE.root)
    told = json.loads(run([str(python), "-I", "-c", code], command.parent).stdout)
    if not commit:
        assert told["reason"] == "this wheel of Press was not made of a commit"
        return
    assert told == {"commit": commit, "clean": True, "uncommitted": []}
    [style] = command.parents[1].glob(
        "lib/python*/site-packages/press/installed/templates/notes.html.j2"
    )
    style.write_text("", "utf-8")
    told = json.loads(run([str(python), "-I", "-c", code], command.parent).stdout)
    assert told["uncommitted"] == ["templates/notes.html.j2"]
