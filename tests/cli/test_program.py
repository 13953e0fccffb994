"""The command line, run as a process: exit statuses, messages, signals, the manual, a light start."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from press.cli import manual, program
from press.cli.display import COMMAND, with_command
from press.ground.paths import Folders

ROOT = Path(__file__).parents[2]
HEAVY = {"babel", "jinja2", "pydantic", "rich", "weasyprint", "yaml"}
TASKS = '''\
"""Tasks that go wrong."""
import os, signal, sys, time
from pathlib import Path
from invoke import Exit, task
from press import problems
from press.ground import signals

@task(help={"jobs": "How many at once.", "audience": "Which readers.", "word": "A word."})
def build(_, jobs=2, audience="all", word=()):
    """Build something."""
    print(jobs, audience, word, Path.cwd())

@task(iterable=["audience"], help={"audience": "Which readers.", "lang": "Which language."})
def several(_, audience=None, lang="en"):
    """Take an option again and again."""
    print(audience, lang)

@task(positional=["old", "new"], help={"old": "One.", "new": "Another.", "note": "A word."})
def two(_, old="first", new="second", note=""):
    """Take two words that need no names."""
    print(old, new, note)

@task(positional=["path"], help={"path": "Where."})
def one(_, path):
    """Take a word that has to be given."""
    print(path)

@task(positional=["word"], iterable=["word"])
def words(_, word=None, note=""):
    """Take any number of words that need no names."""
    print(word, note)

@task
def streams(_):
    """Write to each standard stream, and let a child do so."""
    import subprocess
    from pathlib import Path
    file = open(sys.argv[0])
    assert file.fileno() > 2
    os.write(1, b"one ")
    os.write(2, b"two ")
    print("three", flush=True)
    print("four", file=sys.stderr, flush=True)
    assert sys.stdin.read() == ""
    subprocess.run([sys.executable, "-c", "import os; os.fstat(0), os.fstat(1), os.fstat(2)"], check=True)
    raise Exit(code=5)

@task
def stopped(_, output="text"):
    """Stop with words and a status."""
    raise Exit("that is all", code=5)

@task
def refused(_, output="text"):
    """Refuse the content."""
    place = problems.Place("content/a.yaml", 3)
    raise problems.ContentRefusedError([problems.Problem(place, "wrong", "file")])

@task
def failed(_, output="text"):
    """Fail on purpose."""
    raise problems.PressError("one brief is missing")

@task
def busy(_, output="text"):
    """Find the lock held."""
    raise problems.BusyError("another run is at it")

@task
def unfit(_):
    """Find a machine that lacks something."""
    raise problems.ConfigurationError("Pango is missing")

@task
def lost(_, output="text"):
    """Find no file."""
    Path("/nonexistent/a file").read_bytes()

@task
def full(_, notes=True):
    """Find the disk full."""
    with open("/dev/full", "w") as file:
        file.write("x")

@task
def broken(_, output="text"):
    """Have a fault of ours."""
    {}["no such key"]

@task
def slow(_, again=False):
    """Wait for a signal, and clean up."""
    try:
        print("ready", flush=True)
        signals.sleep(60)
    finally:
        if again:
            os.kill(os.getpid(), signal.SIGHUP)
            time.sleep(60)
        print("cleaned", flush=True)

@task
def endless(_):
    """Print without end."""
    while True:
        print("line")

@task
def answered(_, jobs=0, output="text"):
    """Answer."""
    from press.cli.answers import Answer
    return Answer(jobs, text="three", facts={"number": jobs})

@task
def interrupted(_, output="text"):
    """Be asked to end."""
    os.kill(os.getpid(), signal.SIGTERM)
    signals.sleep(60)

@task
def real(_):
    """Use what the start leaves out."""
    from importlib import metadata
    from unittest import mock
    print(metadata.version("invoke"), mock.Mock(x=3).x)
'''
Run = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package beside tasks that go wrong."""
    tree = tmp_path_factory.mktemp("tree")
    for room in ("cli", "ground"):
        ours = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "press" / room, tree / "press" / room, ignore=ours)
    for name in (
        "__init__",
        "__main__",
        "problems",
        "rulebook",
        "build/__init__",
        "build/build_request",
        "build/formats",
        "content/__init__",
        "content/languages/__init__",
        "content/languages/en",
        "content/languages/habits",
        "content/languages/ru",
    ):
        path = tree / "press" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "press" / f"{name}.py", path)
    (tree / "content" / "briefs").mkdir(parents=True)
    (tree / "content" / "briefs" / "health.yaml").touch()
    shutil.copy(ROOT / "pyproject.toml", tree)
    shutil.copy(ROOT / "press" / "rules.toml", tree / "press")
    (tree / "tasks.py").write_text(TASKS, encoding="utf-8")
    return tree


