"""Charts that compare: lines over years, groups, then and now, targets, and what galleries show as specifications."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from press.checks.content import charts
from press.content import library
from press.edition import edition as ed
from press.edition import resolve
from press.page import compose, figures
from press.page.colours import AREA, SHAPE, TEXT, contrast, palette
from press.page.figures import theme
from press.page.key_number import key_number
from tests.support.folders import HERE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from press.page.figures import Commission
    from press.page.vega.workers import Drawing

LIBRARY = Path(__file__).parents[1] / "library"
PARTS = """\
    parts:
      - {label: Elsewhere, value: gardens.others}
      - {label: At schools, value: gardens.schools}
"""
COUNTED = "subtitle: Number of gardens"
YEARS = (2010, 2011, 2012, 2014, 2020)
CLAIM = """
{name}:
  ref: C09{at}
  source: survey
  locator: P1.1
  passage: 7692c3ad
  claim: Extra.
  values:
{values}
  year: not stated
  kind: statistic
  basis: own
  use: ok
"""
RISES = [*zip(YEARS, (10, 12, 15, 20, 40), strict=True)]
FALLS = [*zip(YEARS, (30, 29, 31, 28, 25), strict=True)]
EXTRA = {
    "a": [(f"y{year}", f"number: {number}", f"year: {year}") for year, number in RISES]
    + [("no_year", "number: 9", ""), ("two_years", "number: 9", "year: 2010-2011")]
    + [("roughly", "number: 30, bound: about", "year: 2015"), ("more", "number: 30, bound: more than", "year: 2016")]
    + [("law", "number: '2013'", "year: '2013', UNIT: year"), ("goal", "number: 45", "")]
    + [("again", "number: 11", "year: 2010"), ("measured", "number: 11", "year: 2016, measure: m")]
    + [("otherwise", "number: 11", "year: 2018, measure: n"), ("below", "number: -5", "year: 2010")],
    "b": [(f"y{year}", f"number: {number}", f"year: {year}") for year, number in FALLS],
    "c": [
        ("kilograms", "number: 3", "year: 2011, UNIT: kg"),
        ("many", "number: 90", ""),
        ("below", "number: -5", ""),
        ("sure", "number: '0.5', interval: {low: '0.3', high: '0.8'}", "UNIT: risk ratio"),
        ("unsure", "number: '0.9', interval: {low: '0.6', high: '1.2'}", "UNIT: risk ratio"),
    ],
}  # fmt: skip


def draft(tmp_path: Path, form: str, more: str = "") -> library.Draft:
    """Return the small library with a figure of this *form*, and claims of many years."""
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    blocks, claims = content / "blocks/red.yaml", content / "claims/gardens.yaml"
    typed = blocks.read_text("utf-8")
    assert PARTS in typed
    assert COUNTED in typed
    typed = typed.replace(
        COUNTED, "subtitle: Gardens"
    )  # not of their number: some values are shares
    blocks.write_text(typed.replace(PARTS, f"    {form}\n{more}"), "utf-8")
    written = claims.read_text("utf-8")
    for at, (name, rows) in enumerate(EXTRA.items()):
        values = ""
        for key, number, rest in rows:
            unit = "" if "UNIT" in rest else ", unit: gardens"
            values += f"    {key}: {{{number}{unit}{', ' if rest else ''}{rest.replace('UNIT', 'unit')}}}\n"
        written += CLAIM.format(name=name, at=at, values=values.rstrip())
    claims.write_text(written, "utf-8")
    return library.load(content, "content")


def edition(tmp_path: Path, form: str, more: str = "") -> ed.Edition:
    """Return the brief with this figure."""
    read = draft(tmp_path, form, more)
    assert not read.faults
    assert not list(charts.check(read))
    return resolve.resolve(library.sound(read), "red", "en")


MADE: dict[Commission, Drawing] = {}  # what tests of this file had made


def make(asked: Sequence[Commission]) -> list[tuple[Commission, Drawing]]:
    """Return all that is asked for with its drawings; those that are new are made together."""
    new = [one for one in dict.fromkeys(asked) if one not in MADE]
    MADE.update(zip(new, figures.draw(new, 2, HERE.fonts), strict=True))
    return [(one, MADE[one]) for one in asked]


def drawn(shown: ed.Edition) -> list[tuple[Commission, Drawing]]:
    """Return each drawing of an edition, with what was asked for."""
    made = make([*figures.commissions(shown, HERE.fonts)])
    assert made
    assert not [drawing.fault for _, drawing in made if drawing.fault]
    return made


def rows(asked: Commission, kind: str) -> list[list[dict[str, Any]]]:
    """Return the rows of each layer of marks of this *kind*."""
    layers = json.loads(asked.spec)["layer"]
    return [layer["data"]["values"] for layer in layers if layer["mark"]["type"] == kind]


def words(svg: str) -> list[str]:
    """Return the texts of a drawing."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


