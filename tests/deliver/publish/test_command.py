"""`inv publish` as its users run it: what it prints, and its exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from press.problems import CONFIGURATION, IO, USAGE
from tests.deliver.publish.releases import NEW, OLD, both
from tests.support.project import Project, copied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CANARY = "hunter2"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return a project with two releases."""
    project = copied(tmp_path_factory.mktemp("command").resolve() / "project")
    both(project.root / "releases")
    with project.warm():
        yield project


def test_a_plan_is_shown_before_anything_is_done(project: Project, tmp_path: Path) -> None:
    """A dry run names each file that would change; what is done is told in a line, and again that all is there."""
    site = tmp_path / "site"
    said = project.good("publish", str(site), "--release", OLD, "--dry-run").splitlines()
    assert "send        1 kB  en/police.html" in said
    assert said[-1] == f"dry run, nothing was changed: would send 11; 11 kB: {site}"
    assert not site.exists()
    said = project.good("publish", str(site), "--release", OLD).splitlines()
    assert said == [f"published {OLD}: 11 sent; 11 kB: {site}"]
    said = project.good("publish", str(site), "--dry-run").splitlines()
    assert "remove            en/police.html" in said
    assert "replace     1 kB  index.html" in said
    said = project.good("publish", str(site)).splitlines()
    assert said == [f"published {NEW}: 4 sent, 6 replaced, 3 removed, 2 kept; 56 kB: {site}"]
    assert project.good("publish", str(site)) == f"{site} holds {NEW} already; nothing was sent\n"


def test_a_program_gets_one_document(project: Project, tmp_path: Path) -> None:
    """Whether it went well or not."""
    said = json.loads(project.good("publish", str(tmp_path / "site"), "--output", "json"))
    assert (said["status"], said["release"], said["keep"]) == (0, NEW, [])
    (tmp_path / "site" / "index.html").unlink()
    (tmp_path / "site" / "press-published.json").unlink()
    (tmp_path / "site" / "index.html").write_text("not of Press")
    done = project.run("publish", str(tmp_path / "site"), "--output", "json")
    assert done.returncode == IO
    said = json.loads(done.stdout)
    assert (said["status"], "did not publish" in said["message"]) == (IO, True)
    assert done.stderr == f"inv: {said['message']}\n"


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (["--help"], 0, ""),
        (["--dryrun"], USAGE, "no option --dryrun"),
        ([f"sftp://me:{CANARY}@h/www"], USAGE, "holds a password"),
        (["site", "--release", "2026-11-24.2"], USAGE, "did you mean"),
        (["sftp://me@127.0.0.1:1/www", "--known-hosts", "none"], CONFIGURATION, "known hosts"),
    ],
)
def test_a_mistake_has_its_status(
    project: Project, words: list[str], status: int, why: str
) -> None:
    """And no traceback, and no password."""
    done = project.run("publish", *words)
    assert (done.returncode, why in done.stderr) == (status, True), done
    assert "Traceback" not in done.stderr
    assert CANARY not in done.stdout + done.stderr
