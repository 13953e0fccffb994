"""Measuring Press beside other tools: what is measured, what the ratios are made of, which goals they meet."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from press.cli.doctor import program
from press.ground.store import LIMIT
from press.problems import ConfigurationError
from press.tools.bench import cases, content, goals, peers, report, soak
from press.tools.bench.spending import Spent, script, spent
from press.tools.bench.timing import Ratio, Timing, timing
from tests.support.clusters import until
from tests.support.project import LIBRARY, ROOT

MEANS = peers.Means(ROOT, program("browser"))
SECOND = Spent(1, 1, 100)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> content.Bench:
    """Return a copy of the project with three briefs, built: the two of the small library, and one of them again."""
    root = tmp_path_factory.mktemp("bench") / "root"
    root.mkdir()
    for name in content.PARTS:
        (root / name).symlink_to(ROOT / name)
    (root / "content").symlink_to(LIBRARY)
    place = content.prepared(root, root.with_name("three"), 3)
    peers.lay_out(place, MEANS)
    return place


@pytest.fixture(scope="module")
def plain(place: content.Bench) -> Path:
    """Return the folder of what the plain script has printed."""
    spent(peers.PEERS[0].command(place, MEANS), place.root)
    return peers.PEERS[0].pdfs(place)


def made(place: content.Bench) -> list[str]:
    """Build, and return the briefs that were not kept."""
    done = subprocess.run(
        place.press("build", "--output", "json"),
        cwd=place.root,
        capture_output=True,
        check=True,
        text=True,
    )
    return [row["brief"] for row in json.loads(done.stdout)["editions"] if row["made"] == "new"]


def test_there_are_as_many_briefs_as_asked_for(place: content.Bench) -> None:
    """Copies have ids of their own, and each of them is printed."""
    assert len(set(place.briefs)) == 3
    prints = {path.name for path in (place.root / "build" / "en").glob("*.pdf")}
    assert prints == {
        f"{brief}{ending}" for brief in place.briefs for ending in (".pdf", "-short.pdf")
    }


def test_few_briefs_bring_no_blocks_of_others(tmp_path: Path) -> None:
    """Blocks that nothing uses would be warned of, and the order of briefs that are not there is refused."""
    assert content.multiplied(LIBRARY, tmp_path / "content", 1) == ("blue",)
    names = {path.name for path in (tmp_path / "content" / "blocks").iterdir()}
    assert "blue.yaml" in names
    assert "red.yaml" not in names


@pytest.mark.parametrize("peer", peers.PEERS, ids=lambda peer: peer.name)
def test_each_tool_prints_the_same_words(
    place: content.Bench, plain: Path, peer: peers.Peer
) -> None:
    """Each brief becomes a PDF with its title, and with about as many words as the plain script's."""
    if way_out := peer.lacks(MEANS):
        pytest.skip(f"not run: {peer.name} is not here: {way_out}")
    assert "asset:" not in (place.plain / f"{place.briefs[0]}.html").read_text("utf-8")
    spent(peer.command(place, MEANS), place.root)
    peers.check(place, peer)
    assert {path.stem for path in plain.glob("*.pdf")} == {*place.briefs}


@pytest.mark.parametrize(
    ("wrong", "message"), [("red.pdf", "lacks the title"), ("blue-short.pdf", r"has \d+ words")]
)
def test_a_pdf_of_less_is_no_comparison(
    place: content.Bench, plain: Path, wrong: str, message: str
) -> None:
    """Another brief's PDF, or one with half of the words, stops the run and names the tool."""
    peer = replace(peers.PEERS[0], name="a faster tool")
    shutil.copytree(plain, peer.pdfs(place), dirs_exist_ok=True)
    peers.check(place, peer)
    shutil.copy(place.root / "build" / "en" / wrong, peer.pdfs(place) / "blue.pdf")
    with pytest.raises(ConfigurationError, match=f"a faster tool: its PDF of blue {message}"):
        peers.check(place, peer)


