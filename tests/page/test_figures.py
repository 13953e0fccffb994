"""Figures: what is drawn, that its words are words and its colours ours, and what becomes of a drawing that fails."""

from __future__ import annotations

import copy
import dataclasses
import json
import math
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.build import catalogue
from press.build import figure_drawings as drawings
from press.build.keys import drawing_key
from press.checks import page as pages
from press.checks.content import charts
from press.content import library, reader
from press.content.model.blocks import FigureBlock
from press.content.model.choices import Bound
from press.edition import edition as ed
from press.edition import resolve
from press.page import compose, figures
from press.page.colours import SHAPE, contrast, palette
from press.page.cut import printed
from press.page.elements import elements_of
from press.page.figures import forms, front, theme, vega_svg
from press.page.vega import workers
from press.problems import ConfigurationError
from tests.support.composing import MAPS
from tests.support.editions import UNKNOWN, means
from tests.support.folders import HERE, setup
from tests.support.printing import print_job
from tests.support.site import OUR_BRIEFS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from press.page.figures import Commission

    Sketch = tuple[Commission, workers.Drawing]
    Made = list[Sketch]

Scene = dict[str, Any]
COLOURS = palette("#0b5d57")
NAMED = {colour: name for name, colour in dataclasses.asdict(COLOURS).items()}
RULER = theme.Ruler(HERE.fonts)
SPEC = {"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": {"x": {"field": "a"}}}


@pytest.fixture(scope="module")
def shown() -> ed.Edition:
    """Return the catalogue, which has a figure of every form."""
    return resolve.resolve(catalogue.examples(HERE), "catalogue", "en")


