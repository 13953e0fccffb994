"""The state knows what changed, and does not look at what did not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.ground import file_state
from press.ground.file_state import (
    FileState,
    clock,
    differing,
    libraries,
    load,
    revived,
    save,
    scan,
)
from press.problems import OutputError
from tests.support.absence import absent
from tests.support.rights import without_rights

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
LATER = 2**62  # ns, long after these tests
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def make(folder: Path, **files: str) -> Path:
    """Write files into *folder*, `a__b` as `a/b`, and return it."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def names(seen: Mapping[str, FileState], folder: Path) -> list[str]:
    """Return the paths seen as seen from *folder*, in their order."""
    return [os.path.relpath(path, folder) for path in seen]


def rewrite(path: Path, text: str) -> None:
    """Change the content of *path* so that neither size nor time tell."""
    status = path.stat()
    assert len(text) == status.st_size
    path.write_text(text)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_scan_says_size_time_and_digest(tmp_path: Path) -> None:
    """The digest is SHA-256 of the content."""
    path = make(tmp_path, a="text") / "a"
    status = path.stat()
    digest = sha256(b"text").hexdigest()
    expected = FileState(4, status.st_mtime_ns, digest, status.st_ctime_ns, status.st_ino)
    assert scan([path]) == {str(path): expected}


def test_a_scan_goes_into_folders_in_order(tmp_path: Path) -> None:
    """Hidden files are files."""
    make(tmp_path, b="", a__z="", a__c__d="", B="", **{".hidden": ""})
    assert names(scan([tmp_path]), tmp_path) == [".hidden", "B", "a/c/d", "a/z", "b"]


def test_the_order_of_the_paths_does_not_matter(tmp_path: Path) -> None:
    """Nor does it if one is within another."""
    make(tmp_path, a__b="1", c="2")
    one = scan([tmp_path / "a", tmp_path])
    other = scan([tmp_path, tmp_path / "a" / "b"])
    assert list(one.items()) == list(other.items())