def test_a_simple_page_has_words_figures_and_links(tmp_path: Path) -> None:
    """Styles, classes and links to notes are gone, a drawing is a file beside it."""
    page = (
        '<html lang="en"><style>p{}</style><figure class="a"><svg x="1"><path d="2"/></svg><figcaption>'
        'One</figcaption></figure><p id="b">Two<sup><a href="#note-1">1</a></sup> '
        '<a class="c" href="https://example.org">three</a></p></html>'
    )
    assert peers.simplified(page, tmp_path, "blue") == (
        '<html lang="en"><div><p><img src="blue-1.svg" alt="Figure"></p><div>One</div></div>'
        '<p>Two<sup>1</sup> <a href="https://example.org">three</a></p></html>'
    )
    assert (tmp_path / "blue-1.svg").read_text("utf-8") == '<svg x="1"><path d="2"/></svg>'


def test_an_edit_is_of_one_brief(place: content.Bench) -> None:
    """Each edit has one brief printed again: none brings back words whose print is kept."""
    for _ in range(3):
        place.edit()
        assert made(place) == [place.briefs[0]]


def test_nothing_is_kept_for_a_cold_build(place: content.Bench) -> None:
    """Outputs and store are gone before a cold build: a file beside them is, too."""
    kept = [place.root / name / "kept" for name in ("build", ".press")]
    for path in kept:
        path.touch()
    place.cold("build")
    assert not [*filter(Path.exists, kept)]
    assert (place.root / "build" / "en" / f"{place.briefs[-1]}.pdf").exists()


def test_a_preview_shows_each_edit(place: content.Bench) -> None:
    """A preview of its own is started, edited and ended; the picture comes after the page."""
    page, picture = cases.previewed(place, 1)
    assert (page.name, picture.name) == ("preview: edit to HTML", "preview: edit to picture")
    assert 0 < page.press.wall < picture.press.wall
    assert picture.other.wall > 0


@pytest.mark.series
def test_a_brief_of_any_length_passes_the_check(tmp_path: Path) -> None:
    """One whose evidence comes again and again."""
    place = content.lengthened(ROOT, tmp_path / "one", 2)
    place.run("check", "--no-print")
    [brief] = (place.root / "content" / "briefs").iterdir()
    assert "-1" in brief.read_text("utf-8")


def row_of(
    ratio: float,
    *,
    name: str = "cold",
    briefs: int = 3,
    other: str = goals.PLAIN,
    spread: float = 0,
) -> Timing:
    """Return a comparison with this *ratio*, by the clock and of processor, each side with a second."""
    ratios = dict.fromkeys(("wall", "cpu"), Ratio(ratio, ratio - spread, ratio + spread))
    return Timing(name, briefs, SECOND, SECOND, other, ratios)


def of(*rows: Timing) -> report.Figures:
    """Return figures that have these *rows*."""
    return report.Figures(5, report.here(), [*rows])


def test_the_ratio_is_the_median_of_the_ratios_of_turns() -> None:
    """A turn in which the machine was slow for both sides changes no ratio."""
    turns = [
        (Spent(2, 4, 10), Spent(1, 1, 5)),
        (Spent(30, 40, 10), Spent(10, 10, 5)),
        (Spent(4, 4, 10), Spent(1, 1, 5)),
    ]
    row = timing("cold", 3, "plain script", turns)
    assert row.ratios["wall"] == Ratio(3, 2, 4)
    assert row.ratios["cpu"].median == 4
    assert row.press == Spent(4, 4, 10)