@pytest.fixture(scope="module")
def made(shown: ed.Edition, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return the drawings of the catalogue by name."""
    given = means(tmp_path_factory.mktemp("store"))
    found = drawings.draw(given, figures.commissions(shown, HERE.fonts, MAPS))
    assert not [one.fault for one in found.values() if one.fault]
    return {asked.name: spelled(one.svg) for asked, one in found.items()}


def spelled(svg: str) -> str:
    """Return a drawing in which each mark says by itself what it looks like."""

    def inner(group: re.Match[str]) -> str:
        return re.sub(r"<(path|line|text|rect)\b([^>]*?)(/?>)", rf"<\1\2 {group[1]}\3", group[2])

    return re.sub(r"<g ((?!transform)[^>]*)>(.*?)</g>", inner, svg, flags=re.DOTALL)


def words(svg: str) -> str:
    """Return the text of a drawing in reading order."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))


def asked(shown: ed.Edition, block: str) -> Commission:
    """Return the wide drawing of *block*."""
    [found] = [
        one for one in figures.commissions(shown, HERE.fonts, MAPS) if one.name == f"{block}/wide"
    ]
    return found


def test_every_figure_but_tiles_is_drawn(shown: ed.Edition, made: Mapping[str, str]) -> None:
    """The front one for its column, each other one for paper and for small screens."""
    drawn = [one for one in shown.blocks() if isinstance(one, ed.Figure) and one.form != "tiles"]
    assert {one.form for one in drawn} == set(FigureBlock.forms) - {"tiles"}
    front = {"example-parts/narrow"}
    others = {f"{one.id}/{way}" for one in drawn[1:] for way in ("wide", "narrow")}
    assert set(made) == front | others


def test_a_form_without_its_row_stops_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field of the model that no function draws is named, and so is a row without a field."""
    assert runpy.run_path(forms.__file__)["FORMS"].keys() == set(FigureBlock.forms)
    monkeypatch.setattr(FigureBlock, "forms", (*FigureBlock.forms[1:], "pie"))
    with pytest.raises(ConfigurationError, match="parts, pie"):
        runpy.run_path(forms.__file__)


def test_what_a_drawing_says_is_text_in_our_fonts(made: Mapping[str, str]) -> None:
    """Labels and values are words, none smaller than 7.5 pt, and only in the families of the page."""
    assert words(made["example-parts/narrow"]) == "32 8 Elsewhere At schools"
    assert words(made["example-share/wide"]) == "More than 60% children Not stated = 1%"
    assert words(made["example-bars/wide"]) == "2020 500 latest, year not stated 2,500"
    for svg in made.values():
        assert set(re.findall(r'font-family="([^"]+)"', svg)) <= {theme.SANS, theme.SERIF}
        sizes = [float(size) for size in re.findall(r'font-size="([^"]+)"', svg)]
        assert min(sizes) * 72 / 96 >= 7.5


def test_a_drawing_has_its_alternative_and_no_id(
    shown: ed.Edition, made: Mapping[str, str]
) -> None:
    """It is one picture with one name, and nothing in it can clash with the page or reach outside."""
    told = {one.id: one.alternative for one in shown.blocks() if isinstance(one, ed.Figure)}
    for name, svg in made.items():
        assert f'role="img" aria-label="{told[name.partition("/")[0]]}"' in svg
        assert not re.search(r"\b(id|style|href|src)=|url\(|<script|<style|on\w+=", svg)


def test_every_colour_has_a_name_for_the_dark_scheme(made: Mapping[str, str]) -> None:
    """Each is one of the brief's palette, and bears the class by which a screen gives it another."""
    for svg in made.values():
        for element in re.findall(r"<(?:path|line|text)[^>]*>", svg):
            for paint, colour in re.findall(r'\b(fill|stroke)="(#[0-9a-f]{6})"', element):
                assert (
                    f"{paint}-{NAMED[colour]}" in re.findall(r'class="([^"]*)"', element)[0].split()
                )
    style = (HERE.templates / "blocks/figure/figure.css").read_text("utf-8")
    used = {
        name
        for svg in made.values()
        for one in re.findall(r'class="([^"]*)"', svg)
        for name in one.split()
    }
    assert {f".{name} {{" for name in used - {"drawing"}} <= set(
        re.findall(r"\.(?:fill|stroke)-\w+ \{", style)
    )


def grey(colour: str) -> str:
    """Return *colour* as an office printer prints it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02x}" * 3


@pytest.mark.series
@pytest.mark.parametrize("brief", OUR_BRIEFS)
def test_neighbouring_marks_hold_in_grey(brief: str) -> None:
    """Printed without colour, parts beside one another differ by 3 to 1, and words on them by 4.5."""
    accent = str(library.load(HERE.content, "content").briefs[brief].accent)
    colours = palette(accent)
    assert contrast(grey(colours.accent), grey(colours.pale)) >= SHAPE
    assert contrast(grey(colours.accent), grey(colours.tint)) >= SHAPE
    assert contrast(grey(colours.accent), grey(colours.paper)) >= 4.5
    assert contrast(grey(colours.pale), grey(colours.ink)) >= 4.5


def test_parts_take_turns_in_two_colours(made: Mapping[str, str]) -> None:
    """So each part differs from the one beside it, however many there are."""
    fills = re.findall(r'<path[^>]*fill="(#[0-9a-f]{6})"', made["example-parts/narrow"])
    assert fills == [COLOURS.pale, COLOURS.accent]


def lengths(svg: str, colour: str) -> list[float]:
    """Return how long the bars of *colour* are, in pixels."""
    return [
        float(found)
        for found in re.findall(rf'd="M[\d.]+,[\d.]+h([\d.]+)v[^"]*"[^>]*fill="{colour}"', svg)
    ]


FIELDS = COLOURS.accent, COLOURS.paper


def test_bars_start_at_zero_and_are_as_long_as_their_values(made: Mapping[str, str]) -> None:
    """500 is a fifth of 2,500; of a hundred squares 60 are filled, and the rest is a dashed field for 'more than'."""
    one, two = lengths(made["example-bars/wide"], COLOURS.accent)
    assert one / two == pytest.approx(0.2, abs=0.005)
    share = made["example-share/wide"]
    rows = [re.findall(rf'v([\d.]+)[^"]*"[^>]*fill="{colour}"', share) for colour in FIELDS]
    (filled, _), (empty,) = ([*map(float, row)] for row in rows)
    assert filled / (filled + empty) == pytest.approx(0.6, abs=0.001)
    assert len(re.findall(r'stroke-dasharray="4,3"', share)) == 4


def figure(form: str, *values: tuple[str, float, str]) -> ed.Figure:
    """Return a figure of values: label, number and bound."""
    whole = sum(number for _, number, _ in values)
    data = tuple(
        ed.Datum(
            label=(ed.Run(label),),
            shown=f"{number:g}",
            share=round(number / whole * 100, 2),
            open=bound != "exact",
            unit="gardens",
            dating="2012",
            derived="",
            note=1,
            low=number,
            high=number,
            bound=bound,
            first=2012,
            last=2012,
        )
        for label, number, bound in values
    )
    return ed.Figure("x", form, (), (), (), "told", data)


def commissions(shown: ed.Edition, *wanted: ed.Figure) -> tuple[Commission, ...]:
    """Return what is to be drawn of an edition with these figures only."""
    section = ed.Section("evidence", wanted)
    return tuple(
        figures.commissions(dataclasses.replace(shown, sections=(section,)), HERE.fonts, MAPS)
    )


LABELS = st.lists(
    # a blank label is refused where it is typed
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=90).filter(str.strip),
    min_size=2,
    max_size=6,
)


@settings(max_examples=25)
@given(LABELS, st.sampled_from(["parts", "bars", "timeline"]), st.data())
def test_words_stay_in_their_drawing(
    shown: ed.Edition, labels: list[str], form: str, data: st.DataObject
) -> None:
    """However long the labels and however unlike the values, every line of words lies inside, if its words can."""
    number = st.integers(1, 2500)
    wanted = figure(form, *((label, data.draw(number), "exact") for label in labels))
    for one in commissions(shown, wanted):
        spec = json.loads(one.spec)
        for layer in spec["layer"]:
            for row in layer["data"]["values"]:
                assert -2 <= row["y"] <= spec["height"] + 1
                if layer["mark"]["type"] == "text" and " " not in row["words"].strip():
                    continue  # one word, which may be too wide for any line
                if layer["mark"]["type"] == "text":
                    low, high = layer["encoding"]["x"]["scale"]["domain"]
                    at = (row["x"] - low) / (high - low) * spec["width"]
                    wide = RULER.width(
                        row["words"],
                        size=layer["mark"]["fontSize"],
                        weight=layer["mark"]["fontWeight"],
                    )
                    start = (
                        at - wide * {"left": 0, "center": 0.5, "right": 1}[layer["mark"]["align"]]
                    )
                    assert start >= -2
                    assert start + wide <= spec["width"] + 2


def with_intervals(no_effect: int, *values: tuple[str, float, float, float]) -> ed.Figure:
    """Return a figure of intervals: label, value, low and high."""
    plain = figure("intervals", *((label, value, "exact") for label, value, _, _ in values))
    data = tuple(
        dataclasses.replace(datum, interval=(low, high))
        for datum, (_, _, low, high) in zip(plain.data, values, strict=True)
    )
    return dataclasses.replace(plain, data=data, no_effect=no_effect)


INTERVALS: Mapping[str, tuple[int, list[tuple[str, float, float, float]], set[str]]] = {
    "ratios": (1, [("a", 0.5, 0.25, 1.0), ("b", 2.0, 1.0, 4.0)], {"0.5", "1", "2"}),
    "differences": (0, [("a", -2.0, -5.0, 1.0), ("b", 4.0, 3.0, 9.0)], {"−5", "0", "5"}),
    "one alone": (1, [("one alone", 0.98, 0.97, 0.99)], {"1"}),
}


def drawn_together(wanted: Mapping[str, Sequence[Commission]]) -> dict[str, Made]:
    """Return what is wanted by its names, with its drawings; one process makes them all."""
    made = iter(figures.draw([one for each in wanted.values() for one in each], 1, HERE.fonts))
    return {name: [(one, next(made)) for one in each] for name, each in wanted.items()}


@pytest.fixture(scope="module")
def of_intervals(shown: ed.Edition) -> dict[str, Made]:
    """Return the drawings of intervals."""
    return drawn_together(
        {
            name: commissions(shown, with_intervals(no_effect, *values))
            for name, (no_effect, values, _) in INTERVALS.items()
        }
    )


@pytest.mark.parametrize("name", INTERVALS)
def test_an_interval_lies_where_its_numbers_are(of_intervals: dict[str, Made], name: str) -> None:
    """Ratios are on a log scale, on which a half and twice are as far from no effect; what is drawn is read back."""
    no_effect, values, numbers = INTERVALS[name]
    assert [one.narrow for one, _ in of_intervals[name]] == [False, True]
    for one, drawn in of_intervals[name]:
        assert not drawn.fault
        assert "no effect" in words(drawn.svg)
        assert numbers <= set(words(drawn.svg).split())
        rows = [
            (layer["mark"], row)
            for layer in json.loads(one.spec)["layer"]
            for row in layer["data"]["values"]
        ]
        thick = [row for mark, row in rows if mark.get("strokeWidth") == 2.0]
        scale = math.log if no_effect else float
        assert [(row["x"], row["x2"]) for row in thick] == [
            (scale(low), scale(high)) for _, _, low, high in values
        ]


def test_bars_of_page_1_fill_the_room_beside_the_messages(shown: ed.Edition) -> None:
    """They are thicker and further apart beside more messages, and no higher than these."""
    wanted = figure("bars", ("a", 40, "exact"), ("b", 80, "exact"), ("c", 60, "exact"))
    highs = []
    for number in (1, 4):
        words = (ed.Run("Words of a message. " * 8),)
        told = tuple(ed.Message(str(at), words, ()) for at in range(number))
        sections = ed.Section("messages", told), ed.Section("figure", (wanted,))
        page = dataclasses.replace(shown, sections=sections)
        [one] = figures.commissions(page, HERE.fonts, MAPS)
        highs.append((json.loads(one.spec)["height"], front.room(page, wanted, RULER)))
    (short, _), (long, room) = highs
    assert short * 1.5 < long <= room


BOUNDS = get_args(Bound)


@pytest.fixture(scope="module")
def bounded(shown: ed.Edition) -> dict[str, str]:
    """Return the drawing of two bars, the first with each bound."""
    bars = {each: figure("bars", ("a", 40, each), ("b", 80, "exact")) for each in BOUNDS}
    wanted = [commissions(shown, each)[0] for each in bars.values()]
    drawn = figures.draw(wanted, 2, HERE.fonts)
    return {bound: spelled(one.svg) for bound, one in zip(bars, drawn, strict=True)}


@pytest.mark.parametrize("bound", BOUNDS)
def test_every_bound_can_be_drawn(bounded: dict[str, str], bound: str) -> None:
    """An open edge has dashed lines behind it, and what lies below a bound is no solid bar."""
    solid = [length for length in lengths(bounded[bound], COLOURS.accent) if length > 20]
    assert len(solid) == (1 if bound in {"up to", "at most", "less than"} else 2)


def sketches(specs: list[str], jobs: int, seconds: float = 30) -> tuple[workers.Drawing, ...]:
    """Return what becomes of *specs* in the project's faces."""
    return workers.draw(specs, jobs, HERE.fonts, seconds)


def test_a_drawing_is_the_same_in_every_process(shown: ed.Edition) -> None:
    """Two processes with other seeds and folders give the same bytes."""
    specs = [one.spec for one in figures.commissions(shown, HERE.fonts, MAPS)]
    one, two = sketches(specs, 2), sketches(specs[::-1], 1)
    assert [sketch.svg for sketch in one] == [sketch.svg for sketch in two[::-1]]


def test_a_drawing_is_made_once(shown: ed.Edition, tmp_path: Path) -> None:
    """What is in the store is taken from there: a store that says otherwise is believed."""
    given = means(tmp_path)
    one = asked(shown, "example-bars")
    key = drawing_key(one, UNKNOWN)
    given.store.put(key, b"kept")
    assert drawings.draw(given, [one, one]) == {one: workers.Drawing("kept")}
    others = {
        drawing_key(one, dataclasses.replace(UNKNOWN, code="other")),
        drawing_key(one, dataclasses.replace(UNKNOWN, fonts="other")),
    }
    louder = dataclasses.replace(one, alternative="louder")
    assert len({key, drawing_key(louder, UNKNOWN), *others}) == 4


AT_FAULT: Mapping[str, Any] = {
    "not allowed": {"mark": "bar", "data": {"url": "https://example.org/x.csv"}, "encoding": {}},
    "TypeError": {"mark": "barx", "data": {"values": []}, "encoding": {"x": {"field": "a"}}},
    "must be": [],
}


def test_a_fault_of_vega_is_a_sentence() -> None:
    """One line without a trace, and the next drawing is not touched by it."""
    made = sketches([json.dumps(spec) for each in AT_FAULT.values() for spec in (each, SPEC)], 1)
    for wrong, first, second in zip(AT_FAULT, made[::2], made[1::2], strict=True):
        assert wrong in first.fault
        assert "\n" not in first.fault
        assert second.svg.startswith("<svg")


ENDLESS = json.dumps(
    {**SPEC, "transform": [{"calculate": f"test(/(a+)+$/, '{'a' * 60}b')", "as": "b"}]}
)


def test_a_drawing_that_hangs_ends() -> None:
    """Its time is bounded, and what it was at is told."""
    assert sketches([ENDLESS], 1, seconds=4) == (workers.Drawing(fault=workers.LATE.format(4)),)


def test_a_process_draws_until_it_ends() -> None:
    """What it draws later is the same; one that was killed is replaced, and none outlives the `with`."""
    spec = json.dumps(SPEC)
    with workers.Drawers(1, HERE.fonts) as drawers:
        drawers.begin()
        drawn = [drawers.draw([spec]) for _ in range(2)]
        [first] = drawers._children
        first.kill()
        first.wait()
        drawn.append(drawers.draw([spec, spec])[:1])
        assert len(drawers._children) == 2
    assert drawn == [sketches([spec], 1)] * 3
    assert [child.poll() for child in drawers._children] == [-signal.SIGKILL] * 2


def test_a_drawing_whose_process_was_killed_is_drawn_by_another() -> None:
    """The system ends processes where memory is short: that is no fault of the figure."""
    spec = json.dumps(SPEC)
    with workers.Drawers(1, HERE.fonts) as drawers:
        drawers.begin()
        [first] = drawers._children
        first.send_signal(signal.SIGSTOP)  # it answers nothing until it is killed
        killer = threading.Timer(0.5, first.kill)
        killer.start()
        assert drawers.draw([spec]) == sketches([spec], 1)
        killer.join()
    assert len(drawers._children) == 2


def test_who_interrupts_does_not_wait_for_a_drawing_that_hangs() -> None:
    """Ctrl-C ends the run, and the process that draws with it."""
    given = f"[{ENDLESS!r}], 1, Path({str(HERE.fonts)!r}), seconds=3600"
    wanted = "from pathlib import Path; from press.page.vega import workers"
    code = f"{wanted}; workers.draw({given})"
    run = subprocess.Popen(
        [sys.executable, "-P", "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (child := children(run.pid)):
        assert run.poll() is None
        time.sleep(0.05)
    os.kill(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=300)
    assert said.rstrip().endswith("KeyboardInterrupt")
    with pytest.raises(ProcessLookupError):
        os.kill(child[0], 0)


def children(process: int) -> list[int]:
    """Return the processes that *process* has started."""
    told = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    return [pid for pid, parent in pairs if parent == process]


def refused(sketch: Sketch, change: Callable[[str, Scene], str]) -> str:
    """Return why a drawing is refused once *change* has had its hands on its SVG and its scene."""
    commission, drawing = sketch
    drawing = copy.deepcopy(drawing)
    assert figures.finish(commission, drawing, HERE.fonts)
    damaged = change(drawing.svg, dict(drawing.scene))
    with pytest.raises(vega_svg.DrawingRefusedError) as caught:
        figures.finish(commission, dataclasses.replace(drawing, svg=damaged), HERE.fonts)
    return str(caught.value)


def layer(scene: Scene, number: int) -> list[Any]:
    """Return the items of one layer of *scene*."""
    return [
        item
        for mark in scene["scenegraph"]["items"][0]["items"]
        if mark.get("name") == f"layer_{number}_marks"
        for item in mark["items"]
    ]


def without(svg: str, scene: Scene) -> str:
    """Take a mark out of the scene."""
    del scene["scenegraph"]["items"][0]["items"][-1]["items"][-1]
    return svg


def longer(svg: str, scene: Scene) -> str:
    """Make a bar longer, in the scene and in the drawing."""
    [*_, bar] = layer(scene, 0)
    wide = bar["width"]
    bar["width"] = bar["x2"] = wide + 3
    return svg.replace(f"h{wide}", f"h{wide + 3}").replace(f"h-{wide}", f"h-{wide + 3}")


def moved(svg: str, scene: Scene) -> str:
    """Move a point, in the scene and in the drawing."""
    [*_, point] = layer(scene, 0)
    at = point["x"]
    point["x"] += 2
    return svg.replace(f"translate({at},", f"translate({at + 2},")


DAMAGES: Mapping[str, tuple[str, Callable[[str, Scene], str], str]] = {
    "a mark less": ("example-chart", without, "shows 1 mark for 2 values"),
    "a mark elsewhere": ("example-chart", moved, "not at the places"),
    "a longer bar": ("example-layers", longer, "not as long as their values"),
    "another word": (
        "example-layers",
        lambda svg, scene: layer(scene, 1)[0].update(text="8") or svg,
        "lacks '9'",
    ),
    "a word lost on the way": (
        "example-bars",
        lambda svg, _: re.sub(r"<text[^>]*>2,500</text>", "", svg),
        "shows 7 parts of 8",
    ),
    "a word moved on the way": (
        "example-bars",
        lambda svg, _: svg.replace("translate(358.2395,42)", "translate(300,42)"),
        "'2,500' in another place",
    ),
    "a bar cut on the way": (
        "example-layers",
        lambda svg, _: svg.replace("h283.5", "h280").replace("h-283.5", "h-280"),
        "'a mark' in another place",
    ),
}


@pytest.fixture(scope="module")
def damageable(shown: ed.Edition) -> Mapping[str, Sketch]:
    """Return what Vega makes of the wide drawing of each block whose drawing is damaged."""
    wanted = {block: asked(shown, block) for block, _, _ in DAMAGES.values()}
    made = sketches([one.spec for one in wanted.values()], 1)
    return {block: (one, each) for (block, one), each in zip(wanted.items(), made, strict=True)}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_drawing_that_shows_something_else_is_refused(
    damageable: Mapping[str, Sketch], name: str
) -> None:
    """Marks are counted and measured in Vega's scene, and each is looked for in the finished drawing."""
    block, change, wrong = DAMAGES[name]
    assert wrong in refused(damageable[block], change)


def test_a_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its drawing has none, and nothing raises."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert sketches(["{}", "{}"], 2) == (workers.Drawing(fault=workers.DIED),) * 2


def test_a_build_with_no_change_needs_no_vega() -> None:
    """Neither do commissions: only the process that draws imports it."""
    code = "import sys, press.build.build, press.build.editions, press.page.figures; print('vl_convert' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert run.stdout == "False\n"


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">{}</svg>'


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<image href="https://example.org/x.png"/>', "<image>"),
        ('<a href="https://example.org/"><path d="M0,0h1"/></a>', "<a>"),
        ('<path d="M0,0h1" onclick="x()" fill="#0b5d57"/>', "onclick"),
        ('<path d="M0,0h1" style="fill:red"/>', "style"),
        ('<path id="x" d="M0,0h1"/>', "id"),
        ('<path d="M0,0 url(x)" fill="#0b5d57"/>', "path"),
        ('<path d="M0,0h1" fill="red"/>', "colour red"),
        ('<path d="M0,0h1" fill="url(#g)"/>', "colour url"),
        ('<path d="M0,0h1" fill="#0b5d57" opacity="0.5"/>', "opacity"),
        ('<path d="M0,0h1" fill="#0b5d57" transform="rotate(90)"/>', "turned"),
        ('<text font-size="11px" font-family="Arial" fill="#0b5d57">x</text>', "font"),
        ("<path", "damaged"),
    ],
)
def test_a_drawing_with_more_in_it_is_refused(inside: str, fault: str) -> None:
    """Nothing is left out without a word: what is not known to be harmless stops the drawing."""
    with pytest.raises(vega_svg.DrawingRefusedError, match=re.escape(fault)):
        vega_svg.clean(SVG.format(inside), NAMED, "told", RULER)


def test_a_drawing_with_a_doctype_is_refused() -> None:
    """It could name entities."""
    with pytest.raises(vega_svg.DrawingRefusedError, match="not an SVG"):
        vega_svg.clean('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format(""), NAMED, "told", RULER)


def test_words_in_a_drawing_stay_words() -> None:
    """Markup in a label or an alternative is text."""
    text = '<text font-size="11px" fill="#17211f">&lt;b&gt; &amp;amp; "q"</text>'
    found = vega_svg.clean(SVG.format(text), NAMED, "\"'<script>&", RULER)
    assert '>&lt;b> &amp;amp; "q"</text>' in found
    assert "<script" not in found
    assert 'aria-label="&quot;\'&lt;script&gt;&amp;"' in found


SPECS = {
    "address": ("data: {url: 'https://example.org/'}", "data are values of claims"),
    "number": ("mark: {type: bar, size: 40}", "takes no 'size'"),
    "expression": ("transform: [{calculate: '1'}]", "takes no 'transform'"),
    "mark": ("mark: pie", "unknown value 'pie'"),
    "colour": ("mark: {type: bar, color: red}", "unknown value 'red'"),
    "field": ("encoding: {x: {field: values, type: quantitative}}", "did you mean 'value'"),
    "words": ("encoding: {x: {field: label, type: quantitative}}", "cannot be measured"),
    "nothing": ("encoding: {x: {field: label, type: nominal}}", "nothing is measured"),
    "scale": ("encoding: {x: {field: value, type: quantitative, scale: {zero: false}}}", "bars start at zero"),
    "log": ("encoding: {x: {field: value, type: quantitative, scale: {type: log}}}", "bars start at zero"),
    "text": ("mark: text", "needs the channel 'text'"),
    "layer": ("layer: [{mark: bar, encoding: {x: {field: value, type: quantitative}}}]", "or 'layer'"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPECS)
def test_a_specification_takes_claims_values_only(tmp_path: Path, name: str) -> None:
    """Whatever else Vega-Lite would take is refused where it stands."""
    line, fault = SPECS[name]
    parts = {
        "data": "data: [{label: a, value: gardens.schools}, {label: b, value: gardens.others}]",
        "mark": "mark: bar",
        "encoding": "encoding: {x: {field: value, type: quantitative}}",
    }
    key = line.partition(":")[0]
    text = "title: t\nsubtitle: s\nsource: s\nalternative: a\nspec:\n"
    text += "".join(f"  {one}\n" for one in {**parts, key: line}.values())
    path = tmp_path / "f.yaml"
    path.write_text(text, "utf-8")
    tree, _ = reader.read(path, "f.yaml")
    value, problems = reader.validate(FigureBlock, tree)
    assert value is None
    assert any(fault in one.message and one.place.line > 4 for one in problems), problems


def test_a_map_fills_the_areas_of_the_claim(shown: ed.Edition, made: Mapping[str, str]) -> None:
    """All seven, by name, and its neighbours not."""
    [figure] = [one for one in shown.blocks() if isinstance(one, ed.Figure) and one.form == "map"]
    svg = made["example-map/wide"]
    assert len(figure.names) == 7
    assert sorted(words(svg).split()) == sorted(figure.names)
    assert len(re.findall(rf'fill="{COLOURS.pale}"', svg)) == 7


PARTS = """    parts:
      - {label: Elsewhere, value: gardens.others}
      - {label: At schools, value: gardens.schools}
"""
SHOWN = "x: {field: value, type: quantitative}"
ROWS = "y: {field: label, type: nominal}"
LOG = "x: {field: value, type: quantitative, scale: {type: log}}"
SILENT = "x: {field: value, type: quantitative, axis: {labels: false}}"
PAIR = "[{label: a, value: extra.none}, {label: b, value: extra.two}]"
TWO = "[{label: a, value: visitors.children}, {label: b, value: extra.part}]"
CHECKED = {
    "no chart": ("bars: [{label: a, value: extra.drawn}, {label: b, value: extra.two}]", "'chart: false'"),
    "too small": ("parts: [{label: a, value: gardens.schools}, {label: b, value: extra.many}]", "would not be seen"),
    "zero": ("bars: [{label: a, value: extra.none}, {label: b, value: extra.nought}]", "nothing to draw"),
    "undated": ("timeline: [{label: a, value: gardens.total}, {label: b, value: visitors.children}]", "no year"),
    "too young": ("timeline: [{label: a, value: gardens.total}, {label: b, value: extra.young}]", "no age"),
    "no names": ("map: {file: a.json, members: {label: a, value: gardens.total}}", "counts no names"),
    "over the whole": ("share: {label: a, value: extra.over}", "no more than the whole"),
    "too many parts": ("parts: [{label: a, value: extra.most}, {label: b, value: extra.half}]", "more than the whole"),
    "one label": ("bars: [{label: a, value: gardens.total}, {label: a, value: gardens.schools}]", "look like one"),
    "one label as printed": (
        "bars: [{label: Women's, value: gardens.total}, {label: women’s, value: gardens.schools}]",
        "look like one",
    ),
    "less than the whole": (
        "parts: [{label: a, value: extra.half}, {label: b, value: extra.rest}]",
        "come to 80%, which is less than the whole",
    ),
    "years": ("bars: [{label: a, value: extra.first}, {label: b, value: extra.last}]", "years are no amounts"),
    "zero on a log scale": (
        f"spec: {{data: {PAIR}, mark: point, encoding: {{{LOG}, {ROWS}}}}}",
        "no place on a log scale",
    ),
    "nothing named": (
        f"spec: {{data: {PAIR}, mark: bar, encoding: {{{SHOWN}}}}}",
        "nothing in this drawing names its marks",
    ),
    "no amount": (
        f"spec: {{data: {PAIR}, mark: bar, encoding: {{{SILENT}, {ROWS}}}}}",
        "nothing in this drawing says how much",
    ),
    "looks exact": (f"spec: {{data: {TWO}, mark: bar, encoding: {{{SHOWN}}}}}", "would look exact"),
}  # fmt: skip
EXTRA = """
extra:
  ref: C090
  source: survey
  locator: P1.1
  passage: 7692c3ad
  claim: Extra.
  chart: {chart}
  values:
    part: {{number: 40, unit: percent}}
    over: {{number: 100, bound: more than, unit: percent}}
    most: {{number: 90, unit: percent}}
    half: {{number: 50, unit: percent}}
    rest: {{number: 30, unit: percent}}
    first: {{number: 2012, unit: year}}
    last: {{number: 2014, unit: year}}
    drawn: {{number: 8, unit: gardens}}
    two: {{number: 40, unit: gardens}}
    many: {{number: 4000, unit: gardens}}
    none: {{number: 0, unit: gardens}}
    nought: {{derived: 40 - 40, unit: gardens}}
    young: {{number: 8, unit: gardens, year: 2026}}
    states: {{counted: [Kazakstan, Russia], unit: states}}
  year: not stated
  kind: fact
  basis: own
  use: ok
"""


@pytest.mark.parametrize("name", CHECKED)
def test_what_cannot_be_drawn_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    """A figure that would mislead, or show nothing, is refused in the file where it stands."""
    form, fault = CHECKED[name]
    content = Path(shutil.copytree(Path(__file__).parents[1] / "library", tmp_path / "content"))
    blocks, claims = content / "blocks/red.yaml", content / "claims/gardens.yaml"
    assert PARTS in blocks.read_text("utf-8")
    blocks.write_text(blocks.read_text("utf-8").replace(PARTS, f"    {form}\n"), "utf-8")
    chart = "false" if name == "no chart" else "true"
    claims.write_text(claims.read_text("utf-8") + EXTRA.format(chart=chart), "utf-8")
    read = library.load(content, "content")
    assert not [one for one in read.faults if "extra" not in one.problem.message]
    figure = read.blocks["red-figure"]
    assert isinstance(figure, FigureBlock)
    told = [one for one in charts.of_figure(read, figure) if fault in one.message]
    assert told
    assert {one.place.path for one in told} == {"content/blocks/red.yaml"}


def test_every_form_prints_whole(
    shown: ed.Edition, made: Mapping[str, str], tmp_path: Path
) -> None:
    """On paper no word leaves its drawing, none is small or lost, and the engine has nothing to say."""
    composer = compose.Composer(HERE.template_folders)
    drawn = tuple(one for one in shown.blocks() if isinstance(one, ed.Figure))
    front, rest = ed.Section("figure", drawn[:1]), ed.Section("evidence", drawn[1:])
    page = printed(
        composer.page(dataclasses.replace(shown, sections=(front, rest), logos=()), (), made)
    )
    facts = print_job(page, {}, setup(tmp_path)).facts
    assert not facts.complaints
    assert not facts.ink
    assert facts.smallest is not None
    assert facts.smallest.points >= 7.5
    wanted = pages.letters(pages.spots(elements_of(page)))
    blocks = {one.id for one in drawn}
    assert {name: facts.letters[name] for name in blocks} == {name: wanted[name] for name in blocks}


def test_a_limit_on_address_space_is_no_fault_of_a_figure() -> None:
    """The engine reserves more than containers often allow: that is named, and no figure is blamed."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))\n"
        "from pathlib import Path; from press.page.vega.workers import draw\n"
        f"draw(['{{}}'], 1, Path({str(HERE.fonts)!r}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (
        "ConfigurationError: figures cannot be drawn: the address space is limited to 4 GB"
        in run.stderr
    )


ACROSS = "x: {field: label, type: ordinal}, y: {field: value, type: quantitative}"
LINES = "axis: {domain: true, ticks: true, grid: true}"
OFFERED = {
    "rule": ("rule", f"x: {{field: low, type: quantitative}}, x2: {{field: high}}, {ROWS}"),
    "tick": ("tick", f"{SHOWN}, {ROWS}"),
    "square": ("square", f"{SHOWN}, {ROWS}"),
    "axis lines": ("bar", f"x: {{field: value, type: quantitative, {LINES}}}, {ROWS}"),
    "axis of words": ("bar", f"{SHOWN}, y: {{field: label, type: nominal, {LINES}}}"),
    "words across": ("bar", ACROSS),
    "a line": ("line", ACROSS),
    "a line in its colour": ("{type: line, color: soft}", ACROSS),
}


def author_library(tmp_path: Path, form: str) -> library.Draft:
    """Return the small library with a figure of this *form*, such as 'bars: [...]'."""
    content = Path(shutil.copytree(Path(__file__).parents[1] / "library", tmp_path / "content"))
    blocks = content / "blocks/red.yaml"
    blocks.write_text(blocks.read_text("utf-8").replace(PARTS, f"    {form}\n"), "utf-8")
    return library.load(content, "content")


def spec_of(*layers: tuple[str, str]) -> str:
    """Return a specification of two values with these layers: mark and encoding."""
    data = (
        "[{label: Elsewhere, value: gardens.others}, {label: At schools, value: gardens.schools}]"
    )
    marks = ", ".join(f"{{mark: {mark}, encoding: {{{encoding}}}}}" for mark, encoding in layers)
    return f"spec: {{data: {data}, layer: [{marks}]}}"


def commissioned(folder: Path, form: str) -> list[Commission]:
    """Return the drawings of a figure that an author specifies."""
    folder.mkdir()
    read = author_library(folder, form)
    assert not read.faults
    assert not list(charts.check(read))
    edition = resolve.resolve(library.sound(read), "red", "en")
    return [*figures.commissions(edition, HERE.fonts)]


@pytest.fixture(scope="module")
def by_authors(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """Return the fault of each drawing of each example, or ''; one process draws them all."""
    folder = tmp_path_factory.mktemp("authors")
    specs = {name: spec_of(layer) for name, layer in OFFERED.items()}
    specs |= {name: spec_of(*layers) for name, (layers, _) in MISLEADING.items()}
    assert len(specs) == len(OFFERED) + len(MISLEADING)
    wanted = {name: commissioned(folder / name, spec) for name, spec in specs.items()}
    found = drawn_together(wanted)
    assert all(bool(one.svg) != bool(one.fault) for each in found.values() for _, one in each)
    return {name: [one.fault for _, one in each] for name, each in found.items()}


@pytest.mark.parametrize("name", OFFERED)
def test_what_the_schema_offers_can_be_drawn(
    by_authors: Mapping[str, list[str]], name: str
) -> None:
    """No message without a way out awaits an author who uses a key that an editor offers."""
    assert not any(by_authors[name])


YEARS = "y: {field: year, type: nominal}"
ON_BARS = f"{SHOWN}, {ROWS}, text: {{field: shown}}"
MISLEADING = {
    "two values in one bar": (
        [("bar", f"{SHOWN}, {YEARS}"), ("text", f"{SHOWN}, {ROWS}, text: {{field: label}}")],
        "as one mark",
    ),
    "two bars over each other": (
        [
            ("bar", f"x: {{field: value, type: quantitative, stack: false}}, {YEARS}"),
            ("text", f"{SHOWN}, {ROWS}, text: {{field: label}}"),
        ],
        "as one mark",
    ),
    "words over each other": (
        [
            ("bar", f"{SHOWN}, {ROWS}"),
            ("text", ON_BARS),
            ("{type: text, dx: 3}", f"{SHOWN}, {ROWS}, text: {{field: value}}"),
        ],
        "lie over each other",
    ),
    "words that are too pale": (
        [("point", f"{SHOWN}, {ROWS}"), ("{type: text, color: pale, dx: 30}", ON_BARS)],
        "is pale on paper",
    ),
    "words in the colour of their bar": (
        [("bar", f"{SHOWN}, {ROWS}"), ("{type: text, align: right, dx: -2}", ON_BARS)],
        "is ink on accent",
    ),
    "lines that are too pale": (
        [
            ("{type: rule, color: rule}", f"{SHOWN}, {ROWS}"),
            ("{type: text, align: left, dx: 3}", ON_BARS),
        ],
        "a mark is rule on paper",
    ),
    "outlines that are too pale": (
        [
            ("{type: point, color: rule, filled: false}", f"{SHOWN}, {ROWS}"),
            ("{type: text, align: left, dx: 9}", ON_BARS),
        ],
        "a mark is rule on paper",
    ),
    "words in another row": (
        [("bar", f"{SHOWN}, {ROWS}"), ("{type: text, align: left, dx: 4, dy: 35}", ON_BARS)],
        "beside another mark",
    ),
    "a bar from a value to itself": (
        [
            ("bar", f"{SHOWN}, x2: {{field: low}}, {ROWS}"),
            ("{type: text, align: left, dx: 3}", ON_BARS),
        ],
        "too short to be seen",
    ),
    "two bars in each other, in no row": (
        [
            ("bar", "x: {field: value, type: quantitative, stack: false}"),
            ("text", f"{SHOWN}, text: {{field: label}}"),
        ],
        "as one mark",
    ),
    "no scale": (
        [
            ("point", f"x: {{field: value, type: quantitative, axis: {{labels: false}}}}, {ROWS}"),
            ("tick", f"{SHOWN}, {ROWS}"),
        ],
        "says how much",
    ),
}


@pytest.mark.parametrize("name", MISLEADING)
def test_a_drawing_that_misleads_is_refused(by_authors: Mapping[str, list[str]], name: str) -> None:
    """It is read back, whatever specification it was made of."""
    _, wrong = MISLEADING[name]
    assert by_authors[name]
    assert all(wrong in fault for fault in by_authors[name])


def test_an_axis_of_years_marks_whole_years(shown: ed.Edition) -> None:
    """Vega would mark the middle of two years and print it as the second one; years that are values get a separator."""
    year = {"field": "year", "type": "quantitative"}
    encoding = {
        "x": year,
        "y": {"field": "value", "type": "quantitative", "scale": {"zero": False}},
    }
    layers = [
        {"mark": "point", "encoding": encoding},
        {"mark": {"type": "text", "dy": -9}, "encoding": {**encoding, "text": {"field": "label"}}},
    ]
    wanted = figure("spec", ("Few", 10, "exact"), ("More", 30, "exact"))
    few, more = wanted.data
    data = (few, dataclasses.replace(more, first=2013, last=2013))
    spec = json.dumps({"height": None, "layer": layers})
    first, last = (
        dataclasses.replace(datum, low=low, high=low, unit="year")
        for datum, low in zip(data, (1994.0, 1995.0), strict=True)
    )
    drawn = drawn_together(
        {
            years: commissions(shown, dataclasses.replace(wanted, spec=spec, data=rows))
            for years, rows in (("", data), ("1994 1995", (first, last)))
        }
    )
    for years, made in drawn.items():
        assert made
        for _, drawing in made:
            found = re.findall(r">([12],?\d\d\d)<", drawing.svg)
            assert found == ["2012", "2013", *years.split()]


BOUNDED = "[{label: Children, value: visitors.children}, {label: All, value: seeds.last}]"
DATED = '{{label: "{{gardens.{}:year}}", value: gardens.{}}}'
NOT_DRAWN = {
    "bars of years": (
        spec_of(("bar", f"x: {{field: year, type: quantitative}}, {ROWS}"), ("text", ON_BARS)),
        "years are no amounts",
    ),
    "a log scale under bars": (
        spec_of(
            ("bar", f"{SHOWN}, {ROWS}"),
            ("point", f"x: {{field: value, type: quantitative, scale: {{type: log}}}}, {ROWS}"),
        ),
        "layers share one scale along x",
    ),
    "years and amounts on one scale": (
        spec_of(
            ("tick", f"{SHOWN}, {ROWS}"),
            ("point", f"x: {{field: year, type: quantitative}}, {ROWS}"),
        ),
        "layers share one scale along x",
    ),
    "a bound that only tells marks apart": (
        f"spec: {{data: {BOUNDED}, mark: point, encoding: {{{SHOWN}, {ROWS}, detail: {{field: shown}}}}}}",
        "would look exact",
    ),
    "labels that print alike": (
        f"bars: [{DATED.format('total', 'others')}, {DATED.format('schools', 'schools')}]",
        "this label is in the figure already",
    ),
    "tiles with one label": (
        "tiles: [{label: Gardens, value: gardens.others}, {label: gardens, value: gardens.schools}]",
        "this label is in the figure already",
    ),
}


@pytest.mark.parametrize("name", NOT_DRAWN)
def test_a_figure_that_would_mislead_is_not_drawn(tmp_path: Path, name: str) -> None:
    """It is refused where it is read, before anything is drawn."""
    form, wrong = NOT_DRAWN[name]
    read = author_library(tmp_path, form)
    faults = [*read.faults, *(charts.check(read) if not read.faults else ())]
    assert any(wrong in fault.problem.message for fault in faults)


def test_a_bar_that_is_too_short_is_refused(shown: ed.Edition) -> None:
    """Beside a value that is much larger it would be no bar at all; a value of zero needs none."""
    drawn = drawn_together(
        {
            wrong: commissions(
                shown, figure("bars", ("Few", small, "exact"), ("Many", 10**6, "exact"))
            )
            for small, wrong in ((1, "too short to be seen, 1:"), (0, ""))
        }
    )
    for wrong, made in drawn.items():
        assert made
        for _, drawing in made:
            assert wrong in drawing.fault
            assert bool(drawing.fault) == bool(wrong)


def test_parts_in_fractions_come_to_the_whole(tmp_path: Path) -> None:
    """A third and a half do not fill a bar, and a third and two thirds do."""
    form = "parts: [{label: Some, value: visitors.share}, {label: Rest, value: visitors.rest}]"
    for rest, faults in (
        ("1/2", ["these parts come to 5/6, not to the whole: use bars"]),
        ("2/3", []),
    ):
        place = tmp_path / rest.replace("/", "-")
        author_library(place, form)
        claims = place / "content/claims/gardens.yaml"
        share = "share: {fraction: 1/3, unit: share, of: not stated}"
        both = f"{share}\n    rest: {{fraction: {rest}, unit: share}}"
        claims.write_text(claims.read_text("utf-8").replace(share, both), "utf-8")
        read = library.load(place / "content", "content")
        assert [fault.problem.message for fault in charts.check(read)] == faults