A = "{label: A, marked: true, values: [a.y2010, a.y2011, a.y2012, a.y2014, a.y2020]}"
B = "{label: B, values: [b.y2010, b.y2020]}"
LINE = f"line: {{series: [{A}, {B}], notes: [{{label: a law, value: a.law}}]}}"


def paths(asked: Commission) -> list[list[tuple[float, float]]]:
    """Return the points of each line of values."""
    found: dict[int, list[tuple[float, float]]] = {}
    for row in (row for layer in rows(asked, "line") for row in layer):
        found.setdefault(row["path"], []).append((row["x"], row["y"]))
    return [points for points in found.values() if all(x == int(x) for x, _ in points)]


def test_a_line_breaks_where_a_year_is_missing(tmp_path: Path) -> None:
    """Years that follow one another are joined; others are points of their own, at the place of their year."""
    for asked, _ in drawn(edition(tmp_path, LINE)):
        joined = sorted(paths(asked))
        assert joined == [
            [(2010, 10), (2011, 12), (2012, 15)],
            [(2010, 30), (2020, 25)],
        ]
        dots = {(row["x"], row["y"]) for layer in rows(asked, "point") for row in layer}
        assert {(2014, 20), (2020, 40)} <= dots


def test_years_lie_to_scale(tmp_path: Path) -> None:
    """Ten years are ten times as far apart as one, whatever the years between them; Vega places the points itself."""
    series = "{label: A, values: [a.y2010, a.y2011, a.y2020]}"
    for asked, drawing in drawn(edition(tmp_path, f"line: {{series: [{series}]}}")):
        accent = palette(asked.accent).accent
        circle = rf'transform="translate\(([\d.]+) [\d.]+\)"[^>]*fill="{accent}"|fill="{accent}"'
        group = re.search(rf'<g [^>]*fill="{accent}"[^>]*>(.*?)</g>', drawing.svg, re.DOTALL)
        assert re.search(circle, drawing.svg)
        assert group
        first, second, last = map(float, re.findall(r"translate\(([\d.]+) ", group[1]))
        assert (last - first) / (second - first) == pytest.approx(10, rel=0.02)


def test_one_series_is_marked_and_all_are_named_at_their_ends(tmp_path: Path) -> None:
    """The marked one has the accent; the others are grey, and told from paper in both schemes."""
    for asked, drawing in drawn(edition(tmp_path, LINE)):
        colours = palette(asked.accent)
        lines = {row["colour"] for layer in rows(asked, "line") for row in layer}
        assert {colours.accent, colours.grey} <= lines
        assert {"A 40", "B 25", "2013: a law"} <= set(words(drawing.svg))
        assert contrast(colours.grey, colours.paper) >= SHAPE
        assert contrast(colours.night()["grey"], colours.night()["paper"]) >= SHAPE
        posts = [row for layer in rows(asked, "rule") for row in layer if row["x"] == 2013]
        assert [row["x2"] for row in posts] == [2013]