def test_paths_stay_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state of relative paths moves with its project."""
    make(tmp_path, content__a="")
    monkeypatch.chdir(tmp_path)
    assert list(scan(["content"])) == ["content/a"]


def test_what_is_missing_is_left_out(tmp_path: Path) -> None:
    """A file that was deleted is seen by its absence."""
    make(tmp_path, a="")
    assert scan([tmp_path / "none", tmp_path / "a" / "none"]) == {}


def test_compiled_code_is_left_out(tmp_path: Path) -> None:
    """The interpreter writes it as it likes."""
    make(tmp_path, b="", a__c="")
    for folder in (tmp_path, tmp_path / "a"):
        (folder / "__pycache__").mkdir()
        (folder / "__pycache__" / "a.pyc").write_bytes(b"")
    assert names(scan([tmp_path]), tmp_path) == ["a/c", "b"]


def test_a_file_that_nobody_touched_is_not_read_again(tmp_path: Path) -> None:
    """That is what makes a scan fast, and what the times are for: the digest is the one that is known."""
    path = make(tmp_path, a="one") / "a"
    before = {str(path): scan([path])[str(path)]._replace(digest="known")}
    assert scan([tmp_path], before, LATER) == before


def test_a_file_that_keeps_its_size_and_time_is_read_again(tmp_path: Path) -> None:
    """`rsync -t` and `cp -p` set the time of the content; they cannot set that of the entry."""
    path = make(tmp_path, a="one") / "a"
    before = scan([tmp_path])
    rewrite(path, "two")
    assert scan([tmp_path], before, LATER)[str(path)].digest == sha256(b"two").hexdigest()


def test_another_file_in_its_place_is_read_again(tmp_path: Path) -> None:
    """Whatever its times say: its inode is another."""
    path = make(tmp_path, a="one", b="two") / "a"
    before = scan([path])
    (tmp_path / "b").replace(path)
    status = path.stat()
    like = before[str(path)]._replace(time=status.st_mtime_ns, changed=status.st_ctime_ns)
    now = scan([path], {str(path): like}, LATER)
    assert now[str(path)].digest == sha256(b"two").hexdigest()


def test_a_file_as_young_as_the_state_is_read_again(tmp_path: Path) -> None:
    """It may have changed twice in one tick of the clock."""
    path = make(tmp_path, a="one") / "a"
    before = scan([tmp_path])
    rewrite(path, "two")
    now = scan([tmp_path], before, path.stat().st_mtime_ns)
    assert now[str(path)].digest == sha256(b"two").hexdigest()


@pytest.mark.parametrize("change", [("two!", 0), ("two", 1)], ids=["size", "time"])
def test_a_file_of_another_size_or_time_is_read_again(
    tmp_path: Path, change: tuple[str, int]
) -> None:
    """Either is enough."""
    path = make(tmp_path, a="one") / "a"
    before = scan([tmp_path])
    path.write_text(change[0])
    time = before[str(path)].time + change[1]
    os.utime(path, ns=(time, time))
    now = scan([tmp_path], before, LATER)
    assert now[str(path)].digest == sha256(change[0].encode()).hexdigest()


def test_what_changes_in_the_tick_of_the_scan_is_seen(tmp_path: Path) -> None:
    """However often a file changes, and however coarse the clock is, the next scan has it right."""
    path = make(tmp_path, a="0000") / "a"
    for number in range(1, 300):
        began = clock(tmp_path / ".press")
        before = scan([path])
        path.write_text(f"{number:04}")
        now = scan([path], before, began)
        assert now[str(path)].digest == sha256(f"{number:04}".encode()).hexdigest()


def test_the_clock_is_the_file_systems(tmp_path: Path) -> None:
    """A file that is written now is not older."""
    began = clock(tmp_path / ".press")
    assert make(tmp_path, a="").joinpath("a").stat().st_mtime_ns >= began
    os.utime(tmp_path / ".press" / "clock", (1, 1))
    assert clock(tmp_path / ".press") >= began  # it goes on


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    """It is seen itself, and where it leads."""
    make(tmp_path, a__b="")
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "loop").symlink_to(".")
    before = scan([tmp_path])
    assert names(before, tmp_path) == ["a/b", "link", "loop"]
    make(tmp_path, c__d="")
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to("c")
    assert scan([tmp_path], before, LATER)[f"{tmp_path}/link"] != before[f"{tmp_path}/link"]


def test_a_link_to_a_file_stands_for_its_content(tmp_path: Path) -> None:
    """Who reads the link reads the file."""
    path = make(tmp_path, outside="one", content__a="") / "outside"
    (tmp_path / "content" / "link").symlink_to(path)
    before = scan([tmp_path / "content"])
    path.write_text("two")
    assert differing(scan([tmp_path / "content"], before, LATER), before)


def test_a_link_that_is_named_is_followed_to_its_folder(tmp_path: Path) -> None:
    """A content folder may be a link."""
    make(tmp_path, a__b="")
    (tmp_path / "link").symlink_to("a")
    assert names(scan([tmp_path / "link"]), tmp_path) == ["link/b"]


def test_a_link_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    """It is for the reader to complain."""
    (tmp_path / "link").symlink_to("none")
    assert names(scan([tmp_path]), tmp_path) == ["link"]


def test_a_file_in_the_place_of_a_link_is_another(tmp_path: Path) -> None:
    """Size and time of a link say nothing about a file."""
    path = make(tmp_path, a="text") / "b"
    path.symlink_to("a" * 4)
    before = scan([path])
    time = path.lstat().st_mtime_ns
    path.unlink()
    path.write_text("four")
    os.utime(path, ns=(time, time))
    assert scan([path], before, LATER)[str(path)].digest == sha256(b"four").hexdigest()


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    """Nobody may write into it."""
    os.mkfifo(tmp_path / "pipe")
    assert names(scan([tmp_path]), tmp_path) == ["pipe"]


def test_a_name_that_is_no_text_is_seen(tmp_path: Path) -> None:
    """File systems take any bytes, and JSON gives them back."""
    (tmp_path / os.fsdecode(b"\xff")).write_bytes(b"")
    seen = scan([tmp_path])
    save(tmp_path / "state", {"inputs": seen})
    saved = load(tmp_path / "state")
    assert saved
    assert revived(saved["inputs"]) == seen


def test_a_folder_that_may_not_be_read_is_named(shared: Path) -> None:
    """To leave out what is in it would take it for deleted."""
    make(shared, folder__a="")
    with (
        without_rights(shared / "folder", mode=0),
        pytest.raises(OutputError, match="folder: permission denied"),
    ):
        scan([shared])


@pytest.mark.parametrize("name", ["file", "link"])
def test_a_file_that_may_not_be_read_is_seen(shared: Path, name: str) -> None:
    """It is for the reader to complain."""
    make(shared, file="text", other="")
    (shared / "link").symlink_to("file")
    before = scan([shared])
    with without_rights(shared / "file", mode=0):
        now = scan([shared], before, LATER)
    assert list(now) == list(before)
    path = str(shared / name)
    assert now[path].digest != before[path].digest
    assert now[f"{shared}/other"] == before[f"{shared}/other"]


def test_a_file_that_may_not_be_read_is_never_the_same(shared: Path) -> None:
    """It may have changed meanwhile, and be readable again at the same time and size."""
    make(shared, file="text")
    with without_rights(shared / "file", mode=0):
        before = scan([shared])
        assert differing(scan([shared], before, LATER), before)
    now = scan([shared], before, LATER)
    assert now[f"{shared}/file"].digest == sha256(b"text").hexdigest()
    assert differing(now, before)
    assert not differing(now, now)


def test_the_same_content_is_the_same_at_any_time(tmp_path: Path) -> None:
    """A file that was only touched changes nothing."""
    path = make(tmp_path, a="one") / "a"
    before = scan([tmp_path])
    os.utime(path, (1, 1))
    now = scan([tmp_path], before, LATER)
    assert now != before
    assert not differing(now, before)


@pytest.mark.parametrize("name", ["a", "b"])
def test_other_content_or_another_file_is_not_the_same(tmp_path: Path, name: str) -> None:
    """One file more counts, and one that is otherwise."""
    before = scan([make(tmp_path, a="one")])
    now = scan([make(tmp_path, **{name: "two"})], before, LATER)
    assert differing(now, before)
    assert differing(before, now)


@given(st.dictionaries(st.text(), values))
def test_what_is_saved_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, value: dict[str, object]
) -> None:
    """The file is JSON, and nothing else is left in the folder."""
    path = tmp_path_factory.mktemp("state") / ".press" / "state.json"
    save(path, value)
    assert load(path) == value
    assert json.loads(path.read_bytes())["value"] == value
    assert list(path.parent.iterdir()) == [path]


@given(st.data())
def test_a_damaged_state_is_none(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever byte is lost, added or changed."""
    path = tmp_path_factory.mktemp("state") / "state.json"
    save(path, {"inputs": {"a": FileState(1, 2, "3")}, "began": 4})
    good = path.read_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    change = data.draw(st.integers(1, 255))
    changed = good[:place] + bytes([good[place] ^ change]) + good[place + 1 :]
    path.write_bytes(data.draw(st.sampled_from([good[:place], good + b"\n", changed])))
    assert load(path) is None


