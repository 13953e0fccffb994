"""A fork of a warm process does what a cold one does: the tests of command lines rest on that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.forking import LESSONS
from tests.support.project import WARM, Project, Run, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM = """\
import atexit, json, os, signal, sys
atexit.register(lambda: print("last words", file=sys.stderr))
word = sys.argv[1]
if word == "look":
    from press import part
    os.umask(mask := os.umask(0))
    print(json.dumps({
        "argv": sys.argv, "folder": os.getcwd(), "environ": dict(os.environ), "umask": mask,
        "stdin": sys.stdin.read(), "pipes": [os.isatty(1), os.isatty(2)], "path": sys.path,
        "flags": str(sys.flags), "main": [__name__, __file__, __spec__.name], "part": part.VALUE,
        "open": sorted(os.listdir("/proc/self/fd"))[:-1], "group": os.getpgid(0) == os.getpgid(os.getppid()),
        "heard": [str(signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)],
        "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
    }))
elif word == "import":
    print("was there" if "colorsys" in sys.modules else "imported")
    import colorsys
elif word == "exit":
    sys.exit(int(sys.argv[2]))
elif word == "fail":
    raise ValueError("on purpose")
elif word == "die":
    print("words", flush=True)
    os.kill(os.getpid(), int(sys.argv[2]))
elif word == "quit":
    os._exit(3)
elif word == "large":
    sys.stderr.write("e" * 300_000)
    print("o" * 300_000)
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project whose program tells what it finds."""
    root = (tmp_path / "a project").resolve()
    (root / "press").mkdir(parents=True)
    for name, text in (("__init__", ""), ("__main__", PROGRAM), ("part", "VALUE = 1\n")):
        (root / "press" / f"{name}.py").write_text(text, encoding="utf-8")
    (root / ".venv").symlink_to(sys.prefix)
    return Project(root)


@contextmanager
def counted(project: Project) -> Iterator[list[int]]:
    """Run command lines as forks, and note which ones were."""
    forks = [0]
    with project.warm():
        server = WARM[project.root]
        start = server.start

        def note(*words: Any, **more: Any) -> None:  # noqa: ANN401 - whatever it is given
            forks[0] += 1
            start(*words, **more)

        server.start = note  # type: ignore[method-assign]
        yield forks


def seen(done: Run) -> dict[str, Any]:
    """Return what the program has found."""
    assert done.returncode == 0, done
    found: dict[str, Any] = json.loads(done.stdout)
    found["environ"].pop("LC_CTYPE", None)  # Python sets it for its children
    found["open"] = [number for number in found["open"] if number != str(LESSONS)]
    return found


def test_it_finds_the_same_world(project: Project) -> None:
    """Words, folder, variables, umask, streams, open files, flags and signals are those of a cold process."""
    before = os.umask(0o027)
    try:
        cold = seen(run(project.command("look", "a b", "", "ü"), project.root))
        with counted(project) as forks:
            for _ in range(2):  # it has learned something after the first
                assert seen(project.run("look", "a b", "", "ü")) == cold
        assert forks == [2]
    finally:
        os.umask(before)
    assert cold["argv"][1:] == ["look", "a b", "", "ü"]
    assert cold["umask"] == 0o027
    assert cold["open"] == ["0", "1", "2"]


@pytest.mark.parametrize(
    "words",
    [
        ("exit", "0"),
        ("exit", "65"),
        ("fail",),
        ("die", "9"),
        ("die", "15"),
        ("quit",),
        ("large",),
    ],
    ids=" ".join,
)
def test_it_ends_in_the_same_way(project: Project, words: tuple[str, ...]) -> None:
    """Status, signal, traceback, words at the end, and outputs of any size."""
    cold = run(project.command(*words), project.root)
    with counted(project) as forks:
        warm = project.run(*words)
    assert forks == [1]
    assert (warm.returncode, warm.stdout) == (cold.returncode, cold.stdout)
    assert own(warm.stderr) == own(cold.stderr)


def own(complaints: str) -> str:
    """Return complaints without the lines on how Python came to run the program."""
    lines = complaints.splitlines(keepends=True)
    return "".join(
        line
        for number, line in enumerate(lines)
        if not any(
            "runpy" in each or "forking.py" in each
            for each in lines[max(0, number - 1) : number + 1]
        )
    )


def test_what_one_has_imported_the_next_one_need_not(project: Project) -> None:
    """That is what it is for."""
    with counted(project) as forks:
        outputs = [project.run("import").stdout for _ in range(2)]
    assert forks == [2]
    assert outputs == ["imported\n", "was there\n"]
    assert run(project.command("import"), project.root).stdout == "imported\n"


def test_changed_code_is_run_cold(project: Project) -> None:
    """A warm process has imported the code of before; when that is back, so is it."""
    part = project.root / "press" / "part.py"
    status = part.stat()
    with counted(project) as forks:
        assert seen(project.run("look"))["part"] == 1
        part.write_text("VALUE = 23\n", encoding="utf-8")
        assert seen(project.run("look"))["part"] == 23
        assert forks == [1]
        part.write_text("VALUE = 1\n", encoding="utf-8")
        os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert seen(project.run("look"))["part"] == 1
        assert forks == [2]


def test_other_variables_are_for_a_cold_process(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python reads some of them when it starts."""
    with counted(project) as forks:
        assert seen(project.run("look", TZ="Asia/Bishkek"))["environ"]["TZ"] == "Asia/Bishkek"
        monkeypatch.setenv("HOME", "/elsewhere")
        assert seen(project.run("look"))["environ"]["HOME"] == "/elsewhere"
        assert forks == [0]


def test_it_ends_with_the_tests(project: Project) -> None:
    """When nobody asks any more, no process is left."""
    with project.warm():
        project.run("exit", "0")
    found = subprocess.run(
        ["ps", "-eo", "args"], capture_output=True, text=True, check=True, env=os.environ
    ).stdout
    assert "ps -eo args" in found
    assert not [line for line in found.splitlines() if str(project.root) in line]
    assert project.root not in WARM
