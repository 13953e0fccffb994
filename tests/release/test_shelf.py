"""A release as it lies on disk: what its manifest does not vouch for is not handed out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from press.problems import OutputError, RefusedError
from press.release.obstacles import Reason, may_go_out, obstacles
from press.release.shelf import ChangedError, Release, ids, opened
from press.release.verify import verify

OLDER = Path(__file__).with_name("before_short")  # its papers, with the first of their inputs alone
PDF = b"%PDF-1.7 of the health brief"


def manifest(**other: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return the manifest of a release with one file."""
    file = {
        "path": "en/health.pdf",
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "size": len(PDF),
        "type": "application/pdf",
        "audience": "health",
        "language": "en",
        "pages": 4,
        "new": "a key of a later version",
    }
    return {"schema": 1, "release": "2026-11-24.1", "files": [file]} | other


def release(folder: Path, **other: Any) -> Release:  # noqa: ANN401 - JSON
    """Return a release with one file."""
    (folder / "en").mkdir()
    (folder / "en" / "health.pdf").write_bytes(PDF)
    (folder / "manifest.json").write_text(json.dumps(manifest(**other)), encoding="utf-8")
    return opened(folder)


def test_a_file_is_found_by_its_edition_and_read(tmp_path: Path) -> None:
    """What was released comes back; another audience or type has no file."""
    frozen = release(tmp_path)
    file = frozen.edition("health", "en", "application/pdf")
    assert file is not None
    assert (frozen.id, file.pages, frozen.read(file)) == ("2026-11-24.1", 4, PDF)
    assert frozen.edition("donors", "en", "application/pdf") is None
    assert frozen.edition("health", "en", "text/html") is None


def test_a_release_of_before_the_short_form_is_read() -> None:
    """It has the brief and no short form; a file of its is proved, and nothing is missed but what is not here."""
    frozen = opened(OLDER)
    file = frozen.edition("red", "en", "application/pdf")
    assert file is not None
    assert file.name == "gardens-of-the-town_red_en_2026-01.pdf"
    assert frozen.edition("red", "en", "application/pdf", short=True) is None
    assert verify(OLDER / "changes.txt").damages == ()
    lost = {each.path for each in verify(OLDER).damages}
    assert lost == {each.path for each in frozen.files if each.path != "changes.txt"}


@pytest.mark.parametrize("data", [PDF[:-1], PDF + b"\n", b"x" * len(PDF), b""])
def test_a_changed_file_is_not_read(tmp_path: Path, data: bytes) -> None:
    """Longer, shorter or other bytes are refused."""
    frozen = release(tmp_path)
    (tmp_path / "en" / "health.pdf").write_bytes(data)
    with pytest.raises(ChangedError, match="not the file that was released"):
        frozen.read(frozen.files[0])


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    """It is no changed file, and no traceback."""
    frozen = release(tmp_path)
    (tmp_path / "en" / "health.pdf").unlink()
    with pytest.raises(OutputError, match="no such file"):
        frozen.read(frozen.files[0])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not the manifest of a release"),
        ("[]", "is not the manifest of a release"),
        ('{"schema": 1}', "is not the manifest of a release"),
        ('{"schema": 1, "release": "x", "files": [{}]}', "is not the manifest of a release"),
        ('{"schema": 3}', "has schema 3"),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str, why: str) -> None:
    """A build's manifest, a damaged one, one of a later version."""
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match=why):
        opened(tmp_path)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    """It is no release."""
    with pytest.raises(OutputError, match="no such file"):
        opened(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"path": "../health.pdf"},
        {"path": "/etc/passwd"},
        {"path": "en//health.pdf"},
        {"path": "en/./health.pdf"},
        {"path": "en\\health.pdf"},
        {"path": ""},
        {"path": "en/health.pdf\n"},
        {"path": 7},
        {"sha256": "0" * 63},
        {"sha256": "A" * 64},
        {"size": -1},
        {"size": True},
        {"size": "4"},
        {"pages": 1.5},
        {"audience": None},
        {"name": "../x.pdf"},
        {"name": "a/b.pdf"},
    ],
    ids=str,
)
def test_a_file_that_no_release_lists_so_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    """A path that leaves the folder, a digest that is none, a value of another type."""
    with pytest.raises(OutputError, match="is not the manifest of a release"):
        release(tmp_path, files=[manifest()["files"][0] | change])


