"""The outputs are the old ones or the new ones, whatever happens in between."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.ground.swap import stage, sweep
from press.problems import BusyError, OutputError
from tests.support.absence import absent
from tests.support.rights import without_rights
from tests.support.turns import MOVING, calls_in_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
OLD = {"manifest.json": b"old", "en/same.html": b"same", "en/gone.html": b"gone", "SHA256SUMS": b""}
NEW = {"manifest.json": b"new", "en/same.html": b"same", "ru/a.html": b"a"}
CALLS = "/^(open(at)?|write|fsync|(un)?link(at)?|rename(at2?)?|mkdir(at)?|rmdir|unlinkat|access)$"
QUICK = ("-qq", f"-etrace={CALLS}")
STOPPED = re.compile(r"killed by SIGKILL|ENOSPC .*INJECTED")
MARK = "/the-work-of-the-test-begins"
BUILD = f"""
import sys
sys.path.insert(0, "{ROOT}")
import ctypes, os, shutil
from pathlib import Path
from press.ground.swap import stage, sweep
from press.problems import PressError
target = Path(sys.argv[1])
os.access("{MARK}", 0)
try:
    with stage(target) as tree:
        tree.write("manifest.json", b"new")
        if target.exists():
            tree.keep("en/same.html")
        else:
            tree.write("en/same.html", b"same")
        tree.write("ru/a.html", b"a")
        tree.commit()
except PressError as error:
    print(error)
    sys.exit(error.status)