def test_an_axis_begins_at_zero_or_where_it_says(tmp_path: Path) -> None:
    """A start that is stated is the lowest number of the axis, and is told below the drawing."""
    series = "{label: A, values: [a.y2014, a.y2020]}"
    for start, lowest in (("", "0"), (", start: 15", "15")):
        place = tmp_path / f"start{lowest}"
        place.mkdir()
        shown = edition(place, f"line: {{series: [{series}]{start}}}")
        made = drawn(shown)
        for _, drawing in made:
            numbers = [word for word in words(drawing.svg) if re.fullmatch(r"\d{1,2}", word)]
            assert min(numbers, key=int) == lowest
        page = page_of(shown, made)
        assert ("The scale begins at 15, not at zero." in page) == bool(start)


def test_the_key_number_of_lines_is_the_latest_of_the_marked_one(tmp_path: Path) -> None:
    """A card would else stand for the brief with the oldest value."""
    series = "{label: A, values: [a.y2010, a.y2011]}, {label: B, marked: true, values: [b.y2010, b.y2020]}"
    number = key_number(edition(tmp_path, f"line: {{series: [{series}]}}"))
    assert number
    assert (number.shown, number.words, number.dating) == ("25", "B", "2020")


def page_of(shown: ed.Edition, made: Sequence[tuple[Commission, Drawing]]) -> str:
    """Return the page with these drawings."""
    named: Mapping[str, str] = {asked.name: drawing.svg for asked, drawing in made}
    return compose.Composer(HERE.template_folders).page(shown, (), named)


def test_what_is_about_is_an_open_point(tmp_path: Path) -> None:
    """A hole of paper lies on it, and the page says what that means."""
    shown = edition(tmp_path, "line: {series: [{label: A, values: [a.y2014, a.roughly, a.y2020]}]}")
    made = drawn(shown)
    for asked, _ in made:
        paper = palette(asked.accent).paper
        holes = [row for layer in rows(asked, "point") for row in layer if row["colour"] == paper]
        assert [(row["x"], row["y"]) for row in holes] == [(2015, 30)]
    assert "An open point is an approximate value" in page_of(shown, made)


GROUPED = (
    "grouped: {series: [In, Out], groups: [{label: North, values: [a.y2010, a.y2020]},"
    " {label: South, values: [b.y2010, b.y2020]}]}"
)


def test_bars_in_groups_have_one_scale_and_a_label_each(tmp_path: Path) -> None:
    """A value four times another has four times its length, and the first series alone is marked."""
    shown = edition(tmp_path, GROUPED)
    for asked, drawing in drawn(shown):
        colours = palette(asked.accent)
        bars = [(row["x2"], row["colour"]) for layer in rows(asked, "rect") for row in layer]
        assert bars == [
            (10, colours.accent),
            (40, colours.grey),
            (30, colours.accent),
            (25, colours.grey),
        ]
        assert " ".join(words(drawing.svg)) == "North In 10 Out 40 South In 30 Out 25"
    [block] = [block for block in shown.blocks() if isinstance(block, ed.Figure)]
    page = page_of(shown, drawn(shown))
    assert block.data[1].role == ""
    assert "North: Out" in page


def test_bars_beside_a_marked_one_are_grey(tmp_path: Path) -> None:
    """Where none is marked, all have the accent."""
    for marked, colour in ((", marked: true", "grey"), ("", "accent")):
        place = tmp_path / colour
        place.mkdir()
        first, second = f"{{label: A, value: a.y2010{marked}}}", "{label: B, value: b.y2010}"
        for asked, _ in drawn(edition(place, f"bars: [{first}, {second}]")):
            colours = palette(asked.accent)
            bars = [row["colour"] for layer in rows(asked, "rect") for row in layer]
            assert bars == [colours.accent, getattr(colours, colour)]


