"""Content of any size is set so that its pages are sound, or what is wrong with them is said."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pytest

from press.build import editions
from press.build import fit as fitting
from press.build import prints as printing
from press.build.build_request import Request
from press.build.fit import PLAIN, Fit, Fitted, Known, Parts, Step
from press.checks import layout
from press.checks import page as page_check
from press.checks import print as prints
from press.page.compose import Composer
from press.page.elements import elements_of
from press.print import pool as workers
from press.print.server.client import PrintFailedError, PrintServer
from press.print.server.guard import PrintLimits
from tests.print.test_pdf_samples import page, serving
from tests.support.editions import composed as first_page
from tests.support.editions import means
from tests.support.folders import HERE, setup
from tests.support.growing import Size, grown, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.checks.standard import Standard
    from press.problems import Problem


SOUND = Size(title=4, messages=5, message=30, paragraphs=11, ask=25)
NOTHING: Known = MappingProxyType({})
LOOSE = Size(title=4, messages=4, message=30, paragraphs=2)  # page 1 has a hole
TIGHT = Size(title=18, messages=6, message=30, paragraphs=11)  # on page 1


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    """Run one server for all pages."""
    with serving(tmp_path_factory.mktemp("fitting")) as running:
        yield running


def fit_page(page: str, standard: Standard, server: PrintServer, known: Known = NOTHING) -> Fitted:
    """Fit a page that has no images."""
    server.begin({})
    return fitting.fit_page(page, standard, server, Parts(server, known, {}))


class Made(NamedTuple):
    """A brief that was fitted."""

    page: str
    fitted: Fitted
    problems: list[Problem]
    layouts: int  # how many it took, that of the sheet of titles included
    writings: int


def composed(folder: Path, size: Size) -> tuple[str, Standard]:
    """Return the page of a brief of this size, and what its print is held to."""
    library, page = first_page(means(folder, grown(folder, size)))
    return page.paper, printing.standard_of(library, page)


def made(folder: Path, size: Size, server: PrintServer) -> Made:
    """Fit a brief of this size."""
    page, standard = composed(folder, size)
    layouts, writings = server.layouts, server.writings
    fitted = fit_page(page, standard, server)
    problems = [*prints.check(standard, fitted.print.facts)]
    return Made(page, fitted, problems, server.layouts - layouts, server.writings - writings)


@pytest.mark.parametrize(("words", "body"), [(16, "<body>"), (22, '<body class="letter">')])
def test_a_title_is_as_narrow_as_its_lines_allow(
    tmp_path: Path, server: PrintServer, words: int, body: str
) -> None:
    """Its lines are about as long as each other, and there are no more of them than in the widest, in its own size."""
    page, standard = composed(tmp_path, Size(title=words))
    page = page.replace("<body>", body)
    widest = server.print(page, {}).facts.titles[0]
    fitted = fit_page(page, standard, server)
    assert 0 < fitted.fit.title < 100
    assert fitted.print.facts.titles[0].lines == widest.lines
    narrower = fitting.set_page(page, replace(fitted.fit, title=fitted.fit.title - 2))
    assert server.print(narrower, {}).facts.titles[0].lines > widest.lines


@pytest.mark.parametrize(
    ("edited", "kept"),
    [
        (replace(TIGHT, paragraphs=10), 5),
        (replace(TIGHT, message=31), 1),
        (replace(TIGHT, title=17), 0),
    ],
    ids=["a later page", "page 1", "the title"],
)
def test_what_an_edit_leaves_as_it_was_is_not_laid_out_again(
    tmp_path: Path, server: PrintServer, edited: Size, kept: int
) -> None:
    """The print is the same, to the last byte, as if nothing had been known."""
    known = fit_page(*composed(tmp_path / "before", TIGHT), server).parts
    assert len(known) == 5  # the title, and page 1 in four settings
    now = composed(tmp_path / "after", edited)
    start = server.layouts
    new = fit_page(*now, server)
    middle = server.layouts
    assert fit_page(*now, server, known) == new
    assert (middle - start) - (server.layouts - middle) == kept


@pytest.mark.parametrize("name", ["image", "other"])
def test_a_part_with_another_image_is_another_part(name: str, server: PrintServer) -> None:
    """Its digest has the bytes and names of all images that the page may show."""
    parts = Parts(server, NOTHING, {"image": b"one"})
    server.begin({"image": b"one"})
    parts.lay_out(page("<p>Text"))
    server.begin({name: b"other"})
    changed = Parts(server, parts.used, {name: b"other"})
    layouts = server.layouts
    changed.lay_out(page("<p>Text"))
    assert server.layouts == layouts + 1


def test_a_title_does_not_end_in_one_word(tmp_path: Path, server: PrintServer) -> None:
    """In the widest setting it would; what was mended is said."""
    page, standard = composed(tmp_path, Size(title=8))
    assert server.print(page, {}).facts.titles[0].last_words == 1
    fitted = fit_page(page, standard, server)
    assert fitted.print.facts.titles[0].last_words > 1
    assert fitted.mended.startswith("the title set narrower, so that its last line has more than")


def test_what_is_sound_is_laid_out_once_and_written_once(
    tmp_path: Path, server: PrintServer
) -> None:
    """Beside the sheet of titles, which a short title does not need, and page 1, which is laid out before the whole."""
    one = made(tmp_path / "short", SOUND, server)
    assert (one.problems, one.fitted.mended, one.fitted.fit) == ([], "", Fit())
    assert (one.layouts, one.writings) == (2, 1)
    two = made(tmp_path / "long", replace(SOUND, title=10), server)
    assert (two.problems, two.fitted.mended) == ([], "")
    assert (two.layouts, two.writings) == (3, 1)


@pytest.mark.parametrize(
    ("size", "steps", "layouts"),
    [
        # with the sheet of titles, where there is one, and page 1 in one step
        (Size(messages=5, message=30, ask=25, paragraphs=2), ("", "tightest"), 1 + 1 + 4),
        (Size(title=4, options=0), ("", ""), 1 + 1 + len(fitting.STEPS)),
        (LOOSE, ("looser", "tighter"), 3 + 2),
    ],
    ids=["the latest", "the first", "with another step of page 1"],
)
def test_the_best_layout_is_written_and_no_other(
    tmp_path: Path, server: PrintServer, size: Size, steps: tuple[str, str], layouts: int
) -> None:
    """It is not laid out again, and has the bytes that it has alone."""
    one = made(tmp_path, size, server)
    assert (one.fitted.fit.front.room, one.fitted.fit.rest.room) == steps
    assert (one.layouts, one.writings) == (layouts, 1)
    assert server.print(fitting.set_page(one.page, one.fitted.fit), {}) == one.fitted.print


def test_page_1_alone_is_what_it_is_in_its_brief(tmp_path: Path, server: PrintServer) -> None:
    """It is laid out before the whole, and has the same faults."""
    page, standard = composed(tmp_path / "page", TIGHT)
    alone = fitting.page_one(page)
    held_to_alone = replace(
        standard, letters=page_check.letters(page_check.spots(elements_of(alone)))
    )
    faults = set()
    for step in (PLAIN, *fitting.STEPS):
        whole, part = (
            server.lay_out(fitting.set_page(each, Fit(0, step))) for each in (page, alone)
        )
        *front, empty = part.sheets  # page 1 may come to a second sheet
        assert empty.words == 0
        assert tuple(front) == whole.sheets[: len(front)]
        left, left_alone = (
            [
                (each.aim, each.problem.place)
                for each in layout.mendable(held_to, facts)
                if each.front
            ]
            for held_to, facts in ((standard, whole), (held_to_alone, part))
        )
        assert left == left_alone
        faults.add(len(left))
    assert len(faults) > 1
    one = made(tmp_path / "fitted", TIGHT, server)
    trials = 4  # of page 1, up to the step that mends it
    assert (one.layouts, one.writings) == (1 + trials + 1, 1)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("</style>", ".front + .section { break-before: auto !important }</style>"),
        ('class="front"', 'class="front wide"'),
        ('class="front"', 'class="other"'),
    ],
    ids=["with what follows", "of two classes", "without its class"],
)
def test_page_1_of_a_series_own_templates_is_judged_as_it_is(
    tmp_path: Path, server: PrintServer, word: str, other: str
) -> None:
    """It is filled by what follows its front, or where that has another name: no hole is mended that is not there."""
    page, standard = composed(tmp_path, LOOSE)
    own = page.replace(word, other, 1)
    facts = server.print(own, {}).facts
    fitted = fit_page(own, standard, server)
    holes = [fault for fault in layout.mendable(standard, facts) if fault.front]
    assert (fitted.fit.front == PLAIN) == (not holes)
    assert not any(fault.front for fault in layout.mendable(standard, fitted.print.facts))


def test_page_1_is_set_tighter_where_it_would_lose_something(
    tmp_path: Path, server: PrintServer
) -> None:
    """The pages behind it stay as they are."""
    page, standard = composed(tmp_path / "plain", TIGHT)
    plain = server.print(page, {})
    assert {one.rule for one in prints.check(standard, plain.facts)} == {"page-one"}
    one = made(tmp_path / "fitted", TIGHT, server)
    assert not one.problems
    assert (one.fitted.fit.front, one.fitted.fit.rest) == (Step("tightest", "smaller"), PLAIN)
    assert one.fitted.mended == (
        "spacing two steps tighter and figures smaller on page 1, so that it holds what belongs there"
    )


def test_a_last_page_of_a_few_lines_is_mended(tmp_path: Path, server: PrintServer) -> None:
    """The spaces become tighter, and it is gone."""
    one = made(tmp_path, Size(messages=5, message=30, ask=25, paragraphs=2), server)
    assert not one.problems
    assert one.fitted.fit.rest != PLAIN
    assert "so that the last page is at least 50% full" in one.fitted.mended
    assert one.fitted.print.facts.pages == 2


SIZES = {
    "title of four words": (Size(title=4, paragraphs=3), {"hole", "short", "last page"}),
    "title of thirty words": (Size(title=30), {"hole", "short", "title", "last page"}),
    "no option, no figure": (Size(options=0, figures=0), {"hole", "short"}),
    "nine options": (Size(options=9, option=12), {"hole", "short"}),
    "four figures, 20 paragraphs": (Size(figures=4, paragraphs=20), {"hole", "short", "last page"}),
    "one message": (
        Size(messages=1, figures=0, paragraphs=1, options=0),
        {"hole", "short", "last page"},
    ),
    "an ask of 120 words": (Size(ask=120), {"page 1", "hole", "last page"}),
    "rows of half a page": (Size(options=2, option=150), {"hole", "short", "last page"}),
    "rows of two pages": (
        Size(options=2, option=250),
        {"hole", "short", "row", "stranded", "last page"},
    ),
}


@pytest.mark.turns
@pytest.mark.parametrize("size", SIZES)
def test_a_brief_of_any_size_is_sound_or_says_what_is_wrong(
    tmp_path: Path, server: PrintServer, size: str
) -> None:
    """In so many layouts at most, and one writing; what is told names what to change."""
    given, allowed = SIZES[size]
    one = made(tmp_path, given, server)
    words_of = {
        "hole": "has a hole",
        "short": "page 1 is too short",
        "title": "the title has",
        "row": "a row is split",
    }
    expected = [words_of.get(word, word) for word in allowed]
    assert all(any(word in told.message for word in expected) for told in one.problems), (
        one.problems
    )
    assert one.layouts <= 1 + 2 * (1 + len(fitting.STEPS)) + 1
    assert one.writings == 1
    assert not one.fitted.print.facts.lone


def test_a_setting_is_for_print_only() -> None:
    """It stands in a style that no screen reads, and changes nothing else of the page."""
    page = Composer(HERE.template_folders).texts["page.html.j2"]
    fit = Fit(80, Step("tighter"), Step("loosest", "larger"))
    worn = fitting.set_page(page, fit)
    rule = (
        ":root{--title-share:0.8;--front-room:var(--room-tighter);"
        "--room:var(--room-loosest);--figure-step:var(--figure-larger)}"
    )
    assert fit.rule() == rule
    assert worn == page.replace(fitting.MARKER, rule)
    assert f'<style media="print">{rule}</style>' in worn


def test_a_setting_can_be_told_from_any_other(tmp_path: Path, server: PrintServer) -> None:
    """Each token that a step names is declared, in the order of the steps: a var() of nothing would do nothing."""
    tokens = Composer(HERE.template_folders).texts["styles/tokens.css"]
    known = {name: float(size) for name, size in re.findall(r"--([a-z-]+): ([.0-9]+);", tokens)}
    rooms = [known[f"room{step}"] for step in ("-tightest", "-tighter", "", "-looser", "-loosest")]
    figures = [known[name] for name in ("figure-smaller", "figure-step", "figure-larger")]
    assert all(low < high for sizes in (rooms, figures) for low, high in pairwise(sizes))
    page, _ = composed(tmp_path, Size(options=0, figures=2, paragraphs=2))
    filled = [
        [sheet.filled_mm for sheet in server.print(fitting.set_page(page, fit), {}).facts.sheets][
            :2
        ]
        for fit in (Fit(), Fit(front=Step("loosest", "larger")), Fit(rest=Step("looser", "larger")))
    ]
    assert filled[1][0] > filled[0][0]
    assert filled[1][1] == filled[0][1]
    assert filled[2][0] == filled[0][0]
    assert filled[2][1] > filled[0][1]


def test_a_kept_print_is_what_was_put_there(tmp_path: Path, server: PrintServer) -> None:
    """Print, setting and words come back from the store; what is known of parts has a place of its own."""
    fitted = made(tmp_path, Size(), server).fitted._replace(parts={})
    assert printing.unpack(printing.pack(fitted)) == fitted


def test_the_block_over_which_the_engine_fails_is_named(tmp_path: Path) -> None:
    """A grid that floats, and is longer than a page, stops the engine."""
    page, standard = composed(tmp_path, Size(messages=1, message=1050))
    floats = '<style>[data-block="red-message-0"]{float:left;display:grid}</style>'
    page = page.replace("<head>", f"<head>{floats}", 1)
    said = "prints without this block: shorten it"
    with (
        workers.Pool(1, setup(tmp_path)) as pool,
        pytest.raises(PrintFailedError, match=said) as told,
    ):
        pool.submit(fitting.fit_job, page, {}, standard, setup(tmp_path)).result()
    assert told.value.block == "red-message-0"


def test_a_brief_that_costs_too_much_is_told_at_its_longest_block(tmp_path: Path) -> None:
    """All trials of a brief share one budget of the processor's time."""
    page, standard = composed(tmp_path, Size(messages=2, message=30))
    limited = replace(setup(tmp_path), limits=PrintLimits(seconds=0.01))
    longest = max(standard.letters, key=lambda block: standard.letters[block])
    with (
        workers.Pool(1, limited) as pool,
        pytest.raises(PrintFailedError, match=r"0.01 s of the processor.*its longest part") as told,
    ):
        pool.submit(fitting.fit_job, page, {}, standard, limited).result()
    assert (told.value.kind, told.value.block) == ("late", longest)