"""
SWEEP = BUILD[: BUILD.index("    with")] + "    sweep(target)\n" + BUILD[BUILD.index("except") :]


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Mount something at *folder*."""
    command = ["mount", *options, str(folder)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip(f"not run: needs root, and the right to {' '.join(command[:-1])}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def files(folder: Path) -> dict[str, bytes] | None:
    """Return all that is in *folder*, None if it is not there."""
    if not folder.exists():
        return None
    paths = [path for path in folder.rglob("*") if not path.is_dir()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def build(target: Path, content: dict[str, bytes]) -> None:
    """Replace the target by a tree with this content."""
    with stage(target) as tree:
        for name, data in content.items():
            tree.write(name, data)
        tree.commit()


def make(folder: Path, content: dict[str, bytes]) -> None:
    """Write a tree with this content."""
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return an output folder with the old files, alone in its folder."""
    target = tmp_path / "project" / "build"
    build(target, OLD)
    assert files(target) == OLD
    assert names(target.parent) == ["build"]
    return target


def names(folder: Path) -> list[str]:
    """Return what is in *folder*, hidden names too."""
    return sorted(path.name for path in folder.iterdir())


# --- what a build asks for ---


def test_the_new_tree_replaces_the_old_one(target: Path) -> None:
    """What is not in the new one is gone."""
    build(target, NEW)
    assert files(target) == NEW
    assert names(target.parent) == ["build"]


def test_a_copy_with_one_file_rewritten_replaces_the_old_tree(target: Path) -> None:
    """Files that stay are the same ones; links, empty folders and modes are as they were."""
    (target / "empty").mkdir()
    (target / "link").symlink_to("en/same.html")
    (target / "en/gone.html").chmod(0o640)
    same = (target / "en/same.html").stat().st_ino
    open_file = (target / "en/gone.html").open("rb")
    with open_file, stage(target, "SHA256SUMS") as tree:
        tree.copy()
        tree.rewrite(Path("en/gone.html"), b"new")
        tree.commit()
        assert open_file.read() == b"gone"  # a reader of the old tree sees the old bytes
    assert files(target) == OLD | {"en/gone.html": b"new", "link": b"same"}
    assert (target / "en/same.html").stat().st_ino == same
    assert (target / "en/gone.html").stat().st_mode & 0o777 == 0o640
    assert (target / "empty").is_dir()
    assert (target / "link").is_symlink()
    assert names(target.parent) == ["build"]


def test_a_first_build_makes_the_folder_and_those_above(tmp_path: Path) -> None:
    """Whoever has just cloned the project has none."""
    build(tmp_path / "a" / "b" / "build", NEW)
    assert files(tmp_path / "a" / "b" / "build") == NEW
    assert names(tmp_path / "a" / "b") == ["build"]


def test_a_folder_is_filled_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    """What came into it meanwhile stays."""
    (folder := tmp_path / "town").mkdir()
    with stage(folder) as staging:
        staging.write("a", b"new")
        staging.write("b/c", b"new")
        (folder / "b").mkdir()
        (folder / "b" / "c").write_bytes(b"theirs")
        with pytest.raises(OutputError, match="not empty"):
            staging.fill()
    assert [path.name for path in folder.iterdir()] == ["b"]
    assert (folder / "b" / "c").read_bytes() == b"theirs"
    assert [*tmp_path.iterdir()] == [folder]


def test_nothing_changes_before_the_commit(target: Path) -> None:
    """The new files stand beside the old ones."""
    with stage(target) as tree:
        tree.write("manifest.json", b"new")
        assert files(target) == OLD
        assert names(target.parent) == [f".build.next-{os.getpid()}", "build"]
    assert files(target) == OLD
    assert names(target.parent) == ["build"]


def test_nothing_changes_if_the_work_fails(target: Path) -> None:
    """Nor is anything left over."""
    with pytest.raises(ZeroDivisionError), stage(target) as tree:
        tree.write("manifest.json", bytes(1 // 0))
    assert files(target) == OLD
    assert names(target.parent) == ["build"]


def test_a_kept_file_is_the_old_one(target: Path) -> None:
    """It is not copied, so that its time tells that it did not change."""
    before = (target / "en" / "same.html").stat()
    with stage(target) as tree:
        tree.keep("en/same.html")
        tree.keep("SHA256SUMS")
        tree.commit()
    assert files(target) == {"en/same.html": b"same", "SHA256SUMS": b""}
    assert os.path.samestat((target / "en" / "same.html").stat(), before)


def test_a_kept_file_cannot_be_written(target: Path) -> None:
    """The old tree would change with it."""
    with stage(target) as tree:
        tree.keep("manifest.json")
        with pytest.raises(OutputError, match=r"manifest\.json: file exists"):
            tree.write("manifest.json", b"new")
    assert files(target) == OLD


@pytest.mark.parametrize("name", ["en/none.html", "en", "link"])
def test_only_files_of_the_old_tree_can_be_kept(target: Path, name: str) -> None:
    """A link could lead to whatever comes to stand there."""
    (target / "link").symlink_to("/etc/passwd")
    with stage(target) as tree, pytest.raises(OutputError, match=f"build/{name}: no such file"):
        tree.keep(name)


def test_a_first_build_has_nothing_to_keep(tmp_path: Path) -> None:
    """There is no old tree."""
    with stage(tmp_path / "build") as tree, pytest.raises(OutputError, match="no such file"):
        tree.keep("manifest.json")


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/..", "../a", "/a", "a//b", "a/", "A", "a b", "a\n", "ä", "a\\b", "a/./b"],
)
def test_a_name_outside_the_contract_is_refused(target: Path, name: str) -> None:
    """Outputs go to web servers, archives and mail, and never out of their folder."""
    with stage(target) as tree:
        with pytest.raises(ValueError, match="cannot be the name of an output"):
            tree.write(name, b"")
        with pytest.raises(ValueError, match="cannot be the name of an output"):
            tree.keep(name)


@given(st.lists(st.from_regex(r"[a-z0-9._-]{1,8}(/[a-z0-9._-]{1,8}){0,2}", fullmatch=True)))
def test_all_names_of_the_contract_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[str]
) -> None:
    """What was written is in the tree, and what was refused is not."""
    written: dict[str, bytes] = {}
    with stage(tmp_path_factory.mktemp("names") / "build") as tree:
        for name in wanted:
            try:
                tree.write(name, name.encode())
            except (OutputError, ValueError):
                assert {".", ".."} & set(name.split("/")) or any(
                    f"{name}/".startswith(f"{other}/") or f"{other}/".startswith(f"{name}/")
                    for other in written
                )
            else:
                written[name] = name.encode()
        assert files(tree.folder) == written


@pytest.mark.parametrize(("mask", "file", "folder"), [(0o022, 0o644, 0o755), (0o077, 0o600, 0o700)])
def test_modes_are_those_that_the_user_wants(
    tmp_path: Path, mask: int, file: int, folder: int
) -> None:
    """A web server may have to read the files, or nobody else may."""
    old = os.umask(mask)
    try:
        build(tmp_path / "build", NEW)
    finally:
        os.umask(old)
    for path in [tmp_path / "build", *(tmp_path / "build").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (folder if path.is_dir() else file)


def test_a_link_to_the_outputs_stays_a_link(target: Path, tmp_path: Path) -> None:
    """What it leads to is replaced."""
    link = tmp_path / "link"
    link.symlink_to(target)
    build(link, NEW)
    assert link.is_symlink()
    assert files(target) == NEW
    assert names(tmp_path) == ["link", "project"]


def test_a_reader_sees_one_set(target: Path) -> None:
    """Who has the folder open never finds a new file in it."""
    content = [{"manifest.json": text, "a": text} for text in (b"one", b"two")]
    build(target, content[0])
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(lambda: list(map(build, [target] * 100, content * 50)))
        reads = 0
        while not work.done():
            found = seen_at_once(target)
            assert len(found) <= 1
            reads += len(found)
    assert reads


def seen_at_once(target: Path) -> set[bytes]:
    """Return the contents that two files of one open folder have; a removed one has none."""
    found = set()
    folder = os.open(target, os.O_RDONLY)
    try:
        for name in ("manifest.json", "a"):
            with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:
                found.add(file.read())
    except FileNotFoundError:
        pass
    finally:
        os.close(folder)
    return found


# --- what may not be replaced ---


def test_a_folder_of_somebody_elses_is_refused(target: Path) -> None:
    """A mistyped --out must not cost a folder of photographs."""
    (target / "manifest.json").unlink()
    before = files(target)
    expected = f"{target} is not an output folder of Press; choose another --out or empty it"
    with pytest.raises(OutputError) as caught:
        build(target, NEW)
    assert str(caught.value) == expected
    assert files(target) == before
    assert names(target.parent) == ["build"]


def test_an_empty_folder_is_replaced(tmp_path: Path) -> None:
    """Somebody made it for us."""
    (tmp_path / "build").mkdir()
    build(tmp_path / "build", NEW)
    assert files(tmp_path / "build") == NEW


@pytest.mark.parametrize("linked", [False, True])
def test_a_file_is_refused(tmp_path: Path, *, linked: bool) -> None:
    """It is no folder, be it by a link."""
    path = tmp_path / "build"
    path.write_text("letter")
    if linked:
        (tmp_path / "link").symlink_to(path)
    with pytest.raises(OutputError, match="build: not a folder; choose another --out"):
        build(tmp_path / "link" if linked else path, NEW)
    assert path.read_text() == "letter"


def test_a_file_above_is_named(tmp_path: Path) -> None:
    """A folder cannot be made in a file."""
    (tmp_path / "file").write_text("letter")
    with pytest.raises(OutputError, match=r"file/\.build\.next-.*: file exists"):
        build(tmp_path / "file" / "build", NEW)


def test_the_root_is_refused() -> None:
    """It has nothing beside it."""
    with pytest.raises(OutputError, match=r"^/: a mount point"), stage(Path("/")):
        pass


def test_a_mount_point_is_refused(tmp_path: Path) -> None:
    """No call replaces one; the message says what to do."""
    folder = tmp_path / "build"
    folder.mkdir()
    refused = pytest.raises(OutputError)
    with mounted(folder, "-t", "tmpfs", "none"), refused as caught, stage(folder):
        pytest.fail("it is refused before the work")
    assert "a mount point" in str(caught.value)
    assert "choose a folder in it as --out" in str(caught.value)
    assert names(tmp_path) == ["build"]


def test_a_folder_mounted_on_itself_is_refused(target: Path) -> None:
    """Only the kernel can tell; nothing has changed by then."""
    with mounted(target, "--bind", str(target)):
        with pytest.raises(OutputError, match="a mount point"):
            build(target, NEW)
        assert files(target) == OLD
        assert names(target.parent) == ["build"]


def test_a_folder_of_a_containers_image_is_refused(target: Path, tmp_path: Path) -> None:
    """A layer below cannot be renamed; nothing has changed by then."""
    for name in ("upper", "work", "merged"):
        (tmp_path / name).mkdir()
    layers = f"lowerdir={target.parent},upperdir={tmp_path}/upper,workdir={tmp_path}/work"
    disk = tmp_path / "merged"
    with mounted(disk, "-t", "overlay", "-o", f"{layers},redirect_dir=off", "none"):
        with pytest.raises(OutputError, match="part of a container's image"):
            build(disk / "build", NEW)
        assert files(disk / "build") == OLD
        assert names(disk) == ["build"]


def test_a_folder_that_may_not_be_written_is_named(shared: Path) -> None:
    """The new tree has no place there."""
    with without_rights(shared), pytest.raises(OutputError, match=r"next-.*: permission denied"):
        build(shared / "build", NEW)


@pytest.mark.parametrize("mode", [0o000, 0o555])
def test_an_old_tree_that_could_not_be_removed_stays(shared: Path, mode: int) -> None:
    """It is found out before anything is done."""
    build(shared / "build", OLD)
    shared.chmod(0o777)
    (shared / "build").chmod(0o777)
    with (
        without_rights(shared / "build" / "en", mode=mode),
        pytest.raises(OutputError, match=r"build/en: permission denied; the folder cannot be"),
    ):
        build(shared / "build", NEW)
    assert files(shared / "build") == OLD
    assert names(shared) == ["build"]


def test_files_that_may_only_be_read_are_replaced(target: Path) -> None:
    """To remove a file is a matter of its folder."""
    (target / "manifest.json").chmod(0o444)
    build(target, NEW)
    assert files(target) == NEW


# --- others at the same time ---


def test_two_runs_do_not_write_the_same_target(target: Path) -> None:
    """Two projects may have the same --out; the second waits or is refused."""
    with stage(target) as tree:
        tree.write("manifest.json", b"new")
        expected = f"another run is writing {target}; wait for it or stop it"
        with pytest.raises(BusyError) as caught:
            build(target, OLD)
        assert str(caught.value) == expected
        tree.commit()
    assert files(target) == {"manifest.json": b"new"}


def test_two_first_runs_do_not_write_the_same_target(tmp_path: Path) -> None:
    """The first one's files are not swept."""
    target = tmp_path / "build"
    with stage(target) as tree:
        tree.write("manifest.json", b"new")
        with pytest.raises(BusyError):
            build(target, OLD)
        tree.commit()
    assert files(target) == {"manifest.json": b"new"}


def test_a_sweep_leaves_what_a_run_is_at(target: Path) -> None:
    """Only the dead leave leftovers."""
    with stage(target) as tree:
        tree.write("manifest.json", b"new")
        sweep(target)
        tree.commit()
    assert files(target) == {"manifest.json": b"new"}


def test_a_sweep_leaves_a_replacement_that_a_run_is_at(target: Path) -> None:
    """Its journal is for those who come after its death."""
    journal = target.parent / ".build.journal"
    with stage(target):
        journal.write_text(str(os.getpid()))
        with pytest.raises(BusyError, match="another run is writing"):
            sweep(target)
        assert journal.exists()


def test_a_sweep_removes_only_names_of_ours(target: Path) -> None:
    """What else stands beside the outputs belongs to somebody."""
    ours = [".build.next-1", ".build.old-22", ".build.next-333"]
    others = [".build.next-", ".build.next-1x", "build.next-1", ".build2.next-1", ".build.part"]
    for name in ours + others:
        (target.parent / name / "folder").mkdir(parents=True)
    shutil.rmtree(target.parent / ours[2])
    (target.parent / ours[2]).symlink_to(target)
    sweep(target)
    assert names(target.parent) == sorted([*others, "build"])
    assert files(target) == OLD


@pytest.mark.parametrize("text", ["", "../..", "-1", "1\n", "\u0661"])
def test_a_journal_of_somebody_elses_is_named(target: Path, text: str) -> None:
    """What we cannot read we do not act on."""
    (target.parent / ".build.journal").write_text(text)
    with pytest.raises(OutputError, match=r"\.build\.journal: not a journal of Press; remove it"):
        sweep(target)
    assert files(target) == OLD


def test_a_pipe_in_the_place_of_a_journal_is_named(target: Path) -> None:
    """No run waits for it."""
    os.mkfifo(target.parent / ".build.journal")
    with pytest.raises(OutputError, match=r"\.build\.journal: not a regular file"):
        sweep(target)


def test_a_target_that_was_deleted_stays_deleted(target: Path) -> None:
    """A journal without trees has nothing to restore."""
    shutil.rmtree(target)
    (target.parent / ".build.journal").write_text("1")
    sweep(target)
    assert names(target.parent) == []


def test_an_interrupted_replacement_is_completed(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control-C where two renames are needed leaves no gap between them."""
    rename = Path.rename

    def interrupted(path: Path, other: Path) -> Path:
        if "next" in path.name:
            monkeypatch.undo()
            raise KeyboardInterrupt
        return rename(path, other)

    monkeypatch.setattr("press.ground.swap._exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(target, NEW)
    assert files(target) == NEW
    assert names(target.parent) == ["build"]


def test_the_next_run_completes_a_replacement_before_its_own(tmp_path: Path) -> None:
    """What it keeps is of the completed tree."""
    target = tmp_path / "project" / "build"
    stopped(target, "renames")
    with stage(target) as tree:
        tree.keep("ru/a.html")
        tree.commit()
    assert files(target) == {"ru/a.html": b"a"}
    assert names(target.parent) == ["build"]


# --- killed at any system call ---


@dataclass(frozen=True)
class Program:
    """A program that replaces the target, and how strace shall run it."""

    code: str
    folder: Path  # for what strace and Python write
    always: tuple[str, ...] = ()  # what strace injects in any case

    def run(self, target: Path, *injections: str) -> subprocess.CompletedProcess[str]:
        """Run the program with these injections."""
        options = [f"-einject={injection}" for injection in (*self.always, *injections)]
        log = self.folder / f"{target.parent.name}.log"
        python = [sys.executable, "-I", "-S", f"-Xpycache_prefix={self.folder / 'cache'}", "-c"]
        return subprocess.run(
            ["strace", *QUICK, "-o", str(log), *options, *python, self.code, str(target)],
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self, prepare: Callable[[Path], None]) -> list[tuple[str, int]]:
        """Return name and number of each call that matters; the number counts from the start."""
        for turn in ("cached", "counted"):  # what Python keeps is there the second time
            target = self.folder / turn / "build"
            prepare(target)
            done = self.run(target)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        before, mark, after = (self.folder / "counted.log").read_text().partition(MARK)
        assert mark
        counts: dict[str, int] = {}
        found = []
        for text, matters in ((before, False), (after, True)):
            for name, rest in re.findall(r"^(\w+)\((.*)", text, re.MULTILINE):
                counts[name] = counts.get(name, 0) + 1
                if matters and ("O_CREAT" in rest or "open" not in name):
                    found.append((name, counts[name]))
        return found


@dataclass(frozen=True)
class Scenario:
    """What stands there before, what runs, and what may stand there after it was stopped."""

    prepare: Callable[[Path], None]
    code: str
    results: tuple[dict[str, bytes] | None, ...]  # the last is that of success
    between: bool = False  # whether the target may be missing until the next run
    always: tuple[str, ...] = ()


def first(target: Path) -> None:
    """Make the folder of a project that was never built."""
    target.parent.mkdir()


def second(target: Path) -> None:
    """Make the folder of a project that was built."""
    make(target, OLD)


def stopped(target: Path, at: str) -> None:
    """Make what a run leaves that was killed in its second rename, or after the exchange."""
    if at == "renames":
        make(target.with_name(".build.old-1"), OLD)
        make(target.with_name(".build.next-1"), NEW)
        target.with_name(".build.journal").write_text("1")
    else:
        make(target.with_name(".build.next-1"), OLD)
        make(target, NEW)
    target.with_name(".build.journal.0123456789ab.part").write_text("")


JOURNAL = ("renameat2:error=EINVAL",)
SCENARIOS = {
    "first": Scenario(first, BUILD, (None, NEW)),
    "exchange": Scenario(second, BUILD, (OLD, NEW)),
    "journal": Scenario(second, BUILD, (OLD, NEW), between=True, always=JOURNAL),
    "sweep": Scenario(lambda target: stopped(target, "exchange"), SWEEP, (NEW,)),
    "recover": Scenario(lambda target: stopped(target, "renames"), SWEEP, (OLD, NEW), between=True),
}


@pytest.fixture(params=SCENARIOS)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Return each of the scenarios, where system calls can be stopped at all."""
    if not shutil.which("strace"):
        absent("needs strace")
    return SCENARIOS[request.param]


def each_call(
    scenario: Scenario,
    folder: Path,
    injection: str,
    check: Callable[[Path, int, str], None],
    note: Callable[[str, object], None],
) -> None:
    """Run the scenario once for each of its calls, with *injection* there, and check the target."""
    program = Program(scenario.code, folder, scenario.always)

    def run(call: tuple[str, int]) -> None:
        target = folder / f"{call[0]}-{call[1]}" / "build"
        scenario.prepare(target)
        done = program.run(target, f"{call[0]}:{injection}:when={call[1]}")
        assert "Traceback" not in done.stderr, f"{call}: {done.stderr}"
        assert STOPPED.search((folder / f"{target.parent.name}.log").read_text())
        check(target, done.returncode, f"{call}: {done.stdout}")

    calls = program.calls(scenario.prepare)
    assert len(calls) > 5
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run, calls_in_turn(calls, MOVING, note)))


def test_a_run_killed_at_any_call_leaves_one_whole_tree(
    scenario: Scenario, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The next run removes what the killed one left."""

    def check(target: Path, status: int, output: str) -> None:
        assert status == -signal.SIGKILL, output
        assert files(target) in (*scenario.results, *[None] * scenario.between)
        sweep(target)
        result = files(target)
        assert result in scenario.results
        assert names(target.parent) == ["build"] * (result is not None)

    each_call(scenario, tmp_path, "signal=SIGKILL", check, record_property)


def test_a_full_disk_at_any_call_leaves_one_whole_tree(
    scenario: Scenario, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The message says so, and which tree it is."""

    def check(target: Path, status: int, output: str) -> None:
        if status:
            assert status == 74, output
            assert "no space left on device" in output
        stays = (scenario.results[0], *[None] * scenario.between)
        if scenario.code == SWEEP:  # what cannot be completed is undone, or left for the next run
            assert files(target) in (*scenario.results, *stays)
        else:
            placed = not status or "in place" in output
            assert files(target) in ((NEW,) if placed else stays), output
            assert status or names(target.parent) == ["build"]
        sweep(target)
        assert names(target.parent) == ["build"] * (files(target) is not None)

    each_call(scenario, tmp_path, "error=ENOSPC", check, record_property)


def test_the_exchange_is_one_call(tmp_path: Path) -> None:
    """No other call touches the target."""
    if not shutil.which("strace"):
        absent("needs strace")
    calls = Program(BUILD, tmp_path).calls(second)
    assert [name for name, _ in calls if "rename" in name] == ["renameat2"]
    synced = [name for name, _ in calls if name in ("fsync", "renameat2")]
    # three folders and two new files before it, the folder above after it
    assert synced == ["fsync"] * 5 + ["renameat2", "fsync"]


@pytest.mark.parametrize("error", ["EPERM", "EMLINK", "EXDEV", "EOPNOTSUPP"])
def test_a_kept_file_is_copied_where_there_are_no_links(tmp_path: Path, error: str) -> None:
    """Some file systems have none, and all have a most."""
    if not shutil.which("strace"):
        absent("needs strace")
    target = tmp_path / "project" / "build"
    build(target, OLD)
    before = (target / "en" / "same.html").stat()
    done = Program(BUILD, tmp_path).run(target, f"linkat:error={error}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files(target) == NEW
    assert not os.path.samestat((target / "en" / "same.html").stat(), before)


def test_a_disk_that_is_full_indeed_leaves_the_old_tree(tmp_path: Path) -> None:
    """The new tree goes, so that there is room again."""
    target = tmp_path / "build"
    with mounted(tmp_path, "-t", "tmpfs", "-o", "size=64k", "none"):
        build(target, OLD)
        with pytest.raises(OutputError, match=r"a\.html: no space left on device"):
            build(target, {**NEW, "ru/a.html": bytes(100_000)})
        assert files(target) == OLD
        assert names(tmp_path) == ["build"]
        build(target, NEW)
        assert files(target) == NEW
