"""A file that somebody saves while a build is at work: nothing of an unknown state is written, or kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from press.build import build
from press.build.build_request import Request
from press.problems import TryAgainError
from tests.support.folders import HERE, apart
from tests.support.project import LIBRARY, files

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "blocks/message/message.html.j2"
TEXT = "blocks/red.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the small library, with a template of its own."""
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    own = content / "templates" / NAME
    own.parent.mkdir(parents=True)
    shutil.copy(HERE.templates / NAME, own)
    return content


def built(request: Request) -> Mapping[str, bytes]:
    """Return the outputs of a build."""
    build.build(request, lambda *_: None)
    return files(request.out)


def saving(monkeypatch: pytest.MonkeyPatch, path: Path, added: str, *, back: bool = False) -> None:
    """Have *added* written behind a file when a build has seen all files; with *back* it is taken out at the end."""
    work, typed = build._produced, path.read_text("utf-8")

    def meanwhile(*given: object, **named: object) -> object:
        path.write_text(typed + added, "utf-8")
        try:
            return work(*given, **named)  # type: ignore[arg-type] # as they were given
        finally:
            if back:
                path.write_text(typed, "utf-8")

    monkeypatch.setattr(build, "_produced", meanwhile)


@pytest.mark.parametrize("back", [False, True], ids=["", "and put back"])
def test_a_template_is_not_taken_for_the_one_that_was_seen(
    tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch, *, back: bool
) -> None:
    """Else the store would give its page to each later build, and to a release."""
    request = Request(apart(tmp_path, content), formats=("html",))
    path = content / "templates" / NAME
    typed = path.read_text("utf-8")
    saving(monkeypatch, path, "<p>Later</p>", back=back)
    with pytest.raises(TryAgainError, match=r"message\.html\.j2 was saved meanwhile"):
        built(request)
    assert not request.out.exists()
    monkeypatch.undo()
    path.write_text(typed, "utf-8")
    elsewhere = Request(apart(tmp_path / "elsewhere", content), formats=("html",))
    assert built(request) == built(elsewhere)


def test_a_text_is_not_written_with_the_state_before_it(
    tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last outputs stay, and what was made of the other texts is kept."""
    request = Request(apart(tmp_path, content), formats=("html",))
    before = built(request)
    with (content / "blocks" / "blue.yaml").open("a", encoding="utf-8") as file:
        file.write("# so that there is something to do\n")
    saving(monkeypatch, content / TEXT, "# saved\n")
    with pytest.raises(TryAgainError, match=r"red\.yaml was saved meanwhile"):
        built(request)
    assert files(request.out) == before
    monkeypatch.undo()
    done = build.build(request, lambda *_: None)
    assert {row.made for row in done.rows} == {"kept"}
