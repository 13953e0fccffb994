"""What tests/conftest.py does: name what is absent, put long files first, leave slow ones out, tell how long."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.support.plan import Record
from tests.support.turns import TURNS, share

ROOT = Path(__file__).parents[2]
MARKED = """\
import pytest

@pytest.mark.{need}
def test_marked():
    pass
"""


Run = subprocess.CompletedProcess[str]


def set_up(folder: Path, **files: str) -> None:
    """Make a project of test files."""
    (folder / "tests" / "support").mkdir(parents=True)
    for name in (
        "support/absence.py",
        "support/plan.py",
        "support/series.py",
        "support/turns.py",
        "conftest.py",
    ):
        shutil.copy(ROOT / "tests" / name, folder / "tests" / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in files.items():
        (folder / "tests" / f"{name}.py").write_text(text, encoding="utf-8")


def run_tests(folder: Path, *words: str, **variables: str) -> Run:
    """Run the tests of a project where PATH leads to *folder*."""
    command = [sys.executable, "-I", "-m", "pytest", "-q", *words]
    env = {"PATH": str(folder), **variables}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def run(folder: Path, need: str, **variables: str) -> Run:
    """Run a test that is marked *need*."""
    set_up(folder, test_marked=MARKED.format(need=need))
    return run_tests(folder, **variables)


@pytest.mark.parametrize("need", ["browser", "java"])
def test_it_is_named_as_not_run(tmp_path: Path, need: str) -> None:
    """The summary says which and why."""
    ended = run(tmp_path, need)
    assert ended.returncode == 0
    assert f"not run: needs a {need}" in ended.stdout
    assert "1 skipped" in ended.stdout


@pytest.mark.parametrize("need", ["browser", "java"])
def test_it_fails_where_all_must_run(tmp_path: Path, need: str) -> None:
    """A test that nobody runs is no test."""
    ended = run(tmp_path, need, PRESS_TEST_ALL="1")
    assert ended.returncode == 1
    assert f"not run: needs a {need}" in ended.stdout


def test_it_runs_where_its_program_is(tmp_path: Path) -> None:
    """It is the program that decides."""
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\n", encoding="utf-8")
    java.chmod(0o755)
    assert "1 passed" in run(tmp_path, "java", PRESS_TEST_ALL="1").stdout


# --- the plan of a run ---

PASSES = "def test_it():\n    print('RAN', __name__)\n"
TWO = f"{PASSES}\ndef test_again():\n    pass\n"


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """Return a project of four files: a quick one, a slow one, a slower one, and one that was never recorded."""
    set_up(tmp_path, test_a=TWO, test_b=PASSES, test_c=PASSES, test_new=PASSES)
    record = {
        "tests/test_a.py": [0.2, 2],
        "tests/test_b.py": [2.0, 1],
        "tests/test_c.py": [90.0, 1],
    }
    (tmp_path / "tests" / "durations.json").write_text(json.dumps(record), encoding="utf-8")
    return tmp_path


def ran(done: Run) -> list[str]:
    """Return the files of the tests that ran, in their order."""
    return re.findall(r"^\.?RAN (?:tests\.)?test_(\w+)", done.stdout, re.MULTILINE)


def test_the_longest_files_come_first(planned: Path) -> None:
    """One without a record may be the longest."""
    done = run_tests(planned, "-s")
    assert ran(done) == ["new", "c", "b", "a"]
    assert "5 passed" in done.stdout


def test_slow_files_are_left_out_if_so_asked(planned: Path) -> None:
    """A file is quick when its tests take a tenth of a second on average; a new one may be."""
    done = run_tests(planned, "-s", "--fast")
    assert ran(done) == ["new", "a"]
    assert "3 passed, 2 deselected" in done.stdout


def test_a_run_tells_first_how_many_tests_there_are_and_how_long_they_took(planned: Path) -> None:
    """What was never recorded is told apart; processes share the work."""
    said = "5 tests in 4 files; when last recorded they took 1 min 32 s"
    new = "; 1 without a record\n"
    assert run_tests(planned).stdout.startswith(f"{said}{new}")
    assert f"{said}, about 46 s for 2 processes{new}" in run_tests(planned, "-n", "2").stdout
    assert (
        "1 test in 1 file; when last recorded they took 2 s\n"
        in run_tests(planned, "tests/test_b.py").stdout
    )


def test_a_run_records_what_its_files_took(planned: Path) -> None:
    """Each file that ran has a new row, others keep theirs, and a file that is gone loses its row."""
    (planned / "tests" / "test_b.py").unlink()
    record = planned / "tests" / "durations.json"
    before = record.read_bytes()
    run_tests(planned)
    assert record.read_bytes() == before
    run_tests(planned, "--record", "tests/test_a.py", "tests/test_new.py")
    after = json.loads(record.read_text("utf-8"))
    assert [*after] == ["tests/test_a.py", "tests/test_c.py", "tests/test_new.py"]
    assert after["tests/test_c.py"] == [90.0, 1]
    assert after["tests/test_new.py"][1] == 1
    assert after["tests/test_a.py"][1] == 2


def test_a_test_may_tell_what_it_left_out(tmp_path: Path) -> None:
    """It is said at the end."""
    text = "def test_it(record_property):\n    record_property('note', '3 of 9 calls')\n"
    set_up(tmp_path, test_partial=text)
    assert "in part: 3 of 9 calls\n" in run_tests(tmp_path).stdout


CASES = """\
import pytest