def command(*words: str) -> list[str]:
    """Return what runs a command line of ours."""
    return [sys.executable, "-P", "-X", "utf8", "-m", "press", *words]


def environment(tree: Path, **more: str) -> dict[str, str]:
    """Return the variables with which the package of *tree* is found before any other."""
    return {**os.environ, "PYTHONPATH": str(tree), **more}


def run(tree: Path, *words: str, cwd: Path | None = None, **more: str) -> Run:
    """Run a command line in the copy."""
    return subprocess.run(
        command(*words),
        cwd=cwd or tree,
        env=environment(tree, **more),
        capture_output=True,
        text=True,
        check=False,
    )


def started(tree: Path, *words: str) -> subprocess.Popen[str]:
    """Start a command line in the copy, and return it when it has said that it is ready."""
    process = subprocess.Popen(
        words, env=environment(tree), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize(
    ("task", "status", "said"),
    [
        ("stopped", 5, "inv: that is all\n"),
        ("failed", 1, "inv: one brief is missing\n"),
        ("busy", 75, "inv: another run is at it\n"),
        ("unfit", 78, "inv: Pango is missing\n"),
        ("lost", 74, "inv: /nonexistent/a file: No such file or directory\n"),
        pytest.param(
            "full",
            74,
            "inv: No space left on device\n",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's"),
        ),
    ],
)
def test_a_failure_has_its_status_and_its_words(
    tree: Path, task: str, status: int, said: str
) -> None:
    """What was foreseen ends with a message, its own exit status and no traceback."""
    ended = run(tree, task)
    assert (ended.returncode, ended.stdout, ended.stderr) == (status, "", said)


def test_refused_content_is_shown_with_its_place(tree: Path) -> None:
    """Problems go to standard output, and nothing needs to be said beside them."""
    ended = run(tree, "refused")
    assert (ended.returncode, ended.stderr) == (65, "")
    assert ended.stdout == "content/a.yaml:3:1: error: wrong [file]\n"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["biuld"], 2, "no task is called 'biuld'; did you mean 'build'?"),
        (["answered", "--job"], 2, "answered has no option --job; did you mean '--jobs'?"),
        (["answered", "--jobs", "x"], 2, "--jobs is a whole number, not 'x'"),
        (["failed"], 1, "one brief is missing"),
        (["busy"], 75, "another run is at it"),
        (["lost"], 74, "/nonexistent/a file: No such file or directory"),
        (["broken"], 70, "this is a bug in Press"),
        (["stopped"], 5, "that is all"),
        (["interrupted"], 143, "stopped by a signal"),
        (["refused"], 65, ""),
    ],
)
def test_a_program_reads_json_whatever_happens(
    tree: Path, words: list[str], status: int, message: str
) -> None:
    """It is alone on standard output, also for a command line that could not be read."""
    for output in (["--output", "json"], ["--output=json"]):
        ended = run(tree, *words, *output)
        answer = json.loads(ended.stdout)
        assert ended.returncode == answer["status"] == status
        assert answer["message"].startswith(message)
        assert len(answer["problems"]) == (status == 65)


def test_a_pull_request_reads_commands_whatever_happens(tree: Path) -> None:
    """What ended a task before its answer is a note too, and standard error does not say it once more."""
    ended = run(tree, "refused", "--output", "github")
    assert (ended.returncode, ended.stderr) == (65, "")
    assert ended.stdout.endswith("::error file=content/a.yaml,line=3,col=1,title=file::wrong\n")
    ended = run(tree, "failed", "--output=github")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.endswith("::error title=inv::one brief is missing\n")


