"""Times beside a plain script: which content is measured, and what the ratios are made of."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from press.problems import ConfigurationError
from press.tools import bench
from tests.support.project import LIBRARY, ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> bench.Bench:
    """Return a copy of the project with three briefs, built: the two of the small library, and one of them again."""
    root = tmp_path_factory.mktemp("bench") / "root"
    root.mkdir()
    for name in bench.PARTS:
        (root / name).symlink_to(ROOT / name)
    (root / "content").symlink_to(LIBRARY)
    return bench.prepared(root, root.with_name("three"), 3)


def made(place: bench.Bench) -> list[str]:
    """Build, and return the briefs that were not kept."""
    done = subprocess.run(
        place.press("build", "--output", "json"),
        cwd=place.root,
        capture_output=True,
        check=True,
        text=True,
    )
    return [row["brief"] for row in json.loads(done.stdout)["editions"] if row["made"] == "new"]


def test_there_are_as_many_briefs_as_asked_for(place: bench.Bench) -> None:
    """Copies have ids of their own, and each of them is printed."""
    assert len(set(place.briefs)) == 3
    prints = {path.name for path in (place.root / "build" / "en").glob("*.pdf")}
    assert prints == {
        f"{brief}{ending}" for brief in place.briefs for ending in (".pdf", "-short.pdf")
    }


def test_both_sides_print_the_same_pages(place: bench.Bench) -> None:
    """The plain script has the pages of the print, and makes a PDF of each."""
    assert "asset:" not in (place.root / "plain" / f"{place.briefs[0]}.html").read_text("utf-8")
    assert {path.stem for path in (place.root / "plain").glob("*.pdf")} == {*place.briefs}


@pytest.mark.turns("what is measured")
def test_an_edit_is_of_one_brief(place: bench.Bench) -> None:
    """Each edit has one brief printed again: none brings back words whose print is kept."""
    for _ in range(3):
        place.edit()
        assert made(place) == [place.briefs[0]]


@pytest.mark.turns("what is measured")
def test_nothing_is_kept_for_a_cold_build(place: bench.Bench) -> None:
    """Before a cold build, outputs and store are gone."""
    place.forget()
    assert not list((place.root / ".press").glob("store/*"))
    assert sorted(made(place)) == sorted(place.briefs)


@pytest.mark.turns("what is measured")
def test_a_preview_shows_each_edit(place: bench.Bench) -> None:
    """A preview of its own is started, edited and ended."""
    row = bench.previewed(place, 1)
    assert (row.name, row.other_name) == ("preview: edit to HTML", "inv build")
    assert row.press.wall > 0


@pytest.mark.turns("what is measured")
def test_both_sides_send_to_all_readers(place: bench.Bench) -> None:
    """To a server on this machine, and anew in each turn."""
    row = bench.mailed(place, 2, 3)
    assert re.fullmatch(r"mail, \d+ a second", row.name)
    assert row.other.wall > 0
    [report] = (place.root / "releases").glob("*.send-report.csv")
    rows = list(csv.DictReader(report.read_text("utf-8-sig").splitlines()))
    assert [row["state"] for row in rows] == ["sent"] * 3


def test_the_ratio_is_the_median_of_the_ratios_of_turns() -> None:
    """A turn in which the machine was slow for both sides changes no ratio."""
    turns = [
        (bench.Spent(2, 4, 10), bench.Spent(1, 1, 5)),
        (bench.Spent(30, 40, 10), bench.Spent(10, 10, 5)),
        (bench.Spent(4, 4, 10), bench.Spent(1, 1, 5)),
    ]
    row = bench.timing("cold", 3, "plain script", turns)
    assert (row.wall_ratio, row.wall_spread, row.cpu_ratio) == (3, (2, 4), 4)
    assert row.press == bench.Spent(4, 4, 10)


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    """Its last words are shown, in place of a figure."""
    (tmp_path / "plain").mkdir()
    with pytest.raises(ConfigurationError, match="no such thing"):
        bench.spent([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)