def test_a_path_is_listed_once(tmp_path: Path) -> None:
    """In any case: on some systems both would be one file."""
    file = manifest()["files"][0]
    with pytest.raises(OutputError, match="is not the manifest of a release"):
        release(tmp_path, files=[file, file | {"path": "EN/health.pdf"}])


@pytest.mark.parametrize("id_", ["", "2026-11-24", "2026-11-24.0", "../2026-11-24.1", 7, None])
def test_a_release_has_an_id(tmp_path: Path, id_: object) -> None:
    """Its day and its number, or it is none."""
    with pytest.raises(OutputError, match="is not the manifest of a release"):
        release(tmp_path, release=id_)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"schema": 1, "schema": 1}', "\udc80", '{"schema": true}', "\xff"]
)
def test_a_manifest_that_readers_could_take_in_two_ways_is_refused(
    tmp_path: Path, text: str
) -> None:
    """Too deep, a key twice, no UTF-8, true for 1."""
    (tmp_path / "manifest.json").write_text(text, "utf-8", "surrogateescape")
    with pytest.raises(OutputError):
        opened(tmp_path)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """Neither a file's nor a folder's, though the bytes behind it are the same."""
    frozen = release(tmp_path)
    (tmp_path / "en").rename(tmp_path / "elsewhere")
    (tmp_path / "en").symlink_to("elsewhere")
    with pytest.raises(ChangedError, match="is a link"):
        frozen.read(frozen.files[0])
    (tmp_path / "en").unlink()
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "health.pdf").symlink_to("../elsewhere/health.pdf")
    with pytest.raises(ChangedError, match="is a link"):
        frozen.read(frozen.files[0])


def test_releases_are_in_the_order_in_which_they_were_made(tmp_path: Path) -> None:
    """By day, then by number: the tenth comes after the ninth; what else lies there is none."""
    for name in (
        "2026-11-24.10",
        "2026-11-24.9",
        "2026-02-01.1",
        "2026-11-24",
        ".2026-11-24.1.next-7",
    ):
        (tmp_path / name).mkdir()
    (tmp_path / "2026-11-24.11").write_bytes(b"")
    assert ids(tmp_path) == ["2026-02-01.1", "2026-11-24.9", "2026-11-24.10"]
    assert ids(tmp_path / "nowhere") == []


WAYS_OUT: dict[Reason, str] = {
    "superseded": "take that one",
    "draft": "--draft",
    "stale": "--stale",
}


@pytest.mark.parametrize(
    ("facts", "by", "reason", "said"),
    [
        ({}, "2026-12-01.1", "superseded", "is superseded by 2026-12-01.1; take that one"),
        ({"drafts": ["en/a", "ru/a"]}, "", "draft", "holds drafts (en/a, ru/a), which are not"),
        ({"stale": ["en/\x1b"]}, "", "stale", r"was made without en/\x1b, since these"),
    ],
)
def test_what_should_not_go_out_is_refused_unless_it_is_allowed(
    tmp_path: Path, facts: dict[str, list[str]], by: str, reason: Reason, said: str
) -> None:
    """Each reason stops a release by itself, with its way out, and is set aside by itself."""
    frozen = release(tmp_path, **facts)
    others: set[Reason] = {*WAYS_OUT} - {reason}
    with pytest.raises(RefusedError) as refused:
        may_go_out(frozen, by, allowed=others, ways_out=WAYS_OUT)
    assert said in str(refused.value)
    assert str(refused.value).endswith(WAYS_OUT[reason])
    may_go_out(frozen, by, allowed={reason}, ways_out={})


def test_what_is_fit_goes_out(tmp_path: Path) -> None:
    """A release without drafts, gaps and successors needs nobody's leave."""
    fit = release(tmp_path, drafts=[], stale=[])
    assert not list(obstacles(fit.facts))
    may_go_out(fit, allowed=(), ways_out={})