def test_an_answer_is_printed_once(tree: Path) -> None:
    """As text or as JSON, and the exit status is its own."""
    ended = run(tree, "answered", "--jobs", "3")
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "three\n", "")
    ended = run(tree, "answered", "--jobs", "3", "--output", "json")
    assert (ended.returncode, ended.stderr) == (3, "")
    whole = {"status": 3, "problems": [], "message": "", "number": 3}
    assert json.loads(ended.stdout) == whole


@pytest.mark.parametrize(
    ("module", "extra"),
    [
        ("starlette", "preview"),
        ("distributed", "cluster"),
        ("shapefile", "maps"),
        ("markdown_it", "ingest"),
        ("pdfminer", "ingest"),
        ("cyclonedx", "delivery"),
        ("press", ""),
    ],
)
def test_a_wheel_without_an_extra_names_it(tmp_path: Path, module: str, extra: str) -> None:
    """A clone sets up what a task needs: there a missing package is a bug."""
    root = tmp_path / "installed"
    root.mkdir()
    shutil.copy(ROOT / "pyproject.toml", root)
    assert program.extra_with(module, Folders.of(root)) == extra
    assert not program.extra_with(module, Folders.of(ROOT))


def test_a_path_is_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what an answer quotes, only the command is as the user has called it."""
    monkeypatch.setenv("PRESS_COMMAND", "press-briefs")
    text = "./investigation.csv and x/./inv a: inv of a valley; ./inv check"
    assert with_command(text, COMMAND) == text.replace("./inv check", "press-briefs check")


def test_a_fault_of_ours_says_so(tree: Path) -> None:
    """What was not foreseen shows where it happened, and that it is a bug."""
    ended = run(tree, "broken")
    assert ended.returncode == 70
    assert "KeyError: 'no such key'" in ended.stderr
    assert "this is a bug in Press" in ended.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["biuld"], "no task is called 'biuld'; did you mean 'build'?"),
        (["--help", "biuld"], "no task is called 'biuld'; did you mean 'build'?"),
        (
            ["build", "--auidence", "x"],
            "build has no option --auidence; did you mean '--audience'?",
        ),
        (["full", "--no-ntes"], "full has no option --no-ntes; did you mean '--no-notes'?"),
        (["build", "--jobs", "x"], "--jobs is a whole number, not 'x'"),
        (["build", "--jobs=1.5"], "--jobs is a whole number, not '1.5'"),
        (["build", "-j", "x"], "--jobs is a whole number, not 'x'"),
        (["build", "--jobs"], "--jobs needs a value"),
        (["build", "--audience"], "--audience needs a value"),
        (["slow", "--again=yes"], "--again takes no value"),
        (["--audience", "x", "build"], "there is no option --audience before a task's name"),
        (["build", "--audience", "x", "--audience", "y"], "--audience is given twice"),
        (["build", "-a=x", "-a=y"], "-a is given twice"),
        (["two", "a", "b", "c"], "no task is called 'c'"),
        (["two", "a", "--old", "b"], "--old is given twice"),
        (["one"], "one needs 'path'"),
        (["build", "health"], "no task is called 'health'; did you mean --audience health?"),
        (["build", "helth"], "no task is called 'helth'; did you mean --audience health?"),
        (["build", "pdff"], "no task is called 'pdff'"),
        (["answered", "--output", "xml"], "--output is text, json or github, not 'xml'"),
        (["build", "--jobs", "2", "health"], "no task is called 'health'"),
        (["several", "--audience"], "--audience needs a value"),
        (["several", "-a"], "--audience needs a value"),
        (["several", "--audience", "--lang", "en"], "--audience needs a value"),
        (["several", "--audience", "x", "--audience"], "--audience needs a value"),
        (["several", "--audience", "--audience", "x"], "--audience needs a value"),
    ],
)
def test_a_usage_error_has_status_2_and_a_way_out(tree: Path, words: list[str], said: str) -> None:
    """A mistyped command line runs nothing."""
    ended = run(tree, *words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"inv: {said}")
    assert ended.stderr.count("\n") == 1


def test_options_reach_the_task(tree: Path) -> None:
    """A number comes as a number, in each way to write it."""
    for words in (["--jobs", "3"], ["--jobs=3"], ["-j3"]):
        assert run(tree, "build", *words).stdout.startswith("3 all ")


def test_an_option_that_may_be_given_again_is(tree: Path) -> None:
    """Each value counts, in each way to write it, and none is none."""
    words = ["--audience", "x", "--audience=y", "-a", "z", "--lang", "ky"]
    assert run(tree, "several", *words).stdout == "['x', 'y', 'z'] ky\n"
    assert run(tree, "several").stdout == "[] en\n"


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ([], "first second \n"),
        (["a"], "a second \n"),
        (["a", "b"], "a b \n"),
        (["a", "--note", "c", "b"], "a b c\n"),
        (["--note=c", "a"], "a second c\n"),
        (["--note", "--help", "a"], "a second --help\n"),
        (["--old", "a", "--new", "b"], "a b \n"),
        (["build", "two"], "build two \n"),
        (["a", "b", "one", "c"], "a b \nc\n"),
    ],
)
def test_a_word_may_need_no_name(tree: Path, words: list[str], printed: str) -> None:
    """The first one is for the first option, also where it is the name of a task."""
    assert run(tree, "two", *words).stdout == printed


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ([], "[] \n"),
        (["a", "build", "c"], "['a', 'build', 'c'] \n"),
        (["a", "--note", "n", "b"], "['a', 'b'] n\n"),
        (["--word", "a", "b"], "['a', 'b'] \n"),
    ],
)
def test_any_number_of_words_may_need_no_name(tree: Path, words: list[str], printed: str) -> None:
    """All of them are for the one option that may be given again."""
    assert run(tree, "words", *words).stdout == printed


def test_help_is_no_word_for_an_option(tree: Path) -> None:
    """The page about a task names the words that need no names, in brackets where they may be left out."""
    assert run(tree, "two", "--help").stdout.startswith("Usage: inv two [OLD] [NEW] [--options]\n")
    assert run(tree, "two", "a", "-h").stdout.startswith("Usage: inv two [OLD] [NEW] [--options]\n")
    assert run(tree, "one", "--help").stdout.startswith("Usage: inv one PATH [--options]\n")
    assert run(tree, "words", "--help").stdout.startswith(
        "Usage: inv words [WORD...] [--options]\n"
    )


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it_after_clean_up(tree: Path, number: int, status: int) -> None:
    """Clean-up code runs, nothing is complained of, and the status tells the signal."""
    process = started(tree, *command("slow"))
    process.send_signal(number)
    assert process.communicate() == ("cleaned\n", "")
    assert process.returncode == status


def test_a_second_signal_ends_at_once(tree: Path) -> None:
    """No clean-up is waited for; the status is that of the first signal."""
    process = started(tree, *command("slow", "--again"))
    process.terminate()
    assert process.communicate() == ("", "")
    assert process.returncode == 143


def test_a_signal_that_the_caller_ignores_stays_so(tree: Path) -> None:
    """As under nohup, the end of the terminal is not ours."""
    line = 'trap "" HUP; exec "$@"'
    process = started(tree, "/bin/sh", "-c", line, "sh", *command("slow"))
    process.send_signal(signal.SIGHUP)
    process.terminate()
    process.communicate()
    assert process.returncode == 143


def test_a_reader_that_has_seen_enough_is_no_news(tree: Path) -> None:
    """A closed pipe ends it without a word."""
    process = subprocess.Popen(
        command("endless"), env=environment(tree), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == b"line\n"
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 74


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_words_that_find_no_room_are_a_failure(tree: Path) -> None:
    """What was printed to a full disk has not been printed."""
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            command("--list"),
            env=environment(tree),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (74, "inv: No space left on device\n")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("task", "status"), [("streams", 5), ("lost", 74), ("--list", 0)])
def test_a_stream_that_is_closed_takes_all_in_silence(
    tree: Path, task: str, status: int, closed: str
) -> None:
    """What nobody can read is dropped, no other file gets it, and the status is the same."""
    line = f'exec "$@" {closed} {"" if "<" in closed else "</dev/null"}'
    ended = subprocess.run(
        ["/bin/sh", "-c", line, "sh", *command(task)],
        env=environment(tree),
        capture_output=True,
        text=True,
        check=False,
    )
    shown = run_without_input(tree, task)
    assert shown.returncode == ended.returncode == status
    assert ended.stdout == ("" if " >" in f" {closed}" else shown.stdout)
    assert ended.stderr == ("" if "2>" in closed else shown.stderr)


def run_without_input(tree: Path, *words: str) -> Run:
    """Run a command line in the copy, with nothing to read."""
    return subprocess.run(
        command(*words),
        env=environment(tree),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


REAL = [  # of the tasks themselves: the words, the status, what is said
    (["build", "--out", ""], 2, "--out needs the name of a folder"),
    (["build", "--out="], 2, "--out needs the name of a folder"),
    (["clean", "--out="], 2, "--out needs the name of a folder"),
    (["check", "--content", ""], 2, "--content needs the name of a folder"),
    (["plan", "--content="], 2, "--content needs the name of a folder"),
    (["build", "--jobs", "-1"], 2, "--jobs is a whole number from 1, or 0: one for each processor"),
    (
        ["kit", "--executor", "dask://a:65536"],
        2,
        "--executor is dask://HOST:PORT, or dask+tls://HOST:PORT, not 'dask://a:65536'",
    ),
    (
        ["build", "--executor", "dask://a:1", "--jobs", "2"],
        2,
        "--jobs is for this machine; leave it out, or --executor",
    ),
    (["build", "--audience"], 2, "--audience needs a value"),
    (["check", "--lang", "--no-print"], 2, "--lang needs a value"),
    (["plan", "--format"], 2, "--format needs a value"),
    (["doctor", "--all", "--editor"], 2, "--editor does nothing else; leave --all out"),
    (["bench", "--briefs", "0"], 2, "--briefs is a whole number from 1, not '0'"),
    (["bench", "--briefs", "three"], 2, "--briefs is a whole number from 1, not 'three'"),
    (["bench", "--briefs", "1,3"], 2, "--briefs is a whole number from 1, not '1,3'; each has an"),
    (["bench", "--rounds", "0"], 2, "--rounds is a whole number from 1, not '0'"),
    (["bench", "--soak", "3"], 2, "--soak is a whole number from 4, not '3'"),
    (
        ["bench", "--soak", "9", "--check"],
        2,
        "--soak does nothing else; leave the other options out",
    ),
    (["clean", "--out", "../file"], 74, "../file is not a folder"),
]


@pytest.mark.parametrize(("words", "status", "said"), REAL, ids=str)
def test_a_real_task_refuses_what_it_cannot_do(
    tmp_path: Path, words: list[str], status: int, said: str
) -> None:
    """An option that is empty is not one that was not given, and a file is no folder."""
    file = tmp_path / "file"
    file.write_text("text", encoding="utf-8")
    town = tmp_path / "town"
    town.mkdir()
    (town / "series.yaml").write_text("id: town\n", encoding="utf-8")
    ended = run(ROOT, *words, cwd=town)
    assert (ended.returncode, ended.stdout) == (status, "")
    assert ended.stderr.startswith(f"inv: {said}")
    assert file.read_text("utf-8") == "text"


@pytest.mark.parametrize(
    "words", [("new", "audience", "b"), ("check",), ("publish", "site"), ("diff", "a", "b")]
)
def test_where_no_series_is_none_is_taken(tmp_path: Path, words: tuple[str, ...]) -> None:
    """The clone's own is meant in the clone alone; a task that needs none runs anywhere."""
    ended = run(ROOT, *words, cwd=tmp_path)
    way_out = "go to one, or name it: --content DIR"
    assert ended.stderr == f"inv: there is no series here or above; {way_out}\n"
    assert (ended.returncode, [*tmp_path.iterdir()]) == (2, [])


