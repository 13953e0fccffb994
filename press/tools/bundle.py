"""Make a folder that sets Press up without a network: its wheel, those of what it needs, and the script `inv`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from press.ground import paths, signals
from press.ground.paths import COMMIT, INSTALLED
from press.ground.sums import sha256
from press.problems import ConfigurationError, OutputError

SOURCE = (
    "press",
    "templates",
    "tasks.py",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "LICENSE-CONTENT",
)
LOCKS = ("core", "ingest", "delivery", "maps", "preview", "cluster")  # of all tasks of users
FETCHED = ("--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement")
READ_ME = """\
Press, with all that it needs, for {python} on this kind of machine. Put this folder where it may stay, and run inv in
the folder of a series: the first run sets Press up, without a network. docs/series.md of Press tells more.
"""


def make(root: Path, out: Path) -> Path:
    """Make the folder *out* from the clone in *root*, and return it.

    Raises:
        OutputError: it is there already.
        ConfigurationError: pip could not make or fetch a wheel.
    """
    if os.path.lexists(out):
        raise OutputError(f"{paths.shown(out)} is there already; name another folder with --out")
    with tempfile.TemporaryDirectory(prefix="press-bundle-") as name:
        place = Path(name) / "bundle"
        wheels, requirements = place / "wheels", place / "requirements"
        requirements.mkdir(parents=True)
        tools = Path(name) / "tools"
        _pip("install", "--quiet", "--target", str(tools), *FETCHED, str(_lock(root, "build")))
        wheel = make_wheel(root, wheels, Path(name) / "source", tools)
        _pip("download", "--quiet", "--dest", str(wheels), *FETCHED, str(_lock(root, LOCKS[-1])))
        # in each lock, so that inv sees a newer wheel as it sees any other change
        distribution, version = wheel.name.split("-")[:2]
        line = f"{distribution}=={version} --hash=sha256:{sha256(wheel.read_bytes())}\n"
        for lock in LOCKS:
            text = _lock(root, lock).read_text("utf-8") + line
            (requirements / f"{lock}.lock").write_text(text, "utf-8")
        shutil.copy2(root / "inv", place)
        python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
        (place / "READ-ME.txt").write_text(READ_ME.format(python=python), "utf-8")
        shutil.move(place, out)
    return out


def make_wheel(root: Path, wheels: Path, source: Path, tools: Path) -> Path:
    """Make the wheel of Press in the folder *wheels*, from a copy in *source*, and return its path.

    What builds it is in the folder *tools*, or in this Python.

    Raises:
        ConfigurationError: pip could not.
    """
    (source / "requirements").mkdir(parents=True)
    shutil.copy2(_lock(root, "core"), source / "requirements")
    for name in SOURCE:
        if (root / name).is_dir():
            compiled = shutil.ignore_patterns("__pycache__")
            shutil.copytree(root / name, source / name, ignore=compiled)
        else:
            shutil.copy2(root / name, source)
    (source / "press" / INSTALLED).mkdir()
    (source / "press" / INSTALLED / COMMIT).write_text(commit(root), "utf-8")
    words = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels))
    _pip("wheel", *words, str(source), PYTHONPATH=str(tools))
    [wheel] = wheels.glob("*.whl")
    return wheel


def _lock(root: Path, name: str) -> Path:
    return root / "requirements" / f"{name}.lock"


def commit(root: Path) -> str:
    """Return the commit of the clone in *root*, '' where it is in none as it is."""
    git = ["git", "-C", str(root)]
    status = _output([*git, "status", "--porcelain", "--", *SOURCE, "requirements"])
    return (_output([*git, "rev-parse", "HEAD"]) or "") if status == "" else ""


def _output(command: list[str]) -> str | None:
    """Return what a command prints, None where it fails or is not there."""
    if shutil.which(command[0]) is None:
        return None
    done = signals.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return None if done.returncode else str(done.stdout).strip()


def _pip(*words: str, **more: str) -> None:
    """Run pip, apart from a user's settings.

    Raises:
        ConfigurationError: it fails.
    """
    own = {
        key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON"))
    }
    command = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", *words]
    done = signals.run(command, env=own | more, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if done.returncode:
        raise ConfigurationError(f"pip {words[0]} failed, as told above; it needs the network")