def test_then_and_now_are_told_with_years_and_direction(tmp_path: Path) -> None:
    """Each is a dot on one scale, grey for then; the table says in words which way it went."""
    form = "then_now: [{label: North, then: a.y2010, now: a.y2020}, {label: South, then: b.y2010, now: b.y2020}]"
    shown = edition(tmp_path, form)
    made = drawn(shown)
    for asked, drawing in made:
        colours = palette(asked.accent)
        dots = [(row["x"], row["colour"]) for layer in rows(asked, "point") for row in layer]
        grey, accent = colours.grey, colours.accent
        assert sorted(dots) == [(10, grey), (25, accent), (30, grey), (40, accent)]
        assert {"2010: 10", "2020: 40", "2010: 30", "2020: 25"} <= set(words(drawing.svg))
    page = page_of(shown, made)
    assert "40 gardens (more than in 2010)" in page
    assert "25 gardens (less than in 2010)" in page


def test_a_target_is_a_line_across_its_bar(tmp_path: Path) -> None:
    """It lies where its number is, and is named; what two rows share, once."""
    form = "target: [{label: North, value: a.y2020, target: a.goal}, {label: South, value: b.y2020, target: a.goal}]"
    shown = edition(tmp_path, form)
    made = drawn(shown)
    for asked, drawing in made:
        ink = palette(asked.accent).ink
        posts = [row["x"] for layer in rows(asked, "rule") for row in layer if row["colour"] == ink]
        assert posts.count(45) == 2
        assert words(drawing.svg).count("target: 45") == 1
    assert "North: target" in page_of(shown, made)


def test_a_caveat_stands_in_the_frame_and_figures_have_numbers(tmp_path: Path) -> None:
    """The number leads to the figure itself, so that it can be cited."""
    caveat = "    caveat: Only gardens on registers are counted[^quiet].\n"
    shown = edition(tmp_path, f"{GROUPED}\n{caveat.rstrip()}")
    page = page_of(shown, drawn(shown))
    [number] = re.findall(
        r'<span class="figure__number"><a href="#(red-figure)">Figure 1</a></span>', page
    )
    assert f'<figure class="figure figure--grouped" id="{number}"' in page
    frame = re.search(r'<p class="figure__caveat">(.*?)</p>', page)
    assert frame
    assert frame[1].startswith("Only gardens on registers are counted")