def test_in_the_clone_its_own_series_is_meant() -> None:
    """In whatever folder of it the user is."""
    ended = run(ROOT, "explain", "claim", "no-such", cwd=ROOT / "press")
    assert "no claim" in ended.stderr


def test_the_tasks_are_those_beside_the_package(tree: Path, tmp_path: Path) -> None:
    """Tasks and settings where the user stands are others'; the folder stays hers."""
    trap = "raise SystemExit('a trap')\n"
    for name in ("tasks.py", "invoke.py", "press.py", ".invoke.py", "invoke.yaml"):
        (tmp_path / name).write_text(trap, encoding="utf-8")
    ended = run(
        tree, "build", cwd=tmp_path, HOME=str(tmp_path), INVOKE_RUNTIME_CONFIG="x", INVOKE_RUN="1"
    )
    assert (ended.returncode, ended.stdout) == (0, f"2 all () {tmp_path}\n")


def test_the_start_is_light(tmp_path: Path) -> None:
    """The list of the real tasks needs none of the libraries that building needs."""
    [*words] = [sys.executable, "-I", "-X", "importtime", "-m", "press", "--list"]
    ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    names = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines()}
    assert {"invoke", "press.cli.program"} <= names
    assert not {name for name in names if name.partition(".")[0] in HEAVY}