@pytest.mark.turns
@pytest.mark.parametrize("place", range(16))
def test_places(place):
    print("RAN", place)

@pytest.mark.turns
@pytest.mark.parametrize("place", range(2))
def test_two(place):
    pass

@pytest.mark.turns("order")
def test_one_way():
    print("RAN", "one")

@pytest.mark.turns("order")
@pytest.mark.parametrize("place", "ab")
def test_the_other_way(place):
    print("RAN", place)
"""


def committed(folder: Path, number: int) -> None:
    """Let git say that *number* is the commit."""
    git = folder / "git"
    git.write_text(f"#!/bin/sh\necho {number}\n", encoding="utf-8")
    git.chmod(0o755)


@pytest.mark.parametrize("number", [1, 2, 7, 8, 9, 16, 20])
def test_in_eight_commits_each_case_has_its_turn(number: int) -> None:
    """One at least runs at each."""
    cases = range(number)
    turns = [share(cases, turn) for turn in range(TURNS)]
    assert {case for turn in turns for case in turn} == {*cases}
    assert all(turns)
    assert max(map(len, turns)) == -(-number // TURNS)


def test_the_cases_of_a_test_take_turns(tmp_path: Path) -> None:
    """Another commit runs another eighth, which is said; where all must run, and alone, each case runs.

    Tests that are marked with the same word share their turns.
    """
    set_up(tmp_path, test_turns=CASES)
    seen = []
    for number in (0, 5):
        committed(tmp_path, number)
        done = run_tests(tmp_path, "-s")
        assert "5 passed, 16 deselected" in done.stdout
        assert "in part: tests/test_turns.py leaves out 16 tests; CI=1 has all\n" in done.stdout
        seen.append({*re.findall(r"RAN (\w+)", done.stdout)})
    assert len(seen[0]) == len(seen[1]) == 3
    assert not seen[0] & seen[1] - {"one", "a", "b"}
    done = run_tests(tmp_path, CI="1")
    assert "21 passed" in done.stdout
    assert "in part" not in done.stdout
    alone = "tests/test_turns.py::test_places[3]"
    assert "1 passed" in run_tests(tmp_path, alone).stdout


def test_of_slow_tests_a_half_takes_turns_where_that_is_asked_for(tmp_path: Path) -> None:
    """Each commit runs the other half; where all must run, and when some are asked for, each runs."""
    text = "import pytest\n@pytest.mark.parametrize('n', range(9))\ndef test_it(n):\n    print('RAN', n)\n"
    set_up(tmp_path, test_slow=text, test_quick=text)
    (tmp_path / "tests/durations.json").write_text(
        '{"tests/test_slow.py": [9.0, 9], "tests/test_quick.py": [0.9, 9]}', "utf-8"
    )
    seen = []
    for number in (0, 1):
        committed(tmp_path, number)
        done = run_tests(tmp_path, "-s", "--in-turn")
        assert "leaves out" in done.stdout
        assert "test_quick.py leaves out" not in done.stdout
        seen.append(Counter(re.findall(r"RAN (\d)", done.stdout)))
    assert sum(seen, Counter()) == {str(number): 3 for number in range(9)}
    assert "18 passed" in run_tests(tmp_path, "--in-turn", CI="1").stdout
    assert "18 passed" in run_tests(tmp_path).stdout


def test_processes_that_share_the_work_agree_whose_turn_it_is(tmp_path: Path) -> None:
    """What one of them leaves out, the other does too, and it is said once."""
    set_up(tmp_path, test_turns=CASES)
    done = run_tests(tmp_path, "-n", "2")
    assert "5 passed" in done.stdout
    assert done.stdout.count("in part: tests/test_turns.py leaves out 16 tests") == 1


def test_the_committed_record_is_of_these_tests() -> None:
    """So that what is told is about true; `inv test --record` renews it."""
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    record = Record().files
    assert len(files) > 80
    assert len(files & record.keys()) > 0.8 * len(files)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Gardens of the town", "and content/ has 'Gardens of the town'"),
        ('"Gardens: of the town"', "and content/ has 'Gardens: of the town'"),
        (None, "and content/ has none"),
    ],
)
def test_tests_of_our_series_are_left_out_by_name_where_it_is_not(
    tmp_path: Path, name: str | None, said: str
) -> None:
    """That is no failure, even where everything must run: another series is there on purpose."""
    set_up(tmp_path, test_marked=MARKED.format(need="series"))
    if name:
        (tmp_path / "content").mkdir()
        (tmp_path / "content" / "series.yaml").write_text(f"name: {name}\n", encoding="utf-8")
    done = run_tests(tmp_path, PRESS_TEST_ALL="1")
    assert "1 skipped" in done.stdout
    assert "not run: it is about the series 'Drug policy in Kyrgyzstan'," in done.stdout
    assert said in done.stdout


def test_tests_of_our_series_run_where_it_is(tmp_path: Path) -> None:
    """Whatever else its file says."""
    set_up(tmp_path, test_marked=MARKED.format(need="series"))
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "series.yaml").write_text(
        "# name: Another\nname: Drug policy in Kyrgyzstan\nlanguages: [en]\n", encoding="utf-8"
    )
    assert "1 passed" in run_tests(tmp_path).stdout
