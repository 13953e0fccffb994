"""Look at the machine: what it has and lacks, and how to add what is missing."""

from __future__ import annotations

import ctypes
import platform
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from press.cli.answers import Answer
from press.ground import address_space
from press.ground.paths import DISTRIBUTION, SERIES, Folders
from press.problems import CONFIGURATION, OK, ConfigurationError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OLDEST = (3, 11)
DISK = 500  # MB free: the store, the outputs and their copies while they are exchanged
SHOWN = 3  # packages named one by one
# Name, version, marker
_LOCKED = re.compile(r"^([\w.-]+)==([^\s;]+)(?: *; *(.*?))? *\\?$", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """One thing on this machine, and how to mend it if it is not good."""

    name: str
    good: bool
    found: str
    mend: str = ""
    needed: bool = True  # nothing can be built without it


@dataclass(frozen=True)
class Library:
    """A shared library that the PDF engine loads by one of *names*, and the packages it is in."""

    title: str
    names: tuple[str, str]  # on Linux, on macOS
    packages: tuple[str, ...]  # as `install` takes them


# Debian's libpango-1.0-0 depends on GObject, whose package has another name in each release.
_TABLE = """
    Pango            libpango-1.0.so.0        libpango-1.0.dylib          libpango-1.0-0      pango       pango
    PangoFT2         libpangoft2-1.0.so.0     libpangoft2-1.0.dylib       libpangoft2-1.0-0   pango       pango
    GObject          libgobject-2.0.so.0      libgobject-2.0.0.dylib      libpango-1.0-0      glib2       glib
    HarfBuzz         libharfbuzz.so.0         libharfbuzz.0.dylib         libharfbuzz0b       harfbuzz    harfbuzz
    HarfBuzz-subset  libharfbuzz-subset.so.0  libharfbuzz-subset.0.dylib  libharfbuzz-subset0 harfbuzz    harfbuzz
    fontconfig       libfontconfig.so.1       libfontconfig.1.dylib       libfontconfig1      fontconfig  fontconfig
"""
LIBRARIES = tuple(
    Library(title, (linux, macos), tuple(packages))
    for title, linux, macos, *packages in map(str.split, _TABLE.strip().splitlines())
)
PROGRAMS = {  # that only tests need
    "browser": ("chromium", "chromium-browser", "google-chrome"),
    "java": ("java",),
    "jdk": ("javac",),
    "sshd": ("sshd", "/usr/sbin/sshd"),  # no user's PATH has it
}
PACKAGES = {  # of these programs, on Debian, Fedora and macOS
    "browser": ("chromium", "chromium", "--cask chromium"),
    "java": ("default-jre-headless", "java-latest-openjdk-headless", "openjdk"),
    "jdk": ("default-jdk-headless", "java-latest-openjdk-devel", "openjdk"),
    "sshd": ("openssh-server", "openssh-server", "openssh"),
}


def look(lock: str = "core") -> tuple[Finding, ...]:
    """Return what this machine has and lacks, what building needs first; *lock* names the packages."""
    here, limits = Folders.here(), address_space.lacks()
    free = shutil.disk_usage(here.home).free // 1_000_000
    room = f"free {DISK} MB where {here.home} lies"
    way_out = install("python3 python3-venv", "python3", "python")
    unlimited = "start Press without the limit: ulimit -v unlimited"
    return (
        Finding("Python", sys.version_info >= OLDEST, platform.python_version(), way_out),
        *map(library, LIBRARIES),
        packages(lock, here),
        Finding("disk", free >= DISK, f"{free} MB free", room),
        Finding("address space", not limits, limits or "not limited", unlimited),  # of figures
        *((*folders(here.work), store(here)) if (here.content / SERIES).is_file() else ()),
        *guards(),
        *(() if here.installed else (packages("dev", here), *map(tool, PROGRAMS))),
    )


def library(wanted: Library) -> Finding:
    """Find out whether a shared library loads."""
    good = False
    for name in wanted.names:
        with suppress(OSError):
            good = ctypes.CDLL(name) is not None
    return Finding(wanted.title, good, "loads" if good else "not found", install(*wanted.packages))


def install(*packages: str, between: str = "; ") -> str:
    """Return how to install *packages*, which are named for Debian, Fedora and macOS."""
    tools = ("Debian, Ubuntu: apt-get", "Fedora: dnf", "macOS: brew")
    return between.join(map("{} install {}".format, tools, packages))


def packages(lock: str, here: Folders) -> Finding:
    """Find out whether the Python packages that run are those of a lock."""
    text = (here.root / "requirements" / f"{lock}.lock").read_text("utf-8")
    wanted = {name: version for name, version, marker in _LOCKED.findall(text) if meant(marker)}
    wrong = []
    for name, version in wanted.items():
        try:
            installed = metadata.version(name)
            if re.sub(r"\b0+(?=\d)", "", installed) != version:  # 4.004 and 4.4 are one version
                wrong.append(f"{name} is {installed}, not {version}")
        except metadata.PackageNotFoundError:
            wrong.append(f"{name} is missing")
    found = ", ".join(wrong[:SHOWN]) or f"the {len(wanted)} of requirements/{lock}.lock"
    if len(wrong) > SHOWN:
        found += f", and {len(wrong) - SHOWN} more differ from requirements/{lock}.lock"
    if lock == "dev":
        return Finding("tools for tests", not wrong, found, "./inv test sets them up", needed=False)
    way_out = "remove the folder .venv; ./inv makes it anew"
    if here.installed:
        way_out = f"install {DISTRIBUTION} anew, or remove .venv beside inv"
    return Finding("packages", not wrong, found, way_out)


def meant(marker: str) -> bool:
    """Return True if a line of a lock is for this machine: `python_full_version < '3.12'`, or '' for all."""
    if not marker:
        return True
    name, operator, value = marker.split()
    here = {
        "implementation_name": sys.implementation.name,
        "platform_python_implementation": platform.python_implementation(),
        "python_full_version": platform.python_version(),
        "sys_platform": sys.platform,
    }[name]
    if name == "python_full_version":
        own, other = ([int(part) for part in re.findall(r"\d+", text)] for text in (here, value))
        return own < other if operator == "<" else own >= other
    return (here == value.strip("'")) == (operator == "==")


def folders(work: Path) -> Iterator[Finding]:
    """Find out what the project's file system can do, by doing it."""
    try:
        work.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=work, prefix="doctor-") as name:
            for what, act in (("exchange of folders", _exchange), ("hard links", _link)):
                good, found = False, "does not work on this file system; Press takes a slower way"
                with suppress(OSError):
                    good = act(Path(name))
                mend = "keep the project on a local disk"
                yield Finding(what, good, "works" if good else found, mend, needed=False)
    except OSError as error:
        yield Finding("project folder", good=False, found=str(error), mend="make it writable")


