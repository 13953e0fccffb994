"""The script `inv`, run as users run it, in a copy of the project whose locks ask for nothing."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from press.cli.program import load_tasks

ROOT = Path(__file__).parents[2]
PYTHON = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
PROGRAM = """\
import json, os, sys
try:
    import tiny
except ImportError:
    tiny = None
print(json.dumps({"argv": sys.argv[1:], "cwd": os.getcwd(), "tiny": str(tiny)}))
sys.exit(int(os.environ.get("STATUS", "0")))
"""
TOOLS = ("cmp", "cp", "id", "mkdir", "mv", "readlink", "rm")
TOOLS_OF = {"pytest": "dev", "sphinx": "docs"}  # the lock that brings a package for developers
# does what Python does, but makes no venv, so that a test ends where a set-up would begin
HALFWAY = f"""\
#!/bin/sh
case "$*" in
  *_base_executable*) echo "$0" ;;
  *"-m venv"*) exit 1 ;;
  *) exec '{PYTHON}' "$@" ;;
esac
"""
# does what Python does, but makes a venv by copying one that was made before: pip takes seconds to be put into one
COPYING = """\
#!/bin/sh
case "$*" in
  *_base_executable*) echo "$0" ;;
  *"-m venv"*) for folder; do :; done; cp -a '{venv}' "$folder" ;;
  *) exec '{python}' "$@" ;;