TWELVE = "[{}]".format(", ".join(["a.y2010"] * 13))
REFUSED = {
    "two units in one series": (
        "line: {series: [{label: A, values: [a.y2010, c.kilograms]}]}",
        "a figure compares values of one unit",
    ),
    "two measures in one series": (
        "line: {series: [{label: A, values: [a.measured, a.otherwise]}]}",
        "'a.measured' measures 'm', and 'a.otherwise' measures 'n'",
    ),
    "two measures then and now": (
        "then_now: [{label: A, then: a.measured, now: a.otherwise}]",
        "a row compares values of one measure",
    ),
    "two measures in one series of groups": (
        GROUPED.replace("[a.y2010, a.y2020]", "[a.measured, a.y2020]").replace("b.y2010", "a.otherwise"),
        "a row compares values of one measure",
    ),
    "no year": (
        "line: {series: [{label: A, values: [a.y2010, a.no_year]}]}",
        "'a.no_year' has no single year",
    ),
    "two years": (
        "line: {series: [{label: A, values: [a.y2020, a.two_years]}]}",
        "'a.two_years' has no single year",
    ),
    "one year twice": (
        "line: {series: [{label: A, values: [a.y2010, a.again]}]}",
        "are both of 2010",
    ),
    "a bound": (
        "line: {series: [{label: A, values: [a.y2010, a.more]}]}",
        "would look exact on a line",
    ),
    "a start above a value": (
        "line: {series: [{label: A, values: [a.y2010, a.y2020]}], start: 12}",
        "starts at 12, above 'a.y2010', 10",
    ),
    "a note without a year": (
        "line: {series: [{label: A, values: [a.y2010, a.y2020]}], notes: [{label: x, value: a.goal}]}",
        "'a.goal' has no single year",
    ),
    "none is marked": (
        f"line: {{series: [{B}, {{label: A, values: [a.y2010, a.y2020]}}]}}",
        "one of several series has 'marked: true'",
    ),
    "too many points": (
        f"line: {{series: [{{label: A, values: {TWELVE}}}]}}",
        "expected at most 12 entries, found 13",
    ),
    "one point": (
        "line: {series: [{label: A, values: [a.y2010]}]}",
        "expected at least 2 entries",
    ),
    "a group that lacks a value": (
        GROUPED.replace("[b.y2010, b.y2020]", "[b.y2010, b.y2020, b.y2014]"),
        "'South' has 3 values, and the series need 2: give one for each",
    ),
    "too many bars": (
        "grouped: {{series: [A, B, C, D], groups: [{}]}}".format(
            ", ".join(f"{{label: g{at}, values: [a.y2010, a.y2011, a.y2012, a.y2014]}}" for at in range(7))
        ),
        "these are 28 bars, and 24 have room",
    ),
    "series with one label": (
        GROUPED.replace("[In, Out]", "[In, in]"),
        "this label is in the figure already",
    ),
    "then after now": (
        "then_now: [{label: A, then: a.y2020, now: a.y2010}]",
        "'a.y2020' is of 2020, not before 'a.y2010' of 2010",
    ),
    "then without a year": (
        "then_now: [{label: A, then: a.no_year, now: a.y2010}]",
        "then and now are told with both years",
    ),
    "a target of another unit": (
        "target: [{label: A, value: a.y2010, target: c.kilograms}]",
        "a figure compares values of one unit",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_compared_is_refused(tmp_path: Path, name: str) -> None:
    """The message stands at the block, and says what to do."""
    form, wrong = REFUSED[name]
    read = draft(tmp_path, form)
    faults = [*read.faults, *(charts.check(read) if not read.faults else ())]
    told = [fault.problem for fault in faults if wrong in fault.problem.message]
    assert told
    assert {problem.place.path for problem in told} == {"content/blocks/red.yaml"}


NAME = "Опиоидная заместительная терапия в учреждениях Өзгөн района, ряд {}"


def datum(row: int, number: int, year: int, role: str = "", series: str = "") -> ed.Datum:
    """Return a value of a row with a long label in Cyrillic."""
    label, of = (ed.Run(NAME.format(row)),), (ed.Run(series),) if series else ()
    more = {"unit": "gardens", "dating": str(year), "first": year, "last": year}
    value = {"shown": str(number), "low": float(number), "high": float(number)}
    return ed.Datum(label, note=1, role=role, series=of, **value, **more)  # type: ignore[arg-type]


MOST = {
    "line": [
        datum(row, (row * 37 + year * 11) % 90, year, "" if row else "marked")
        for row in range(6)
        for year in range(2009, 2021)
    ],
    "grouped": [
        datum(row, row * 9 + at * 4 + 5, 2020, "" if at else "marked", f"ряд {at}")
        for row in range(6)
        for at in range(4)
    ],
    "then_now": [
        datum(row, (row * 37 + year * 11) % 90, year, role)
        for row in range(12)
        for year, role in ((2010, "then"), (2020, "now"))
    ],
    "target": [
        datum(row, 50 if role else row * 7 + 5, 2020, role)
        for row in range(12)
        for role in ("", "target")
    ],
}


def test_lines_that_do_not_rise_have_a_scale(tmp_path: Path) -> None:
    """Also where it begins at their only value."""
    data = [datum(1, 7, year, "marked") for year in (2010, 2011)]
    figure = ed.Figure("flat", "line", (), (), (), "told", tuple(data), start="7")
    shown = replace(edition(tmp_path, GROUPED), sections=(ed.Section("evidence", (figure,)),))
    for _, drawing in drawn(shown):
        assert {"7", "8"} <= set(words(drawing.svg))


@pytest.fixture(scope="module")
def fullest(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, ed.Edition]:
    """Return an edition with the most values for each form; all are drawn together."""
    plain = edition(tmp_path_factory.mktemp("fullest"), GROUPED)
    found = {}
    for form, data in MOST.items():
        figure = ed.Figure("most", form, (), (), (), "told", tuple(data))
        found[form] = replace(plain, sections=(ed.Section("evidence", (figure,)),))
    make([one for each in found.values() for one in figures.commissions(each, HERE.fonts)])
    return found


@pytest.mark.parametrize("form", MOST)
def test_the_most_values_have_room(fullest: Mapping[str, ed.Edition], form: str) -> None:
    """With long labels in Cyrillic, all are drawn and read back, for paper and for a telephone."""
    made = drawn(fullest[form])
    assert [asked.narrow for asked, _ in made] == [False, True]
    sizes = [re.findall(r'<svg[^>]*width="([\d.]+)" height="([\d.]+)"', one.svg) for _, one in made]
    assert [float(wide) for [(wide, _)] in sizes] == [theme.WIDE, theme.NARROW]
    assert all(float(high) < 2 * theme.WIDE for [(_, high)] in sizes)


THREE = "[{label: Elsewhere, value: gardens.others}, {label: Schools, value: a.y2012}, {label: Goal, value: a.goal}]"
SIDES = "[{label: Down, value: c.below}, {label: Up, value: a.y2012}]"
DATED = "[{label: First, value: a.y2010}, {label: Second, value: a.y2012}, {label: Third, value: a.y2020}]"
X, ROW = "x: {field: value, type: quantitative}", "y: {field: label, type: nominal}"
YEAR, UP = "x: {field: year, type: quantitative}", "y: {field: value, type: quantitative}"
ACROSS = "x: {field: label, type: nominal}"
NAMED = f"{{mark: {{type: text, dy: -10}}, encoding: {{{YEAR}, {UP}, text: {{field: label}}}}}}"
SHOWN = f"{{mark: {{type: text, align: left, dx: 4}}, encoding: {{{X}, {ROW}, text: {{field: shown}}}}}}"
GALLERY = {  # what is drawn
    "bars that stand": f"data: {THREE}, mark: bar, encoding: {{{ACROSS}, {UP}}}",
    "bars with labels": f"data: {THREE}, layer: [{{mark: bar, encoding: {{{X}, {ROW}}}}}, {SHOWN}]",
    "bars by length": f"data: {THREE}, mark: bar, encoding: {{{X}, {ROW[:-1]}, sort: -x}}}}",
    "scatter": f"data: {DATED}, layer: [{{mark: point, encoding: {{{YEAR}, {UP}}}}}, {NAMED}]",
    "line over years": f"data: {DATED}, layer: [{{mark: line, encoding: {{{YEAR}, {UP}}}}}, {NAMED}]",
    "line over words": f"data: {DATED}, mark: line, encoding: {{{ACROSS}, {UP}}}",
    "dot plot": f"data: {THREE}, mark: point, encoding: {{{X}, {ROW}}}",
    "ranges that stand": (
        "data: [{label: One, value: visitors.walkers}, {label: Two, value: visitors.children}],"
        f" layer: [{{mark: rule, encoding: {{{ACROSS}, {UP.replace('value', 'low')}, y2: {{field: high}}}}}},"
        f" {{mark: {{type: text, dy: -9}}, encoding: {{{ACROSS}, {UP}, text: {{field: shown}}}}}}]"
    ),
    "rules with text": f"data: {THREE}, layer: [{{mark: rule, encoding: {{{X}, {ROW}}}}}, {SHOWN}]",
    "bars on both sides of zero": f"data: {SIDES}, mark: bar, encoding: {{{X}, {ROW}}}",
    "bars in two colours": (
        f"data: {THREE[: THREE.rindex(', {')]}], mark: bar, encoding: {{{X}, {ROW}, color: {{field: label}}}}"
    ),
    "pale bars with words inside": (
        f"data: {THREE}, layer: [{{mark: {{type: bar, color: pale}}, encoding: {{{X}, {ROW}}}}},"
        f" {SHOWN.replace('align: left, dx: 4', 'align: right, dx: -4')}]"
    ),
    "dark bars with words inside": (
        f"data: {THREE}, layer: [{{mark: bar, encoding: {{{X}, {ROW}}}}},"
        f" {SHOWN.replace('align: left, dx: 4', 'align: right, dx: -4, color: paper')}]"
    ),
    "log scale": f"data: {THREE}, mark: point, encoding: {{{X[:-1]}, scale: {{type: log}}}}, {ROW}}}",
}  # fmt: skip
MARKED = f"data: {THREE}, mark: MARK, encoding: {{{X}, {ROW}}}"
CODED = f"data: {THREE}, mark: bar, encoding: {{{X}, {ROW}, MORE}}"
BAR = f"{{mark: bar, encoding: {{{X}, {ROW}}}}}"
SCALED, WRITTEN = "nominal, scale: {domain: [0, 9]}", "nominal, axis: {format: d}"
WAYS_OUT = {  # what is refused, and the way out
    "grouped bars": (CODED.replace("MORE", "yOffset: {field: label}"), "form 'grouped'"),
    "several lines": (
        f"data: {DATED}, mark: line, encoding: {{{YEAR}, {UP}, color: {{field: label}}}}",
        "use the form 'line'",
    ),
    "dates": (MARKED.replace("MARK", "point").replace("nominal", "temporal"), "a year is 'quantitative'"),
    "area": (MARKED.replace("MARK", "area"), "form 'line'"),
    "error bars": (MARKED.replace("MARK", "errorbar"), "form 'intervals'"),
    "heat map": (MARKED.replace("MARK", "rect"), "a block 'table'"),
    "pie": (MARKED.replace("MARK", "arc"), "form 'parts'"),
    "histogram": (MARKED.replace("nominal", "nominal, bin: true"), "with 'derived'"),
    "facet": (CODED.replace("MORE", "row: {field: label}"), "a figure for each"),
    "tooltip": (CODED.replace("MORE", "tooltip: {field: label}"), "show it as text"),
    "parts of a hundred": (
        MARKED.replace("MARK", "bar").replace("quantitative", "quantitative, stack: normalize"),
        "form 'parts'",
    ),
    "many colours": (CODED.replace("MORE", "color: {field: label}"), "parts of a whole with the form 'parts'"),
    "a colour at will": (CODED.replace("MORE", "color: {value: red}"), "mark: {type: bar, color: pale}"),
    "a colour by a test": (CODED.replace("MORE", "color: {condition: {value: red}}"), "mark: {type: bar, color: pale}"),
    "points of a line": (MARKED.replace("MARK", "{type: line, point: true}"), "in a layer with 'mark: point'"),
    "a scale from end to end": (MARKED.replace("MARK", "point").replace("nominal", SCALED), "'zero: true'"),
    "numbers of its own": (MARKED.replace("MARK", "point").replace("nominal", WRITTEN), "as the language has them"),
    "words on a bar": (
        f"data: {THREE}, layer: [{BAR}, {SHOWN.replace('left, dx: 4', 'right, dx: -4')}]",
        "write 'color: paper' into its mark, or move it off the mark",
    ),
    "data at an address": (MARKED.replace(THREE, "{url: cars.json}"), "data are values of claims"),
    "data typed": (MARKED.replace(THREE, "{values: [{a: 1}]}"), "data are values of claims"),
    "a colour of its own": (MARKED.replace("MARK", "{type: bar, color: '#ff0000'}"), "expected one of accent"),
}  # fmt: skip


def judged(folder: Path, spec: str) -> tuple[list[str], list[Commission]]:
    """Return what is wrong with a figure of this specification as it is read and checked, or else its drawings."""
    read = draft(folder, f"spec: {{{spec}}}")
    if faults := [*read.faults, *(charts.check(read) if not read.faults else ())]:
        return [fault.problem.message for fault in faults], []
    shown = resolve.resolve(library.sound(read), "red", "en")
    blocks = tuple(block for block in shown.blocks() if isinstance(block, ed.Figure))
    shown = replace(shown, sections=(ed.Section("evidence", blocks),))
    return [], [*figures.commissions(shown, HERE.fonts)]


def faults_of(asked: Sequence[Commission]) -> list[str]:
    """Return what is wrong with drawings, for paper and for a telephone."""
    assert [one.narrow for one in asked] == [False, True]
    return [one.fault for _, one in make(asked) if one.fault]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Commission]]:
    """Return the drawings of each chart of the gallery; all are made together."""
    found = {}
    for name, spec in GALLERY.items():
        faults, found[name] = judged(tmp_path_factory.mktemp("gallery"), spec)
        assert faults == [], name
    make([one for each in found.values() for one in each])
    return found


