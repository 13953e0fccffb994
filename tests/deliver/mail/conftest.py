"""What the tests of sending share: a folder with a release, settings and readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.deliver.mail.releases import Desk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password be at hand, and no keyring be asked."""
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", "a password")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a folder with a release of two briefs and settings that lead to no server."""
    desk = Desk(tmp_path)
    desk.release()
    desk.settings()
    return desk