esac
"""
OLD = '#!/bin/sh\n[ "$1" != -V ] || echo Python 3.8.18\nexit 1\n'
WAYS_OUT = ("Debian, Ubuntu: apt-get install", "Fedora: dnf install", "macOS: brew install", "WSL2")
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="LD_LIBRARY_PATH is Linux's")
Run = subprocess.CompletedProcess[str]


def script(path: Path, text: str) -> None:
    """Write an executable script."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def project(folder: Path) -> Path:
    """Make a copy of what `inv` needs, below a name with a space, and return it."""
    tree = folder / "a tree"
    (tree / "press").mkdir(parents=True)
    (tree / "requirements").mkdir()
    shutil.copy(ROOT / "inv", tree)
    for name in (
        "__init__",
        "problems",
        "rulebook",
        "cli/__init__",
        "cli/doctor",
        "ground/address_space",
        "cli/answers",
        "ground/__init__",
        "ground/paths",
    ):
        (tree / "press" / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "press" / f"{name}.py", tree / "press" / f"{name}.py")
    (tree / "press" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (tree / "requirements" / "core.lock").write_text("# nothing\n", encoding="utf-8")
    for name in ("build", "ingest", "delivery", "maps", "preview", "cluster", "docs", "dev"):
        lock = tree / "requirements" / f"{name}.lock"
        lock.write_text(f"# nothing more for {name}\n", encoding="utf-8")
    return tree


def environment(tree: Path, **more: str) -> dict[str, str]:
    """Return the variables of a user who has this run's Python as python3, and little else."""
    tools = tree.parent / "tools"
    if not tools.exists():
        tools.mkdir()
        (tools / "python3").symlink_to(PYTHON)
        for name in TOOLS:
            (tools / name).symlink_to(shutil.which(name) or name)
    home = tree.parent / "home"
    home.mkdir(exist_ok=True)
    return {"PATH": str(tools), "HOME": str(home), **more}


def inv(tree: Path, *words: str, cwd: Path | None = None, **more: str) -> Run:
    """Run the copy's `inv`."""
    return subprocess.run(
        [tree / "inv", *words],
        cwd=cwd or tree,
        env=environment(tree, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def replace_python(tree: Path, text: str) -> None:
    """Put a script in the place of the copy's Python."""
    environment(tree)
    python = tree.parent / "tools" / "python3"
    python.unlink()
    script(python, text)


def halfway(tree: Path) -> None:
    """Let the copy's Python make no venv."""
    replace_python(tree, HALFWAY)


def quick(tree: Path, made: Path) -> None:
    """Let the copy's Python make a venv in no time: that of *made*, without what its set-up has put into it."""
    venv = tree.parent / "venv"
    shutil.copytree(made / ".venv", venv, symlinks=True, copy_function=os.link)
    for path in (*venv.glob("*.lock"), *venv.rglob("press.pth")):
        path.unlink()
    replace_python(tree, COPYING.format(venv=venv, python=PYTHON))


def root(tree: Path, user: int) -> None:
    """Let the copy believe that it is run by this user."""
    environment(tree)
    tool = tree.parent / "tools" / "id"
    tool.unlink()
    script(tool, f"#!/bin/sh\necho {user}\n")


def apt(tree: Path, deed: str) -> Path:
    """Give the copy an apt-get that does *deed* to install, and return the log of its calls."""
    log = tree.parent / "apt.log"
    environment(tree)
    line = f'echo "$*" >>\'{log}\'\ncase "$*" in *" install "*) {deed} ;; esac\n'
    script(tree.parent / "tools" / "apt-get", f"#!/bin/sh\n{line}")
    return log


def broken_subset(tree: Path) -> Path:
    """Return a file that stands in the way of HarfBuzz-subset where its folder is looked in."""
    broken = tree.parent / "libraries" / "libharfbuzz-subset.so.0"
    broken.parent.mkdir()
    broken.write_bytes(b"this is no library")
    return broken


def wheel(folder: Path, name: str, more: dict[str, bytes] | None = None) -> str:
    """Make a wheel of one empty module and *more* files, and return its line in a lock."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": b"",
        **(more or {}),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [f"{file},{digest(data)},{len(data)}" for file, data in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""]).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for file, data in files.items():
            archive.writestr(file, data)
    return f"{path.as_uri()} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def digest(data: bytes) -> str:
    """Return a digest as wheels write it."""
    found = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
    return f"sha256={found}"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a fresh copy."""
    return project(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Run]]:
    """Return a copy that is set up for building, and the two runs that came for it at once."""
    tree = project(tmp_path_factory.mktemp("made"))
    environment(tree)
    with ThreadPoolExecutor() as threads:
        return tree, list(threads.map(lambda word: inv(tree, word), ("build", "check")))


@pytest.fixture
def ready(tree: Path, made: tuple[Path, list[Run]]) -> Path:
    """Return a copy that is set up for building."""
    shutil.copytree(made[0] / ".venv", tree / ".venv", symlinks=True, copy_function=os.link)
    quick(tree, made[0])
    return tree


def test_two_that_come_first_set_up_once_and_say_so_on_stderr(made: tuple[Path, list[Run]]) -> None:
    """The second waits for the first; what is printed is the tasks'."""
    tree, runs = made
    assert [run.returncode for run in runs] == [0, 0]
    assert [json.loads(run.stdout)["argv"] for run in runs] == [["build"], ["check"]]
    said = "".join(run.stderr for run in runs)
    assert said.count("inv: setting up .venv from requirements/core.lock\n") == 1
    assert not (tree / ".venv.new").exists()


def test_once_set_up_it_is_silent_and_runs_where_the_user_stands(
    ready: Path, tmp_path: Path
) -> None:
    """Words, folder and exit status pass through; the project may have moved since its set-up."""
    run = inv(ready, "check", "a b", "", "--x=*", cwd=tmp_path, STATUS="65")
    said = json.loads(run.stdout)
    assert said["argv"] == ["check", "a b", "", "--x=*"]
    assert said["cwd"] == str(tmp_path)
    assert (run.returncode, run.stderr) == (65, "")


def test_installed_packages_are_compiled(ready: Path) -> None:
    """No first run of a task has to do it."""
    lock = ready / "requirements" / "core.lock"
    lock.write_text(wheel(ready.parent, "tiny"), encoding="utf-8")
    assert inv(ready, "build").returncode == 0
    [site] = (ready / ".venv" / "lib").glob("python3*/site-packages")
    assert (site / "tiny.py").exists()
    assert list(site.glob("__pycache__/tiny.*.pyc"))


@pytest.mark.parametrize("words", [("publish", "--help"), ("test", "content", "-h")])
def test_a_page_of_the_manual_needs_no_more_than_the_core(
    ready: Path, words: tuple[str, ...]
) -> None:
    """Nothing is installed to tell what a task does."""
    run = inv(ready, *words)
    assert (run.returncode, run.stderr) == (0, "")
    assert not (ready / ".venv" / "delivery.lock").exists()


@pytest.mark.parametrize("relative", [True, False])
def test_a_link_leads_to_the_project(ready: Path, tmp_path: Path, *, relative: bool) -> None:
    """A link to `inv`, and a link to that link, found on the PATH, run the project they lead to."""
    (tmp_path / "bin").mkdir()
    target = Path("..", ready.name, "inv") if relative else ready / "inv"
    (tmp_path / "bin" / "inv").symlink_to(target)
    (tmp_path / "bin" / "press").symlink_to("inv")
    env = environment(ready)
    env["PATH"] = f"{tmp_path / 'bin'}:{env['PATH']}"
    said = subprocess.run(
        ["/bin/sh", "-c", "press build"], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    assert json.loads(said.stdout)["argv"] == ["build"]
    assert said.stderr == b""


def test_scripts_of_the_venv_name_the_place_where_it_is(made: tuple[Path, list[Run]]) -> None:
    """The venv was made elsewhere and moved; its scripts must not look for Python there."""
    tree, _ = made
    texts = [path.read_bytes() for path in (tree / ".venv" / "bin").iterdir() if path.is_file()]
    assert any(os.fsencode(tree / ".venv") in text for text in texts)
    assert not any(b".venv.new" in text for text in texts)


@pytest.mark.parametrize(
    ("task", "lock"),
    [
        *((task.name, TOOLS_OF[task.tools]) for task in load_tasks().tasks.values() if task.tools),
        *((task, "delivery") for task in ("release", "publish", "send")),
        ("new map", "maps"),
        ("new --id x map Kenya", "maps"),
        ("preview", "preview"),
        ("doctor --all", "cluster"),
        ("build --executor=dask://a:1", "cluster"),
        ("check --texts a --executor dask://a:1", "cluster"),
        *((task, "ingest") for task in ("ingest", "check --texts=a", "check --texts a")),
    ],
)
def test_some_tasks_need_more(ready: Path, task: str, lock: str) -> None:
    """What is set up for building is not enough for the tests, nor for handing out, nor for reading reviews."""
    halfway(ready)
    run = inv(ready, *task.split())
    assert run.returncode == 74
    assert f"setting up .venv from requirements/{lock}.lock" in run.stderr


@pytest.mark.turns
@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("test", ("build", "send", "lint", "ingest", "build")),
        ("send", ("build", "release", "ingest", "build")),
        ("ingest", ("build", "ingest", "check")),
    ],
)
def test_what_serves_more_serves_less(ready: Path, first: str, later: tuple[str, ...]) -> None:
    """Going back and forth between tasks sets up once."""
    assert "setting up" in inv(ready, first).stderr
    halfway(ready)
    for task in later:
        assert (inv(ready, task).returncode, inv(ready, task).stderr) == (0, "")


def test_on_a_terminal_a_set_up_says_how_long_it_takes(tree: Path) -> None:
    """It is silent for minutes, and a script reads no such line."""
    halfway(tree)
    assert "some minutes" not in inv(tree, "build").stderr
    terminal, end = pty.openpty()
    subprocess.run([tree / "inv", "build"], env=environment(tree), stderr=end, check=False)
    assert b"this takes some minutes" in os.read(terminal, 10_000)
    os.close(end)
    os.close(terminal)


def test_what_has_to_be_built_is_built_with_what_is_locked(ready: Path) -> None:
    """The one package without a wheel brings no unnamed helper from the network."""
    (ready / "requirements" / "build.lock").write_text("nothing\n", encoding="utf-8")
    run = inv(ready, "test")
    assert (run.returncode, run.stdout) == (74, "")
    assert "requirements/build.lock could not be installed" in run.stderr
    assert inv(ready, "build").returncode == 0


def test_what_needs_more_than_there_is_keeps_what_there_is(ready: Path) -> None:
    """Mailing after reading a review sets up for both; another change of the building's lock loses neither."""
    assert "requirements/ingest.lock" in inv(ready, "ingest").stderr
    assert "requirements/delivery.lock" in inv(ready, "send").stderr
    assert inv(ready, "ingest").stderr == ""
    (ready / "requirements" / "core.lock").write_text("# other\n", encoding="utf-8")
    assert "requirements/delivery.lock" in inv(ready, "build").stderr


@pytest.mark.parametrize("task", ["build", "test"])
def test_a_changed_lock_is_noticed(ready: Path, task: str) -> None:
    """One that served the tests goes on to do so."""
    shutil.copy(ready / "requirements" / "dev.lock", ready / ".venv")
    assert inv(ready, task).stderr == ""
    for name in ("core", "dev"):
        (ready / "requirements" / f"{name}.lock").write_text("# other\n", encoding="utf-8")
    halfway(ready)
    assert "setting up .venv from requirements/dev.lock" in inv(ready, task).stderr


def test_a_python_that_went_away_is_noticed(ready: Path) -> None:
    """An upgrade of the system leaves a venv whose Python is a dead link."""
    (ready / ".venv" / "bin" / "python3").unlink()
    (ready / ".venv" / "bin" / "python3").symlink_to("/nonexistent/python3")
    python = ready / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("python3")
    halfway(ready)
    assert "setting up .venv" in inv(ready, "build").stderr


def test_a_package_without_a_digest_is_refused_and_all_stays(ready: Path) -> None:
    """The set-up fails; with the lock of before, all is as before."""
    lock = ready / "requirements" / "core.lock"
    line, _, hashed = wheel(ready.parent, "tiny").partition(" ")
    assert hashed.startswith("--hash=sha256:")
    lock.write_text(f"{line}\n", encoding="utf-8")
    run = inv(ready, "build")
    assert (run.returncode, run.stdout) == (74, "")
    assert "hashes are required" in run.stderr.lower()
    assert "requirements/core.lock could not be installed" in run.stderr
    lock.write_text("# nothing\n", encoding="utf-8")
    assert inv(ready, "build").stderr == ""


def test_a_folder_with_wheels_is_set_up_without_a_network(tree: Path) -> None:
    """Press itself is one of them; no index is asked, and a folder for another machine says so."""
    wheels, press = tree / "wheels", tree / "press"
    wheels.mkdir()
    package = {str(path.relative_to(tree)): path.read_bytes() for path in press.rglob("*.py")}
    lines = [wheel(wheels, "tiny"), wheel(wheels, "press_briefs", package)]
    shutil.rmtree(press)
    lock = tree / "requirements" / "core.lock"
    text = re.sub(r"\S+/(\w+)-1.0-\S+", r"\1==1.0", "".join(lines))
    lock.write_text(text, encoding="utf-8")
    run = inv(tree, "test", PIP_INDEX_URL="http://127.0.0.1:9/")
    assert run.returncode == 0, run.stderr
    assert "setting up .venv from requirements/core.lock" in run.stderr
    assert ".venv" in json.loads(run.stdout)["tiny"]
    lock.write_text(text.replace("1.0", "1.1"), encoding="utf-8")
    run = inv(tree, "build")
    assert run.returncode == 74
    assert "this folder is for another kind of machine or version of Python" in run.stderr


def test_what_a_user_has_set_for_python_and_pip_changes_nothing(tree: Path) -> None:
    """Settings, variables and modules of the user's own neither reach the set-up nor the run."""
    traps = tree.parent / "traps"
    traps.mkdir()
    for name in ("ctypes", "json", "pip", "press", "venv", "tiny"):
        (traps / f"{name}.py").write_text("raise SystemExit('a trap')\n", encoding="utf-8")
    elsewhere = f"target = {tree.parent / 'elsewhere'}\n"
    (traps / "pip.conf").write_text(f"[global]\n{elsewhere}", encoding="utf-8")
    environment(tree)
    settings = tree.parent / "home" / ".config" / "pip" / "pip.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[global]\n{elsewhere}", encoding="utf-8")
    (tree / "requirements" / "core.lock").write_text(wheel(tree.parent, "tiny"), encoding="utf-8")
    run = inv(
        tree,
        "build",
        cwd=traps,
        PYTHONPATH=str(traps),
        PYTHONHOME="/nonexistent",
        PYTHONSAFEPATH="",
        PYTHONSTARTUP=str(traps / "venv.py"),
        PYTHONWARNINGS="error",
        PIP_CONFIG_FILE=str(traps / "pip.conf"),
        PIP_INDEX_URL="http://127.0.0.1:9/",
        PIP_NO_INDEX="no such value",
        PIP_TARGET=str(tree.parent / "elsewhere"),
        PIP_REQUIRE_VIRTUALENV="1",
    )
    assert run.returncode == 0, run.stderr
    assert ".venv" in json.loads(run.stdout)["tiny"]
    assert not (tree.parent / "elsewhere").exists()


