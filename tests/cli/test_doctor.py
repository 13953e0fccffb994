"""What the doctor finds, on this machine and on one that lacks something."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from press.cli import doctor
from press.ground.paths import Folders
from tests.support.folders import HERE

ROOT = Path(__file__).parents[2]
LOOK = "from press.cli import doctor; print(doctor.shown(doctor.look()))"
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="LD_LIBRARY_PATH is Linux's")


def inv(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a task in a process with these variables alone."""
    command = [sys.executable, "-I", "-m", "press", *words]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)


def shadow(folder: Path, library: str) -> dict[str, str]:
    """Return the variable that puts a file which is no library in the place of *library*."""
    [wanted] = [each for each in doctor.LIBRARIES if each.title == library]
    (folder / wanted.names[0]).write_bytes(b"this is no library")
    return {"LD_LIBRARY_PATH": str(folder)}


def test_this_machine_can_build() -> None:
    """Where the tests run, nothing that is needed is missing; each finding names a way to mend."""
    findings = doctor.look()
    assert not [finding for finding in findings if finding.needed and not finding.good]
    assert all(finding.found and finding.mend for finding in findings)


def test_it_leaves_nothing_behind() -> None:
    """What the file system can do is found out in a folder that goes again."""
    assert {"exchange of folders", "hard links"} <= {
        finding.name for finding in doctor.folders(HERE.work)
    }
    assert not list(HERE.work.glob("doctor-*"))


def test_the_libraries_are_those_that_the_engine_loads() -> None:
    """Each name is one that the PDF engine tries; none that it needs is forgotten."""
    [path] = [
        path for path in metadata.files("weasyprint") or [] if path.match("weasyprint/text/ffi.py")
    ]
    text = path.read_text("utf-8")
    tried = set(re.findall(r"'(lib[\w.-]+\.(?:so\.\d|dylib))'", text))
    ours = {name for library in doctor.LIBRARIES for name in library.names}
    assert ours <= tried
    assert {name for name in tried - ours if "vector" not in name} == set()


@ON_LINUX
@pytest.mark.parametrize("library", [library.title for library in doctor.LIBRARIES])
def test_a_missing_library_is_found(tmp_path: Path, library: str) -> None:
    """A library that does not load is missed, with the package that brings it; the status tells."""
    run = inv("doctor", "--output", "json", **shadow(tmp_path, library))
    assert (run.returncode, run.stderr) == (78, "")
    mends = {
        each["name"]: each["mend"]
        for each in json.loads(run.stdout)["findings"]
        if not each["good"]
    }
    assert "apt-get install lib" in mends[library]


@ON_LINUX
def test_a_missing_library_is_shown_with_its_mend(tmp_path: Path) -> None:
    """The list for people says what to do below what is missing."""
    lines = inv("doctor", **shadow(tmp_path, "HarfBuzz-subset")).stdout.splitlines()
    [at] = [number for number, line in enumerate(lines) if line.startswith("MISSING")]
    assert "HarfBuzz-subset" in lines[at]
    assert "libharfbuzz-subset0" in lines[at + 1]


def test_what_only_tests_need_may_be_absent(tmp_path: Path) -> None:
    """Without a browser and Java the machine can build."""
    run = inv("doctor", PATH=str(tmp_path))
    assert run.returncode == 0
    assert len(re.findall(r"^absent +(?:browser|java) ", run.stdout, re.MULTILINE)) == 2


def test_packages_that_differ_from_the_lock_are_found(tmp_path: Path) -> None:
    """Another version and a missing package are named; what other machines need is not."""
    (tmp_path / "requirements").mkdir()
    lines = (
        f"invoke=={metadata.version('invoke')} \\",
        "jinja2==0.1 \\",
        "no-such-thing==1.0 \\",
        "for-another-system==1.0 ; sys_platform == 'win32' \\",
        f"pydantic=={metadata.version('pydantic')} ; python_full_version >= '3.11' \\",
        "pydantic==0.1 ; python_full_version < '3.11' \\",
    )
    lock = tmp_path / "requirements" / "core.lock"
    lock.write_text("\n    --hash=sha256:00\n".join(lines), encoding="utf-8")
    found = f"jinja2 is {metadata.version('jinja2')}, not 0.1, no-such-thing is missing"
    assert doctor.packages("core", Folders.of(tmp_path)).found == found


@pytest.mark.parametrize("lock", ["core", "delivery", "dev"])
def test_each_marker_of_a_lock_is_understood(lock: str) -> None:
    """A package that has a line for older and one for newer versions of Python is wanted once."""
    text = (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8")
    lines = re.findall(r"^[\w.-]+==.*", text, re.MULTILINE)
    found = doctor._LOCKED.findall(text)
    assert len(found) == len(lines)
    assert {marker != "" for _, _, marker in found} == {True, False}
    wanted = [name for name, _, marker in found if doctor.meant(marker)]
    assert len(wanted) == len(set(wanted))
    assert doctor.meant(f"sys_platform == '{sys.platform}'")
    assert not doctor.meant("python_full_version < '3.9'")


def test_a_full_disk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less room than a build needs is something to mend."""
    assert [finding.good for finding in doctor.look() if finding.name == "disk"] == [True]
    monkeypatch.setattr(doctor, "DISK", 10**9)
    assert [finding.good for finding in doctor.look() if finding.name == "disk"] == [False]


def test_an_unknown_output_is_a_usage_error() -> None:
    """There are two."""
    run = inv("doctor", "--output", "xml")
    assert (run.returncode, run.stderr) == (2, "inv: --output is text, json or github, not 'xml'\n")
