"""What is around a brief on a screen: evidence at its number, contents, the ways to other briefs and to the print."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import sync_playwright

from press.edition import resolve
from press.page import compose
from tests.edition.test_resolve import loaded
from tests.page.test_screen import CUT, SCHEMES, Window, started, violations
from tests.support.composing import page_of
from tests.support.site import BRIEFS, CATALOGUE, NOTED, OURS, SMALL, composed, ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

PREFIX = "some/where"  # the outputs may lie below any address
LOCAL = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
PRINT = b"%PDF-1.7 a print"
INSIDE = """one => { const box = one.getBoundingClientRect();
return box.top >= 0 && box.left >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1; }"""
APART = """([one, other]) => { const [a, b] = [one, other].map(each => each.getBoundingClientRect());
return a.bottom <= b.top + 1 || b.bottom <= a.top + 1 || a.right <= b.left + 1 || b.right <= a.left + 1; }"""
HELD = "one => document.activeElement === one"
SHOWN = "all => all.filter(one => one.checkVisibility()).length"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, work: Path) -> dict[str, Path]:
    """Return every page of the small library and of our series, with something in the place of each print."""
    pages = composed(tmp_path_factory.mktemp(PREFIX.replace("/", "-")) / PREFIX, work)
    for name, path in pages.items():
        if "/en/" in name:
            path.with_suffix(".pdf").write_bytes(PRINT)
    return pages


def beside(name: str) -> list[str]:
    """Return the briefs of the series that the page *name* belongs to."""
    return [one for one in (*SMALL, *OURS) if one.startswith(f"{name.partition('/')[0]}/en/")]


@pytest.fixture(scope="module")
def served(site: dict[str, Path]) -> Iterator[str]:
    """Serve the outputs below a prefix, and return their address."""
    root = site["small/index.html"].parents[3]
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(quiet, directory=root)
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{PREFIX}"
        server.shutdown()


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    """Return a window that reaches this machine, and no other."""
    with sync_playwright() as playwright:
        yield from started(playwright.chromium, LOCAL)


def mark(page: Page, at: int) -> tuple[Locator, Locator]:
    """Return the mark *at* this place in the page, and its evidence."""
    button = page.locator(".marks button").nth(at)
    return button, page.locator(f"#{button.get_attribute('popovertarget')}")


def words(text: str) -> list[str]:
    """Return the words of a text, without the signs that keep a line from breaking."""
    return text.replace("\u2060", "").split()


@pytest.mark.turns
@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("name", NOTED)
def test_evidence_opens_and_closes_by_keyboard(
    window: Window, site: dict[str, Path], name: str, key: str
) -> None:
    """A key on a number shows what its note says; Escape closes it, and the number still has the focus."""
    page = window.open(site[name], 768)
    marks = page.locator(".marks button").count()
    assert marks > 3
    for at in {0, marks // 2, marks - 1}:
        button, evidence = mark(page, at)
        number = button.get_attribute("data-note")
        assert evidence.get_attribute("id") == f"evidence-{number}"
        assert not evidence.is_visible()
        button.press(key)
        assert evidence.is_visible()
        said = evidence.locator(".evidence__claim").inner_text()
        noted = page.locator(f"#note-{number} .note-of-evidence__claim").inner_text()
        assert words(said) == words(noted)
        page.keyboard.press("Escape")
        assert not evidence.is_visible()
        assert button.evaluate(HELD)


@pytest.mark.parametrize("name", [CATALOGUE, *ours("ours/en/health.html")])
def test_a_number_shows_basis_passage_and_year(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """Each piece of evidence has all three, in words."""
    page = window.open(site[name])
    facts = page.locator(".evidence__facts").all()
    assert len(facts) == page.locator(".note-of-evidence").count() > 3
    for each in facts:
        named = each.locator("dt").all_text_contents()
        assert named in (["Basis", "Passage", "Year"], ["Basis", "Passage", "Year", "Finding"])
        assert all(map(str.strip, each.locator("dd").all_text_contents()))


@pytest.mark.turns
@pytest.mark.parametrize("name", [CATALOGUE, *ours("ours/en/health.html")])
def test_the_next_stop_is_inside_and_leads_to_the_note(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """Tab goes from the number into its evidence, and Enter there to the full note; the button closes it."""
    page = window.open(site[name])
    button, evidence = mark(page, 3)
    button.press("Enter")
    page.keyboard.press("Tab")
    assert evidence.locator("a").evaluate(HELD)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert not evidence.is_visible()
    button.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    note = page.locator(f"#note-{button.get_attribute('data-note')}")
    page.wait_for_function(
        "hash => location.hash === hash", arg=f"#note-{button.get_attribute('data-note')}"
    )
    assert note.evaluate(INSIDE)


@pytest.mark.turns
@pytest.mark.parametrize("name", [CATALOGUE, *ours("ours/en/law-enforcement.html")])
@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_evidence_is_in_sight(window: Window, site: dict[str, Path], name: str, width: int) -> None:
    """Wherever its number is, all of it is in the window, no text of it is cut, and the number is not behind it."""
    page = window.open(site[name], width)
    for at in range(0, page.locator(".marks button").count(), 9):
        button, evidence = mark(page, at)
        button.evaluate("one => one.scrollIntoView({block: 'center'})")
        button.press("Enter")
        assert evidence.evaluate(INSIDE)
        assert page.evaluate(APART, [button.element_handle(), evidence.element_handle()])
        page.keyboard.press("Escape")


@pytest.mark.turns
@pytest.mark.parametrize("name", [CATALOGUE, *ours("ours/en/donors.html")])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_in_open_evidence(
    window: Window, site: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    """No rule of WCAG 2.2, level AA, is broken by what is shown beside a number."""
    page = window.open(site[name], width, scheme)
    button, evidence = mark(page, 2)
    button.press("Enter")
    assert evidence.is_visible()
    assert violations(page) == []


@pytest.mark.turns
@pytest.mark.parametrize("name", NOTED)
def test_a_browser_without_popovers_has_links(
    window: Window, site: dict[str, Path], tmp_path: Path, name: str
) -> None:
    """There each number leads to its note, no button is seen, and no evidence stands about."""
    text = site[name].read_text("utf-8")
    assert "selector(:popover-open)" in text
    old = tmp_path / "old.html"
    old.write_text(text.replace("selector(:popover-open)", "selector(:no-such)"), "utf-8")
    page = window.open(old, 360)
    assert page.locator(".evidence, .marks button").evaluate_all(SHOWN) == 0
    marks = page.locator(".marks a")
    assert marks.evaluate_all(SHOWN) == marks.count() > 3
    for at in (0, marks.count() - 1):
        number = marks.nth(at).inner_text()
        marks.nth(at).press("Enter")
        page.wait_for_function("hash => location.hash === hash", arg=f"#note-{number}")
        assert page.locator(f"#note-{number}").evaluate(INSIDE)


@pytest.mark.turns
@pytest.mark.parametrize("name", BRIEFS)
def test_the_contents_lead_to_each_heading(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """At the side they name the headings of the page in order, and stay in sight."""
    page = window.open(site[name], 1440)
    contents = page.locator("nav.contents a")
    headings = page.locator("main h2")
    assert contents.all_inner_texts() == headings.all_inner_texts()
    targets = [one.get_attribute("href") for one in contents.all()]
    assert targets == [f"#{one.get_attribute('id')}" for one in headings.all()]
    contents.nth(5).press("Enter")
    page.wait_for_function("hash => location.hash === hash", arg=targets[5])
    assert headings.nth(5).evaluate(INSIDE)
    assert page.locator("nav.contents").evaluate(INSIDE)


@pytest.mark.parametrize("name", ["small/en/red.html", *ours("ours/en/health.html")])
def test_where_there_is_no_room_the_contents_unfold(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """Enter shows them above the brief, and Enter on one of them goes there."""
    page = window.open(site[name], 360)
    assert not page.locator("nav.contents").is_visible()
    fold = page.locator(".contents-fold")
    first = fold.locator("a").first
    assert not first.is_visible()
    fold.locator("summary").press("Enter")
    assert first.is_visible()
    assert page.evaluate(CUT) == []
    first.press("Enter")
    page.wait_for_function("() => location.hash === '#section-messages'")
    assert page.locator("#section-messages").evaluate(INSIDE)


@pytest.mark.parametrize("name", ["small/en/blue.html", *ours(*OURS[:3])])
def test_the_other_briefs_are_known_by_label_only(site: dict[str, Path], name: str) -> None:
    """No page holds the title or the summary of another brief in any byte."""
    text = {one: site[one].read_text("utf-8") for one in beside(name)}
    about = {
        one: [
            re.sub(r"\s+", " ", found)
            for found in re.findall(
                r'<title>(.*?)</title>|name="description" content="(.*?)"', page
            )[0]
            if found
        ]
        for one, page in text.items()
    }
    assert len(about) > 1
    for other in about.keys() - {name}:
        assert about[other]
        assert not [words for words in about[other] if words in text[name]]


@pytest.mark.turns
@pytest.mark.parametrize("way", ["file", "http"])
@pytest.mark.parametrize("name", BRIEFS)
def test_the_series_is_one_from_a_stick_and_below_any_address(
    window: Window, site: dict[str, Path], served: str, name: str, way: str
) -> None:
    """From each brief the others, the index and the evidence are one step away, and so is the way back."""
    series = name.partition("/")[0]
    root = site["small/index.html"].parents[1].as_uri() if way == "file" else served
    page = window.page
    page.context.set_offline(way == "file")
    page.goto(f"{root}/{name}")
    links = page.locator(".others a, .doors a:not([download])").all()
    reached = [str(one.evaluate("one => one.href")) for one in links]
    expected = {*beside(name), f"{series}/index.html", f"{series}/evidence.html"} - {name}
    assert sorted(reached) == sorted(f"{root}/{one}" for one in expected)
    for one in reached:
        page.goto(one)
        back = page.locator("a").evaluate_all("all => all.map(one => one.href)")
        assert f"{root}/{name}" in back


@pytest.mark.turns
@pytest.mark.parametrize("name", [*BRIEFS, "small/index.html", *ours("ours/index.html")])
def test_the_print_is_downloaded(
    window: Window, site: dict[str, Path], served: str, name: str
) -> None:
    """One key on the link brings the very file under its name; from a stick, the browser opens it."""
    page = window.page
    page.context.set_offline(False)
    page.goto(f"{served}/{name}")
    link = page.locator("a[href$='.pdf'][download]").first
    wanted = str(link.get_attribute("href")).rpartition("/")[2]
    with page.expect_download() as found:
        link.press("Enter")
    assert found.value.path().read_bytes() == PRINT
    assert found.value.suggested_filename == wanted
    window.open(site[name])
    with page.expect_request(f"file://**/{wanted}"):
        link.press("Enter")


def test_where_colours_are_the_readers_the_ask_has_an_edge(
    window: Window, site: dict[str, Path]
) -> None:
    """A ground that is not shown leaves a line around what it set apart, and drawings keep their grounds."""
    page = window.open(site["small/en/red.html"])
    page.emulate_media(forced_colors="active")
    style = "one => getComputedStyle(one).{}"
    assert page.locator(".section--ask").evaluate(style.format("borderTopStyle")) == "solid"
    drawing = page.locator(".figure [role=img]").first
    assert drawing.evaluate(style.format("forcedColorAdjust")) == "none"
    page.emulate_media(forced_colors="none")


def test_nothing_moves_for_those_who_asked_for_rest(window: Window, site: dict[str, Path]) -> None:
    """The page glides to a heading only where motion is welcome."""
    page = window.open(site["small/en/red.html"])
    behaviour = "() => getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(behaviour) == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(behaviour) == "smooth"


@pytest.mark.parametrize("name", ours(*OURS[:3]))
def test_printed_from_a_browser_page_1_stands_alone(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """It ends with the whole ask, the next has the problem; each page of a draft says so, none is for screens."""
    page = window.open(site[name])
    page.emulate_media(media="print")
    asked = page.locator(".ask__text").first.evaluate("one => one.textContent").split()[:4]
    last = page.locator(".section--ask p").last.evaluate("one => one.textContent").split()[-3:]
    grounds = page.locator(".section--ask, .section--next, .alternative--preferred")
    kept = grounds.evaluate_all("all => all.map(one => getComputedStyle(one).printColorAdjust)")
    assert set(kept) == {"exact"}  # else a browser takes the ground from under light words
    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]
    assert " ".join(asked) in texts[0]
    assert " ".join(last) in texts[0]
    assert "The problem" in texts[1]
    assert len(texts) in {4, 5}  # a browser fits no spaces
    for mark in page.locator(".draft").all_text_contents():
        assert [text.count(mark) for text in texts] == [2, *[1] * (len(texts) - 1)]
    for words in ("Download as PDF", "Full note", "Close", "All briefs", "The numbers as a table"):
        assert not [text for text in texts if words in text]


@pytest.mark.parametrize(
    "name", ["small/evidence.html", "graded/evidence.html", *ours("ours/evidence.html")]
)
def test_claims_are_filtered_without_scripts(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """Each value of each filter leaves the claims that have it, on a screen and on paper; 'all' shows them again."""
    page = window.open(site[name])
    rows = page.locator(".claims tbody tr")
    every = rows.count()
    selects = page.locator(".filters select").all()
    assert selects
    for select in selects:
        facet = str(select.get_attribute("id")).removeprefix("by-")
        for at, option in enumerate(select.locator("option").all()):
            value = option.get_attribute("data-value")
            left = page.locator(f'.claims tbody tr[data-{facet}~="{value}"]').count()
            select.select_option(index=at)
            expected = left if value else every
            assert expected
            assert rows.evaluate_all(SHOWN) == expected
        page.emulate_media(media="print")
        assert rows.evaluate_all(SHOWN) == expected
        page.emulate_media(media="screen")
        select.select_option(index=0)


def test_graded_claims_are_found_by_their_certainty(window: Window, site: dict[str, Path]) -> None:
    """Each rating, and those without one; together with a source, what has both, and maybe nothing."""
    page = window.open(site["graded/evidence.html"])
    rows = page.locator(".claims tbody tr")
    certainty, source = page.locator("#by-certainty"), page.locator("#by-source")
    for label, left in (
        ("moderate certainty", ["vegetables"]),
        ("low certainty", ["fruit"]),
        ("very low certainty", ["waste"]),
        (
            "not rated",
            ["schools_with_gardens", "schools_tried", "teachers_alone", "gardens_counted"],
        ),
    ):
        certainty.select_option(label=label)
        shown = "all => all.filter(one => one.checkVisibility()).map(one => one.id)"
        assert rows.evaluate_all(shown) == left
    source.select_option(label="Burns 2022")
    assert rows.evaluate_all(shown) == ["schools_with_gardens"]
    certainty.select_option(label="low certainty")
    source.select_option(label="Mensah 2022")
    assert rows.evaluate_all(shown) == []


def test_a_number_of_a_graded_review_opens_what_it_says(
    window: Window, site: dict[str, Path]
) -> None:
    """Its source, until when it searched, and in a line of its own studies, people and certainty."""
    page = window.open(site["graded/en/heads.html"])
    button, evidence = mark(page, 0)
    button.click()
    facts = (
        evidence.locator(".evidence__facts")
        .inner_text()
        .replace("\xa0", " ")
        .replace("\u2060", "")
        .split("\n")
    )
    assert facts == [
        *("Basis", "△ pooled from studies", "Passage", "Burns 2022 P3.1"),
        *("Year", "searched to June 2021", "Finding"),
        (
            "55 studies · 12,500 participants · of: pupils of 6–12 years · compared with: schools without a garden · "
            "moderate certainty (the authors)"
        ),
    ]


# --- without a browser: what the template makes of ways ---


def test_one_brief_in_one_language_has_no_others(tmp_path: Path) -> None:
    """A switch with a single place is none."""
    edition = resolve.resolve(loaded(tmp_path), "red", "en")
    assert 'class="others"' not in page_of(edition)
    assert 'class="others"' not in page_of(edition, (compose.Way("", "For red readers"),))


def test_other_languages_are_named_in_their_own(tmp_path: Path) -> None:
    """A way to the same brief in another language says so to programs, too."""
    edition = resolve.resolve(loaded(tmp_path), "red", "en")
    page = page_of(edition, (compose.Way("../ru/red.html", "русский", "ru"),))
    assert 'href="../ru/red.html" hreflang="ru" lang="ru">русский</a>' in page
