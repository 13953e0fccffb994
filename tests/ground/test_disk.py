"""Files are written whole: whoever reads meanwhile, and whatever is killed."""

from __future__ import annotations

import ast
import errno
import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from press.ground.disk import drop_parts, sync, write_whole
from press.problems import OutputError

PRESS = Path(__file__).parents[2] / "press"
# Each of these writes in a way of its own, with the reason: the file, and the call.
OTHERS = {
    ("ground/swap.py", "rename"),  # a whole folder
    ("build/build.py", "rename"),  # likewise
    ("deliver/mail/exports.py", "replace"),  # likewise
    ("deliver/publish/local_storage.py", "replace"),  # what was staged by an earlier call
    ("deliver/publish/local_storage.py", "fsync"),
    ("deliver/publish/sftp_storage.py", "rename"),  # at a server
    ("deliver/publish/target_lease.py", "rename"),  # wherever the target is
    ("release/freeze/ids.py", "fsync"),  # a line is added
}


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """A reader who has it open goes on reading the old bytes."""
    path = tmp_path / "file"
    write_whole(path, b"old")
    with path.open("rb") as reader:
        write_whole(path, b"new")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(("number", "matters"), [(errno.EIO, True), (errno.EINVAL, False)])
def test_a_disk_that_fails_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, matters: bool
) -> None:
    """Unlike a file system that cannot have a folder on the disk."""

    def fail(_file: int) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError) if matters else nullcontext():
        sync(tmp_path)


def test_only_its_owner_reads_a_private_file(tmp_path: Path) -> None:
    """From the first byte on: the file beside it is as private."""
    write_whole(tmp_path / "file", b"addresses", 0o600)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_what_was_left_of_a_killed_writer_goes(tmp_path: Path) -> None:
    """The file is the old one; the part beside it has no writer any more."""
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "file.0123456789ab.part").write_bytes(b"ne")
    drop_parts(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def writers() -> set[tuple[str, str]]:
    """Return where a file of press/ is put into the place of another, or synced."""
    found = set()
    for path in PRESS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                # of two words, they are those of a string, a value, or a key
                name, count = node.func.attr, len(node.args)
                of_a_file = name in {"replace", "rename"} and (
                    count == 1 or ast.unparse(node.func) == f"os.{name}"
                )
                if of_a_file or name in {"mkstemp", "fsync", "NamedTemporaryFile"}:
                    found.add((path.relative_to(PRESS).as_posix(), name))
    return found


def test_there_is_one_writer_of_whole_files() -> None:
    """Nothing else stages a file and puts it into place."""
    found = writers()
    assert {("ground/disk.py", "replace"), ("ground/disk.py", "fsync")} <= found
    assert {(path, call) for path, call in found if path != "ground/disk.py"} <= OTHERS
