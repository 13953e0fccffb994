"""The store gives back what was put, or nothing."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from press.ground.store import Store, key, most_bytes
from press.problems import OutputError, UsageError
from tests.support.rights import without_rights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
KEY, OTHER = key("one"), key("other")
parts = st.lists(st.binary(max_size=4) | st.text(st.characters(codec=None), max_size=4), max_size=4)


def entry(store: Store, key: str) -> Path:
    """Return the file of *key*, which must be there."""
    path = store.folder / key[:2] / key
    assert path.is_file()
    return path


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk that is soon full."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("not run: a full disk needs root, and the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@given(parts, parts)
@example(["ab", "c"], ["a", "bc"])
@example(["a"], [b"a"])
@example([], [""])
@example(["\ud83d\ude00"], ["\U0001f600"])
def test_different_sequences_have_different_keys(
    one: list[bytes | str], other: list[bytes | str]
) -> None:
    """No part runs into the next."""
    assert (key(*one) == key(*other)) == (one == other)


def test_a_key_is_the_same_everywhere() -> None:
    """A key that changed would empty every store."""
    # printf 's\\0\\0\\0\\0\\0\\0\\0\\1ab\\0\\0\\0\\0\\0\\0\\0\\1b' | sha256sum
    assert key("a", b"b") == "8aa48990a8a7627123ff3b7ae2a98c2eb2d99c22ab818b4d4e936d8f40e54690"


@given(st.binary())
def test_what_is_put_comes_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any bytes are a result, none as well."""
    store = Store(tmp_path_factory.mktemp("store"))
    assert store.get(KEY) is None
    store.put(KEY, data)
    assert store.get(KEY) == data
    assert store.get(OTHER) is None


def test_a_result_can_be_put_again(tmp_path: Path) -> None:
    """The last one counts, and nothing else is left."""
    store = Store(tmp_path)
    store.put(KEY, b"one")
    store.put(KEY, b"two")
    assert store.get(KEY) == b"two"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [entry(store, KEY)]


