"""The tutorial: every command in it is run and every edit made, in its order, by processes of their own."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from press.cli.program import OwnConfig, OwnProgram, load_tasks
from tests.support.folders import HERE
from tests.support.project import needs, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS = {path.name: path.read_text("utf-8") for path in sorted((HERE.root / "docs").glob("*.md"))}
FENCE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
FILE = re.compile(r"`([\w/]+\.yaml)`")


class Step(NamedTuple):
    """A fenced block of the tutorial: what is typed, and the file that was named last before it."""

    kind: str
    text: str
    file: str


def steps(page: str) -> Iterator[Step]:
    """Yield the steps of a page, in its order."""
    for match in FENCE.finditer(page):
        named = FILE.findall(page[: match.start()])
        yield Step(match[1], match[2], named[-1] if named else "")


def edit(file: Path, diff: str) -> None:
    """Change a file as the lines of a *diff* say; what is to go has to be there once."""
    old, new = (
        "".join(f"{line[1:]}\n" for line in diff.splitlines() if line.startswith(sign))
        for sign in "-+"
    )
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file} does not have: {old}"
    file.write_text(text.replace(old, new), "utf-8")


def test_the_tutorial_leads_to_a_release(tmp_path: Path) -> None:
    """As a new user types it, in an empty home; a mistake is shown in the words that the page has."""
    needs("git")
    (tmp_path / "press").mkdir()
    inv = tmp_path / "press" / "inv"
    inv.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -X utf8 -m press "$@"\n', "utf-8")
    inv.chmod(0o755)
    roles = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    env = dict.fromkeys(roles, "a@example.org") | {"HOME": str(tmp_path)}
    series = tmp_path / "school-meals"
    said, ran = "", 0
    for step in steps(DOCS["first-brief.md"]):
        if step.kind == "diff":
            edit(series / step.file, step.text)
        elif step.kind == "sh":
            done = run(["sh", "-e", "-c", step.text], series if ran else tmp_path, **env)
            said, ran = done.stdout, ran + 1
            assert bool(done.returncode) is ("error:" in said), done
        else:  # what the page shows was said
            assert step.text.rstrip("\n") in said.splitlines()
    assert ran > 6
    [release] = [
        path for path in (tmp_path / "school-meals" / "releases").iterdir() if path.name[:2] == "20"
    ]
    assert (release / "manifest.json").is_file()
    assert list(release.rglob("ministry*.pdf"))


@pytest.mark.parametrize("name", DOCS)
def test_a_command_in_the_docs_is_one_that_there_is(name: str) -> None:
    """Its task and options, wherever a page shows what to type."""
    program = OwnProgram(binary="inv", config_class=OwnConfig)
    program.create_config()
    program.collection = load_tasks()
    contexts = {context.name: context for context in program.collection.to_contexts()}
    shell = "\n".join(step.text for step in steps(DOCS[name]) if step.kind == "sh")
    shell = shell.replace("\\\n", " ")
    for task, words in re.findall(r"^[^\n#]*?\binv (\w+)([^\n#]*)", shell, re.MULTILINE):
        assert task in contexts
        options = set(re.findall(r"--[\w-]+", re.sub(r'"[^"]*"', "", words)))
        assert options <= {*contexts[task].flags, *contexts[task].inverse_flags, "--help"}