@given(st.binary())
def test_any_other_file_is_none(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """No bytes are an exception."""
    path = tmp_path_factory.mktemp("state") / "state.json"
    path.write_bytes(content)
    assert load(path) is None


def test_no_state_is_none(tmp_path: Path) -> None:
    """Neither a missing file nor a folder is one, nor a pipe, for which no run waits."""
    assert load(tmp_path / "state.json") is None
    assert load(tmp_path) is None
    os.mkfifo(tmp_path / "pipe")
    assert load(tmp_path / "pipe") is None


def test_a_state_of_another_version_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another version wrote may mean something else."""
    monkeypatch.setattr(file_state, "_SCHEMA", file_state._SCHEMA + 1)
    save(tmp_path / "state.json", {"a": 1})
    assert load(tmp_path / "state.json") == {"a": 1}
    monkeypatch.undo()
    assert load(tmp_path / "state.json") is None


def test_a_state_that_is_no_object_is_none(tmp_path: Path) -> None:
    """A list has no names to look up."""
    save(tmp_path / "state.json", [1])  # type: ignore[arg-type]  # the fault
    assert load(tmp_path / "state.json") is None


def test_a_killed_save_leaves_the_old_state(tmp_path: Path) -> None:
    """The next one removes what it left."""
    path = tmp_path / "state.json"
    save(path, {"a": 1})
    code = (
        "import os, signal, sys; from pathlib import Path; from press.ground.file_state import save\n"
        "os.fsync = lambda file: os.kill(os.getpid(), signal.SIGKILL)\n"
        "save(Path(sys.argv[1]), {'a': 2})"
    )
    command = [sys.executable, "-c", code, str(path)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
    assert len(list(tmp_path.iterdir())) == 2
    assert load(path) == {"a": 1}
    save(path, {"a": 3})
    assert list(tmp_path.iterdir()) == [path]


def test_a_state_that_cannot_be_saved_is_named(shared: Path) -> None:
    """The old one stays."""
    save(shared / "state.json", {"a": 1})
    with (
        without_rights(shared),
        pytest.raises(OutputError, match=r"state\.json: permission denied"),
    ):
        save(shared / "state.json", {"a": 2})
    assert load(shared / "state.json") == {"a": 1}


def test_the_libraries_in_use_are_among_those_found() -> None:
    """What a process that draws text has loaded is what counts."""
    code = (
        "import ctypes\n"
        "for name in ('pango-1.0.so.0', 'pangoft2-1.0.so.0', 'harfbuzz.so.0',"
        " 'fontconfig.so.1', 'freetype.so.6', 'fribidi.so.0'):\n"
        "    ctypes.CDLL(f'lib{name}')\n"
        "print(open('/proc/self/maps').read())"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        absent("needs Pango and Linux")
    loaded = {line.split()[-1] for line in done.stdout.splitlines() if line.count("/") > 1}
    wanted = {path for path in loaded if file_state._LIBRARY.fullmatch(Path(path).name)}
    assert len(wanted) == 6
    assert wanted <= {path for path, _, _ in libraries()}


def test_a_library_is_known_by_path_size_and_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link counts as what it leads to, other libraries not at all."""
    monkeypatch.setenv("LD_LIBRARY_PATH", f"{tmp_path}:{tmp_path / 'none'}")
    others = set(libraries())
    for name in ("libharfbuzz.so.0.1", "libharfbuzz-gobject.so.0", "libpango-1.0.so.0.txt"):
        (tmp_path / name).write_bytes(b"abc")
    (tmp_path / "libharfbuzz.so.0").symlink_to("libharfbuzz.so.0.1")
    path = tmp_path.resolve() / "libharfbuzz.so.0.1"
    found = libraries()
    assert set(found) - others == {(str(path), 3, path.stat().st_mtime_ns)}
    assert list(found) == sorted(found)


def test_the_linkers_cache_tells_of_other_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library may be anywhere."""
    path = make(tmp_path, **{"elsewhere__libpango-1.0.so.0": "abc"}).resolve()
    path = path / "elsewhere" / "libpango-1.0.so.0"
    others = set(libraries())
    lines = [b"head \x01\x02", b"libpango-1.0.so.0", os.fsencode(path), b"/lib/libc.so.6", b""]
    (tmp_path / "cache").write_bytes(b"\0".join(lines))
    monkeypatch.setattr(file_state, "_CACHE", tmp_path / "cache")
    assert set(libraries()) - others == {(str(path), 3, path.stat().st_mtime_ns)}


def test_libraries_are_found_without_loading_one() -> None:
    """A build without changes shall not pay for Pango."""
    code = "import sys; from press.ground.file_state import libraries\nlibraries(); print(*sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert "press.ground.file_state" in done.stdout.split()
    assert not {"ctypes", "weasyprint"} & set(done.stdout.split())