def test_the_culprit_is_found_wherever_it_stands() -> None:
    """The longest block is tried first, then parts of the page; where no block is to blame, none is."""
    blocks = [f"b{number}" for number in range(9)]
    page = fitting.MARKER + "".join(f'<p data-block="{block}">' for block in blocks)

    def fails_by(bad: str) -> str:
        def fails(shown: str) -> bool:
            return f'[data-block="{bad}"]{{display:none}}' not in shown

        return fitting.culprit(page, {"b4": 9}, fails)

    assert [fails_by(block) for block in blocks] == blocks
    assert not fails_by("none")
    assert words(3) == "Gardens near gardens"


def produced(content: Path, pool: workers.Pool | None) -> editions.Product:
    """Make the briefs of *content*, with a store beside it."""
    given = means(content.parent, content, pool)
    return editions.produce(Request(given.folders), given)


def test_a_setting_is_kept_with_its_print(tmp_path: Path) -> None:
    """What was mended is printed once, said each time, and the page has it with and without a printer."""
    content = grown(tmp_path, TIGHT)
    with workers.Pool(1, setup(tmp_path)) as pool:
        [first] = produced(content, pool).finished.values()
        [second] = produced(content, pool).finished.values()
    [third] = produced(content, None).finished.values()
    assert (first.new, second.new, third.printed.print) == (True, False, None)
    assert first.printed.mended == second.printed.mended != ""
    assert first.printed.print == second.printed.print
    assert first.files["html"] == second.files["html"] == third.files["html"]
    assert '<style media="print">:root{--' in first.printed.html
    assert '<style media="print">:root{--' not in first.printed.page.html
