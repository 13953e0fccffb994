"""Which tests `inv test` runs, and what it says when there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press.tools import programs, testing
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

TESTS = HERE.root / "tests"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("content", "content"),
        ("deliver/mail", "deliver/mail"),
        ("page/test_cut.py", "page/test_cut.py"),
        ("page/test_cut.py::test_x[a::b]", "page/test_cut.py::test_x[a::b]"),
    ],
)
def test_a_room_goes_by_its_name_or_by_its_path(
    typed: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is enough anywhere; a path counts from where the user stands."""
    assert testing.place(typed) == f"{TESTS}/{path}"
    monkeypatch.chdir(HERE.root)
    assert testing.place(f"tests/{typed}") == f"{TESTS}/{path}"
    monkeypatch.chdir(TESTS)
    assert testing.place(f"./{typed}") == f"{TESTS}/{path}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("contnet", r"there are no tests in 'contnet'; did you mean 'content'\?"),
        ("../press", r"there are no tests in '\.\./press'"),
        ("press/content", r"there are no tests in 'press/content'"),
    ],
)
def test_a_place_without_tests_is_refused(
    typed: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip runs nothing; a folder of the program holds no tests."""
    monkeypatch.chdir(HERE.root)
    with pytest.raises(testing.NoTestsError, match=said) as refused:
        testing.place(typed)
    assert refused.value.status == 2


def test_one_file_needs_one_process() -> None:
    """More are shared by all processors, whole files to each."""
    assert "-n" not in testing.command(["page/test_cut.py"])
    assert "-n" in testing.command(["page"])
    assert "-n" in testing.command(["page/test_cut.py", "page/test_qr.py"])
    assert testing.command()[-len(testing.TOGETHER) :] == [*testing.TOGETHER]


def test_what_is_asked_for_reaches_pytest() -> None:
    """Each option becomes one of pytest's or of tests/conftest.py."""
    plain = testing.command()
    asked = testing.command(fast=True, match="a and not b", record=True)
    assert sorted(set(asked) - set(plain)) == ["--fast", "--record", "-k", "a and not b"]
    assert asked[asked.index("-k") + 1] == "a and not b"


def test_a_folder_of_this_name_elsewhere_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room is meant, and not what lies where the user stands."""
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    assert testing.place("content") == f"{TESTS}/content"


def test_what_is_set_for_python_does_not_reach_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each process that runs tests would compile all of them anew where nothing compiled may be written."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    said = "import os, sys; sys.exit(sum(name.startswith('PYTHON') for name in os.environ))"
    assert programs.python("-c", said) == 0
