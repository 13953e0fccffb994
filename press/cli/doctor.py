"""Look at the machine: nothing in, findings out, each with the way to mend what is missing."""

from __future__ import annotations

import ctypes
import re
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from press.cli.answers import Answer
from press.ground.paths import Folders
from press.problems import CONFIGURATION, OK, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

OLDEST = (3, 11)
DISK = 500  # MB free: the store, the outputs and their copies while they are exchanged
SHOWN = 3  # packages named one by one
_ZEROS = re.compile(r"\b0+(?=\d)")
_LOCKED = re.compile(r"^([\w.-]+)==([^\s;]+)( *;)?", re.MULTILINE)  # name, version, "only where"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and the way to mend it if it is not good."""

    name: str
    good: bool
    found: str
    mend: str = ""
    needed: bool = True  # nothing can be built without it


@dataclass(frozen=True)
class Library:
    """A shared library that the PDF engine loads by one of *names*, and the packages it is in."""

    title: str
    names: tuple[str, ...]
    debian: str
    fedora: str
    macos: str

    def load(self) -> ctypes.CDLL | None:
        """Return the library, if the loader finds it."""
        for name in self.names:
            try:
                return ctypes.CDLL(name)
            except OSError:
                continue
        return None


LIBRARIES = (
    Library(
        "Pango",
        ("libpango-1.0.so.0", "libpango-1.0.dylib"),
        debian="libpango-1.0-0",
        fedora="pango",
        macos="pango",
    ),
    Library(
        "PangoFT2",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
        debian="libpangoft2-1.0-0",
        fedora="pango",
        macos="pango",
    ),
    Library(
        "GObject",
        ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
        debian="libpango-1.0-0",  # depends on it, under the name that the release has for it
        fedora="glib2",
        macos="glib",
    ),
    Library(
        "HarfBuzz",
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
        debian="libharfbuzz0b",
        fedora="harfbuzz",
        macos="harfbuzz",
    ),
    Library(
        "HarfBuzz-subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        debian="libharfbuzz-subset0",
        fedora="harfbuzz",
        macos="harfbuzz",
    ),
    Library(
        "fontconfig",
        ("libfontconfig.so.1", "libfontconfig.1.dylib"),
        debian="libfontconfig1",
        fedora="fontconfig",
        macos="fontconfig",
    ),
)
PROGRAMS = {  # that only tests need
    "browser": ("chromium", "chromium-browser", "google-chrome"),
    "java": ("java",),
    "sshd": ("sshd", "/usr/sbin/sshd"),  # no user's PATH has it
}


def look() -> tuple[Finding, ...]:
    """Return what this machine has and lacks, what building needs first."""
    here = Folders.here()
    return (
        python(),
        *map(library, LIBRARIES),
        packages("core", here.root),
        disk(here.root),
        *folders(here.work),
        *guards(),
        packages("dev", here.root),
        tool("browser", debian="chromium", fedora="chromium", macos="--cask chromium"),
        tool(
            "java",
            debian="default-jre-headless",
            fedora="java-latest-openjdk-headless",
            macos="openjdk",
        ),
        tool("sshd", debian="openssh-server", fedora="openssh-server", macos="openssh"),
    )


def python() -> Finding:
    """Find out whether Python is new enough."""
    found = ".".join(map(str, sys.version_info[:3]))
    mend = packaged("python3 python3-venv", "python3", "python")
    return Finding("Python", sys.version_info >= OLDEST, found, mend)


def library(wanted: Library) -> Finding:
    """Find out whether a shared library loads."""
    found = "not found" if wanted.load() is None else "loads"
    mend = packaged(wanted.debian, wanted.fedora, wanted.macos)
    return Finding(wanted.title, found == "loads", found, mend)


def packaged(debian: str, fedora: str, macos: str) -> str:
    """Return how to install packages on each system."""
    return (
        f"Debian, Ubuntu: apt-get install {debian}; Fedora: dnf install {fedora}; "
        f"macOS: brew install {macos}"
    )


def packages(lock: str, root: Path) -> Finding:
    """Find out whether the Python packages that run are those of a lock."""
    text = (root / "requirements" / f"{lock}.lock").read_text("utf-8")
    wanted = _LOCKED.findall(text)
    wrong = list(filter(None, (_difference(*line) for line in wanted)))
    found = ", ".join(wrong[:SHOWN]) or f"the {len(wanted)} of requirements/{lock}.lock"
    if len(wrong) > SHOWN:
        found += f", and {len(wrong) - SHOWN} more differ from requirements/{lock}.lock"
    if lock == "dev":
        return Finding("tools for tests", not wrong, found, "./inv test sets them up", needed=False)
    return Finding("packages", not wrong, found, "remove the folder .venv; ./inv makes it anew")