@given(st.data())
def test_a_damaged_entry_is_none(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever byte is lost, added or changed, no wrong result comes back, and the entry goes."""
    store = Store(tmp_path_factory.mktemp("store"))
    store.put(KEY, b"result")
    path = entry(store, KEY)
    good = path.read_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    bad = data.draw(
        st.sampled_from(
            [good[:place], good + b"x", good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]]
        )
    )
    path.write_bytes(bad)
    assert store.get(KEY) is None
    assert not path.exists()


def test_a_put_waits_for_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a power cut leaves of an entry is damaged, and counts as none."""
    monkeypatch.delattr(os, "fsync")
    store = Store(tmp_path)
    store.put(KEY, b"one")
    assert store.get(KEY) == b"one"


def test_an_entry_under_another_key_is_none(tmp_path: Path) -> None:
    """Two files that changed places are both whole, and both wrong."""
    store = Store(tmp_path)
    store.put(KEY, b"one")
    store.put(OTHER, b"other")
    entry(store, KEY).replace(entry(store, OTHER))
    assert store.get(OTHER) is None


@pytest.mark.parametrize(
    "put",
    [
        lambda path: (path / "folder").mkdir(parents=True),
        os.mkfifo,
        lambda path: path.symlink_to(path.name),
        lambda path: path.symlink_to("/dev/zero"),
    ],
    ids=["folder", "pipe", "link to itself", "link to what has no end"],
)
def test_what_is_no_file_is_no_entry(tmp_path: Path, put: Callable[[Path], None]) -> None:
    """It goes, no run waits for it, and the result can be put."""
    store = Store(tmp_path)
    (tmp_path / KEY[:2]).mkdir()
    put(tmp_path / KEY[:2] / KEY)
    assert store.get(KEY) is None
    store.put(KEY, b"one")
    assert store.get(KEY) == b"one"


def test_a_damaged_entry_that_cannot_be_removed_is_none(shared: Path) -> None:
    """A store that may only be read still gives no wrong result."""
    store = Store(shared)
    store.put(KEY, b"one")
    path = entry(store, KEY)
    path.write_bytes(b"two")
    with without_rights(path.parent):
        assert store.get(KEY) is None
    assert path.exists()


def test_an_entry_that_may_not_be_read_is_an_error(shared: Path) -> None:
    """To build all anew in silence would hide what is wrong with the machine."""
    store = Store(shared)
    store.put(KEY, b"one")
    path = entry(store, KEY)
    with (
        without_rights(path, mode=0),
        pytest.raises(OutputError, match=f"{KEY}: permission denied"),
    ):
        store.get(KEY)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands where the store should be."""
    (tmp_path / "store").write_bytes(b"")
    store = Store(tmp_path / "store")
    assert store.get(KEY) is None
    with pytest.raises(OutputError, match=f"store/{KEY[:2]}/{KEY}: not a directory"):
        store.put(KEY, b"one")


def test_a_full_disk_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    """What does not fit is not there; what was there stays."""
    with small_disk(tmp_path, "64k"):
        store = Store(tmp_path)
        store.put(KEY, b"one")
        for name in (KEY, OTHER):
            with pytest.raises(OutputError, match=f"{name}: no space left on device") as caught:
                store.put(name, bytes(100_000))
            assert caught.value.status == 74
        assert store.get(KEY) == b"one"
        assert store.get(OTHER) is None
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [entry(store, KEY)]


def test_a_file_larger_than_allowed_is_named(tmp_path: Path) -> None:
    """A limit of the shell's is not the disk's."""
    store = Store(tmp_path)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, old[1]))
    try:
        with pytest.raises(OutputError, match=r"file too large$"):
            store.put(KEY, bytes(2000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert store.get(KEY) is None


def test_many_processes_put_the_same_key(tmp_path: Path) -> None:
    """Whoever reads finds all of it or nothing, and no file is left over."""
    code = """
import sys; from pathlib import Path; from press.ground.store import Store, key
store = Store(Path(sys.argv[1]))
for _ in range(50):
    store.put(key("one"), bytes(10_000))
    assert store.get(key("one")) == bytes(10_000)
    store.prune(frozenset({key("one")}))
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    writers = [subprocess.Popen(command, cwd=ROOT) for _ in range(4)]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    store = Store(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [entry(store, KEY)]


def test_a_killed_writer_leaves_a_file_that_pruning_removes(tmp_path: Path) -> None:
    """A file whose writer lives stays."""
    code = """
import sys; from pathlib import Path; from press.ground.store import Store, key
Path.replace = lambda part, path: (print("writing", flush=True), sys.stdin.read())
Store(Path(sys.argv[1])).put(key("one"), b"one")
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    store = Store(tmp_path)
    with subprocess.Popen(command, cwd=ROOT, stdin=-1, stdout=-1) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"writing\n"
        [part] = (tmp_path / KEY[:2]).iterdir()
        store.prune(frozenset())
        assert part.exists()
        writer.kill()
    store.prune(frozenset())
    assert list((tmp_path / KEY[:2]).iterdir()) == []
    assert store.get(KEY) is None


def used(store: Store, **times: int) -> None:
    """Put a result of 68 bytes, 100 with its proof, for each name, last used at a time (s)."""
    for name, time in times.items():
        store.put(key(name), bytes(68))
        path = entry(store, key(name))
        assert path.stat().st_size == 100
        os.utime(path, (time, time))


def test_pruning_drops_what_was_used_least_lately(tmp_path: Path) -> None:
    """It stops as soon as the rest is small enough."""
    store = Store(tmp_path)
    used(store, d=5, g=2, a=8, f=3, c=6, h=1, b=7, e=4)
    store.prune(frozenset(), most=450)
    assert [name for name in "abcdefgh" if store.get(key(name))] == ["a", "b", "c", "d"]


def test_a_result_that_is_read_is_used(tmp_path: Path) -> None:
    """Age is the time since the last use."""
    store = Store(tmp_path)
    used(store, one=1, other=2)
    assert store.get(KEY)
    store.prune(frozenset(), most=100)
    assert [store.get(name) is not None for name in (KEY, OTHER)] == [True, False]


def test_pruning_keeps_what_it_is_told_to(tmp_path: Path) -> None:
    """What the present outputs rest on stays, even if that is too much."""
    store = Store(tmp_path)
    used(store, one=1, other=2)
    store.prune(frozenset({KEY}), most=0)
    assert [store.get(name) is not None for name in (KEY, OTHER)] == [True, False]


def test_the_limit_is_a_gibibyte_or_as_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no whole number is refused before anything is dropped."""
    store = Store(tmp_path)
    monkeypatch.delenv("PRESS_STORE_MIB", raising=False)
    assert most_bytes() == 1 << 30
    for name in ("one", "other"):
        store.put(key(name), bytes(600 << 10))
    os.utime(entry(store, OTHER), (1, 1))
    monkeypatch.setenv("PRESS_STORE_MIB", "1 GB")
    with pytest.raises(UsageError, match="PRESS_STORE_MIB is '1 GB'"):
        store.prune(frozenset())
    assert store.size() == (2, 2 * ((600 << 10) + 32))
    monkeypatch.setenv("PRESS_STORE_MIB", "1")
    store.prune(frozenset())
    assert [store.get(name) is not None for name in (KEY, OTHER)] == [True, False]


def test_pruning_leaves_what_fits(tmp_path: Path) -> None:
    """A result of another branch may be wanted tomorrow."""
    store = Store(tmp_path)
    used(store, one=1, other=2)
    store.prune(frozenset(), most=200)
    assert store.get(KEY)
    assert store.get(OTHER)


def test_pruning_nothing_is_no_error(tmp_path: Path) -> None:
    """The first build has no store yet."""
    Store(tmp_path / "none").prune(frozenset())
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["", "..", KEY.upper(), KEY + "0", "../" + KEY, KEY + "\n"])
def test_what_is_no_key_is_refused(tmp_path: Path, name: str) -> None:
    """A key is a file's name."""
    with pytest.raises(ValueError, match="is no key"):
        Store(tmp_path).put(name, b"")