@pytest.mark.parametrize("name", GALLERY)
def test_charts_of_galleries_are_drawn(gallery: Mapping[str, list[Commission]], name: str) -> None:
    """Each is read back: its marks are where their values are, for paper and for a telephone."""
    assert faults_of(gallery[name]) == []


@pytest.mark.parametrize("name", WAYS_OUT)
def test_charts_that_are_not_drawn_are_refused_with_a_way_out(tmp_path: Path, name: str) -> None:
    """The message says what to write instead."""
    spec, way_out = WAYS_OUT[name]
    faults, asked = judged(tmp_path, spec)
    assert any(way_out in message for message in faults or faults_of(asked))


SURE = "data: [{label: One, value: c.sure}, {label: Two, value: c.unsure}]"
ENDS = "x: {field: low, type: quantitative, axis: {title: risk ratio}}, x2: {field: high}"
RULE = f"{{mark: rule, encoding: {{{ENDS}, {ROW}}}}}"


def test_a_rule_from_low_to_high_is_an_interval(tmp_path: Path) -> None:
    """A value with an interval is drawn with it, and not as a line of no length."""
    told, asked = judged(
        tmp_path, f"{SURE}, layer: [{RULE}, {{mark: point, encoding: {{{X}, {ROW}}}}}]"
    )
    assert told == faults_of(asked) == []
    for one in asked:
        values = json.loads(one.spec)["data"]["values"]
        assert [(row["low"], row["value"], row["high"]) for row in values] == [
            (0.3, 0.5, 0.8),
            (0.6, 0.9, 1.2),
        ]