def _difference(name: str, version: str, elsewhere: str) -> str:
    """Return how an installed package differs from its lock; *elsewhere*: not on every machine."""
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return "" if elsewhere else f"{name} is missing"
    # 4.004 and 4.4 are one version
    return "" if _ZEROS.sub("", found) == version else f"{name} is {found}, not {version}"


def disk(root: Path) -> Finding:
    """Find out whether the project's disk has room."""
    free = shutil.disk_usage(root).free // 1_000_000
    return Finding("disk", free >= DISK, f"{free} MB free", f"free {DISK} MB where {root} lies")


def folders(work: Path) -> Iterator[Finding]:
    """Find out what the project's file system can do, by doing it."""
    try:
        work.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=work, prefix="doctor-") as name:
            yield _attempt("exchange of folders", _exchange, Path(name))
            yield _attempt("hard links", _link, Path(name))
    except OSError as error:
        yield Finding("project folder", good=False, found=str(error), mend="make it writable")


def _attempt(name: str, act: Callable[[Path], bool], folder: Path) -> Finding:
    """Find out whether *act* works in *folder*."""
    try:
        good = act(folder)
    except OSError:
        good = False
    found = "works" if good else "does not work on this file system; Press takes a slower way"
    return Finding(name, good, found, "keep the project on a local disk", needed=False)


def _exchange(folder: Path) -> bool:
    from press.ground import swap  # noqa: PLC0415 -- at set-up, this module alone is asked for

    one, other = folder / "one", folder / "other"
    one.mkdir()
    other.mkdir()
    (one / "mark").touch()
    return swap._exchange(one, other) and (other / "mark").exists()  # noqa: SLF001 -- what writing will do


def _link(folder: Path) -> bool:
    (folder / "first").touch()
    (folder / "second").hardlink_to(folder / "first")
    return True


def guards() -> Iterator[Finding]:
    """Find out which guards around a print this platform has."""
    linux = sys.platform == "linux"
    mend = "print what you do not trust on Linux"
    lacks = f"{sys.platform} has none"
    found = "limited per print" if linux else f"{lacks}: a print may take all memory"
    yield Finding("memory limit", linux, found, mend, needed=False)
    found = "prints end with Press" if linux else f"{lacks}: a print may outlive a killed Press"
    yield Finding("death signal", linux, found, mend, needed=False)


def tool(name: str, **packages: str) -> Finding:
    """Find out whether a program is there that only tests need."""
    found = program(name)
    return Finding(name, bool(found), found or "not found", packaged(**packages), needed=False)


def program(name: str) -> str | None:
    """Return the path of a program that only tests need, if it is there."""
    return next(filter(None, map(shutil.which, PROGRAMS[name])), None)


def needed(name: str) -> str:
    """Return the path of a program that a task needs.

    Raises:
        ConfigurationError: it is not there.
    """
    if (found := program(name)) is None:
        raise ConfigurationError(
            f"this needs a {name}, one of {', '.join(PROGRAMS[name])}; ./inv doctor names the package"
        )
    return found


def answer() -> Answer:
    """Return the answer of a look at this machine."""
    findings = look()
    lacking = any(finding.needed and not finding.good for finding in findings)
    facts = {"findings": [asdict(finding) for finding in findings]}
    return Answer(CONFIGURATION if lacking else OK, (), shown(findings), facts)


def shown(findings: Iterable[Finding]) -> str:
    """Return the findings as a list to read, with the way to mend each that is not good."""
    lines = []
    for finding in findings:
        mark = "good" if finding.good else "MISSING" if finding.needed else "absent"
        lines.append(f"{mark:<9}{finding.name:<22}{finding.found}")
        if not finding.good:
            lines.append(f"{'':31}{finding.mend}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Tell which shared libraries are missing: for people, or Debian's packages alone for `inv`."""
    missing = [wanted for wanted in LIBRARIES if wanted.load() is None]
    debian, fedora, macos = (
        " ".join(dict.fromkeys(getattr(wanted, system) for wanted in missing))
        for system in ("debian", "fedora", "macos")
    )
    if arguments == ["debian"]:
        print(debian)
    elif missing:
        print(
            "inv: the PDF engine lacks shared libraries: "
            f"{', '.join(wanted.title for wanted in missing)}\n"
            f"  Debian, Ubuntu: apt-get install {debian}\n"
            f"  Fedora: dnf install {fedora}\n"
            f"  macOS: brew install {macos}\n"
            "  Windows: in WSL2, as on Debian or Ubuntu"
        )
    return CONFIGURATION if missing else OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