def test_what_was_not_measured_has_no_ratio() -> None:
    """A preview has no processor time of its own."""
    row = timing("preview", 3, "100 ms", [(Spent(0.2, 0, 0), Spent(0.1, 0, 0))])
    assert row.ratios == {"wall": Ratio(2, 2, 2)}


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (row_of(1.5, briefs=1), "≤ 1.5 met; processor ≤ 1.5 met"),
        (row_of(1.51, briefs=1), "≤ 1.5 MISSED; processor ≤ 1.5 MISSED"),
        (row_of(1.1, briefs=12, other="Chromium"), "≤ 0.8 MISSED"),
        (row_of(0.4, briefs=12, other="docma"), ""),
        (
            row_of(1.3, name="unchanged", briefs=1000, other=goals.LISTING),
            "≤ 1.1, and 0.2 ms a brief met",
        ),
        (
            row_of(1.3, name="unchanged", briefs=100, other=goals.LISTING),
            "≤ 1.1, and 0.2 ms a brief MISSED",
        ),
    ],
)
def test_a_goal_is_met_or_missed(row: Timing, verdict: str) -> None:
    """That of an unchanged build grows with the briefs, the others with nothing."""
    assert goals.verdict(row) == verdict


def test_what_a_run_left_out_is_named() -> None:
    """A peer that is missing, with what would bring it, and each goal of which nothing was measured."""
    lines = [*report.left_out([row_of(0.9, briefs=1)], peers.Means(LIBRARY, None))]
    assert (
        "not compared with docma, which is not here: ./inv bench --peers installs requirements/bench.lock"
        in lines
    )
    assert (
        "not compared with Chromium, which is not here: ./inv doctor names the package of the browser"
        in lines
    )
    assert "not measured in this run: cold, 3 briefs, beside plain WeasyPrint: ≤ 1" in lines
    assert not any("cold, 1 briefs" in line for line in lines)


def test_tools_that_were_installed_in_part_are_missing(tmp_path: Path) -> None:
    """The lock beside them marks that all are there, and as it has them."""
    means, docma = peers.Means(tmp_path, None), peers.PEERS[1]
    venv, lock = tmp_path / ".press" / "peers", tmp_path / peers.LOCK
    pandoc = venv / "lib/python3.11/site-packages/pypandoc/files/pandoc"
    for path in (pandoc, lock):
        path.parent.mkdir(parents=True)
        path.write_text("one", "utf-8")
    assert "--peers installs" in docma.lacks(means)
    (venv / "bench.lock").write_text("one", "utf-8")
    assert docma.lacks(means) == ""
    lock.write_text("two", "utf-8")
    assert "--peers installs" in docma.lacks(means)


@pytest.mark.parametrize(
    ("ratio", "spread", "is_worse"),
    [
        (1.0, 0.0, False),
        (0.5, 0.0, False),
        (1.2, 0.0, False),  # within the spread and a tenth
        (1.4, 0.1, True),
        (1.4, 0.5, False),  # a turn was as good as before
    ],
)
def test_a_ratio_is_worse_beyond_its_spread(ratio: float, spread: float, *, is_worse: bool) -> None:
    """That which is stored is 1, from 0.9 to 1.1."""
    lines = [*report.worse(of(row_of(ratio, spread=spread)), of(row_of(1.0, spread=0.1)))]
    assert bool(lines) == is_worse
    if is_worse:
        assert lines[0] == (
            "worse: cold, 3 briefs, beside plain WeasyPrint, by the clock: 1.40, was 1.00 (0.90 - 1.10)"
        )


def test_what_depends_on_the_machine_is_not_compared() -> None:
    """An amount of seconds says nothing on another machine."""
    known, now = (of(row_of(ratio, other=goals.PAGE_SHOWN)) for ratio in (1, 9))
    assert not [*report.worse(now, known)]


def test_what_is_stored_and_not_measured_is_named() -> None:
    """So that a peer that is missing hides nothing."""
    known = of(row_of(1), row_of(1, other="docma"))
    assert [*report.uncompared(of(row_of(1)), known)] == [
        "stored, and not measured now: cold, 3 briefs, beside docma"
    ]
    known.machine["processors"] = 3000
    assert "of a machine with 3000 processors" in next(report.uncompared(of(), known))


def test_a_check_needs_figures_to_compare_with(tmp_path: Path) -> None:
    """That there are none is said before an hour of measuring."""
    with pytest.raises(ConfigurationError, match="inv bench --record writes them"):
        report.stored(tmp_path)


