"""A release as it lies on disk: what its manifest does not vouch for is not handed out."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from press.frozen import ChangedError, Release, opened
from press.problems import OutputError

if TYPE_CHECKING:
    from pathlib import Path

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
    with pytest.raises(OutputError, match="No such file"):
        frozen.read(frozen.files[0])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not the manifest of a release"),
        ("[]", "is not the manifest of a release"),
        ('{"schema": 1}', "is not the manifest of a release"),
        ('{"schema": 1, "release": "x", "files": [{}]}', "is not the manifest of a release"),
        ('{"schema": 2}', "has schema 2"),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str, why: str) -> None:
    """A build's manifest, a damaged one, one of a later version."""
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match=why):
        opened(tmp_path)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    """It is no release."""
    with pytest.raises(OutputError, match="No such file"):
        opened(tmp_path)