def test_it_waits_for_another_set_up(tree: Path) -> None:
    """While another holds the lock, nothing is made."""
    halfway(tree)
    (tree / ".press").mkdir()
    with (tree / ".press" / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [tree / "inv", "build"], env=environment(tree), stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        assert "waiting" in process.stderr.readline()
    assert "setting up" in process.stderr.read()
    process.stderr.close()
    assert process.wait() == 74


def test_an_interrupted_set_up_is_repaired(tree: Path, made: tuple[Path, list[Run]]) -> None:
    """Killed in the middle, it leaves no .venv that looks whole; the next run makes one."""
    process = subprocess.Popen(
        [tree / "inv", "build"],
        env=environment(tree),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not (tree / ".venv.new" / "bin").exists():
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (tree / ".venv").exists()
    quick(tree, made[0])
    assert inv(tree, "build").returncode == 0
    assert not (tree / ".venv.new").exists()


def test_no_python(tree: Path) -> None:
    """Without any Python, the packages that bring one are named."""
    environment(tree)
    (tree.parent / "tools" / "python3").unlink()
    run = inv(tree, "build")
    assert (run.returncode, run.stdout) == (78, "")
    assert "needs Python 3.11 or newer" in run.stderr
    assert "python3-venv" in run.stderr
    assert all(way in run.stderr for way in WAYS_OUT)


def test_an_old_python_is_named(tree: Path) -> None:
    """A Python that is too old is told with its version."""
    environment(tree)
    (tree.parent / "tools" / "python3").unlink()
    script(tree.parent / "tools" / "python3", OLD)
    run = inv(tree, "build")
    assert run.returncode == 78
    assert "python3 here is Python 3.8.18" in run.stderr


def test_a_newer_python_beside_an_old_one_is_taken(tree: Path) -> None:
    """A python3 that is old, or a shim for nothing, does not hide another that would do."""
    halfway(tree)
    tools = tree.parent / "tools"
    (tools / "python3").rename(tools / "python3.12")
    script(tools / "python3", OLD)
    script(tools / "python3.14", "#!/bin/sh\nexit 127\n")
    run = inv(tree, "build")
    assert "setting up .venv" in run.stderr
    assert run.returncode != 78


@ON_LINUX
def test_a_missing_library_is_named(tree: Path) -> None:
    """Without a library that the PDF engine needs, its package is named for each system."""
    root(tree, 1000)
    apt(tree, "exit 1")
    run = inv(tree, "build", LD_LIBRARY_PATH=str(broken_subset(tree).parent))
    assert (run.returncode, run.stdout) == (78, "")
    assert "libharfbuzz-subset0" in run.stderr
    assert all(way in run.stderr for way in WAYS_OUT)
    assert not (tree.parent / "apt.log").exists()


@ON_LINUX
def test_debians_root_installs_a_missing_library(tree: Path) -> None:
    """As root on Debian, the package is installed and the set-up goes on."""
    halfway(tree)
    root(tree, 0)
    broken = broken_subset(tree)
    log = apt(tree, f"rm '{broken}'")
    run = inv(tree, "build", LD_LIBRARY_PATH=str(broken.parent))
    update, install = log.read_text("utf-8").splitlines()
    assert update.endswith("update")
    assert re.fullmatch(r".* install -y .*libharfbuzz-subset0", install)
    assert "setting up .venv" in run.stderr


def test_debians_root_installs_python(tree: Path) -> None:
    """As root on Debian, a missing Python is installed and the set-up goes on."""
    halfway(tree)
    root(tree, 0)
    tools = tree.parent / "tools"
    (tools / "python3").rename(tools / "hidden")
    log = apt(tree, f"mv '{tools}/hidden' '{tools}/python3'")
    run = inv(tree, "build")
    assert log.read_text("utf-8").splitlines()[1].endswith("python3 python3-venv")
    assert "setting up .venv" in run.stderr


@ON_LINUX
def test_an_install_that_does_not_help_ends(tree: Path) -> None:
    """When the package does not bring the library, it is named after all."""
    root(tree, 0)
    apt(tree, "exit 100")
    run = inv(tree, "build", LD_LIBRARY_PATH=str(broken_subset(tree).parent))
    assert run.returncode == 78
    assert "apt-get install libharfbuzz-subset0" in run.stderr


def test_a_folder_that_cannot_be_written_is_named(tree: Path) -> None:
    """What the disk or the rights refuse has the exit status of input and output."""
    (tree / ".press").write_text("in the way", encoding="utf-8")
    run = inv(tree, "build")
    assert run.returncode == 74
    assert ".press" in run.stderr


def test_the_lock_for_tests_contains_the_one_for_building() -> None:
    """So a venv for the tests serves building; neither names a registry, nor lacks a digest."""
    core, dev = (pins(ROOT / "requirements" / f"{name}.lock") for name in ("core", "dev"))
    assert "weasyprint" in core
    assert core.items() <= dev.items()
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in dev.values())


def pins(lock: Path) -> dict[str, str]:
    """Return the entries of a lock by name, without the comments on who asked for them."""
    text = re.sub(r"^ *#.*\n", "", lock.read_text("utf-8"), flags=re.MULTILINE)
    assert "://" not in text
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    return {entry.partition("==")[0]: entry for entry in entries}