def test_figures_and_chart_are_kept_and_quoted(tmp_path: Path) -> None:
    """The file has what was measured, the chart a line for each tool, the README the rows that have goals."""
    rows = [row_of(0.9), row_of(0.5, other="docma")]
    (tmp_path / "README.md").write_text(
        "Before\n{}former\n{}After\n".format(*report.MARKS), "utf-8"
    )
    (tmp_path / "docs").mkdir()
    report.write(tmp_path / report.MADE, of(*rows))
    report.record(tmp_path)
    assert report.stored(tmp_path) == of(*rows)
    drawn = (tmp_path / "docs" / report.CHART).read_text("utf-8")
    assert all(f">{name}<" in drawn for name in ("Press", goals.PLAIN, "docma"))
    readme = (tmp_path / "README.md").read_text("utf-8")
    assert "| 0.90 (0.90 - 0.90) | 0.90 | ≤ 1 met; processor ≤ 1 met |" in readme
    assert "docma" not in readme
    assert "former" not in readme


def test_the_readme_quotes_the_figures_of_the_docs() -> None:
    """It is as `inv bench --record` left it, and so is the chart."""
    known = report.stored(ROOT)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.search(f"{report.MARKS[0]}.+?{report.MARKS[1]}", readme, re.DOTALL)
    assert report.quoted(readme, known) == readme
    assert (ROOT / "docs" / report.CHART).read_text("utf-8").startswith("<svg")


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    """Its last words are shown, in place of a figure."""
    with pytest.raises(ConfigurationError, match="no such thing"):
        spent([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)


def test_what_is_stopped_leaves_no_process(tmp_path: Path) -> None:
    """The command is killed with what watches it, be it deaf to what ends others."""
    deaf = "import os, signal, time; signal.signal(15, signal.SIG_IGN); print(os.getpid(), flush=True); time.sleep(99)"
    log = tmp_path / "log"
    watch = [*script("watch"), str(log), sys.executable, "-c", deaf]
    with subprocess.Popen(watch) as watching:
        until(lambda: log.exists() and log.read_text("utf-8").endswith("\n"))
        number = int(log.read_text("utf-8"))
        watching.terminate()
    until(lambda: not psutil.pid_exists(number))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives children to a grandparent")
def test_what_outlives_its_parent_is_counted(tmp_path: Path) -> None:
    """The helpers of a browser do."""
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    start = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"
    assert spent([sys.executable, "-c", start], tmp_path).cpu > 0.2


def test_a_soak_keeps_its_figures_as_they_come(
    place: content.Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each build follows an edit, so that the store grows; a run that is ended has left what it saw."""
    monkeypatch.setenv(LIMIT, "1")  # a soak sets another, for the processes that it starts
    root, left = place.root.with_name("root"), []

    def progress(done: int, of: int, _: str) -> None:
        left.append((done, of, (root / report.MADE / soak.FILE).exists()))

    samples = soak.soak(root, 4, progress).facts["samples"]
    assert left == [(0, 4, False), (1, 4, True), (2, 4, True), (3, 4, True)]
    assert json.loads((root / report.MADE / soak.FILE).read_text("utf-8")) == {
        "samples": [*map(list, samples)]
    }
    numbers, builds, previews, files, stores, kept = zip(*samples, strict=True)
    assert numbers == (1, 2, 3, 4)
    assert min(*builds, *previews, *files) > 0
    assert sorted({*stores}) == [*stores]
    assert sorted({*kept}) == [*kept]


def test_what_grows_is_named() -> None:
    """That which is a tenth more at the end than in the second quarter; builds do grow."""
    samples = [(builds, 100.0, 50.0, 9, 32.0 + builds, 7 + builds // 8) for builds in range(1, 9)]
    assert [*soak.growing(samples)] == [
        "store MiB grow: 35.5 in the second quarter, 39.5 in the last"
    ]
