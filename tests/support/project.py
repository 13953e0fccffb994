"""A small project of its own: a copy of Press with the small library as its content, run as its users run it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from press.ground import sums
from tests.support.absence import absent
from tests.support.warm import SECONDS, Server, served

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "tests" / "library"
PARTS = ("press", "templates", "requirements", "tasks.py", "pyproject.toml", "inv")
UNFINISHED = shutil.ignore_patterns("*.pyc.*")  # Python may be writing what it has compiled
PRINTS = "prints of the small library"  # in the folder that the processes of a run share
# of a program and its forks; not with --seccomp-bpf, under which it stops none at the call of a number
STRACE = ("strace", "-f", "-qq")
WARM: dict[Path, Server] = {}  # by the root of the project that each runs
Run = subprocess.CompletedProcess[str]


class Mark(NamedTuple):
    """What tells that a file was not even touched."""

    inode: int
    time: int  # of the last change of its content, in ns
    digest: str


@dataclass(frozen=True)
class Project:
    """A copy of the project."""

    root: Path

    @property
    def out(self) -> Path:
        """Its outputs."""
        return self.root / "build"

    @property
    def content(self) -> Path:
        """What authors write."""
        return self.root / "content"

    def python(self, *words: str) -> list[str]:
        """Return what runs its Python, as `inv` does."""
        return [str(self.root / ".venv" / "bin" / "python"), "-I", "-X", "utf8", *words]

    def command(self, *words: str) -> list[str]:
        """Return what runs a command line of ours."""
        return self.python("-m", "press", *words)

    def run(self, *words: str, **more: str) -> Run:
        """Run a command line in its folder, with *more* variables; as a fork, where that does the same."""
        server = WARM.get(self.root)
        if server and server.serves(environment(**more)):
            return server.run(words, self.root)
        return run(self.command(*words), self.root, **more)

    @contextmanager
    def warm(self) -> Iterator[None]:
        """Let its command lines be run as forks of one process."""
        with served(self.root, self.python(), environment()) as server:
            WARM[self.root] = server
            yield
            del WARM[self.root]

    def good(self, *words: str, **more: str) -> str:
        """Run a command line that succeeds in silence on standard error; return what it prints."""
        done = self.run(*words, **more)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    def made(self, *words: str, status: int = 0) -> dict[str, str]:
        """Build, and return what became of each edition: new, kept or stale."""
        done = self.run("build", "--output", "json", *words)
        assert (done.returncode, done.stderr) == (status, ""), done
        told = json.loads(done.stdout)
        assert told["status"] == status
        return {f"{one['language']}/{one['brief']}": one["made"] for one in told["editions"]}

    def planned(self, *words: str) -> dict[str, list[str]]:
        """Return which editions would be made anew, and why."""
        told = json.loads(self.good("plan", "--output", "json", *words))
        return {f"{one['language']}/{one['brief']}": one["reasons"] for one in told["planned"]}

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace some words in a file of its, which are there once."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def append(self, name: str, data: bytes) -> None:
        """Put bytes behind those of a file of its."""
        with (self.root / name).open("ab") as file:
            file.write(data)
        folder, _, font = name.rpartition("/")
        if folder.endswith("fonts"):  # and its digest, as './inv fonts' would
            path = self.root / folder / sums.SUMS
            proved = {font: sums.sha256((self.root / name).read_bytes())}
            path.write_bytes(sums.write(sums.read(path.read_bytes()) | proved))

    def forget_prints(self) -> None:
        """Forget what builds have kept, except drawings: no print hangs on how these were made."""
        store = self.root / ".press" / "store"
        kept = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
        shutil.rmtree(self.root / ".press")
        for path, data in kept.items():
            if data[32:].startswith(b"<svg"):  # behind the digest that proves the entry
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        assert store.exists()

    def manifest(self) -> dict[str, dict[str, Any]]:
        """Return the entries of its manifest by path."""
        told = json.loads((self.out / "manifest.json").read_bytes())
        return {one["path"]: one for one in told["outputs"]}


def environment(**more: str) -> dict[str, str]:
    """Return the variables of a user who has set none of ours, nor of Python's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **more}


def run(command: list[str], cwd: Path, **more: str) -> Run:
    """Run a command, its outputs in pipes."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def copied(root: Path, work: Path | None = None) -> Project:
    """Make a project that was never built; what a run keeps in *work* of the small library need not be printed anew."""
    root.mkdir(parents=True)
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=UNFINISHED)
        else:
            shutil.copy2(source, root / name)
    shutil.copytree(LIBRARY, root / "content")
    # a link: the copy's own package is found beside it
    (root / ".venv").symlink_to(sys.prefix)
    where = run([*Project(root).python("-c", "import press; print(press.__file__)")], root)
    assert where.stdout == f"{root}/press/__init__.py\n", where
    if work and (prints := work / PRINTS).exists():
        shutil.copytree(prints, root / ".press" / "store")
    return Project(root)


def put_back(source: Path, target: Path) -> None:
    """Make *target* the same as *source*: what has its kind, size and time is the same already."""
    wanted, found = ({entry.name: entry for entry in os.scandir(each)} for each in (source, target))
    for name, entry in found.items():
        if name not in wanted or looks(entry) != looks(wanted[name]):
            remove(Path(entry.path))
    for name, entry in wanted.items():
        path = target / name
        if entry.is_dir(follow_symlinks=False):
            path.mkdir(exist_ok=True)
            put_back(Path(entry.path), path)
        elif not os.path.lexists(path):
            shutil.copy2(entry.path, path, follow_symlinks=False)


def looks(entry: os.DirEntry[str]) -> tuple[int, ...]:
    """Return what two files have in common that are the same."""
    status = entry.stat(follow_symlinks=False)
    kind = stat.S_IFMT(status.st_mode)
    return (kind,) if kind == stat.S_IFDIR else (kind, status.st_size, status.st_mtime_ns)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of all files below *folder*, by path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def marks(folder: Path, names: Iterable[str] | None = None) -> dict[str, Mark]:
    """Return the marks of files below *folder*, and with all of them those of the folders."""
    chosen = folder.rglob("*") if names is None else map(folder.joinpath, names)
    return {
        path.relative_to(folder).as_posix(): mark(path)
        for path in ([folder] if names is None else []) + list(chosen)
    }


def mark(path: Path) -> Mark:
    """Return the mark of a file or folder."""
    status = path.lstat()
    content = path.read_bytes() if path.is_file() else b""
    return Mark(status.st_ino, status.st_mtime_ns, hashlib.sha256(content).hexdigest())


def needs(program: str) -> None:
    """Say that a test was not run where *program* is absent."""
    if shutil.which(program) is None:
        absent(f"needs {program}")