def test_what_the_start_leaves_out_is_there_for_others(tree: Path) -> None:
    """Nothing of the short cut stays behind."""
    ended = run(tree, "real")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert re.fullmatch(r"\d+\.\d+\.\d+ 3\n", ended.stdout)


def test_the_manual_lists_each_task_with_its_sentence(tree: Path) -> None:
    """Nothing, --list and --help show the same page, in the order in which tasks are written."""
    page = run(tree).stdout
    assert run(tree, "--list").stdout == run(tree, "--help").stdout == page
    assert re.search(
        r"^  build +Build something\.\n(?:.*\n)+  broken +Have a fault", page, re.MULTILINE
    )
    assert "\x1b" not in page
    assert "--dry" not in page


def test_the_manual_has_a_page_for_each_task(tree: Path) -> None:
    """How to write each option stands before what it does."""
    page = run(tree, "build", "--help").stdout
    assert page == run(tree, "--help", "build").stdout
    assert page.startswith("Usage: inv build [--options]\n\nBuild something.\n")
    assert re.search(r"-j, --jobs NUMBER +How many at once\.", page)
    assert re.search(r"-a, --audience TEXT +Which readers\.", page)


def test_each_real_task_is_explained() -> None:
    """A task has a sentence, and so has each of its options."""
    tasks = program.load_tasks()
    assert {"test", "lint", "doctor"} <= set(tasks.tasks)
    for context in tasks.to_contexts():
        assert manual.summary(tasks[context.name]).endswith("."), context.name
        for argument in context.args.values():
            assert argument.help, f"{context.name} --{argument.name}"
            assert len(argument.names) == 1, "there is a short option"


def test_the_page_about_a_build_tells_its_statuses() -> None:
    """A mistake in all, or no brief left, is a matter of its own, and so is 0 as a number of jobs."""
    page = " ".join(run(ROOT, "build", "--help").stdout.split())
    assert "65 when the mistake is in what all share, or when no brief is left to build" in page
    assert "74 for a file or folder that could not be read or written" in page
    assert "(0, or not given: one for each processor)" in page


def test_the_version_is_the_projects(tree: Path) -> None:
    """There is one place where it is written."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert run(tree, "--version").stdout == f"Press {project['version']}\n"


@pytest.mark.parametrize("asked", ["--help", "-h"])
def test_a_task_that_needs_a_word_tells_about_itself(asked: str) -> None:
    """The question is not taken for the word, as invoke alone would."""
    done = run(ROOT, "verify", asked)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run(ROOT, "--help", "verify").stdout
    assert done.stdout.startswith("Usage: inv verify PATH [--options]\n")
    assert "--against" in done.stdout