def test_layers_share_the_title_of_an_axis(tmp_path: Path) -> None:
    """A layer without one would else take it away from the layer that has one."""
    titled = X[:-1] + ", axis: {title: Gardens}}"
    _, asked = judged(
        tmp_path, f"data: {THREE}, layer: [{{mark: bar, encoding: {{{titled}, {ROW}}}}}, {SHOWN}]"
    )
    assert faults_of(asked) == []
    assert all("Gardens" in words(drawing.svg) for _, drawing in make(asked))


def test_then_and_now_on_both_sides_of_zero_have_its_line(tmp_path: Path) -> None:
    """A reader sees which value is below it; where all are above, none is drawn."""
    form = "then_now: [{label: North, then: a.y2010, now: a.y2020}, {label: South, then: a.below, now: b.y2020}]"
    for shown, lines in ((form, 2), (form.replace("a.below", "b.y2010"), 0)):
        place = tmp_path / str(lines)
        place.mkdir()
        for asked, _ in drawn(edition(place, shown)):
            posts = [
                row for layer in rows(asked, "rule") for row in layer if row["x"] == row["x2"] == 0
            ]
            assert len([row for row in posts if row["y2"] - row["y"] > 10]) == lines


@pytest.mark.parametrize("accent", ["#1d4077", "#7a1f1f", "#0b5d57", "#000000", "#595959"])
def test_pale_areas_are_seen_on_a_dark_screen(accent: str) -> None:
    """Dark blue and red are the dimmest; nothing that stands on them is harder to read than it has to be."""
    night = palette(accent).night()
    assert contrast(night["pale"], night["paper"]) >= AREA
    assert contrast(night["ink"], night["pale"]) >= TEXT
    assert contrast(night["accent"], night["pale"]) >= SHAPE