def store(here: Folders) -> Finding:
    """Find out how much is kept between builds; *here* is a series."""
    from press.ground import store as kept  # noqa: PLC0415 -- as above

    try:
        (entries, size), most = kept.Store(here.store).size(), kept.most_bytes()
    except UsageError as error:
        return Finding("store", good=False, found=str(error), mend=f"or: unset {kept.LIMIT}")
    except OSError as error:
        return Finding("store", good=False, found=str(error), mend="./inv clean --store")
    found = f"{entries:,} results, {size / 1024**2:.1f} of at most {most >> 20} MiB"
    if size > most:
        found += "; what the last build is made of stays, even beyond the limit"
    mend = f"{kept.LIMIT} sets another limit; ./inv clean --store empties it"
    return Finding("store", good=True, found=found, mend=mend, needed=False)


def _exchange(folder: Path) -> bool:
    from press.ground import swap  # noqa: PLC0415 -- at set-up, this module alone is asked for

    first, second = folder / "first-folder", folder / "second-folder"
    (first / "mark").mkdir(parents=True)
    second.mkdir()
    return swap._exchange(first, second) and (second / "mark").exists()  # noqa: SLF001 -- what writing will do


def _link(folder: Path) -> bool:
    (folder / "first").touch()
    (folder / "second").hardlink_to(folder / "first")
    return True


def guards() -> Iterator[Finding]:
    """Find out which guards around a print this platform has."""
    linux = sys.platform == "linux"
    for name, guard, danger in (
        ("memory limit", "limited per print", "take all memory"),
        ("death signal", "prints end with Press", "outlive a killed Press"),
    ):
        found = guard if linux else f"{sys.platform} has none: a print may {danger}"
        yield Finding(name, linux, found, "print what you do not trust on Linux", needed=False)


def tool(name: str) -> Finding:
    """Find out whether a program is there that only tests need."""
    path = program(name)
    return Finding(name, bool(path), path or "not found", install(*PACKAGES[name]), needed=False)


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


def answer(lock: str) -> Answer:
    """Return the answer of a look at this machine and the packages of *lock*."""
    findings = look(lock)
    lacking = any(finding.needed and not finding.good for finding in findings)
    facts = {"findings": list(map(asdict, findings))}
    return Answer(CONFIGURATION if lacking else OK, (), shown(findings), facts)


def schema_lines(series: Folders) -> Answer:
    """Write the lines that name the schemas of a series, and answer which files were written."""
    from press.content.schema_lines import mend  # noqa: PLC0415 -- at set-up, this module alone is asked for
    from press.ground import lock, paths  # noqa: PLC0415 -- likewise

    with lock.hold(series.work, "doctor"):
        written = [paths.shown(path) for path in mend(series)]
    text = "\n".join([*map("written: {}".format, written), "each file names its schema"])
    return Answer(OK, (), text, {"written": written})


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
    """Print which shared libraries are missing: for people, or Debian's packages alone for `inv`."""
    missing = [wanted for wanted in LIBRARIES if not library(wanted).good]
    columns = zip(*(wanted.packages for wanted in missing), strict=True)
    systems = [" ".join(dict.fromkeys(names)) for names in columns]
    if arguments == ["debian"]:
        print(*systems[:1])
    elif missing:
        titles = ", ".join(wanted.title for wanted in missing)
        print("inv: the PDF engine lacks shared libraries:", titles)
        print(" ", install(*systems, between="\n  "))
        print("  Windows: in WSL2, as on Debian or Ubuntu")
    return CONFIGURATION if missing else OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
