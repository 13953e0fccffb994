"""The same content gives the same bytes, whoever builds it, wherever and however often."""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from tests.support.project import copied, files, needs, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.project import Project

WORLD = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "tr_TR.UTF-8",
    "LANGUAGE": "ru:de",
    "PYTHONHASHSEED": "4711",
    "PYTHONPATH": "/nowhere",
    "SOURCE_DATE_EPOCH": "1",
    "FONTCONFIG_PATH": "/nowhere",
    "INVOKE_RUN_ECHO": "1",
}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build from nothing in another folder, world and way: by `inv`, as a user who stands somewhere else."""
    folder = tmp_path_factory.mktemp("else where").resolve()
    project = copied(folder / "ein Ordner" / "projet é")
    home = folder / "home"
    home.mkdir()
    before = os.umask(0o077)
    try:
        content = ["--content", str(project.content)]
        command = [str(project.root / "inv"), "build", *content, "--jobs", "4"]
        done = run(command, home, **WORLD, HOME=str(home))
    finally:
        os.umask(before)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 editions rendered" in done.stdout
    return project


@pytest.mark.turns("builds from nothing")
def test_another_world_changes_no_byte(built: Project, elsewhere: Project) -> None:
    """Folder, home, time zone, language, hash seed, umask and number of print servers have no part in it."""
    assert files(elsewhere.out) == files(built.out)
    assert stat.S_IMODE((elsewhere.out / "en" / "red.pdf").stat().st_mode) == 0o600


@pytest.mark.turns("builds from nothing")
def test_a_warm_store_changes_no_byte(built: Project, elsewhere: Project) -> None:
    """Outputs from the store are those that were rendered."""
    shutil.rmtree(elsewhere.out)
    assert elsewhere.made() == {"en/blue": "kept", "en/red": "kept"}
    assert files(elsewhere.out) == files(built.out)


def test_content_from_another_folder_changes_no_byte(
    built: Project, project: Project, tmp_path: Path
) -> None:
    """Paths are as the user types them, from where she stands; they are in no output, and nothing is rendered."""
    shutil.copytree(project.content, tmp_path / "writing" / "words")
    command = project.command("build", "--content", "words", "--out", "../outputs")
    done = run(command, tmp_path / "writing")
    assert (done.returncode, done.stderr) == (0, "")
    made = files(tmp_path / "outputs")
    said = f"0 editions rendered, 2 kept, {len(made)} files written: ../outputs\n"
    assert done.stdout.endswith(said)
    assert made == files(built.out)


@pytest.mark.turns("builds from nothing")
def test_a_damaged_store_changes_no_byte(built: Project, project: Project) -> None:
    """What cannot be proved is rendered again."""
    entries = [path for path in (project.root / ".press" / "store").rglob("*") if path.is_file()]
    assert len(entries) >= 4  # pages, prints and drawings
    for number, entry in enumerate(entries):
        entry.write_bytes(entry.read_bytes()[:-1] if number % 2 else b"")
    shutil.rmtree(project.out)
    assert "new" in project.made().values()
    assert files(project.out) == files(built.out)


def test_the_order_of_files_changes_no_byte(built: Project, project: Project) -> None:
    """A folder lists its files in the order in which they came, or in another."""
    for folder in ("blocks", "briefs"):
        for path in sorted((project.content / folder).iterdir(), reverse=True):
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content)
    shutil.rmtree(project.out)
    project.made()
    assert files(project.out) == files(built.out)


@pytest.mark.turns("builds from nothing")
def test_print_servers_may_start_together(built: Project, project: Project) -> None:
    """On a fresh machine all of them find no cache for fonts, and each would make its folder."""
    needs("strace")
    shutil.rmtree(project.root / ".press")
    calls, late = (
        "?mkdir,mkdirat",
        "delay_enter=1000000",
    )  # microseconds: none makes it before all looked
    only = ["-P", str(project.root / ".press" / "fontconfig")]
    log = str(project.root / "calls")
    traced = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-o",
        log,
        "-e",
        f"trace={calls}",
        "-e",
        f"inject={calls}:{late}",
    ]
    done = run([*traced, *only, *project.command("build", "--jobs", "2")], project.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert files(project.out) == files(built.out)


@pytest.mark.turns("builds from nothing")
def test_no_network_is_needed(built: Project, project: Project) -> None:
    """A build from nothing, where no address can be reached, gives the same."""
    needs("unshare")
    alone = ["unshare", "--map-root-user", "--net"]
    if run([*alone, "true"], project.root).returncode:
        pytest.skip("not run: needs the right to a network of its own")
    shutil.rmtree(project.out)
    shutil.rmtree(project.root / ".press")
    done = run([*alone, *project.command("build")], project.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 editions rendered" in done.stdout
    assert files(project.out) == files(built.out)


@pytest.mark.turns("builds from nothing")
def test_no_address_is_asked_for(project: Project) -> None:
    """Not even in vain: no process of a build makes a socket of the internet's."""
    needs("strace")
    shutil.rmtree(project.root / ".press")
    log = project.root / "calls"
    traced = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-o",
        str(log),
        "-e",
        "trace=socket,socketpair",
    ]
    done = run([*traced, *project.command("build", "--audience", "red")], project.root)
    assert (done.returncode, done.stderr) == (0, "")
    calls = log.read_text()
    assert "AF_UNIX" in calls  # the line to the print server
    assert "AF_INET" not in calls
